"""Bringing a catalog up to date: nothing is lost, nothing is passed off as more than it is, and twice is as once."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product

import pytest
from catalogs_cases import HEADER, PATH, catalog, msgfmt_says, plain, segment
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.catalogs import (
    Catalog,
    Ledger,
    Update,
    edit_po,
    entry_hash,
    entry_state,
    machine_comment,
    parse_ledger,
    parse_po,
    render_decision,
    render_entry,
    update_po,
)
from knooppunt.model import Entry, Segment, State

BY, AT = "Noor <noor@example.org>", "2026-01-31T12:00:00Z"


def page(msgid: str, msgstr: str, **more: object) -> Entry:
    """An entry as an update leaves it."""
    return replace(Entry(msgid, msgstr, references=("docs/n.md",)), **more)  # type: ignore[arg-type] # fields by name


def record(msgid: str, msgstr: str, revision: int = 1, field: str = "ipv6:title", **more: object) -> Entry:
    return page(msgid, msgstr, context=field, extracted=(f"revision: {revision}",), **more)


def approving(*entries: Entry) -> Ledger:
    return parse_ledger(
        "".join(render_decision(entry.context, entry_hash(entry), "approve", by=BY, at=AT) for entry in entries), "l"
    )


def run(
    before: Catalog | None, *segments: Segment, ledger: Ledger | None = None, donors: tuple[Entry, ...] = ()
) -> tuple[Update, dict[str, Entry]]:
    """An update, checked to be valid and to change nothing when done again, and its entries by msgid."""
    update = update_po(before, segments, locale="nl", ledger=ledger, donors=donors)
    read = parse_po(update.text, PATH)
    assert not msgfmt_says(update.text)
    assert update.changed == (update.text != (before.text if before else ""))
    again = update_po(read, segments, locale="nl", ledger=ledger, donors=donors)
    assert (again.text, again.changed, again.ledger_lines) == (update.text, False, ())
    assert [
        entry.key
        for entry in read.active
        if (entry.context, entry.msgid) not in {(item.context, item.msgid) for item in segments}
    ] == []
    return update, {entry.msgid: plain(entry) for entry in read.entries}


def counted(update: Update) -> dict[str, int]:
    return {name: number for name, number in update.counts.items() if number}


def test_a_new_catalog() -> None:
    update, found = run(
        None,
        segment("One.", comment="Say it softly.\n\n Or not."),
        segment("Two."),
        segment("IPv6", "ipv6:title", revision=3, path="docs/n.yml"),
        segment("One.", comment="Say it softly.", path="docs/other.md"),
        segment("Two.", "ipv6:statement", revision=3, path="docs/n.yml"),
    )
    assert counted(update) == {"new": 4}
    assert found["One."].extracted == ("Say it softly.", "Or not.")
    assert found["One."].references == ("docs/n.md", "docs/other.md")
    assert found["IPv6"].extracted == ("revision: 3",)
    assert update.text == (
        f"{HEADER}\n"
        '#. Say it softly.\n#. Or not.\n#: docs/n.md docs/other.md\nmsgid "One."\nmsgstr ""\n\n'
        '#: docs/n.md\nmsgid "Two."\nmsgstr ""\n\n'
        '#. revision: 3\n#: docs/n.yml\nmsgctxt "ipv6:title"\nmsgid "IPv6"\nmsgstr ""\n\n'
        '#. revision: 3\n#: docs/n.yml\nmsgctxt "ipv6:statement"\nmsgid "Two."\nmsgstr ""\n'
    )


@pytest.mark.parametrize("before", [None, parse_po("", PATH)])
def test_nothing_to_translate(before: Catalog | None) -> None:
    update = update_po(before, [segment("")], locale="nl")
    assert (update.text, update.changed) == ("", False)


def test_exact_matches_keep_everything() -> None:
    entries = [
        page("One", "Een", comments=("note",)),
        page("Two", "Twee", flags=("fuzzy",), previous_msgid="Too"),
        record("Three", "Drie", 2),
    ]
    before = catalog(*entries)
    update, _ = run(before, segment("One"), segment("Three", "ipv6:title", revision=2), segment("Two"))
    assert (update.text, update.changed, counted(update)) == (before.text, False, {"unchanged": 3})


def test_notes_of_the_source_are_kept_up_to_date() -> None:
    before = catalog(page("One", "Een", comments=("mine",), references=("docs/n.md:12",)), record("Three", "Drie", 2))
    update, found = run(before, segment("One", comment="New note"), segment("Three", "ipv6:title", revision=3))
    assert (found["One"].extracted, found["One"].references) == (("New note",), ("docs/n.md",))
    assert found["One"].comments == ("mine",)
    assert found["Three"] == record("Three", "Drie", 3)
    assert counted(update) == {"unchanged": 2}


def test_without_references() -> None:
    update = update_po(None, [segment("One")], locale="nl", references=False)
    assert "#:" not in update.text


def test_new_texts_come_after_what_precedes_them() -> None:
    before = catalog(page("One", "Een"), page("Two", "Twee"))
    update, found = run(before, *(segment(text) for text in ["Intro", "One", "Xyz", "Q", "Two", "End"]))
    assert list(found) == ["Intro", "One", "Xyz", "Q", "Two", "End"]
    assert update.text.startswith(before.text[: before.entries[0].origin.start])
    assert all(before.text[entry.origin.start : entry.origin.end] in update.text for entry in before.entries)
    assert update.text.count("\n") - before.text.count("\n") == 4 * 4
    assert counted(update) == {"new": 4, "unchanged": 2}


def test_a_text_that_goes_is_kept_and_comes_back() -> None:
    before = catalog(page("One", "Een", comments=("note",)), page("Two", ""), page("Three", "Drie"))
    update, found = run(before, segment("Three"))
    assert counted(update) == {"obsolete": 1, "unchanged": 1}
    assert list(found) == ["One", "Three"]
    assert '# note\n#: docs/n.md\n#~ msgid "One"\n#~ msgstr "Een"\n' in update.text
    back, _ = run(parse_po(update.text, PATH), segment("One"), segment("Three"))
    assert counted(back) == {"revived": 1, "unchanged": 1}
    assert back.text == edit_po(before, {(None, "Two"): None})


@pytest.mark.parametrize("revision", [1, None])
def test_an_editorial_change_of_a_record_keeps_the_translation(revision: int | None) -> None:
    old = record("The pod never reads it", "De pod leest het nooit", 1)
    if revision is None:
        old = replace(old, extracted=())
    update, found = run(catalog(old), segment("Pods never look at it", "ipv6:title", revision=1), ledger=approving(old))
    assert counted(update) == {"carried": 1}
    assert found["Pods never look at it"] == record("Pods never look at it", "De pod leest het nooit", 1)
    line = update.ledger_lines[0]
    carried = parse_ledger(line, "l")
    assert carried.approved == {entry_hash(found["Pods never look at it"])}
    decision = carried.decisions[0]
    assert (decision.action, decision.by, decision.at, decision.context) == ("carry", BY, AT, "ipv6:title")
    assert decision.extra == {"from": entry_hash(old)}


@pytest.mark.parametrize(
    ("old", "new", "revision"),
    [
        ("The pod reads it", "The pod reads it well", 2),
        ("It allows 60 containers", "It allows 100 containers", 1),
        ("It is supported", "It is not supported", 1),
    ],
)
def test_a_change_of_meaning_of_a_record_makes_it_stale(old: str, new: str, revision: int) -> None:
    entry = record(old, "Oud", 1, flags=("no-wrap",))
    update, found = run(catalog(entry), segment(new, "ipv6:title", revision=revision), ledger=approving(entry))
    expected = record(new, "Oud", revision, flags=("fuzzy", "no-wrap"), previous_msgid=old)
    assert found[new] == expected
    assert (counted(update), update.ledger_lines) == ({"fuzzy": 1}, ())


def test_a_word_of_our_own_is_no_record() -> None:
    before = catalog(page("Silently ignored", "Genegeerd", context="effect.ignored"))
    update, found = run(before, segment("Passed over", "effect.ignored"))
    assert found["Passed over"].previous_msgid == "Silently ignored"
    assert counted(update) == {"fuzzy": 1}
    update, _ = run(before, segment("Silently Ignored.", "effect.ignored"))
    assert counted(update) == {"carried": 1}


def test_a_mechanical_change_is_made_in_the_translation() -> None:
    old = page("See [it](a.md) and `spec.a`.", "Zie `spec.a` en [dit](a.md).", comments=("note",))
    update, found = run(catalog(old), segment("See [it](b.md) and `spec.b`:"), ledger=approving(old))
    new = page("See [it](b.md) and `spec.b`:", "Zie `spec.b` en [dit](b.md):", comments=("note",))
    assert list(found.values()) == [new]
    assert counted(update) == {"carried": 1}
    assert parse_ledger("".join(update.ledger_lines), "l").approved == {entry_hash(new)}


def test_a_mechanical_change_that_is_not_safe_makes_it_stale() -> None:
    old = page("See `a`", "Zie A")
    update, found = run(catalog(old), segment("See `a.much.longer.name.of.a.field`"), ledger=approving(old))
    entry = found["See `a.much.longer.name.of.a.field`"]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Zie A", True, "See `a`")
    assert (counted(update), update.ledger_lines) == ({"fuzzy": 1}, ())


def test_a_stale_entry_stays_stale_through_a_mechanical_change() -> None:
    old = page("See [it](a.md)", "Zie [dat](a.md)", flags=("fuzzy",), previous_msgid="See [that](a.md)")
    _, found = run(catalog(old), segment("See [it](b.md)"), ledger=approving(old))
    assert found["See [it](b.md)"] == replace(old, msgid="See [it](b.md)", msgstr="Zie [dat](b.md)")


def test_a_change_of_a_number_is_never_mechanical() -> None:
    _, found = run(catalog(page("Set `a: 60` for pods.", "Zet `a: 60` voor pods.")), segment("Set `a: 90` for pods."))
    assert found["Set `a: 90` for pods."].fuzzy


def test_a_record_that_gets_another_id_keeps_its_translations() -> None:
    old = [record("IPv6", "IPv6 is er niet"), record("No IPv6.", "Geen IPv6.", field="ipv6:statement")]
    update, found = run(
        catalog(*old),
        segment("IPv6", "dual-stack:title", revision=1),
        segment("No IPv6.", "dual-stack:statement", revision=1),
        ledger=approving(*old),
    )
    assert counted(update) == {"carried": 2}
    assert {entry.context: entry.msgstr for entry in found.values()} == {
        "dual-stack:title": "IPv6 is er niet",
        "dual-stack:statement": "Geen IPv6.",
    }
    assert len(update.ledger_lines) == 2


def test_a_text_that_is_alike_becomes_fuzzy() -> None:
    old = page("The pod has no address of its own.", "De pod heeft geen eigen adres.", comments=("note",))
    update, found = run(catalog(old, page("Other", "Ander")), segment("The pod has no name of its own."))
    new = found["The pod has no name of its own."]
    assert new == replace(old, msgid=new.msgid, flags=("fuzzy",), previous_msgid=old.msgid)
    assert entry_state(new, ()) is State.STALE
    assert counted(update) == {"fuzzy": 1, "obsolete": 1}


def test_the_previous_msgid_is_what_the_translation_was_made_for() -> None:
    texts = ["The pod has no address.", "The pod has no addresses.", "The pods have no addresses."]
    first, _ = run(catalog(page(texts[0], "Geen adres.")), segment(texts[1]))
    _, found = run(parse_po(first.text, PATH), segment(texts[2]))
    assert found[texts[2]].previous_msgid == texts[0]


def test_a_change_taken_back() -> None:
    old = page("The pod has no address.", "Geen adres.")
    stale, _ = run(catalog(old), segment("The pod has an address."), ledger=approving(old))
    back, found = run(parse_po(stale.text, PATH), segment(old.msgid), ledger=approving(old))
    assert (found[old.msgid], counted(back)) == (old, {"revived": 1})
    _, found = run(parse_po(stale.text, PATH), segment(old.msgid))
    assert entry_state(found[old.msgid], ()) is State.STALE
    assert found[old.msgid].previous_msgid == "The pod has an address."


def test_each_translation_is_taken_once_and_the_best_first() -> None:
    before = catalog(page("A pod has no address at all", "Een"), page("The pod has no address now", "Twee"))
    update, found = run(before, segment("The pod has no address"), segment("The pod has no address, now"))
    assert (found["The pod has no address, now"].msgstr, found["The pod has no address"].msgstr) == ("Twee", "Een")
    assert counted(update) == {"fuzzy": 2}
    _, found = run(before, segment("The pod has no address"), segment("The pod has no address, now"), segment("One"))
    assert sorted(entry.msgstr for entry in found.values()) == ["", "Een", "Twee"]


def test_untranslated_entries_give_nothing() -> None:
    update, found = run(catalog(page("The pod has no address.", "")), segment("The pod has no name."))
    assert (list(found), counted(update)) == (["The pod has no name."], {"new": 1})


def test_machine_drafts() -> None:
    """A draft follows a mechanical change as a draft; a change of meaning ends it, for stale means a person's work."""
    draft = page(
        "See [it](a.md).",
        "Zie [het](a.md).",
        flags=("fuzzy",),
        comments=(machine_comment("deepl", "Zie [het](a.md)."),),
    )
    _, found = run(catalog(draft), segment("See [it](b.md)."))
    entry = found["See [it](b.md)."]
    assert (entry_state(entry, ()), entry.msgstr) == (State.MACHINE, "Zie [het](b.md).")
    update, found = run(catalog(draft), segment("See [that](a.md)."))
    assert entry_state(found["See [that](a.md)."], ()) is State.UNTRANSLATED
    assert counted(update) == {"new": 1, "obsolete": 1}
    _, found = run(parse_po(update.text, PATH), segment("See [it](a.md)."))
    assert entry_state(found["See [it](a.md)."], ()) is State.MACHINE
    edited = replace(draft, msgstr="Zie [dit](a.md).", flags=())
    _, found = run(catalog(edited), segment("See [that](a.md)."))
    entry = found["See [that](a.md)."]
    assert (entry_state(entry, ()), entry.comments) == (State.STALE, ())


