"""Finding the wrong terms of a termbase in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from knooppunt.repair.agreement import disagreement
from knooppunt.repair.term_forms import allowed_forms, forms_of, source_forms, wrong_forms
from knooppunt.repair.term_words import TermWords
from knooppunt.repair.termbase import normal
from knooppunt.repair.tokens import is_gap, keep_case, phrases, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.repair.agreement import Disagreement
    from knooppunt.repair.languages import LanguageRules
    from knooppunt.repair.termbase import Term, Termbase, Wrong
    from knooppunt.repair.text import Mask
    from knooppunt.repair.tokens import Token

_SCRIPTS: Final = tuple(
    re.compile(f"[{letters}]{{2}}")
    for letters in ("\u3041-\u309f", "\u30a1-\u30fa\u30fc-\u30ff", "\u3005\u3400-\u9fff", "\u0e00-\u0e7f", "A-Za-z0-9")
)
"""Hiragana, katakana, Han, Thai and Latin."""
_ARTICLE_TELLS: Final = frozenset({"sv", "da", "nb"})
"""Languages whose articles stand before singular nouns only, so that a plural of the same form does no harm."""
SHORTEST_PART: Final = 4
"""Letters that each part of a compound must have: `peul` and `beveiliging` in `peulbeveiliging`."""
SHORTEST_PIECE: Final = 3
"""Letters of the first and the last part of a split term."""
MOST_PIECES: Final = 4
"""Words that a term may be split into."""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A wrong term in a text, or a right one that was split."""

    start: int
    end: int
    new: str
    term: Term
    safe: bool
    wrong: Wrong | None = None
    """None where the term itself is right."""
    compound: bool = False
    """Whether it is a part of a longer word."""
    disagreement: Disagreement | None = None
    """What before it does not fit the gender of the term."""


