"""How good texts are, in figures: artifacts per 1,000 sentences, a score, and the most frequent types.

The score of a text is 100 x S / (S + P): S are its sentences, and P is what its findings weigh: an error 1, a warning
1/2, a note 1/10. So a text with nothing to mend has 100, one with an error in every sentence 50, and none has less than
0. It is shown with one decimal, rounded down, so that 100.0 means that nothing at all was found.

Sentences are counted alike in every language: each paragraph, heading, item or cell with a letter in it is one, and one
more for each full stop, question or exclamation mark (also those of Chinese, Japanese, Arabic, Urdu, Hindi, Khmer and
Armenian) behind which another sentence begins: after white space, and not with a small letter; marks that stand without
a space behind them in their script need none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from knooppunt.checking.results import Tier
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knooppunt.checking.results import Found

WEIGHTS: Final[Mapping[Severity, float]] = {Severity.ERROR: 1.0, Severity.WARNING: 0.5, Severity.NOTE: 0.1}
"""What a finding takes from the score, in sentences."""

WORST: Final = 20
"""Files that a report names."""
FREQUENT: Final = 50
"""Types that a report names."""
MOST_TYPES: Final = 200_000
"""Different types that are counted; beyond them, those that were seen once are dropped."""

_ENDS = re.compile(
    r"[。！？｡]+[」』）〉》】”’\"')\]*_]*(?=\s*\S)|[.!?…؟۔।॥։។]+[\"'”’»)\]*_]*\s+[\"'“‘«([*_¿¡„]*(?=(\w))"
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\w+")

Type = tuple[str, str, str]
"""Check, words as they are, words as they should be; in lower case."""


def count_sentences(text: str) -> int:
    """Sentences of one paragraph, heading, item or cell, by the rule of this module; `text` is prose only.

    >>> count_sentences("Run it. Wait 1.5 minutes, e.g. with a timer! Done?")
    3
    """
    if not _LETTER.search(text):
        return 0
    return 1 + sum(found[1] is None or not found[1].islower() for found in _ENDS.finditer(text))


def count_words(text: str) -> int:
    """Runs of letters and digits."""
    return sum(1 for _ in _WORD.finditer(text))


@dataclass(slots=True)
class Typed:
    """How often one type was found, and how sure."""

    count: int = 0
    sure: float = 0.0
    """Sum of the confidences that are known."""
    known: int = 0
    """How many of them are known."""
    fixes: int = 0
    """How many of them `--fix` writes."""
    spellings: Counter[str] = field(default_factory=Counter)
    """The new words as they are written, for a name has capitals of its own."""

    @property
    def spelling(self) -> str:
        """The most frequent one; of equals the last by name, which has the fewer capitals."""
        return max(self.spellings.items(), key=lambda item: (item[1], item[0]))[0]

    @property
    def confidence(self) -> float | None:
        """The mean; None where none is known."""
        return self.sure / self.known if self.known else None


@dataclass(slots=True)
class Tally:
    """Findings of one or more texts, counted."""

    sentences: int = 0
    words: int = 0
    files: int = 0
    classes: Counter[tuple[str, Severity]] = field(default_factory=Counter)
    types: dict[Type, Typed] = field(default_factory=dict)

    def add(self, findings: Iterable[Found]) -> None:
        """Count findings."""
        for found in findings:
            self.classes[found.finding.check, found.finding.severity] += 1
            for mark in found.marks:
                old, new = mark.words
                typed = self.types.setdefault((found.finding.check, old.casefold(), new.casefold()), Typed())
                typed.count += 1
                typed.spellings[new] += 1
                typed.fixes += found.tier is Tier.FIX
                if found.confidence is not None:
                    typed.sure += found.confidence
                    typed.known += 1

    def merge(self, other: Tally) -> None:
        """Add the counts of other texts."""
        self.sentences += other.sentences
        self.words += other.words
        self.files += other.files
        self.classes.update(other.classes)
        for key, more in other.types.items():
            typed = self.types.setdefault(key, Typed())
            typed.count += more.count
            typed.sure += more.sure
            typed.known += more.known
            typed.fixes += more.fixes
            typed.spellings.update(more.spellings)
        if len(self.types) > MOST_TYPES:
            self.types = {key: typed for key, typed in self.types.items() if typed.count > 1}

    @property
    def findings(self) -> int:
        return sum(self.classes.values())

    @property
    def penalty(self) -> float:
        """What all findings weigh, in sentences."""
        return sum(WEIGHTS[severity] * count for (_, severity), count in self.classes.items())

    @property
    def score(self) -> float:
        """0 to 100."""
        return score(self.sentences, self.penalty)

    def count(self, check: str) -> int:
        """Findings of one check."""
        return sum(count for (name, _), count in self.classes.items() if name == check)

    def rate(self, check: str | None = None) -> float:
        """Findings of one check, or of all, per 1,000 sentences; 0 where there are no sentences."""
        count = self.findings if check is None else self.count(check)
        return 1000 * count / self.sentences if self.sentences else 0.0

    def frequent(self, most: int = FREQUENT) -> list[tuple[Type, Typed]]:
        """The most frequent types, the new words spelled as they mostly are; of equals the first by name."""
        found = sorted(self.types.items(), key=lambda item: (-item[1].count, item[0]))[:most]
        return [((check, old, typed.spelling), typed) for (check, old, _), typed in found]


def score(sentences: float, penalty: float) -> float:
    """100 x S / (S + P), rounded down to one decimal.

    >>> score(100, 0), score(100, 100), score(1000, 0.1)
    (100.0, 50.0, 99.9)
    """
    if not penalty:
        return 100.0
    return math.floor(1000 * sentences / (sentences + penalty)) / 10


@dataclass(frozen=True, slots=True)
class FileScore:
    """How good one file is."""

    shown: str
    sentences: int
    findings: int
    score: float
    left: int
    """Findings after the fixes."""
    after: float


@dataclass(slots=True)
class Stats:
    """All texts before and after the fixes."""

    before: Tally = field(default_factory=Tally)
    after: Tally = field(default_factory=Tally)
    files: list[FileScore] = field(default_factory=list)

    def add(self, shown: str, before: Tally, after: Tally) -> None:
        """Count one file; of the files, only the worst are kept."""
        self.before.merge(before)
        self.after.merge(after)
        self.files.append(
            FileScore(shown, before.sentences, before.findings, before.score, after.findings, after.score)
        )
        if len(self.files) >= 4 * WORST:
            self.files = self.worst()

    def worst(self) -> list[FileScore]:
        """The files with the lowest scores, worst first; of equals, the one with more findings, then by name."""
        poor = [file for file in self.files if file.findings]
        return sorted(poor, key=lambda file: (file.score, -file.findings, file.shown))[:WORST]

    @property
    def checks(self) -> list[str]:
        """Checks that found something, those with the most findings first."""
        names = {name for tally in (self.before, self.after) for name, _ in tally.classes}
        return sorted(names, key=lambda name: (-self.before.count(name), name))
