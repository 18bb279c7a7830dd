"""What the texts that are checked say themselves: how often each word and each pair of neighbouring words stands there.

A word that a text writes both ways, `knooppunten` and `knoop punten`, is evidence for the join.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.repair.text import mask
from knooppunt.repair.tokens import is_gap, letter_runs

if TYPE_CHECKING:
    from knooppunt.repair.text import Mask
    from knooppunt.repair.words import Pair


@dataclass
class Evidence:
    """Counts of words, and of pairs of neighbouring words, in lower case; they grow with the vocabulary."""

    words: dict[str, int] = field(default_factory=dict)
    pairs: dict[Pair, int] = field(default_factory=dict)

    def add(self, text: str, protected: Mask | None = None) -> None:
        """Count the prose of an inline Markdown text; `protected` is its mask, where that was made already."""
        runs = letter_runs(protected or mask(text))
        for at, run in enumerate(runs):
            self.words[run.key] = self.words.get(run.key, 0) + 1
            if at and is_gap(text, runs[at - 1].end, run.start):
                pair = (runs[at - 1].key, run.key)
                self.pairs[pair] = self.pairs.get(pair, 0) + 1

    def merge(self, other: Evidence) -> None:
        """Add the counts of other texts, such as those that another process has counted."""
        for word, count in other.words.items():
            self.words[word] = self.words.get(word, 0) + count
        for pair, count in other.pairs.items():
            self.pairs[pair] = self.pairs.get(pair, 0) + count
