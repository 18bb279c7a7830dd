"""Counts of words and pairs of clean text, from which a lexicon is made."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError
from knooppunt.repair import Evidence, render_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from knooppunt.lexicons.gold import GoldSentence

OWN: Final = 2.5
"""By how much a set of sentences is counted out of clean text that may hold it: each of its words so many times.

Clean text has the same sentence in several versions of an article, 1 to 4 times as often as a set of sentences has it.
With 2.5, about 75 of 100 split compounds of a set are words of what is left, as was measured on sets that the clean
text holds nothing of.
"""
GENERAL: Final = 0.02
"""Weight of wordfreq's counts, which are per thousand million words, beside those of some million words."""
LONGEST: Final = 40
"""Letters of the longest word that is counted."""

_RUNS = re.compile(r"[^\W\d_]+")
_HYPHENED = re.compile(r"(?<!\w)([^\W\d_]+)-(?=([^\W\d_]+)(?!\w))")


@dataclass
class Counts:
    """How often words, and pairs of neighbouring words, stand in clean text; all in lower case.

    Words with a hyphen between them are a pair too, with the hyphen before the second one.
    """

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    english: Counter[str] = field(default_factory=Counter)
    """Counts of English words, scaled to the size of the text."""
    own: float = OWN
    """How often each word of a set of sentences is counted out; 1 where each was counted once, as `add_good` does."""

    def add_good(self, sentences: Iterable[GoldSentence]) -> None:
        """Count the good versions of sentences."""
        found = own_counts(sentences)
        self.words.update(found.words)
        self.pairs.update(found.pairs)

    def add_words(self, path: Path, weight: float = 1.0, most: int | None = None) -> None:
        """Add a file of `word<TAB>count` lines; a word with hyphens counts for each of its runs of letters.

        With `most`, only so many lines are read. Raises DataError for any other line.
        """
        for number, columns in enumerate(_rows(path, 2)):
            if most is not None and number >= most:
                break
            word, count = columns
            if "/" in word or "_" in word:
                continue
            for run in _RUNS.findall(word.casefold()):
                if len(run) <= LONGEST:
                    self.words[run] += max(1, round(int(count) * weight))
            for first, second in _HYPHENED.findall(word.casefold()):
                self.pairs[first, f"-{second}"] += max(1, round(int(count) * weight))

    def add_pairs(self, path: Path, weight: float = 1.0) -> None:
        """Add a file of `word<TAB>word<TAB>count` lines. Raises DataError for any other line."""
        for first, second, count in _rows(path, 3):
            a, b = _RUNS.findall(first.casefold()), _RUNS.findall(second.casefold())
            if a and b and first[-1].isalpha() and second[0].isalpha():
                self.pairs[a[-1], b[0]] += max(1, round(int(count) * weight))

    def without(self, own: Evidence) -> Counts:
        """What is left when a set of texts is counted out."""
        times = self.own
        words = Counter({word: int(count - times * own.words.get(word, 0)) for word, count in self.words.items()})
        pairs = Counter({pair: int(count - times * own.pairs.get(pair, 0)) for pair, count in self.pairs.items()})
        return Counts(+words, +pairs, self.english, times)

    def render(self, notes: Mapping[str, object] | None = None) -> bytes:
        """The bytes of the lexicon of these counts."""
        return render_lexicon(self.words, self.pairs, self.english, notes)


def counts_of(language: str, folders: Iterable[Path]) -> Counts:
    """Counts of all files of a language in folders, in which each language has a folder. Raises DataError.

    English words are those of `en/wordfreq-words.tsv.gz`.
    """
    found = Counts()
    for folder in folders:
        for path in sorted((folder / language).glob("*words.tsv.gz")):
            found.add_words(path, GENERAL if path.name.startswith("wordfreq") else 1.0)
        for path in sorted((folder / language).glob("*pairs.tsv.gz")):
            found.add_pairs(path)
        english = folder / "en" / "wordfreq-words.tsv.gz"
        if english.is_file():
            for word, count in _rows(english, 2):
                found.english[word] = max(1, round(int(count) * GENERAL))
    return found


def own_counts(sentences: Iterable[GoldSentence]) -> Evidence:
    """Counts of the good versions of sentences: what they may have given to the clean counts."""
    evidence = Evidence()
    for sentence in sentences:
        evidence.add(sentence.good)
    return evidence


def _rows(path: Path, columns: int) -> Iterable[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            row = line.rstrip("\n").split("\t")
            if len(row) != columns or not row[-1].isdigit():
                raise DataError.single(str(path), number, f"this is not {columns - 1} word(s), a tab and a count")
            yield row
