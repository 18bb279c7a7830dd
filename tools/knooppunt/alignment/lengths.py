"""How long a translation is, given its source.

The model of Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora", Computational Linguistics 19(1),
1993: each character of the source gives rise to a random number of characters of the translation, independent and
normally distributed, with the mean `ratio` and the variance `spread`. Unlike there, both are learned from pairs that
are certain, for a page of one language has other figures than the Hansards in English and French.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SPREAD: Final = 6.8
"""Variance per character that Gale and Church measured; the least that is used here."""
_LEAST: Final = 8
"""Pairs that are needed to learn from."""
_SHORT: Final = 12
"""Texts of fewer characters say nothing of the ratio."""
_MAD: Final = 1.4826
"""Standard deviation of a normal distribution over its median absolute deviation."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Characters of a translation for each character of its source."""

    ratio: float = 1.0
    spread: float = SPREAD

    def deviation(self, source: int, target: int) -> float:
        """How many standard deviations a translation is longer (or shorter, negative) than expected."""
        mean = (source + target / self.ratio) / 2
        if mean <= 0:
            return 0.0
        return (target - source * self.ratio) / (math.sqrt(self.spread * mean) * max(self.ratio, 0.4))


def learn(pairs: Iterable[tuple[int, int]], prior: Lengths | None = None) -> Lengths:
    """The model of these pairs of lengths, (source, target); that of `prior` where they are too few."""
    known = [(source, target) for source, target in pairs if source >= _SHORT and target > 0]
    if len(known) < _LEAST:
        return prior or Lengths()
    ratio = median(target / source for source, target in known)
    guess = Lengths(ratio, 1.0)
    deviations = [abs(guess.deviation(source, target)) for source, target in known]
    return Lengths(ratio, max(SPREAD, (_MAD * median(deviations)) ** 2))
