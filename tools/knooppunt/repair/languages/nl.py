"""Dutch."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.repair.languages.rules import LanguageRules

if TYPE_CHECKING:
    from collections.abc import Mapping

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


_STOP_WORDS: Final = """
aan achter af al alle alleen als alvorens beide bij binnen boven buiten daar daarna dan dat de deze die dit door dus
echter een eerst elk elke en er geen haar heeft hebben hem het hier hij hoe hun ieder iedere ik in is je jouw kan
kunnen langs maar meer meerdere met mee moet moeten mijn na naar naast nadat nog niet nu of om omdat onder ook op over
per rond samen sinds sommige te tegen tenzij terug terwijl tijdens toe tot tussen u uit uw vanaf van vanuit veel via
volgens voor voordat vóór wanneer waar waarin waarmee want wat we weer welke wel werd wie wij worden wordt zal ze zich
zij zijn zo zoals zodat zonder zou zullen
"""
_PARTICLES: Final = """
aan achter af bij binnen boven buiten door in mee na onder op over samen tegen terug toe uit voor weer
"""
_DETERMINERS: Final = """
de het een deze dit die elk elke ieder iedere geen uw mijn onze jouw volgende bovenstaande onderstaande
"""
_IMPERATIVES: Final = """
begin beheer bewaak controle deel gebruik help keuze meld open plan proef rapport schrijf start stop test update vraag
wacht werk zoek
"""

RULES: Final = LanguageRules(
    stop_words=frozenset(_STOP_WORDS.split()),
    particles=frozenset(_PARTICLES.split()),
    determiners=frozenset(_DETERMINERS.split()),
    imperatives=frozenset(_IMPERATIVES.split()),
    linking=("s", "en", "n", "e"),
    conjunctions=frozenset({"en", "of"}),
    decimal=",",
    group=".",
    inflect=dutch,
)
