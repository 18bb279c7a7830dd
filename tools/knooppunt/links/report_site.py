"""The faults of a built site as findings: at the line of their source where that is known, else of the built file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.links.check_site import SiteCheck
from knooppunt.links.htmltext import addresses, tags
from knooppunt.links.judge import Judge
from knooppunt.links.mapping import SourceMap
from knooppunt.links.model import Counts, Link
from knooppunt.links.pagescan import decoded
from knooppunt.links.places import printable
from knooppunt.links.site_rules import announcements, locales, orphans, stubs
from knooppunt.links.sitedata import data_addresses, place_in_json
from knooppunt.links.sitefiles import HTML
from knooppunt.model import Finding, Origin, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from knooppunt.links.check_site import Fault
    from knooppunt.links.gather import Sources
    from knooppunt.links.sitefiles import SiteFiles

MOST_PAGES: Final = 3
"""Pages that a message names."""
_NOTES: Final = frozenset({"redirected-link", "orphan-page"})
_WARNINGS: Final = frozenset({"duplicate-id", "wrong-locale", "redirect-chain", "broken-hreflang", "broken-canonical"})


def check_site(site: SiteFiles, sources: Sources | None, base_url: str = "") -> tuple[list[Finding], Counts]:
    """Findings on all addresses of a site, sorted by place, and what was looked at.

    Where `sources` are known, a finding is at the link in them that the site shows, with the edit that
    `knooppunt links` would make there.
    """
    if not base_url and sources is not None:
        base_url = sources.places.site_url
    check = SiteCheck(site, base_url)
    check.pages()
    check.data()
    stubs(check)
    announcements(check)
    locales(check)
    orphans(check)
    writer = _Writer(site, sources, check.index.base_url)
    counts = Counts(len(site.pages), check.links, len(check.external))
    return writer.findings(check.faults), counts


class _Writer:
    """Makes findings of faults."""

    def __init__(self, site: SiteFiles, sources: Sources | None, base_url: str) -> None:
        self._site = site
        self._map = None if sources is None else SourceMap(sources, base_url)
        self._judge = None if sources is None else Judge(sources.places, sources.complete, sources.open_to)
        self._last = ("", "")
        self._urls: set[str] = set()
        self._places_of: dict[str, dict[tuple[str, str], tuple[int, int, int]]] = {}

    def findings(self, faults: dict[Fault, list[str]]) -> list[Finding]:
        self._urls = {fault.url for fault in faults}
        grouped: dict[tuple[str, Origin], list[tuple[Fault, list[str], Link | None]]] = {}
        for fault, pages in sorted(faults.items()):
            for where, shown, link in self._places(fault, pages):
                grouped.setdefault((fault.check, where), []).append((fault, shown, link))
        found = [self._finding(check, where, group) for (check, where), group in grouped.items()]
        return sorted(found, key=lambda item: (item.origin, item.check, item.message))

    def _places(self, fault: Fault, pages: list[str]) -> Iterator[tuple[Origin, list[str], Link | None]]:
        """Each place of the source that says the fault, with the pages that show it; the rest at the first page."""
        rest: list[str] = []
        by_origin: dict[Origin, tuple[list[str], Link | None]] = {}
        for page in pages:
            places = [] if self._map is None else self._map.find(page, fault)
            if not places:
                rest.append(page)
            for found in places:
                link = found if isinstance(found, Link) else None
                origin = found.where if isinstance(found, Link) else found
                by_origin.setdefault(origin, ([], link))[0].append(page)
        for origin, (shown, link) in by_origin.items():
            yield origin, shown, link
        if rest and fault.check in {"orphan-page", "duplicate-id"}:
            for page in rest:
                yield self._built(fault, page), [page], None
        elif rest:
            yield self._built(fault, rest[0]), rest, None

    def _finding(self, check: str, where: Origin, group: list[tuple[Fault, list[str], Link | None]]) -> Finding:
        fault, _, link = group[0]
        pages = sorted({page for _, shown, _ in group for page in shown})
        severity = Severity.NOTE if check in _NOTES else Severity.WARNING if check in _WARNINGS else Severity.ERROR
        message = fault.message
        if len(pages) > 1 or (pages and where.path != pages[0] and check != "orphan-page"):
            more = f" and {len(pages) - MOST_PAGES} more" if len(pages) > MOST_PAGES else ""
            message += f"; on {', '.join(pages[:MOST_PAGES])}{more}"
        where = replace(where, path=printable(where.path))
        subject = link.url if link is not None else fault.target or fault.url or fault.kind
        finding = Finding(check, printable(message), where, severity, subject=printable(subject))
        if link is not None and self._judge is not None:
            for other in self._judge.findings(link):
                if other.edits:
                    return replace(finding, edits=other.edits, safe=other.safe, locale=other.locale)
        return finding

    def _built(self, fault: Fault, page: str) -> Origin:
        """The first place in a built file that has the fault."""
        quick = self._quick(fault, page)
        if quick is not None:
            return quick
        if page not in self._places_of:
            self._places_of[page] = self._read(page)
        place = self._places_of[page].get(("id" if fault.check == "duplicate-id" else "url", fault.url))
        if place is None:
            return Origin(page, 1)
        line, column, start = place
        return Origin(page, line, column, start, start + len(fault.url))

    def _quick(self, fault: Fault, page: str) -> Origin | None:
        """The place of an address in quotes, found without reading the page tag by tag; None where that is not sure."""
        if fault.check == "duplicate-id" or not page.lower().endswith(HTML) or not fault.url:
            return None
        if page != self._last[0]:
            try:
                self._last = (page, decoded((self._site.root / page).read_bytes()))
            except OSError:
                return None
        text = self._last[1]
        start = text.find(f'="{fault.url}"') + 2
        if start < 2 or "<!--" in text[max(0, start - 2000) : start]:
            return None
        line = text.count("\n", 0, start) + 1
        return Origin(page, line, start - text.rfind("\n", 0, start), start, start + len(fault.url))

    def _read(self, page: str) -> dict[tuple[str, str], tuple[int, int, int]]:
        """Line, column and offset of the first place of each faulty address, and of the second one of each id."""
        try:
            data = (self._site.root / page).read_bytes()
        except OSError:
            return {}
        found: dict[tuple[str, str], int] = {}
        if not page.lower().endswith(HTML):
            text = data.decode("utf-8", "surrogateescape")
            for _, url, start in data_addresses(page, text):
                if url in self._urls:
                    found.setdefault(("url", url), start if start >= 0 else place_in_json(text, url))
        else:
            text = decoded(data)
            seen: set[str] = set()
            for tag in tags(text):
                for address in addresses(tag, text):
                    if address.url in self._urls:
                        found.setdefault(("url", address.url), address.start)
                for item in tag.attributes:
                    if item.name == "id" and item.value in seen:
                        found.setdefault(("id", f"#{item.value}"), item.start)
                    if item.name == "id":
                        seen.add(item.value)
        lines = _Starts(text)
        return {key: (*lines.place(start), start) for key, start in found.items() if start >= 0}


def site_links(site: Path) -> Iterator[Link]:
    """Every link of a built site with its place: of pages, style sheets, sitemaps, feeds and JSON.

    The place of a link is in the built file; a file that cannot be read is passed over.
    """
    for path in sorted(site.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(site).as_posix()
        try:
            text = decoded(path.read_bytes()) if name.lower().endswith(HTML) else ""
            if text:
                found = [(a.kind, a.url, a.start) for tag in tags(text) for a in addresses(tag, text)]
            else:
                found = list(data_addresses(name, path.read_bytes().decode("utf-8", "surrogateescape")))
        except OSError:
            continue
        lines = _Starts(text) if text else None
        for kind, url, start in found:
            line, column = lines.place(start) if lines is not None and start >= 0 else (1, 1)
            yield Link(url, Origin(printable(name), line, column, max(start, 0), max(start, 0) + len(url)), name, kind)


class _Starts:
    """Line and column of offsets of a text."""

    def __init__(self, text: str) -> None:

        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1
