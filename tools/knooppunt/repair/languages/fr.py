"""French."""

from __future__ import annotations

from typing import Final

from knooppunt.repair.languages.rules import LanguageRules

RULES: Final = LanguageRules(spaced_punctuation=True, decimal=",", group="\u202f")
