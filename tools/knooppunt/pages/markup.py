"""Blocks of raw HTML: the texts between their tags."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from knooppunt.model import Origin, Segment
from knooppunt.pages.attributes import attribute_texts
from knooppunt.pages.grammar import HTML_BLOCKS, HTML_VERBATIM
from knooppunt.pages.inline import has_prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.pages.builder import Builder
    from knooppunt.pages.lines import View

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?([A-Za-z][A-Za-z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>", re.DOTALL)
_WRAPPER = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^<>\"'/])*>")
_SPACE = re.compile(r"\s+")


class Region:
    """The text of a view without the prefixes of its containers, and the way back to the page."""

    def __init__(self, builder: Builder, view: View) -> None:
        self.builder = builder
        self.view = view
        parts: list[str] = []
        self._starts: list[int] = []
        at = 0
        for line, offset in view:
            content = builder.text[offset : builder.lines.ends[line]]
            self._starts.append(at)
            parts.append(content)
            at += len(content) + 1
        self.text = "\n".join(parts)

    def origin(self, start: int, end: int) -> Origin:
        """Place in the page of the range [start, end) of the region's text."""
        row = bisect_right(self._starts, start) - 1
        line, offset = self.view[row]
        first = offset + start - self._starts[row]
        row = bisect_right(self._starts, end) - 1
        last_line, last_offset = self.view[row]
        last = min(last_offset + end - self._starts[row], self.builder.lines.ends[last_line])
        column = first - self.builder.lines.starts[line] + 1
        return Origin(self.builder.path, line + 1, column, first, last)

    def prefix(self, start: int, default: str) -> str:
        """What the line behind the one at `start` begins with in its containers."""
        row = bisect_right(self._starts, start)
        if row < len(self.view):
            line, offset = self.view[row]
            return self.builder.text[self.builder.lines.starts[line] : offset]
        return default


def texts(region: Region, prefix: str) -> Iterator[Segment]:
    """A segment for each run of text between tags of blocks, and for each alternative text outside such runs."""
    for start, end in _runs(region.text):
        yield from _run(region, start, end, prefix)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Ranges between the tags of block elements; what is verbatim is left out."""
    at = 0
    verbatim = ""
    for tag in _TAG.finditer(text):
        name = (tag[1] or "").lower()
        closing = tag[0].startswith("</")
        if verbatim:
            if closing and name == verbatim:
                verbatim, at = "", tag.end()
            continue
        if name in HTML_BLOCKS or name in HTML_VERBATIM or not name:
            yield at, tag.start()
            yield tag.start(), tag.end()
            at = tag.end()
            if name in HTML_VERBATIM and not closing and not tag[0].endswith("/>"):
                verbatim = name
    if not verbatim:
        yield at, len(text)


def _run(region: Region, start: int, end: int, prefix: str) -> Iterator[Segment]:
    text = region.text[start:end]
    stripped = text.strip()
    start += len(text) - len(text.lstrip())
    if not stripped:
        return
    if has_prose(stripped) and not stripped.startswith("<!--"):
        stripped, start = _unwrapped(stripped, start)
        msgid = _SPACE.sub(" ", stripped)
        origin = region.origin(start, start + len(stripped))
        yield Segment(msgid, origin, "html", None, region.prefix(start, prefix), "")
        return
    if stripped.startswith("<!--"):
        return
    for first, last in attribute_texts(stripped):
        origin = region.origin(start + first, start + last)
        yield Segment(stripped[first:last], origin, "alt", None, "", "")


def _unwrapped(text: str, start: int) -> tuple[str, int]:
    """The text without the tags that enclose the whole of it."""
    while True:
        opening = _WRAPPER.match(text)
        if opening is None:
            return text, start
        closing = f"</{opening[1]}>"
        inner = text[opening.end() : -len(closing)]
        lowered = inner.lower()
        if (
            not text.lower().endswith(closing.lower())
            or f"<{opening[1].lower()}" in lowered
            or "</" + opening[1].lower() in lowered
        ):
            return text, start
        if not has_prose(inner):
            return text, start
        start += opening.end() + len(inner) - len(inner.lstrip())
        text = inner.strip()
