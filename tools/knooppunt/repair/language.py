"""Everything that the checks know of one locale."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from knooppunt.config import LocaleConfig
from knooppunt.model import Locale
from knooppunt.repair.compounds import SplitDetector, WordListDetector
from knooppunt.repair.languages import LanguageRules, rules_for, rules_language
from knooppunt.repair.names import NameFinder, letters
from knooppunt.repair.split_detector import CompoundDetector
from knooppunt.repair.termbase import Termbase, parse_terms
from knooppunt.repair.terms import TermFinder
from knooppunt.repair.words import Pair, parse_keep, parse_words

if TYPE_CHECKING:
    from collections.abc import Set

    from knooppunt.repair.evidence import Evidence
    from knooppunt.repair.lexicon import Lexicon


@dataclass(frozen=True)
class Language:
    """A locale with its termbase and word lists; made once, used for every text."""

    locale: Locale
    config: LocaleConfig
    termbase: Termbase = field(default_factory=Termbase)
    words: Set[str] = frozenset()
    """Joined words, in lower case."""
    keep: Set[Pair] = frozenset()
    """Pairs that are two words."""
    lexicon: Lexicon | None = None
    """Counts of clean text of the language, with the model of its split compounds; None where there is none."""
    evidence: Evidence | None = None
    """Counts of all the texts that are checked together; None where nothing was counted."""

    @cached_property
    def rules(self) -> LanguageRules:
        """Rules of the language."""
        return rules_for(self.locale)

    @cached_property
    def terms(self) -> TermFinder:
        """Finds wrong terms."""
        return TermFinder(self.termbase, self.rules, rules_language(self.locale))

    @cached_property
    def splits(self) -> SplitDetector:
        """Finds split compounds."""
        terms = {form for term in self.termbase.terms for form in term.allowed if term.translate and " " not in form}
        words = {*self.words, *terms}
        if self.lexicon is None or self.lexicon.model is None:
            return WordListDetector(words, self.keep, self.rules)
        return CompoundDetector(
            self.lexicon, self.lexicon.model, self.rules, words=words, keep=self.keep, evidence=self.evidence
        )

    @cached_property
    def names(self) -> dict[str, str]:
        """Names that are not translated: letters and digits in lower case -> spelling."""
        return {letters(term.use): term.use for term in self.termbase.names}

    @cached_property
    def spelling(self) -> NameFinder:
        """Finds names that are written in another way."""
        return NameFinder(self.names, self.vocabulary, self.rules)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Words of the language that the locale's files name, in lower case; names are not among them."""
        own = {form.casefold() for term in self.termbase.terms if term.translate for form in term.allowed}
        return frozenset(own | self.words)


def make_language(
    config: LocaleConfig,
    *,
    terms: str = "",
    words: str = "",
    keep: str = "",
    folder: str = "",
    lexicon: Lexicon | None = None,
) -> Language:
    """A language from the texts of its files and its lexicon; `folder` is named in errors. Raises DataError."""
    prefix = f"{folder}/" if folder else ""
    return Language(
        locale=config.code,
        config=config,
        termbase=parse_terms(terms, f"{prefix}terms.yml"),
        words=parse_words(words, f"{prefix}words.txt"),
        keep=parse_keep(keep, f"{prefix}keep.txt"),
        lexicon=lexicon,
    )
