"""Blocks of HTML, and comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.pages import grammar
from knooppunt.pages.directives import parse_directive
from knooppunt.pages.flavours import Flavours
from knooppunt.pages.markup import Region, texts

if TYPE_CHECKING:
    from knooppunt.pages.leaves import Container
    from knooppunt.pages.lines import View

_MARKDOWN_ATTRIBUTE = re.compile(r"[^>]*\smarkdown(?:[\s=>/]|$)")


class Elements(Flavours):
    """What begins with `<`."""

    def html(self, view: View, at: int, container: Container, prefix: str) -> int:
        """Comments, declarations and block elements; inline tags at the head of a line begin a paragraph."""
        content = self.line(view[at]).lstrip(" \t")
        if not grammar.html_block_start(content):
            return self.component(view, at, container) if grammar.COMPONENT_START.match(content) else 0
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
        elif tag["close"]:
            self.close(self.raw_html, name)
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
                return self.single("comment", view, at, container)
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
                self.begin(self.raw_html, name)
                return index
            depth += len(opening.findall(line)) - len(closing.findall(line))
            if depth <= 0:
                return index + 1
        return len(view)
