"""HTML out of Markdown made harmless: what is not on the list goes, whatever it is.

The frame in which it is shown runs no scripts and asks nothing of other hosts; this is the second lock on the door.
Links lead nowhere but within the page, pictures come from the sources of the project only.
"""

from __future__ import annotations

import posixpath
import re
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Callable

MARK: Final = "\uf5a1\uf5a2"
"""Stands behind the text of the segment that is to be marked; characters for private use."""
HERE: Final = "knooppunt-here"

_TAGS: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
_VOID: Final = frozenset(["br", "col", "hr", "img", "input", "wbr"])
_SILENT: Final = frozenset(
    [
        "applet",
        "audio",
        "button",
        "canvas",
        "embed",
        "frameset",
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "option",
        "plaintext",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
        "xmp",
    ]
)
"""Tags whose content goes too."""
_BLOCKS: Final = frozenset(
    [
        "blockquote",
        "dd",
        "details",
        "div",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "p",
        "pre",
        "summary",
        "td",
        "th",
    ]
)
_ATTRIBUTES: Final = frozenset(
    ["align", "alt", "class", "colspan", "dir", "id", "lang", "open", "rowspan", "scope", "start", "title", "width"]
)
_WORD: Final = re.compile(r"[\w .:/+-]{0,200}")
_ALIGNED: Final = re.compile(r"\s*text-align:\s*(left|right|center);?\s*")
_PICTURE: Final = re.compile(r"data:image/(?:png|gif|jpeg|webp);base64,[A-Za-z0-9+/=\s]+")
_SCHEME: Final = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:|\s*//|\s*\\")
_FREE: Final = frozenset({"alt", "title"})


def sanitized(html: str, *, folder: str = "", mark: str = "") -> tuple[str, bool]:
    """The HTML that may be shown, and whether the marked segment is in it.

    `folder` is that of the page below docs, by which pictures are found; `mark` is the id that the marked block gets
    as `data-knooppunt`.
    """
    cleaner = _Cleaner(folder, mark)
    cleaner.feed(html)
    cleaner.close()
    return cleaner.result(), cleaner.marked


class _Cleaner(HTMLParser):
    def __init__(self, folder: str, mark: str) -> None:
        super().__init__(convert_charrefs=True)
        self.folder = folder
        self.mark = mark
        self.marked = False
        self.parts: list[str] = []
        self.open: list[tuple[str, int]] = []
        """Tags that are open, with the place of their opening in `parts`."""
        self.silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT and tag not in _VOID:
            self.silent.append(tag)
        if self.silent or tag not in _TAGS:
            return
        here = any(value is not None and MARK in value for _, value in attrs)
        shown = _attributes(tag, attrs, self._picture)
        if shown is None:
            return
        place = len(self.parts)
        self.parts.append(f"<{tag}{shown}>")
        if tag not in _VOID:
            self.open.append((tag, place))
        if here:
            self._mark(place)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)
        elif tag not in _SILENT:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag == self.silent[-1]:
                self.silent.pop()
            return
        if not any(name == tag for name, _ in self.open):
            return
        while self.open:
            name, _ = self.open.pop()
            self.parts.append(f"</{name}>")
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        if MARK in data:
            data = data.replace(MARK, "")
            blocks = [place for name, place in self.open if name in _BLOCKS]
            if blocks:
                self._mark(blocks[-1])
        self.parts.append(escape(data, quote=False))

    def _mark(self, place: int) -> None:
        if not self.mark:
            return
        self.marked = True
        opening = self.parts[place]
        if "data-knooppunt=" in opening:
            return
        if ' class="' in opening:
            opening = opening.replace(' class="', f' class="{HERE} ', 1)
        else:
            opening = f'{opening[:-1]} class="{HERE}">'
        self.parts[place] = f'{opening[:-1]} data-knooppunt="{escape(self.mark)}">'

    def _picture(self, address: str) -> str | None:
        if _PICTURE.fullmatch(address):
            return address
        if _SCHEME.match(address) or not address.strip():
            return None
        path = unquote(address.partition("#")[0].partition("?")[0])
        joined = posixpath.normpath(posixpath.join("/", self.folder, path.replace("\\", "/"))).lstrip("/")
        return f"/asset?path={quote(joined)}"

    def result(self) -> str:
        closing = "".join(f"</{tag}>" for tag, _ in reversed(self.open))
        return "".join(self.parts).replace(MARK, "") + closing


def _attributes(tag: str, attrs: list[tuple[str, str | None]], picture: Callable[[str], str | None]) -> str | None:
    """Attributes as they are written; None for a tag that is left out."""
    found: dict[str, str] = {}
    given = {name: (value or "").replace(MARK, "") for name, value in attrs}
    for name, value in given.items():
        if name in _ATTRIBUTES and (name in _FREE or _WORD.fullmatch(value)):
            found.setdefault(name, value)
        elif name == "style" and (aligned := _ALIGNED.fullmatch(value)):
            found["align"] = aligned[1]
    if tag == "input":
        if given.get("type", "").lower() != "checkbox":
            return None
        found |= {"type": "checkbox", "disabled": ""} | ({"checked": ""} if "checked" in given else {})
    if tag == "a" and "href" in given:
        found |= {"href": given["href"]} if re.fullmatch(r"#[\w.:-]*", given["href"]) else {"data-href": given["href"]}
    if tag == "img":
        source = picture(given.get("src", ""))
        found |= {"src": source} if source is not None else {}
    return "".join(f' {name}="{escape(value)}"' for name, value in found.items())
