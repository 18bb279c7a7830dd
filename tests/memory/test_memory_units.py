"""What a catalog has to offer to other articles."""

from __future__ import annotations

from dataclasses import replace

from knooppunt.catalogs import entry_hash, new_catalog, parse_po, render_entry
from knooppunt.memory import MemoryUnit, catalog_memory
from knooppunt.model import Entry, State

ENTRIES = (
    Entry("One", "Een"),
    Entry("Two", ""),
    Entry("Three", "Drie", "aks.a:title"),
    Entry("Four", "Vier", flags=("fuzzy",), comments=("suggestion: 100 %, a text of x",)),
    Entry("Five", "Vijf", flags=("fuzzy",), comments=("mt: engine: Vijf",)),
    Entry("Six", "Zes", flags=("fuzzy",), previous_msgid="6"),
    Entry("pod", "pod", msgid_plural="pods", plurals=("pod", "pods")),
    Entry("Blank", "  "),
    Entry("Gone", "Weg", obsolete=True),
)


def units(*entries: Entry, approved: frozenset[str] = frozenset()) -> list[MemoryUnit]:
    """The units of a catalog with these entries."""
    text = "\n".join([new_catalog("nl"), *(f"{render_entry(entry)}\n" for entry in entries)])
    return list(catalog_memory("a/b", parse_po(text, "a/b.po"), approved))


def test_only_what_a_person_answers_for_is_remembered() -> None:
    """No draft, no suggestion, nothing stale, no plural forms, nothing blank; obsolete entries are marked."""
    found = units(*ENTRIES, approved=frozenset({entry_hash(ENTRIES[0])}))
    assert [(unit.source, unit.target, unit.state, unit.obsolete) for unit in found] == [
        ("One", "Een", State.APPROVED, False),
        ("Three", "Drie", State.TRANSLATED, False),
        ("Gone", "Weg", State.TRANSLATED, True),
    ]
    assert {unit.origin for unit in found} == {"a/b"}


def test_neighbours_are_those_of_the_catalog() -> None:
    """Untranslated ones count, for they are texts too; the ends are empty, and nobody knows those of obsolete ones."""
    found = {unit.source: (unit.before, unit.after) for unit in units(*ENTRIES)}
    assert found == {"One": ("", "Two"), "Three": ("Two", "Four"), "Gone": (None, None)}


def test_a_field_is_what_a_text_is_to_its_record() -> None:
    """The id of the record makes no difference."""
    unit = MemoryUnit("a", "b", "c", "aks.nodes.ipv6:title")
    assert [unit.field, replace(unit, context="x:title").field, replace(unit, context=None).field] == [
        "title",
        "title",
        "",
    ]
