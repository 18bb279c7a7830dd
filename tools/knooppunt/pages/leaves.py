"""Leaf blocks: what holds text or code and no other block.

Each method looks at the line `view[at]`, adds a block if it is one of its kind, and gives the index behind it;
0 says that it is none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.pages import grammar
from knooppunt.pages.directives import parse_directive
from knooppunt.pages.inline import trailing_attributes
from knooppunt.pages.lines import View, indent_of
from knooppunt.pages.markup import Region, texts
from knooppunt.pages.tables import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from knooppunt.pages.builder import Builder

_CLOSERS = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_ALT_TEXT = re.compile(r"\balt-text=\"([^\"\r\n]+)\"")
_MARKDOWN_ATTRIBUTE = re.compile(r"[^>]*\smarkdown(?:[\s=>/]|$)")

Container = tuple[str, ...]


class Leaves:
    """The leaf half of the walker."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.raw_html: list[str] = []
        """Open elements of raw HTML that a blank line did not close: indented lines in them are no code."""
        self._open: set[tuple[str, tuple[int, int]]] = set()
        """What is not closed up to the last line of a view, so that no later line need look for it again."""

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
        index = at + 1
        while index < len(view) and not self.line(view[index]).strip(" \t"):
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
        deepest = max(indent_of(whole), 3)  # fences in the text of a fence are indented further
        for index in range(at + 1, len(view)):
            closing = self.line(view[index])
            content = closing.strip(" \t")
            if content.startswith(mark) and not content.strip(mark[0]) and indent_of(closing) <= deepest:
                self.builder.add("fence", view[at][0], view[index][0], container)
                return index + 1
        # Never closed: code to the end of its container, as CommonMark has it; nothing of it is safe to translate.
        self.builder.add("fence", view[at][0], view[-1][0], container)
        return len(view)

    def heading(self, view: View, at: int, container: Container) -> int:
        number, offset = view[at]
        line = self.line(view[at])
        lead = len(line) - len(line.lstrip(" \t"))
        found = grammar.HEADING.match(line, lead)
        if found is None:
            # Python-Markdown needs no space behind the signs, but `#123` and `#include` are no headings to people.
            return 0
        text = line[: trailing_attributes(line)]
        closers = _CLOSERS.search(text, found.end())
        end = closers.start() if closers else len(text)
        segment = self.builder.segment("heading", offset + found.end(), offset + max(end, found.end()), number)
        # Python-Markdown leaves a heading inside raw HTML as it is: it gets no id there.
        around = (*container, "html") if self.raw_html else container
        self.builder.add("heading", number, number, around, [segment])
        return at + 1

    def bracket(self, view: View, at: int, container: Container) -> int:
        content = self.line(view[at]).lstrip(" \t")
        if grammar.MARKER.match(content):
            self.builder.add("marker", view[at][0], view[at][0], container)
            return at + 1
        found = grammar.REFERENCE.match(content)
        if found is None:
            return 0
        end = at + 1
        if not found["url"]:
            if end == len(view) or not re.match(r"[ \t]+\S+[ \t]*$", self.line(view[end])):
                return 0
            end += 1
        if end < len(view) and re.match(r"[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^)]*\))[ \t]*$", self.line(view[end])):
            end += 1
        self.builder.add("reference", view[at][0], view[end - 1][0], container)
        return end

    def directive(self, view: View, at: int, container: Container) -> int:
        """docfx, Docusaurus and mkdocstrings lines that begin with three colons."""
        number, offset = view[at]
        content = self.line(view[at]).lstrip(" \t")
        if not content.startswith(":::"):
            return 0
        end = at + 1
        if re.match(r":::[ \t]+[\w.]+[ \t]*$", content):  # mkdocstrings: its options are indented YAML
            while end < len(view) and indent_of(self.line(view[end])) >= 4:
                end += 1
        start = offset + len(self.line(view[at])) - len(content)
        alt = [
            self.builder.segment("alt", start + found.start(1), start + found.end(1), number)
            for found in _ALT_TEXT.finditer(content)
        ]
        self.builder.add("directive", number, view[end - 1][0], container, alt)
        return end

    def other(self, view: View, at: int, container: Container) -> int:
        """Rules, snippets, macros, abbreviations, math, captions and lone attribute lists."""
        number, offset = view[at]
        line = self.line(view[at])
        content = line.lstrip(" \t")
        first = content[0]
        if first in "-;" and grammar.SNIPPET.match(content):
            return self._snippet(view, at, container)
        if first in "-*_" and grammar.RULE.match(content):
            return self._single("rule", view, at, container)
        if first == "{":
            return self._brace(view, at, container, content)
        if first == "/":
            found = grammar.CAPTION_BLOCK.match(content)
            if found:
                start = offset + len(line) - len(content)
                title = found["title"] and self.builder.segment(
                    "title", start + found.start("title"), start + found.end("title"), number
                )
                self.builder.add("marker", number, number, container, [title or None])
                return at + 1
        if first == "*":
            found = grammar.ABBREVIATION.match(content)
            if found:
                start = offset + len(line) - len(content) + found.end()
                segment = self.builder.segment("abbreviation", start, self.builder.lines.ends[number], number)
                self.builder.add("abbreviation", number, number, container, [segment])
                return at + 1
        if first in "$\\" and grammar.MATH.match(content):
            return self._math(view, at, container, content)
        if not container and first in "ie" and grammar.EXPORT.match(content):
            return self._single("directive", view, at, container)
        return 0

    def _single(self, kind: str, view: View, at: int, container: Container) -> int:
        self.builder.add(kind, view[at][0], view[at][0], container)
        return at + 1

    def _snippet(self, view: View, at: int, container: Container) -> int:
        end = at + 1
        if re.match(r"-{2,}8<-{2,}[ \t]*$", self.line(view[at]).strip(" \t")):
            fence = re.compile(r"[ \t]*-{2,}8<-{2,}[ \t]*$")
            end = max(end, self.closed(view, at + 1, "8<", lambda line: fence.match(line) is not None) + 1)
        self.builder.add("directive", view[at][0], view[end - 1][0], container)
        return end

    def _brace(self, view: View, at: int, container: Container, content: str) -> int:
        if grammar.ATTRIBUTES.match(content) or grammar.MACRO.match(content):
            return self._single("directive", view, at, container)
        if grammar.OPEN_MACRO.match(content):
            index = self.closed(view, at + 1, "%}", lambda line: "%}" in line)
            if index >= 0:
                self.builder.add("directive", view[at][0], view[index][0], container)
                return index + 1
        return 0

    def _math(self, view: View, at: int, container: Container, content: str) -> int:
        closer = "$$" if content.startswith("$$") else "\\]"
        if len(content.rstrip(" \t")) > 2:
            return self._single("math", view, at, container) if content.rstrip(" \t").endswith(closer) else 0
        index = self.closed(view, at + 1, closer, lambda line: line.rstrip(" \t").endswith(closer))
        if index >= 0:
            self.builder.add("math", view[at][0], view[index][0], container)
            return index + 1
        return 0

    def table(self, view: View, at: int, container: Container) -> int:
        if not self._is_table(view, at):
            return 0
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

    def _is_table(self, view: View, at: int) -> bool:
        if at + 1 >= len(view) or "|" not in self.line(view[at]):
            return False
        rule = self.line(view[at + 1]).strip(" \t")
        return "-" in rule and grammar.TABLE_RULE.match(rule) is not None

    def _row(self, place: tuple[int, int], container: Container) -> None:
        number, offset = place
        segments = []
        for start, end in cells(self.line(place)):
            text = self.builder.text[offset + start : offset + end]
            segments.append(
                self.builder.segment("cell", offset + start, offset + start + trailing_attributes(text), number)
            )
        self.builder.add("row", number, number, container, segments)

    def paragraph(self, view: View, at: int, container: Container, prefix: str, kind: str) -> int:
        """Lines up to the next block; the first line is a paragraph whatever it looks like."""
        index = at + 1
        underlined = False
        while index < len(view):
            content = self.line(view[index]).lstrip(" \t")
            if not content:
                break
            if grammar.SETEXT.match(content) and index == at + 1 and indent_of(self.line(view[index])) < 4:
                underlined = True
                break
            if grammar.interrupts(content) or self._is_table(view, index):
                break
            index += 1
        body = view[at:index]
        if underlined:
            segment = self.builder.paragraph("heading", body, prefix)
            self.builder.add("setext", view[at][0], view[index][0], container, [segment])
            return index + 1
        if kind == "paragraph" and self._defines(view, index):
            for place in body:
                term = self.builder.segment("term", place[1], self.builder.lines.ends[place[0]], place[0])
                self.builder.add("term", place[0], place[0], container, [term])
            return index
        self.builder.add(kind, body[0][0], body[-1][0], container, [self.builder.paragraph(kind, body, prefix)])
        return index

    def _defines(self, view: View, index: int) -> bool:
        """Whether a definition follows at this index, directly or behind one blank line."""
        if index < len(view) and not self.line(view[index]).strip(" \t"):
            index += 1
        return index < len(view) and grammar.DEFINITION.match(self.line(view[index]).lstrip(" ")) is not None

    def html(self, view: View, at: int, container: Container, prefix: str) -> int:
        """Comments, declarations and block elements; inline tags at the head of a line begin a paragraph."""
        content = self.line(view[at]).lstrip(" \t")
        if not grammar.html_block_start(content):
            return 0
        if content.startswith("<!--"):
            return self._comment(view, at, container)
        tag = grammar.HTML_TAG.match(content)
        if tag is None:
            return self._until(view, at, container, "]]>" if content.startswith("<![") else ">")
        name = tag["name"].lower()
        if name in grammar.HTML_VERBATIM and not tag["close"]:
            return self._until(view, at, container, f"</{name}>")
        end = at + 1
        if not (tag["close"] or name in grammar.HTML_VOID):
            end = self._element(view, at, name, content)
        elif tag["close"] and name in self.raw_html:
            del self.raw_html[self.raw_html.index(name) :]
        region = Region(self.builder, view[at:end])
        self.builder.add("html", view[at][0], view[end - 1][0], container, list(texts(region, prefix)))
        return end

    def _comment(self, view: View, at: int, container: Container) -> int:
        line = self.line(view[at])
        index = at
        found = line.find("-->", line.find("<!--") + 4)
        if found < 0:
            index = self.closed(view, at + 1, "-->", lambda line: "-->" in line)
            if index < 0:
                return self._single("comment", view, at, container)
            line = self.line(view[index])
            found = line.find("-->")
        if line[found + 3 :].strip(" \t"):
            return 0 if index == at else self._plain_html(view, at, index + 1, container)
        directive = parse_directive(line.strip(" \t")) if index == at else None
        self.builder.add("directive" if directive else "comment", view[at][0], view[index][0], container)
        if directive:
            self.builder.directive(directive)
        return index + 1

    def _plain_html(self, view: View, at: int, end: int, container: Container) -> int:
        region = Region(self.builder, view[at:end])
        self.builder.add("html", view[at][0], view[end - 1][0], container, list(texts(region, "")))
        return end

    def _until(self, view: View, at: int, container: Container, closer: str) -> int:
        index = max(self.closed(view, at, closer, lambda line: closer in line.lower()), at)
        self.builder.add("html", view[at][0], view[index][0], container)
        return index + 1

    def _element(self, view: View, at: int, name: str, content: str) -> int:
        """Index behind the element's lines: its closing tag, a blank line, or a fence, whichever comes first."""
        if _MARKDOWN_ATTRIBUTE.match(content.split(">", maxsplit=1)[0] + (">" if ">" in content else "")):
            return at + 1
        depth = 0
        opening, closing = re.compile(rf"<{name}\b", re.IGNORECASE), re.compile(rf"</{name}\s*>", re.IGNORECASE)
        for index in range(at, len(view)):
            line = self.line(view[index])
            stripped = line.strip(" \t")
            if not stripped or (index > at and grammar.FENCE.match(stripped)):
                self.raw_html.append(name)
                return index
            depth += len(opening.findall(line)) - len(closing.findall(line))
            if depth <= 0:
                return index + 1
        return len(view)
