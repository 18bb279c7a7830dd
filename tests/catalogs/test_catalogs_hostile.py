"""A text that is no paragraph costs no more than its length: it is not compared with others of its kind."""

from __future__ import annotations

from catalogs_cases import catalog, segment

from knooppunt.catalogs import parse_po, update_po
from knooppunt.catalogs.matching import LONGEST, nearest
from knooppunt.model import Entry


def test_texts_too_long_to_be_compared_keep_their_translation_as_obsolete() -> None:
    """Nothing is lost; the translator finds the old text among the obsolete entries."""
    long, short = "word " * LONGEST, "word " * 100
    assert nearest([f"{short}more", f"{long}more"], [short, long]) == {0: 0}
    read = catalog(Entry(long, "lang"), Entry(short, "kort"))
    update = update_po(read, [segment(f"{long}more"), segment(f"{short}more")], locale="nl")
    assert (update.counts["new"], update.counts["fuzzy"], update.counts["obsolete"]) == (1, 1, 1)
    assert [entry.msgstr for entry in parse_po(update.text, "a.po").obsolete] == ["lang"]
