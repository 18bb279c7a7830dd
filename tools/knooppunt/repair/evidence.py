"""What the texts that are checked say themselves: how often each word and each pair of neighbouring words stands there.

A word that a text writes both ways, `knooppunten` and `knoop punten`, is evidence for the join.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

from knooppunt.repair.text import mask

if TYPE_CHECKING:
    from knooppunt.repair.text import Mask
    from knooppunt.repair.words import Pair

_Key = TypeVar("_Key")

MOST_PAIRS: Final = 1_000_000
"""Different pairs that are kept, about 120 MB; beyond them the rarest are dropped until half are left."""

_RUN = re.compile(r"[^\W\d_]+(?:[ \t\u00a0]{1,39}[^\W\d_]+|[ \t]{0,20}\r?\n[ \t>]{0,17}[^\W\d_]+)*")
"""Words with nothing between them but white space, and at most one line break with the sign of a quotation."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Evidence:
    """Counts of words, and of pairs of neighbouring words, in lower case; they grow with the vocabulary."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[Pair] = field(default_factory=Counter)
    pruned: bool = False
    """Whether rare pairs were dropped, because there were too many."""

    def add(self, text: str, protected: Mask | None = None, *, times: int = 1) -> None:
        """Count the prose of an inline Markdown text; `protected` is its mask, where that was made already.

        `times` is -1 to take a text out again that was counted.
        """
        words: list[str] = []
        pairs: list[Pair] = []
        for found in _RUN.finditer((protected or mask(text)).prose().casefold()):
            run = _WORD.findall(found[0])
            words += run
            pairs += pairwise(run)
        if times > 0:
            self.words.update(words)
            self.pairs.update(pairs)
        else:
            self.words.subtract(words)
            self.pairs.subtract(pairs)

    def merge(self, other: Evidence) -> None:
        """Add the counts of other texts, such as those that another process has counted; what sinks to 0 is gone."""
        _merge(self.words, other.words)
        _merge(self.pairs, other.pairs)
        self.pruned = self.pruned or other.pruned
        if len(self.pairs) > MOST_PAIRS:
            self.pruned = True
            least = 2
            while len(self.pairs) > MOST_PAIRS // 2:
                self.pairs = Counter({pair: count for pair, count in self.pairs.items() if count >= least})
                least += 1

    def __bool__(self) -> bool:
        """Whether there is a count."""
        return bool(self.words or self.pairs)


def _merge(counts: Counter[_Key], others: Counter[_Key]) -> None:
    for key, count in others.items():
        total = counts.get(key, 0) + count
        if total > 0:
            counts[key] = total
        else:
            counts.pop(key, None)
