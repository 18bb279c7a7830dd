"""Italian."""

from __future__ import annotations

from typing import Final

from knooppunt.repair.languages.rules import LanguageRules

RULES: Final = LanguageRules(decimal=",", group=".")
