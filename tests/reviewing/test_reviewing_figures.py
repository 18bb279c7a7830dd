"""Figures of a review, on texts and ledger lines made by hand so that each number can be worked out on paper."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogs import Decision
from knooppunt.model import State
from knooppunt.reviewing.figures import Figures, Quality, figures
from knooppunt.reviewing.figures_saves import Passage
from knooppunt.reviewing.figures_schema import SCHEMA
from knooppunt.reviewing.figures_show import COLUMNS, csv_figures, document, json_figures, text_figures
from knooppunt.reviewing.figures_terms import edited_pairs

MARA, JAN = "Mara Vos <mara@docs.example>", "Jan Smit <jan@docs.example>"


def passage(name: str, *, words: int = 100, state: State = State.TRANSLATED, **facts: Any) -> Passage:
    """A text of the catalog `page`; its hash is its name, doubled."""
    return Passage("page", name, name * 2, state, words, **facts)


def line(
    name: str, action: str, by: str = MARA, minute: int = 0, *, hash_: str | None = None, **extra: Any
) -> Decision:
    """A line of the ledger about the text as it is, where no other hash is given."""
    facts = {"catalog": "page", "entry": name, "words": 100, **extra}
    return Decision(None, hash_ or name * 2, action, by, f"2026-11-02T10:{minute:02d}:00Z", None, facts)


def error(category: str, severity: str) -> dict[str, str]:
    return {"category": category, "severity": severity}


def of(passages: list[Passage], *lines: Decision, limit: float = 10.0) -> Figures:
    return figures("nl", passages, lines, limit)


# Post-editing --------------------------------------------------------------------------------------------------------


def test_hter_is_words_changed_by_words_of_the_final_texts() -> None:
    """Summed up before dividing, so that a long text weighs more than a short one."""
    passages = [
        passage("a", engine="m", machine="De peul stopt nu", final="De pod stopt nu"),
        passage("b", engine="m", machine="Ja", final="Ja"),
        passage("c", engine="m", machine="Iets anders", final="Wat nieuws", state=State.MACHINE),
        passage("d", engine="m", machine="Iets anders", final="Wat nieuws", state=State.STALE),
        passage("e", final="Zonder machine"),
    ]
    editing = of(passages).total.editing
    assert (editing.segments, editing.untouched, editing.words, editing.word_edits) == (2, 1, 5, 1)
    assert editing.hter == 0.2
    assert (editing.character_edits, editing.characters) == (3, 18)
    assert editing.character_rate == pytest.approx(3 / 18, abs=1e-4)


def test_nothing_edited_is_no_figure() -> None:
    editing = of([passage("a", state=State.UNTRANSLATED, final="")]).total.editing
    assert editing.hter is None
    assert editing.character_rate is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_laws_of_the_distances(machine: str, final: str) -> None:
    """No text is changed by more than all of its characters, and only an unchanged one by none."""
    editing = of([passage("a", engine="m", machine=machine, final=final)]).total.editing
    assert 0 <= editing.character_edits <= editing.characters
    assert (editing.untouched == 1) is (machine == final) is (editing.character_edits == 0)
    assert editing.word_edits <= max(len(machine), 1) + editing.words


# Quality -------------------------------------------------------------------------------------------------------------


def test_points_per_thousand_words_of_what_was_judged() -> None:
    """Five points on 600 words; the text that nobody judged is no part of it."""
    passages = [passage("a", words=200), passage("b", words=400), passage("c", words=5000)]
    total = of(
        passages,
        line("a", "reject", words=200, mqm=[error("terminology", "major")]),
        line("b", "accept", words=400),
    ).total
    assert (total.found.words, total.found.points, total.found.texts) == (600, 5, 2)
    assert total.found.per_thousand == 8.33
    assert total.found.score == 99.17
    assert total.found.passed is True


@pytest.mark.parametrize(("words", "passed"), [(499, None), (500, True), (501, True)])
def test_too_few_words_are_no_verdict(words: int, passed: bool | None) -> None:
    assert Quality(10, words, 1, {("style", "minor"): 1}).passed is passed


def test_the_limit_itself_passes_and_a_point_more_does_not() -> None:
    assert Quality(10, 500, 1, {("style", "major"): 1}).passed is True
    assert Quality(10, 500, 1, {("style", "major"): 1, ("style", "minor"): 1}).passed is False
    assert Quality(0, 500, 1, {("style", "neutral"): 9}).passed is True


def test_a_critical_error_weighs_25() -> None:
    assert Quality(10, 1000, 1, {("omission", "critical"): 1, ("style", "minor"): 2}).points == 27


def test_who_approves_their_own_text_judges_nothing() -> None:
    """Mara writes and approves; only when Jan approves it too, somebody has judged it."""
    own = [line("a", "edit"), line("a", "approve"), line("a", "approve", minute=5)]
    assert of([passage("a")], *own).total.found.words == 0
    assert of([passage("a")], *own, line("a", "approve", JAN, 9)).total.found.words == 100


def test_who_mends_a_draft_and_names_no_error_judges_nothing() -> None:
    assert of([passage("a", engine="m")], line("a", "edit")).total.found.words == 0


def test_errors_of_a_draft_are_the_engine_s_and_those_of_a_text_its_author_s() -> None:
    found = of(
        [passage("a", engine="m")],
        line("a", "edit", MARA, 1, engine="m", mqm=[error("terminology", "minor")]),
        line("a", "reject", JAN, 2, engine="m", mqm=[error("style", "major")]),
    )
    assert {tally.name: dict(tally.found.errors) for tally in (*found.engines, *found.people)} == {
        "m": {("terminology", "minor"): 1},
        "Mara Vos": {("style", "major"): 1},
        "Jan Smit": {},
    }
    assert found.total.found.words == 200  # two texts were judged: the draft, and Mara's


def test_what_was_mended_is_found_and_not_left() -> None:
    """The rejected text is gone; the one in its place was approved by somebody else."""
    found = of(
        [passage("a")],
        line("a", "reject", JAN, 1, hash_="old", mqm=[error("omission", "critical")]),
        line("a", "edit", MARA, 2),
        line("a", "approve", JAN, 3),
    ).total
    assert found.found.points == 25
    assert (found.left.points, found.left.words) == (0, 100)


def test_what_its_author_has_mended_is_not_left() -> None:
    """Mara writes, Jan rejects, Mara mends, Jan approves: the error was hers, and is gone."""
    found = of(
        [passage("a")],
        line("a", "edit", MARA, 1, hash_="old"),
        line("a", "reject", JAN, 2, hash_="old", mqm=[error("omission", "major")]),
        line("a", "edit", MARA, 3),
        line("a", "approve", JAN, 4),
    ).total
    assert (found.found.points, found.left.points, found.left.words) == (5, 0, 100)


def test_an_error_that_was_named_while_mending_is_not_left() -> None:
    found = of([passage("a", engine="m")], line("a", "edit", mqm=[error("style", "major")])).total
    assert (found.found.points, found.left.points, found.left.words) == (5, 0, 0)


def test_errors_of_one_text_add_up() -> None:
    lines = [line("a", "reject", JAN, minute, mqm=[error("style", "minor")]) for minute in (1, 2)]
    found = of([passage("a")], *lines).total
    assert (found.found.points, found.left.points, found.left.words) == (2, 2, 100)


def test_what_stands_rejected_is_left() -> None:
    found = of([passage("a")], line("a", "reject", JAN, mqm=[error("style", "minor")])).total
    assert found.left.points == 1


# Saves ---------------------------------------------------------------------------------------------------------------


def test_two_lines_of_one_save_are_one_save() -> None:
    """`edit` and `approve` at one time by one person: its words and its seconds count once."""
    work = of([passage("a")], line("a", "edit", seconds=36.0), line("a", "approve")).total.work
    assert (work.saves, work.actions, work.seconds, work.timed_words) == (1, {"edit": 1, "approve": 1}, 36.0, 100)
    assert work.words_per_hour == 10_000.0


def test_pace_counts_timed_saves_only() -> None:
    lines = [
        line("a", "edit", seconds=3600 / 2, minute=1),
        line("b", "edit", seconds=1801, minute=2),
        line("c", "approve", minute=3, bulk="approve"),
    ]
    work = of([passage("a"), passage("b"), passage("c")], *lines).total.work
    assert (work.timed_saves, work.overlong, work.words_per_hour, work.words_per_day) == (1, 1, 200.0, 100.0)
    assert work.saves == 3


def test_what_was_undone_never_was() -> None:
    lines = [
        line("a", "reject", seconds=9, mqm=[error("style", "major")]),
        line("a", "undo", minute=1),
        line("b", "edit", seconds=9, hash_="new"),
        line("b", "revert", minute=2, hash_="new"),
    ]
    total = of([passage("a"), passage("b")], *lines).total
    assert (total.work.saves, total.found.words, total.work.seconds) == (0, 0, 0)


def test_undo_takes_back_the_last_save_only() -> None:
    lines = [line("a", "edit", minute=1), line("a", "approve", JAN, 2), line("a", "undo", JAN, 3)]
    work = of([passage("a")], *lines).total.work
    assert work.actions == {"edit": 1}


def test_lines_that_name_no_entry_are_found_by_their_hash() -> None:
    """Lines of before, or of another tool, have no more than the hash."""
    bare = Decision(None, "aa", "approve", JAN, "2026-11-02T10:00:00Z")
    found = of([passage("a", words=7)], bare)
    assert found.total.found.words == 7
    assert [tally.name for tally in found.articles if tally.work.saves] == ["page"]


def test_people_are_told_apart_by_mail() -> None:
    lines = [
        line("a", "edit", "Mara Vos <mara@docs.example>", 1),
        line("b", "edit", "M. Vos <MARA@docs.example>", 2),
        line("c", "edit", "Mara Vos <other@docs.example>", 3, words=1),
    ]
    people = of([passage(name) for name in "abc"], *lines).people
    assert [(tally.name, tally.work.saves) for tally in people] == [("M. Vos", 2), ("Mara Vos", 1)]
    same = of([passage(name) for name in "abc"], lines[0], lines[2]).people
    assert [tally.name for tally in same] == ["Mara Vos <mara@docs.example>", "Mara Vos <other@docs.example>"]


def test_words_by_state_and_by_who_wrote_last() -> None:
    passages = [passage("a", words=3, state=State.APPROVED), passage("b", words=4, state=State.MACHINE)]
    found = of(passages, line("a", "edit"), line("a", "approve", JAN, 1))
    assert found.total.words == {State.APPROVED: 3, State.MACHINE: 4}
    assert {tally.name: dict(tally.words) for tally in found.people} == {
        "Mara Vos": {State.APPROVED: 3},
        "Jan Smit": {},
    }


@pytest.mark.parametrize(
    "extra",
    [
        {"seconds": "9"},
        {"seconds": True},
        {"seconds": -1},
        {"seconds": float("nan")},
        {"seconds": float("inf")},
        {"seconds": 10**400},
        {"mqm": "bad"},
        {"mqm": [{"category": "terminology", "severity": "dreadful"}]},
        {"mqm": [{"category": ["x"], "severity": "minor"}]},
        {"mqm": [7]},
    ],
)
def test_what_no_page_has_written_is_counted_as_unread(extra: dict[str, Any]) -> None:
    """A ledger may be edited by hand; nothing in it breaks the figures, and nothing is guessed."""
    found = of([passage("a")], line("a", "edit", **extra))
    assert found.unread == 1
    assert (found.total.work.seconds, found.total.found.points) == (0, 0)


# Shown ---------------------------------------------------------------------------------------------------------------


def some() -> Figures:
    return of(
        [
            passage("a", engine="m", machine="De peul stopt", final="De pod stopt", state=State.APPROVED),
            passage("b", state=State.UNTRANSLATED, final=""),
        ],
        line("a", "edit", engine="m", seconds=30.0, mqm=[error("terminology", "major")]),
        line("a", "approve", JAN, 1, seconds=10.0),
    )


def test_json_follows_its_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for found in (some(), of([])):
        validator.validate(json.loads(json_figures([found])))
    broken = document([some()])
    del broken["locales"][0]["total"]["mqm"]["left"]
    assert not validator.is_valid(broken)


def test_csv_has_a_row_for_everything_and_no_formulas() -> None:
    passages = [passage("a", engine="=cmd", machine="x", final="x")]
    found = figures("nl", passages, [line("a", "edit", "@SUM(A1) <x@docs.example>", engine="=cmd")], 10)
    rows = list(csv.DictReader(io.StringIO(csv_figures([found]))))
    assert [(row["kind"], row["name"]) for row in rows] == [
        ("locale", "nl"),
        ("article", "page"),
        ("engine", "'=cmd"),
        ("person", "'@SUM(A1)"),
    ]
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["words_translated"] == "100"
    assert rows[0]["left_score"] == ""


def test_text_tells_the_verdict_and_the_errors() -> None:
    said = text_figures([some()])
    assert "too few words to tell (200 of 500)" in said
    assert "Terminology: 1 major" in said
    assert "unread" not in said


# Words ---------------------------------------------------------------------------------------------------------------


def test_edited_words_are_counted_once_for_each_text() -> None:
    passages = [
        passage("a", engine="m", machine="De peul stopt de peul", final="De pod stopt de pod"),
        passage("b", engine="m", machine="Een Peul draait hier", final="Een pod draait hier"),
        passage("c", engine="m", machine="Het knoop punt is hier leeg", final="Het knooppunt is hier leeg"),
        passage("d", engine="m", machine="De peul is een draft", final="De pod is een draft", state=State.MACHINE),
        passage("e", engine="m", machine="Zie `peul` in code hier", final="Zie `pod` in code hier"),
    ]
    pairs = edited_pairs(passages)
    assert [(pair.before, pair.after, pair.texts) for pair in pairs] == [
        ("peul", "pod", 2),
        ("knoop punt", "knooppunt", 1),
    ]
    assert [example.id for example in pairs[0].examples] == ["a", "b"]
    assert pairs[0].examples[0].before.startswith("De peul")
