"""A page as the sequence that is aligned: its segments, and the blocks between them that hold no text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Final

from knooppunt.alignment.tokens import features, invariants
from knooppunt.pages import heading_ids
from knooppunt.pages.headings import explicit_id, heading_attributes
from knooppunt.pages.tables import cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.model import Block, Page, Segment

_PASSED: Final = frozenset(["blank", "front-matter"])
"""Blocks that say nothing about what belongs together; front matter is paired by its keys."""
_CODE: Final = frozenset(["fence", "code", "math"])
_ANCHOR: Final = re.compile(
    r"<a[ \t]+(?:name|id)[ \t]*=[ \t]*[\"']?([^\"'<>\s]{1,200})[\"']?[ \t]*(?:/>|>[ \t]*</a>)[ \t]*"
)
_JOINT: Final = re.compile(r"[\W_]+")
_HASHES: Final = re.compile(r"#{1,6}")
_CODE_WORD: Final = re.compile(r"[A-Za-z0-9_./:$-]{2,}")
_EXACT: Final = 8
"""Least characters of a block of code, directive and the like that may serve as an anchor."""


@dataclass(frozen=True, slots=True)
class Item:
    """One segment, or one block without segments, with what stays of it through a translation."""

    index: int
    """Place in the sequence."""
    block: int
    """Index of the block in the page."""
    kind: str
    """Kind of the segment, or of the block where there is none."""
    container: tuple[str, ...]
    level: int
    """Level of a heading, column of a cell counted from 0, else 0."""
    text: str
    """msgid, or the text of the block without the space around it."""
    line: int
    segment: Segment | None
    key: str
    """What anchors it where both pages have it once: id of a heading, text of a code block; empty for most."""
    named: bool
    """Whether a heading's id is written on the page, so that it is not made from its words."""
    tokens: Mapping[str, int]
    words: frozenset[str]
    cognates: frozenset[str]
    length: int
    """Characters that a reader sees."""

    @property
    def shape(self) -> tuple[str, tuple[str, ...], int]:
        """What must be alike for two items to be in step."""
        return (self.kind, self.container, self.level)


def page_items(page: Page) -> list[Item]:
    """The sequence of a page, without its front matter."""
    ids = heading_ids(page)
    found: list[Item] = []
    for number, block in enumerate(page.blocks):
        if block.kind in _PASSED:
            continue
        if block.segments:
            columns = _columns(page, block)
            for segment in block.segments:
                found.append(_of_segment(page, number, segment, ids, len(found), columns))
        else:
            found.append(_of_block(page, number, len(found)))
    return found


def block_text(page: Page, block: Block) -> str:
    """The text of a block without the indentation and the space in which two pages may differ.

    Code keeps the indentation of its lines against one another.
    """
    text = page.text[block.start : block.end].replace("\r\n", "\n")
    if block.kind in _CODE:
        lines = dedent(text.expandtabs(4)).strip().split("\n")
        return "\n".join(line.rstrip() for line in lines)
    if block.kind == "table-rule":
        return "|".join(
            f"{cell[:1]}-{cell[-1:]}" for cell in "".join(text.split()).replace("-", "").strip("|").split("|")
        )
    return " ".join(text.split())


def heading_anchor(text: str) -> str | None:
    """The id that docfx writes before the text of a translated heading; None where there is none."""
    found = _ANCHOR.match(text)
    return found[1] if found else None


def without_anchor(text: str) -> str:
    """The text without such an anchor: the id of the source is written behind the heading instead.

    >>> without_anchor('<a name="next-steps"></a>Volgende stappen')
    'Volgende stappen'
    """
    found = _ANCHOR.match(text)
    return text[found.end() :] if found else text


def _of_segment(
    page: Page, number: int, segment: Segment, ids: Mapping[int, str], index: int, columns: list[int]
) -> Item:
    block = page.blocks[number]
    text, key, level, named = segment.msgid, "", 0, False
    if segment.kind == "heading":
        level = _level(page, block)
        anchor = heading_anchor(text)
        attributes = heading_attributes(page, block)
        own = explicit_id(attributes) if attributes else None
        named = bool(own or anchor)
        name = own or anchor or ids.get(number, "")
        # Generators of sites differ in how they join words and tell the second of two apart: `_1` or `-1`.
        key = f"heading {_JOINT.sub('', name.casefold())}" if name else ""
        text = without_anchor(text)
    elif segment.kind == "cell" and columns:
        level = bisect_right(columns, segment.origin.start) - 1
    found = features(text)
    return Item(
        index,
        number,
        segment.kind,
        block.container,
        level,
        text,
        segment.origin.line,
        segment,
        key,
        named,
        found.tokens,
        found.words,
        found.cognates,
        found.length,
    )


def _of_block(page: Page, number: int, index: int) -> Item:
    block = page.blocks[number]
    kind = "code" if block.kind in _CODE else block.kind
    text = block_text(page, block)
    exact = kind in {"code", "directive", "html", "reference"} and len(text) >= _EXACT
    key = f"{kind} {' '.join(text.split())}" if exact else ""
    tokens: Mapping[str, int] = {} if kind == "code" else invariants(text)
    words = frozenset(_CODE_WORD.findall(text)) if kind == "code" else frozenset[str]()
    return Item(
        index, number, kind, block.container, 0, text, block.line, None, key, False, tokens, words, frozenset(), 0
    )


def _columns(page: Page, block: Block) -> list[int]:
    """Where the cells of a row begin in the page."""
    if block.kind != "row":
        return []
    first = block.segments[0].origin
    line = page.text.rfind("\n", 0, first.start) + 1
    return [line + start for start, _ in cells(page.text[line : block.end].rstrip("\r\n"))]


def _level(page: Page, block: Block) -> int:
    if block.kind == "setext":
        return 1 if "=" in page.text[block.start : block.end].rstrip().rsplit("\n", 1)[-1] else 2
    signs = _HASHES.search(page.text, block.start, block.end)
    return len(signs[0]) if signs else 0
