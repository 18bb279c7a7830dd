"""English, as the language of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.repair.languages.rules import LanguageRules

if TYPE_CHECKING:
    from collections.abc import Mapping


def plain(word: str) -> Mapping[str, str]:
    """English: a plural in -s, -es or -ies."""
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    forms = {word + "s": "plural", word + "es": "plural"}
    if word.endswith("y"):
        forms[word[:-1] + "ies"] = "plural"
    return forms


RULES: Final = LanguageRules(inflect=plain)