def test_a_renamed_article_takes_its_translations_along() -> None:
    old = [
        page("One", "Een", references=("docs/old.md",), comments=("note",)),
        page("The pod has no address.", "Geen adres."),
        page("See `a`.", "Zie `a`."),
    ]
    ledger = approving(*old)
    update, found = run(
        None, segment("One"), segment("The pod has no name."), segment("See `b`."), ledger=ledger, donors=tuple(old)
    )
    assert counted(update) == {"revived": 1, "fuzzy": 1, "carried": 1}
    assert found["One"] == page("One", "Een", comments=("note",))
    assert entry_state(found["One"], ledger.approved) is State.APPROVED
    assert found["The pod has no name."].previous_msgid == "The pod has no address."
    assert found["See `b`."].msgstr == "Zie `b`."
    assert len(update.ledger_lines) == 1


def test_a_donor_that_is_an_entry_of_the_file_is_not_taken_twice() -> None:
    entry = page("The pod has no address.", "Geen adres.")
    update, _ = run(catalog(entry), segment("The pod has no name."), segment("The pod has no names."), donors=(entry,))
    assert counted(update) == {"fuzzy": 1, "suggested": 1}  # the same translation, lent as a mere suggestion


def test_a_rejected_pair_is_not_approved_by_carrying() -> None:
    old, new = page("It works", "Het werkt"), page("It works.", "Het werkt.")
    rejected = render_decision(None, entry_hash(new), "reject", by=BY, at=AT)
    ledger = Ledger("l", (*approving(old).decisions, *parse_ledger(rejected, "l").decisions))
    update, _ = run(catalog(old), segment("It works."), ledger=ledger)
    assert (counted(update), update.ledger_lines) == ({"carried": 1}, ())


