"""Where links of pages may lead: pages with their anchors, and other files."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from markdown.extensions.toc import slugify

from knooppunt.pages import heading_ids, plain_text, records_directives
from knooppunt.repair import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from knooppunt.model import Block, Page
    from knooppunt.repair import Link

NOT_TEXT: Final = frozenset({"fence", "code", "comment", "directive", "front-matter", "blank", "math", "rule"})
"""Kinds of blocks whose characters are no inline Markdown."""

MOST_NEAR: Final = 200
"""Neighbours that a path is compared with."""

MADE_ANCHORS: Final = ("__", "tab/", "/", ":~:", "!", "fnref:")
"""Beginnings of anchors that themes and scripts make."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DEFINITION = re.compile(r"\[(?!\^)((?:[^\[\]\\]|\\.)+)\]:[ \t]*(?:\r?\n[ \t>]*)?(<[^<>\n]*>|\S+)?")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")
"""What Python-Markdown and CommonMark both read as the sign alone."""
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_ID = re.compile(r"#([\w.:-]+)")
_TAG_ID = re.compile(r"<[^<>]*?\b(?:id|name)=[\"']?([^\"'\s<>]+)")
_FOOTNOTE_ID = re.compile(r"^[ \t]*\[\^([^\]\s]+)\]:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Target:
    """A place that a page links to."""

    start: int
    """Of the link in the page."""
    end: int
    url: str
    path: str
    """Relative to the pages' folder, empty for the page itself."""
    fragment: str


@dataclass(frozen=True)
class LinkIndex:
    """All places of a site, by paths relative to the folder of its pages."""

    pages: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Path of each page -> its anchors."""
    files: Set[str] = frozenset()
    """Paths of all other files."""
    root: str = ""
    """What the paths of pages begin with that is not part of the index: `docs`."""

    def own_path(self, page: Page) -> str:
        """The page's path in the index."""
        return page.path.removeprefix(f"{self.root}/") if self.root else page.path

    def resolve(self, path: str) -> str | None:
        """The page or file that a path leads to, also one written as a folder; None where there is none."""
        if path in self.pages or path in self.files:
            return path
        folder = path.rstrip("/")
        if path.endswith("/") or path == "":
            for page in (posixpath.join(folder, "index.md"), posixpath.join(folder, "README.md"), f"{folder}.md"):
                if page in self.pages:
                    return page
        return None

    def lacks(self, path: str, fragment: str) -> bool:
        """Whether a page has no such anchor; False for what is no page, and for anchors of themes and scripts."""
        if not fragment or fragment.startswith(MADE_ANCHORS) or path not in self.pages:
            return False
        return fragment not in self.pages[path]

    def near_anchor(self, path: str, fragment: str) -> str | None:
        """The anchor of a page that is most like this one; None where none is."""
        return next(iter(get_close_matches(fragment, sorted(self.pages[path]), n=1, cutoff=0.6)), None)

    def near(self, path: str) -> str | None:
        """A page or file whose path is like this one: of the same name, or spelled nearly so in the same folder.

        Only folders of that name's neighbours are looked into, so a site of ten thousand pages costs no more than one
        of ten.
        """
        name = path.rstrip("/").rsplit("/", maxsplit=1)[-1]
        same = self._by_name.get(name, []) if name != "index.md" else []
        if same:
            return same[0]
        folder = posixpath.dirname(path.rstrip("/"))
        around = [*self._by_folder.get(folder, [])[:MOST_NEAR], *self._by_folder.get(path.rstrip("/"), [])[:MOST_NEAR]]
        if not around:  # a folder that is spelled wrong
            parent = posixpath.dirname(folder)
            folders = get_close_matches(
                folder, [name for name in self._by_folder if name.startswith(parent)][:MOST_NEAR]
            )
            around = [found for name in folders for found in self._by_folder[name][:MOST_NEAR]]
        return next(iter(get_close_matches(path, around, n=1, cutoff=0.8)), None)

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        """Paths of pages and files by their last part, sorted."""
        found: dict[str, list[str]] = {}
        for path in sorted({*self.pages, *self.files}):
            found.setdefault(path.rsplit("/", maxsplit=1)[-1], []).append(path)
        return found

    @cached_property
    def _by_folder(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted({*self.pages, *self.files}):
            found.setdefault(posixpath.dirname(path), []).append(path)
        return found


def page_links(page: Page) -> Iterator[tuple[Link, int]]:
    """Links, images and what looks like them in the text of a page, each with the offset of its block."""
    for block in page.blocks:
        if block.kind not in NOT_TEXT and "[" in page.text[block.start : block.end]:
            for link in mask(page.text[block.start : block.end]).links:
                yield link, block.start


def definitions(page: Page) -> dict[str, tuple[str, Block]]:
    """Label of each reference definition, as it is compared -> URL and block; the last of a label, as it is read."""
    found: dict[str, tuple[str, Block]] = {}
    for block in page.blocks:
        if block.kind == "reference":
            match = _DEFINITION.search(page.text, block.start, block.end)
            if match:
                url = (match[2] or "").removeprefix("<").removesuffix(">")
                found[label_key(match[1])] = (url, block)
    return found


def unescaped(target: str) -> str:
    r"""The target of an inline link without the backslashes before signs.

    >>> unescaped(r"my\_page.md")
    'my_page.md'
    """
    return _ESCAPED.sub(r"\1", target) if "\\" in target else target


def label_key(label: str) -> str:
    """A label as it is compared: case and white space do not count."""
    return " ".join(label.casefold().replace("\n>", " ").split())


def targets(page: Page, site: LinkIndex) -> Iterator[Target]:
    """Relative links of a page and of its reference definitions, resolved to paths of the index."""
    own = site.own_path(page)
    for link, offset in page_links(page):
        if link.form == "inline":
            yield from _target(own, unescaped(link.target), offset + link.start, offset + link.end)
    for url, block in definitions(page).values():
        yield from _target(own, url, block.start, block.end)


def _target(own: str, url: str, start: int, end: int) -> Iterator[Target]:
    place = located(own, url)
    if place is not None:
        yield Target(start, end, url, *place)


def located(own: str, url: str) -> tuple[str, str] | None:
    """Path and fragment that a relative URL leads to from the page `own`; the path is empty for the page itself.

    None for one that leads out of the pages or is made by a macro.

    >>> located("guide/start.md", "../other.md#top")
    ('other.md', 'top')
    """
    if not url or url.startswith(("/", "~", "@", "\\")) or _SCHEME.match(url) or "{{" in url or "{%" in url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # `http://[` and the like
        return None
    path = unquote(parts.path)
    if path:
        folder = posixpath.dirname(own)
        joined = posixpath.normpath(posixpath.join(folder, path))
        joined = "" if joined == "." else joined
        path = joined + "/" if path.endswith(("/", "/.", "/..")) or path in {".", ".."} else joined
    return path, unquote(parts.fragment)


def page_anchors(page: Page, records: Iterable[str] = ()) -> frozenset[str]:
    """Anchors of a page: ids of headings and tabs, explicit ids, footnotes and records.

    `records` are the ids of the records that the page shows through a filter; those that it names are found here.
    """
    headings = heading_ids(page)
    found = {*headings.values(), *records}
    above = ""
    for number, block in enumerate(page.blocks):
        above = headings.get(number, above)
        if block.kind == "tab" and block.segments:
            tab = slugify(plain_text(block.segments[0].msgid), "-")
            found.update({tab, f"{above}-{tab}"})
        if block.kind in {"fence", "code", "front-matter", "math"}:
            continue
        text = page.text[block.start : block.end]
        for attributes in _ATTRIBUTES.finditer(text):
            found.update(match[1] for match in _ID.finditer(attributes[0]))
        found.update(match[1] for match in _TAG_ID.finditer(text))
        found.update(f"fn:{match[1]}" for match in _FOOTNOTE_ID.finditer(text))
    for directive in records_directives(page):
        found.update(directive.filters.get("id", ()))
    return frozenset(found)
