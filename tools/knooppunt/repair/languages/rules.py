"""The form that the rules of every language have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Inflect = Callable[[str], Mapping[str, str]]
"""A word -> its possible forms, each with its role: `plural`, `diminutive`, `diminutives`, `genitive`, `either` for a
genitive that may also be the plural of a foreign word, and in the north `definite` (`noden`), `definite plural`
(`noderna`) and the genitives `plural genitive`, `definite genitive` and `definite plural genitive`."""


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """Rules of one language."""

    stop_words: frozenset[str] = frozenset()
    """Words that are never a part of a compound: articles, pronouns, conjunctions, prepositions."""
    particles: frozenset[str] = frozenset()
    """Stop words that also begin compounds: `voor` in `voorbeeld`."""
    determiners: frozenset[str] = frozenset()
    """Words that a noun must follow, so that a particle behind them is the beginning of a compound."""
    imperatives: frozenset[str] = frozenset()
    """Parts of compounds that are also orders: `Beheer groepen` is no `Beheergroepen` at the start of a sentence."""
    linking: tuple[str, ...] = ()
    """Letters between the parts of a compound."""
    conjunctions: frozenset[str] = frozenset()
    """Words that join two compounds with a common part: `Linux- en Windows-knooppunten`."""
    spaced_punctuation: bool = False
    """Whether a space belongs before `;`, `:`, `!` and `?`."""
    spaceless: bool = False
    """Whether words are written without spaces between them."""
    decimal: str = "."
    group: str = ","
    inflect: Inflect = field(default=lambda _word: {})
    """Possible forms of a word; more than exist, since they are looked up only."""
    genitive: Callable[[str], str | None] = field(default=lambda _word: None)
    """The genitive of a noun, where it is sure enough to be written."""