def test_plurals_made_by_hand_stay() -> None:
    plural = Entry("One pod", "Een pod", None, "Pods", ("Een pod", "Pods"), references=("docs/n.md",))
    before = catalog(plural)
    update, _ = run(before, segment("One pod"))
    assert not update.changed
    update, found = run(before, segment("One pot"))
    assert found["One pod"].obsolete
    assert counted(update) == {"new": 1, "obsolete": 1}


def test_crlf_stays() -> None:
    before = parse_po(catalog(page("One", "Een"), page("Two", "Twee")).text.replace("\n", "\r\n"), PATH)
    update, _ = run(before, segment("One"), segment("Three"))
    assert update.text.count("\r\n") == update.text.count("\n")


SENTENCES = [
    "The pod has no address.",
    "The pod has no name.",
    "See `a`.",
    "See `b`.",
    "[x](a)",
    "[x](b)",
    "A",
    "a.",
]
segments_of = st.lists(
    st.builds(
        segment,
        st.sampled_from([*SENTENCES, "60 pods", "90 pods", "", "a\nb"]),
        st.sampled_from([None, None, "ipv6:title", "ipv4:title", "effect.x"]),
        revision=st.sampled_from([None, 1, 2]),
        comment=st.sampled_from(["", "note", " two\nlines "]),
        path=st.sampled_from(["docs/a.md", "docs/b c.yml"]),
    ),
    max_size=6,
)


