"""The sitemap: every translated page with its true date and its other languages."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class SitemapEntry:
    """One page."""

    url: str
    """Full address."""
    changed: date | None = None
    """Day of the last change; None where nobody knows, never the day of the build."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Pairs of language and full address, the page itself among them."""


def render_sitemap(entries: Iterable[SitemapEntry]) -> str:
    """sitemap.xml, sorted by address."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for entry in sorted(entries, key=lambda item: item.url):
        lines.append("  <url>")
        lines.append(f"    <loc>{escape(entry.url)}</loc>")
        if entry.changed:
            lines.append(f"    <lastmod>{entry.changed.isoformat()}</lastmod>")
        lines.extend(
            f"    <xhtml:link rel={quoteattr('alternate')} hreflang={quoteattr(lang)} href={quoteattr(url)}/>"
            for lang, url in entry.alternates
        )
        lines.append("  </url>")
    return "\n".join([*lines, "</urlset>", ""])


def compress(text: str) -> bytes:
    """sitemap.xml.gz, without a date or a name inside, so that the same sitemap makes the same bytes."""
    return gzip.compress(text.encode("utf-8"), mtime=0)
