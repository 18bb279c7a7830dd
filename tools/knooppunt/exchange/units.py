"""What goes out to a translation tool and what comes back, the same for every format.

A unit is named by the name of its catalog and by an id, which is a hash of msgctxt and msgid: it survives each tool,
and a file that comes back can only ever change the translation of the very text that went out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from knooppunt.catalogs import entry_hash, entry_state

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Entry, State


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry of a catalog, as a format writes it."""

    catalog: str
    """Name of the catalog: `virtual-nodes/network`."""
    id: str
    """See `unit_id`."""
    entry: Entry
    state: State
    hash: str
    """`entry_hash` at the time of the export: tells an import whether the translation has changed since."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One unit as it came back."""

    catalog: str
    id: str
    source: str
    target: str
    """Empty where the file has none; the first form where there are plurals."""
    line: int
    """1-based line in the file."""
    targets: tuple[str, ...] = ()
    """All plural forms, for an entry with plurals."""
    state: State | None = None
    """What the file says of the state; None where the format or the tool says nothing."""
    hash: str = ""
    """`Unit.hash` as it went out; empty where the tool has lost it."""
    comments: tuple[str, ...] | None = None
    """Translator comments; None where the format does not carry them, which leaves those of the catalog."""


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that came back, as its format's reader understood it."""

    path: str
    format: str
    """Name of the format's module: `xliff12`."""
    locale: str
    """BCP 47 tag of the targets, as the file writes it; empty where the format says nothing."""
    units: tuple[Returned, ...]


def unit_id(entry: Entry) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of msgctxt, msgid and msgid_plural, as a JSON array."""
    value = json.dumps([entry.context, entry.msgid, entry.msgid_plural], ensure_ascii=True)
    return sha256(value.encode("ascii")).hexdigest()[:16]


def catalog_units(name: str, catalog: Catalog, approved: Container[str]) -> Iterator[Unit]:
    """All entries of a catalog as units, obsolete ones too, in the order of the file."""
    for entry in catalog.entries:
        yield Unit(name, unit_id(entry), entry, entry_state(entry, approved), entry_hash(entry))
