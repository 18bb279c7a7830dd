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

_SCRIPTS: Final = tuple(
    re.compile(f"[{letters}]{{2}}")
    for letters in ("\u3041-\u309f", "\u30a1-\u30fa\u30fc-\u30ff", "\u3005\u3400-\u9fff", "\u0e00-\u0e7f", "A-Za-z0-9")
)
"""Hiragana, katakana, Han, Thai and Latin."""
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
        self.names = {normal(term.use) for term in termbase.names}
        forms = {term.id: source_forms(term) for term in termbase.terms}
        self.singular = {name: _any_of(singular) for name, (singular, _) in forms.items()}
        self.plural = {name: _any_of(plural) for name, (_, plural) in forms.items()}

    def find(self, mask: Mask, source: str | None) -> Iterator[TermMatch]:
        """Wrong terms outside protected ranges, in order and apart.

        With a source text, a term counts only where the source speaks of its concept. What a longer term or name
        holds is no term by itself.
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
                    new = keep_case(old, self._right(wrong, source))
                    yield TermMatch(words[at].start, end, new, wrong, wrong.safe)
                    count = length
                    break
                if length > 1 and self._begins_with_name(key):
                    yield from self._compound(words[at + length - 1], source)
                    count = length
                    break
            else:
                yield from self._compound(words[at], source)
            at += count

    def _begins_with_name(self, key: str) -> bool:
        """Whether a phrase is a name with more behind a hyphen: `Azure Load Balancer-Regel`."""
        last = key.rindex(" ")
        return any(sign == "-" and at > last and key[:at] in self.names for at, sign in enumerate(key))

    def _chosen(self, candidates: list[Wrong] | tuple[()], source: str | None) -> Wrong | None:
        if source is None:
            return candidates[0] if candidates else None
        return next((wrong for wrong in candidates if self._speaks_of(wrong.term.id, source)), None)

    def _speaks_of(self, concept: str, source: str) -> bool:
        return any(pattern[concept].search(source) is not None for pattern in (self.singular, self.plural))

    def _right(self, wrong: Wrong, source: str | None) -> str:
        concept = wrong.term.id
        if wrong.several is None or source is None or self.singular[concept].search(source):
            return wrong.right
        return wrong.several if self.plural[concept].search(source) else wrong.right

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
            start, end = found.span()
            wrong = self._chosen(self.wrong.get(normal(found[0]), ()), source)
            if wrong is not None and mask.free(start, end):
                compound = _continues(mask.text, start) or _continues(mask.text, end)
                yield TermMatch(start, end, wrong.right, wrong, wrong.safe and not compound, compound=compound)


def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(form) for form in forms) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _continues(text: str, at: int) -> bool:
    """Whether a run of one script goes on across a position, so that it may be inside of a word: `クラスタ|リング`."""
    pair = text[max(0, at - 1) : at + 1]
    return at > 0 and len(pair) == 2 and any(script.fullmatch(pair) for script in _SCRIPTS)
