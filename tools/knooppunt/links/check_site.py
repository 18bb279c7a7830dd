"""`knooppunt links --site`: every address of a built site judged, what is broken named once with all its pages."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from knooppunt.links.nearest import Nearest, closest
from knooppunt.links.sitedata import data_addresses
from knooppunt.links.siteindex import SiteIndex, address_of, parse_redirects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.links.model import SitePage
    from knooppunt.links.sitefiles import SiteFiles
    from knooppunt.links.siteindex import Place

DATA: Final = (".css", ".xml", ".rss", ".atom", ".json", ".webmanifest", ".svg", "robots.txt")
_CHECKS: Final = {
    "a[href]": "broken-link",
    "area[href]": "broken-link",
    "switch": "broken-link",
    "refresh": "broken-redirect",
    "sitemap": "broken-sitemap",
    "feed": "broken-feed",
    "json": "broken-data",
    "$ref": "broken-data",
    "search": "broken-data",
}
_IMAGES: Final = ("img[", "source[", "video[", "audio[", "track[", "image[", "input[", "picture[")

LEADING: Final = frozenset({"a[href]", "area[href]", "switch"})
"""Kinds of links that readers follow."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, wherever it shows."""

    check: str
    kind: str
    url: str = field(compare=False)
    """As it is written; where pages write it in several ways, in one of them."""
    target: str
    """The address that it leads to, relative to the root of the site, with the fragment."""
    message: str = field(compare=False)
    right: str = ""
    """The address that is meant, where that is certain."""


def own_address(pages: dict[str, SitePage]) -> str:
    """Where a site says that it is published: what most canonical addresses of its pages begin with; else empty.

    Pages that send their readers on have the address of another page.
    """
    found: Counter[str] = Counter()
    for path in sorted(pages, key=lambda path: (path != "index.html", path)):
        canonical, address = pages[path].canonical, address_of(path)
        if pages[path].refresh or not canonical.startswith(("http://", "https://")):
            continue
        if canonical.endswith(f"/{address}"):
            found[canonical[: len(canonical) - len(address)]] += 1
    return found.most_common(1)[0][0] if found else ""


