"""What every format must keep: out and back without an edit changes nothing, an edit changes its entry alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from exchange_cases import NAME, PATH, approved_in, catalog, catalogs, exported, returned, small, texts
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knooppunt.catalogs import Catalog, edit_po, parse_po
from knooppunt.exchange import Reason, ReturnedFile, format_of, formats, plan_import
from knooppunt.exchange.merging import lost_codes
from knooppunt.exchange.units import texts_of, with_texts
from knooppunt.model import Entry, State

every_format = pytest.mark.parametrize("name", list(formats()))


def edited(file: ReturnedFile, place: int, new: tuple[str, ...]) -> ReturnedFile:
    """The file with the translation of one unit replaced, as a tool does it that keeps states."""
    units = list(file.units)
    targets = new if units[place].targets else ()
    units[place] = replace(units[place], target=new[0], targets=targets, state=State.TRANSLATED)
    return replace(file, units=tuple(units))


@every_format
def test_the_small_catalog_comes_back_as_it_went(name: str) -> None:
    read = small()
    approved = approved_in(read)
    text = exported(read, name, approved)
    file = returned(text, name)
    plan = plan_import({NAME: read}, file, approved=approved)
    assert plan.refusals == ()
    assert plan.changes == {}
    assert plan.approvals == ()
    assert plan.counts == {"equal": 8}
    assert text == exported(read, name, approved)
    assert format_of(text.encode(), f"x{formats()[name].ending}").name == name


@every_format
@given(catalogs)
def test_no_edit_is_no_change(name: str, read: Catalog) -> None:
    approved = approved_in(read)
    file = returned(exported(read, name, approved), name)
    plan = plan_import({NAME: read}, file, approved=approved)
    assert plan.refusals == ()
    assert plan.changes == {}
    assert len(file.units) == len(read.entries)
    assert edit_po(read, plan.changes.get(NAME, {})) == read.text


@every_format
@settings(deadline=None)  # a pause of the machine is no failure
@given(catalogs.filter(lambda read: bool(read.entries)), texts, st.data())
def test_an_edit_changes_its_entry_alone(name: str, read: Catalog, text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(read.entries) - 1))
    old = read.entries[place]
    inner = "".join(letter for letter in text if letter >= " " and letter not in "\x7f\uffff").strip() or "x"
    core = old.msgid.strip("\n")  # all code and links of the source are in the translation, for else it is refused
    new = "\n" * old.msgid.startswith("\n") + f"{core} {inner}" + "\n" * old.msgid.endswith("\n")
    wanted = tuple(new for _ in texts_of(old))
    target = with_texts(replace(old, flags=tuple(flag for flag in old.flags if flag != "fuzzy")), wanted)
    assume(old.msgid != "\n" and wanted != texts_of(old) and not lost_codes(old, target))
    # Edit the catalog, export that, and import the file into the catalog as it was.
    after = parse_po(edit_po(read, {old.key: target}), PATH)
    there = returned(exported(after, name), name)
    back = edited(returned(exported(read, name), name), place, there.units[place].texts)
    plan = plan_import({NAME: read}, back)
    assert {refusal.reason for refusal in plan.refusals} <= {Reason.CODE}  # the edit drops all of the source's code
    if plan.refusals:
        plan = plan_import({NAME: read}, back, force=True)
    assert plan.refusals == ()
    assert list(plan.changes) == [NAME]
    ((key, entry),) = plan.changes[NAME].items()
    assert key == old.key
    assert texts_of(entry) == wanted
    assert not entry.fuzzy
    assert (entry.context, entry.msgid, entry.msgid_plural, entry.obsolete) == (
        old.context,
        old.msgid,
        old.msgid_plural,
        old.obsolete,
    )
    assert (entry.references, entry.extracted) == (old.references, old.extracted)
    text_after = edit_po(read, plan.changes[NAME])
    assert text_after.startswith(read.text[: old.origin.start])
    assert text_after.endswith(read.text[old.origin.end :])


@every_format
def test_nothing_in_a_file_changes_by_itself(name: str) -> None:
    """No dates, and no catalog at all is a file too."""
    text = exported(catalog(), name)
    assert returned(text, name).units == ()
    assert "date" not in exported(small(), name).lower()


@every_format
def test_a_file_of_another_order_says_the_same(name: str) -> None:
    read = small()
    file = returned(exported(read, name), name)
    plan = plan_import({NAME: read}, replace(file, units=file.units[::-1]))
    assert plan.counts == {"equal": 8}


@every_format
def test_states_and_plurals_reach_the_tool(name: str) -> None:
    read = small()
    units = {unit.source: unit for unit in returned(exported(read, name, approved_in(read)), name).units}
    states = [
        *(State.TRANSLATED, State.UNTRANSLATED, State.STALE, State.MACHINE),
        *(State.TRANSLATED, State.UNTRANSLATED, State.TRANSLATED, State.APPROVED),
    ]
    assert [units[entry.msgid].state for entry in read.entries] == states
    assert units["One pod"].targets == ("Een pod", "Veel pods")
    assert units["Gone"].target == "Weg"


def test_an_entry_is_found_by_its_id_alone() -> None:
    """Same text, another context: two entries."""
    read = catalog(Entry("Yes", "Ja"), Entry("Yes", "Wel", "b"), Entry("Yes", "Jazeker", ""))
    for name in formats():
        file = edited(returned(exported(read, name), name), 1, ("Toch",))
        plan = plan_import({NAME: read}, file)
        assert [(key, entry.msgstr) for key, entry in plan.changes[NAME].items()] == [(("b", "Yes"), "Toch")]
