"""A translation fitted into the place of its source: escapes, line prefixes, labels of reference links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.pages import code_spans, render_value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from knooppunt.model import Page, Segment

ONE_LINE = frozenset(["heading", "cell", "title", "term", "abbreviation", "alt", "front-matter", "html"])
"""Kinds of segments whose text cannot have a second line."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BLOCK_START = re.compile(
    r"(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|[-=]+[ \t]*$|(?:[*_-][ \t]*+){3,}+$|!!!|\?\?\?|:::|={3}|~{3}|`{3}|\|)"
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)
_SHORTCUT = re.compile(r"(?<![\\\]])\[((?:[^\[\]\\]|\\.)+)\](?P<collapsed>\[\])?(?![\[(:])")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]:")
_BARE_PIPE = re.compile(r"(?<!\\)\|")


def labels(page: Page) -> frozenset[str]:
    """The labels that the page's reference definitions give, normalised as Markdown compares them."""
    found = set()
    for block in page.blocks:
        if block.kind == "reference":
            label = _LABEL.search(page.text, block.start, block.end)
            if label:
                found.add(_normal(label[1]))
    return frozenset(found)


def fit(segment: Segment, text: str, written: str, known: Collection[str], newline: str = "\n") -> str:
    """`text` as it goes into the page in place of `written`, the source's own characters.

    `known` are the labels that the page defines. The result starts no block that the source did not start.
    """
    if known:
        text = keep_definitions(segment.msgid, text, known)
    text = text.replace("\r\n", "\n").strip("\n")
    if segment.kind in ONE_LINE:
        text = re.sub(r"\s*\n\s*", " ", text)
    match segment.kind:
        case "front-matter":
            return render_value(text, written)
        case "cell":
            return outside_code(text, lambda part: _BARE_PIPE.sub(r"\\|", part))
        case "title" | "alt":
            return text if '"' in segment.msgid else text.replace('"', "&quot;")
        case "html":
            return text
        case _:
            return _lines(segment, text, newline)


def _lines(segment: Segment, text: str, newline: str) -> str:
    lines = _BLANK_LINES.sub("\n", text).split("\n")
    escaped = [_escaped(line.lstrip(" \t")) for line in lines]
    if _BLOCK_START.match(segment.msgid):  # the source itself starts so, in a place where it is text
        escaped[0] = lines[0]
    return (newline + segment.prefix).join(escaped)


def _escaped(line: str) -> str:
    found = _BLOCK_START.match(line)
    if found is None:
        return line
    at = found.end() if found["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text changed everywhere but in its code spans, in which a backslash is a backslash."""
    parts = []
    at = 0
    for start, end in code_spans(text):
        parts += [change(text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, change(text[at:])])


def keep_definitions(msgid: str, msgstr: str, known: Collection[str]) -> str:
    """`msgstr` with each shortcut link tied to the definition that its source uses.

    `[term]` and `[term][]` find their definition by their own text, so a translated text would lose it:
    the first becomes `[vertaling][term]`. Shortcuts are matched in order where their text is translated.

    >>> keep_definitions("See [nodes].", "Zie [knooppunten].", {"nodes"})
    'Zie [knooppunten][nodes].'
    """
    wanted = [label for _, _, label, _ in _shortcuts(msgid) if _normal(label) in known]
    if not wanted:
        return msgstr
    found = list(_shortcuts(msgstr))
    for _, _, label, _ in found:
        same = next((want for want in wanted if _normal(want) == _normal(label)), None)
        if same is not None:
            wanted.remove(same)
    parts = []
    at = 0
    for start, end, label, _ in found:
        if wanted and _normal(label) not in known:
            parts += [msgstr[at:start], f"[{label}][{wanted.pop(0)}]"]
            at = end
    return "".join([*parts, msgstr[at:]])


def _shortcuts(text: str) -> Iterator[tuple[int, int, str, bool]]:
    spans = code_spans(text)
    for found in _SHORTCUT.finditer(text):
        if found[1][0] in "^!" or any(start <= found.start() < end for start, end in spans):
            continue
        yield found.start(), found.end(), found[1], bool(found["collapsed"])


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()
