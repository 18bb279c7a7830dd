"""Two pages -> which item of one goes with which of the other, and how surely.

1. What is certain at sight anchors the rest (see `anchors`).
2. Between two anchors, items that are alike in form one by one are paired so; else the best way is searched for (see
   `sequence`), and the confidence of each pair is its probability over all ways.
3. What was moved is found by its anchors that are out of order, and aligned from there.
4. A text that a translator has cut in two is put together again where code, links, numbers and length leave no doubt.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from knooppunt.alignment import lengths as lengths_of
from knooppunt.alignment.anchors import candidates, longest_chain
from knooppunt.alignment.scoring import Scorer
from knooppunt.alignment.sequence import SKIP, best_path, posteriors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.alignment.anchors import Pair
    from knooppunt.alignment.items import Item
    from knooppunt.alignment.lengths import Lengths
    from knooppunt.alignment.lexicon import Lexicon

_CALM: Final = 0.7
"""By what scores are multiplied before they count as probabilities: their evidence is not independent."""
_IN_STEP: Final = 1.0
"""What it says for a pair that all items around it are alike in form, one by one."""
_ANCHORED: Final = 2.0
_MOVED: Final = 4.0
"""Least score of an anchor that is out of order."""
_OUT_OF_STEP: Final = 0.25
"""Share of pairs that may contradict their forms before the best way is searched for."""
_CUT: Final = 1.5
"""Most standard deviations by which the length of two parts may be off."""


@dataclass(frozen=True, slots=True)
class Match:
    """An item of the source and its translation."""

    source: int
    target: int
    confidence: float
    """Estimated probability that the two belong together, 0 to 1."""
    moved: bool = False
    """Whether it stands in another order than on the source page."""
    further: int | None = None
    """Second part of the translation, where it was cut in two."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """What goes with what on two pages."""

    source: Sequence[Item]
    target: Sequence[Item]
    matches: tuple[Match, ...]
    """In the order of the source; each item at most once."""
    joined: tuple[tuple[int, int, int], ...] = ()
    """(source, source, target): two texts whose translation seems to be one, so that neither can take it."""

    @property
    def left_source(self) -> list[int]:
        """Items of the source that have no translation."""
        used = {match.source for match in self.matches}
        return [place for place in range(len(self.source)) if place not in used]

    @property
    def left_target(self) -> list[int]:
        """Items of the translation that have no source."""
        used = {match.target for match in self.matches} | {match.further for match in self.matches}
        return [place for place in range(len(self.target)) if place not in used]


def align(
    source: Sequence[Item], target: Sequence[Item], lengths: Lengths | None = None, lexicon: Lexicon | None = None
) -> Alignment:
    """Align the items of two pages (see `page_items`).

    `lengths` and `lexicon` are what other pages of the same two languages have taught; None for a page by itself.
    Time and memory grow with the length of the pages, not with its square.
    """
    return _Aligner(source, target, lengths, lexicon).run()


class _Aligner:
    def __init__(
        self, source: Sequence[Item], target: Sequence[Item], prior: Lengths | None, lexicon: Lexicon | None
    ) -> None:
        self.source = source
        self.target = target
        self.sights = candidates(source, target)
        self.chain = longest_chain(self.sights)
        learned = lengths_of.learn(((source[a].length, target[b].length) for a, b in self.chain), prior)
        self.scorer = Scorer(source, target, learned, lexicon)
        self.matches: dict[int, Match] = {}
        self.used: set[int] = set()

    def run(self) -> Alignment:
        chain = [pair for pair in self.chain if self.scorer.score(*pair) > 0]
        for pair in chain:
            self._match(pair, self._probability(pair, _ANCHORED))
        ends = (len(self.source), len(self.target))
        for (one, other), (next_one, next_other) in pairwise([(-1, -1), *chain, ends]):
            self._between(range(one + 1, next_one), range(other + 1, next_other))
        self._moved(set(chain))
        joined = tuple(self._joined())
        self._cut()
        found = tuple(self.matches[place] for place in sorted(self.matches))
        return Alignment(self.source, self.target, found, joined)

    def _match(self, pair: Pair, confidence: float, *, moved: bool = False) -> None:
        one, other = pair
        if one not in self.matches and other not in self.used:
            self.matches[one] = Match(one, other, confidence, moved)
            self.used.add(other)

    def _probability(self, pair: Pair, bonus: float) -> float:
        """Of a pair by itself, against leaving both items out."""
        value = _CALM * (self.scorer.score(*pair) - 2 * SKIP + bonus)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, value))))

    # Between anchors -------------------------------------------------------------------------------------------------

    def _between(self, source: range, target: range, *, moved: bool = False) -> None:
        if not source or not target:
            return
        if len(source) == len(target):
            pairs = list(zip(source, target, strict=True))
            if all(self.source[one].shape == self.target[other].shape for one, other in pairs):
                fitting = [pair for pair in pairs if self.scorer.score(*pair) > 2 * SKIP]
                if len(fitting) >= (1 - _OUT_OF_STEP) * len(pairs):
                    for pair in fitting:
                        self._match(pair, self._probability(pair, _IN_STEP), moved=moved)
                    return
        pairs = best_path(source, target, self.scorer.score)
        calm = self._calm
        for pair, probability in zip(pairs, posteriors(source, target, calm, pairs), strict=True):
            self._match(pair, probability, moved=moved)
        self.scorer.forget()

    def _calm(self, one: int, other: int) -> float:
        return _CALM * self.scorer.score(one, other)

    # Out of order ----------------------------------------------------------------------------------------------------

    def _moved(self, chain: set[Pair]) -> None:
        strays = [
            pair
            for pair in self.sights
            if pair not in chain
            and pair[0] not in self.matches
            and pair[1] not in self.used
            and self.scorer.score(*pair) >= _MOVED
        ]
        for pair in strays:
            self._match(pair, self._probability(pair, 0.0), moved=True)
        taken = sorted(self.matches)
        others = sorted(self.used)
        for one, other in strays:
            self._between(
                range(one + 1, _next(taken, one, len(self.source))),
                range(other + 1, _next(others, other, len(self.target))),
                moved=True,
            )

    # Cut in two, put together ----------------------------------------------------------------------------------------

    def _cut(self) -> None:
        """Source items whose translation goes on in the next block, which nothing else goes with."""
        for place, match in list(self.matches.items()):
            other = match.target + 1
            if other < len(self.target) and other not in self.used and self._two_parts(place, match.target, other):
                confidence = min(0.95, max(match.confidence, 0.9))
                self.matches[place] = Match(place, match.target, confidence, match.moved, other)
                self.used.add(other)

    def _two_parts(self, place: int, first: int, second: int) -> bool:
        one, parts = self.source[place], (self.target[first], self.target[second])
        if one.kind not in {"paragraph", "item"} or any(part.container != one.container for part in parts):
            return False
        if parts[0].kind != one.kind or parts[1].kind != "paragraph":
            return False
        return self._sum_fits(one, parts)

    def _sum_fits(self, whole: Item, parts: tuple[Item, Item], *, inverse: bool = False) -> bool:
        """Whether two texts together have the tokens of one, both some of them, and its length."""
        together = Counter(parts[0].tokens)
        together.update(parts[1].tokens)
        if not parts[0].tokens or not parts[1].tokens or dict(together) != dict(whole.tokens):
            return False
        length = parts[0].length + parts[1].length
        pair = (length, whole.length) if inverse else (whole.length, length)
        return abs(self.scorer.lengths.deviation(*pair)) <= _CUT

    def _joined(self) -> Iterator[tuple[int, int, int]]:
        for place, match in self.matches.items():
            other = place + 1
            if other >= len(self.source) or other in self.matches:
                continue
            parts, whole = (self.source[place], self.source[other]), self.target[match.target]
            if whole.kind != "paragraph" or any(part.kind != "paragraph" for part in parts):
                continue
            if self._sum_fits(whole, parts, inverse=True):
                yield place, other, match.target


def _next(taken: Sequence[int], place: int, end: int) -> int:
    at = bisect_right(taken, place)
    return taken[at] if at < len(taken) else end
