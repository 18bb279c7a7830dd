"""The words that come with the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from knooppunt.catalogs import parse_po
from knooppunt.strings import STRINGS
from knooppunt.words import shipped_text, shipped_words

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("locale", ["de", "es", "ja", "nl"])
def test_shipped_words_are_those_of_our_own_site(locale: str) -> None:
    """What other projects get is what our translators wrote last; renew with `python -m knooppunt.words`."""
    site = ROOT / "locales" / locale / "LC_MESSAGES/site.po"
    shipped = ROOT / "tools/knooppunt/words" / f"{locale}.po"
    expected = shipped_text(parse_po(site.read_text(encoding="utf-8"), str(site)), locale)
    assert shipped.read_text(encoding="utf-8") == expected
    assert {entry.context for entry in shipped_words(locale)} == set(STRINGS)


def test_a_region_takes_the_words_of_its_language() -> None:
    """`nl-BE` begins with the Dutch words, a language without any with none."""
    assert shipped_words("nl-BE") == shipped_words("nl")
    assert shipped_words("xx") == ()
