"""Names of months, as CLDR has them, in the dates of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SHORTEST: Final = 3
"""Letters of the shortest name that is looked for."""

_DAY_BEFORE = re.compile(r"(?<![\w.,])\d{1,2}(?:\.|st|nd|rd|th|er|º)?[ \u00a0-](?:de[ \u00a0])?$")
_NUMBER_AFTER = re.compile(r"\.?,?[ \u00a0-](?:des?[ \u00a0]|van[ \u00a0])?\d{1,4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Month:
    """The name of a month."""

    start: int
    end: int
    number: int
    dated: bool
    """Whether a day or a year stands beside it; else it may be another word."""


def months(text: str, language: str) -> Iterator[Month]:
    """Names of months of a language: all in dates, and elsewhere those that are not abbreviated."""
    table = _table(language)
    if not table:
        return
    for found in _pattern(language).finditer(text):
        number, whole = table.get(found[0] if language == "en" else found[0].casefold(), (0, False))
        before = text[max(0, found.start() - 12) : found.start()]
        dated = _DAY_BEFORE.search(before) is not None or _NUMBER_AFTER.match(text, found.end()) is not None
        if number and (dated or whole):
            yield Month(found.start(), found.end(), number, dated)


@cache
def _table(language: str) -> Mapping[str, tuple[int, bool]]:
    """Name -> number of the month, and whether the name is whole; English names keep their capital (May, March)."""
    try:
        names = Locale.parse(language).months
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, tuple[int, bool]] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, text in names[context].get(width, {}).items():
                name = text.rstrip(".") if language == "en" else text.rstrip(".").casefold()
                if len(name) >= SHORTEST and name.isalpha():
                    found.setdefault(name, (number, width == "wide"))
    return found


@cache
def _pattern(language: str) -> re.Pattern[str]:
    names = sorted(_table(language), key=len, reverse=True)
    alternatives = "|".join(re.escape(name) for name in names)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", 0 if language == "en" else re.IGNORECASE)
