"""What a reader's browser gets of a page.

Python-Markdown, with the extensions that Material for MkDocs documents, is what our own site and most of the corpora
are written for. CommonMark with tables, read by markdown-it-py, is near to what docfx, Docusaurus and Hugo read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, Final

import markdown
from markdown_it import MarkdownIt
from material.extensions.emoji import to_svg, twemoji  # type: ignore[import-untyped]  # Material has no types
from mkdocs.utils.meta import get_data
from pymdownx.superfences import fence_code_format  # type: ignore[import-untyped]  # pymdownx has no types

from fidelity.pseudo import ACCENT, plain

EXTENSIONS: Final[dict[str, dict[str, Any]]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": True, "permalink_title": ""},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.betterem": {"smart_enable": "all"},
    "pymdownx.blocks.admonition": {},
    "pymdownx.blocks.caption": {},
    "pymdownx.blocks.definition": {},
    "pymdownx.blocks.details": {},
    "pymdownx.blocks.html": {},
    "pymdownx.blocks.tab": {"alternate_style": True},
    "pymdownx.caret": {},
    "pymdownx.critic": {},
    "pymdownx.details": {},
    "pymdownx.emoji": {"emoji_index": twemoji, "emoji_generator": to_svg},
    "pymdownx.highlight": {"anchor_linenums": True, "use_pygments": True},
    "pymdownx.inlinehilite": {},
    "pymdownx.keys": {},
    "pymdownx.magiclink": {},
    "pymdownx.mark": {},
    "pymdownx.smartsymbols": {},
    "pymdownx.snippets": {"check_paths": False},
    "pymdownx.superfences": {"custom_fences": [{"name": "mermaid", "class": "mermaid", "format": fence_code_format}]},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
    "pymdownx.tilde": {},
}
TEXT_ATTRIBUTES: Final = frozenset({"alt", "title", "aria-label", "placeholder"})
"""Attributes that people read or hear."""
VERBATIM: Final = frozenset({"code", "pre", "script", "style", "svg", "textarea", "math"})
"""Elements whose text is no prose."""
_MATH = "arithmatex"
_VOID: Final = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905 - reads as in HTML
)
_ID = re.compile(r" *\{:?[^{}<>\n]*\}(?=</h[1-6]>)")
_BEFORE_BREAK = re.compile(r"\s+(?=<br\b)")
"""Space at the end of a line, which no browser shows."""
_TAB = re.compile(r'<(h[1-6]) id="[^"]*">(<a href="#tab/[^<>]*>.*?</a>)<a class="headerlink"[^<>]*>.*?</a></\1>')
"""A tab of docfx, which is written as a heading and is none there: it bears no id, and nothing leads to one."""
_ITEM = re.compile(r'<(h[1-6]) id="[^"]*">([-*+] .*?)<a class="headerlink"[^<>]*>.*?</a></\1>')
"""The last item of a list that a rule follows, which Python-Markdown takes for a heading: CommonMark does not, so an id
cannot be written there without being read as text."""
_ID_LINE = re.compile(r" \{#[^{}\n]*\}$", re.MULTILINE)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Node:
    """A tag with its attributes, or a text, as it came out."""

    kind: str
    """`start`, `end`, `text`, `other`."""
    value: str
    attributes: tuple[tuple[str, str], ...] = ()
    verbatim: bool = False
    """Whether the text is code, script, math or such."""
    parent: str = ""


class Renderer:
    """Makes HTML out of pages, one after the other."""

    def __init__(self) -> None:
        self._markdown = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)
        self._commonmark = MarkdownIt("commonmark").enable(["table", "strikethrough"])

    def nodes(self, body: str) -> list[Node]:
        """What MkDocs with Material shows of a page without its front matter."""
        self._markdown.reset()
        return _read(self._markdown.convert(body))

    def commonmark(self, body: str) -> list[Node]:
        """What a reader of CommonMark shows; the ids of headings, which it takes for text, are taken away."""
        return _read(_ID.sub("", self._commonmark.render(body)))


def _read(html: str) -> list[Node]:
    reader = _Reader()
    html = _BEFORE_BREAK.sub("", html)
    for pattern in (_TAB, _ITEM):
        html = pattern.sub(r"<\1>\2</\1>", html)
    reader.feed(html)
    reader.close()
    return reader.finished()


def front_matter(text: str) -> tuple[str, dict[str, Any]]:
    """Body and front matter of a page, as MkDocs separates them."""
    body, values = get_data(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    return body, dict(values)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._nodes: list[Node] = []
        self._open: list[tuple[str, bool]] = []
        self._text: list[str] = []

    def finished(self) -> list[Node]:
        self._flush()
        return self._nodes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._flush()
        values = tuple((key, value or "") for key, value in attrs)
        verbatim = self._verbatim()
        self._nodes.append(Node("start", tag, values, verbatim, self._parent()))
        if tag not in _VOID:
            is_math = _MATH in dict(values).get("class", "").split()
            self._open.append((tag, verbatim or tag in VERBATIM or is_math))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        self._flush()
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                break
        self._nodes.append(Node("end", tag))

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_comment(self, data: str) -> None:
        self._other(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._other(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self._other(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self._other(f"<![{data}]>")

    def _other(self, value: str) -> None:
        self._flush()
        self._nodes.append(Node("other", value))

    def _flush(self) -> None:
        if self._text:
            self._nodes.append(Node("text", "".join(self._text), (), self._verbatim(), self._parent()))
            self._text.clear()

    def _verbatim(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _parent(self) -> str:
        return self._open[-1][0] if self._open else ""


def difference(source: list[Node], translated: list[Node]) -> str:
    """The first place at which two renderings differ in more than the accents on their words; empty where none.

    White space in code counts, unless the code was translated: then CommonMark has to show it as prose, which is looked
    at apart, and the ids of its headings stand there as they are written. An accent in an attribute for programs is a
    difference.
    """
    for one, other in zip(source, translated, strict=False):
        before, after = (
            _compared(one, exact=ACCENT not in other.value),
            _compared(other, exact=ACCENT not in other.value),
        )
        if before != after:
            first, second = str(before), str(after)
            at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
            return f"{first[max(at - 60, 0) : at + 60]} -> {second[max(at - 60, 0) : at + 60]}"
    if len(source) != len(translated):
        return f"{len(source)} nodes -> {len(translated)} nodes"
    return ""


def _compared(node: Node, *, exact: bool) -> tuple[str, ...]:
    if node.kind == "text":
        value = plain(node.value)
        return ("text", value if node.verbatim and exact else _SPACE.sub(" ", _ID_LINE.sub("", value)))
    values = (f"{key}={plain(value) if key in TEXT_ATTRIBUTES else value}" for key, value in node.attributes)
    return (node.kind, node.value, *values)


def accented_code(nodes: list[Node]) -> set[str]:
    """Lines of code, scripts and the like with an accent in them."""
    return {
        line.strip()
        for node in nodes
        if node.kind == "text" and node.verbatim and ACCENT in node.value
        for line in node.value.split("\n")
        if ACCENT in line
    }
