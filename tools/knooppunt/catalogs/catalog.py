"""A PO file as read: its text, its header and its entries with their spans."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.model import Entry

Key = tuple[str | None, str]
"""msgctxt and msgid: what identifies an entry in a file, obsolete ones included."""


@dataclass(frozen=True)
class Catalog:
    """The entries of one PO file, and the text that they stand in."""

    path: str
    text: str
    """The file as it is: newlines, wrapping and all."""
    header: Mapping[str, str]
    """Fields of the header by name, such as `Language`; empty where there is no header."""
    entries: tuple[Entry, ...]
    """All entries in the order of the file, obsolete ones too, without the header entry.

    The origin of each is the span of the whole entry, from its first comment to its last string, without the newline.
    """
    header_entry: Entry | None = None
    """The entry whose msgid is empty."""

    def get(self, context: str | None, msgid: str) -> Entry | None:
        """The entry of a message, unless it is obsolete."""
        entry = self.by_key.get((context, msgid))
        return entry if entry is not None and not entry.obsolete else None

    @cached_property
    def by_key(self) -> Mapping[Key, Entry]:
        """Every entry by msgctxt and msgid; obsolete ones too, for no two entries of a file share a key."""
        return {(entry.context, entry.msgid): entry for entry in self.entries}

    @cached_property
    def active(self) -> tuple[Entry, ...]:
        """Entries that are in use."""
        return tuple(entry for entry in self.entries if not entry.obsolete)

    @cached_property
    def obsolete(self) -> tuple[Entry, ...]:
        """Entries whose text is gone from the source (`#~`)."""
        return tuple(entry for entry in self.entries if entry.obsolete)

    @cached_property
    def newline(self) -> str:
        """What ends the lines of this file: that of its first line."""
        end = self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
