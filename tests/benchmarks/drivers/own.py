"""Knooppunt as a library: page to catalog, page and catalog to page, in one process, as the peers are run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.drivers.loop import run
from knooppunt.catalogs import parse_po, update_po
from knooppunt.pages import parse_page
from knooppunt.translated import translate_page

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.model import Segment


def extract(source: Path, catalog: Path, _: Path) -> None:
    page = parse_page(source.read_bytes().decode(), path=source.name)
    catalog.write_bytes(update_po(None, page.segments, locale="nl").text.encode())


def generate(source: Path, catalog: Path, target: Path) -> None:
    page = parse_page(source.read_bytes().decode(), path=source.name)
    entries = parse_po(catalog.read_bytes().decode(), catalog.name)

    def translated(segment: Segment) -> str | None:
        entry = entries.get(segment.context, segment.msgid)
        return entry.msgstr if entry and not entry.fuzzy else None

    target.write_bytes(translate_page(page, translated).encode())


run({"extract": extract, "generate": generate})
