"""Catalogs for tests of the formats: a small one, a messy one and random ones, out through a format and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from knooppunt.catalogs import entry_hash, new_catalog, parse_po, render_entry
from knooppunt.exchange import Outgoing, catalog_units, format_named
from knooppunt.model import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from knooppunt.catalogs import Catalog
    from knooppunt.exchange import ReturnedFile

PATH = "locales/nl/LC_MESSAGES/network.po"
NAME = "network"

# Texts that XML, CSV or a spreadsheet could stumble over.
ODD = (
    "abXY019 .,:;'()[]<>&`*_#~|%$-+=@/\\\"\n\t\r\x00\x07\x0b\x1b\x7f\x85"
    "\u2028\u00a0\u0301\u200f\ufeff\uffff\u27e6\u27e7é仮ー😀—"
)
WORDY = [
    "",
    "]]>",
    "<!-- --> &amp; &#10; ",
    "⟦001B⟧",
    "'=1+1",
    "'s avonds ",
    "=cmd|' /C calc'!A0",
    "שלום \u202b",
    "%(name)s {0} ",
    "```\n",
]
texts = st.builds(str.__add__, st.sampled_from(WORDY), st.text(ODD, max_size=10))
lines = st.text(ODD.replace("\n", ""), max_size=8).map(lambda text: text.rstrip("\r"))


def catalog(*entries: Entry, name: str = NAME) -> Catalog:
    """A catalog with a header and these entries."""
    text = "\n".join([new_catalog("nl"), *(f"{render_entry(entry)}\n" for entry in entries)])
    return parse_po(text, f"locales/nl/LC_MESSAGES/{name}.po")


def small() -> Catalog:
    """One entry of every kind."""
    return catalog(
        Entry("The two subnets", "De twee subnetten", references=("docs/network.md",)),
        Entry("Virtual nodes need Azure CNI", "", "aks.cni:title", extracted=("requirement", "revision: 1")),
        Entry(
            "Run `kubectl get {name}`.", "Voer `kubectl get {name}` uit.", flags=("fuzzy",), previous_msgid="Run it."
        ),
        Entry("Pods wait.", "Peulen wachten.", flags=("fuzzy",), comments=("mt: engine: Peulen wachten.",)),
        Entry("One pod", "Een pod", None, "Many pods", ("Een pod", "Veel pods"), comments=("Ask Ada.", "")),
        Entry("Read on", "Lees door", flags=("fuzzy",), comments=("suggestion: 83 % like a text of index",)),
        Entry("Gone", "Weg", obsolete=True),
        Entry("Approved", "Goedgekeurd", ""),
    )


def approved_in(read: Catalog) -> frozenset[str]:
    """Hashes of the last entry, as if the ledger approved it."""
    return frozenset({entry_hash(read.entries[-1])}) if read.entries else frozenset()


def exported(read: Catalog, name: str, approved: Collection[str] = frozenset()) -> str:
    """All entries of a catalog in a format."""
    return format_named(name).render(Outgoing("Test", "en", "nl", tuple(catalog_units(NAME, read, approved))))


def returned(text: str | bytes, name: str, path: str = "back") -> ReturnedFile:
    """A text as the format's reader understands it."""
    return format_named(name).parse(text.encode() if isinstance(text, str) else text, path)


@st.composite
def entries_of(draw: st.DrawFn) -> Entry:
    """Any entry."""
    plurals = draw(st.just(()) | st.lists(st.just("") | texts, min_size=1, max_size=3).map(tuple))
    previous = draw(st.none() | texts)
    comments = st.lists(lines | st.sampled_from(["mt: engine: x", "suggestion: y", ""]), max_size=3).map(tuple)
    return Entry(
        draw(texts),
        plurals[0] if plurals else draw(st.just("") | texts),
        draw(st.none() | st.just("") | texts),
        draw(texts) if plurals else None,
        plurals,
        draw(st.sampled_from([(), ("fuzzy",), ("fuzzy", "c-format"), ("no-wrap", "max-length:3")])),
        previous,
        draw(st.none() | texts) if previous is not None else None,
        draw(st.booleans()),
        draw(comments),
        draw(comments),
        draw(st.lists(st.sampled_from(["docs/a.md", "docs/with space.md", "é.yml"]), max_size=2).map(tuple)),
    )


def unique(entries: Iterable[Entry]) -> list[Entry]:
    """The first entry of each key, without what would be the header."""
    return [item for item in {entry.key: entry for entry in entries}.values() if item.key != (None, "")]


catalogs = st.lists(entries_of(), max_size=4).map(unique).map(lambda entries: catalog(*entries))
