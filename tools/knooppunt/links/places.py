"""What a set of sources is made of, as far as links go: its pages with their anchors, its files, its languages.

Built on the index that `knooppunt check` uses, so that both have the same idea of where a link leads.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from markdown.extensions.toc import slugify

from knooppunt.checks import LinkIndex
from knooppunt.checks.link_index import located

if TYPE_CHECKING:
    from collections.abc import Mapping

INDEXES: Final = ("index.md", "README.md")
_COMMON: Final = frozenset(
    {"index", "readme", "overview", "introduction", "intro", "faq", "reference", "setup", "start"}
)
"""Names that tell nothing of a page: another page of such a name is no page that has moved."""


@dataclass(frozen=True)
class Places:
    """Where the links of a set of sources may lead. Paths are relative to the folder of the pages."""

    index: LinkIndex
    locales: Mapping[str, str] = field(default_factory=dict)
    """Language of each page whose folder has one, by path; none where the tree has one language."""
    counterparts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Path of the same article by language and by its path without the language's folder."""
    without: Mapping[str, str] = field(default_factory=dict)
    """Path of each page that is in a language, without the language's folder."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Old path -> path of the page today, from redirects and from the history."""
    mkdocs: bool = False
    """Whether MkDocs makes the site, so that it is known at which address a page is."""
    directories: bool = True
    """Whether a page is at `records/` rather than at `records.html`."""
    site_url: str = ""
    translated: tuple[str, ...] = ()
    """Languages that every page is published in, below a folder of the site that has their name."""

    @cached_property
    def endings(self) -> frozenset[str]:
        """Endings of names that files of the set have, in small letters."""
        return frozenset(posixpath.splitext(path)[1].lower() for path in self.index.files)

    @cached_property
    def folders(self) -> frozenset[str]:
        """Paths of all folders."""
        found: set[str] = set()
        for path in (*self.index.pages, *self.index.files):
            while (path := posixpath.dirname(path)) and path not in found:  # upward from each
                found.add(path)
        return frozenset(found)

    @cached_property
    def folded(self) -> Mapping[str, list[str]]:
        """Paths by what is left of them without case and form of their letters."""
        found: dict[str, list[str]] = {}
        for path in sorted({*self.index.pages, *self.index.files}):
            found.setdefault(fold(path), []).append(path)
        return found

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Page or file by its address on the site, without the leading slash; empty where that is not known."""
        if not self.mkdocs:
            return {}
        found = {address(path, self.directories): path for path in self.index.pages}
        return {**{path: path for path in self.index.files}, **found}

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted({*self.index.pages, *self.index.files}):
            found.setdefault(name_of(path), []).append(path)
        return found

    def elsewhere(self, page: str, path: str) -> str | None:
        """The article in another language, where a link from a page in a language leads to one that is not there.

        The language of the page has no such article, and another one has.
        """
        own = self.locales.get(page, "")
        parts = path.split("/")
        for at in range(len(parts) - 1):
            if own and parts[at] == own:
                name = "/".join([*parts[:at], *parts[at + 1 :]])
                found = [self.counterparts[code, name] for code in self._codes if (code, name) in self.counterparts]
                if found:
                    return found[0]
        return None

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(sorted({code for code, _ in self.counterparts}))

    def same_name(self, path: str, beside: str) -> str | None:
        """The one page or file of the name that this path has, in the language of the page `beside`; else None."""
        name = name_of(path)
        if not name or posixpath.splitext(name)[0].lower() in _COMMON:
            return None
        lang = self.locales.get(beside, "")
        found = [item for item in self._by_name.get(name, []) if self.locales.get(item, "") in {lang, ""} or not lang]
        return found[0] if len(found) == 1 else None


def name_of(path: str) -> str:
    """What a page or file is known by: its file name, or that of its folder where it is an index."""
    path = path.rstrip("/")
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] + ".md" if name in INDEXES and folder else name


def address(path: str, directories: bool) -> str:
    """The address of a page on a MkDocs site, not quoted: `a/b/` for `a/b.md`, `a/b/index.md` and `a/b/README.md`."""
    folder, _, file = path.rpartition("/")
    lead = f"{folder}/" if folder else ""
    stem = file.removesuffix(".md")
    if stem in {"index", "README"}:
        return lead if directories else f"{lead}index.html"
    return f"{lead}{stem}/" if directories else f"{lead}{stem}.html"


def fold(text: str) -> str:
    """A path or fragment without the case and the form of its letters."""
    return unicodedata.normalize("NFC", text).casefold()


_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SEPARATORS = re.compile(r"[-_\s]+")


def folded_anchor(fragment: str) -> str:
    """What is left of an anchor without what slug makers differ in: case, accents' form, signs, separators."""
    return _SEPARATORS.sub("", slugify(printable(unquote(unquote(fragment))), "-")).casefold()


def relative(target: str, own: str) -> str:
    """A path as it is written in the page `own`; both are relative to the folder of the pages."""
    return _quoted(posixpath.relpath(target, posixpath.dirname(own) or "."))


def _quoted(path: str) -> str:
    """A path with the signs quoted that would end a target in Markdown."""
    return re.sub(r"[ ()<>\"'\[\]#?%]", lambda found: quote(found[0]), path)


def on_site(own: str, url: str, directories: bool) -> tuple[str, str] | None:
    """Path and fragment on the site that a URL of raw HTML leads to, as seen from the address of a page."""
    base = address(own, directories)
    return located(base if not base.endswith("/") else f"{base}index.html", url) if base else located("index.html", url)


def bytes_of(url: str) -> bytes:
    """The bytes that a URL stands for; what was no UTF-8 in its file stays the bytes that it was."""
    try:
        return unquote_to_bytes(url.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # half a surrogate pair, as JSON can say it
        return unquote_to_bytes(url.encode("utf-8", "replace"))


def printable(text: str) -> str:
    r"""A text that can be written: bytes that are no UTF-8 as `%E9`, half a surrogate pair as `?`.

    >>> printable("caf\udce9.html")
    'caf%E9.html'
    """
    if not _SURROGATE.search(text):
        return text
    return _SURROGATE.sub(_sign, text)


def _sign(found: re.Match[str]) -> str:
    byte = ord(found[0]) - 0xDC00
    return f"%{byte:02X}" if 0x80 <= byte <= 0xFF else "?"


def split(url: str) -> tuple[str, str]:
    """A URL without what follows the path, and that: `?query#fragment`."""
    found = re.search(r"[?#]", url)
    return (url[: found.start()], url[found.start() :]) if found else (url, "")


def parts_of(url: str) -> tuple[str, str, str] | None:
    """Host in small letters, unquoted path and fragment of a full address; None where it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.netloc.lower(), unquote(parts.path), unquote(parts.fragment)) if parts.netloc else None
