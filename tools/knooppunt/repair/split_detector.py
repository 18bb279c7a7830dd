"""Finding split compounds by what clean text, the checked texts themselves and the source say of two words.

Nearly all pairs of words are out of the question whatever stands around them. They are remembered as hopeless, as they
are written, so that a text costs one set difference where nothing is wrong in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from knooppunt.repair.compounds import Split, WordListDetector
from knooppunt.repair.lexicon import STEPS
from knooppunt.repair.split_features import WORD, Features, Place, Side, Source
from knooppunt.repair.split_model import GROUPS, probability, total
from knooppunt.repair.split_words import Word, first_word, joined_word, last_word, raw_starts, without_quotes
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
UNSEEN: Final = Word("", "", "")
SHORTEST_SHOUT: Final = 7
"""Letters of two words in capitals from which they are no two acronyms."""
SAMPLE: Final = 40_000
"""Different pairs of the texts that are looked at to tell how broken the texts are."""
ENOUGH: Final = 5_000
"""Pairs from which a sample tells anything."""
BROKEN: Final = 0.002
"""Share of pairs that clean text has as one word, from which texts are taken for machine translation with the defect.
Measured: 13 to 55 of 1,000 pairs in such texts, 0.4 to 0.5 in their human versions."""
CAUTION: Final = 2.5
"""What is added to the thresholds in other texts, where joins are right 12 times less often."""
EDGE: Final = 1.5
"""What is added where a verb may stand behind a subject and an object: `beheerders rechten intrekken`."""
COMMON: Final = 5 * STEPS
"""Level of a joined word that stands at least 16 times in clean text."""
RARELY: Final = 3 * STEPS
"""By how many levels the joined word must be more frequent than the pair: 8 times."""

HYPHENED: Final = 0.85
"""Confidence of a hyphen between a name and a noun. Measured: 11 of 100 such labels are wrong."""

_ENGLISH_WORDS: Final = """
and are be been by can for from has have how if it its may must no not on or so such than that the their then these
they this those to use was we what when where which while who will with would you your
"""
_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())


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
    hyphened: bool
    """Whether the first is a name that clean text writes with a hyphen before the second."""


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
        families = self.features.families
        self._tables = {group: model.tables(group, families[group]) for group in GROUPS}
        self._sides: dict[tuple[str, bool], tuple[Side, float]] = {}
        self.listed = WordListDetector(words, keep, rules)
        self._beginnings = {word[:size] for word in self.listed.words for size in range(1, len(word))}
        self._conjunctions = tuple(f"-{word}" for word in sorted(rules.conjunctions))
        self._hopeless: set[tuple[str, str]] = set()
        self._parts: dict[tuple[str, str], Parts] = {}
        self._tails: dict[str, Word | None] = {}
        self._heads: dict[str, Word | None] = {}
        sizes = self.features.unknown
        self._most_of_unknown = sum(
            max(table[: sizes.get(name, len(table))])
            for name, table in zip(families["pair"], self._tables["pair"], strict=True)
        )
        """The most that the weights of a pair add where nobody knows the joined word."""

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
        found = [
            candidate
            for candidate in self.candidates(mask, source)
            if candidate.score >= self._suggest or (candidate.parts.hyphened and not candidate.place.starts)
        ]
        if not found or self._is_english(text):
            return
        chains: list[list[Candidate]] = []
        for candidate in found:
            before = chains[-1][-1] if chains else None
            if before is None or before.end - len(before.parts.second) != candidate.start:
                chains.append([candidate])
            elif candidate.score < self._suggest or before.score < self._suggest:
                if candidate.score > before.score:
                    chains[-1] = [candidate]
            elif self._is_sure(before) == self._is_sure(candidate):
                chains[-1].append(candidate)
            elif self._is_sure(candidate):
                chains[-1] = [candidate]
        for chain in chains:
            yield self._split(text, chain, source, safe=self._is_sure(chain[0]))

    def _is_sure(self, candidate: Candidate) -> bool:
        """Whether a join may be made without a person."""
        parts = candidate.parts
        at_edge = self.first(parts.a)[0].bound < 3 and self.features.is_no_noun(candidate.place.right)
        if candidate.score < self._fix + (EDGE if at_edge else 0):
            return False
        order = candidate.place.starts and parts.a in self.rules.imperatives and parts.b.endswith(("n", "s"))
        return not order and (parts.second.islower() or parts.second.isupper())

    @cached_property
    def _fix(self) -> float:
        return self.model.fix + (CAUTION if self._few_are_split else 0)

    @cached_property
    def _suggest(self) -> float:
        return self.model.suggest + (CAUTION if self._few_are_split else 0)

    @cached_property
    def _few_are_split(self) -> bool:
        """Whether the texts are known to be hardly broken: then what looks like a split compound is mostly none."""
        evidence = self.features.evidence
        if evidence is None:
            return False
        pairs = broken = 0
        for (a, b), count in islice(evidence.pairs.items(), SAMPLE):
            pairs += count
            if a not in self.rules.stop_words and b not in self.rules.stop_words:
                joined = self.lexicon.word(a + b).times
                if joined >= COMMON and joined >= self.lexicon.pair(a, b) + RARELY:
                    broken += count
        return pairs >= ENOUGH and broken < BROKEN * pairs

    def _is_english(self, text: str) -> bool:
        """Whether a text has more small words of English than of the language."""
        words = WORD.findall(text.casefold())
        stop_words = self.rules.stop_words
        english = sum(word in _ENGLISH and word not in stop_words for word in words)
        return english > sum(word in stop_words for word in words) / 2

    def _split(self, text: str, group: list[Candidate], source: str | None, *, safe: bool) -> Split:
        first, last = group[0], group[-1]
        if first.score < self._suggest:
            joined = f"{first.parts.first}-{first.parts.second}"
            return Split(first.start, first.end, joined, HYPHENED, "clean text has it with a hyphen")
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
            prose = without_quotes(prose)
        raws = prose.split()
        pairs = set(pairwise(raws))
        pairs -= self._hopeless
        if not pairs:
            return []
        live = {pair: parts for pair in pairs if (parts := self._live(pair)) is not None}
        if not live:
            return []
        places = raw_starts(prose)
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
            found = last_word(raws[at - 1])
            left = found.key if found else ""
        if parts.behind:
            right = "-" if parts.behind == "-" else ""
        elif at + 2 < len(raws) and is_gap(prose, end, places[at + 2]):
            word = WORD.match(raws[at + 2])
            right = word[0].casefold() if word else ""
        starts = not left and parts.first[0].isupper() and starts_sentence(prose, start)
        return Candidate(start, middle, end, parts, Place(parts.first, parts.second, left, right, starts))

    def _is_name(self, candidate: Candidate, source: Source | None) -> bool:
        """Whether the words are a name, a label or two words of the source: nothing to join, unless the source does."""
        parts = candidate.parts
        if source is not None and parts.a + parts.b in source.known:
            return False
        if source is not None and (parts.a, parts.b) in source.pairs:
            return True
        if parts.second.islower():
            return False
        if parts.second.isupper():
            return not parts.first.isupper() or len(parts.a + parts.b) < SHORTEST_SHOUT
        return not parts.first.islower() and self.second(parts.b)[0].english > 0

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
        if parts is None or (parts.score < self.model.floor and not parts.hyphened):
            if len(self._hopeless) >= MOST_REMEMBERED:
                self._hopeless.clear()
                self._tails.clear()
                self._heads.clear()
            self._hopeless.add(pair)
            return None
        if len(self._parts) >= MOST_REMEMBERED:
            self._parts.clear()
        self._parts[pair] = parts
        return parts

    def _take_apart(self, raw_a: str, raw_b: str) -> Parts | None:
        """The two words of two runs of signs, with the score of the pair; None where they cannot be one."""
        tail = self._tails.get(raw_a, UNSEEN)
        if tail is UNSEEN:
            tail = self._tails[raw_a] = self._tail(raw_a)
        if tail is None:
            return None
        head = self._heads.get(raw_b, UNSEEN)
        if head is UNSEEN:
            head = self._heads[raw_b] = self._head(raw_b)
        if head is None:
            return None
        first, a, before = tail
        second, b, behind = head
        if (a, b) in self.keep:
            return None
        hyphened = not first.islower() and second.islower() and self._has_hyphen(a, b)
        return Parts(first, second, a, b, before, behind, self.pair_score(a, b), hyphened)

    def _tail(self, raw: str) -> Word | None:
        """The last word of a run of signs, unless it is a letter or a small word that begins no compound."""
        found = last_word(raw)
        return None if found is None or len(found.key) < 2 or self.features.function(found.key) > 1 else found

    def _head(self, raw: str) -> Word | None:
        """The first word of a run of signs, unless it is a letter or a small word."""
        found = first_word(raw)
        return None if found is None or len(found.key) < 2 or self.features.function(found.key) else found

    def _has_hyphen(self, a: str, b: str) -> bool:
        known = self.lexicon.pair(a, f"-{b}")
        if known < 2 * STEPS or known < self.lexicon.pair(a, b) + STEPS:
            return False
        return not self.features.function(a)

    def pair_score(self, a: str, b: str) -> float:
        """Sum of the weights that two words in lower case have anywhere, or something less than the floor."""
        first, first_score = self.first(a)
        second, second_score = self.second(b)
        score = self.model.bias + first_score + second_score
        if score + self._most_of_unknown < self.model.floor and not self.lexicon.word(a + b).found:
            evidence = self.features.evidence
            if evidence is None or a + b not in evidence.words:
                return score + self._most_of_unknown
        return score + total(self._tables["pair"], self.features.pair(a, b, first, second))

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
