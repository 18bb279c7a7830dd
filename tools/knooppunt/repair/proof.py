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
    from knooppunt.repair.text import Mask

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
_LETTERS = re.compile(r"[^\W\d_ ]*(?: [^\W\d_ ]+)* ?")
_SPECIAL = re.compile(
    r"<(?:code|pre|script|style|kbd|math|textarea)\b|<[!?]|\r(?!\n)|[\x02\x03\x0b\x0c\x1c-\x1f\x85\u2028\u2029]",
    re.IGNORECASE,
)
"""What makes one letter differ from another, or a line end where others see none, anywhere in a page."""
_SIGN = re.compile(r"[<`]|(?<=\])[(\[]")
_FENCE = re.compile(
    r"^(?P<lead>[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*)(?P<mark>`{3,}|~{3,})(?P<info>[^\n]*)$", re.MULTILINE
)
_INFO = re.compile(r"[ \t]*[\w.+#-]*[ \t]*\r?")
_PLAIN_LINE = re.compile(r"(?![ >*+0-9.)-]*(?:[ ]{4}|[\t\[:!?=&]))(?![^\n]*\+\+)[^&~^\n]*")
"""A line that is in no block of indented code, is no definition and no head of an admonition or tab, and has no
sign that tells whether a space follows."""
_SPACED_STARS = re.compile(r"[\s*]+")


def prove(before: str, after: str, edits: Sequence[Edit]) -> str | None:
    """Why a change must be refused; None where it is harmless.

    Protected ranges are untouched and the same, and the rendered page has the same tags, attributes and code; only
    the words of its texts may differ. One exception: an edit that moves only spaces may make emphasis out of
    asterisks that readers saw before. Where every edit only replaces letters between letters in plain text, the page
    need not be rendered to know this (see `plain`).
    """
    mask_before = mask(before)
    for edit in edits:
        if not mask_before.free(edit.start, edit.end):
            return f"'{before[edit.start : edit.end] or before[edit.start : edit.start + 10]}' is protected"
    kept = [(span.kind, span.value) for span in mask_before.spans if span.kind != "escape"]
    if kept != [(span.kind, span.value) for span in mask(after).spans if span.kind != "escape"]:
        return "code, links or other protected parts differ"
    if plain(mask_before, edits):
        return None
    return rendered(before, after, edits)


def rendered(before: str, after: str, edits: Sequence[Edit]) -> str | None:
    """Why a change must be refused by what readers see; None where the pages differ in words only."""
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


def plain(protected: Mask, edits: Sequence[Edit]) -> bool:
    """Whether edits of free ranges put letters and spaces in the place of letters and spaces, in text without markup.

    No rule of Markdown, nor of the extensions above, tells one letter from another, but in what is looked for here: in
    tags and comments, code and its fences, entities, abbreviations, definitions, and the heads of admonitions and tabs.
    So a page that has none of them where it matters renders to the same tags. Whoever doubts an edit renders the page.
    """
    fences = plain_page(protected)
    return fences is not None and all(plain_edit(protected.text, edit, fences) for edit in edits)


def plain_page(protected: Mask) -> list[tuple[int, int]] | None:
    """Ranges of the blocks of code of a page on whose markup every reader of Markdown agrees; None for any other."""
    text = protected.text
    if _SPECIAL.search(text) or ("*[" in text and ("]:" in text or "] :" in text)):  # perhaps an abbreviation
        return None
    fences = _fences(text)
    return None if fences is None or _open_sign(protected, fences) else fences


def plain_edit(text: str, edit: Edit, fences: Sequence[tuple[int, int]]) -> bool:
    """Whether an edit of such a page replaces letters and spaces between letters, on a line of plain text."""
    start, end, new = edit.start, edit.end, edit.new
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    if not (start > 0 and end < len(text) and text[start - 1].isalpha() and text[end].isalpha()):
        return False
    if not (_LETTERS.fullmatch(text, start, end) and _LETTERS.fullmatch(new)):
        return False
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    if not _PLAIN_LINE.fullmatch(text, line, stop if stop >= 0 else len(text)):
        return False
    return not any(first <= start <= last for first, last in fences)


def _open_sign(protected: Mask, fences: list[tuple[int, int]]) -> bool:
    """Whether there is a `<`, a backtick or the target of a link that is no part of a fence, code, tag or link here.

    Another reader of Markdown may see a tag or code in it.
    """
    spans = [(span.start, span.end) for span in protected.spans if span.kind != "escape" and "\n" not in span.value]
    closed = iter(sorted([*spans, *fences]))
    start, end = 0, 0
    for found in _SIGN.finditer(protected.text):
        while end <= found.start():
            start, end = next(closed, (len(protected.text), len(protected.text) + 1))
        if found.start() < start:
            return True
    return False


def _fences(text: str) -> list[tuple[int, int]] | None:
    """Ranges of the blocks of code; None where not every reader of Markdown would see the same ones."""
    found: list[tuple[int, int]] = []
    opening: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opening is None:
            if not _INFO.fullmatch(fence["info"]):
                return None
            opening = fence
        elif fence["mark"] != opening["mark"] or fence["lead"] != opening["lead"] or fence["info"].strip():
            return None
        else:
            found.append((opening.start(), fence.end()))
            opening = None
    return None if opening is not None else found


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
