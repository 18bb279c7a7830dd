"""Drafts as YAML for a person to work on, and as JSON for a program."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import DataError
from knooppunt.extraction.existing import PROPOSED, parse_drafts
from knooppunt.knowledge.rules import DRAFT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knooppunt.extraction.model import Draft

HEAD: Final = """\
# Drafts of records, proposed by 'knooppunt extract'. Nothing in here is published.
# To make a record of one: say the fact in your own words, add layer, effect and variants, delete its 'draft',
# and move it to a file of records below your docs folder. To turn one down: write 'status: rejected'.
# A further run adds what is new at the end, and changes nothing that stands here.
"""
_SHORT: Final = 12
"""Signs of a commit that evidence gives."""
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9 .()/-]*[A-Za-z0-9)]")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def drafts_yaml(drafts: Iterable[Draft], *, head: bool = True) -> str:
    """The drafts as YAML, in their order, below a comment that says what they are."""
    return (HEAD if head else "") + "".join("\n" + "\n".join(_lines(draft)) + "\n" for draft in drafts)


def with_drafts(text: str, path: str, drafts: tuple[Draft, ...]) -> str:
    """The text of a file of drafts with new ones at its end; what stands there stays to the byte.

    Raises DataError where the file ends in a way to which nothing can be added.
    """
    if not drafts:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    added = drafts_yaml(drafts, head=not text.strip()).replace("\n", newline)
    whole = text + ("" if not text or text.endswith("\n") else newline) + (added if text else added.lstrip("\r\n"))
    wanted = {draft.fingerprint for draft in drafts}
    try:
        there = parse_drafts(whole, path).fingerprints
    except DataError:
        there = {}
    if not wanted <= there.keys():
        line = text.count("\n") + 1
        hint = "write its entries as a plain mapping, a key on each line, and end it there"
        raise DataError.single(path, line, "nothing can be added at the end of this file", hint=hint)
    return whole


def _lines(draft: Draft) -> Iterator[str]:
    passage, source = draft.passage, draft.source
    yield f"{draft.id}:"
    yield f"  {DRAFT}:"
    yield f"    fingerprint: {_quoted(draft.fingerprint)}"
    yield f"    status: {PROPOSED}"
    yield f"    confidence: {draft.confidence}"
    yield f"    reason: {draft.reason}"
    yield f"    origin: {_scalar(f'{passage.origin.path}:{passage.origin.line}')}"
    if draft.also:
        yield f"    also: [{', '.join(str(origin.line) for origin in draft.also)}]"
    if passage.heading:
        yield f"    heading: {_scalar(passage.heading)}"
    if passage.under:
        yield f"    under: {_scalar(passage.under)}"
    yield f"  kind: {draft.kind.value}"
    yield f"  title: {_scalar(draft.title)}"
    yield f"  statement: {_scalar(draft.statement)}"
    yield "  evidence:"
    yield f"    - source: {_scalar(source.name)}"
    if source.commit is not None:
        yield f"      commit: {_quoted(source.commit[:_SHORT])}"
    if source.day is not None:
        yield f"      date: {source.day.isoformat()}"
    if draft.match is not None:
        yield f"      match: {_scalar(draft.match)}"


def _scalar(text: str) -> str:
    """A text on one line: plain where no reader could take it for anything else, or in double quotes."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(_UNPRINTABLE.sub("", text), ensure_ascii=False)


def draft_json(draft: Draft) -> dict[str, Any]:
    """A draft as JSON has it."""
    passage, source = draft.passage, draft.source
    return {
        "id": draft.id,
        "fingerprint": draft.fingerprint,
        "confidence": draft.confidence,
        "reason": draft.reason,
        "kind": draft.kind.value,
        "title": draft.title,
        "statement": draft.statement,
        "under": passage.under or None,
        "origin": {
            "path": passage.origin.path,
            "line": passage.origin.line,
            "start": passage.origin.start,
            "end": passage.origin.end,
            "heading": passage.heading or None,
            "section": passage.section or None,
        },
        "also": [origin.line for origin in draft.also],
        "evidence": {
            "source": source.name,
            "commit": source.commit,
            "date": source.day.isoformat() if source.day else None,
            "match": draft.match,
        },
    }
