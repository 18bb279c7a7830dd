"""What goes out to a translation tool and what comes back, the same for every format.

A unit is named by the name of its catalog and by an id, which is a hash of msgctxt and msgid: it survives each tool,
and a file that comes back can only ever change the translation of the very text that went out. Its stamp says how
text, state and comments stood when they went out, so that an import can tell who has changed what since.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_hash, entry_state
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Entry

_STAMP: Final = re.compile(r"([0-9a-f]{16})-([0-9a-f]{8})-([a-z]{1,20})")


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry of a catalog, as a format writes it."""

    catalog: str
    """Name of the catalog: `virtual-nodes/network`."""
    id: str
    """See `unit_id`."""
    entry: Entry
    state: State
    stamp: str
    """See `unit_stamp`; a format writes it where tools keep it, and gives it back as it was."""
    before: str | None = None
    """msgid of the entry before it in the catalog, empty at the start: what tells a memory that the place is the same.

    None for an obsolete entry, which has no place.
    """
    after: str | None = None
    """msgid of the entry after it; as `before`."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The translation as a format writes it: one text, or every plural form."""
        return texts_of(self.entry)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The units of one file that goes out, and what a format's head has to say."""

    project: str
    """Name of the project, for people."""
    source_locale: str
    """BCP 47 tag of the sources."""
    locale: str
    """BCP 47 tag of the targets."""
    units: tuple[Unit, ...]
    """By catalog, in the order of its file."""


@dataclass(frozen=True, slots=True)
class Returned:
    """One unit as it came back."""

    catalog: str
    """Empty where the tool has lost it; the id is then looked for in every catalog."""
    id: str
    source: str
    """msgid as the file has it: one that differs from the catalog's is refused."""
    target: str
    """Empty where the file has none; the first form where there are plurals."""
    line: int
    """1-based line in the file."""
    targets: tuple[str, ...] = ()
    """All plural forms, for an entry with plurals."""
    state: State | None = None
    """What the file says of the state; None where the format or the tool says nothing."""
    stamp: str = ""
    """`Unit.stamp` as it went out; empty where the tool has lost it."""
    comments: tuple[str, ...] | None = None
    """Translator comments; None where the format does not carry them, which leaves those of the catalog."""
    engine: str = ""
    """Name of the machine-translation engine, where the state is `machine` and the file tells."""
    context: str | None = None
    """msgctxt, where the file has it; with `plural` it tells of a text that is gone whether anybody has edited it."""
    plural: str | None = None
    """msgid_plural, where the file has it."""
    fault: str = ""
    """Why the reader cannot tell what the translation is, such as a tag without a meaning; the unit is then refused."""

    @property
    def texts(self) -> tuple[str, ...]:
        """One text, or every plural form."""
        return self.targets or (self.target,)


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file that came back, as its format's reader understood it."""

    path: str
    format: str
    """Name of the format's module: `xliff12`."""
    locale: str
    """BCP 47 tag of the targets, as the file writes it; empty where the format says nothing."""
    units: tuple[Returned, ...]
    tool: str = ""
    """Name of the tool that has written it, as the file says; empty where the format has no place for that."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a stamp says; texts and comments are only ever compared, so hashes do."""

    text: str
    comments: str
    state: State


def unit_id(entry: Entry) -> str:
    """`k` and the first 16 hexadecimal digits of the SHA-256 of msgctxt, msgid and msgid_plural, as a JSON array.

    The letter makes it a name in XML, and keeps a spreadsheet from reading `1e10...` as a number.
    """
    return f"k{_digest((entry.context, entry.msgid, entry.msgid_plural), 16)}"


def unit_stamp(entry: Entry, state: State) -> str:
    """What an entry holds: hash of its texts, hash of its translator comments, state; `0f…-a1…-stale`."""
    return f"{text_hash(entry)}-{comments_hash(entry.comments)}-{state.value}"


def settled(state: State | None) -> State | None:
    """The state as a catalog knows it: an approval is in the ledger, and its text counts as translated."""
    return State.TRANSLATED if state is State.APPROVED else state


def text_hash(entry: Entry) -> str:
    """The part of a stamp that stands for msgctxt, msgid and msgstr."""
    return entry_hash(entry)[:16]


def comments_hash(comments: tuple[str, ...]) -> str:
    """The part of a stamp that stands for the translator comments."""
    return _digest(comments, 8)


def read_stamp(text: str) -> Stamp | None:
    """The parts of a stamp; None where a tool has lost or damaged it."""
    found = _STAMP.fullmatch(text.strip())
    if found is None or found[3] not in list(State):
        return None
    return Stamp(found[1], found[2], State(found[3]))


def texts_of(entry: Entry) -> tuple[str, ...]:
    """The translation of an entry: one text, or every plural form."""
    return (entry.plurals or (entry.msgstr,)) if entry.msgid_plural is not None else (entry.msgstr,)


def with_texts(entry: Entry, texts: tuple[str, ...]) -> Entry:
    """The entry with another translation; `texts` are as many as `texts_of` gives."""
    return replace(entry, msgstr=texts[0], plurals=texts if entry.msgid_plural is not None else ())


def catalog_units(name: str, catalog: Catalog, approved: Collection[str]) -> Iterator[Unit]:
    """All entries of a catalog as units, obsolete ones too, in the order of the file."""
    around = ["", *(entry.msgid for entry in catalog.active), ""]
    place = 0
    for entry in catalog.entries:
        state = entry_state(entry, approved)
        before, after = (None, None) if entry.obsolete else (around[place], around[place + 2])
        place += not entry.obsolete
        yield Unit(name, unit_id(entry), entry, state, unit_stamp(entry, state), before, after)


def _digest(value: tuple[str | None, ...], length: int) -> str:
    return sha256(json.dumps(value, ensure_ascii=True).encode("ascii")).hexdigest()[:length]
