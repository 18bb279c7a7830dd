"""Leaf blocks: what holds text or code and no other block.

Each method looks at the line `view[at]`, adds a block if it is one of its kind, and gives the index behind it;
0 says that it is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.pages import grammar
from knooppunt.pages.attributes import attribute_texts, fence_title
from knooppunt.pages.inline import has_prose, trailing_attributes
from knooppunt.pages.lines import View, indent_of
from knooppunt.pages.tables import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from knooppunt.model import Segment
    from knooppunt.pages.builder import Builder

_CLOSERS = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")

MOST_OPEN = 200
Container = tuple[str, ...]


class Leaves:
    """The leaf half of the walker."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.raw_html: list[str] = []
        """Open elements of raw HTML that a blank line did not close: indented lines in them are no code."""
        self.components: list[str] = []
        """Open components of MDX, in which indented lines are no code either."""
        self._open: set[tuple[str, tuple[int, int]]] = set()
        """What is not closed up to the last line of a view, so that no later line need look for it again."""

    def begin(self, elements: list[str], name: str) -> None:
        """Note that an element is open; more than a page ever has inside one another are not counted."""
        if len(elements) < MOST_OPEN:
            elements.append(name)

    def close(self, elements: list[str], name: str) -> None:
        """Note that the innermost element of this name is closed, and with it what is open inside it."""
        if name in elements:
            del elements[len(elements) - 1 - elements[::-1].index(name) :]

    def line(self, place: tuple[int, int]) -> str:
        """Text of a line from where the container's own begins."""
        number, offset = place
        return self.builder.text[offset : self.builder.lines.ends[number]]

    def closed(self, view: View, at: int, closer: str, closes: Callable[[str], bool]) -> int:
        """Index of the first line from `at` on that closes what `closer` closes; -1 where none does.

        Lines are looked at in order, so what was sought in vain once is not there for the lines behind either.
        """
        if (closer, view[-1]) in self._open:
            return -1
        for index in range(at, len(view)):
            if closes(self.line(view[index])):
                return index
        self._open.add((closer, view[-1]))
        return -1

    def blank(self, view: View, at: int, container: Container) -> int:
        text, ends = self.builder.text, self.builder.lines.ends
        index = at + 1
        while index < len(view):
            number, offset = view[index]
            if text[offset : ends[number]].strip(" \t"):
                break
            index += 1
        self.builder.add("blank", view[at][0], view[index - 1][0], container)
        return index

    def indented_code(self, view: View, at: int, container: Container) -> int:
        index = last = at + 1
        while index < len(view):
            line = self.line(view[index])
            if line.strip(" \t"):
                if indent_of(line) < 4:
                    break
                last = index + 1
            index += 1
        self.builder.add("code", view[at][0], view[last - 1][0], container)
        return last

    def fence(self, view: View, at: int, container: Container) -> int:
        whole = self.line(view[at])
        line = whole.lstrip(" \t")
        found = grammar.FENCE.match(line)
        if found is None or (line[0] == "`" and "`" in found["info"]):
            return 0
        mark = found[1]
        title = self._fence_title(view[at], found["info"]) if "title=" in found["info"] else None
        deepest = max(indent_of(whole), 3)  # fences in the text of a fence are indented further
        text, ends = self.builder.text, self.builder.lines.ends
        for index in range(at + 1, len(view)):
            number, offset = view[index]
            if text.find(mark, offset, ends[number]) < 0:  # nearly every line of code
                continue
            closing = text[offset : ends[number]]
            content = closing.strip(" \t")
            if content.startswith(mark) and not content.strip(mark[0]) and indent_of(closing) <= deepest:
                self.builder.add("fence", view[at][0], number, container, [title])
                return index + 1
        # Never closed: code to the end of its container, as CommonMark has it; nothing of it is safe to translate.
        self.builder.add("fence", view[at][0], view[-1][0], container)
        return len(view)

    def _fence_title(self, place: tuple[int, int], info: str) -> Segment | None:
        title = fence_title(info)
        if title is None:
            return None
        number, _ = place
        at = self.builder.lines.ends[number] - len(info)
        return self.builder.segment("alt", at + title[0], at + title[1], number)

    def heading(self, view: View, at: int, container: Container) -> int:
        number, offset = view[at]
        line = self.line(view[at])
        lead = len(line) - len(line.lstrip(" \t"))
        found = grammar.HEADING.match(line, lead)
        if found is None:
            # Python-Markdown needs no space behind the signs, but `#123` and `#include` are no headings to people.
            return 0
        text = line[: trailing_attributes(line)]
        closers = _CLOSERS.search(text, found.end()) if "#" in text[found.end() :] else None
        end = closers.start() if closers else len(text)
        segment = self.builder.segment("heading", offset + found.end(), offset + max(end, found.end()), number)
        # Python-Markdown leaves a heading inside raw HTML as it is: it gets no id there.
        around = (*container, "html") if self.raw_html else container
        self.builder.add("heading", number, number, around, [segment])
        return at + 1

    def bracket(self, view: View, at: int, container: Container) -> int:
        number = view[at][0]
        line = self.line(view[at])
        content = line.lstrip(" \t")
        if content.startswith("[!"):
            return self._marker(view, at, container, content)
        if grammar.CONTENTS.match(content):
            return self.single("marker", view, at, container)
        found = grammar.REFERENCE.match(content)
        if found is None:
            return 0
        end = at + 1
        if not found["url"]:
            if end == len(view) or not re.match(r"[ \t]+\S+[ \t]*$", self.line(view[end])):
                return 0
            end += 1
        title = self._quoted(view[at], found, len(line) - len(content))
        if title is None and end < len(view):
            below = grammar.REFERENCE_TITLE.match(self.line(view[end]))
            if below:
                title = self._quoted(view[end], below, 0)
                end += 1
        self.builder.add("reference", number, view[end - 1][0], container, [title])
        return end

    def _quoted(self, place: tuple[int, int], found: re.Match[str], lead: int) -> Segment | None:
        """The title of a reference definition, without its quotes."""
        if not found["title"]:
            return None
        number, offset = place
        start, end = found.span("title")
        return self.builder.segment("alt", offset + lead + start + 1, offset + lead + end - 1, number)

    def _marker(self, view: View, at: int, container: Container, content: str) -> int:
        """`[!NOTE]` with a title, which Obsidian has, or without, and `[!INCLUDE [name](file)]` on its own line."""
        found = grammar.MARKER.match(content)
        if found is None:
            return 0
        number = view[at][0]
        if not found["alert"]:
            rest = content[found.end() :]
            return 0 if rest.strip(" \t") and has_prose(rest) else self.single("marker", view, at, container)
        end = self.builder.lines.ends[number]
        title = self.builder.segment("title", end - len(content) + found.end(), end, number)
        self.builder.add("marker", number, number, container, [title])
        return at + 1

    def other(self, view: View, at: int, container: Container) -> int:
        """Rules, snippets, abbreviations and math."""
        number, offset = view[at]
        line = self.line(view[at])
        content = line.lstrip(" \t")
        first = content[0]
        if first in "-;" and grammar.SNIPPET.match(content):
            return self._snippet(view, at, container)
        if first in "-*_" and grammar.RULE.match(content):
            return self.single("rule", view, at, container)
        if first == "*":
            found = grammar.ABBREVIATION.match(content)
            if found:
                start = offset + len(line) - len(content) + found.end()
                segment = self.builder.segment("abbreviation", start, self.builder.lines.ends[number], number)
                self.builder.add("abbreviation", number, number, container, [segment])
                return at + 1
        if first in "$\\" and grammar.MATH.match(content):
            return self._math(view, at, container, content)
        return 0

    def single(self, kind: str, view: View, at: int, container: Container) -> int:
        self.builder.add(kind, view[at][0], view[at][0], container)
        return at + 1

    def _snippet(self, view: View, at: int, container: Container) -> int:
        end = at + 1
        if re.match(r"-{2,}8<-{2,}[ \t]*$", self.line(view[at]).strip(" \t")):
            fence = re.compile(r"[ \t]*-{2,}8<-{2,}[ \t]*$")
            end = max(end, self.closed(view, at + 1, "8<", lambda line: fence.match(line) is not None) + 1)
        self.builder.add("directive", view[at][0], view[end - 1][0], container)
        return end

    def _math(self, view: View, at: int, container: Container, content: str) -> int:
        closer = "$$" if content.startswith("$$") else "\\]"
        if len(content.rstrip(" \t")) > 2:
            return self.single("math", view, at, container) if content.rstrip(" \t").endswith(closer) else 0
        index = self.closed(view, at + 1, closer, lambda line: line.rstrip(" \t").endswith(closer))
        if index >= 0:
            self.builder.add("math", view[at][0], view[index][0], container)
            return index + 1
        return 0

    def table(self, view: View, at: int, container: Container) -> int:
        self._row(view[at], container)
        self.builder.add("table-rule", view[at + 1][0], view[at + 1][0], container)
        index = at + 2
        while index < len(view):
            content = self.line(view[index]).lstrip(" \t")
            if not content or (content[0] != "|" and grammar.interrupts(content)):
                break
            self._row(view[index], container)
            index += 1
        return index

    def is_table(self, view: View, at: int, content: str) -> bool:
        """Whether the line, `content` without the space before it, is the first of a table."""
        if "|" not in content or at + 1 >= len(view):
            return False
        rule = self.line(view[at + 1]).strip(" \t")
        return "-" in rule and grammar.TABLE_RULE.match(rule) is not None

    def _row(self, place: tuple[int, int], container: Container) -> None:
        number, offset = place
        row = self.line(place)
        ranges = cells(row)
        if "}" in row:
            ranges = [(start, start + trailing_attributes(row[start:end])) for start, end in ranges]
        segments: list[Segment | None] = []
        for start, end in ranges:
            segment = self.builder.segment("cell", offset + start, offset + end, number)
            if segment is None and ("<" in row or ":::" in row):
                for first, last in attribute_texts(row[start:end]):
                    at = offset + start
                    segments.append(self.builder.segment("alt", at + first, at + last, number))
            segments.append(segment)
        self.builder.add("row", number, number, container, segments)

    def paragraph(self, view: View, at: int, container: Container, prefix: str, kind: str) -> int:
        """Lines up to the next block; the first line is a paragraph whatever it looks like."""
        text, ends = self.builder.text, self.builder.lines.ends
        index = at + 1
        underlined = False
        while index < len(view):
            number, offset = view[index]
            line = text[offset : ends[number]]
            content = line.lstrip(" \t")
            if not content:
                break
            first = content[0]
            if first in "=-" and index == at + 1 and grammar.SETEXT.match(content) and indent_of(line) < 4:
                underlined = True
                break
            if (first in grammar.STARTERS and grammar.interrupts(content)) or (
                "|" in content and self.is_table(view, index, content)
            ):
                break
            index += 1
        body = view[at:index]
        if underlined:
            segment = self.builder.paragraph("heading", body, prefix)
            # An indented underline makes no heading in Python-Markdown, which gives it no id.
            around = (*container, "html") if self.line(view[index])[0] in " \t" else container
            self.builder.add("setext", view[at][0], view[index][0], around, [segment])
            return index + 1
        if kind == "paragraph" and self._defines(view, index):
            for place in body:
                term = self.builder.segment("term", place[1], self.builder.lines.ends[place[0]], place[0])
                self.builder.add("term", place[0], place[0], container, [term])
            return index
        segments = [self.builder.paragraph(kind, body, prefix)]
        if segments == [None]:
            segments = self._attributes_in(body)
        self.builder.add(kind, body[0][0], body[-1][0], container, segments)
        return index

    def _attributes_in(self, body: View) -> list[Segment | None]:
        """Alternative texts and titles in lines of tags without a text."""
        return [
            self.builder.segment("alt", offset + start, offset + end, number)
            for number, offset in body
            if "<" in (line := self.line((number, offset)))
            for start, end in attribute_texts(line)
        ]

    def _defines(self, view: View, index: int) -> bool:
        """Whether a definition follows at this index, directly or behind one blank line."""
        for place in view[index : index + 2]:
            content = self.line(place).strip(" \t")
            if content:
                return content[0] == ":" and grammar.DEFINITION.match(content) is not None
        return False
