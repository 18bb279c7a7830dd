"""One catalog on disk while it is worked on: read when it has changed, and written one entry at a time.

A catalog of 10,000 messages takes longer to read than a person should wait for a save. So after a save of our own only
the entry that changed is read anew, together with its neighbours in the file, and the places of the rest are shifted.
Whatever another program does to the file makes it be read as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import Catalog, parse_po
from knooppunt.catalogs.edit import rewrite_entry
from knooppunt.charsets import encode_po
from knooppunt.errors import DataError, Problem
from knooppunt.files import decode
from knooppunt.model import Origin
from knooppunt.reviewing.model import entry_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from knooppunt.model import Entry

MOST_SHIFTS: Final = 200
"""Saves after which the file is read as a whole again, so that finding a place stays quick."""

MOST_WINDOWS: Final = 20
"""Changed entries beyond which the new text is read as a whole."""

Stamp = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Edited:
    """A new text of a catalog that has been read again, and what stands in it."""

    text: str
    data: bytes
    """The text as the file has it, in its charset."""
    pieces: tuple[tuple[int, Entry, int], ...]
    """Place among all entries, entry, and how many characters longer it has become, sorted by place."""


class LiveCatalog:
    """The entries of one PO file, by id."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown
        self.problem: DataError | None = None
        """Why the file cannot be read; its entries are then those of before."""
        self.reads = 0
        """How often the file was read as a whole."""
        self.text = ""
        self.entries: list[Entry] = []
        self.ids: dict[str, int] = {}
        """Place in `entries` by id; obsolete ones have none."""
        self.header: Mapping[str, str] = {}
        self._header_entry: Entry | None = None
        self.data = b""
        """The bytes of the file as they were last read or written."""
        self.changed: set[str] = set()
        """Ids that were written since somebody has looked here; see `Desk`."""
        self._stamp: Stamp | None = None
        self._shifts: list[tuple[int, int]] = []

    # Reading ---------------------------------------------------------------------------------------------------------

    def refresh(self, *, sure: bool = False) -> bool:
        """Read the file if it has changed since; whether the entries are others now.

        Without `sure` a file with the same time, size and inode counts as the same. A file that cannot be read leaves
        the entries as they were, and the reason in `problem`.
        """
        try:
            facts = self.path.stat()
        except OSError as error:
            self._stamp = None
            self.problem = _unreadable(self.shown, error)
            return False
        stamp = (facts.st_mtime_ns, facts.st_size, facts.st_ino, facts.st_ctime_ns)
        if stamp == self._stamp and not sure:
            return False
        try:
            data = self.path.read_bytes()
        except OSError as error:
            self.problem = _unreadable(self.shown, error)
            return False
        if data == self.data:
            self._stamp, self.problem = stamp, None
            return False
        try:
            text = decode(data, self.shown)
            self._take(parse_po(text, self.shown))
        except DataError as error:
            self._stamp, self.problem = stamp, error
            return False
        self._stamp, self.data, self.problem = stamp, data, None
        self.reads += 1
        return True

    def _take(self, catalog: Catalog) -> None:
        self.text = catalog.text
        self.entries = list(catalog.entries)
        self.header = catalog.header
        self._header_entry = catalog.header_entry
        self.ids = {
            entry_id(entry.context, entry.msgid, entry.msgid_plural): place
            for place, entry in enumerate(catalog.entries)
            if not entry.obsolete
        }
        self._shifts = []
        self.changed = set()

    def entry(self, name: str) -> Entry | None:
        """The entry of an id as it was last read, without its exact place."""
        place = self.ids.get(name)
        return None if place is None else self.entries[place]

    @property
    def catalog(self) -> Catalog:
        """All entries as a catalog whose places are not exact."""
        return Catalog(self.shown, self.text, self.header, tuple(self.entries), self._header_entry)

    # Writing ---------------------------------------------------------------------------------------------------------

    def edited(self, changes: Mapping[str, Entry]) -> Edited:
        """The text with entries changed, by id, read again to see that it says just that; nothing is written.

        Raises DataError where the result would not be the catalog that is meant.
        """
        newline = "\r\n" if "\r\n" in self.text[: self.text.find("\n") + 1] else "\n"
        parts: list[str] = []
        pieces: list[tuple[int, Entry, int]] = []
        at = 0
        for place, entry in sorted(((self.ids[name], entry) for name, entry in changes.items()), key=itemgetter(0)):
            start, end = self._span(place)
            raw = rewrite_entry(self.text[start:end], self.entries[place], entry, newline)
            parts += [self.text[at:start], raw]
            pieces.append((place, entry, len(raw) - (end - start)))
            at = end
        text = "".join([*parts, self.text[at:]])
        self._verify(text, pieces)
        return Edited(text, encode_po(text, self.shown), tuple(pieces))

    def _verify(self, text: str, pieces: Sequence[tuple[int, Entry, int]]) -> None:
        """Read what has changed again: each entry between its neighbours, or the whole where much has changed.

        A PO file is read line by line, and an entry ends where the next one begins. So what stands beyond the
        neighbours is read as before.
        """
        new = {place: entry for place, entry, _ in pieces}
        if len(pieces) > MOST_WINDOWS:
            self._expect(text, [new.get(place, entry) for place, entry in enumerate(self.entries)])
            return
        shift = 0
        for number, (place, _, growth) in enumerate(pieces):
            start, end = self._span(place - 1)[0] + shift, self._span(place + 1)[1] + shift + growth
            if number and pieces[number - 1][0] == place - 1:
                start -= pieces[number - 1][2]
            if number + 1 < len(pieces) and pieces[number + 1][0] == place + 1:
                end += pieces[number + 1][2]
            near = range(max(place - 1, 0), min(place + 2, len(self.entries)))
            self._expect(text[start:end], [new.get(other, self.entries[other]) for other in near])
            shift += growth

    def _expect(self, text: str, wanted: Sequence[Entry]) -> None:
        found = parse_po(text, self.shown).entries
        if [replace(entry, origin=_NOWHERE) for entry in found] != [
            replace(entry, origin=_NOWHERE) for entry in wanted
        ]:
            message = "would not be the same catalog after this change; nothing was written"
            raise DataError.single(self.shown, 0, message, hint="run 'knooppunt check' on it")

    def wrote(self, edited: Edited) -> None:
        """Take over what has been written to the file."""
        self._stamp = None  # taken at the next look, together with the bytes, so that nothing in between is missed
        self.data = edited.data
        if len(edited.pieces) > MOST_WINDOWS or len(self._shifts) > MOST_SHIFTS:
            self._take(parse_po(edited.text, self.shown))
            self.reads += 1
            return
        for place, entry, growth in edited.pieces:
            origin = self.entries[place].origin
            self.entries[place] = replace(entry, origin=replace(origin, end=origin.end + growth))
            self.changed.add(entry_id(entry.context, entry.msgid, entry.msgid_plural))
        self._shifts += [(place, growth) for place, _, growth in edited.pieces]
        self.text = edited.text

    def _span(self, place: int) -> tuple[int, int]:
        """Where an entry stands in the text; that of the nearest end of the file for one that there is not."""
        if place < 0:
            end = self._header_entry.origin.end if self._header_entry is not None else 0
            return end, end
        if place >= len(self.entries):
            return len(self.text), len(self.text)
        by = sum(growth for other, growth in self._shifts if other < place)
        origin = self.entries[place].origin
        return origin.start + by, origin.end + by


_NOWHERE: Final = Origin("", 1)


def _unreadable(shown: str, error: OSError) -> DataError:
    return DataError([Problem(shown, 0, "", f"cannot be read: {error.strerror}", "put it back, or run an update")])
