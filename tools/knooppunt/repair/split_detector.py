"""Finding split compounds by what clean text, the checked texts themselves and the source say of two words.

Nearly all pairs of words are out of the question whatever stands around them. They are remembered as hopeless, as they
are written, so that a text costs one set difference where nothing is wrong in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from knooppunt.repair.compounds import Split, WordListDetector
from knooppunt.repair.split_features import GROUPS, WORD, Features, Place, Side, Source
from knooppunt.repair.split_model import probability, total
from knooppunt.repair.tokens import is_gap, moved_break, starts_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from knooppunt.repair.evidence import Evidence
    from knooppunt.repair.languages import LanguageRules
    from knooppunt.repair.lexicon import Lexicon
    from knooppunt.repair.split_model import SplitModel
    from knooppunt.repair.text import Mask
    from knooppunt.repair.words import Pair

MOST_REMEMBERED: Final = 1_000_000
"""Hopeless pairs that are remembered before the memory is emptied."""

_RAW = re.compile(r"\S+")
_QUOTES = re.compile(r"\n[ \t>]*>")
_LAST = re.compile(r"(?:^|[^\w'\u2019.@/])([^\W\d_]+)$")
_NEXT = re.compile(r"([^\W\d_]+)(?:$|[^\w'\u2019.@]|['\u2019.](?!\w))")


class Parts(NamedTuple):
    """Two neighbouring words that may be one, out of two runs of signs without white space."""

    first: str
    second: str
    a: str
    b: str
    """Both in lower case."""
    before: str
    """The sign right before the first word, if any."""
    behind: str
    score: float
    """Sum of the weights that the pair has anywhere."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two neighbouring words of a text that may be one."""

    start: int
    middle: int
    """End of the first word."""
    end: int
    parts: Parts
    place: Place
    score: float = 0.0


