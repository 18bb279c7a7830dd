"""Attributes whose value people read: in tags, shortcodes, directives, and in the head of a fence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.pages.inline import has_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = re.compile(
    r"(?<![\w-])(?:alt|alt-text|title|label|caption|summary|placeholder|aria-label)="
    r"(?:\"([^\"\\\r\n]*)\"|'([^'\\\r\n]*)')",
    re.IGNORECASE,
)
_FENCE_TITLE = re.compile(r"(?<=[ \t{,])title=(?:\"([^\"\r\n]*)\"|'([^'\r\n]*)')")
_FILE = re.compile(r"[^\s/\\]*(?:[./\\][^\s/\\]+)+|[^\s/\\]+[/\\]")
_POSITIONAL = re.compile(
    r"\{\{[<%][ \t]*(?:tab|tabitem|expand|details|collapse)[ \t]+(?:name=|header=)?\"([^\"\\\r\n]*)\""
)
"""Shortcodes of Hugo's themes whose first value is a title, whatever it is called."""


def attribute_texts(text: str) -> Iterator[tuple[int, int]]:
    """Ranges of the values of `title`, `alt`, `label` and such, without their quotes, where they are prose.

    >>> [text[start:end] for text in ['<Tab value="a" label="One">'] for start, end in attribute_texts(text)]
    ['One']
    """
    return _ranges(_TEXT, text)


def shortcode_texts(text: str) -> Iterator[tuple[int, int]]:
    """The same for shortcodes of Hugo, whose title may have no name."""
    yield from sorted([*_ranges(_TEXT, text), *_ranges(_POSITIONAL, text)])


def fence_title(info: str) -> tuple[int, int] | None:
    """Range of the title of a fence in what follows its signs; None where it has none, or the name of a file."""
    found = next(_ranges(_FENCE_TITLE, info), None)
    return None if found is None or _FILE.fullmatch(info[slice(*found)]) else found


def _ranges(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    if "=" not in text and pattern is not _POSITIONAL:
        return
    for found in pattern.finditer(text):
        start, end = found.span(found.lastindex or 0)
        if has_prose(text[start:end]):
            yield start, end
