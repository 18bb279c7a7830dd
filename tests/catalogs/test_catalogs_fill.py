"""Empty entries that a memory fills."""

from __future__ import annotations

from knooppunt.catalogs import Question, Suggestion, entry_state, is_suggestion, parse_po, update_po
from knooppunt.catalogs.fill import fill_po
from knooppunt.model import Origin, Segment, State

TEXTS = ("Limits", "Pods have no IPv6 address.", "Read on.")
SEGMENTS = [Segment(text, Origin("docs/a.md", 1)) for text in TEXTS]


def test_only_empty_entries_are_filled_and_the_rest_keeps_its_bytes() -> None:
    """A translation and a draft stay as they are; the neighbours of a text are those of the source."""
    empty = update_po(None, SEGMENTS, locale="nl").text
    text = empty.replace('msgid "Limits"\nmsgstr ""', 'msgid "Limits"\nmsgstr "Beperkingen"')
    asked = []

    def suggest(question: Question) -> Suggestion | None:
        asked.append(question)
        if question.msgid == "Read on.":
            return Suggestion("Lees verder.", "Read on!", "92 % like a text of b")
        return Suggestion("Pods hebben geen IPv6-adres.", question.msgid, "the same", final=True)

    catalog = parse_po(text, "a.po")
    filled = fill_po(catalog, SEGMENTS, suggest)
    assert [(q.before, q.msgid, q.after) for q in asked] == [
        ("Limits", "Pods have no IPv6 address.", "Read on."),
        ("Pods have no IPv6 address.", "Read on.", ""),
    ]
    assert (filled.remembered, filled.suggested) == (1, 1)
    after = parse_po(filled.text, "a.po")
    states = [entry_state(entry, ()) for entry in after.active]
    assert states == [State.TRANSLATED, State.TRANSLATED, State.UNTRANSLATED]
    assert is_suggestion(after.active[2])
    assert after.active[2].previous_msgid == "Read on!"
    assert filled.text.startswith(text[: text.index('msgid "Pods')])
    again = fill_po(after, SEGMENTS, suggest)
    assert (again.text, again.remembered, again.suggested) == (filled.text, 0, 0)


def test_nothing_offered_changes_nothing() -> None:
    """The text of the catalog is the very same."""
    text = update_po(None, SEGMENTS, locale="nl").text
    filled = fill_po(parse_po(text, "a.po"), SEGMENTS, lambda _: None)
    assert (filled.text, filled.remembered, filled.suggested) == (text, 0, 0)
