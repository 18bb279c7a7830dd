"""Where a string of a PO file is broken into lines: where GNU gettext breaks it.

Every gettext tool, and Poedit, wraps a file anew when it saves. Breaking at the same places makes the difference of
such a save small. gettext breaks by an old edition of Unicode's line breaking algorithm (UAX #14), whose pair table is
given here for the classes that matter in text; it has letters break after a comma, a slash and a closing bracket.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import category, combining, east_asian_width

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE_WIDTH: Final = 79
"""Columns of a line, quotes included: gettext's default."""

# Classes of UAX #14: O opens and F opens with full width, C closes and K closes as a bracket, Q quotes, N does not
# start a line, X exclaims, R comes before a number and P after it, 0 is a digit, A a letter, I an ideograph, B and -
# allow a break after them, 2 is a dash, . a leader, G glue, M combines.
_MEMBERS: Final = {
    "K": ")]", "C": "}、。，．｡､", "X": "!?！？", "/": "/", ",": ",.:;", "R": "$+\\£¥€№±￥＄", "P": "%¢°‰′″％℃",
    "Q": "\"'",
    ".": "…‥", "-": "-", "B": "\t|\u00ad\u2010\u2012\u2013", "2": "\u2014", "G": "\u00a0\u202f\u2007\u2011\u2060\ufeff",
    "N": "々〻ーぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ・：；゛゜ゝゞヽヾ‼⁇⁈⁉〜゠･ｰ",
}  # fmt: skip

_APART: Final = {
    "C": "OF0AI2", "K": "OFI2", "N": "OFRP0AI.2", "X": "OFRP0AI.2", "/": "OFRPAI.2", ",": "OFRPAI.2",
    "R": "RP.2", "P": "RPI.2", "0": "FI2", "A": "FI2", "I": "OFR0AI2", ".": "OFRP0AI2", "-": "OFGRPAI.2",
    "B": "OFGRP0AI.2", "2": "OFRP0AI.",
}  # fmt: skip
"""Class -> classes before which a line may be broken with no space between."""


_AFTER_SPACE: Final = (("Q", "OF"), ("2", "2"), ("CK", "N"))
"""Classes, and those before which a line may not be broken after one of them and a space."""


class _Table(dict[int, str]):
    """Code point -> class, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _class(chr(code))
        return found


def _class(char: str) -> str:
    for name, members in _MEMBERS.items():
        if char in members:
            return name
    kind = category(char)
    if char == " ":
        return " "
    if kind == "Ps":
        return "F" if east_asian_width(char) in "WF" else "O"
    if kind in {"Pe", "Pi", "Pf"}:
        return "C" if kind == "Pe" else "Q"
    if kind in {"Mn", "Me", "Mc"}:
        return "M"
    if east_asian_width(char) in "WF":
        return "I"
    return "0" if kind == "Nd" else "A"


def _breaks(classes: str) -> re.Pattern[str]:
    """Where a text of these classes, each character replaced by its class, may be broken.

    Each alternative starts with a letter, since the regex engine then skips all that no alternative starts with.
    """
    apart = {first: "".join(name for name in after if name in classes) for first, after in _APART.items()}
    return re.compile(
        "|".join(
            [
                *(f"{re.escape(first)}M*(?=[{re.escape(after)}])" for first, after in apart.items() if after),
                r" (?<![OFQ2CK ] ) *(?![ CKX/,]|$)",
                *(rf" (?<=[{first}] ) *(?![ CKX/,{never}]|$)" for first, never in _AFTER_SPACE),
            ]
        )
    )


_TABLE: Final = _Table()
_BREAK: Final = _breaks("".join(_MEMBERS) + "OFIA0M")
_BREAK_ASCII: Final = _breaks("".join({_TABLE[code] for code in range(128)}))
_ESCAPE: Final = re.compile(r"\\(?:[0-7]{3}|.)")


def columns(text: str) -> int:
    """Width of a text on a terminal: East Asian wide characters take two columns, combining ones none."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap(escaped: str, width: int) -> list[str]:
    """The strings, without quotes, that an escaped text is written as; joined they are the text.

    No string is wider than `width` unless it has no place to break it.
    """
    plain = escaped.isascii()
    if plain and "\\" not in escaped and "  " not in escaped:
        return _cut(escaped, width)
    ends = [found.end() for found in (_BREAK_ASCII if plain else _BREAK).finditer(escaped.translate(_TABLE))]
    if "\\" in escaped:
        last = len(escaped) - 2 if escaped.endswith("\\n") else -1
        inside = {place for found in _ESCAPE.finditer(escaped) for place in range(found.start() + 1, found.end())}
        ends = [end for end in ends if end not in inside and end != last]
    return _fill_ascii(escaped, ends, width) if plain else _fill(escaped, ends, width)


def _cut(text: str, width: int) -> list[str]:
    """As `wrap`, for ASCII without escapes and runs of spaces: the last place that fits is looked for, line by line."""
    classes = text.translate(_TABLE)
    within, behind = _last(width)
    lines: list[str] = []
    start, size = 0, len(text)
    while size - start > width:
        found = within.match(classes, start) or behind.match(classes, start)
        if found is None:
            break
        lines.append(text[start : found.end()])
        start = found.end()
    return [*lines, text[start:]]


@lru_cache(maxsize=8)
def _last(width: int) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The longest part of a text of ASCII classes that may stand on a line, and the shortest that is wider."""
    known = "".join({_TABLE[code] for code in range(128)})
    apart = {first: "".join(name for name in after if name in known) for first, after in _APART.items()}
    places = "|".join(
        [
            r"(?<= )(?<![OFQ2CK ] )(?![ CKX/,]|$)",
            *(rf"(?<=[{first}] )(?![ CKX/,{never}]|$)" for first, never in _AFTER_SPACE),
            *(f"(?<={re.escape(first)})(?=[{re.escape(after)}])" for first, after in apart.items() if after),
        ]
    )
    return re.compile(f".{{1,{width}}}(?:{places})"), re.compile(f".{{{width}}}.*?(?:{places})")


def _fill_ascii(escaped: str, ends: Sequence[int], width: int) -> list[str]:
    """As `_fill`, for a text in which each character takes one column."""
    lines: list[str] = []
    start = place = 0
    for end in ends:
        if end - start > width and place > start:
            lines.append(escaped[start:place])
            start = place
        place = end
    if len(escaped) - start > width and place > start:
        lines.append(escaped[start:place])
        start = place
    return [*lines, escaped[start:]]


def _fill(escaped: str, ends: Sequence[int], width: int) -> list[str]:
    """The text cut into lines at some of the places where it may be broken."""
    lines: list[str] = []
    start = place = used = 0
    for end in ends:
        size = columns(escaped[place:end])
        if used and used + size > width:
            lines.append(escaped[start:place])
            start, used = place, 0
        used += size
        place = end
    if used and used + columns(escaped[place:]) > width:
        lines.append(escaped[start:place])
        start = place
    return [*lines, escaped[start:]]
