"""Which of very many texts come nearest to one.

Comparing a text with each of 100,000 takes too long, so an inverted index picks some hundred that are worth it:

- the texts are numbered by length, and two texts can only be 70 % alike if the shorter has at least 0.54 times the
  length of the longer, so a piece of each posting list is enough;
- a text counts how many of the query's rarest words and pairs of neighbouring words another one has, and those with
  most are compared first; the score of the fifth best then narrows the lengths for the rest;
- short texts, in which a changed letter spoils each word, count pieces of three letters instead.

The score is rapidfuzz's `fuzz.ratio`: 100 * (1 - d / (m + n)) for texts of m and n code points, of which d have to be
taken away or put in to make one out of the other (Indel distance,
https://rapidfuzz.github.io/RapidFuzz/Usage/fuzz.html#ratio).
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

from knooppunt.memory.scripts import WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SHORT: Final = 32
"""Greatest length of a text that is found by pieces of letters too."""
LONGEST: Final = 5000
"""Greatest length of a text that is compared at all; nobody translates a longer one by likeness."""

FEW: Final = 3000
"""Number of texts up to which comparing with each is fast enough, so that no index is made."""
_PATIENCE: Final = 50
"""Questions after which an index of many texts is worth making; it takes as long as some hundred comparisons."""
_LEAST: Final = 70
"""Least score, in percent, that the pieces of short texts are made for."""
_POSTINGS: Final = 4000
"""Postings that are counted for one query."""
_COMPARED: Final = 800
"""Texts that are compared with one query."""
_FIRST: Final = 60
"""Texts that are compared first, to learn how good the others have to be."""


class FuzzyIndex:
    """Texts in their normal form, ready to be searched by likeness.

    The result does not depend on the order of the texts. The index takes seconds to be made where there are many, so
    the first questions are answered without it, by comparing with every text of a fitting length.
    """

    def __init__(self, texts: Iterable[str], *, patience: int | None = None) -> None:
        """`patience` is how many questions are answered without the index; None for as many as are worth it."""
        self.texts: Sequence[str] = sorted({text for text in texts if 0 < len(text) <= LONGEST}, key=_by_length)
        self._lengths = [len(text) for text in self.texts]
        if patience is None:
            patience = _PATIENCE if len(self.texts) > FEW else sys.maxsize
        self._patience = patience

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        return _posted(self.texts, _features)

    @cached_property
    def _pieces(self) -> dict[str, list[int]]:
        short = bisect_left(self._lengths, _longest(SHORT, _LEAST) + 1)
        return _posted(self.texts[:short], _pieces)

    def prepare(self) -> None:
        """Make the index, which is used from now on."""
        self._patience = 0
        _ = self._words, self._pieces

    def nearest(self, text: str, limit: int, cutoff: float) -> list[tuple[float, str]]:
        """At most `limit` texts with the greatest scores of at least `cutoff`, the best first; ties by text."""
        if not 0 < len(text) <= LONGEST or not self.texts:
            return []
        if self._patience > 0:
            self._patience -= 1
            low, high = self._band(len(text), cutoff)
            return _best(text, self.texts[low:high], limit, cutoff)
        best: list[tuple[float, str]] = []
        candidates = self._candidates(text, cutoff)
        for start, end in ((0, _FIRST), (_FIRST, _COMPARED)):
            low, high = self._band(len(text), cutoff)
            chosen = [self.texts[number] for number in candidates[start:end] if low <= number < high]
            best = _ranked([*best, *_best(text, chosen, limit, cutoff)])[:limit]
            if len(best) == limit:
                cutoff = max(cutoff, best[-1][0])
        return best

    def _band(self, length: int, cutoff: float) -> tuple[int, int]:
        """Numbers of the texts that are neither too short nor too long to reach the cutoff."""
        share = cutoff / (200 - cutoff)
        return (
            bisect_left(self._lengths, length * share - 1),
            bisect_left(self._lengths, _longest(length, cutoff) + 1),
        )

    def _candidates(self, text: str, cutoff: float) -> list[int]:
        """Numbers of the texts that are worth a comparison, those that share most first."""
        low, high = self._band(len(text), cutoff)
        lists, features = (self._pieces, _pieces) if len(text) <= SHORT else (self._words, _features)
        found = sorted((len(lists[feature]), feature) for feature in features(text) if feature in lists)
        counts: Counter[int] = Counter()
        room = _POSTINGS
        for _, feature in found:
            numbers = lists[feature]
            near = numbers[bisect_left(numbers, low) : bisect_left(numbers, high)]
            room -= len(near)
            if room < 0 and counts:
                break
            counts.update(near)
        return _most(counts, _COMPARED)


def _most(counts: Counter[int], size: int) -> list[int]:
    """At most `size` numbers with the greatest counts, these first; of equal ones those that were counted first."""
    groups = Counter(counts.values())
    least = 0
    above = 0
    for least in sorted(groups, reverse=True):
        if above + groups[least] >= size:
            break
        above += groups[least]
    chosen = [number for number, count in counts.items() if count > least]
    chosen.sort(key=counts.__getitem__, reverse=True)
    rest = (number for number, count in counts.items() if count == least)
    return [*chosen, *islice(rest, size - len(chosen))]


def _posted(texts: Sequence[str], features: Callable[[str], Iterable[str]]) -> dict[str, list[int]]:
    """Numbers of the texts that have a feature, by feature, in rising order."""
    lists: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for feature in features(text):
            lists[feature].append(number)
    return dict(lists)


def _best(text: str, others: Sequence[str], limit: int, cutoff: float) -> list[tuple[float, str]]:
    found = process.extract(text, others, scorer=fuzz.ratio, processor=None, score_cutoff=cutoff, limit=None)
    return _ranked((score, other) for other, score, _ in found)[:limit]


def _ranked(found: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    return sorted(found, key=lambda item: (-item[0], item[1]))


def _by_length(text: str) -> tuple[int, str]:
    return len(text), text


def _longest(length: int, cutoff: float) -> int:
    return int(length * (200 - cutoff) / cutoff)


def _features(text: str) -> set[str]:
    words = WORD.findall(text)
    return {*words, *map(" ".join, pairwise(words))}


def _pieces(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
