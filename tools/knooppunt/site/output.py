"""What is written into the site beside MkDocs' own pages, when all languages are built."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.files import inside
from knooppunt.site import search
from knooppunt.site.addresses import absolute, alternates, hreflang, page_url
from knooppunt.site.redirects import redirect_stubs
from knooppunt.site.sitemap import SitemapEntry, compress, render_sitemap

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from knooppunt.site.prepared import Prepared


@dataclass(slots=True)
class Output:
    """Gathers what the builds of the languages leave, and writes it at the end."""

    prepared: Prepared
    site_dir: Path
    site_url: str | None
    directories: bool = True
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Path of a page that is gone -> page or address to lead to."""
    not_found: dict[str, str] = field(default_factory=dict)
    """By language: the page of what is not found."""
    indexes: dict[str, str] = field(default_factory=dict)
    """By language: the search index."""

    def keep_index(self, code: str) -> None:
        """Take the search index of the language that was just built; the next one will be written over it."""
        path = self.site_dir / search.INDEX
        if path.is_file():
            prefix = self.prepared.locale(code).prefix
            self.indexes[code] = search.localized_index(path.read_text("utf-8"), prefix)

    def write(self) -> None:
        """Write everything."""
        for code, index in self.indexes.items():
            self._write(self.prepared.locale(code).prefix + search.INDEX, index.encode("utf-8"))
        for code, html in self.not_found.items():
            self._write(f"{self.prepared.locale(code).prefix}404.html", html.encode("utf-8"))
        if self.site_url:
            sitemap = render_sitemap(self.sitemap())
            self._write("sitemap.xml", sitemap.encode("utf-8"))
            self._write("sitemap.xml.gz", compress(sitemap))
        stubs = redirect_stubs(self.redirects, self.prepared.locales, self.site_url, directories=self.directories)
        for path, html in stubs:
            self._write(path, html.encode("utf-8"))
        for path, data in (*self.prepared.feed.items(), *self.prepared.suite.items()):
            self._write(path, data)

    def sitemap(self) -> list[SitemapEntry]:
        """Every page in every language that it is translated into."""
        prepared = self.prepared
        entries = []
        for path in prepared.pages:
            translated = prepared.translated(path)
            languages = alternates(path, "", prepared.locales, directories=self.directories)
            announced = hreflang(languages, translated, prepared.source.code, self.site_url)
            for code in translated:
                url = page_url(path, prepared.locale(code).prefix, directories=self.directories)
                entries.append(
                    SitemapEntry(absolute(self.site_url, url) or "", prepared.changed(code, path), announced)
                )
        return entries

    def _write(self, path: str, data: bytes) -> None:
        target = inside(self.site_dir, path, "output")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
