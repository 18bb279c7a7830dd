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
    from collections.abc import Iterable, Sequence

    from knooppunt.alignment.notes import Note
    from knooppunt.model import Page

_UNSEEN: Final = frozenset(["blank"])


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
    named = tuple(notes)
    mine = {note.source_block for note in named}
    theirs = {note.target_block for note in named}
    first, second = _numbers(page), _numbers(target)
    sources = _numbers(source)
    texts = [signature(page, number) for number in first]
    others = [signature(target, number) for number in second]
    moved = _moved(texts, others) if any(note.reason is Reason.MOVED for note in named) else (set[int](), set[int]())
    equal = explained = 0
    unexplained = []
    in_step = len(sources) == len(first)
    for tag, start, end, other_start, other_end in SequenceMatcher(None, texts, others, autojunk=False).get_opcodes():
        if tag == "equal":
            equal += end - start
            continue
        for place in range(start, end):
            block = page.blocks[first[place]]
            if in_step and (sources[place] in mine or place in moved[0]):
                explained += 1
            else:
                line = source.blocks[sources[place]].line if in_step else block.line
                unexplained.append(Difference(line, page.text[block.start : block.end].strip(), made=True))
        for place in range(other_start, other_end):
            block = target.blocks[second[place]]
            if second[place] in theirs or place in moved[1]:
                explained += 1
            else:
                unexplained.append(Difference(block.line, target.text[block.start : block.end].strip(), made=False))
    return Verdict(len(second), equal, explained, tuple(unexplained))


def _numbers(page: Page) -> list[int]:
    return [number for number, block in enumerate(page.blocks) if block.kind not in _UNSEEN]


def _keys(page: Page) -> tuple[str, ...]:
    return tuple(segment.origin.pointer for segment in page.segments if segment.kind == "front-matter")


def _moved(first: Sequence[tuple[str, ...]], second: Sequence[tuple[str, ...]]) -> tuple[set[int], set[int]]:
    """Places of blocks that both pages have, wherever: on a page where a note says that blocks have moved."""
    common = set(first) & set(second)
    return (
        {place for place, text in enumerate(first) if text in common},
        {place for place, text in enumerate(second) if text in common},
    )
