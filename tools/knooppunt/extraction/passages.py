"""The passages of a page: items, rows and sentences, each with the section that it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs.sentences import split_sentences
from knooppunt.extraction.model import ITEM, ROW, SENTENCE, Passage
from knooppunt.extraction.sections import Outline
from knooppunt.model import Origin
from knooppunt.pages import plain_text
from knooppunt.pages.tables import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.model import Block, Page

_MARKER: Final = re.compile(r"(?:[ \t]|>)*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_LEVEL: Final = re.compile(r"[ \t]{0,3}(#{1,6})(?=[ \t])")
_TEXTS: Final = frozenset(["paragraph", "definition", "footnote"])
_BETWEEN: Final = frozenset(["blank", "fence", "code", "comment", "marker"])
"""What may stand between an introduction and its list."""
_MARKUP: Final = re.compile(r"[*_`\[\]<>&\\!:{}~^=\x00]")
_NONE: Final = ("", 0)


def passages(page: Page) -> Iterator[Passage]:
    """The passages of a page in its order, lists and tables in quotes and admonitions included; code is none.

    >>> from knooppunt.pages import parse_page
    >>> page = parse_page("## Limits\\n\\nThere are no:\\n\\n- hosts\\n- `names`\\n", path="a.md")
    >>> [(passage.section, passage.under, passage.text) for passage in passages(page) if passage.place == "item"]
    [('limitations', 'There are no:', 'hosts'), ('limitations', 'There are no:', '`names`')]
    """
    return _Walk(page).passages()


def seen(text: str) -> str:
    """What a reader sees of an inline text: `plain_text`, at no cost for the many texts without markup."""
    return plain_text(text) if _MARKUP.search(text) else text


class _Walk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.outline = Outline()
        self.intro = _NONE
        """The last sentence of the paragraph above, where it ends with a colon and only its list has followed."""
        self.around: list[tuple[int, tuple[str, int]]] = []
        """Depth, text and line of the items that the walk is in."""
        self.head: tuple[str, ...] | None = None
        """The heads of the table that the walk is in."""

    def passages(self) -> Iterator[Passage]:
        blocks = self.page.blocks
        for number, block in enumerate(blocks):
            following = blocks[number + 1 : number + 4]
            if block.kind in {"heading", "setext"}:
                self._enter(block)
            elif block.kind == "item":
                yield self._item(block, following)
            elif block.kind == "row":
                yield from self._row(block, following)
            elif block.kind in _TEXTS or block.kind == "html":
                yield from self._text(block, following)
            elif block.kind not in _BETWEEN and block.kind != "table-rule":
                self.intro, self.head = _NONE, None

    def _enter(self, block: Block) -> None:
        text = " ".join(seen(segment.msgid) for segment in block.segments if segment.kind == "heading")
        marks = _LEVEL.match(self._raw(block))
        underlined = 2 if self._raw(block).rstrip().endswith("-") else 1
        self.outline.enter(len(marks[1]) if marks else underlined, text)
        self.intro, self.around, self.head = _NONE, [], None

    def _item(self, block: Block, following: tuple[Block, ...]) -> Passage:
        text = next((segment.msgid for segment in block.segments if segment.kind == "item"), None)
        if text is None:  # nothing in it to translate, as where it is code
            text = _MARKER.sub("", self._raw(block), count=1)
        text = " ".join(text.split())
        depth = block.container.count("item")
        self.around = [(level, above) for level, above in self.around if level < depth]
        under, line = self.around[-1][1] if self.around else self.intro
        leads = _introduces(text) and _items(following, depth)
        self.around.append((depth, (text, block.line)))
        self.head = None
        return self._passage(text, ITEM, self._origin(block), under=under, led_from=line, leads=leads)

    def _row(self, block: Block, following: tuple[Block, ...]) -> Iterator[Passage]:
        whole = _cells(self._raw(block))
        if following and following[0].kind == "table-rule":
            self.head = whole
            return
        head = self.head or ()
        if len(whole) != len(head):
            text = "; ".join(cell for cell in whole if cell)
        else:
            text = "; ".join(
                f"{name}: {cell}" if name else cell for name, cell in zip(head, whole, strict=True) if cell
            )
        if text:
            under, line = self.intro
            yield self._passage(text, ROW, self._origin(block), under=under, led_from=line, cells=whole)

    def _text(self, block: Block, following: tuple[Block, ...]) -> Iterator[Passage]:
        depth = block.container.count("item")
        self.around = [(level, above) for level, above in self.around if level <= depth]
        under, line = self.around[-1][1] if self.around else _NONE
        self.head = None
        for segment in block.segments:
            if segment.kind in {"alt", "title"}:
                continue
            last = ""
            sentences = [" ".join(sentence.split()) for sentence in split_sentences(segment.msgid, "en")]
            for number, last in enumerate(sentences, 1):
                leads = number == len(sentences) and _introduces(last) and _items(following, depth)
                yield self._passage(last, SENTENCE, segment.origin, under=under, led_from=line, leads=leads)
            if not depth:
                self.intro = (last, segment.origin.line) if _introduces(last) else _NONE

    def _passage(
        self,
        text: str,
        place: str,
        origin: Origin,
        *,
        under: str,
        led_from: int,
        leads: bool = False,
        cells: tuple[str, ...] = (),
    ) -> Passage:
        outline = self.outline
        return Passage(text, place, origin, outline.section, outline.heading, under, leads, led_from, cells)

    def _raw(self, block: Block) -> str:
        return self.page.text[block.start : block.end]

    def _origin(self, block: Block) -> Origin:
        raw = self._raw(block)
        end = block.start + len(raw.rstrip())
        return Origin(self.page.path, block.line, len(raw) - len(raw.lstrip(" \t")) + 1, block.start, end)


def _cells(row: str) -> tuple[str, ...]:
    line = row.strip().lstrip("> \t")
    return tuple(line[start:end].strip() for start, end in cells(line))


def _introduces(text: str) -> bool:
    return text.rstrip("*_ ").endswith(":")


def _items(following: tuple[Block, ...], depth: int) -> bool:
    """Whether a list begins after a block, deeper than the block itself."""
    first = next((block for block in following if block.kind not in _BETWEEN), None)
    return first is not None and first.kind == "item" and first.container.count("item") > depth
