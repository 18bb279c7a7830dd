"""Which sections of an article are about limitations, prerequisites or requirements, by their English headings."""

from __future__ import annotations

import re
from typing import Final

from knooppunt.extraction.model import LIMITATIONS, PREREQUISITES, REQUIREMENTS

_HEADINGS: Final = (
    (LIMITATIONS, re.compile(r"\b(?:limitations?|restrictions?|known issues?|unsupported|limits)\b", re.IGNORECASE)),
    (PREREQUISITES, re.compile(r"\b(?:prerequisites?|before you begin)\b", re.IGNORECASE)),
    (REQUIREMENTS, re.compile(r"\brequirements?\b(?<!\brequirement(?=\W\d))", re.IGNORECASE)),
)
"""In the order of what a heading is about that names two; `Requirement 10.1` is a number in somebody's standard."""


def section_of(heading: str) -> str:
    """What a heading says that its section is about; empty where that is something else.

    >>> section_of("Known limitations and requirements")
    'limitations'
    >>> section_of("Requirement 10.1: log access")
    ''
    """
    return next((name for name, pattern in _HEADINGS if pattern.search(heading)), "")


class Outline:
    """The section that the walk over a page is in. A section ends at the next heading of its level or above."""

    def __init__(self) -> None:
        self.section = ""
        self.heading = ""
        self._level = 0

    def enter(self, level: int, heading: str) -> None:
        """A heading of a level from 1 to 6. The title of a page opens no section: it is about the whole of it."""
        self.heading = heading
        named = section_of(heading) if level > 1 else ""
        if named:
            self.section, self._level = named, level
        elif level <= self._level:
            self.section, self._level = "", 0
