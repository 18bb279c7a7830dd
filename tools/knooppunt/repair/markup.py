"""Links, code and emphasis of an inline Markdown text, as ranges that can be compared with those of its source."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.repair.text import Mask

LONGEST: Final = 300
"""Most characters of an emphasis that is not bold by asterisks."""

_BOLD = re.compile(r"(?<![*\\])\*\*(?!\*)")
_ITALIC = re.compile(rf"(?<![*\\])\*(?![*\s])[^*\n]{{0,{LONGEST}}}?(?<![\s\\])\*(?!\*)")
_UNDERSCORED = re.compile(rf"(?<![\w\\])_(?![_\s])[^_\n]{{0,{LONGEST}}}?(?<![\s\\])_(?!\w)")
_BOLD_UNDERSCORED = re.compile(rf"(?<![\w\\])__(?![_\s])[^_\n]{{0,{LONGEST}}}?(?<![\s\\])__(?!\w)")


@dataclass(frozen=True, slots=True)
class Element:
    """A link, a code span or an emphasis."""

    start: int
    end: int
    kind: str
    """`link`, `code`, `bold` or `italic`."""
    value: str
    """Where a link leads, the code with its backticks, else the text between the marks."""
    inner_start: int
    inner_end: int
    """Range of what a reader sees of it."""


def bold_marks(mask: Mask) -> list[tuple[int, int]]:
    """Places of the opening and closing asterisks of bold texts; empty where one has no partner."""
    text = mask.text
    if "**" not in text:
        return []
    signs = [found.start() for found in _BOLD.finditer(text) if mask.free(*found.span())]
    return list(zip(signs[::2], signs[1::2], strict=True)) if len(signs) % 2 == 0 else []


def elements(mask: Mask) -> tuple[Element, ...]:
    """The links, code spans and emphases of a text, in order; those inside others are among them."""
    text = mask.text
    found = [
        Element(link.start - link.image, link.end, "link", link.target, link.start + 1, link.text_end)
        for link in mask.links
        if link.form in {"inline", "full"}
    ]
    for span in mask.spans:
        if span.kind == "code" and text[span.start] == "`":
            ticks = len(span.value) - len(span.value.lstrip("`"))
            found.append(Element(span.start, span.end, "code", span.value, span.start + ticks, span.end - ticks))
    found += _emphases(mask)
    return tuple(sorted(found, key=lambda element: (element.start, -element.end)))


def _emphases(mask: Mask) -> Iterator[Element]:
    text = mask.text
    if "*" in text:
        for start, end in bold_marks(mask):
            yield Element(start, end + 2, "bold", text[start + 2 : end], start + 2, end)
        for match in _ITALIC.finditer(text):
            if _marks_free(mask, match.start(), match.end(), 1):
                yield _emphasis(match, "italic", 1)
    if "_" in text:
        for match, width in chain(
            ((match, 1) for match in _UNDERSCORED.finditer(text)),
            ((match, 2) for match in _BOLD_UNDERSCORED.finditer(text)),
        ):
            if _marks_free(mask, match.start(), match.end(), width):
                yield _emphasis(match, "bold" if width == 2 else "italic", width)


def _marks_free(mask: Mask, start: int, end: int, width: int) -> bool:
    return mask.free(start, start + width) and mask.free(end - width, end)


def _emphasis(match: re.Match[str], kind: str, width: int) -> Element:
    start, end = match.span()
    return Element(start, end, kind, match[0][width:-width], start + width, end - width)


def partners(target: Sequence[Element], source: Sequence[Element]) -> list[Element | None]:
    """For each element of a translation, the one of its source that it stands for; None where none is sure.

    The same link or code, and among equal ones the same number; an emphasis has the same text, or, where the two texts
    have equally many of its kind, the same number.
    """
    places: dict[tuple[str, str], list[Element]] = {}
    for element in source:
        places.setdefault((element.kind, element.value.casefold()), []).append(element)
    counts = Counter(element.kind for element in target), Counter(element.kind for element in source)
    by_kind: dict[str, list[Element]] = {}
    for element in source:
        by_kind.setdefault(element.kind, []).append(element)
    used: Counter[tuple[str, str]] = Counter()
    number: Counter[str] = Counter()
    found: list[Element | None] = []
    for element in target:
        key = (element.kind, element.value.casefold())
        same = places.get(key, ())
        if used[key] < len(same):
            found.append(same[used[key]])
        elif element.kind in {"bold", "italic"} and counts[0][element.kind] == counts[1][element.kind]:
            found.append(by_kind[element.kind][number[element.kind]])
        else:
            found.append(None)
        used[key] += 1
        number[element.kind] += 1
    return found
