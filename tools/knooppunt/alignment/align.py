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
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from knooppunt.alignment import lengths as lengths_of
from knooppunt.alignment.anchors import candidates, longest_chain
from knooppunt.alignment.scoring import Scorer
from knooppunt.alignment.sequence import SKIP, best_path, posteriors

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from knooppunt.alignment.anchors import Pair
    from knooppunt.alignment.items import Item
    from knooppunt.alignment.lengths import Lengths
    from knooppunt.alignment.lexicon import Lexicon

_CALM: Final = 0.7
"""By what scores are multiplied before they count as probabilities: their evidence is not independent."""
_OUT_OF_ORDER: Final = 1.0
"""What it says against a pair that something between the same anchors has no partner or another form."""
_ANCHORED: Final = 2.0
_MOVED: Final = 4.0
"""Least score of an anchor that is out of order."""
_DOUBT: Final = 0.4
"""Items of a page that may have changed unseen."""
_USUAL: Final = 3.0
"""Logarithm of the odds that a text is unchanged for which no bonus is given: 5 texts in 100 have changed."""
_MOST: Final = 1.5
_OUT_OF_STEP: Final = 0.25
"""Share of pairs that may contradict their forms before the best way is searched for."""
_CERTAIN: Final = 0.95
"""Confidence of a text that is put together out of two."""
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
        self.in_step: set[Pair] = set()
        """Pairs between two anchors with nothing left over there; what speaks for them is how the whole page fits."""

    def run(self) -> Alignment:
        chain = [pair for pair in self.chain if self.scorer.score(*pair) > 0]
        for pair in chain:
            self._match(pair, self._probability(pair, _ANCHORED))
        ends = (len(self.source), len(self.target))
        for (one, other), (next_one, next_other) in pairwise([(-1, -1), *chain, ends]):
            self._between(range(one + 1, next_one), range(other + 1, next_other))
        self._weigh()
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
        if not source or not target or self._in_step(source, target, moved=moved):
            return
        one, other = _first_heading(self.source, source), _first_heading(self.target, target)
        if self._in_step(source[:one], target[:other], moved=moved):
            source, target = source[one:], target[other:]
        pairs = best_path(source, target, self.scorer.score)
        calm = self._calm
        for pair, probability in zip(pairs, posteriors(source, target, calm, pairs), strict=True):
            self._match(pair, probability, moved=moved)
        self.scorer.forget()

    def _in_step(self, source: range, target: range, *, moved: bool) -> bool:
        """Pair items that are alike in form one by one; False where they are not, or where too many contradict."""
        if not source or len(source) != len(target):
            return False
        pairs = list(zip(source, target, strict=True))
        if any(self.source[one].shape != self.target[other].shape for one, other in pairs):
            return False
        fitting = [pair for pair in pairs if self.scorer.score(*pair) > 2 * SKIP]
        if len(fitting) < (1 - _OUT_OF_STEP) * len(pairs):
            return False
        for pair in fitting:
            self._match(pair, self._probability(pair, 0.0), moved=moved)
            self.in_step.add(pair)
        return True

    def _calm(self, one: int, other: int) -> float:
        return _CALM * self.scorer.score(one, other) - _OUT_OF_ORDER

    def _weigh(self) -> None:
        """Trust pairs in step as far as the rest of the page is: where much has changed, so may any one text have."""
        size = len(self.source) + len(self.target)
        runs = _runs(self.matches, len(self.source)) + _runs(self.used, len(self.target))
        changed = (runs + _DOUBT) / (size + 10 * _DOUBT)
        bonus = max(-_MOST, min(_MOST, math.log((1 - changed) / changed) - _USUAL))
        for pair in self.in_step:
            match = self.matches.get(pair[0])
            if match is not None and match.target == pair[1]:
                confidence = self._probability(pair, bonus)
                self.matches[pair[0]] = replace(self.matches[pair[0]], confidence=confidence)

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
        """Source texts whose translation is two blocks, of which nothing else has one."""
        for place, one in enumerate(self.source):
            match = self.matches.get(place)
            for first in self._near(place, match):
                second = first + 1
                others = {first, second} - ({match.target} if match is not None else set())
                if second < len(self.target) and not others & self.used and self._two_parts(one, first, second):
                    confidence = max(match.confidence if match is not None else 0.0, _CERTAIN)
                    moved = match is not None and match.moved
                    self.matches[place] = Match(place, first, confidence, moved, second)
                    self.used |= {first, second}
                    break

    def _near(self, place: int, match: Match | None) -> tuple[int, ...]:
        """Where the first part of a translation may stand."""
        if match is not None:
            return (match.target, match.target - 1) if match.target else (match.target,)
        before = self.matches.get(place - 1)
        return (before.target + 1 if before is not None else 0,)

    def _two_parts(self, one: Item, first: int, second: int) -> bool:
        parts = (self.target[first], self.target[second])
        if one.kind not in {"paragraph", "item"} or any(part.container != one.container for part in parts):
            return False
        return parts[0].kind == one.kind and parts[1].kind == "paragraph" and self._sum_fits(one, parts)

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
        """Two source texts in a row whose translation is one block, with which one of them was paired, or none."""
        by_target = {match.target: match.source for match in self.matches.values()}
        for place, whole in enumerate(self.target):
            if whole.kind != "paragraph":
                continue
            matched = by_target.get(place)
            before = by_target.get(place - 1, -1)
            for first in (matched, matched - 1) if matched is not None else (before + 1,):
                second = first + 1
                if first < 0 or second >= len(self.source):
                    continue
                parts = (self.source[first], self.source[second])
                free = all(part == matched or part not in self.matches for part in (first, second))
                if (
                    free
                    and all(part.kind == "paragraph" for part in parts)
                    and self._sum_fits(whole, parts, inverse=True)
                ):
                    yield first, second, place
                    break


def _first_heading(items: Sequence[Item], places: range) -> int:
    """How many of these items come before the first heading."""
    return next((number for number, place in enumerate(places) if items[place].kind == "heading"), len(places))


def _runs(taken: Container[int], size: int) -> int:
    """How many runs of places are not taken: a section that is gone is one change."""
    return sum(place not in taken and (place == 0 or place - 1 in taken) for place in range(size))


def _next(taken: Sequence[int], place: int, end: int) -> int:
    at = bisect_right(taken, place)
    return taken[at] if at < len(taken) else end
