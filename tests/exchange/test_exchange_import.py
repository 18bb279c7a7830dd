"""What an import takes, keeps and refuses: three sides are the export, the catalog since, and the file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from exchange_cases import NAME, catalog

from knooppunt.catalogs import Catalog, edit_po, entry_hash, entry_state
from knooppunt.exchange import (
    ImportPlan,
    Reason,
    Returned,
    ReturnedFile,
    catalog_units,
    plan_import,
    unit_id,
)
from knooppunt.exchange.units import read_stamp
from knooppunt.model import Entry, State

DONE = Entry("One two", "Een twee")
FUZZY = ("fuzzy",)
STALE = Entry("One two", "Een", flags=FUZZY, previous_msgid="One")
MACHINE = Entry("One two", "Eén twee", flags=FUZZY, comments=("Ask Ada.", "mt: engine: Eén twee"))
OFFERED = Entry(
    "One two", "Een twee drie", flags=FUZZY, comments=("suggestion: 80 % like another",), previous_msgid="x"
)
EMPTY = Entry("One two", "")
PLURAL = Entry("One pod", "Een pod", None, "Many pods", ("Een pod", "Veel pods"))


def out(*entries: Entry, **changes: Any) -> Returned:
    """The last of these entries as it goes out and comes back, with something changed on the way."""
    unit = list(catalog_units(NAME, catalog(*entries), ()))[-1]
    entry = unit.entry
    back = Returned(
        NAME,
        unit.id,
        entry.msgid,
        unit.targets[0],
        7,
        unit.targets if entry.msgid_plural is not None else (),
        unit.state,
        unit.stamp,
        entry.comments,
        context=entry.context,
        plural=entry.msgid_plural,
    )
    return replace(back, **changes)


def run(read: Catalog, *units: Returned, **options: Any) -> ImportPlan:
    """An import of these units."""
    return plan_import({NAME: read}, ReturnedFile("back.csv", "csv", "nl", units), **options)


def taken(now: Entry, unit: Returned, **options: bool) -> Entry:
    """The entry after an import that takes its unit."""
    plan = run(catalog(now), unit, **options)
    assert plan.refusals == ()
    (entry,) = plan.changes[NAME].values()
    return entry


def refused(now: Entry, unit: Returned, **options: bool) -> Reason:
    """Why a unit is not taken."""
    plan = run(catalog(now), unit, **options)
    assert plan.changes == {}
    assert plan.counts == {"refused": 1}
    return plan.refusals[0].reason


@pytest.mark.parametrize("entry", [DONE, STALE, MACHINE, OFFERED, EMPTY, PLURAL])
@pytest.mark.parametrize("stated", [True, False])
def test_what_comes_back_as_it_went_changes_nothing(entry: Entry, stated: bool) -> None:
    unit = out(entry) if stated else out(entry, state=None, comments=None)
    for options in ({}, {"force": True}, {"reviewed": True}):
        plan = run(catalog(entry), unit, **options)
        assert (plan.changes, plan.counts) == ({}, {"equal": 1})
    lost = replace(unit, stamp="")  # a tool that drops what it does not know
    assert run(catalog(entry), lost).counts == {"equal": 1}


@pytest.mark.parametrize(
    ("entry", "changes", "flags", "previous", "comments", "state"),
    [
        (EMPTY, {"target": "Een"}, (), None, (), State.TRANSLATED),
        (EMPTY, {"target": "Een", "state": State.TRANSLATED}, (), None, (), State.TRANSLATED),
        (EMPTY, {"target": "Een", "state": State.STALE}, FUZZY, None, (), State.STALE),
        (EMPTY, {"target": "E", "state": State.MACHINE, "engine": "d: L"}, FUZZY, None, ("mt: d L: E",), State.MACHINE),
        (EMPTY, {"target": "Een", "state": State.MACHINE}, FUZZY, None, ("mt: import: Een",), State.MACHINE),
        (STALE, {"target": "Twee", "state": State.TRANSLATED}, (), None, (), State.TRANSLATED),
        (STALE, {"target": "Twee"}, FUZZY, "One", (), State.STALE),
        (STALE, {"target": "Twee", "state": None}, (), None, (), State.TRANSLATED),
        (STALE, {"state": State.APPROVED}, (), None, (), State.TRANSLATED),
        (MACHINE, {"target": "Een twee", "state": State.TRANSLATED}, (), None, MACHINE.comments, State.TRANSLATED),
        (MACHINE, {"target": "Een twee"}, FUZZY, None, MACHINE.comments, State.MACHINE),
        (MACHINE, {"state": State.TRANSLATED}, (), None, MACHINE.comments, State.TRANSLATED),
        (OFFERED, {"target": "Een twee", "state": State.TRANSLATED}, (), None, (), State.TRANSLATED),
        (OFFERED, {"target": "Een twee"}, (), None, (), State.TRANSLATED),
        (OFFERED, {"state": State.TRANSLATED}, (), None, (), State.TRANSLATED),
        (DONE, {"target": "1 2"}, (), None, (), State.TRANSLATED),
        (DONE, {"state": State.STALE}, FUZZY, None, (), State.STALE),
        (DONE, {"state": State.UNTRANSLATED}, FUZZY, None, (), State.STALE),
    ],
)  # fmt: skip
def test_a_state_keeps_its_marks(
    entry: Entry,
    changes: dict[str, object],
    flags: tuple[str, ...],
    previous: str | None,
    comments: tuple[str, ...],
    state: State,
) -> None:
    """Fuzzy, previous text and comments are those of the state; what an engine wrote stays for measuring."""
    new = taken(entry, out(entry, **changes))
    assert new.msgstr == changes.get("target", entry.msgstr)
    assert (new.flags, new.previous_msgid, new.comments) == (flags, previous, comments)
    assert entry_state(new, ()) is state


def test_an_edited_draft_is_done_for_tools_that_keep_no_states() -> None:
    assert taken(MACHINE, out(MACHINE, target="Een twee"), reviewed=True).flags == ()
    assert run(catalog(MACHINE), out(MACHINE), reviewed=True).changes == {}


def test_a_finished_draft_that_is_to_be_looked_at_again_is_stale_and_no_draft() -> None:
    done = replace(MACHINE, flags=())
    new = taken(done, out(done, state=State.STALE))
    assert entry_state(new, ()) is State.STALE
    assert new.comments == MACHINE.comments


@pytest.mark.parametrize("stamped", [True, False])
def test_blanking_needs_force(stamped: bool) -> None:
    unit = out(MACHINE, target="", state=State.UNTRANSLATED)
    unit = unit if stamped else replace(unit, stamp="")
    if stamped:
        assert refused(MACHINE, unit) is Reason.BLANK
        new = taken(MACHINE, unit, force=True)
        assert (new.msgstr, new.flags) == ("", ())
    assert refused(DONE, out(DONE, target="")) is Reason.BLANK
    assert refused(DONE, out(DONE, target="", stamp="")) is Reason.BLANK
    assert refused(PLURAL, out(PLURAL, targets=("Een pod", ""))) is Reason.BLANK


def test_a_suggestion_that_nobody_took_is_no_loss() -> None:
    plan = run(catalog(OFFERED), out(OFFERED, target="", state=State.UNTRANSLATED))
    assert plan.counts == {"kept": 1}


def test_a_newer_text_of_the_catalog_wins_where_the_file_has_no_edit() -> None:
    unit = out(DONE)
    assert run(catalog(replace(DONE, msgstr="Nieuw")), unit).counts == {"kept": 1}
    assert run(catalog(replace(DONE, msgstr="Nieuw")), unit, force=True).counts == {"kept": 1}
    finished = replace(STALE, flags=(), previous_msgid=None)
    assert run(catalog(finished), out(STALE)).changes == {}


def test_two_edits_of_one_text_need_force() -> None:
    newer = replace(DONE, msgstr="Nieuw")
    unit = out(DONE, target="Anders")
    assert refused(newer, unit) is Reason.NEWER
    assert taken(newer, unit, force=True).msgstr == "Anders"
    assert run(catalog(newer), out(DONE, target="Nieuw")).counts == {"equal": 1}
    assert refused(newer, out(DONE, state=State.STALE)) is Reason.NEWER


def test_without_a_stamp_nothing_is_overwritten() -> None:
    assert refused(DONE, out(DONE, target="Anders", stamp="")) is Reason.UNSURE
    assert refused(DONE, out(DONE, target="Anders", stamp="0123-damaged")) is Reason.UNSURE
    assert taken(DONE, out(DONE, target="Anders", stamp=""), force=True).msgstr == "Anders"
    assert taken(EMPTY, out(EMPTY, target="Anders", stamp="")).msgstr == "Anders"
    assert taken(OFFERED, out(OFFERED, target="Anders", stamp="", state=None)).comments == ()
    assert taken(STALE, out(STALE, state=State.TRANSLATED, stamp="")).flags == ()
    finished = replace(STALE, flags=(), previous_msgid=None)
    assert run(catalog(finished), out(STALE, stamp="")).changes == {}


@pytest.mark.parametrize(
    ("changes", "reason", "word"),
    [
        ({"id": "kffffffffffffffff", "target": "x"}, Reason.UNKNOWN, "gone"),
        ({"catalog": "../../etc/passwd", "target": "x"}, Reason.UNKNOWN, "no catalog"),
        ({"id": "", "catalog": "", "target": "x"}, Reason.UNKNOWN, "no id"),
        ({"source": "One 2"}, Reason.SOURCE, "source"),
        ({"target": "Een\n"}, Reason.TEXT, "not end"),
        ({"target": "\nEen"}, Reason.TEXT, "not begin"),
        ({"target": "Een\x1b[2J"}, Reason.TEXT, "U+001B"),
        ({"target": "Een \ufffd"}, Reason.TEXT, "U+FFFD"),
        ({"targets": ("Een", "Twee"), "target": "Een"}, Reason.TEXT, "2 plural forms"),
    ],
)
def test_what_cannot_be_taken(changes: dict[str, object], reason: Reason, word: str) -> None:
    unit = out(DONE, **changes)
    plan = run(catalog(DONE), unit)
    assert plan.refusals[0].reason is reason
    assert word in plan.refusals[0].message
    assert run(catalog(DONE), unit, force=True).refusals[0].reason is reason
    first, *more = plan.refusals[0].lines("back.csv")
    assert first.startswith("back.csv:7: ")
    assert "One" in more[0]
    assert more[-1].strip().startswith("file:")


def test_the_report_shows_place_and_both_texts() -> None:
    plan = run(catalog(replace(DONE, msgstr="Nieuw\nter")), out(DONE, target="Anders"))
    assert plan.refusals[0].lines("b.csv") == (
        "b.csv:7: network: the translation has changed in the catalog since the export",
        "    source:     One two",
        "    catalog:    Nieuw\\nter (locales/nl/LC_MESSAGES/network.po:11)",
        "    file:       Anders",
    )
    assert plan.forceable == 1


def test_line_breaks_follow_the_source() -> None:
    entry = Entry("One\n\ntwo\n", "Een\n\ntwee\n")
    assert taken(entry, out(entry, target="1\r\n\r\n2\r\n", source="One\r\n\r\ntwo\r\n")).msgstr == "1\n\n2\n"
    assert run(catalog(entry), out(entry, target="Een\r\n\r\ntwee\r\n")).counts == {"equal": 1}


def test_a_text_that_left_the_source_is_no_refusal_unless_somebody_worked_on_it() -> None:
    for entry in (DONE, replace(DONE, context=""), replace(DONE, context="a:title"), PLURAL):
        assert run(catalog(), out(entry)).counts == {"gone": 1}
        edit = {"target": "Anders", "targets": ("Anders", "Anderen") if entry is PLURAL else ()}
        assert run(catalog(), out(entry, **edit)).counts == {"refused": 1}
    assert run(catalog(), out(EMPTY)).counts == {"gone": 1}


def test_obsolete_entries_stay_obsolete() -> None:
    gone = Entry("Gone", "Weg", obsolete=True)
    new = taken(gone, out(gone, target="Foetsie"))
    assert (new.obsolete, new.msgstr) == (True, "Foetsie")


def test_one_unit_twice() -> None:
    plan = run(catalog(DONE), out(DONE, target="A"), out(DONE, target="A", line=9))
    assert plan.counts == {"changed": 1, "equal": 1}
    plan = run(catalog(DONE), out(DONE, target="A"), out(DONE, target="B", line=9))
    assert [(item.reason, item.unit.line) for item in plan.refusals] == [(Reason.TWICE, 9)]
    plan = run(catalog(DONE), out(DONE, comments=("One.",)), out(DONE, comments=("Two.",), line=9))
    assert [item.message for item in plan.refusals] == ["is in line 7 already, with other comments"]


def test_a_lost_catalog_is_found_by_the_id_where_only_one_has_it() -> None:
    one, other = catalog(DONE), catalog(STALE, name="b")
    file = ReturnedFile("b", "csv", "nl", (out(DONE, catalog="", target="A"),))
    assert plan_import({NAME: one}, file).counts == {"changed": 1}
    plan = plan_import({NAME: one, "b": other}, file)
    assert plan.refusals[0].reason is Reason.UNKNOWN
    assert "network, b" in plan.refusals[0].message


def test_comments_of_both_sides() -> None:
    base = replace(DONE, comments=("one", "two"))
    ours = replace(DONE, comments=("one", "two", "ours"))
    assert taken(base, out(base, comments=("one", "theirs"))).comments == ("one", "theirs")
    assert run(catalog(ours), out(base)).changes == {}
    assert taken(ours, out(base, comments=("one", "theirs"))).comments == ("one", "two", "ours", "theirs")
    assert taken(base, out(base, comments=("theirs",), stamp="")).comments == ("one", "two", "theirs")
    assert run(catalog(base), out(base, comments=None)).changes == {}


def test_marks_are_not_the_files_to_write() -> None:
    assert run(catalog(MACHINE), out(MACHINE, comments=("Ask Ada.",))).changes == {}
    forged = out(DONE, comments=("mt: forged: x", "suggestion: y", "note"))
    assert taken(DONE, forged).comments == ("note",)


def test_approvals_are_named_and_not_made() -> None:
    edit = out(DONE, target="Nieuw", state=State.APPROVED)
    plan = run(catalog(DONE), edit)
    assert [item.hash for item in plan.approvals] == [entry_hash(replace(DONE, msgstr="Nieuw"))]
    assert run(catalog(STALE), out(STALE, state=State.APPROVED)).approvals[0].hash == entry_hash(STALE)
    read = catalog(DONE)
    approved = frozenset({entry_hash(DONE)})
    (unit,) = catalog_units(NAME, read, approved)
    back = Returned(NAME, unit.id, DONE.msgid, "Nieuw", 1, (), unit.state, unit.stamp)
    plan = plan_import({NAME: read}, ReturnedFile("b", "csv", "nl", (back,)), approved=approved)
    assert (plan.ended, plan.approvals) == (1, ())  # a tool that leaves the state has approved nothing


def test_an_id_is_a_name_for_msgctxt_and_msgid() -> None:
    ids = {
        unit_id(entry)
        for entry in (DONE, replace(DONE, context=""), replace(DONE, context="x"), replace(DONE, msgid_plural="y"))
    }
    assert len(ids) == 4
    assert all(len(item) == 17 and item.startswith("k") for item in ids)
    assert unit_id(DONE) == unit_id(STALE)
    assert read_stamp("") is None
    assert read_stamp("0" * 16 + "-" + "0" * 8 + "-nonsense") is None


def test_a_change_of_one_entry_is_written_into_its_span() -> None:
    read = catalog(DONE, Entry("b", "B"))
    plan = run(read, out(DONE, target="Anders"))
    assert edit_po(read, plan.changes[NAME]) == read.text.replace('"Een twee"', '"Anders"')
