"""How German nouns are inflected: more forms than exist, since they are looked up only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLURAL_IN_EN: Final = re.compile(
    r"(?:e|ung|heit|keit|schaft|ion|tät|or|ent|ant|ist|ik|ei|ur|enz|anz|in|(?<!a)um|us|ma)$"
)
"""Ends of nouns whose plural is in -en; of others, -en is the dative of a plural in -e."""
_NO_GENITIVE: Final = re.compile(r"(?:e|s|ung|heit|keit|schaft|ion|tät|ik|ei|ur|enz|anz)$")
"""Ends of nouns that are mostly feminine, or foreign (Alias)."""
_UMLAUT: Final = re.compile(r"(.*?)(au|[aou])([^aeiouäöüy]*(?:e[lrn])?)$", re.IGNORECASE)
_SOUNDS: Final = {"au": "äu", "a": "ä", "o": "ö", "u": "ü", "A": "Ä", "O": "Ö", "U": "Ü", "Au": "Äu", "AU": "ÄU"}


def german(word: str) -> Mapping[str, str]:
    """Possible plurals, datives, genitives and diminutives of a German noun, with the role of each.

    Roles: `plural`, `dative plural`, `genitive`, `diminutive`, and `either` for a genitive that may also be the plural
    of a foreign word. Forms with an umlaut are among them.

    >>> german("Schote")["Schoten"], german("Teilnetz")["Teilnetzen"], german("Vorgang")["Vorgänge"]
    ('plural', 'dative plural', 'plural')
    """
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    forms = dict(_plurals(word))
    found = _UMLAUT.fullmatch(word)
    if found and not _PLURAL_IN_EN.search(word):
        bent = found[1] + _SOUNDS.get(found[2], found[2]) + found[3]
        forms |= {
            form: role for form, role in _plurals(bent) if form.endswith(("e", "er", "ern")) or form == bent + "en"
        }
        if re.search(r"e[lrn]$", word):
            forms |= {bent: "plural", bent + "n": "dative plural"}  # Kästen, Speicherplätzen; Behälter has none
        small = bent.removesuffix("en").removesuffix("e")
        forms |= {small + "chen": "diminutive", small + "lein": "diminutive"}
    return forms | {word + "s": "either", word + "es": "genitive"}


def _plurals(word: str) -> Iterator[tuple[str, str]]:
    yield word + "en", "plural" if _PLURAL_IN_EN.search(word) else "dative plural"
    yield word + "n", "dative plural" if re.search(r"e[lr]$", word) else "plural"
    yield word + "e", "plural"
    yield word + "er", "plural"
    yield word + "ern", "dative plural"
    if word.endswith("in"):
        yield word + "nen", "plural"
    if word.endswith("nis"):
        yield word + "se", "plural"
        yield word + "sen", "dative plural"
        yield word + "ses", "genitive"
    if word.endswith(("um", "us", "on")):
        yield word[:-2] + "en", "plural"  # Zentrum, Zentren
    if word.endswith("a"):
        yield word[:-1] + "en", "plural"  # Thema, Themen
    yield word.removesuffix("e") + "chen", "diminutive"
    yield word.removesuffix("e") + "lein", "diminutive"


def german_genitive(word: str) -> str | None:
    """The genitive of a German noun; None for one that has none of its own, and for one that may be foreign."""
    if word.endswith("nis"):
        return word + "ses"
    if not word[-1:].isalpha() or _NO_GENITIVE.search(word):
        return None
    return word + ("es" if re.search(r"(?:ß|x|z|sch)$", word) else "s")
