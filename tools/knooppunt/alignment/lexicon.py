"""Which words of the translation go with which words of the source, learned from pairs that are certain.

A simple association model in the line of Melamed, "Models of Translational Equivalence among Words", Computational
Linguistics 26(2), 2000, and of hunalign (Varga et al. 2005), which align once without a dictionary, learn one from the
result and align again: for each word of the source the words are kept that go with it most surely, and a pair of texts
is scored by how many of these are found, against how many a text at random would have.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Words = frozenset[str]

_PAIRS: Final = 20_000
"""Pairs that are learned from, which bounds memory on the largest sites."""
_RARE: Final = 3
"""A word must be in as many pairs to be learned."""
_PER_TEXT: Final = 16
"""Words of one text that are counted together, the rarest ones."""
_KEPT: Final = 3
"""Translations kept for a word."""
_CERTAIN: Final = 0.25
"""Least Dice coefficient of a word and its translation."""
_CAP: Final = 7.0


class Lexicon:
    """Words of the source -> words that a translation of them has."""

    def __init__(self, table: Mapping[str, Sequence[tuple[str, float, float]]]) -> None:
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    def score(self, source: Words, target: Words) -> float:
        """Log-likelihood ratio, within bounds, that one text translates the other; 0 where nothing is known."""
        total = 0.0
        known = 0
        for word in source:
            entries = self._table.get(word)
            if entries is None:
                continue
            known += 1
            total += next((hit for other, hit, _ in entries if other in target), entries[0][2])
        if not known:
            return 0.0
        # Words of one text are not independent of one another, so each further one counts less.
        scaled = total / math.sqrt(known) if known > 1 else total
        return max(-_CAP, min(_CAP, scaled))


def learn(pairs: Iterable[tuple[Words, Words]]) -> Lexicon:
    """The lexicon of these pairs of texts, each given as its words."""
    taken = [(source, target) for source, target in pairs if source and target][:_PAIRS]
    sources: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    for source, target in taken:
        sources.update(source)
        targets.update(target)
    together: dict[str, Counter[str]] = {}
    for source, target in taken:
        others = _rarest(target, targets)
        for word in _rarest(source, sources):
            together.setdefault(word, Counter()).update(others)
    count = len(taken)
    table = {}
    for word, counts in together.items():
        entries = [
            (other, *_weights(both, sources[word], targets[other], count))
            for other, both in counts.most_common(_KEPT * 2)
            if 2 * both / (sources[word] + targets[other]) >= _CERTAIN and both >= _RARE
        ]
        if entries:
            table[word] = sorted(entries, key=lambda entry: (-entry[1], entry[0]))[:_KEPT]
    return Lexicon(table)


def _rarest(words: Words, counts: Mapping[str, int]) -> list[str]:
    known = [word for word in words if counts[word] >= _RARE]
    if len(known) > _PER_TEXT:
        known.sort(key=lambda word: (counts[word], word))
        return known[:_PER_TEXT]
    return known


def _weights(both: int, source: int, target: int, count: int) -> tuple[float, float]:
    """What it says that the translation has the word, and that it lacks it."""
    given = min((both - 1) / source, 0.95) or 0.01  # a pair that is scored may have been learned from
    chance = min(max(target / count, 0.001), 0.9)
    return math.log(max(given / chance, 1.0)), math.log(min((1 - given) / (1 - chance), 1.0))
