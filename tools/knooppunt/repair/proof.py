"""Proof that a change of a Markdown text changes words and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

import markdown

from knooppunt.repair.text import mask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.model import Edit

EXTENSIONS: Final = (
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables"),
    *("pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite"),
    *("pymdownx.keys", "pymdownx.mark", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
    "pymdownx.tilde",
)
"""What MkDocs Material recommends, as far as it changes structure and reads no files."""

_CONFIGS: Final = {"pymdownx.tabbed": {"alternate_style": True}, "pymdownx.highlight": {"use_pygments": False}}
_EXACT: Final = frozenset({"code", "pre", "script", "style", "kbd", "math", "textarea"})
_WORDS_IN: Final = frozenset({"alt", "title", "aria-label"})
_EMPHASIS: Final = frozenset({"strong", "em"})
_SPACED_STARS = re.compile(r"[\s*]+")


def prove(before: str, after: str, edits: Sequence[Edit]) -> str | None:
    """Why a change must be refused; None where it is harmless.

    Protected ranges are untouched and the same, and the rendered page has the same tags, attributes and code; only
    the words of its texts may differ. One exception: an edit that moves only spaces may make emphasis out of
    asterisks that readers saw before.
    """
    mask_before = mask(before)
    for edit in edits:
        if not mask_before.free(edit.start, edit.end):
            return f"'{before[edit.start : edit.end] or before[edit.start : edit.start + 10]}' is protected"
    kept = [(span.kind, span.value) for span in mask_before.spans if span.kind != "escape"]
    if kept != [(span.kind, span.value) for span in mask(after).spans if span.kind != "escape"]:
        return "code, links or other protected parts differ"
    old, new = skeleton(before), skeleton(after)
    if old == new:
        return None
    only_spaces = all(
        _SPACED_STARS.sub("", before[edit.start : edit.end]) == _SPACED_STARS.sub("", edit.new)
        and before[edit.start : edit.end].count("*") == edit.new.count("*")
        for edit in edits
    )
    if only_spaces and _without_emphasis(old) == _without_emphasis(new):
        return None
    return "the rendered page differs in more than its words"


@lru_cache(maxsize=64)
def skeleton(text: str) -> tuple[str, ...]:
    """The rendered HTML of a Markdown text without its words: tags with attributes, code, and `text` for words."""
    reader = markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=_CONFIGS)
    parser = _Skeleton()
    parser.feed(reader.convert(_body(text)))
    parser.close()
    return tuple(parser.parts)


def _body(text: str) -> str:
    if not text.startswith("---"):
        return text
    return re.sub(r"\A---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?$", "", text, count=1, flags=re.DOTALL | re.MULTILINE)


def _without_emphasis(parts: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    for part in parts:
        if part.strip("</>") not in _EMPHASIS and not (part == "text" and found and found[-1] == "text"):
            found.append(part)
    return tuple(found)


class _Skeleton(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.exact: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = [f'{name}="{"" if name in _WORDS_IN else value}"' for name, value in attrs]
        self.parts.append(" ".join([f"<{tag}", *shown]) + ">")
        if tag in _EXACT:
            self.exact.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        exact = list(self.exact)
        self.handle_starttag(tag, attrs)
        self.exact = exact

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")
        if self.exact and self.exact[-1] == tag:
            self.exact.pop()

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")

    def handle_data(self, data: str) -> None:
        if self.exact:
            self.parts.append(data)
        elif data.strip() and self.parts[-1:] != ["text"]:
            self.parts.append("text")
