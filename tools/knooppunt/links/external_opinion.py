"""What LinkChecker says of a built site, read into findings, and laid beside what we say of it.

LinkChecker is a program of its own that asks a server for every page, as a reader would; we read the files. Neither
shares a line with the other, so what both say is likely so, and where they differ one of them is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from knooppunt.errors import DataError
from knooppunt.model import Finding, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set
    from xml.etree.ElementTree import Element

    from knooppunt.links.check_site import Fault

BROKEN: Final = frozenset(
    {"broken-link", "broken-image", "broken-asset", "broken-anchor", "broken-redirect", "redirect-loop"}
    | {"wrong-case", "wrong-encoding"}
)
"""Checks of ours that are about a target which is not there; LinkChecker knows no others."""
READ: Final = ("a[href]", "area[href]", "img[src]", "img[srcset]", "link[href]", "script[src]", "iframe[src]", "switch")
"""Kinds of links that LinkChecker 10.6 reads; it passes over `poster`, `source[srcset]`, sitemaps, feeds and JSON."""
_ANCHOR: Final = "Anchor `"
"""How its warning of a fragment begins."""


@dataclass(frozen=True, slots=True, order=True)
class Opinion:
    """One broken link."""

    target: str
    """Path below the root of the site, decoded, without a closing slash or `index.html`, and `#` with the fragment."""
    page: str
    """Path of a page that shows it, in the same form."""
    finding: Finding = field(compare=False)


@dataclass(frozen=True, slots=True)
class Crawl:
    """What LinkChecker has seen of a site."""

    opinions: tuple[Opinion, ...]
    seen: frozenset[str]
    """Paths that it has asked for."""
    links: int


def read_linkchecker(text: bytes, base: str) -> Crawl:
    """The XML that LinkChecker wrote with `--verbose` about a site at `base`. Raises DataError."""
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise DataError.single("LinkChecker", 0, f"its output is not XML: {error}") from None
    if root.tag != "linkchecker":
        raise DataError.single("LinkChecker", 0, f"its output is <{root.tag}>, not <linkchecker>")
    links = 0
    seen: set[str] = set()
    opinions: set[Opinion] = set()
    for item in root.iter("urldata"):
        links += 1
        url = _text(item, "realurl")
        if not url.startswith(base):
            continue
        seen.add(plain(url).partition("#")[0])
        opinions |= set(_opinions(item, url, base))
    return Crawl(tuple(sorted(opinions)), frozenset(seen), links)


def _opinions(item: Element, url: str, base: str) -> Iterator[Opinion]:
    valid = item.find("valid")
    parent = item.find("parent")
    page = plain(parent.text or "") if parent is not None and (parent.text or "").startswith(base) else ""
    place = parent.attrib if parent is not None else {}
    origin = Origin(page or "/", _number(place.get("line")), _number(place.get("column")))
    if valid is not None and valid.text == "0":
        target = plain(url).partition("#")[0]
        yield Opinion(target, page, Finding("broken-link", f"'{target}': {valid.get('result', '')}", origin))
    for warning in item.iter("warning"):
        if (warning.text or "").startswith(_ANCHOR):
            target = plain(url)
            yield Opinion(target, page, Finding("broken-anchor", f"'{target}': {(warning.text or '')[:200]}", origin))


def our_opinions(faults: Mapping[Fault, Iterable[str]], seen: Set[str]) -> tuple[list[Opinion], int]:
    """Our faults in the same form, and how many are about what LinkChecker cannot have seen.

    That is pages that no other page leads to, kinds of links that it does not read, and addresses of the published
    site, which it is told to pass over.
    """
    opinions: set[Opinion] = set()
    unseen = 0
    for fault, pages in faults.items():
        if fault.check not in BROKEN:
            continue
        shown = [page for page in pages if page.endswith(".html") and plain(page) in seen]
        if fault.kind not in READ or "://" in fault.url or not shown:
            unseen += 1
            continue
        for page in shown:
            finding = Finding(fault.check, fault.message, Origin(page, 1))
            target = plain(fault.target)
            if fault.check != "broken-anchor":  # of a page that is not there, the place does not count
                target = target.partition("#")[0]
            opinions.add(Opinion(target, plain(page), finding))
    return sorted(opinions), unseen


def differences(ours: Iterable[Opinion], theirs: Iterable[Opinion]) -> list[str]:
    """A line for each target that only one of the two calls broken, sorted."""
    mine = {opinion.target: opinion for opinion in ours}
    other = {opinion.target: opinion for opinion in theirs}
    return sorted(
        [_line("LinkChecker", "knooppunt", other[target]) for target in other.keys() - mine.keys()]
        + [_line("knooppunt", "LinkChecker", mine[target]) for target in mine.keys() - other.keys()]
    )


def plain(url: str) -> str:
    """An address or a path of the site in the form that both are compared in.

    >>> plain("http://127.0.0.1:8000/nl/caf%C3%A9/index.html#a%20b"), plain("nl/")
    ('nl/café#a b', 'nl')
    """
    parts = urlsplit(url)
    path = unquote(parts.path).lstrip("/")
    path = path.removesuffix("index.html").rstrip("/")
    return path + (f"#{unquote(parts.fragment)}" if parts.fragment else "")


def _line(who: str, whom: str, opinion: Opinion) -> str:
    finding = opinion.finding
    return f"only {who}, not {whom}: {opinion.page or '/'}: {finding.check}: {finding.message}"


def _text(item: Element, name: str) -> str:
    found = item.find(name)
    return "" if found is None else found.text or ""


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 1
