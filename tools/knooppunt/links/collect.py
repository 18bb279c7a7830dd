"""The links that a source holds: a Markdown page, an entry of a catalog, the records, the settings of the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from knooppunt.checks.link_index import NOT_TEXT, definitions, unescaped
from knooppunt.checks.unit import position
from knooppunt.links.htmltext import addresses, tags
from knooppunt.links.model import Link
from knooppunt.model import Origin
from knooppunt.pages.front_matter import values
from knooppunt.repair import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Page, Record
    from knooppunt.repair import Mask

REDIRECT_KEYS: Final = ("redirect", "redirect_to", "redirect_url", "redirect_uri")
"""Keys of front matter whose value is where readers of the page are sent."""

_SNIPPET = re.compile(r"^[ \t>]*-{1,}8<-{1,}[ \t]+(?P<quote>[\"'])(?P<path>[^\"'\r\n]+)(?P=quote)[ \t]*$", re.MULTILINE)
_SNIPPET_BLOCK = re.compile(
    r"^[ \t>]*-{1,}8<-{1,}[ \t]*\r?\n(?P<body>.*?)^[ \t>]*-{1,}8<-{1,}[ \t]*$", re.MULTILINE | re.DOTALL
)
_LINE = re.compile(r"^[ \t>]*(?P<path>\S[^\r\n]*?)[ \t]*$", re.MULTILINE)
_INCLUDE: Final = "!INCLUDE"
_SECTION = re.compile(r"(?::[0-9,:-]+|:[A-Za-z][\w-]*)$")
"""Lines or a section of a snippet: `file.md:3:7`, `file.py:setup`."""


def page_links(page: Page, shown: str, locale: str = "", *, snippets: bool = False) -> Iterator[Link]:
    """Every link of a page in its order: inline links, images, definitions, autolinks, HTML, front matter, includes.

    `shown` is the page's path under the folder of its pages. `snippets` says whether pymdownx.snippets is in use.
    """
    found = [*_text_links(page), *_definitions(page), *_front_matter(page)]
    if snippets:
        found += [("include", path, "", start) for path, start in snippet_paths(page.text)]
    lines = _Lines(page.text)
    for kind, url, text, start in sorted(found, key=lambda item: item[3]):
        line, column = lines.place(start)
        origin = Origin(page.path, line, column, start, start + len(url))
        yield Link(
            url, origin, shown, kind, text, locale, "page" if _to_the_letter(page.text, url, start) else "", start
        )


def _to_the_letter(text: str, url: str, start: int) -> bool:
    """Whether a text has these letters at this place; with references, `&amp;`, or backslashes it has others.

    Where it has others, where the URL ends in it is not known, and no edit is made.
    """
    return text.startswith(url, start)


class _Lines:
    """Line and column of offsets that are asked for in rising order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._start, self._at = 1, 0, 0

    def place(self, offset: int) -> tuple[int, int]:
        breaks = self._text.count("\n", self._at, offset)
        if breaks:
            self._line += breaks
            self._start = self._text.rindex("\n", self._at, offset) + 1
        self._at = max(self._at, offset)
        return self._line, offset - self._start + 1


_Found = tuple[str, str, str, int]
"""Kind, URL, text of the link, offset of the URL as it is written."""


def _text_links(page: Page) -> Iterator[_Found]:
    for block in page.blocks:
        if block.kind in NOT_TEXT:
            continue
        text = page.text[block.start : block.end]
        for kind, url, shown, start in mask_links(mask(text)):
            yield kind, url, shown, block.start + start


def mask_links(found: Mask) -> Iterator[_Found]:
    """The links of one text: inline links and images, autolinks, and the addresses in its tags."""
    text = found.text
    for link in found.links:
        if link.form != "inline" or not link.target:
            continue
        start = text.find(link.target, link.text_end + 2, link.end)
        words = text[link.start + 1 : link.text_end]
        if start >= 0:
            kind = "include" if words.startswith(_INCLUDE) else "image" if link.image else "link"
            yield kind, unescaped(link.target), " ".join(words.split()), start
    for span in found.spans:
        if span.kind == "url":
            start = text.find(span.value, span.start, span.end)
            if start >= 0 and "://" in span.value:
                yield "link", span.value, "", start
        elif span.kind == "tag":
            for tag in tags(text, span.start, span.end):
                for address in addresses(tag, text):
                    kind = "switch" if address.kind == "switch" else "html"
                    written = text[address.start : address.end]
                    yield kind, address.url, tag.get("alt"), address.end - len(written.lstrip())


def _definitions(page: Page) -> Iterator[_Found]:
    for label, (url, block) in definitions(page).items():
        if not url:
            continue
        closing = page.text.find("]:", block.start, block.end)
        start = page.text.find(url, closing + 2, block.end)
        if closing >= 0 and start >= 0:
            yield "definition", url, label, start


