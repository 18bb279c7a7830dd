"""Translations of Knooppunt's own words that come with the package, a catalog for each language.

They are copies of what our own `site.po` catalogs say (`python -m knooppunt.words` renews them, a test compares
them), so that a new locale of any project begins with its notices and labels translated.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from knooppunt.catalogs import parse_po, update_po
from knooppunt.strings import STRINGS, string_segments

if TYPE_CHECKING:
    from knooppunt.catalogs import Catalog
    from knooppunt.model import Entry


def shipped_words(locale: str) -> tuple[Entry, ...]:
    """The translated entries for a locale, or for its language (those of `nl` for `nl-BE`); empty without any."""
    for code in (locale, locale.split("-", maxsplit=1)[0]):
        file = resources.files(__name__) / f"{code}.po"
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            return tuple(entry for entry in parse_po(text, f"knooppunt/words/{code}.po").active if entry.msgstr)
    return ()


def shipped_text(site: Catalog, locale: str) -> str:
    """The text of the shipped catalog of a locale, made from a project's `site.po`."""
    known = [entry for entry in site.active if entry.context in STRINGS and entry.msgstr and not entry.fuzzy]
    return update_po(None, string_segments(), locale=locale, references=False, donors=known, project="Knooppunt").text
