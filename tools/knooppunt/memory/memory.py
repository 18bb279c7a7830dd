"""A translation memory: exact, in-context and fuzzy matches of a text.

Scores are whole percents:

- 101: the same text, between the same two neighbours;
- 100: the same text;
- at most 99: 100 * (1 - d / (m + n)), rounded down, for the normal forms of the two texts (see `normal`), which have
  m and n code points and of which d have to be taken away or put in to make one out of the other (see `index`); less 1
  for each number, code span or link that differs and could not be exchanged in the translation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from math import floor
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from knooppunt.memory.index import FuzzyIndex
from knooppunt.memory.normal import normal_form, normal_text
from knooppunt.memory.swapping import Swapped, swap
from knooppunt.memory.units import MemoryUnit, field_of
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knooppunt.catalogs import Question
    from knooppunt.memory.normal import Normal

IN_CONTEXT: Final = 101
EXACT: Final = 100
CUTOFF: Final = 70
"""Least score of a match that a person who searches is shown; below it, too little of a translation can be used."""

_SPARE: Final = 3
"""Further texts that are looked at, since one may lose a point that another does not."""


@dataclass(frozen=True, slots=True)
class Match:
    """A translation that may serve for a text."""

    score: int
    """Percent; see the module."""
    source: str
    """The text that was translated."""
    target: str
    """Its translation as it is offered, with what was exchanged."""
    unit: MemoryUnit
    """Where it is from: the best of all units with this source and translation."""
    count: int = 1
    """Units with this source and translation."""
    swaps: tuple[tuple[str, str], ...] = ()
    """Numbers, code spans, links and tags that were taken out of the translation, and what was put in."""
    left: tuple[tuple[str, str], ...] = ()
    """Those that differ and could not be exchanged."""

    @property
    def in_context(self) -> bool:
        return self.score == IN_CONTEXT

    @property
    def exact(self) -> bool:
        return self.score >= EXACT


class Memory:
    """Units that can be searched; the same units give the same matches, whatever their order.

    Texts that are alike are found by comparing at first, which suits a few questions, and by an index later on, which
    takes some seconds to be made and is very much faster.
    """

    def __init__(self, units: Iterable[MemoryUnit], *, patience: int | None = None) -> None:
        """`patience` is how many questions are answered without the index; see `FuzzyIndex`."""
        self.units: Sequence[MemoryUnit] = tuple(units)
        self._patience = patience
        self._by_source: defaultdict[str, list[MemoryUnit]] = defaultdict(list)
        for unit in self.units:
            self._by_source[unit.source].append(unit)

    @cached_property
    def _by_normal(self) -> Mapping[str, Sequence[str]]:
        sources: defaultdict[str, list[str]] = defaultdict(list)
        for source in self._by_source:
            sources[normal_text(source)].append(source)
        return sources

    @cached_property
    def _index(self) -> FuzzyIndex:
        return FuzzyIndex(self._by_normal, patience=self._patience)

    def prepare(self) -> None:
        """Make the index now, for very many questions to come; without this it is made when it is worth it."""
        self._index.prepare()

    @property
    def sources(self) -> int:
        """How many different texts there are."""
        return len(self._by_source)

    def matches(
        self, question: Question, *, limit: int = 5, cutoff: int = CUTOFF, article: str = ""
    ) -> tuple[Match, ...]:
        """At most `limit` matches of at least `cutoff` percent, the best first.

        `article` is the catalog that the text is for: catalogs near it come first among equals, and what it says of
        this very text itself, or between the same neighbours, is no second opinion and does not count.
        """
        if not question.msgid.strip() or limit < 1:
            return ()
        found = self.exact(question, article=article)[:limit]
        if len(found) == limit or cutoff > EXACT:
            return found
        return (*found, *self._alike(question, limit - len(found), cutoff, article))

    def exact(self, question: Question, *, article: str = "") -> tuple[Match, ...]:
        """All translations of the very same text, the best first.

        First come those between the same neighbours; then texts that are in use before obsolete ones, approved ones,
        those of the same field of a record, those of a catalog in the same folder, and those that are there most often.
        """
        own = (question.context, article)
        units = [unit for unit in self._by_source.get(question.msgid, ()) if (unit.context, unit.origin) != own]
        found = []
        for unit, count in _grouped(units, question, article):
            score = IN_CONTEXT if _same_place(unit, question, article) else EXACT
            found.append(Match(score, unit.source, unit.target, unit, count))
        return tuple(found)

    def in_context(self, question: Question, article: str = "") -> tuple[MemoryUnit, ...]:
        """All units of the very same text between the same neighbours."""
        return tuple(unit for unit in self._by_source.get(question.msgid, ()) if _same_place(unit, question, article))

    def _alike(self, question: Question, limit: int, cutoff: int, article: str) -> tuple[Match, ...]:
        wanted = normal_form(question.msgid)
        if not any(sign.isalpha() for sign in wanted.text):
            return ()  # a number, a link: nothing to translate, and very many are "alike"
        found: list[tuple[tuple[object, ...], Match]] = []
        for score, text in self._index.nearest(wanted.text, limit + _SPARE, cutoff):
            for source, likeness in self._nearest_sources(question.msgid, text, limit):
                units = self._by_source[source]
                for place, (unit, count) in enumerate(_grouped(units, question, article)[:limit]):
                    match = _fuzzy(score, wanted, unit, count)
                    if match.score >= cutoff:
                        found.append(((-match.score, -likeness, source, place), match))
        return tuple(match for _, match in sorted(found, key=lambda item: item[0])[:limit])

    def _nearest_sources(self, msgid: str, text: str, limit: int) -> list[tuple[str, float]]:
        """Of the texts with one normal form, those that are most like a text as they stand, with how much they are."""
        sources = [source for source in self._by_normal[text] if source != msgid]
        found = process.extract(msgid, sources, scorer=fuzz.ratio, processor=None, limit=None)
        return sorted(((source, score) for source, score, _ in found), key=lambda item: (-item[1], item[0]))[:limit]


def _fuzzy(ratio: float, wanted: Normal, unit: MemoryUnit, count: int) -> Match:
    worth = wanted.placeables and ratio >= CUTOFF  # of less, nobody knows which number belongs to which
    found = swap(wanted, unit.source, unit.target) if worth else Swapped(unit.target)
    score = max(min(floor(ratio + 1e-9), EXACT - 1) - len(found.left), 0)
    return Match(score, unit.source, found.text, unit, count, found.swaps, found.left)


def _grouped(units: Sequence[MemoryUnit], question: Question, article: str) -> list[tuple[MemoryUnit, int]]:
    """The best unit of each translation, and how many units have it, the best first."""
    groups: defaultdict[str, list[MemoryUnit]] = defaultdict(list)
    for unit in units:
        groups[unit.target].append(unit)

    def key(unit: MemoryUnit) -> tuple[object, ...]:
        return (
            not _same_place(unit, question, article),
            unit.obsolete,
            unit.imported or unit.state is not State.APPROVED,
            unit.field != field_of(question.context),
            -_shared_folders(unit.origin, article),
            -len(groups[unit.target]),
            unit.imported,
            unit.state is None,
            _newest_first(unit.date),
            unit.rank,
        )

    best = [min(group, key=key) for group in groups.values()]
    return [(unit, len(groups[unit.target])) for unit in sorted(best, key=key)]


def _same_place(unit: MemoryUnit, question: Question, article: str) -> bool:
    return (
        unit.source == question.msgid
        and bool(question.before and question.after)
        and (unit.before, unit.after) == (question.before, question.after)
        and (not article or unit.origin != article)
    )


def _shared_folders(name: str, other: str) -> int:
    """How many folders two catalogs have in common, from the top."""
    shared = 0
    for first, second in zip(name.split("/")[:-1], other.split("/")[:-1], strict=False):
        if first != second:
            break
        shared += 1
    return shared


def _newest_first(date: str) -> int:
    digits = "".join(sign for sign in date if sign.isascii() and sign.isdigit())[:8]
    return -int(digits or "0")
