"""Finding compounds that machine translation has split: `knoop punten` for `knooppunten`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from knooppunt.repair.tokens import is_gap, keep_case, letter_runs, moved_break, starts_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from knooppunt.repair.languages import LanguageRules
    from knooppunt.repair.text import Mask
    from knooppunt.repair.tokens import Token
    from knooppunt.repair.words import Pair

SAFE: Final = 0.99
"""Confidence from which a join of the word list may be made without a person."""

MOST_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Split:
    """A compound that is written as several words."""

    start: int
    end: int
    joined: str
    """What belongs in the place of [start, end)."""
    confidence: float
    """Probability, from 0 to 1, that the join is right."""
    reason: str
    safe: bool = False
    """Whether the join may be made without a person."""


class SplitDetector(Protocol):
    """The seam between checks and the engine: the checks know this much of it and no more."""

    def find(self, text: str, mask: Mask, source: str | None) -> Iterator[Split]:
        """Split compounds in order and apart, none of them touching a protected range."""
        ...


class WordListDetector:
    """Joins neighbouring words that a list holds as one word.

    Kept apart are pairs of `keep.txt`, words that the source writes as two (a name), and small words, unless one of
    them is a particle behind a determiner: `het voor beeld`, but not `voor waarden`.
    """

    def __init__(self, words: Iterable[str], keep: Set[Pair], rules: LanguageRules) -> None:
        self.keep = keep
        self.rules = rules
        self.words: dict[str, str] = {}
        """Each word and its plurals and genitives in lower case -> its spelling."""
        for word in words:
            self.words[word.casefold()] = word
            for form, role in rules.inflect(word).items():
                if role in {"plural", "genitive", "either"}:
                    self.words.setdefault(form.casefold(), form)

    def find(self, text: str, mask: Mask, source: str | None) -> Iterator[Split]:
        """Split compounds in order and apart."""
        runs = letter_runs(mask)
        at = 0
        while at < len(runs):
            found = self._suspended(text, runs, at, source) or self._joined(text, runs, at, source)
            if found is not None and not found[0].safe:
                behind = self._joined(text, runs, at + 1, source)
                if behind is not None and behind[0].safe and behind[0].start < found[0].end:
                    found = None  # `in scha kelen`: what is sure comes first
            if found is None:
                at += 1
                continue
            split, count = found
            yield split
            at += count

    def _joined(self, text: str, runs: list[Token], at: int, source: str | None) -> tuple[Split, int] | None:
        reach = 1
        while reach < MOST_PARTS and at + reach < len(runs):
            if not is_gap(text, runs[at + reach - 1].end, runs[at + reach].start):
                break
            reach += 1
        for count in range(reach, 1, -1):
            parts = runs[at : at + count]
            if not self._may_join(text, parts, source):
                continue
            joined = self._word(parts)
            if joined is not None:
                return self._split(text, runs, at, parts, joined), count
        return None

    def _word(self, parts: list[Token]) -> tuple[str, bool] | None:
        """The joined word, and whether it is the parts and nothing else."""
        plain = "".join(part.key for part in parts)
        if plain in self.words:
            return _cased(parts), True
        spelling = self.words.get("-".join(part.key for part in parts))
        if spelling is not None:
            return keep_case(" ".join(part.text for part in parts), spelling), True
        if len(parts) == 2:
            for letters in self.rules.linking:
                if parts[0].key + letters + parts[1].key in self.words:
                    return _cased(parts, letters), False
        return None

    def _may_join(self, text: str, parts: list[Token], source: str | None) -> bool:
        first, *others = parts
        stop_words = self.rules.stop_words
        if any(part.key in stop_words and part.key not in self.rules.particles for part in parts):
            return False
        if others[-1].key in stop_words:
            return False
        all_capitals = all(part.text.isupper() for part in parts)
        if not all_capitals and any(part.text != part.text.lower() for part in others):
            return False  # a name or the label of a button
        if any(pair in self.keep for pair in zip([p.key for p in parts], [p.key for p in others], strict=False)):
            return False
        if text[first.start - 1 : first.start] in {"'", "\u2019", ".", "@", "_", "/"} and first.start:
            return False
        if re.match(r"[\d_@]|['\u2019.]\w", text[parts[-1].end : parts[-1].end + 2]):
            return False
        if source is not None:
            folded = source.casefold()
            if not all(part.key in folded for part in parts):  # a pattern for each phrase would cost far more
                return True
        words = r"\s+".join(re.escape(part.key) for part in parts)
        return source is None or re.search(rf"(?<!\w){words}(?!\w)", source, re.IGNORECASE) is None

    def _split(self, text: str, runs: list[Token], at: int, parts: list[Token], joined: tuple[str, bool]) -> Split:
        word, exact = joined
        confidence = 0.995 if exact else 0.9
        reason = "the word list has it as one word" if exact else "the word list has it with a linking letter"
        small = sum(part.key in self.rules.stop_words for part in parts)
        if small == 1 and not self._determined(text, runs, at):
            confidence, reason = 0.8, f"'{parts[0].text}' may be a word of its own here"
        if self._is_order(text, parts[0]) and word.endswith(("n", "s")):
            confidence, reason = 0.8, f"'{parts[0].text}' may be an order here"
        end, rest = moved_break(text, parts[0].start, parts[-1].end)
        return Split(parts[0].start, end, word + rest, confidence, reason, confidence >= SAFE)

    def _is_order(self, text: str, first: Token) -> bool:
        return first.key in self.rules.imperatives and first.text[0].isupper() and starts_sentence(text, first.start)

    def _determined(self, text: str, runs: list[Token], at: int) -> bool:
        before = runs[at - 1] if at else None
        return before is not None and before.key in self.rules.determiners and is_gap(text, before.end, runs[at].start)

    def _suspended(self, text: str, runs: list[Token], at: int, source: str | None) -> tuple[Split, int] | None:
        """`Linux-en Windows-knooppunten` -> `Linux- en Windows-knooppunten`; `Linux-en knooppunten`, if the source
        says `Linux nodes`, -> `Linux-knooppunten`.
        """
        if at + 2 >= len(runs) or runs[at + 1].key not in self.rules.conjunctions:
            return None
        first, conjunction, third = runs[at : at + 3]
        between = text[first.end : conjunction.start]
        if between != "-" or not first.text[0].isupper() or not is_gap(text, conjunction.end, third.start):
            return None
        if text[first.start - 1 : first.start] == "-" and first.start:
            return None
        name = re.escape(first.text)
        if re.match(r"-[^\W\d_]", text[third.end : third.end + 2]):
            if source is not None and not re.search(rf"\b{name}\b[^.;:]{{0,40}}\b(?:and|or)\b", source):
                return None
            joined = f"{first.text}- {conjunction.text}"
            return Split(
                first.start, conjunction.end, joined, 0.995, "the hyphen stands for the part in common", safe=True
            ), 2
        if not third.text.islower() or third.key in self.rules.stop_words:
            return None
        single = source is not None and re.search(rf"\b{name}[ -](?!and\b|or\b)[a-z]", source) is not None
        paired = source is not None and re.search(rf"\b(?:{name}\b.{{0,30}}\b(?:and|or)\b|(?:and|or) {name}\b)", source)
        confidence = 0.995 if single and not paired else 0.8
        reason = "the source has one noun" if single else "either one noun, or the first of two"
        return Split(first.start, third.start, f"{first.text}-", confidence, reason, confidence >= SAFE), 2


def _cased(parts: list[Token], letters: str = "") -> str:
    first, *others = (part.text for part in parts)
    if all(part.text.isupper() for part in parts) and len(first) > 1:
        return first + letters.upper() + "".join(others)
    return first + letters + "".join(others)
