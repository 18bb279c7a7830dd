"""Pages beside their sources: which text of a page is the translation of which, as `adopt` finds it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from knooppunt.adopting import page_pairs
from knooppunt.alignment import THRESHOLD, Lengths, Lexicon, align, learn_lengths, learn_lexicon, page_items
from knooppunt.alignment.items import heading_anchor, without_anchor
from knooppunt.checks import page_units
from knooppunt.errors import UsageError
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from knooppunt.alignment import Item
    from knooppunt.checks import Unit
    from knooppunt.model import Locale, Page, Segment

MOST_LEARNED: Final = 20_000
"""Pairs of texts to learn lengths and words from; more would not make them surer."""


@dataclass(frozen=True)
class Known:
    """What pairs of pages teach of two languages."""

    lengths: Lengths | None = None
    lexicon: Lexicon | None = None


@dataclass
class Learning:
    """What has been seen of the two languages so far."""

    sizes: list[tuple[int, int]] = field(default_factory=list)
    words: list[tuple[frozenset[str], frozenset[str]]] = field(default_factory=list)

    @property
    def enough(self) -> bool:
        return len(self.words) >= MOST_LEARNED

    def add(self, pairs: Iterable[tuple[int, int, frozenset[str], frozenset[str]]]) -> None:
        """Take the texts of a page that `sure_pairs` gives."""
        for one, other, words, others in pairs:
            if not self.enough:
                self.sizes.append((one, other))
                self.words.append((words, others))

    def known(self) -> Known:
        """Lengths and words as they are learned."""
        return Known(learn_lengths(self.sizes), learn_lexicon(self.words))


def sources_of(source: Path, translated: Path, locale: str) -> dict[Path, tuple[Path, str]]:
    """The source of each translated page, by the resolved path of the latter, as path and as shown.

    Pages are paired by the same path, or as `name.LOCALE.md`. Raises UsageError where not one page has a source.
    """
    pairs, _, _ = page_pairs(source, translated, locale, None)
    if not pairs:
        raise UsageError(f"no page of '{translated}' has the path of a page of '{source}'; give the two roots")
    return {pair.target.resolve(): (pair.source, pair.source_shown) for pair in pairs}


def sure_pairs(source: str, target: str) -> list[tuple[int, int, frozenset[str], frozenset[str]]]:
    """Lengths and words of the texts of two pages that go together for sure, without knowing the languages."""
    found = align(page_items(parse_page(source)), page_items(parse_page(target)))
    return [
        (one.length, other.length, one.words, other.words)
        for match in found.matches
        for one, other in [(found.source[match.source], found.target[match.target])]
        if match.confidence >= THRESHOLD and one.segment is not None and other.segment is not None
    ]


def aligned_units(page: Page, source: Page, known: Known, locale: Locale) -> Iterator[Unit]:
    """The texts of a page, each with its source where the two belong together with confidence."""
    sources = _aligned(page, source, known)
    for unit in page_units(page, locale):
        text = sources.get(unit.origin.start)
        yield unit if text is None else replace(unit, source=text)


def _aligned(page: Page, source: Page, known: Known) -> Mapping[int, str]:
    """Where a text of the page begins -> the text that it translates."""
    found: dict[int, str] = {}
    head = {segment.origin.pointer: segment for segment in _head(source)}
    for segment in _head(page):
        twin = head.get(segment.origin.pointer)
        if twin is not None:
            found[segment.origin.start] = twin.msgid
    alignment = align(page_items(source), page_items(page), known.lengths, known.lexicon)
    joined = {place for one, two, _ in alignment.joined for place in (one, two)}
    for match in alignment.matches:
        one, other = alignment.source[match.source], alignment.target[match.target]
        if one.segment is None or other.segment is None or match.source in joined:
            continue
        if match.confidence >= THRESHOLD and match.further is None and one.kind == other.kind:
            found[other.segment.origin.start] = _text(one, other)
    return found


def _text(one: Item, other: Item) -> str:
    """The source as it is compared: a heading has the anchor of its translation, which a generator has put there."""
    if one.segment is None or other.segment is None:  # not so for a pair of texts
        return ""
    text = one.segment.msgid
    anchor = heading_anchor(other.segment.msgid)
    if other.kind != "heading" or anchor is None or heading_anchor(text) is not None:
        return text
    shown = other.segment.msgid
    return shown[: len(shown) - len(without_anchor(shown))] + text


def _head(page: Page) -> tuple[Segment, ...]:
    return page.blocks[0].segments if page.blocks and page.blocks[0].kind == "front-matter" else ()
