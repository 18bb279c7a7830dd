"""Entries that other catalogs give up: shared by many updates, which do not see what the others take."""

from __future__ import annotations

import time
from dataclasses import replace

from catalogs_cases import PATH, catalog, plain, segment
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogs import Donors, parse_po, update_po
from knooppunt.model import Entry

TEXTS = (
    "The scheduler looks for a node.",
    "The scheduler looks for two nodes.",
    "Pods wait. They wait long.",
    "They wait long.",
    "Set `a` now.",
    "Set `b` now.",
)


def entry(msgid: str, **more: object) -> Entry:
    made = Entry(msgid, f"« {msgid}", references=("docs/other.md",))
    return replace(made, **more)  # type: ignore[arg-type] # fields by name


def test_each_update_may_take_the_same_donor() -> None:
    """Two pages that were copied from one that is gone both have its translation."""
    donors = Donors([entry(text) for text in TEXTS])
    segments = [segment(TEXTS[0]), segment(TEXTS[5].replace("`b`", "`c`"))]
    first, second = (update_po(None, segments, locale="nl", donors=donors) for _ in range(2))
    assert first.text == second.text
    assert (first.counts["revived"], first.counts["carried"]) == (1, 1)


@given(st.lists(st.sampled_from(TEXTS), unique=True), st.lists(st.sampled_from(TEXTS), unique=True), st.data())
def test_shared_or_not_is_the_same(old: list[str], new: list[str], data: st.DataObject) -> None:
    fuzzy = data.draw(st.sampled_from([{}, {"flags": ("fuzzy",), "previous_msgid": "Before."}]))
    entries = [entry(text, **fuzzy) for text in old]
    own = catalog(*(entry(text) for text in data.draw(st.lists(st.sampled_from(TEXTS), unique=True, max_size=2))))
    segments = [segment(text) for text in new]
    shared = Donors(entries)
    before = update_po(own, [segment("Unlike all of them.")], locale="nl", donors=shared)
    one, other = (update_po(own, segments, locale="nl", donors=donors) for donors in (entries, shared))
    assert one == other
    assert before.counts["new"] == 1


def test_the_nearest_of_many_is_found_whatever_its_length() -> None:
    many = [entry(f"{'x' * number} and so on, number {number}.") for number in range(200)]
    near = entry("The provider reads all labels of a node.")
    update = update_po(
        None, [segment("The provider reads all names of a node.")], locale="nl", donors=Donors([*many, near])
    )
    [found] = parse_po(update.text, PATH).active
    assert (found.msgstr, found.previous_msgid) == (near.msgstr, near.msgid)


def test_drafts_plurals_and_empty_entries_give_nothing_that_lasts() -> None:
    draft = entry(TEXTS[0], flags=("fuzzy",), comments=("mt: deepl: x",))
    plural = entry(TEXTS[2], msgid_plural="Pods", plurals=("a", "b"))
    donors = Donors([draft, plural, entry(TEXTS[4], msgstr="")])
    new = [TEXTS[0].replace("node", "pod"), TEXTS[2], TEXTS[4]]
    update = update_po(None, [segment(text) for text in new], locale="nl", donors=donors)
    assert update.counts["new"] == 3
    kept = update_po(None, [segment(TEXTS[0])], locale="nl", donors=donors)
    assert [plain(e).comments for e in parse_po(kept.text, PATH).active] == [draft.comments]


def test_a_renamed_folder_costs_each_page_no_more_than_its_own_texts() -> None:
    """A hundred pages of a whole documentation that moves: the donors are many, and looked at only once."""
    donors = Donors(entry(f"Number {number} of all the texts that move, {number * 7}.") for number in range(20_000))
    started = time.process_time()
    for page in range(100):
        texts = [donors.entries[page * 200 + place].msgid for place in range(50)]
        edited = [text.replace("move", "go") if place == 0 else text for place, text in enumerate(texts)]
        update = update_po(None, [segment(text) for text in edited], locale="nl", donors=donors)
        assert (update.counts["revived"], update.counts["fuzzy"]) == (49, 1)
    assert time.process_time() - started < 10


def test_a_text_of_a_whole_book_is_not_compared() -> None:
    """The cost of a comparison is the product of two lengths."""
    text = "word " * 5000
    donors = Donors([Entry(text, "x")])
    assert donors.alike(text[:-5]) == []
    short = Donors([Entry("A text of some length.", "x")])
    assert short.alike("A text of some lengths.") == [0]