class CompoundDetector:
    """Joins what the locale's word lists hold, and what the model takes for one word.

    Give the evidence complete: what the detector knows of a pair is remembered.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        model: SplitModel,
        rules: LanguageRules,
        *,
        words: Set[str] = frozenset(),
        keep: Set[Pair] = frozenset(),
        evidence: Evidence | None = None,
    ) -> None:
        self.lexicon = lexicon
        self.model = model
        self.rules = rules
        self.keep = keep
        self.features = Features(lexicon, rules, model.frequent, model.before, model.behind, evidence)
        self._tables = {group: model.tables(group) for group in GROUPS}
        self._sides: dict[tuple[str, bool], tuple[Side, float]] = {}
        self.listed = WordListDetector(words, keep, rules)
        self._beginnings = {word[:size] for word in self.listed.words for size in range(1, len(word))}
        self._conjunctions = tuple(f"-{word}" for word in sorted(rules.conjunctions))
        self._hopeless: set[tuple[str, str]] = set()
        self._parts: dict[tuple[str, str], Parts] = {}

    def find(self, text: str, mask: Mask, source: str | None) -> Iterator[Split]:
        """Split compounds in order and apart, none of them touching a protected range."""
        listed: list[Split] = []
        if self._may_be_listed(mask):
            listed = list(self.listed.find(text, mask, source))
        chosen = [
            split
            for split in self._judged(text, mask, source)
            if not any(split.start < other.end and other.start < split.end for other in listed)
        ]
        yield from sorted([*listed, *chosen], key=lambda split: split.start) if listed else chosen

    def _may_be_listed(self, mask: Mask) -> bool:
        text = mask.text
        if any(joint in text for joint in self._conjunctions):
            return True
        return bool(self._beginnings) and not self._beginnings.isdisjoint(WORD.findall(text.casefold()))

    def _judged(self, text: str, mask: Mask, source: str | None) -> Iterator[Split]:
        """Joins that the model finds. Neighbours are one join where both are sure, or both are suggestions; else only
        the sure one is shown, since the other may be another one once it is made.
        """
        found = [candidate for candidate in self.candidates(mask, source) if candidate.score >= self.model.suggest]
        chains: list[list[Candidate]] = []
        for candidate in found:
            before = chains[-1][-1] if chains else None
            if before is None or before.end - len(before.parts.second) != candidate.start:
                chains.append([candidate])
            elif self._sure(before) == self._sure(candidate):
                chains[-1].append(candidate)
            elif self._sure(candidate):
                chains[-1] = [candidate]
        for chain in chains:
            yield self._split(text, chain, source, safe=self._sure(chain[0]))

    def _sure(self, candidate: Candidate) -> bool:
        return candidate.score >= self.model.fix

    def _split(self, text: str, group: list[Candidate], source: str | None, *, safe: bool) -> Split:
        first, last = group[0], group[-1]
        parts = [first.parts.first, *(candidate.parts.second for candidate in group)]
        joined = joined_word(parts, source)
        end, rest = moved_break(text, first.start, last.end)
        score = min(candidate.score for candidate in group)
        return Split(first.start, end, joined + rest, probability(score), self._reason(first, source), safe)

    def _reason(self, candidate: Candidate, source: str | None) -> str:
        a, b = candidate.parts.a, candidate.parts.b
        evidence = self.features.evidence
        own = evidence.words.get(a + b, 0) if evidence is not None else 0
        if source is not None and a + b in source.casefold():
            return "the source has it as one word"
        if own:
            return (
                f"these texts have it as one word too ({own} times)" if own > 1 else "these texts have it as one word"
            )
        if self.lexicon.word(a + b).times:
            return "clean text has it as one word"
        return "its parts are parts of compounds"

    def candidates(self, mask: Mask, source: str | None) -> list[Candidate]:
        """Pairs that are not hopeless, each with its score."""
        prose = mask.prose() if mask.spans else mask.text
        if ">" in prose and "\n" in prose:
            prose = _QUOTES.sub(lambda found: found[0].replace(">", " "), prose)
        raws = prose.split()
        pairs = set(pairwise(raws))
        pairs -= self._hopeless
        if not pairs:
            return []
        live = {pair: parts for pair in pairs if (parts := self._live(pair)) is not None}
        if not live:
            return []
        places = [found.start() for found in _RAW.finditer(prose)]
        words = None if source is None else Source(source)
        found = []
        for at, pair in enumerate(pairwise(raws)):
            if pair in live:
                candidate = self._candidate(prose, raws, places, at, live[pair])
                if candidate is not None and not self._is_name(candidate, words):
                    found.append(self._scored(candidate, words))
        return found

    def _candidate(self, prose: str, raws: list[str], places: list[int], at: int, parts: Parts) -> Candidate | None:
        middle = places[at] + len(raws[at])
        behind = places[at + 1]
        if not is_gap(prose, middle, behind):
            return None
        start, end = middle - len(parts.first), behind + len(parts.second)
        left = right = ""
        if parts.before:
            left = "-" if parts.before == "-" else ""
        elif at and is_gap(prose, places[at - 1] + len(raws[at - 1]), start):
            found = _LAST.search(raws[at - 1])
            left = found[1].casefold() if found else ""
        if parts.behind:
            right = "-" if parts.behind == "-" else ""
        elif at + 2 < len(raws) and is_gap(prose, end, places[at + 2]):
            word = WORD.match(raws[at + 2])
            right = word[0].casefold() if word else ""
        starts = not left and parts.first[0].isupper() and starts_sentence(prose, start)
        return Candidate(start, middle, end, parts, Place(parts.first, parts.second, left, right, starts))

    def _is_name(self, candidate: Candidate, source: Source | None) -> bool:
        """Whether the second word has a capital and both are English: a name or a label, unless the source joins it."""
        parts = candidate.parts
        if parts.second.islower() or parts.second.isupper():
            return False
        if not self.first(parts.a)[0].english or not self.second(parts.b)[0].english:
            return False
        return source is None or parts.a + parts.b not in source.known

    def _scored(self, candidate: Candidate, source: Source | None) -> Candidate:
        parts = candidate.parts
        bins = self.features.place(candidate.place, parts.a, parts.b, self.second(parts.b)[0], source)
        score = parts.score + total(self._tables["place"], bins)
        return Candidate(candidate.start, candidate.middle, candidate.end, parts, candidate.place, score)

    def _live(self, pair: tuple[str, str]) -> Parts | None:
        """The words of a pair that is not hopeless."""
        parts = self._parts.get(pair)
        if parts is not None:
            return parts
        parts = self._take_apart(*pair)
        if parts is None or parts.score < self.model.floor:
            if len(self._hopeless) >= MOST_REMEMBERED:
                self._hopeless.clear()
            self._hopeless.add(pair)
            return None
        if len(self._parts) >= MOST_REMEMBERED:
            self._parts.clear()
        self._parts[pair] = parts
        return parts

    def _take_apart(self, raw_a: str, raw_b: str) -> Parts | None:
        """The two words of two runs of signs, with the score of the pair; None where they cannot be one."""
        if not raw_a[-1].isalpha() or not raw_b[0].isalpha():
            return None
        last, following = _LAST.search(raw_a), _NEXT.match(raw_b)
        if last is None or following is None:
            return None
        first, second = last[1], following[1]
        a, b = first.casefold(), second.casefold()
        score = self.pair_score(a, b)
        if score is None:
            return None
        before = raw_a[last.start(1) - 1] if last.start(1) else ""
        return Parts(first, second, a, b, before, raw_b[following.end(1) : following.end(1) + 1], score)

    def pair_score(self, a: str, b: str) -> float | None:
        """Sum of the weights that two words in lower case have anywhere; None for a pair out of the question."""
        first, first_score = self.first(a)
        second, second_score = self.second(b)
        if first.function + second.function > 2 or (a, b) in self.keep:
            return None
        own = total(self._tables["pair"], self.features.pair(a, b, first, second))
        return self.model.bias + first_score + second_score + own

    def first(self, word: str) -> tuple[Side, float]:
        """What is known of a first word, and the sum of its weights."""
        found = self._sides.get((word, True))
        if found is None:
            side = self.features.first(word)
            found = self._remember((word, True), side, total(self._tables["first"], side.bins))
        return found

    def second(self, word: str) -> tuple[Side, float]:
        """What is known of a second word, and the sum of its weights."""
        found = self._sides.get((word, False))
        if found is None:
            side = self.features.second(word)
            found = self._remember((word, False), side, total(self._tables["second"], side.bins))
        return found

    def _remember(self, key: tuple[str, bool], side: Side, score: float) -> tuple[Side, float]:
        if len(self._sides) >= MOST_REMEMBERED // 4:
            self._sides.clear()
        self._sides[key] = side, score
        return side, score


def joined_word(parts: list[str], source: str | None) -> str:
    """The parts as one word, in the case of the first of them, or as the source writes it."""
    plain = "".join(parts)
    if source is not None:
        for word in WORD.findall(source):
            if word.casefold() == plain.casefold() and not word.islower() and not word.istitle():
                return str(word)
    if all(part.isupper() for part in parts) and len(parts[0]) > 1:
        return plain
    first, *others = parts
    lowered = (part[0].lower() + part[1:] if part[1:].islower() else part for part in others)
    return first + "".join(lowered)