@dataclass
class SiteCheck:
    """What is wrong with a site: each fault with the files that show it."""

    site: SiteFiles
    base_url: str = ""
    faults: dict[Fault, list[str]] = field(default_factory=dict)
    external: set[str] = field(default_factory=set)
    """Addresses of other hosts."""
    linked: set[str] = field(default_factory=set)
    """Files that some other page leads to."""
    links: int = 0
    seen: dict[str, dict[str, tuple[Place, bool]]] = field(default_factory=dict)
    """Folder -> address as written there, without leading `../` -> where it leads, and whether that is wrong."""

    @cached_property
    def index(self) -> SiteIndex:
        """Where addresses lead."""
        rules = parse_redirects(self.site.text("_redirects")) if "_redirects" in self.site.files else {}
        return SiteIndex(self.site.files, self.site.pages, self.base_url or own_address(self.site.pages), rules)

    @cached_property
    def nearest(self) -> Nearest:
        """What may have been meant."""
        return Nearest(self.site.files)

    def add(self, fault: Fault, path: str) -> None:
        """Note a fault that a file shows."""
        self.faults.setdefault(fault, []).append(path)

    # Pages -----------------------------------------------------------------------------------------------------------

    def pages(self) -> None:
        """Judge the links of all pages.

        An address is looked up once for each folder that it is seen from: `../b/` from `a/` is `b/` from the root.
        """
        seen = self.seen
        fine: dict[str, dict[tuple[str, str], str]] = {}
        for path, page in self.site.pages.items():
            self.links += page.links
            folder = self.folder(path, page)
            ups = _ups(folder, seen)
            own_folder, depth = ups[0], len(ups) - 1
            announced = {url for _, url in page.alternates}
            others: set[str] = set()
            # What is right seen from one folder, and leads upward first, is right seen from those beside it.
            shared = fine.setdefault(posixpath.dirname(folder), {}) if folder else {}
            before = path in self.linked
            self.linked.update(filter(None, map(shared.get, page.urls)))
            if not before:
                self.linked.discard(path)
            for kind, url in sorted(set(page.urls).difference(shared)):
                known, rest, up = own_folder, url, 0
                while rest.startswith("../") and up < depth:
                    up += 1
                    known, rest = ups[up], rest[3:]
                entry = known.get(rest)
                if entry is None:
                    entry = known[rest] = self._looked_up(folder, url, path)
                leads = entry[0].path if kind in LEADING else ""
                others.add(leads)
                if up and not entry[1]:
                    shared[kind, url] = leads
                if entry[1] and not (kind == "link[href]" and (url == page.canonical or url in announced)):
                    for fault in self._faults(kind, url, entry[0]):
                        self.add(fault, path)
            others.discard(path)
            self.linked |= others
            self._of_page_alone(path, page)

    def target(self, folder: str, url: str) -> str:
        """The file that an address seen from a folder leads to, after `pages`; empty where it is none of the site."""
        while url.startswith("../") and folder:
            folder, url = posixpath.dirname(folder), url[3:]
        entry = self.seen.get(folder, {}).get(url)
        return "" if entry is None or entry[0].skipped or entry[0].fault else entry[0].path

    def _looked_up(self, folder: str, url: str, path: str) -> tuple[Place, bool]:
        """Where an address leads, and whether there is anything to say of that."""
        place = self.index.place(folder, url, path if not folder else f"{folder}/")
        if place.external:
            self.external.add(url)
        return place, not place.skipped and (
            not url or bool(place.fault or place.hops) or self.index.lacks(place.path, place.fragment)
        )

    def _of_page_alone(self, path: str, page: SitePage) -> None:
        own = path
        if page.base and page.own:  # `#here` is resolved against it too
            place = self.index.at_once(posixpath.dirname(path), page.base, path)
            own = "" if place.skipped or place.fault else place.path
        for url in page.own:
            fragment = url.partition("#")[2]
            if self.index.lacks(own, fragment):
                self.add(self.anchor("a[href]", url, own, fragment), path)
        for name in page.doubles:
            message = f"the id '{name}' is there more than once; a link leads to the first one"
            self.add(Fault("duplicate-id", "id", f"#{name}", f"{address_of(path)}#{name}", message), path)

    def folder(self, path: str, page: SitePage) -> str:
        """The folder that the addresses of a page are relative to."""
        if not page.base:
            return posixpath.dirname(path)
        place = self.index.at_once(posixpath.dirname(path), page.base, path)
        if place.skipped or place.fault == "outside":
            return posixpath.dirname(path)
        return posixpath.dirname(place.path)

    def data(self) -> None:
        """Judge the addresses in style sheets, sitemaps, feeds, JSON and drawings."""
        for path in sorted(self.site.files):
            if not path.lower().endswith(DATA):
                continue
            folder = posixpath.dirname(path)
            if path.endswith("search/search_index.json"):  # its addresses are relative to the folder above
                folder = posixpath.dirname(folder)
            for kind, url, _ in data_addresses(path, self.site.text(path)):
                self.links += 1
                place = self.index.place(folder, url, path)
                if place.external:
                    self.external.add(url)
                if place.skipped or not url or (kind == "$ref" and place.path == path and "#" not in url):
                    continue
                if kind == "$ref" and url.startswith("#"):
                    message = f"the reference '{url}' leads to nothing in this file"
                    self.add(Fault("broken-data", kind, url, f"{path}{url}", message), path)
                    continue
                for fault in self._faults(kind, url, place):
                    if not (fault.check == "broken-anchor" and kind in {"a[href]", "use[href]", "use[xlink:href]"}):
                        self.add(fault, path)

    # Faults ----------------------------------------------------------------------------------------------------------

    def _faults(self, kind: str, url: str, place: Place) -> Iterator[Fault]:
        target = f"{address_of(place.path)}{'#' if place.fragment else ''}{place.fragment}"
        if not url:
            if not kind.endswith(("[href]", "[cite]", "[action]", "[longdesc]")):
                yield Fault("broken-image", kind, url, "", f"{kind} is empty")
        elif place.fault:
            yield self._named(kind, url, place, target)
        elif self.index.lacks(place.path, place.fragment):
            yield self.anchor(kind, url, place.path, place.fragment)
        elif place.hops and kind == "a[href]":
            message = f"'{url}' leads to a page that sends its readers on to '{target or '/'}'"
            yield Fault("redirected-link", kind, url, target, message, target)
        elif kind == "sitemap" and place.hops:
            message = f"'{url}' is a page that sends its readers on to '{target or '/'}'"
            yield Fault("broken-sitemap", kind, url, target, message)

    def _named(self, kind: str, url: str, place: Place, target: str) -> Fault:
        check = check_of(kind)
        fragment = f"#{place.fragment}" if place.fragment else ""
        right = f"{address_of(place.right)}{fragment}" if place.right else ""
        there = f"; there is '{place.right}'" if place.right else ""
        match place.fault:
            case "case":
                return Fault("wrong-case", kind, url, target, f"'{url}' differs from '{place.right}' in case", right)
            case "encoding":
                why = "is not written in UTF-8, or not in the form of its letters that the file has"
                return Fault("wrong-encoding", kind, url, target, f"'{url}' {why}{there}", right)
            case "twice":
                return Fault("wrong-encoding", kind, url, target, f"'{url}' is quoted twice{there}", right)
            case "outside":
                return Fault(check, kind, url, target, f"'{url}' leads above the root of the site")
            case "local":
                return Fault("local-link", kind, url, target, f"'{url}' is a file of one machine")
            case "loop":
                message = f"'{url}' leads through {len(place.hops)} pages in a circle"
                return Fault("redirect-loop", kind, url, target, message)
            case _:
                near = self.nearest.find(place.path)
                return Fault(
                    check, kind, url, target, f"'{url}' does not exist" + (f"; there is '{near}'" if near else "")
                )

    def anchor(self, kind: str, url: str, path: str, fragment: str) -> Fault:
        """The fault of a fragment that a page lacks, with the nearest one."""
        message = f"'{address_of(path) or '/'}' has no place '#{fragment}'"
        near = self.index.near_fragment(path, fragment)
        right = ""
        if near is not None:
            message += f"; it is written '#{near[0]}'"
            right = f"{address_of(path)}#{near[0]}" if near[1] else ""
        else:
            close = closest(fragment, sorted(self.index.pages[path].ids), 70)
            message += f"; there is '#{close}'" if close else ""
        return Fault("broken-anchor", kind, url, f"{address_of(path)}#{fragment}", message, right)


def _ups(folder: str, seen: dict[str, dict[str, tuple[Place, bool]]]) -> list[dict[str, tuple[Place, bool]]]:
    """What is known of addresses as seen from a folder, from the one above it, and so on up to the root."""
    found = [seen.setdefault(folder, {})]
    while folder:
        folder = posixpath.dirname(folder)
        found.append(seen.setdefault(folder, {}))
    return found


def check_of(kind: str) -> str:
    """Which check an address of this kind belongs to when nothing is there."""
    if kind.startswith(_IMAGES):
        return "broken-image"
    return _CHECKS.get(kind, "broken-asset")
