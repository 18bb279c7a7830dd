"""Texts that say nearly the same: all pairs above a threshold, without comparing every text with every other.

Prefix filtering (Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, WWW 2007): two sets with a Jaccard
similarity of at least t share one of the rarest n - ceil(t * n) + 1 words of each.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    index: dict[str, list[int]] = defaultdict(list)
    for number, words in enumerate(texts):
        if not words:
            continue
        rarest = sorted(words, key=lambda word: (counts[word], word))
        prefix = rarest[: len(words) - math.ceil(threshold * len(words)) + 1]
        seen: set[int] = set()
        for word in prefix:
            seen.update(index[word])
            index[word].append(number)
        for other in sorted(seen):
            both = len(words & texts[other])
            alike = both / (len(words) + len(texts[other]) - both)
            if alike >= threshold:
                yield other, number, alike
