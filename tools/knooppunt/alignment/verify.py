"""Is the page that is made from the adopted catalog the translated page, but for what the notes name?

This looks at the two pages only: it does not know how they were aligned. Their blocks are compared as sequences, each
block by its texts and by what stands around them; a block that differs, or that only one page has, must be named by a
note about that block.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

from knooppunt.alignment.frames import signature
from knooppunt.alignment.notes import Reason
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.alignment.notes import Note
    from knooppunt.model import Page

Signature = tuple[str, ...]

_UNSEEN: Final = frozenset(["blank"])
_NONE: Final = -1
_SILENT: Final = frozenset([Reason.DIFFERS, Reason.UNTRANSLATED])
"""Reasons that explain nothing here: the text is the same on both pages."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A block in which the two pages differ."""

    line: int
    """1-based line, on the source page for one of the page that was made."""
    text: str
    made: bool
    """Whether it is a block of the page that was made, rather than of the translated page."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a page that was made compares with the translated page."""

    blocks: int
    """Blocks of the translated page, blank lines not counted."""
    equal: int
    """Those of them that are on the page that was made, white space apart."""
    explained: int
    """Blocks of both pages that differ, as a note says."""
    unexplained: tuple[Difference, ...]


def verify(source: Page, made: str, target: Page, notes: Iterable[Note]) -> Verdict:
    """Compare the page `made` from `source` and the adopted catalog with the translated page `target`."""
    page = parse_page(made, path=source.path, front_matter=_keys(source))
    named = [note for note in notes if note.reason not in _SILENT]
    first, second, sources = _numbers(page), _numbers(target), _numbers(source)
    texts = [signature(page, number) for number in first]
    others = [signature(target, number) for number in second]
    mine = _Named(source, {note.source_block for note in named})
    theirs = _Named(target, {note.target_block for note in named})
    lines = [source.blocks[number].line for number in sources]
    if len(sources) != len(first):  # a translation has made blocks of its own: none of them is named
        sources, lines = [_NONE] * len(first), [page.blocks[number].line for number in first]
    equal = 0
    left: list[_Block] = []
    right: list[_Block] = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, texts, others, autojunk=False).get_opcodes():
        if tag == "equal":
            equal += end - start
            continue
        for place in range(start, end):
            difference = Difference(lines[place], _shown(page, first[place]), made=True)
            left.append(_Block(texts[place], mine.covers(sources[place], texts[place]), difference))
        for place in range(other_start, other_end):
            difference = Difference(target.blocks[second[place]].line, _shown(target, second[place]), made=False)
            right.append(_Block(others[place], theirs.covers(second[place], others[place]), difference))
    unexplained = _unnamed(left, right) + _unnamed(right, left) if mine or theirs else left + right
    explained = len(left) + len(right) - len(unexplained)
    return Verdict(len(second), equal, explained, tuple(block.difference for block in unexplained))


class _Block(NamedTuple):
    """A block in which the two pages differ."""

    text: Signature
    named: bool
    """Whether a note is about it."""
    difference: Difference


class _Named:
    """The blocks of one page that notes are about."""

    def __init__(self, page: Page, blocks: set[int | None]) -> None:
        self._blocks = {number for number in blocks if number is not None}
        # Of blocks that are the same, such as rules, a comparison may take another one than the note does.
        self._alike = {signature(page, number) for number in self._blocks}

    def __bool__(self) -> bool:
        return bool(self._blocks)

    def covers(self, number: int, text: Signature) -> bool:
        return number in self._blocks or text in self._alike


def _unnamed(blocks: Iterable[_Block], others: Iterable[_Block]) -> list[_Block]:
    """Blocks that no note is about and that the other page has nowhere else.

    Of two parts that have changed places the notes name one, and the comparison may take the other for the one that
    has moved.
    """
    elsewhere = Counter(block.text for block in others)
    found = []
    for block in blocks:
        if block.named:
            continue
        if elsewhere[block.text]:
            elsewhere[block.text] -= 1
        else:
            found.append(block)
    return found


def _shown(page: Page, number: int) -> str:
    return page.text[page.blocks[number].start : page.blocks[number].end].strip()


def _numbers(page: Page) -> list[int]:
    return [number for number, block in enumerate(page.blocks) if block.kind not in _UNSEEN]


def _keys(page: Page) -> tuple[str, ...]:
    return tuple(segment.origin.pointer for segment in page.segments if segment.kind == "front-matter")
