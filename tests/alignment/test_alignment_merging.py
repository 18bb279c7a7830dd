"""Adopted messages in a catalog: what is there stays, drafts keep what the engine wrote."""

from __future__ import annotations

import pytest
from alignment_cases import DUTCH, ENGLISH, adopt_texts, truth

from knooppunt.alignment import Merged, Reason, merge, published
from knooppunt.catalogs import entry_state, machine_text, parse_po, update_po
from knooppunt.model import State
from knooppunt.pages import parse_page

SEGMENTS = parse_page(ENGLISH, path="docs/page.md").segments
EMPTY = update_po(None, SEGMENTS, locale="nl").text
TIP = 'msgid "Tell your users."\nmsgstr "'
REFUSED = DUTCH.replace("Breng uw gebruikers", "Breng <i>uw</i> gebruikers")


def merged(text: str | None, other: str = DUTCH, *, engine: str | None = None, force: bool = False) -> Merged:
    """The catalog with the translation adopted into it."""
    catalog = None if text is None else parse_po(text, "nl.po")
    return merge(catalog, SEGMENTS, adopt_texts(ENGLISH, other).adoption, locale="nl", engine=engine, force=force)


@pytest.mark.parametrize("text", [None, "", EMPTY])
def test_a_new_or_empty_catalog_is_filled(text: str | None) -> None:
    """With every text of the page, translated."""
    found = merged(text)
    assert found.changed
    assert published(found.text, "nl.po") == truth(DUTCH)
    states = {entry_state(entry, ()) for entry in parse_po(found.text, "nl.po").entries}
    assert states == {State.TRANSLATED}
    assert found.kept == ()


def test_adopting_twice_changes_nothing() -> None:
    """By people or by a machine."""
    for engine in (None, "deepl"):
        first = merged(EMPTY, engine=engine)
        again = merged(first.text, engine=engine)
        assert (again.text, again.changed, again.kept) == (first.text, False, ())
        assert merged(first.text, engine=engine, force=True).text == first.text


def test_machine_drafts_keep_the_original() -> None:
    """Fuzzy, with what the engine wrote in a comment."""
    catalog = parse_po(merged(EMPTY, engine="deepl").text, "nl.po")
    assert {entry_state(entry, ()) for entry in catalog.entries} == {State.MACHINE}
    for entry in catalog.entries:
        assert machine_text(entry) == ("deepl", entry.msgstr)


def test_what_is_not_published_is_kept_as_the_original_of_a_machine_only() -> None:
    """The msgstr stays empty, so that nobody takes it for a translation."""
    machine = parse_po(merged(EMPTY, REFUSED, engine="deepl").text, "nl.po").get(None, "Tell your users.")
    assert machine is not None
    assert (machine.msgstr, machine.flags) == ("", ())
    assert machine_text(machine) == ("deepl", "Breng <i>uw</i> gebruikers op de hoogte.")
    assert entry_state(machine, ()) is State.UNTRANSLATED
    people = parse_po(merged(EMPTY, REFUSED).text, "nl.po").get(None, "Tell your users.")
    assert people is not None
    assert (people.msgstr, people.comments) == ("", ())


def test_what_is_translated_stays_and_is_named() -> None:
    """Unless it is to be replaced; every other byte of the catalog stays in any case."""
    mine = EMPTY.replace(f'{TIP}"', f'# mine\n{TIP}Vertel het uw gebruikers."')
    found = merged(mine)
    assert published(found.text, "nl.po")["Tell your users."] == "Vertel het uw gebruikers."
    (note,) = found.kept
    assert (note.reason, note.target_text) == (Reason.KEPT, "Breng uw gebruikers op de hoogte.")
    assert note.source is not None
    assert note.source.line == 18
    forced = merged(mine, force=True)
    assert published(forced.text, "nl.po") == truth(DUTCH)
    assert forced.kept == ()
    assert "# mine\n" in forced.text


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ('# mt: other: Iets anders.\n#, fuzzy\n{}Iets anders."', True),
        ('#, fuzzy\n#| msgid "Tell users."\n{}Iets anders."', True),
        ('# suggestion: of another page\n#, fuzzy\n#| msgid "Tell users."\n{}Iets anders."', False),
        ('#, no-wrap\n{}"', False),
    ],
)
def test_drafts_and_old_translations_stay_and_suggestions_do_not(before: str, kept: bool) -> None:
    """Nothing is lost but what nobody has taken."""
    found = merged(EMPTY.replace(f'{TIP}"', before.format(TIP)))
    entry = parse_po(found.text, "nl.po").get(None, "Tell your users.")
    assert entry is not None
    assert (entry.msgstr == "Iets anders.") is kept
    assert bool(found.kept) is kept
    if not kept:
        assert entry.msgstr == "Breng uw gebruikers op de hoogte."
        assert not entry.fuzzy
        assert entry.previous_msgid is None
        assert not any(line.startswith("suggestion") for line in entry.comments)
        assert ("no-wrap" in entry.flags) is ("no-wrap" in before)


def test_a_text_that_the_catalog_lacks_is_added_in_its_place() -> None:
    """A source of an earlier day has texts that the catalog of today lacks; `update` will know what to do."""
    start = EMPTY.index("#: docs/page.md\n" + TIP)
    end = EMPTY.index("#: docs/page.md", start + 5)
    found = merged(EMPTY[:start] + EMPTY[end:])
    catalog = parse_po(found.text, "nl.po")
    order = [entry.msgid for entry in catalog.entries]
    assert order == [entry.msgid for entry in parse_po(EMPTY, "nl.po").entries]
    entry = catalog.get(None, "Tell your users.")
    assert entry is not None
    assert (entry.msgstr, entry.references) == ("Breng uw gebruikers op de hoogte.", ("docs/page.md",))


def test_an_obsolete_entry_with_a_translation_stays() -> None:
    """It is what somebody wrote; without one it comes into use again."""
    old = EMPTY.replace(f'#: docs/page.md\n{TIP}"', '#~ msgid "Tell your users."\n#~ msgstr "Zeg het ze."')
    assert len(merged(old).kept) == 1
    blank = EMPTY.replace(f'#: docs/page.md\n{TIP}"', '#~ msgid "Tell your users."\n#~ msgstr ""')
    assert published(merged(blank).text, "nl.po") == truth(DUTCH)
