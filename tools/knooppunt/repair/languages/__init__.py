"""What the engine knows of a language: its small words, and how its nouns are inflected.

One file per language, found by name: `nl.py` has the rules of Dutch, as its `RULES`. A language without a file has no
small words and no inflection; its termbase works with the forms that it lists.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Final

from knooppunt.repair.inflection_de import german, german_genitive
from knooppunt.repair.inflection_nl import dutch
from knooppunt.repair.languages.en import plain
from knooppunt.repair.languages.rules import Inflect, LanguageRules

__all__ = (
    "LANGUAGES",
    "Inflect",
    "LanguageRules",
    "dutch",
    "german",
    "german_genitive",
    "plain",
    "rules_for",
    "rules_language",
)

LANGUAGES: Final = frozenset(found.name for found in pkgutil.iter_modules(__path__)) - {"northern", "rules"}
"""Languages that have rules of their own."""

NEAR: Final = {"nn": "nb", "no": "nb"}
"""Languages that fall to the rules of another: both ways to write Norwegian."""


def rules_for(locale: str) -> LanguageRules:
    """Rules of a locale's language: those of `nl` for `nl-BE`, those of `nb` for `no` and `nn`."""
    return _rules(rules_language(locale))


def rules_language(locale: str) -> str:
    """The language whose rules and data a locale uses: `nl` for `nl-BE`, `nb` for `nn`."""
    language = locale.replace("_", "-").split("-", maxsplit=1)[0].lower()
    return NEAR.get(language, language)


@cache
def _rules(language: str) -> LanguageRules:
    if language not in LANGUAGES:
        return LanguageRules()
    rules: LanguageRules = importlib.import_module(f"{__name__}.{language}").RULES
    return rules
