"""Blocks of docfx, Docusaurus, Hugo and of the plugins of Python-Markdown: lines of syntax, with a text in some."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.pages import grammar
from knooppunt.pages.attributes import attribute_texts, shortcode_texts
from knooppunt.pages.leaves import Leaves
from knooppunt.pages.lines import View, indent_of

if TYPE_CHECKING:
    from knooppunt.model import Segment
    from knooppunt.pages.leaves import Container

_COLONS = re.compile(r":{3,}[ \t]*(?:\{(?P<braced>[\w-]+)\}|(?P<name>[\w-]+)(?![\w.]))?(?P<rest>[^\r\n]*)")
_CALLOUTS: Final = frozenset(
    {"abstract", "attention", "bug", "caution", "danger", "details", "error", "example", "hint", "important", "info"}
    | {"note", "question", "quote", "success", "tip", "warning"}
)
_TITLED: Final = _CALLOUTS | {"card", "dropdown", "secondary", "seealso", "tab-item"}
"""Containers that show what stands behind their name: `:::note[Title]`, `::: tip Title`, `:::{card} Title`."""
_OPTION = re.compile(r"[ \t]*(?:\{|[\w-]+=)")
_UNTITLED: Final = frozenset(["caption", "define", "figure-caption", "html", "table-caption"])
"""Blocks of pymdownx whose argument is no title."""
_NAMED: Final = _CALLOUTS | {"check", "failure"}
"""Blocks of pymdownx that show their name where they have no title."""


_LONGEST_TAG: Final = 40
"""Lines of a tag; what goes on for longer is no tag but a text that begins with `<`."""


class Flavours(Leaves):
    """What begins with three colons, three slashes, a brace, or a word of JavaScript."""

    def directive(self, view: View, at: int, container: Container) -> int:
        """docfx, Docusaurus, MyST and mkdocstrings lines that begin with three colons."""
        number, offset = view[at]
        line = self.line(view[at])
        content = line.lstrip(" \t")
        found = _COLONS.match(content)
        if found is None:
            return 0
        end = at + 1
        start = offset + len(line) - len(content)
        if (found["braced"] or found["name"] or "").lower() in _TITLED:
            self.builder.add("directive", number, number, container, [self._title(found, start, number)])
            return end
        name = found["name"] or ""
        if name == "row":  # docfx: what is indented in its columns is no code
            self.begin(self.components, ":::row")
        elif name == "row-end":
            self.close(self.components, ":::row")
        if re.match(r":::[ \t]+[\w.]+[ \t]*$", content):  # mkdocstrings: its options are indented YAML
            while end < len(view) and indent_of(self.line(view[end])) >= 4:
                end += 1
        self.builder.add("directive", number, view[end - 1][0], container, self._attributes(content, start, number))
        return end

    def _title(self, found: re.Match[str], start: int, number: int) -> Segment | None:
        rest = found["rest"]
        at = found.start("rest")
        if rest.startswith("["):
            depth = 0
            for index, sign in enumerate(rest):
                depth += (sign == "[") - (sign == "]")
                if depth == 0:
                    return self.builder.segment("title", start + at + 1, start + at + index, number)
            return None
        if _OPTION.match(rest):
            return next(iter(self._attributes(found[0], start, number)), None)
        return self.builder.segment("title", start + at, start + found.end(), number)

    def _attributes(self, content: str, start: int, number: int) -> list[Segment | None]:
        return [self.builder.segment("alt", start + a, start + b, number) for a, b in attribute_texts(content)]

    def slashes(self, view: View, at: int, container: Container) -> int:
        """`/// note | Title` and `///`; without a title readers see the name of the block."""
        number, offset = view[at]
        line = self.line(view[at])
        lead = len(line) - len(line.lstrip(" \t"))
        found = grammar.CAPTION_BLOCK.match(line, lead)
        if found is None:
            return 0
        name = (found["name"] or "").lower()
        title = None
        if found["title"] and name not in _UNTITLED:
            title = self.builder.segment("title", offset + found.start("title"), offset + found.end("title"), number)
        elif name in _NAMED and not found["title"]:
            start, end = found.span("name")
            title = self.builder.implied("title", name.title(), offset + start, offset + end, number)
        self.builder.add("marker", number, number, container, [title])
        return at + 1

    def brace(self, view: View, at: int, container: Container) -> int:
        """Macros, shortcodes, attribute lists, comments and expressions of MDX, on lines of their own."""
        content = self.line(view[at]).lstrip(" \t")
        code = grammar.CODE_SHORTCODE.match(content)
        if code:
            return self._code(view, at, container, code)
        if grammar.ATTRIBUTES.match(content) or grammar.MACRO.match(content):
            return self._shortcode(view, at, at, container)
        if not container and grammar.EXPRESSION.match(content):
            return self.single("directive", view, at, container)
        closer = ""
        if grammar.OPEN_MACRO.match(content):
            closer = {"{%": "%}", "{{": "}}", "{/": "*/"}[content[:2]]
        elif content.rstrip(" \t") == "{" and not container:
            closer = "}"
        if closer:
            index = self.closed(view, at + 1, closer, lambda line: closer in line if closer != "}" else line == "}")
            if index >= 0:
                return self._shortcode(view, at, index, container)
        return 0

    def _code(self, view: View, at: int, container: Container, code: re.Match[str]) -> int:
        """A shortcode that encloses code, up to its closing one; without one it is a macro like any other."""
        name = code["name"]
        closer = f"end{name}" if code["sign"][0] == "%" else f"/{name}"
        pattern = re.compile(rf"\{{[{{%<]+-?[ \t]*(?:/[ \t]*|end){re.escape(name)}\b")
        index = self.closed(view, at, closer, lambda line: pattern.search(line) is not None)
        if index < 0:
            return self._shortcode(view, at, at, container)
        self.builder.add("fence", view[at][0], view[index][0], container)
        return index + 1

    def _shortcode(self, view: View, first: int, last: int, container: Container) -> int:
        segments = [
            self.builder.segment("alt", place[1] + start, place[1] + end, place[0])
            for place in view[first : last + 1]
            if self.line(view[first]).lstrip(" \t").startswith(("{{<", "{{%"))
            for start, end in shortcode_texts(self.line(place))
        ]
        self.builder.add("directive", view[first][0], view[last][0], container, segments)
        return last + 1

    def module(self, view: View, at: int, container: Container) -> int:
        """`import` and `export` of MDX: what is open at the end of a line goes on, at most to a blank line."""
        if container or grammar.MODULE.match(self.line(view[at])) is None:
            return 0
        depth = 0
        index = at
        while index < len(view):
            line = self.line(view[index])
            if not line.strip(" \t"):
                break
            depth += sum(map(line.count, "{[(")) - sum(map(line.count, ")]}"))
            index += 1
            if depth <= 0:
                break
        self.builder.add("directive", view[at][0], view[index - 1][0], container)
        return index

    def component(self, view: View, at: int, container: Container) -> int:
        """Tags of components of MDX on lines of their own, with the text between two of them."""
        end = at
        parts: list[str] = []
        while end < len(view) and end - at < _LONGEST_TAG and (line := self.line(view[end])).strip(" \t"):
            parts.append(line)
            end += 1
            if ">" in line and (taken := self._tags("\n".join(parts))) is not None:
                break
        else:
            return 0
        segments: list[Segment | None] = []
        for index, line in enumerate(parts):
            number, offset = view[at + index]
            segments += self._attributes(line, offset, number)
        text = taken[1]
        if text is not None:
            number, offset = view[end - 1]
            place = offset + len(parts[-1]) - len("\n".join(parts)) + text[0]
            segments.append(self.builder.segment("html", place, place + text[1] - text[0], number))
        for name in taken[0]:
            if name.startswith("/"):
                self.close(self.components, name[1:])
            else:
                self.begin(self.components, name)
        self.builder.add("html", view[at][0], view[end - 1][0], container, segments)
        return end

    def _tags(self, text: str) -> tuple[list[str], tuple[int, int] | None] | None:
        """Names of the tags that a text is made of, `/` before a closing one, and the range of the text between.

        None where it is more than tags of components and one text between the first ones and the last.
        """
        at = _behind_space(text, 0)
        names: list[str] = []
        between: tuple[int, int] | None = None
        while at < len(text):
            tag = grammar.COMPONENT.match(text, at)
            if tag is None:
                end = text.find("</", at)
                closing = grammar.COMPONENT.match(text, end) if end >= 0 else None
                if between or not names or closing is None or closing["close"] != names[-1] or "\n" in text[at:end]:
                    return None
                between = (at, end)
                at = end
                continue
            if tag[0].startswith("</"):
                names.append(f"/{tag['close'] or ''}")
            elif not tag["end"]:
                names.append(tag["name"] or "")
            at = _behind_space(text, tag.end())
        return names, between


def _behind_space(text: str, at: int) -> int:
    while text.startswith((" ", "\t"), at):
        at += 1
    return at
