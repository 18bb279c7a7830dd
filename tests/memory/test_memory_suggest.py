"""What an update takes as it is, what it suggests, and what a translator is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_cases import UNITS, ask

from knooppunt.catalogs import Question, Suggestion, parse_po, update_po
from knooppunt.memory import PASSAGE, SUGGESTED, Memory, MemoryUnit, suggester
from knooppunt.model import Origin, Segment, State

BEFORE = "Each pod has an address of its own."
TEXT = "It is taken from the subnet."
AFTER = "The address goes back when the pod ends."
COPIED = MemoryUnit(TEXT, "Het komt uit het subnet.", "nodes/network", None, BEFORE, AFTER)
PLACE = ask(TEXT, BEFORE, AFTER)


def offer(question: Question, *units: MemoryUnit, article: str = "nodes/new") -> Suggestion | None:
    """What a memory of these units offers."""
    return suggester(Memory(units), article)(question)


def test_a_copied_passage_is_taken_as_it_is() -> None:
    """The same text between the same neighbours, in another article."""
    found = offer(PLACE, COPIED)
    assert found == Suggestion(
        COPIED.target, TEXT, "101 %, a text of nodes/network; between the same neighbours", final=True
    )


@pytest.mark.parametrize(
    ("why", "unit"),
    [
        ("another text before it", replace(COPIED, before="Other")),
        ("another text after it", replace(COPIED, after="Other")),
        ("nobody knows its neighbours", replace(COPIED, before=None, after=None)),
        ("its text is gone", replace(COPIED, obsolete=True)),
        ("a TMX file that does not say its state", replace(COPIED, imported=True, state=None)),
        ("a text of a record", replace(COPIED, context="aks.a:title")),
        ("the article's own", replace(COPIED, origin="nodes/new", context="x")),
    ],
)
def test_anything_less_is_a_suggestion(why: str, unit: MemoryUnit) -> None:
    """A person has to look."""
    found = offer(PLACE, unit)
    assert found is not None, why
    assert (found.msgstr, found.final) == (COPIED.target, False), why


def test_a_tmx_file_that_says_its_state_counts() -> None:
    """An export of another project of ours, for instance."""
    found = offer(PLACE, replace(COPIED, imported=True, state=State.TRANSLATED, origin="memory/old.tmx"))
    assert found is not None
    assert found.final


def test_two_translations_of_one_passage_are_no_certainty() -> None:
    """Then a person chooses, and knows that there is a choice."""
    found = offer(PLACE, COPIED, replace(COPIED, target="Het is uit het subnet.", origin="nodes/other"))
    assert found is not None
    assert not found.final
    assert found.note.endswith("also translated otherwise")
    same = offer(PLACE, COPIED, replace(COPIED, origin="nodes/other"))
    assert same is not None
    assert same.final


def test_what_nobody_answers_for_is_never_taken_as_it_is() -> None:
    """However often a TMX file says it: what a person answers for is certain, and the rest is not."""
    foreign = replace(COPIED, target="Anders.", imported=True, state=None)
    often = [replace(foreign, origin=f"memory/{name}.tmx") for name in "abc"]
    found = offer(PLACE, COPIED, *often)
    assert found is not None
    assert (found.msgstr, found.final) == (COPIED.target, True)
    found = offer(PLACE, *often)
    assert found is not None
    assert (found.msgstr, found.final) == ("Anders.", False)


def test_a_short_passage_is_no_certainty() -> None:
    """`Default` between `Type` and `Notes` may be another default; eight words are enough, in any script."""
    assert PASSAGE == 8
    for before, text, after, final in (
        ("Type", "Default", "Notes", False),
        ("Type of it", "Default", "Notes on it", False),
        ("Type of it", "Default", "Notes on all it", True),
        ("制限事項", "既定値", "備考", False),
        ("制限事項の一覧です", "既定値", "備考を参照", True),
    ):
        unit = MemoryUnit(text, "x", "a", None, before, after)
        found = offer(ask(text, before, after), unit)
        assert found is not None
        assert found.final is final, text


def test_the_note_says_what_a_translator_has_to_know() -> None:
    """Where it is from, how much it is like it, what was exchanged and what was not."""
    notes = {}
    for text in ("Pods have no IPv6 addresses.", "A group holds at most 5 containers.", "Limits"):
        found = offer(ask(text), *UNITS)
        assert found is not None
        assert not found.final
        notes[text] = (found.note, found.source)
    assert list(notes.values()) == [
        ("96 % like a text of nodes/network", "Pods have no IPv6 address."),
        ("99 % like a text of nodes/limits; with 5 for 60", "A group holds at most 60 containers."),
        ("100 %, a text of nodes/limits; also translated otherwise", "Limits"),
    ]
    gone = offer(ask("At most 5 pods."), MemoryUnit("At most 2 pods.", "Hoogstens twee.", "a", obsolete=True))
    assert gone is not None
    assert gone.note == "98 % like a text of a; which is gone; look at 5 (there: 2)"


def test_what_is_too_little_alike_is_not_suggested() -> None:
    """A search shows it, an update does not fill it in."""
    question = ask("Pods have IPv4 networks.")
    found = Memory(UNITS).matches(question)
    assert found
    assert found[0].score < SUGGESTED
    assert offer(question, *UNITS) is None


STATES = st.sampled_from([State.TRANSLATED, State.APPROVED, None])
TEXTS = st.sampled_from([BEFORE, TEXT, AFTER, "It is taken from a subnet.", "Limits", ""])


@given(
    st.lists(
        st.builds(MemoryUnit, TEXTS.filter(bool), st.sampled_from("ab"), st.sampled_from("xy"), st.none(), TEXTS, TEXTS)
    ),
    st.builds(Question, st.none(), TEXTS.filter(bool), TEXTS, TEXTS),
)
def test_only_the_very_same_passage_is_final(units: list[MemoryUnit], question: Question) -> None:
    """Whatever a memory holds: no likeness, no missing neighbour and no doubt is ever taken as it is."""
    found = offer(question, *units, article="x")
    if found is not None and found.final:
        there = [
            unit
            for unit in units
            if (unit.before, unit.source, unit.after) == (question.before, question.msgid, question.after)
            and unit.origin != "x"
            and unit.state is not None
        ]
        assert {unit.target for unit in there} == {found.msgstr}
        assert question.before
        assert question.after
        assert found.source == question.msgid


def test_an_update_fills_what_it_is_offered() -> None:
    """The copied passage is translated; a text that is alike is fuzzy, with the text it was made for and the note."""
    texts = (BEFORE, TEXT, AFTER, "A group holds at most 5 containers.", "Nothing is like this sentence.")
    segments = [Segment(text, Origin("docs/new.md", 1)) for text in texts]
    update = update_po(None, segments, locale="nl", suggest=suggester(Memory([*UNITS, COPIED]), "new"))
    catalog = parse_po(update.text, "new.po")
    copied, alike, new = (catalog.get(None, text) for text in (texts[1], texts[3], texts[4]))
    assert copied is not None
    assert (copied.msgstr, copied.fuzzy, copied.comments) == (COPIED.target, False, ())
    assert alike is not None
    assert (alike.msgstr, alike.fuzzy) == ("Een groep bevat hoogstens 5 containers.", True)
    assert alike.previous_msgid == "A group holds at most 60 containers."
    assert alike.comments == ("suggestion: 99 % like a text of nodes/limits; with 5 for 60",)
    assert new is not None
    assert new.msgstr == ""
    assert (update.counts["remembered"], update.counts["suggested"]) == (1, 1)
