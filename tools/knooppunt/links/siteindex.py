"""Where the addresses of a built site lead: after the URL standard, as a server of plain files answers.

Text in, verdicts out; what is on disk is read elsewhere.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from knooppunt.links.places import bytes_of, fold, folded_anchor

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from knooppunt.links.model import SitePage

MOST_HOPS: Final = 10
"""Stubs in a row after which nobody follows them; browsers follow 20."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DROPPED = re.compile(r"[\t\n\r]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads."""

    path: str = ""
    """File of the site, or the path that is not there."""
    fragment: str = ""
    """As it is written, without `#`."""
    fault: str = ""
    """What is wrong: `missing`, `case`, `encoding`, `twice`, `outside`, `local`, `loop`, `broken-address`; empty where
    nothing is."""
    right: str = ""
    """The file that is meant, where the fault shows it."""
    skipped: bool = False
    """Whether the address is none of the site's, or of a scheme that is not looked at."""
    external: bool = False
    hops: tuple[str, ...] = ()
    """Stubs that sent the reader on, in their order."""


@dataclass(frozen=True)
class SiteIndex:
    """The files of a site, and what its pages say."""

    files: Set[str]
    pages: Mapping[str, SitePage]
    base_url: str = ""
    """Where the site is published; empty where that is not known."""
    rules: Mapping[str, str] = field(default_factory=dict)
    """Redirects of a `_redirects` file: path with its leading slash -> target."""

    @cached_property
    def host(self) -> str:
        """Host of the site in small letters."""
        return urlsplit(self.base_url).netloc.lower()

    @cached_property
    def root(self) -> str:
        """Path below which the site is published, with slashes at both ends."""
        path = urlsplit(self.base_url).path.strip("/")
        return f"/{path}/" if path else "/"

    @cached_property
    def clean(self) -> bool:
        """Whether the site is served without the ending `.html`, as its pages say of their own addresses."""
        for path, page in self.pages.items():
            name = path.rpartition("/")[2]
            if page.canonical and name != "index.html" and path.endswith(".html"):
                return not page.canonical.endswith(".html")
        return False

    @cached_property
    def folded(self) -> Mapping[str, str]:
        """Path by what is left of it without case and form of its letters."""
        return {fold(path): path for path in sorted(self.files, reverse=True)}

    def place(self, folder: str, url: str, own: str = "") -> Place:
        """Where a URL leads from a page in a folder; `own` is the path of the page. Stubs are followed."""
        place = self.at_once(folder, url, own)
        hops: list[str] = []
        while not place.fault and not place.skipped and (stub := self.pages.get(place.path)) is not None:
            if not stub.refresh:
                break
            if place.path in hops or len(hops) >= MOST_HOPS:
                return Place(place.path, place.fragment, "loop", hops=tuple(hops))
            hops.append(place.path)
            following = self.at_once(posixpath.dirname(place.path), stub.refresh, place.path)
            if following.skipped or following.fault:
                return Place(place.path, place.fragment, hops=tuple(hops), skipped=following.skipped)
            if following.path == place.path:
                break
            place = Place(following.path, following.fragment or place.fragment)
        return Place(place.path, place.fragment, place.fault, place.right, place.skipped, place.external, tuple(hops))

    def at_once(self, folder: str, url: str, own: str = "") -> Place:
        """The same without following stubs."""
        url = _DROPPED.sub("", url).strip(" \x0c")
        if not url or url.startswith(("#", "?")):
            return Place(own, url.partition("#")[2])
        scheme = _SCHEME.match(url)
        rooted = False
        if scheme or url.startswith(("//", "\\\\")):
            inside = self._inside(url)
            if inside is None:
                low = url.lower()
                local = low.startswith("file:") or (len(url) > 2 and url[1] == ":" and url[2] in "\\/")
                return Place(url, fault="local" if local else "", skipped=not local,
                             external=low.startswith(("http:", "https:", "//")))  # fmt: skip
            url, rooted = inside, True
        head, _, fragment = url.partition("#")
        path = head.partition("?")[0].replace("\\", "/")
        if path.startswith("/"):
            if not path.startswith(self.root) and f"{path}/" != self.root:
                return Place(path, fragment, skipped=True)
            path = path[len(self.root) :]
            rooted = True
        raw = bytes_of(path)
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("latin-1")
            found = self._found(self._joined("" if rooted else folder, text) or "")
            return Place(text, fragment, "encoding", found or "")
        joined = self._joined("" if rooted else folder, text)
        if joined is None:
            return Place(path, fragment, "outside")
        return self._judged(joined, fragment)

    def _inside(self, url: str) -> str | None:
        """The path of a full address that is one of the site; None for any other."""
        if not self.host:
            return None
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if parts.netloc.lower() != self.host or parts.scheme.lower() not in {"", "http", "https"}:
            return None
        path = parts.path or "/"
        if not path.startswith(self.root) and f"{path}/" != self.root:
            return None
        return path + (f"#{parts.fragment}" if parts.fragment else "")

    @staticmethod
    def _joined(folder: str, path: str) -> str | None:
        """A path from the root of the site, with its last slash; None where it leads above the root."""
        parts = folder.split("/") if folder else []
        pieces = path.split("/")
        for piece in pieces[:-1]:
            if piece == "..":
                if not parts:
                    return None
                parts.pop()
            elif piece not in {"", "."}:
                parts.append(piece)
        last = pieces[-1]
        if last == "..":
            if not parts:
                return None
            parts.pop()
        elif last not in {"", "."}:
            return "/".join([*parts, last])
        return "".join(f"{part}/" for part in parts)

    def _found(self, path: str) -> str | None:
        """The file that a server answers with."""
        if path in self.files and path:
            return path
        if not path or path.endswith("/"):
            index = f"{path}index.html"
            return index if index in self.files else None
        if f"{path}/index.html" in self.files:
            return f"{path}/index.html"
        if self.clean and f"{path}.html" in self.files:
            return f"{path}.html"
        return None

    def _ruled(self, path: str) -> bool:
        """Whether a redirect serves an address."""
        if f"/{path}" in self.rules or f"/{path.rstrip('/')}" in self.rules:
            return True
        return any(rule.endswith("*") and f"/{path}/".startswith(rule[:-1]) for rule in self.rules)

    def _judged(self, path: str, fragment: str) -> Place:
        found = self._found(path)
        if found is not None:
            return Place(found, fragment)
        if self._ruled(path):
            return Place(path, fragment, skipped=True)
        for name in (path, f"{path}index.html" if path.endswith("/") or not path else f"{path}/index.html"):
            right = self.folded.get(fold(name))
            if right is not None:
                same_case = unicodedata.normalize("NFC", right) == unicodedata.normalize("NFC", name)
                return Place(path, fragment, "encoding" if same_case else "case", right)
        for codec in ("utf-8", "latin-1"):
            try:
                twice = bytes_of(path).decode(codec)
            except UnicodeDecodeError:
                continue
            if twice != path and (right := self._found(twice)) is not None:
                return Place(path, fragment, "twice", right)
        return Place(path, fragment, "missing")

    # Fragments -------------------------------------------------------------------------------------------------------

    def lacks(self, path: str, fragment: str) -> bool:
        """Whether a page has no place of this name (HTML standard, "find a potential indicated element").

        `top` is always there, what stands behind `:~:` is for the browser, and what begins with `/` or `!` is for
        a script.
        """
        fragment = fragment.partition(":~:")[0]
        page = self.pages.get(path)
        if page is None or not fragment or fragment.startswith(("/", "!")):
            return False
        if fragment in page.ids:
            return False
        raw = bytes_of(fragment)
        plain = raw.decode("utf-8", "replace")
        return plain not in page.ids and plain.lower() != "top"

    def near_fragment(self, path: str, fragment: str) -> tuple[str, bool] | None:
        """The id that is written in another way, and whether it is the only one; None where there is none."""
        ids = self.pages[path].ids
        wanted = set()
        raw = bytes_of(fragment)
        for codec in ("utf-8", "latin-1"):
            try:
                wanted.add(folded_anchor(raw.decode(codec)))
            except UnicodeDecodeError:
                continue
        wanted.discard("")
        same = sorted(name for name in ids if folded_anchor(name) in wanted) if wanted else []
        return (same[0], len(same) == 1) if same else None


def address_of(path: str) -> str:
    """The address of a file of the site, relative to its root: `a/` for `a/index.html`."""
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


def parse_redirects(text: str) -> dict[str, str]:
    """The rules of a `_redirects` file (Netlify, Cloudflare Pages): path -> target.

    A `*` at the end of a path stands for any rest; a pattern with `:name` is taken as `*` from there on. A rule for
    the whole site (`/*`), as applications of one page have it, serves whatever is not there and tells nothing.
    """
    found = {}
    for line in text.splitlines():
        words = line.split("#")[0].split() if line.lstrip()[:1] != "#" else []
        if len(words) < 2:
            continue
        head = re.match(r"[^*:]*", words[0].removeprefix("https:").removeprefix("http:"))
        plain = head[0] if head else ""
        if plain in {words[0], ""}:
            found[words[0].rstrip("/") or "/"] = words[1]
        elif plain != "/":
            found[f"{plain}*"] = words[1]
    return found
