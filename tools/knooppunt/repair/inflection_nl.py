"""How Dutch nouns are inflected: more forms than exist, since they are looked up only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_VOWELS: Final = frozenset("aeiou")
_CHANGED: Final = {"lid": "leden", "schip": "schepen", "stad": "steden", "kind": "kinderen", "blad": "bladen"}
"""Nouns whose vowel changes, or that take -eren, alone or as the head of a compound: `groepslid`, `werkblad`."""


def dutch(word: str) -> Mapping[str, str]:
    """Possible plurals and diminutives of a Dutch noun, with the role of each: `plural`, `diminutive`, `diminutives`.

    >>> dutch("peul")["peulen"], dutch("categorie")["categorieën"], dutch("groepslid")["groepsleden"]
    ('plural', 'plural', 'plural')
    """
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    forms = dict.fromkeys((stem + "en" for stem in _stems(word)), "plural")
    forms |= dict.fromkeys((word + "s", word + "'s"), "plural")
    if word[-1] == "e":
        forms[word + "n"] = "plural"
    if word.endswith(("ie", "ee")):
        forms[word + "\u00ebn"] = "plural"  # categorieën, ideeën
    if word.endswith("ie"):
        forms[word[:-1] + "\u00ebn"] = "plural"  # bacteriën
    if word.endswith("heid"):
        forms[word[:-3] + "eden"] = "plural"
    if word.endswith("um"):
        forms[word[:-2] + "a"] = "plural"
    if word.endswith("cus"):
        forms[word[:-2] + "i"] = "plural"
    for base, plural in _CHANGED.items():
        if word.endswith(base):
            forms[word[: -len(base)] + plural] = "plural"
    for small in _diminutives(word):
        forms[small] = "diminutive"
        forms[small + "s"] = "diminutives"
    return forms


def _stems(word: str) -> tuple[str, ...]:
    """Stems before an ending that begins with a vowel: `schil` -> `schill`, `pool` -> `pol`, `kluis` -> `kluiz`."""
    soft = {"f": "v", "s": "z"}.get(word[-1:])
    long = re.search(r"(?<![aeiou])(aa|ee|oo|uu)([bcdfghjklmnpqrstvwxz])$", word)
    if long:
        stem = word[: -len(long[0])] + long[1][0] + long[2]
        return (stem, stem[:-1] + soft) if soft else (stem,)
    changed = (word[:-1] + soft,) if soft else ()
    if re.search(r"(?:^|[^aeiou])[aeiou][bcdfgklmnprst]$", word):
        return (word + word[-1], word, *changed)  # stressed or not: tas, tassen; alias, aliassen; bezem, bezemen; glas
    return (word, *changed)


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
