"""What a memory is made of: texts with a translation, and where they are from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.catalogs import entry_state
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knooppunt.catalogs import Catalog

DONE = (State.TRANSLATED, State.APPROVED)
"""States whose translation a person answers for."""


@dataclass(frozen=True, slots=True)
class MemoryUnit:
    """One text with one translation."""

    source: str
    target: str
    origin: str
    """Name of the catalog, `virtual-nodes/network`, or path of the TMX file inside the locale, `memory/old.tmx`."""
    context: str | None = None
    """msgctxt; None for the text of a page."""
    before: str | None = None
    """msgid of the message before it, empty at the start of an article; None where nobody knows."""
    after: str | None = None
    """msgid of the message after it, empty at the end; None where nobody knows."""
    state: State | None = State.TRANSLATED
    """`translated` or `approved`; None for a unit of a TMX file that does not say."""
    obsolete: bool = False
    """Whether its text is gone from the source."""
    imported: bool = False
    """Whether it is from a TMX file."""
    author: str = ""
    """Who wrote or changed the translation last, as a TMX file says; else empty."""
    date: str = ""
    """Day of that, `2026-01-31`; empty where nobody knows."""

    @property
    def field(self) -> str:
        """What kind of text of a record it is, `title`; empty for the text of a page."""
        return field_of(self.context)

    @property
    def rank(self) -> tuple[object, ...]:
        """An order of all units in which nothing is left to chance."""
        return (
            self.source,
            self.target,
            self.imported,
            self.obsolete,
            self.state is not State.APPROVED,
            self.origin,
            self.context or "",
            self.before or "",
            self.after or "",
            self.before is None,
            self.after is None,
            self.state or "",
            self.date,
            self.author,
        )


def field_of(context: str | None) -> str:
    """What a text is to its record: the part of a msgctxt behind the id; empty for the text of a page.

    >>> field_of("aks.nodes.ipv6:variants.v2.note"), field_of(None)
    ('variants.v2.note', '')
    """
    return "" if context is None else context.rpartition(":")[2]


def catalog_memory(name: str, catalog: Catalog, approved: Collection[str]) -> Iterator[MemoryUnit]:
    """What a catalog of this name has to offer: entries that are translated or approved, obsolete ones too.

    Fuzzy entries, which machine drafts and suggestions are, and entries with plural forms are left out. Neighbours
    are those of the catalog, whose order is that of the source; `approved` holds hashes, as a ledger does.
    """
    active = [*catalog.active]
    around = ["", *(entry.msgid for entry in active), ""]
    places = {id(entry): place for place, entry in enumerate(active)}
    for entry in catalog.entries:
        if entry.msgid_plural is not None or not entry.msgstr.strip():
            continue
        state = entry_state(entry, approved)
        if state not in DONE:
            continue
        place = places.get(id(entry))
        before, after = (None, None) if place is None else (around[place], around[place + 2])
        yield MemoryUnit(entry.msgid, entry.msgstr, name, entry.context, before, after, state, entry.obsolete)
