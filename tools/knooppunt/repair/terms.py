"""Finding the wrong terms of a termbase in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from knooppunt.repair.termbase import normal, source_forms
from knooppunt.repair.tokens import keep_case, phrases, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.repair.languages import LanguageRules
    from knooppunt.repair.termbase import Termbase, Wrong
    from knooppunt.repair.text import Mask
    from knooppunt.repair.tokens import Token

SHORTEST_PART: Final = 4
"""Letters that each part of a compound must have: `peul` and `beveiliging` in `peulbeveiliging`."""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A wrong term in a text."""

    start: int
    end: int
    new: str
    wrong: Wrong
    safe: bool
    compound: bool = False


class TermFinder:
    """Looks for wrong terms, the longest first; made once for a termbase and used for many texts."""

    def __init__(self, termbase: Termbase, rules: LanguageRules) -> None:
        self.termbase = termbase
        self.rules = rules
        self.wrong = termbase.wrong_forms(rules)
        self.allowed = {normal(form) for form in termbase.allowed_forms(rules)}.difference(self.wrong)
        self.longest = max((key.count(" ") + 1 for key in (*self.wrong, *self.allowed)), default=1)
        self.sources = {
            term.id: re.compile(
                r"(?<!\w)(?:" + "|".join(re.escape(form) for form in source_forms(term)) + r")(?!\w)", re.IGNORECASE
            )
            for term in termbase.terms
        }

    def find(self, mask: Mask, source: str | None) -> Iterator[TermMatch]:
        """Wrong terms outside protected ranges, in order and apart.

        With a source text, a term counts only where the source speaks of its concept.
        """
        if self.rules.spaceless:
            yield from self._substrings(mask, source)
            return
        words = tokens(mask)
        at = 0
        while at < len(words):
            count = 1
            for length, end, key in phrases(mask, words, at, self.longest):
                if key in self.allowed:
                    count = length
                    break
                wrong = self._chosen(self.wrong.get(key, ()), source)
                if wrong is not None:
                    old = mask.text[words[at].start : end]
                    yield TermMatch(words[at].start, end, keep_case(old, wrong.right), wrong, wrong.safe)
                    count = length
                    break
            else:
                yield from self._compound(words[at], source)
            at += count

    def _chosen(self, candidates: list[Wrong] | tuple[()], source: str | None) -> Wrong | None:
        if source is None:
            return candidates[0] if candidates else None
        return next((wrong for wrong in candidates if self.sources[wrong.term.id].search(source)), None)

    @cached_property
    def _parts(self) -> dict[str, list[Wrong]]:
        return {key: found for key, found in self.wrong.items() if " " not in key and len(key) >= SHORTEST_PART}

    def _compound(self, word: Token, source: str | None) -> Iterator[TermMatch]:
        """A wrong term as the first or last part of a longer word; never safe, for the rest may not fit."""
        key = word.key
        if len(key) != len(word.text) or not key.replace("-", "").isalpha():
            return
        for cut in range(SHORTEST_PART, len(key) - SHORTEST_PART + 1):
            for start, end in ((0, cut), (cut, len(key))):
                wrong = self._chosen(self._parts.get(key[start:end], ()), source)
                if wrong is not None and wrong.term.never:
                    new = keep_case(word.text[start:end], wrong.right)
                    yield TermMatch(word.start + start, word.start + end, new, wrong, safe=False, compound=True)
                    return

    @cached_property
    def _alternatives(self) -> re.Pattern[str]:
        forms = sorted({*self.wrong, *self.allowed}, key=len, reverse=True)
        return re.compile("|".join(re.escape(form) for form in forms) or r"(?!)", re.IGNORECASE)

    def _substrings(self, mask: Mask, source: str | None) -> Iterator[TermMatch]:
        """For languages without spaces: the longest form wins, so `コンテナ` is not found in `コンテナー`."""
        for found in self._alternatives.finditer(mask.text):
            wrong = self._chosen(self.wrong.get(normal(found[0]), ()), source)
            if wrong is not None and mask.free(found.start(), found.end()):
                yield TermMatch(found.start(), found.end(), wrong.right, wrong, wrong.safe)
