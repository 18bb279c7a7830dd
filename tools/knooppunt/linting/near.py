"""Texts that say nearly the same: all pairs above a threshold, without comparing every text with every other.

Prefix filtering (Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, WWW 2007): two sets with a Jaccard
similarity of at least t share one of the rarest n - ceil(t * n) + 1 words of each. The shorter one is looked up by
fewer still, n - ceil(2 * t / (1 + t) * n) + 1 (Xiao and others, Efficient Similarity Joins for Near Duplicate
Detection, WWW 2008).
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROUNDING: Final = 1e-9
"""A bound may be missed by this much in floating point; candidates are compared exactly anyway."""
_WORD: Final = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")


def words_of(text: str) -> frozenset[str]:
    """The words of a text, in small letters, without markup and punctuation."""
    return frozenset(_WORD.findall(text.casefold()))


def near_pairs(texts: Sequence[frozenset[str]], threshold: float) -> Iterator[tuple[int, int, float]]:
    """Numbers of two texts, the earlier first, and how alike they are, up to 1; empty sets are passed over.

    >>> list(near_pairs([frozenset("abcd"), frozenset("wxyz"), frozenset("abcde")], 0.8))
    [(0, 2, 0.8)]
    """
    counts = Counter(word for words in texts for word in words)
    index: dict[str, list[tuple[int, int]]] = defaultdict(list)
    found = []
    for number in sorted(range(len(texts)), key=lambda number: len(texts[number])):
        words = texts[number]
        size = len(words)
        rarest = sorted(words, key=lambda word: (counts[word], word))
        candidates: set[int] = set()
        for word in rarest[: size - math.ceil(threshold * size - _ROUNDING) + 1]:
            candidates.update(other for other, length in index[word] if length >= threshold * size - _ROUNDING)
        for other in candidates:
            both = len(words & texts[other])
            alike = both / (size + len(texts[other]) - both)
            if alike >= threshold:
                found.append((min(number, other), max(number, other), alike))
        for word in rarest[: size - math.ceil(2 * threshold / (1 + threshold) * size - _ROUNDING) + 1]:
            index[word].append((number, size))
    yield from sorted(found)
