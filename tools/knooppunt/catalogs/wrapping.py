"""Where a string of a PO file is broken into lines."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import combining, east_asian_width

PAGE_WIDTH: Final = 79
"""Columns of a line, quotes included: gettext's default."""

_WORD: Final = re.compile(r"[^ ]* +|[^ ]+")


def columns(text: str) -> int:
    """Width of a text on a terminal: East Asian wide characters take two columns, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap(escaped: str, width: int) -> list[str]:
    """The strings, without quotes, that an escaped text is written as; joined they are the text.

    No string is wider than `width` where that can be, counted without the spaces at its end.
    """
    lines: list[str] = []
    current = ""
    used = 0
    for found in _WORD.finditer(escaped):
        word = found[0]
        size = columns(word)
        if current and used + columns(word.rstrip(" ")) > width:
            lines.append(current)
            current, used = "", 0
        current += word
        used += size
    return [*lines, current] if current or not lines else lines
