"""Single values of a record: dates, addresses, numbers, and the exact place of a text in its YAML."""

from __future__ import annotations

import datetime
import itertools
import math
import re
from typing import TYPE_CHECKING, Any

import yaml

from knooppunt.errors import DataError
from knooppunt.knowledge.rules import DATE_PATTERN, HINTS, NUMBER, URL_PATTERN
from knooppunt.model import Origin
from knooppunt.yamltext import Places, Reader, describe, join, load

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATE_HINT = "write a date such as 2019-01-15"
_DATE_LIKE = re.compile(r"[0-9]{4}-[0-9]")
_BLOCK = re.compile(
    r"(?:[-*+]|1[.)])(?:[ \t]|$)|#{1,6}(?:[ \t]|$)|>|`{3}|~{3}"  # items, headings, quotes, code
    r"|\||:?-+:?[ \t]*\||(?:-+|=+|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$"  # tables, underlines, rules
    r"|(?:!!!|\?\?\?\+?|===|/{3})[ \t]+[\w\"]|:{3}[ \t]*\w|-{2,}8<|\${2}$"  # admonitions, tabs, snippets, math
    r"|\[[^\]]+\]:|:[ \t]"  # references, footnotes, definitions
    r"|<!--|</?(?:div|p|ul|ol|li|dl|table|pre|blockquote|details|section|h[1-6]|hr)\b"
)
"""How a line begins that is no line of a paragraph."""
_NUMBERED = re.compile(r"[0-9]{1,9}[.)](?:[ \t]|$)")
"""A list at the start of a text; further down it may be the end of a sentence, such as `2019. `."""
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
_SHOWN = 40
"""Signs of a faulty number that a message has at most."""


def load_document(text: str, path: str) -> tuple[Any, Places]:
    """Like yamltext.load, but an impossible date such as 2024-02-30 stays as a text that is no date.

    The usual loader stops at the first of them, and its author would meet the others one run at a time.
    All places are those of the text given. Raises DataError.
    """
    try:
        return load(text, path)
    except DataError:
        starts = list(_impossible_dates(text))
        if not starts:
            raise
    letters = list(text)
    for start in starts:
        letters[start] = "x"
    return load("".join(letters), path)


def _impossible_dates(text: str) -> Iterator[int]:
    """Offset of each plain value that is spelt like a date and is none; nothing more after a syntax error."""
    key = False
    try:
        for token in yaml.scan(text, yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.plain and not key and _DATE_LIKE.match(token.value):
                try:
                    yaml.safe_load(token.value)
                except ValueError:
                    yield token.start_mark.index
            key = isinstance(token, yaml.KeyToken)
    except yaml.YAMLError:
        return


def fold(text: str) -> str:
    """The text without soft line breaks: one space each, as in Markdown; hard breaks and blank lines stay.

    Folding a folded text changes nothing.
    """
    lines = re.sub(r"\r\n?", "\n", text.strip()).split("\n")
    folded = lines[0]
    for before, line in itertools.pairwise(lines):
        if _HARD_BREAK.search(before) or not before.strip() or not line.strip():
            folded += "\n" + line.lstrip()
        else:
            folded = folded.rstrip() + " " + line.lstrip()
    return folded


class Source:
    """The text of a records file, for what the parsed value does not tell."""

    def __init__(self, text: str, places: Places) -> None:
        self.text = text
        self.places = places

    def raw(self, pointer: str) -> str:
        """The characters of a value as they are written."""
        origin = self.places[pointer]
        return self.text[origin.start : origin.end]

    def exact(self, pointer: str) -> Origin:
        """Range of the characters of a text, without quotes, block indicator and space around it."""
        origin = self.places[pointer]
        start, end = origin.start, origin.end
        first = self.text[start : start + 1]
        if first in {"'", '"'} and end - start >= 2:
            start, end = start + 1, end - 1
        elif first in {"|", ">"}:
            start = self.text.find("\n", start, end) + 1 or start
        content = self.text[start:end]
        start += len(content) - len(content.lstrip())
        end -= len(content) - len(content.rstrip())
        line = origin.line + self.text.count("\n", origin.start, start)
        column = start - self.text.rfind("\n", 0, start)
        return Origin(origin.path, line, column, start, max(start, end), pointer)


def read_text(reader: Reader, key: str, *, required: bool = False) -> str | None:
    """A translatable text, folded; None where it is absent or faulty.

    It is one paragraph, since that is what folding and the places that it is shown in leave of it.
    """
    value = reader.text(key, required=required)
    if value is None:
        return None
    for number, line in enumerate(value.strip().splitlines()):
        content = line.strip()
        if not content or _BLOCK.match(content) or (number == 0 and _NUMBERED.match(content)):
            found = f"'{content}' begins a block of its own" if content else "it has a blank line"
            reader.fault(key, found, "a record's text is one paragraph")
            return None
    return fold(value)


def read_date(reader: Reader, key: str, source: Source) -> datetime.date | None:
    """A date, plain or in quotes; None where it is absent or faulty."""
    value = reader.value.get(key)
    if value is None:
        if key in reader.value:
            reader.fault(key, f"'{key}' is empty")
        return None
    if isinstance(value, datetime.datetime):
        reader.fault(key, f"'{source.raw(join(reader.pointer, key))}' has a time of day", _DATE_HINT)
        return None
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str) and re.fullmatch(DATE_PATTERN, value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    shown = f"'{source.raw(join(reader.pointer, key))}'" if isinstance(value, str) else describe(value)
    reader.fault(key, f"{shown} is not a date", _DATE_HINT)
    return None


def read_url(reader: Reader, key: str, *, required: bool = False) -> str | None:
    """An http or https address; None where it is absent or faulty."""
    value = reader.text(key, required=required)
    if value is not None and not re.fullmatch(URL_PATTERN, value):
        reader.fault(key, f"'{value}' is not an http or https address", HINTS["url"])
        return None
    return value


def read_flag(reader: Reader, key: str) -> bool | None:
    """True, False, or None where it is absent or faulty."""
    value = reader.value.get(key)
    if key in reader.value and not isinstance(value, bool):
        reader.fault(key, f"must be true or false, not {describe(value)}")
        return None
    return value


def read_revision(reader: Reader, key: str) -> int:
    """A positive whole number; 1 where it is absent or faulty."""
    value = reader.value.get(key, 1)
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        reader.fault(key, f"must be a positive whole number, not {describe(value)}")
        return 1
    return value


def read_amount(reader: Reader, key: str, source: Source) -> float:
    """A number that is not negative, spelt with plain digits; 0 where it is faulty."""
    value = reader.value.get(key)
    if value is None:
        reader.fault(key, f"'{key}' is missing" if key not in reader.value else f"'{key}' is empty")
    elif (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and not math.isfinite(value))
    ):
        reader.fault(key, f"must be a number, not {describe(value)}")
    elif value < 0:
        reader.fault(key, f"must not be negative, but is {describe(value).removeprefix('the number ')}")
    elif not NUMBER.fullmatch(raw := source.raw(join(reader.pointer, key))):
        shown = raw if len(raw) <= _SHOWN else f"{raw[:_SHOWN]}…"
        reader.fault(key, f"'{shown}' is not a plain number of at most 15 digits")
    else:
        return float(value)
    return 0.0
