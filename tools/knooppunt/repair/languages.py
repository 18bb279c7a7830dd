"""What the engine knows of a language: its small words, and how its nouns are inflected.

A language that is not here has no small words and no inflection; its termbase works with the forms that it lists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

Inflect = Callable[[str], Mapping[str, str]]
"""A word -> its possible forms, each with its role: `plural`, `diminutive`, `diminutives`, `genitive`, or `either` for
a genitive that may also be the plural of a foreign word."""


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


_VOWELS: Final = frozenset("aeiou")


def _dutch_stem(word: str) -> tuple[str, ...]:
    """Stems before an ending that begins with a vowel: `schil` -> `schill`, `pool` -> `pol`, `kluis` -> `kluiz`."""
    long = re.search(r"(?<![aeiou])(aa|ee|oo|uu)([bcdfghjklmnpqrstvwxz])$", word)
    if long:
        stem = word[: -len(long[0])] + long[1][0] + long[2]
        soft = {"f": "v", "s": "z"}.get(stem[-1])
        return (stem, stem[:-1] + soft) if soft else (stem,)
    if re.search(r"(?:^|[^aeiou])[aeiou][bcdfgklmnprst]$", word):
        return (word + word[-1], word)  # stressed or not: tas, tassen; alias, aliassen; bezem, bezemen
    soft = {"f": "v", "s": "z"}.get(word[-1:])
    return (word, word[:-1] + soft) if soft else (word,)


def dutch(word: str) -> Mapping[str, str]:
    """Possible plurals, genitives and diminutives of a Dutch noun."""
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    forms = dict.fromkeys((stem + "en" for stem in _dutch_stem(word)), "plural")
    forms |= dict.fromkeys((word + "s", word + "'s"), "plural")
    if word[-1] == "e":
        forms[word + "n"] = "plural"
    if word.endswith("heid"):
        forms[word[:-3] + "eden"] = "plural"
    if word.endswith("um"):
        forms[word[:-2] + "a"] = "plural"
    for small in _diminutives(word):
        forms[small] = "diminutive"
        forms[small + "s"] = "diminutives"
    return forms


def _diminutives(word: str) -> tuple[str, ...]:
    """The likeliest diminutive first."""
    last = word[-1]
    if last in "aou" and word[-2:] not in {"aa", "oo", "uu", "au", "eu", "ou"}:
        return (word + last + "tje", word + "tje")
    if re.search(r"(?:^|[^aeiou])[aeiou][lmnr]$", word) and not re.search(r"(?:e[lnr]|or)$", word):
        return (word + last + "etje", word + "tje")
    if last == "m":
        return (word + "pje",)
    if last in _VOWELS or last in "lnrwy":
        return (word + "tje", word + "je")
    if word.endswith("ing"):
        return (word[:-1] + "kje", word + "etje")
    return (word + "je", word + "tje")


def german(word: str) -> Mapping[str, str]:
    """Possible plurals and genitives of a German noun without umlaut; those with one stand under `forms`."""
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    forms = dict.fromkeys((word + ending for ending in ("e", "en", "er", "n", "ern", "nen")), "plural")
    return forms | {word + "s": "either", word + "es": "genitive"}


_NO_GENITIVE = re.compile(r"(?:e|s|ung|heit|keit|schaft|ion|tät|ik|ei|ur)$")
"""Ends of nouns that are mostly feminine, or foreign (Alias)."""


def german_genitive(word: str) -> str | None:
    """The genitive of a German noun; None for one that has none of its own, and for one that may be foreign."""
    if word.endswith("nis"):
        return word + "ses"
    if not word[-1:].isalpha() or _NO_GENITIVE.search(word):
        return None
    return word + ("es" if re.search(r"(?:ß|x|z|sch)$", word) else "s")


def plain(word: str) -> Mapping[str, str]:
    """English: a plural in -s, -es or -ies."""
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    forms = {word + "s": "plural", word + "es": "plural"}
    if word.endswith("y"):
        forms[word[:-1] + "ies"] = "plural"
    return forms


_DUTCH: Final = """
aan achter af al alle alleen als alvorens beide bij binnen boven buiten daar daarna dan dat de deze die dit door dus
echter een eerst elk elke en er geen haar heeft hebben hem het hier hij hoe hun ieder iedere ik in is je jouw kan
kunnen langs maar meer meerdere met mee moet moeten mijn na naar naast nadat nog niet nu of om omdat onder ook op over
per rond samen sinds sommige te tegen tenzij terug terwijl tijdens toe tot tussen u uit uw vanaf van vanuit veel via
volgens voor voordat vóór wanneer waar waarin waarmee want wat we weer welke wel werd wie wij worden wordt zal ze zich
zij zijn zo zoals zodat zonder zou zullen
"""
_DUTCH_PARTICLES: Final = """
aan achter af bij binnen boven buiten door in mee na onder op over samen tegen terug toe uit voor weer
"""
_DUTCH_DETERMINERS: Final = """
de het een deze dit die elk elke ieder iedere geen uw mijn onze jouw volgende bovenstaande onderstaande
"""
_DUTCH_IMPERATIVES: Final = """
begin beheer bewaak controle deel gebruik help keuze meld open plan proef rapport schrijf start stop test update vraag
wacht werk zoek
"""
_GERMAN: Final = """
ab aber alle als am an auch auf aus bei beim bis da damit dann das dass dem den der des die dies diese diesem diesen
dieser dieses durch ein eine einem einen einer eines er es für gegen haben hat ich ihr ihre ihrem ihren im in ist
jede jedem jeden jeder jedes kann kein keine können mehr mit müssen muss nach nicht noch nur ob oder ohne pro sein
sich sie sind so sowie über um und uns unter vom von vor was wenn werden wie wird wo zu zum zur zwischen
"""

RULES: Final[Mapping[str, LanguageRules]] = {
    "nl": LanguageRules(
        stop_words=frozenset(_DUTCH.split()),
        particles=frozenset(_DUTCH_PARTICLES.split()),
        determiners=frozenset(_DUTCH_DETERMINERS.split()),
        imperatives=frozenset(_DUTCH_IMPERATIVES.split()),
        linking=("s", "en", "n", "e"),
        conjunctions=frozenset({"en", "of"}),
        decimal=",",
        group=".",
        inflect=dutch,
    ),
    "de": LanguageRules(
        stop_words=frozenset(_GERMAN.split()),
        linking=("s", "es", "n", "en"),
        conjunctions=frozenset({"und", "oder"}),
        decimal=",",
        group=".",
        inflect=german,
        genitive=german_genitive,
    ),
    "en": LanguageRules(inflect=plain),
    "fr": LanguageRules(spaced_punctuation=True, decimal=",", group="\u202f"),
    "es": LanguageRules(decimal=",", group="."),
    "pt": LanguageRules(decimal=",", group="."),
    "it": LanguageRules(decimal=",", group="."),
    "ja": LanguageRules(spaceless=True),
    "zh": LanguageRules(spaceless=True),
    "th": LanguageRules(spaceless=True),
}


def rules_for(locale: str) -> LanguageRules:
    """Rules of a locale's language: those of `nl` for `nl-BE`."""
    return RULES.get(locale.split("-", maxsplit=1)[0], LanguageRules())
