r"""The strings of a PO file: from quotes and escapes to text, and back.

A PO string follows C: `\n`, `\t`, `\"` and so on, octal and hexadecimal escapes. The latter are bytes of the file's
charset, which here is UTF-8, so `\303\251` is one letter. Source: GNU gettext manual, "The Format of PO Files",
and gettext-tools/src/read-po-lex.c.
"""

from __future__ import annotations

import re
from typing import Final

_STRING: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE: Final = re.compile(r"(?:\\(?:x[0-9A-Fa-f]+|[0-7]{1,3}))+|\\.", re.DOTALL)
_BYTE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]+)|([0-7]{1,3}))")
_NAMED: Final = {
    "n": "\n",
    "t": "\t",
    "b": "\b",
    "r": "\r",
    "f": "\f",
    "v": "\v",
    "a": "\a",
    '"': '"',
    "\\": "\\",
}
_SPECIAL: Final = re.compile(r'[\\"\x00-\x1f\x7f]')
_WRITTEN: Final = {text: f"\\{name}" for name, text in _NAMED.items()}


class StringError(ValueError):
    """Why something is not a PO string; the message is the sentence to show."""


def unquote(source: str) -> str:
    """The text of one or more quoted strings on a line, `"a" "b"` being `ab`. Raises StringError.

    `source` has no space at either end.
    """
    if "\\" not in source and source.count('"') == 2 and source[0] == '"' == source[-1]:
        return source[1:-1]
    parts = []
    place = 0
    while place < len(source):
        found = _STRING.match(source, place)
        if found is None:
            raise StringError(_reason(source[place:]))
        parts.append(unescape(found[1]))
        place = found.end()
        while source[place : place + 1].isspace():
            place += 1
    return "".join(parts)


def unescape(text: str) -> str:
    """The inside of a quoted string with its escapes resolved. Raises StringError at one that does not exist."""
    return _ESCAPE.sub(_resolve, text) if "\\" in text else text


def escape(text: str) -> str:
    """A text as the inside of a quoted string; control characters without a name become octal, as gettext writes."""
    return _SPECIAL.sub(_write, text) if _SPECIAL.search(text) else text


def _resolve(found: re.Match[str]) -> str:
    escaped = found[0]
    named = _NAMED.get(escaped[1:])
    if named is not None:
        return named
    values = [int(hexa, 16) if hexa else int(octal, 8) for hexa, octal in _BYTE.findall(escaped)]
    if not values or max(values) > 0xFF:
        raise StringError(f"there is no escape '{escaped}'")
    try:
        return bytes(values).decode("utf-8")
    except UnicodeDecodeError:
        raise StringError(f"the bytes of '{escaped}' are not UTF-8") from None


def _write(found: re.Match[str]) -> str:
    return _WRITTEN.get(found[0]) or f"\\{ord(found[0]):03o}"


def _reason(rest: str) -> str:
    if not rest.startswith('"'):
        return f"text outside quotes: {shorten(rest)}"
    return f"the string has no closing quote: {shorten(rest)}"


def shorten(text: str, width: int = 60) -> str:
    """A value for an error message: on one line, and not longer than a line."""
    flat = escape(text).replace('\\"', '"')
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"
