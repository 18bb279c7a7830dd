"""German."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.repair.languages.rules import LanguageRules

if TYPE_CHECKING:
    from collections.abc import Mapping


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


_STOP_WORDS: Final = """
ab aber alle als am an auch auf aus bei beim bis da damit dann das dass dem den der des die dies diese diesem diesen
dieser dieses durch ein eine einem einen einer eines er es für gegen haben hat ich ihr ihre ihrem ihren im in ist
jede jedem jeden jeder jedes kann kein keine können mehr mit müssen muss nach nicht noch nur ob oder ohne pro sein
sich sie sind so sowie über um und uns unter vom von vor was wenn werden wie wird wo zu zum zur zwischen
"""

RULES: Final = LanguageRules(
    stop_words=frozenset(_STOP_WORDS.split()),
    linking=("s", "es", "n", "en"),
    conjunctions=frozenset({"und", "oder"}),
    decimal=",",
    group=".",
    inflect=german,
    genitive=german_genitive,
)
