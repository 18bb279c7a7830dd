"""Is the page that is made from the adopted catalog the translated page, but for what the notes name?

This looks at the two pages only: it does not know how they were aligned. Their blocks are compared as sequences, each
block by its texts and by what stands around them; a block that differs, or that only one page has, must be named by a
note about that block.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from knooppunt.alignment.adoption import signature
from knooppunt.alignment.notes import Reason
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.alignment.notes import Note
    from knooppunt.model import Page

Signature = tuple[str, ...]

_UNSEEN: Final = frozenset(["blank"])
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
    moved = any(note.reason is Reason.MOVED for note in named)
    first, second, sources = _numbers(page), _numbers(target), _numbers(source)
    texts = [signature(page, number) for number in first]
    others = [signature(target, number) for number in second]
    common = set(texts) & set(others) if moved else set()
    mine = _Named(source, {note.source_block for note in named}, common)
    theirs = _Named(target, {note.target_block for note in named}, common)
    in_step = len(sources) == len(first)
    equal = explained = 0
    unexplained = []
    for tag, start, end, other_start, other_end in SequenceMatcher(None, texts, others, autojunk=False).get_opcodes():
        if tag == "equal":
            equal += end - start
            continue
        for place in range(start, end):
            number = sources[place] if in_step else None
            if mine.covers(number, texts[place]):
                explained += 1
            else:
                block = page.blocks[first[place]]
                line = block.line if number is None else source.blocks[number].line
                unexplained.append(Difference(line, page.text[block.start : block.end].strip(), made=True))
        for place in range(other_start, other_end):
            if theirs.covers(second[place], others[place]):
                explained += 1
            else:
                block = target.blocks[second[place]]
                unexplained.append(Difference(block.line, target.text[block.start : block.end].strip(), made=False))
    return Verdict(len(second), equal, explained, tuple(unexplained))


class _Named:
    """The blocks of one page that notes are about."""

    def __init__(self, page: Page, blocks: set[int | None], common: set[Signature]) -> None:
        self._blocks = blocks
        # Of blocks that are the same, such as rules, a comparison may take another one than the note does; and of two
        # parts that have changed places, it may take the other one for the one that has moved.
        self._alike = common | {signature(page, number) for number in blocks if number is not None}

    def covers(self, number: int | None, text: Signature) -> bool:
        return (number is not None and number in self._blocks) or text in self._alike


def _numbers(page: Page) -> list[int]:
    return [number for number, block in enumerate(page.blocks) if block.kind not in _UNSEEN]


def _keys(page: Page) -> tuple[str, ...]:
    return tuple(segment.origin.pointer for segment in page.segments if segment.kind == "front-matter")
