"""A file of drafts, as a person may have edited it: which drafts it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import DataError, Problem
from knooppunt.knowledge.rules import DRAFT
from knooppunt.yamltext import describe, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PROPOSED, REJECTED = "proposed", "rejected"
_KEY: Final = re.compile(r"^[a-z0-9.-]+:[ \t]*\r?$", re.MULTILINE)
"""The line of an id at which an entry begins."""
_DOCUMENT: Final = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
_COMMENT: Final = re.compile(r"^[ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DraftsFile:
    """What stands in a file of drafts."""

    ids: frozenset[str]
    fingerprints: Mapping[str, str]
    """Status by fingerprint: `proposed` or `rejected`."""
    sources: frozenset[str] = frozenset()
    """Names of the documents that the drafts have as evidence."""


def parse_drafts(text: str, path: str) -> DraftsFile:
    """The ids and fingerprints of a file of drafts; an empty one has none.

    Raises DataError with each entry that is no mapping or whose `draft` cannot be read.
    """
    quick = _entries(text)
    if quick is not None:
        return quick
    value, places = load(text, path)
    if value is None:
        return DraftsFile(frozenset(), {})
    if not isinstance(value, dict):
        raise DataError.single(
            path,
            places[""].line,
            f"must be a mapping of ids to drafts, not {describe(value)}",
            hint="name another file",
        )
    problems: list[Problem] = []
    found: dict[str, str] = {}
    for name, entry in value.items():
        if not isinstance(entry, dict):
            hint = "write its fields below it, or delete the line"
            problems.append(places.problem(name, f"must be a mapping, not {describe(entry)}", hint))
            continue
        draft = entry.get(DRAFT)
        if draft is None:
            problems.append(places.problem(name, f"has no '{DRAFT}'", "move a record to a file below your docs folder"))
        elif not isinstance(draft, dict) or not isinstance(draft.get("fingerprint"), str):
            hint = "leave the fingerprint as it was, since a second run knows the draft by it"
            problems.append(places.problem(f"{name}.{DRAFT}", "has no fingerprint in quotes", hint))
        elif draft.get("status", PROPOSED) not in {PROPOSED, REJECTED}:
            message = f"'{draft['status']}' is no status of a draft"
            problems.append(places.problem(f"{name}.{DRAFT}.status", message, f"write {PROPOSED} or {REJECTED}"))
        else:
            found[draft["fingerprint"]] = draft.get("status", PROPOSED)
    if problems:
        raise DataError(problems)
    return DraftsFile(frozenset(value), found, frozenset(_sources(value.values())))


def _entries(text: str) -> DraftsFile | None:
    """The same for a plain file without a fault, entry by entry; None where the file must be read as a whole.

    A large file in which one text has signs that need the loader in Python takes a tenth of the time like this.
    """
    if _DOCUMENT.search(text):
        return None
    found: dict[str, str] = {}
    ids: list[str] = []
    sources: set[str] = set()
    starts = [entry.start() for entry in _KEY.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        try:
            value, _ = load(text[start:end], "")
        except DataError:
            return None
        if not isinstance(value, dict) or len(value) != 1:
            return None
        ((name, entry),) = value.items()
        draft = entry.get(DRAFT) if isinstance(entry, dict) else None
        if not isinstance(draft, dict) or not isinstance(draft.get("fingerprint"), str):
            return None
        if draft.get("status", PROPOSED) not in {PROPOSED, REJECTED}:
            return None
        ids.append(name)
        sources.update(_sources([entry]))
        found[draft["fingerprint"]] = draft.get("status", PROPOSED)
    plain = len(set(ids)) == len(ids) and not _COMMENT.sub("", text[: starts[0] if starts else len(text)]).strip()
    return DraftsFile(frozenset(ids), found, frozenset(sources)) if plain else None


def _sources(entries: Iterable[Any]) -> Iterator[str]:
    for entry in entries:
        evidence = entry.get("evidence")
        for item in evidence if isinstance(evidence, list) else ():
            if isinstance(item, dict) and isinstance(item.get("source"), str):
                yield item["source"]
