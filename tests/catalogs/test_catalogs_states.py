"""States of an entry, and what an approval is bound to."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from catalogs_cases import catalog, entries_of, lines
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogs import entry_hash, entry_state, machine_comment, machine_text
from knooppunt.model import Entry, Origin, State

DRAFT = machine_comment("deepl", "De peul")
APPROVED = Entry("The pod", "De pod")
ONE = frozenset([entry_hash(APPROVED)])


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (Entry("a", ""), State.UNTRANSLATED),
        (Entry("a", "", flags=("fuzzy",)), State.UNTRANSLATED),
        (Entry("a", "", flags=("fuzzy",), comments=(DRAFT,)), State.UNTRANSLATED),
        (Entry("a", "x", msgid_plural="as", plurals=("x", "")), State.UNTRANSLATED),
        (Entry("a", "x", msgid_plural="as", plurals=("x", "y")), State.TRANSLATED),
        (Entry("a", "De peul", flags=("fuzzy",), comments=("note", DRAFT)), State.MACHINE),
        (Entry("a", "De pod", flags=("fuzzy",), comments=(DRAFT,)), State.MACHINE),
        (Entry("a", "De peul", flags=("fuzzy",), comments=(DRAFT,), previous_msgid="b"), State.STALE),
        (Entry("a", "x", flags=("fuzzy",), previous_msgid="b"), State.STALE),
        (Entry("a", "x", flags=("fuzzy",)), State.STALE),
        (Entry("a", "x", flags=("fuzzy",), comments=("mt stands for something",)), State.STALE),
        (Entry("a", "De peul", comments=(DRAFT,)), State.TRANSLATED),
        (Entry("a", "x", previous_msgid="b"), State.TRANSLATED),
        (APPROVED, State.APPROVED),
        (replace(APPROVED, comments=("note",), references=("b.md",), obsolete=True), State.APPROVED),
        (replace(APPROVED, flags=("fuzzy",)), State.STALE),
        (replace(APPROVED, msgstr="De peul"), State.TRANSLATED),
        (replace(APPROVED, msgid="The pods"), State.TRANSLATED),
        (replace(APPROVED, context=""), State.TRANSLATED),
    ],
)
def test_state(entry: Entry, state: State) -> None:
    assert entry_state(entry, ONE) is state
    assert entry_state(catalog(entry).entries[0], ONE) is state


def test_no_two_texts_share_a_hash() -> None:
    near = [
        Entry("a", "b"),
        Entry("a", "b", ""),
        Entry("", "b", "a"),
        Entry("a", "b", "null"),
        Entry('a", "b', ""),
        Entry("ab", ""),
        Entry("a\0b", ""),
        Entry("a", "b", msgid_plural="", plurals=("b",)),
        Entry("a", "b", msgid_plural="c", plurals=("b",)),
        Entry("a", "b", msgid_plural="c", plurals=("b", "")),
        Entry("a", "b", msgid_plural="c", plurals=("b", "d")),
        Entry("a", "b", msgid_plural="c", plurals=("bd",)),
    ]
    assert len({entry_hash(entry) for entry in near}) == len(near)


def test_hash_is_for_ever() -> None:
    """Ledgers hold these; a change of the formula would end every approval."""
    assert entry_hash(APPROVED) == sha256(b'[null, "The pod", null, ["De pod"]]').hexdigest()
    assert entry_hash(Entry("é\n", "ü", "c")) == sha256(rb'["c", "\u00e9\n", null, ["\u00fc"]]').hexdigest()


@given(entries_of())
def test_hash_covers_the_texts_alone(entry: Entry) -> None:
    other = replace(entry, flags=("x",), comments=("y",), extracted=(), references=("z",), previous_msgid="p")
    assert entry_hash(replace(other, obsolete=not entry.obsolete, origin=Origin("x", 9))) == entry_hash(entry)
    assert entry_hash(catalog(entry).entries[0]) == entry_hash(entry)


@given(st.text(), st.sampled_from(["deepl", "nllb-200", "opus mt", "Ω"]), st.lists(lines, max_size=2))
def test_machine_text_survives_a_file(text: str, engine: str, notes: list[str]) -> None:
    comment = machine_comment(engine, text)
    entry = Entry("a", "x", flags=("fuzzy",), comments=(*notes, comment, "later"))
    read = catalog(entry).entries[0]
    if not any(note.startswith("mt: ") for note in notes):
        assert machine_text(read) == (engine, text)
    assert "\n" not in comment
    assert comment.rstrip(" \t\r") == comment


@pytest.mark.parametrize("comment", ["mt: ", "mt: deepl", "mt:deepl: x", "machine: x", "mt: : x"])
def test_no_machine_text(comment: str) -> None:
    assert machine_text(Entry("a", "x", comments=(comment,))) is None


@pytest.mark.parametrize("engine", ["", " ", "a:b", "a\nb", " a", "a ", ":"])
def test_an_engine_needs_a_plain_name(engine: str) -> None:
    with pytest.raises(ValueError, match="not a name for an engine"):
        machine_comment(engine, "x")