def _front_matter(page: Page) -> Iterator[_Found]:
    if not page.blocks or page.blocks[0].kind != "front-matter":
        return
    for key, value, start, end in values(page.text, REDIRECT_KEYS):
        at = page.text.find(value, start, end)
        if value and at >= 0:
            yield "redirect", value, key, at


def snippet_paths(text: str) -> Iterator[tuple[str, int]]:
    """Paths that pymdownx.snippets reads, without lines and sections, each with its offset.

    Escaped ones (`;--8<--`) and those that are switched off (`; path` in a block) are none.
    """
    for found in _SNIPPET.finditer(text):
        yield _SECTION.sub("", found["path"].strip()), found.start("path")
    for block in _SNIPPET_BLOCK.finditer(text):
        for line in _LINE.finditer(text, block.start("body"), block.end("body")):
            if not line["path"].startswith(";"):
                yield _SECTION.sub("", line["path"]), line.start("path")


def catalog_links(catalog: Catalog, page: str, locale: str) -> Iterator[Link]:
    """Links in the translations of a catalog that its messages do not have; those are links of the source.

    The origin is that of the entry.
    """
    for entry in catalog.active:
        if not entry.msgstr or ("](" not in entry.msgstr and "<" not in entry.msgstr and "://" not in entry.msgstr):
            continue
        known = {url for _, url, _, _ in mask_links(mask(entry.msgid))}
        for kind, url, text, start in mask_links(mask(entry.msgstr)):
            if url not in known:
                shows = "entry" if _to_the_letter(entry.msgstr, url, start) else ""
                yield Link(url, entry.origin, page, kind, text, locale, shows, start)


def record_links(records: Iterable[Record], texts: dict[str, str]) -> Iterator[Link]:
    """Addresses that records refer to: references, and evidence that says where it is.

    `texts` are the files of the records by the path in their origins. A URL is looked for behind the record's place.
    """
    for record in records:
        text = texts.get(record.origin.path, "")
        page = f"{record.article}/index.md"
        named = [(item.title, item.url) for item in record.references]
        evidence = [*record.evidence, *(item for variant in record.variants for item in variant.evidence)]
        evidence += [claim.evidence for claim in record.disputed]
        named += [(item.source, item.url) for item in evidence if item.url]
        for title, url in named:
            start = text.find(url, record.origin.start)
            origin = record.origin
            if start >= 0:
                line, column = position(text, start)
                origin = Origin(origin.path, line, column, start, start + len(url), record.id)
            yield Link(url, origin, page, "record", title)


def config_links(config: dict[str, Any], text: str, shown: str = "mkdocs.yml") -> Iterator[Link]:
    """Targets of the navigation and of redirects in a mkdocs.yml; `text` gives their places.

    Redirects are those of the plug-ins knooppunt (`redirects`) and redirects (`redirect_maps`).
    """
    at = max(text.find("\nnav:"), 0)
    for title, target in _nav(config.get("nav")):
        start = _written(text, target, at)
        at = start + len(target) if start >= 0 else at
        yield _configured(text, target, max(start, 0), shown, "nav", title)
    for old, new in _redirects(config.get("plugins")):
        start = _written(text, new, max(text.find(old), 0) + len(old))
        yield _configured(text, new, max(start, 0), shown, "redirect", old)


def _written(text: str, value: str, at: int) -> int:
    """Offset of a value that ends an item or a line of YAML and stands in no comment; -1 where it is not found."""
    pattern = rf"(?<=[:\-,\[{{] )([\"']?){re.escape(value)}(?=\1[ \t]*(?:[,\]}}\r\n]|[ \t]#|\Z))"
    for found in re.compile(pattern).finditer(text, at):
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        if not re.search(r"(?:^|\s)#", line):
            return found.end() - len(value)
    return -1


def _configured(text: str, url: str, start: int, shown: str, kind: str, title: str) -> Link:
    line, column = position(text, start)
    shows = "page" if start else ""  # one that is written in another way is reported, and no edit is made
    return Link(url, Origin(shown, line, column, start, start + len(url)), "", kind, title, "", shows, start)


def _nav(value: Any, title: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield title, value
    elif isinstance(value, list) and depth < 40:
        for item in value:
            yield from _nav(item, title, depth + 1)
    elif isinstance(value, dict) and depth < 40:
        for name, item in value.items():
            yield from _nav(item, str(name), depth + 1)


def _redirects(plugins: Any) -> Iterator[tuple[str, str]]:
    pairs = plugins.items() if isinstance(plugins, dict) else []
    if isinstance(plugins, list):
        pairs = [pair for item in plugins if isinstance(item, dict) for pair in item.items()]
    for name, options in pairs:
        key = {"knooppunt": "redirects", "redirects": "redirect_maps"}.get(name, "")
        found = options.get(key) if isinstance(options, dict) and key else None
        for old, new in found.items() if isinstance(found, dict) else ():
            if isinstance(old, str) and isinstance(new, str):
                yield old, new
