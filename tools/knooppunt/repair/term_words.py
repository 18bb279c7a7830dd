"""A quick look at the words of a text: whether one of them can be a part of a wrong term at all.

Texts repeat their words, so each word is judged once and remembered; a text whose words are all known to be harmless
costs a look-up for each of them, and no more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from knooppunt.repair.agreement import MOST_ADJECTIVES, suspects
from knooppunt.repair.termbase import normal
from knooppunt.repair.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from knooppunt.repair.termbase import Term, Wrong

MOST_WORDS: Final = 200_000
"""Words that are remembered, a few megabytes."""

_WRONG, _BEGINS, _ENDS, _PHRASE, _GENDER = 1, 2, 4, 8, 16
_END: Final = re.compile(r"\w+$")
_START: Final = re.compile(r"\w+")


class TermWords:
    """What each word may be to a termbase; made once for it."""

    def __init__(
        self,
        wrong: Mapping[str, list[Wrong]],
        glued: Mapping[str, str],
        gendered: Mapping[str, Term],
        language: str,
        beginnings: Container[str],
        ends: Container[str],
    ) -> None:
        """The wrong forms, the split ones without their spaces, the right terms whose gender is known, and what a
        split term may begin and end with."""
        self._whole = {key for key in wrong if " " not in key}
        self._phrases: defaultdict[str, list[str]] = defaultdict(list)
        for key in wrong:
            if " " in key:
                self._phrases[key.rpartition(" ")[2]].append(key)
        stems = sorted({key for key in wrong if " " not in key and key.isalpha()}, key=len)
        self._stem = re.compile("|".join(re.escape(stem) for stem in stems) or r"(?!)")
        self._begins = beginnings
        self._ends = ends
        self._glued = glued
        self._gendered = {key.rpartition(" ")[2] for key in gendered}
        self._suspicious = tuple(_patterns(gendered, language))
        self._known: dict[str, int] = {}
        self._harmless: set[str] = set()

    def worth(self, text: str) -> bool:
        """Whether a wrong, split or disagreeing term may be in a text."""
        words = text.split()
        if self._harmless.issuperset(words):
            return False
        seen = 0
        for word in words:
            if word not in self._harmless:
                seen |= self._judged(word)
                if seen & _WRONG:
                    return True
        if seen & _PHRASE and self._has_phrase(words):
            return True
        if seen & _BEGINS and seen & _ENDS and self._has_split(words):
            return True
        return bool(seen & _GENDER) and any(pattern.search(text) for pattern in self._suspicious)

    def _has_phrase(self, words: list[str]) -> bool:
        text = normal(" ".join(words))
        last = {part for word in words for part in WORD.findall(normal(word))}
        return any(key in text for word in last.intersection(self._phrases) for key in self._phrases[word])

    def _has_split(self, words: list[str]) -> bool:
        """Whether two words that stand side by side are the beginning of a split term, or all of it."""
        for word, following in pairwise(words):
            if self._judged(word) & _BEGINS:
                end, start = _END.search(word), _START.match(following)
                if end and start:
                    letters = normal(end[0] + start[0])
                    if letters in self._begins or letters in self._glued:
                        return True
        return False

    def _judged(self, word: str) -> int:
        flags = self._known.get(word)
        if flags is None:
            flags = 0
            for part in WORD.findall(word):
                flags |= self._flags(normal(part))
            if len(self._known) + len(self._harmless) >= MOST_WORDS:
                self._known.clear()
                self._harmless.clear()
            if flags:
                self._known[word] = flags
            else:
                self._harmless.add(word)
        return flags

    def _flags(self, key: str) -> int:
        if key in self._whole or self._stem.search(key):
            return _WRONG
        return (
            _BEGINS * (key in self._begins)
            | _ENDS * (key in self._ends)
            | _PHRASE * (key in self._phrases)
            | _GENDER * (key in self._gendered)
        )


def _patterns(gendered: Mapping[str, Term], language: str) -> Iterator[re.Pattern[str]]:
    """A word that may disagree, up to two more, and a term: one pattern for each gender."""
    for gender in sorted({term.gender or "" for term in gendered.values()}):
        before = "|".join(sorted(map(re.escape, suspects(gender, language))))
        terms = "|".join(sorted(re.escape(key) for key, term in gendered.items() if term.gender == gender))
        if before:
            between = rf"[\s*_]{{1,8}}(?:[^\W\d_]{{1,40}}[\s*_]{{1,8}}){{0,{MOST_ADJECTIVES}}}"
            yield re.compile(rf"(?<!\w)(?:{before}){between}(?:{terms})(?!\w)", re.IGNORECASE)
