"""The lossless block walker: Markdown as MkDocs Material people write it, and its neighbours.

Law 1: the blocks of a page, joined, are the page, for any input at all. Each line goes to exactly one block, in
order; a container (list item, quote, admonition, tab, definition, footnote) hands its lines, without their
indentation or `>`, to the same walk again.

Where Python-Markdown and CommonMark disagree, the walker cuts more finely: a list item that directly follows a
paragraph is a segment of its own, so that regenerating keeps its line either way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from knooppunt.model import Page
from knooppunt.pages import grammar
from knooppunt.pages.builder import Builder
from knooppunt.pages.elements import Elements
from knooppunt.pages.front_matter import front_matter_end, values
from knooppunt.pages.lines import INDENTED, Lines, View, indent_of, skip_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

FRONT_MATTER_KEYS = ("title", "description")
_OF_ITEMS = frozenset("-*+0123456789")
_TEXTS = frozenset(["paragraph", "item", "definition", "footnote"])
MAX_DEPTH = 60
"""Containers inside one another; beyond that the rest is kept as it is, so that no input exhausts the stack."""


def parse_page(text: str, *, path: str = "", front_matter: Sequence[str] = FRONT_MATTER_KEYS) -> Page:
    """The blocks of a Markdown text, and in them its segments.

    `path` is what origins name; `front_matter` are the keys whose values are translated. Never raises: what is not
    recognised is a paragraph.

    >>> page = parse_page("# Title\\n\\nSome *text*\\nin two lines.\\n")
    >>> [segment.msgid for segment in page.segments]
    ['Title', 'Some *text* in two lines.']
    >>> "".join(page.text[block.start : block.end] for block in page.blocks) == page.text
    True
    """
    lines = Lines(text)
    builder = Builder(lines, path)
    view = lines.view()
    head = front_matter_end(text)
    if head:
        count = next((index for index, start in enumerate(lines.starts) if start >= head), len(lines))
        segments = []
        for key, value, start, end in values(text, front_matter):
            line = next(index for index in range(count) if lines.stops[index] > start)
            segment = builder.segment("front-matter", start, end, line)
            if segment is not None:
                origin = replace(segment.origin, pointer=key)
                segments.append(replace(segment, msgid=value, origin=origin, comment=f"front matter: {key}"))
        builder.add("front-matter", 0, count - 1, (), segments)
        view = view[count:]
    _Walker(builder).walk(view, (), "")
    return Page(path, text, tuple(builder.blocks))


class _Walker(Elements):
    """Dispatches on the first character of a line; leaves are in its base classes, containers here."""

    def __init__(self, builder: Builder) -> None:
        super().__init__(builder)
        self._leaves = {
            **dict.fromkeys("`~", self.fence),
            **dict.fromkeys("-;*_$\\", self.other),
            **dict.fromkeys("ie", self.module),
            "#": self.heading,
            "[": self.bracket,
            "{": self.brace,
            "/": self.slashes,
        }
        self._containers = {
            **dict.fromkeys("!?=", self._titled),
            ">": self._quote,
            "<": self.html,
            "[": self._footnote,
            ":": self._colons,
        }

    def walk(self, view: View, container: tuple[str, ...], prefix: str, first_kind: str = "paragraph") -> None:
        """Add all lines of a view. `prefix` is what a further line of a text in here begins with."""
        if len(container) > MAX_DEPTH:
            if view:
                self.builder.add("text", view[0][0], view[-1][0], container)
            return
        text, ends = self.builder.text, self.builder.lines.ends
        at = 0
        kind = first_kind
        while at < len(view):
            number, offset = view[at]
            line = text[offset : ends[number]]
            content = line.lstrip(" \t")
            if content:
                at = self._block(view, at, container, prefix, kind, line, content)
            else:
                at = self.blank(view, at, container)
            kind = "paragraph"

    def _block(
        self, view: View, at: int, container: tuple[str, ...], prefix: str, kind: str, line: str, content: str
    ) -> int:
        if (
            content is not line
            and line.startswith(INDENTED)
            and kind == "paragraph"
            and not (self.raw_html or self.components or self._goes_on(view[at][0]))
        ):
            return self.indented_code(view, at, container)
        first = content[0]
        if first in self._leaves:
            taken = self._leaves[first](view, at, container)
            if taken:
                return taken
        if first in self._containers:
            taken = self._containers[first](view, at, container, prefix)
            if taken:
                return taken
        if first in _OF_ITEMS and grammar.ITEM.match(content) and not grammar.RULE.match(content):
            return self._item(view, at, container, prefix)
        if "|" in content and self.is_table(view, at, content):
            return self.table(view, at, container)
        return self.paragraph(view, at, container, prefix, kind)

    def _goes_on(self, number: int) -> bool:
        """Whether a line follows one of text: what is indented there is text too, since code ends no paragraph."""
        last = self.builder.blocks[-1] if self.builder.blocks else None
        return last is not None and last.kind in _TEXTS and last.end == self.builder.lines.starts[number]

    def _item(self, view: View, at: int, container: tuple[str, ...], prefix: str) -> int:
        number, offset = view[at]
        line = self.line(view[at])
        base = indent_of(line)
        lead = len(line) - len(line.lstrip(" \t"))
        marker = grammar.ITEM.match(line, lead)
        width = marker.end() - lead if marker else 1
        begin = offset + lead + width
        text = self.builder.text
        if text.startswith("[", begin):
            task = grammar.TASK.match(text, begin, self.builder.lines.ends[number])
            begin = task.end() if task else begin
        body: View = [(number, begin)]
        end = self.gather(view, at + 1, body, 2 + base, 4 + base, lazy=True)
        inside = (*container, "item")
        further = prefix + " " * min(base + width, base + 4)
        if len(body) == 1 and text[begin : begin + 1].isalpha():  # most items are one line of text
            self.paragraph(body, 0, inside, further, "item")
        else:
            self.walk(body, inside, further, "item")
        return end

    def _quote(self, view: View, at: int, container: tuple[str, ...], prefix: str) -> int:
        body: View = []
        index = at
        while index < len(view):
            number, offset = view[index]
            line = self.line(view[index])
            content = line.lstrip(" \t")
            if not content:
                break
            if content[0] == ">":
                found = grammar.QUOTE.match(line, len(line) - len(content))
                body.append((number, offset + (found.end() if found else 1)))
            elif not self.lazy(body, content):
                break
            else:
                body.append((number, offset))
            index += 1
        self.walk(body, (*container, "quote"), f"{prefix}> ")
        return index

    def _titled(self, view: View, at: int, container: tuple[str, ...], prefix: str) -> int:
        number, offset = view[at]
        line = self.line(view[at])
        lead = len(line) - len(line.lstrip(" \t"))
        pattern = grammar.TAB if line[lead] == "=" else grammar.ADMONITION
        found = pattern.match(line, lead)
        if found is None:
            return 0
        kind = "tab" if pattern is grammar.TAB else "admonition"
        if found["title"]:
            start = offset + found.start("title") + 1
            title = self.builder.segment("title", start, offset + found.end("title") - 1, number)
        else:  # readers see the name of the first class
            start, end = found.span("classes")
            name = found["classes"].split(" ", 1)[0].capitalize()
            title = self.builder.implied("title", name, offset + start, offset + end, number)
        self.builder.add(kind, number, number, container, [title])
        body: View = []
        base = indent_of(line)
        end = self.gather(view, at + 1, body, base + 4, base + 4, lazy=False)
        self.walk(body, (*container, kind), prefix + " " * (base + 4))
        return end

    def _colons(self, view: View, at: int, container: tuple[str, ...], prefix: str) -> int:
        taken = self._marked(view, at, container, prefix, grammar.DEFINITION, "definition")
        return taken or self.directive(view, at, container)

    def _footnote(self, view: View, at: int, container: tuple[str, ...], prefix: str) -> int:
        return self._marked(view, at, container, prefix, grammar.FOOTNOTE, "footnote")

    def _marked(
        self, view: View, at: int, container: tuple[str, ...], prefix: str, pattern: re.Pattern[str], kind: str
    ) -> int:
        number, offset = view[at]
        line = self.line(view[at])
        lead = len(line) - len(line.lstrip(" \t"))
        found = pattern.match(line, lead)
        if found is None:
            return 0
        body: View = [(number, offset + found.end())]
        base = indent_of(line)
        end = self.gather(view, at + 1, body, base + 2, base + 4, lazy=True)
        self.walk(body, (*container, kind), prefix + " " * (base + 4), kind)
        return end

    def gather(self, view: View, at: int, body: View, least: int, most: int, *, lazy: bool) -> int:
        """Append the lines that belong to a container to `body`, dedented; the index behind them.

        A line belongs if it is indented by `least` columns, of which up to `most` are taken away; blank lines belong
        where such a line follows. A lazy container also takes lines that go on with its last paragraph.
        """
        blank_from = -1
        index, size = at, len(view)
        text, ends = self.builder.text, self.builder.lines.ends
        spaces = " " * least
        while index < size:
            number, offset = view[index]
            line = text[offset : ends[number]]
            content = line.lstrip(" \t")
            if not content:
                if blank_from < 0:
                    blank_from = index
                index += 1
                continue
            if line.startswith(spaces) or indent_of(line) >= least:
                if blank_from >= 0:
                    body += view[blank_from:index]
                body.append((number, offset + skip_columns(line, most)))
            elif lazy and blank_from < 0 and self.lazy(body, content):
                body.append((number, offset + len(line) - len(content)))
            else:
                break
            blank_from = -1
            index += 1
        return index if blank_from < 0 else blank_from

    def lazy(self, body: View, content: str) -> bool:
        """Whether a line goes on with the paragraph that ends a container's lines so far."""
        if not body:
            return False
        last = self.line(body[-1]).strip(" \t")
        if not last or grammar.ITEM.match(content) or grammar.interrupts(content):
            return False
        return not (last.startswith(("```", "~~~", "<!--", "{%", "#", "|")))