class TermFinder:
    """Looks for wrong terms, the longest first; made once for a termbase and used for many texts."""

    def __init__(self, termbase: Termbase, rules: LanguageRules, language: str = "") -> None:
        """`language` is the code, such as `nl`, by whose grammar words agree; empty for no look at that."""
        self.termbase = termbase
        self.rules = rules
        self.language = language
        self.wrong = wrong_forms(termbase, rules)
        self.allowed = {normal(form) for form in allowed_forms(termbase, rules)}.difference(self.wrong)
        self.longest = max((key.count(" ") + 1 for key in (*self.wrong, *self.allowed)), default=1)
        self.names = {normal(term.use) for term in termbase.names}
        self._spellings = {term.use for term in termbase.names}
        forms = {term.id: source_forms(term) for term in termbase.terms}
        self.singular = {name: _any_of(singular) for name, (singular, _) in forms.items()}
        self.plural = {name: _any_of(plural) for name, (_, plural) in forms.items()}
        self.gendered = {
            normal(term.use): term
            for term in termbase.terms
            if term.gender is not None and term.translate and (term.use != term.plural or language in _ARTICLE_TELLS)
        }
        self.glued = self._glued()
        self.parts = {key: found for key, found in self.wrong.items() if " " not in key and len(key) >= SHORTEST_PART}
        self._words = TermWords(self.wrong, self.glued, self.gendered, language, self._beginnings, self._ends)

    def worth(self, text: str) -> bool:
        """Whether anything may be found in a text; a quick look that is nearly always False."""
        if self.rules.spaceless:
            return self._alternatives.search(text) is not None
        return self._words.worth(text)

    def _glued(self) -> dict[str, str]:
        """What a split term is without its spaces -> the term as it is looked up."""
        found: dict[str, str] = {}
        for key in (*self.allowed, *self.wrong):
            letters = key.replace(" ", "")
            if letters.isalpha() and len(letters) >= 2 * SHORTEST_PART:
                found.setdefault(letters, key)
        return {letters: key for letters, key in found.items() if key not in self.names}

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
            count, found = self._at(mask, words, at, source)
            yield from found
            at += count

    def _at(self, mask: Mask, words: list[Token], at: int, source: str | None) -> tuple[int, list[TermMatch]]:
        """How many words are dealt with from one on, and what is found in them."""
        start = words[at].start
        longest = self.longest if words[at].key in self._first else 1
        for length, end, key in phrases(mask, words, at, longest):
            if key in self.allowed:
                return length, self._agreeing(mask, start, end, key)
            wrong, sure = self._chosen(self.wrong.get(key, ()), source)
            if wrong is not None:
                new = self._in_case(mask.text[start:end], wrong, self._right(wrong, source))
                match = TermMatch(start, end, new, wrong.term, wrong.safe and sure, wrong)
                return length, [self._with_agreement(mask, match)]
            if length > 1 and self._begins_with_name(key):
                return length, list(self._compound(words[at + length - 1], source))
        split = self._split(mask, words, at, source)
        if split is not None:
            return split[0], [split[1]]
        return 1, list(self._compound(words[at], source))

    def _begins_with_name(self, key: str) -> bool:
        """Whether a phrase is a name with more behind a hyphen: `Azure Load Balancer-Regel`."""
        last = key.rindex(" ")
        return "-" in key and any(sign == "-" and at > last and key[:at] in self.names for at, sign in enumerate(key))

    def _chosen(self, candidates: list[Wrong] | tuple[()], source: str | None) -> tuple[Wrong | None, bool]:
        """The concept that is meant, and whether there is no other."""
        if source is not None:
            candidates = [wrong for wrong in candidates if self._speaks_of(wrong.term.id, source)]
        return (candidates[0] if candidates else None), len({wrong.right for wrong in candidates}) == 1

    def _speaks_of(self, concept: str, source: str) -> bool:
        return any(pattern[concept].search(source) is not None for pattern in (self.singular, self.plural))

    def _right(self, wrong: Wrong, source: str | None) -> str:
        concept = wrong.term.id
        if wrong.several is None or source is None or self.singular[concept].search(source):
            return wrong.right
        return wrong.several if self.plural[concept].search(source) else wrong.right

    def _in_case(self, old: str, wrong: Wrong, new: str) -> str:
        """The right term in the case of the old one, unless the wrong term is written in capitals by itself."""
        return new if wrong.form.isupper() and len(wrong.form) > 1 else keep_case(old, new)

    # Agreement -------------------------------------------------------------------------------------------------------

    def _agreeing(self, mask: Mask, start: int, end: int, key: str) -> list[TermMatch]:
        """A term that is right, where what stands before it does not agree with it."""
        term = self.gendered.get(key)
        if term is None or mask.text[end : end + 1] == "-" or mask.text[start:end] in self._spellings:
            return []
        found = disagreement(mask, start, end, term.gender, self.language)
        return [TermMatch(start, end, mask.text[start:end], term, safe=False, disagreement=found)] if found else []

    def _with_agreement(self, mask: Mask, match: TermMatch) -> TermMatch:
        wrong = match.wrong
        if wrong is None or wrong.gender is None or normal(match.new) != normal(wrong.right):
            return match
        found = disagreement(mask, match.start, match.end, wrong.gender, self.language)
        return replace(match, disagreement=found)

    # Split terms -----------------------------------------------------------------------------------------------------

    def _split(self, mask: Mask, words: list[Token], at: int, source: str | None) -> tuple[int, TermMatch] | None:
        """A term that is written with more spaces than it has: `werk lasten`, `virtuele knoop punten`."""
        letters = words[at].key
        if letters not in self._beginnings:
            return None
        for length in range(2, min(MOST_PIECES + self.longest, len(words) - at) + 1):
            last = words[at + length - 1]
            if not is_gap(mask.text, words[at + length - 2].end, last.start):
                return None
            letters += last.key
            key = self.glued.get(letters)
            if key is not None and last.key in self._ends:
                return self._joined(mask, words[at : at + length], key, source)
            if letters not in self._beginnings:
                return None
        return None

    def _joined(self, mask: Mask, words: list[Token], key: str, source: str | None) -> tuple[int, TermMatch] | None:
        start, end = words[0].start, words[-1].end
        if source is not None and " ".join(word.key for word in words) in normal(source):
            return None  # a name of the source, in two words
        doubtful = any(word.key in self.rules.stop_words for word in words)
        if key in self.allowed:
            return (
                (len(words), self._respaced(mask, words, key, safe=not doubtful))
                if len(words) > key.count(" ") + 1
                else None
            )
        wrong, sure = self._chosen(self.wrong[key], source)
        if wrong is None or len(words) <= key.count(" ") + 1:
            return None
        new = self._in_case(mask.text[start:end], wrong, self._right(wrong, source))
        safe = wrong.safe and sure and source is not None and not doubtful
        return len(words), self._with_agreement(mask, TermMatch(start, end, new, wrong.term, safe, wrong))

    def _respaced(self, mask: Mask, words: list[Token], key: str, *, safe: bool) -> TermMatch:
        """A right term that was split: only its broken part is replaced."""
        whole = key.split(" ")
        first = 0
        while first < len(whole) - 1 and words[first].key == whole[first]:
            first += 1
        broken = words[first:]
        start, end = broken[0].start, broken[-1].end
        new = keep_case(mask.text[start:end], " ".join(whole[first:]))
        return TermMatch(start, end, new, self._owners[key], safe)

    @cached_property
    def _first(self) -> frozenset[str]:
        """First words of terms of several words."""
        return frozenset(key.partition(" ")[0] for key in (*self.wrong, *self.allowed, *self.names) if " " in key)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """What a split term may begin with; small words are far more often words of their own."""
        found = {letters[:cut] for letters in self.glued for cut in range(SHORTEST_PIECE, len(letters))}
        return frozenset(found - self.rules.stop_words)

    @cached_property
    def _ends(self) -> frozenset[str]:
        found = {letters[cut:] for letters in self.glued for cut in range(2, len(letters) - SHORTEST_PIECE + 1)}
        return frozenset(found - self.rules.stop_words)

    @cached_property
    def _owners(self) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for term in self.termbase.terms:
            for form in forms_of(term, self.rules):
                found.setdefault(normal(form), term)
        return found

    # Compounds -------------------------------------------------------------------------------------------------------

    def _compound(self, word: Token, source: str | None) -> Iterator[TermMatch]:
        """A wrong term as a part of a longer word: `Linux-peul`, `peulnetwerk`.

        It is sure where a hyphen shows the part; else the letters may belong together in another way.
        """
        key = word.key
        if len(key) != len(word.text) or not key.replace("-", "").isalpha():
            return
        at = 0
        pieces = key.split("-")
        for number, piece in enumerate(pieces):
            if len(pieces) > 1 and piece in self.wrong:
                match = self._piece(word, at, at + len(piece), last=number == len(pieces) - 1, source=source)
                if match is not None:
                    yield match
                    return
            inside = next(self._inside(word, at, piece, source), None)
            if inside is not None:
                yield inside
                return
            at += len(piece) + 1

    def _piece(self, word: Token, start: int, end: int, *, last: bool, source: str | None) -> TermMatch | None:
        wrong, sure = self._chosen(self.wrong[word.key[start:end]], source)
        if wrong is None or not wrong.term.never or " " in wrong.term.use:
            return None
        right = self._right(wrong, source) if last else wrong.term.use
        new = self._in_case(word.text[start:end], wrong, right)
        return TermMatch(
            word.start + start, word.start + end, new, wrong.term, wrong.safe and sure, wrong, compound=True
        )

    def _inside(self, word: Token, offset: int, piece: str, source: str | None) -> Iterator[TermMatch]:
        for cut in range(SHORTEST_PART, len(piece) - SHORTEST_PART + 1):
            for start, end in ((0, cut), (cut, len(piece))):
                wrong, _ = self._chosen(self.parts.get(piece[start:end], ()), source)
                if wrong is not None and wrong.term.never:
                    right = wrong.right if start else wrong.term.use
                    begin, stop = offset + start, offset + end
                    new = keep_case(word.text[begin:stop], right)
                    yield TermMatch(
                        word.start + begin, word.start + stop, new, wrong.term, safe=False, wrong=wrong, compound=True
                    )
                    return

    # Languages without spaces ----------------------------------------------------------------------------------------

    @cached_property
    def _alternatives(self) -> re.Pattern[str]:
        forms = sorted({*self.wrong, *self.allowed}, key=len, reverse=True)
        return re.compile("|".join(re.escape(form) for form in forms) or r"(?!)", re.IGNORECASE)

    def _substrings(self, mask: Mask, source: str | None) -> Iterator[TermMatch]:
        """For languages without spaces: the longest form wins, so `コンテナ` is not found in `コンテナー`."""
        for found in self._alternatives.finditer(mask.text):
            start, end = found.span()
            wrong, sure = self._chosen(self.wrong.get(normal(found[0]), ()), source)
            if wrong is not None and mask.free(start, end):
                compound = _continues(mask.text, start) or _continues(mask.text, end)
                safe = wrong.safe and sure and not compound
                yield TermMatch(start, end, wrong.right, wrong.term, safe, wrong, compound=compound)


def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(form) for form in forms) or r"(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def _continues(text: str, at: int) -> bool:
    """Whether a run of one script goes on across a position, so that it may be inside of a word: `クラスタ|リング`."""
    pair = text[max(0, at - 1) : at + 1]
    return at > 0 and len(pair) == 2 and any(script.fullmatch(pair) for script in _SCRIPTS)
