"""From what a built site shows to the line of the source that says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from knooppunt.checks.link_index import located
from knooppunt.checks.unit import position
from knooppunt.errors import DataError
from knooppunt.links.collect import catalog_links, page_links
from knooppunt.links.places import address, fold, on_site
from knooppunt.links.siteindex import address_of
from knooppunt.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.links.check_site import Fault
    from knooppunt.links.gather import Sources
    from knooppunt.links.model import Link

_TEXT: Final = frozenset({"duplicate-id"})


@dataclass
class SourceMap:
    """Looks up the source of what is wrong with a built page."""

    sources: Sources
    base_url: str = ""
    _links: dict[tuple[str, str], list[Link]] = field(default_factory=dict)

    @cached_property
    def _by_address(self) -> Mapping[str, str]:
        """Source page by each address that it may have on a site, MkDocs' and plain ones."""
        found: dict[str, str] = {}
        for path in self.sources.names:
            for directories in (False, True):
                found.setdefault(address(path, directories), path)
                found[address(path, self.sources.places.directories)] = path
            found.setdefault(address_of(re.sub(r"\.(?:md|markdown)$", ".html", path)), path)
        return found

    @cached_property
    def _locales(self) -> tuple[str, ...]:
        return self.sources.places.translated

    def page_of(self, shown: str) -> tuple[str, str]:
        """Source page of a page of the site, and the locale that it is published in; both empty where unknown."""
        own = address_of(shown)
        if own in self._by_address:
            return self._by_address[own], ""
        lang, _, rest = own.partition("/")
        if lang in self._locales and rest in self._by_address:
            return self._by_address[rest], lang
        return "", ""

    def find(self, shown: str, fault: Fault) -> list[Link | Origin]:
        """The links in the source that a page of the site shows, or the place of an id; empty where none is found."""
        page, locale = self.page_of(shown)
        if not page:
            return []
        if fault.check in _TEXT:
            double = self._double(page, fault.url.removeprefix("#"))
            return [] if double is None else [double]
        if fault.check in {"broken-canonical", "broken-hreflang", "orphan-page"}:
            return [Origin(self.sources.shown(page), 1)]
        for candidates in (self._of_catalog(page, locale), self._of_page(page), self._of_settings()):
            links = self._match(candidates, page, locale, fault)
            if links:
                return [*links]
        return []

    def _of_page(self, page: str) -> list[Link]:
        if (page, "") not in self._links:
            try:
                links = list(page_links(self.sources.page(page), page))
            except DataError:
                links = []
            self._links[page, ""] = links
        return self._links[page, ""]

    def _of_catalog(self, page: str, locale: str) -> list[Link]:
        project = self.sources.project
        if not locale or project is None:
            return []
        if (page, locale) not in self._links:
            name = next((item.name for item in project.sources if item.path == page), "")
            catalog = project.catalog(locale, name) if name else None
            self._links[page, locale] = [] if catalog is None else list(catalog_links(catalog, page, locale))
        return self._links[page, locale]

    def _of_settings(self) -> list[Link]:
        if ("", "") not in self._links:
            self._links["", ""] = list(self.sources.configured)
        return self._links["", ""]

    def _match(self, links: list[Link], page: str, locale: str, fault: Fault) -> list[Link]:
        """The links that are written as the page shows them, and those that lead to the same place."""
        wanted = fold(unquote(fault.target)).removesuffix("index.html")
        written = [link for link in links if link.url == fault.url or unquote(link.url) == unquote(fault.url)]
        same = [
            link
            for link in links
            if any(
                wanted in {fold(reading), fold(f"{locale}/{reading}" if locale else reading)}
                for reading in self._readings(link, page)
            )
        ]
        return list(dict.fromkeys([*written, *same]))

    def _readings(self, link: Link, page: str) -> Iterator[str]:
        """Addresses on the site that a link of the source may become, with their fragments."""
        place = (link.url.partition("#")[0], link.url.partition("#")[2]) if not link.page else located(page, link.url)
        directories = self.sources.places.directories
        if place is not None:
            path, fragment = place
            tail = f"#{fragment}" if fragment else ""
            if not path:
                yield address(page, directories) + tail
            elif path.endswith(".md"):
                yield address(path, directories) + tail
                yield address(path, not directories) + tail
            else:
                yield path + tail
        site = on_site(page, link.url, directories) if link.page else None
        if site is not None:
            yield site[0] + (f"#{site[1]}" if site[1] else "")

    def _double(self, page: str, name: str) -> Origin | None:
        """Where an id is given for the second time; the first where the other is made by the theme."""
        try:
            text = self.sources.page(page).text
        except DataError:
            return None
        written = re.escape(name)
        found = list(re.finditer(rf"(?:\{{[^{{}}\n]*#|\bid=[\"']?){written}(?![\w-])", text))
        if not found:
            return None
        at = found[min(1, len(found) - 1)].end() - len(name)
        line, column = position(text, at)
        return Origin(self.sources.shown(page), line, column, at, at + len(name))