@given(st.lists(segments_of, min_size=2, max_size=4), st.integers(0, 1 << 30), st.booleans())
@settings(max_examples=120)
def test_any_history(history: list[list[Segment]], seed: int, crlf: bool) -> None:  # drawn, not called
    """Through any changes of the source: valid, complete, done twice as once, and no translation is ever lost."""
    read: Catalog | None = None
    ledger = Ledger()
    known: set[str] = set()
    for step, segments in enumerate(history):
        update = update_po(read, segments, locale="nl", ledger=ledger)
        read = parse_po(update.text, PATH)
        wanted = {(item.context, item.msgid) for item in segments if item.msgid}
        assert {entry.key for entry in read.active} == wanted
        assert known <= {entry.msgstr.rstrip(".:") for entry in read.entries} | {""}
        assert sum(update.counts.values()) - update.counts["obsolete"] == len(wanted)
        ledger = Ledger("", ledger.decisions + parse_ledger("".join(update.ledger_lines), "").decisions)
        again = update_po(read, segments, locale="nl", ledger=ledger)
        assert (again.text, again.changed, again.ledger_lines) == (update.text, False, ())
        changes: dict[tuple[str | None, str], Entry | None] = {}
        for index, entry in enumerate(read.active):
            if not entry.msgstr and (seed >> (step * 6 + index)) & 1:
                changes[entry.key] = replace(entry, msgstr=f"vertaling {step} {index}")
                known.add(f"vertaling {step} {index}")
        text = edit_po(read, changes)
        read = parse_po(text.replace("\n", "\r\n") if crlf and step == 0 else text, PATH)
        lines = [
            render_decision(entry.context, entry_hash(entry), "approve", by=BY, at=AT)
            for entry in read.active
            if not entry.fuzzy and entry.msgstr
        ]
        ledger = Ledger("", ledger.decisions + parse_ledger("".join(lines), "").decisions)


def test_large_catalogs_keep_what_changes() -> None:
    """10,000 messages of which 1,800 change: each finds its former text. How long it takes is for the benchmark."""
    vocabulary = [
        "the",
        "virtual",
        "node",
        "pod",
        "subnet",
        "address",
        "cluster",
        "never",
        "waits",
        "delegates",
        "region",
    ]
    pairs = [" ".join(words) for words in islice(product(vocabulary, repeat=5), 0, 160_000, 16)]
    assert len(pairs) == 10_000
    entries = [page(f"{text} {index}", f"{text} vertaald") for index, text in enumerate(pairs)]
    text = "\n".join([HEADER, *(f"{render_entry(entry)}\n" for entry in entries)])
    read = parse_po(text, PATH)
    changed = [f"{entry.msgid} today" if index % 50 < 9 else entry.msgid for index, entry in enumerate(entries)]
    update = update_po(read, [segment(msgid) for msgid in changed], locale="nl")
    assert counted(update) == {"fuzzy": 1800, "unchanged": 8200}
