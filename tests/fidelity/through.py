"""A page on its whole way: into a real PO file, filled in there, read again, and back into a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from fidelity.pseudo import accented
from knooppunt.catalogs import Catalog, edit_po, parse_po, update_po
from knooppunt.pages import parse_page
from knooppunt.translated import translate_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from knooppunt.model import Page

_ABBREVIATION = re.compile(r"^[ \t]*\*\[([^\]\r\n]+)\]:", re.MULTILINE)


def abbreviations(text: str) -> list[str]:
    """The abbreviations that a page explains, which its texts must keep to be explained."""
    return _ABBREVIATION.findall(text)


def catalog_of(page: Page) -> str:
    """The text of a new catalog with all messages of a page, none of them translated."""
    return update_po(None, page.segments, locale="nl").text


def filled(text: str, translate: Callable[[str], str]) -> str:
    """The catalog with `translate` of each msgid as its msgstr."""
    catalog = parse_po(text, "page.po")
    return edit_po(catalog, {entry.key: replace(entry, msgstr=translate(entry.msgid)) for entry in catalog.entries})


def regenerated(page: Page, text: str) -> str:
    """The page translated with a catalog."""
    catalog: Catalog = parse_po(text, "page.po")

    def translate(context: str | None, msgid: str) -> str | None:
        entry = catalog.get(context, msgid)
        return entry.msgstr if entry else None

    return translate_page(page, lambda segment: translate(segment.context, segment.msgid))


def empty(text: str) -> str:
    """A page translated with a catalog in which nothing is translated."""
    page = parse_page(text, path="page.md")
    return regenerated(page, catalog_of(page))


def identity(text: str) -> str:
    """A page translated with a catalog in which each text is its own translation."""
    page = parse_page(text, path="page.md")
    return regenerated(page, filled(catalog_of(page), lambda msgid: msgid))


def pseudo(text: str) -> str:
    """A page with accents on every letter of its prose."""
    page = parse_page(text, path="page.md")
    words = abbreviations(text)
    return regenerated(page, filled(catalog_of(page), lambda msgid: accented(msgid, words)))
