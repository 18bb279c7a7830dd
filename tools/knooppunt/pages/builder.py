"""Collects the blocks of a page in order, and makes segments out of ranges of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.pages.inline import enclosing_shortcode, has_prose, trailing_attributes
from knooppunt.pages.making import make_block, make_segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.model import Block, Segment
    from knooppunt.pages.directives import Directive
    from knooppunt.pages.lines import Lines, View


class Builder:
    """Blocks so far, and what the author's comments ask for.

    Every line of the page is added exactly once and in order; that is what makes the blocks, joined, the page.
    """

    def __init__(self, lines: Lines, path: str) -> None:
        self.lines = lines
        self.text = lines.text
        self.path = path
        self.blocks: list[Block] = []
        self._comment = ""
        self._skipping = False
        self._skip_next = False
        self._skip_run = False

    def add(
        self,
        kind: str,
        first: int,
        last: int,
        container: tuple[str, ...] = (),
        segments: Sequence[Segment | None] = (),
    ) -> None:
        """Add the lines `first` to `last` as one block."""
        if kind == "blank":
            self._skip_run = False
        elif self._skip_next and kind != "comment":
            self._skip_next, self._skip_run = False, True
        kept: tuple[Segment, ...] = ()
        if segments and not (self._skipping or self._skip_run):
            kept = tuple([segment for segment in segments if segment is not None])
            if kept:
                self._comment = ""
        starts, stops = self.lines.starts, self.lines.stops
        self.blocks.append(make_block(kind, starts[first], stops[last], first + 1, container, kept))

    def directive(self, directive: Directive) -> None:
        """Take a steering comment into account."""
        match directive.verb:
            case "skip":
                self._skip_next = True
            case "skip-start":
                self._skipping = True
            case "skip-end":
                self._skipping = False
            case "comment":
                self._comment = f"{self._comment} {directive.rest}".strip()
            case _:
                pass

    def segment(self, kind: str, start: int, end: int, line: int, *, prefix: str = "") -> Segment | None:
        """The text [start, end) of one line as a segment, without the space around it; None without prose."""
        text = self.text[start:end].rstrip(" \t")
        stripped = text.lstrip(" \t")
        if not has_prose(stripped):
            return None
        start += len(text) - len(stripped)
        return self._make(kind, stripped, start, start + len(stripped), line, prefix)

    def implied(self, kind: str, msgid: str, start: int, end: int, line: int) -> Segment:
        """A text that readers see where the source has [start, end): the title `Note` of `!!! note`."""
        return self._make(kind, msgid, start, end, line, "")

    def paragraph(self, kind: str, view: View, prefix: str) -> Segment | None:
        """The lines of a view as one segment: soft line breaks become spaces, hard ones stay."""
        line, start = view[0]
        if start > self.lines.starts[line]:
            prefix = self._further(view, prefix)
        if len(view) == 1:
            end = self.lines.ends[line]
            if kind == "heading":
                end = start + trailing_attributes(self.text[start:end])
            if self.text.startswith("{{", start):
                before, behind = enclosing_shortcode(self.text[start:end])
                start, end = start + before, end - behind
            return self.segment(kind, start, end, line, prefix=prefix)
        text, ends = self.text, self.lines.ends
        parts: list[str] = []
        last = len(view) - 1
        for number, (line, offset) in enumerate(view):
            content = text[offset : ends[line]].lstrip(" \t")
            stripped = content.rstrip(" \t")
            if number == last:
                parts.append(stripped)
            elif content.endswith("  "):
                parts += [stripped, "  \n"]
            elif stripped.endswith("\\") and not stripped.endswith("\\\\"):
                parts += [stripped, "\n"]
            else:
                parts += [stripped, " "]
        msgid = "".join(parts)
        if not has_prose(msgid):
            return None
        line, offset = view[0]
        start = offset + len(text[offset : ends[line]]) - len(text[offset : ends[line]].lstrip(" \t"))
        end_line, end_offset = view[last]
        end = end_offset + len(text[end_offset : ends[end_line]].rstrip(" \t"))
        if msgid.startswith("{{"):
            before, behind = enclosing_shortcode(msgid)
            msgid, start, end = msgid[before : len(msgid) - behind], start + before, end - behind
        return self._make(kind, msgid, start, end, line, prefix)

    def _further(self, view: View, prefix: str) -> str:
        """What a further line of a text begins with: as its second or its first line, but for markers of containers."""
        starts = self.lines.starts
        for line, offset in view[1::-1]:
            if offset > starts[line]:
                written = self.text[starts[line] : offset]
                if not written.strip(" \t>"):
                    return written
        return prefix

    def _make(self, kind: str, msgid: str, start: int, end: int, line: int, prefix: str) -> Segment:
        column = start - self.lines.starts[line] + 1
        return make_segment(msgid, kind, self.path, line + 1, column, start, end, prefix, self._comment)
