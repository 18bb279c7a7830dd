"""What speaks for and against one word in the place of two, as numbers of bins that a model has weights for.

A feature is a family with a few bins, and exactly one bin of each family holds. The families come in four groups: of
the first word, of the second word, of the pair, and of the place where it stands; what depends on one word is worked
out once for each word. All of it is of no language: what is of one comes from the lexicon, the rules and the model.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from knooppunt.repair.lexicon import STEPS, seed, tail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.repair.evidence import Evidence
    from knooppunt.repair.languages import LanguageRules
    from knooppunt.repair.lexicon import Known, Lexicon

WORD: Final = re.compile(r"[^\W\d_]+")
PAIR: Final = {
    "joined": 14,
    "joined part": 18,
    "joined stem": 18,
    "pair": 13,
    "ratio": 19,
    "bounds": 108,
    "expected": 64,
    "linking": 9,
    "functions": 27,
    "own": 13,
    "own joined": 10,
    "own stem": 8,
    "length": 20,
    "english": 27,
}
"""Families of a pair and their numbers of bins, in the order of the bins."""
PLACE: Final = {"left fit": 25, "right fit": 25, "case": 32, "hyphens": 4, "source": 17}
MOST: Final = 200_000
"""Words whose neighbours are remembered before the memory is emptied."""
LONG: Final = 6
"""Letters of the longest word that no compound is seen in."""
LAST: Final = "\U0010ffff"
"""Stands behind every letter."""
ENDINGS: Final = 128
"""Bins that the last two letters of a word are dealt into."""


class Place(NamedTuple):
    """Two neighbouring words and what stands around them."""

    first: str
    second: str
    """As they are written."""
    left: str
    """The word before, in lower case; `-` for a hyphen, empty for anything else."""
    right: str
    starts: bool
    """Whether the first word begins a sentence."""


class Side(NamedTuple):
    """What is known of one word as the first or second of a pair."""

    known: Known
    bound: int
    """0 to 5: never a part of longer words, up to much more often a part than a word."""
    function: int
    """0 for a word that names something, 1 for a particle, 2 for any other small word."""
    linking: int
    """For a first word: 2 where it has a linking letter and stands more often without it, 1 where it may have one."""
    english: int
    """0 for a word of the language, 1 for one that is as much English, 2 for one that is more so."""
    after: tuple[int, ...]
    """How often it follows each marker."""
    bins: list[int]


def doublings(level: int, most: int) -> int:
    """Bin of a level: 0 for none, 1 for a count of 1, 2 for 2 and 3, 3 for 4 to 7 and so on."""
    return min(level // STEPS, most)


def clip(value: int, least: int, most: int) -> int:
    """The value, or the bound that it lies beyond."""
    return least if value < least else min(value, most)


@dataclass(frozen=True)
class Features:
    """Works out the bins of words, pairs and places of one language."""

    lexicon: Lexicon
    rules: LanguageRules
    frequent: tuple[str, ...]
    """The most frequent words of the language: each has a bin of its own as a neighbour."""
    before: tuple[str, ...]
    """Words before a word that tell what it is, such as `de` and `te` in Dutch; the second is that of infinitives."""
    behind: tuple[str, ...]
    """Words behind a word that tell what it is, such as `van` and `is`: a noun stands before them, an adjective not."""
    evidence: Evidence | None = None
    _ranks: dict[str, int] = field(default_factory=dict, repr=False)
    _markers: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._ranks.update({word: rank for rank, word in enumerate(self.frequent)})

    @property
    def families(self) -> dict[str, dict[str, int]]:
        """Number of bins of each family, by group, in the order of the bins."""

        def of_word(part: str) -> dict[str, int]:
            own = {
                "count": 19,
                "kinds": 13,
                "bound": 22,
                "length": 14,
                "function": 3,
                "ending": ENDINGS,
                "english": 9,
                "own kinds": 6,
            }
            own |= {f"after {word}": 8 for word in self.before} | {f"before {word}": 8 for word in self.behind}
            return {f"{part} {name}": size for name, size in own.items()}

        sides = len(self.frequent) + 3
        return {
            "first": {**of_word("first"), "first linking": 3},
            "second": of_word("second"),
            "pair": {**PAIR, **{f"joined after {word}": 8 for word in self.before}},
            "place": {
                **PLACE,
                "left": sides,
                "right": sides,
                "left verb": 48,
                "right verb": 48,
                "left kind": 65,
                "right kind": 65,
            },
        }

    @property
    def unknown(self) -> dict[str, int]:
        """For families of a pair, how many of the first bins can hold where the joined word stands nowhere."""
        alone = {"joined": 1, "joined part": 1, "joined stem": 9, "bounds": 36, "linking": 3, "functions": 9}
        alone |= {"own": 1, "own joined": 1, "english": 9, "ratio": 10}
        return alone | {f"joined after {word}": 1 for word in self.before}

    def function(self, word: str) -> int:
        """0 for a word that names something, 1 for a particle, 2 for any other small word."""
        if word not in self.rules.stop_words:
            return 0
        return 1 if word in self.rules.particles else 2

    def first(self, word: str) -> Side:
        """What is known of a first word, in lower case."""
        known = self.lexicon.word(word)
        side = self._side(word, known, known.starts, known.start_tokens, self._own_words.starting(word))
        linking = self._linking(word, known)
        return side._replace(linking=linking, bins=[*side.bins, linking])

    def second(self, word: str) -> Side:
        """What is known of a second word, in lower case."""
        known = self.lexicon.word(word)
        return self._side(word, known, known.ends, known.end_tokens, self._own_words.ending(word))

    def _side(self, word: str, known: Known, kinds: int, tokens: int, own: int) -> Side:
        function = self.function(word)
        bound = clip((tokens - known.times) // STEPS, -10, 10) + 11 if tokens else 0
        english = clip((known.english - known.times) // STEPS, -4, 3) + 5 if known.english else 0
        after, ahead = self._around(word, known)
        bins = [
            doublings(known.times, 18),
            doublings(kinds, 12),
            bound,
            min(len(word), 13),
            function,
            (ord(word[-1]) * 31 + ord(word[-2:-1] or " ")) % ENDINGS,
            english,
            min(own.bit_length(), 5),
            *after,
            *ahead,
        ]
        return Side(known, (bound + 4) // 5, function, 0, 0 if english < 3 else 1 if english < 6 else 2, after, bins)

    def _around(self, word: str, known: Known) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """How often a word follows each marker, and how often one stands behind it."""
        if known.times < 2 * STEPS:
            return (0,) * len(self.before), (0,) * len(self.behind)
        found = self._markers.get(word)
        if found is None:
            if len(self._markers) >= MOST:
                self._markers.clear()
            seeds, tails = self._seeds
            shares = tuple(_share(pair, known.times) for pair in self.lexicon.around(word, seeds, tails))
            found = self._markers[word] = shares[: len(seeds)], shares[len(seeds) :]
        return found

    @cached_property
    def _seeds(self) -> tuple[tuple[int, ...], tuple[bytes, ...]]:
        return tuple(map(seed, self.before)), tuple(map(tail, self.behind))

    def _linking(self, word: str, known: Known) -> int:
        best = 0
        for letters in self.rules.linking:
            if word.endswith(letters) and len(word) > len(letters) + 2:
                stem = self.lexicon.word(word[: -len(letters)]).times
                if stem > known.times:
                    return 2
                best = max(best, 1 if stem else 0)
        return best

    def pair(self, a: str, b: str, first: Side, second: Side) -> list[int]:
        """Bins of two words in lower case."""
        word = self.lexicon.word
        ab = a + b
        known = word(ab)
        pair = self.lexicon.pair(a, b)
        joined = known.times
        state = 0 if not joined else 1 if joined < 4 * STEPS else 2
        stem = max(word(ab[:-1]).times, word(ab[:-2]).times)
        expected = clip((first.known.times + second.known.times - self.lexicon.whole) // STEPS, -10, 5) + 10
        return [
            doublings(joined, 13),
            state * 6 + doublings(max(known.starts, known.ends), 5),
            (9 if joined else 0) + doublings(stem, 8),
            doublings(pair, 12),
            clip((joined - pair) // STEPS, -8, 8) + 9 if joined or pair else 0,
            state * 36 + first.bound * 6 + second.bound,
            expected * 4 + doublings(pair, 3),
            state * 3 + first.linking,
            state * 9 + first.function * 3 + second.function,
            *self._own(a, b, ab, state),
            min(len(ab), 19),
            state * 9 + first.english * 3 + second.english,
            *self._around(ab, known)[0],
        ]

    def _own(self, a: str, b: str, ab: str, state: int) -> tuple[int, int, int]:
        if self.evidence is None:
            return 0, 0, 0
        words = self.evidence.words
        stem = ab[:-1] in words or ab[:-2] in words
        related = stem + 2 * (self._own_words.starting(ab) > 0) + 4 * (self._own_words.ending(ab) > 0)
        joined = words.get(ab, 0)
        if not joined:
            return 0, 0, related  # a text that is broken all over has no joined form: no evidence against one
        apart = self.evidence.pairs.get((a, b), 0)
        often = min(joined.bit_length(), 3) - 1
        return 1 + often * 4 + clip(apart.bit_length() - 1, 0, 3), 1 + often * 3 + state, related

    @cached_property
    def _own_words(self) -> Parts:
        return Parts(self.evidence.words if self.evidence is not None else ())

    def place(self, place: Place, a: str, b: str, second: Side, source: Source | None) -> list[int]:
        """Bins of a place; `a` and `b` are its words in lower case."""
        left, right = place.left, place.right
        pair = self.lexicon.pair
        ab = a + b
        left_fit = right_fit = 0
        if left and left != "-":
            left_fit = doublings(pair(left, a), 12) // 3 * 5 + doublings(pair(left, ab), 12) // 3
        if right and right != "-":
            right_fit = doublings(pair(b, right), 12) // 3 * 5 + doublings(pair(ab, right), 12) // 3
        verb = second.after[1] if len(second.after) > 1 else 0
        return [
            left_fit,
            right_fit,
            (_case(place.first) * 4 + _case(place.second)) * 2 + place.starts,
            (left == "-") * 2 + (right == "-"),
            0 if source is None else 1 + source.bits(a, b),
            self._neighbour(left),
            self._neighbour(right),
            self._kind(left) * 8 + verb,
            self._kind(right) * 8 + verb,
            self._part_of_speech(left),
            self._part_of_speech(right),
        ]

    def _neighbour(self, word: str) -> int:
        other = len(self.frequent)
        if not word:
            return other + 2
        if word == "-":
            return other + 1
        return self._ranks.get(word, other)

    def is_no_noun(self, word: str) -> bool:
        """Whether a word hardly ever follows an article, or marks an infinitive: a verb, most likely."""
        if len(self.before) > 1 and word == self.before[1]:
            return True
        return 8 <= self._part_of_speech(word) < 24

    def _part_of_speech(self, word: str) -> int:
        """How often a neighbour follows an article and the mark of infinitives; 64 for a small word or none."""
        if not word or word == "-" or word in self.rules.stop_words or len(self.before) < 2:
            return 64
        article, infinitive, *_ = self._around(word, self.lexicon.word(word))[0]
        return article * 8 + infinitive

    def _kind(self, word: str) -> int:
        """0 nothing, 1 a hyphen, 2 a determiner, 3 another small word, 4 a frequent word, 5 any other."""
        if not word:
            return 0
        if word == "-":
            return 1
        if word in self.rules.determiners:
            return 2
        if word in self.rules.stop_words:
            return 3
        return 4 if word in self._ranks else 5


class Parts:
    """Which words of some are longer than a string that they begin with or end in."""

    def __init__(self, words: Iterable[str]) -> None:
        chosen = [word for word in words if len(word) > LONG]
        self.forward = sorted(chosen)
        self.backward = sorted(word[::-1] for word in chosen)

    def starting(self, string: str) -> int:
        """How many words begin with a string and go on."""
        return _between(self.forward, string)

    def ending(self, string: str) -> int:
        """How many words end in a string that is not all of them."""
        return _between(self.backward, string[::-1])


def _between(words: list[str], string: str) -> int:
    if not words:
        return 0
    start = bisect_left(words, string)
    end = bisect_left(words, string + LAST, start)
    return end - start - (start < end and words[start] == string)


class Source:
    """The words of a source text."""

    def __init__(self, text: str) -> None:
        words = WORD.findall(text.casefold())
        self.known = frozenset(words)
        self.pairs = frozenset(pairwise(words))

    def bits(self, a: str, b: str) -> int:
        """8 where the source has both words side by side, 4 the joined word, 2 the first word, 1 the second."""
        return ((a, b) in self.pairs) * 8 + (a + b in self.known) * 4 + (a in self.known) * 2 + (b in self.known)


def _share(pair: int, count: int) -> int:
    """The share of a word's places that have a marker beside them: 1 none of them, 7 nearly all."""
    return clip(7 + (pair - count) // STEPS, 2, 7) if pair else 1


def _case(word: str) -> int:
    """0 lower, 1 a capital first, 2 all capitals, 3 mixed."""
    if word.islower():
        return 0
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[0].isupper() and word[1:].islower() else 3
