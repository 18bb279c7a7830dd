"""The messages that a source asks for, out of its segments."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs.suggestions import settled
from knooppunt.model import Entry, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knooppunt.catalogs.catalog import Key
    from knooppunt.model import Segment

_REVISION: Final = re.compile(r"revision: ([0-9]+)")
_NOWHERE: Final = Origin("", 1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message: all segments with one msgctxt and msgid."""

    context: str | None
    msgid: str
    extracted: tuple[str, ...]
    """Notes of the authors, a line each, and `revision: N` for the text of a record."""
    references: tuple[str, ...]
    """Files without line numbers, which would change with every edit and make merges conflict."""
    revision: int | None
    record: bool

    @property
    def key(self) -> Key:
        return (self.context, self.msgid)

    def entry(self, msgstr: str = "") -> Entry:
        """A new entry for it."""
        return Entry(
            self.msgid,
            msgstr,
            self.context,
            extracted=self.extracted,
            references=self.references,
            origin=_NOWHERE,
        )

    def refresh(self, entry: Entry) -> Entry:
        """The entry with what the source says about it today, and without the mark of a suggestion that was taken."""
        entry = settled(entry)
        if entry.extracted == self.extracted and entry.references == self.references and not entry.obsolete:
            return entry
        return replace(entry, extracted=self.extracted, references=self.references, obsolete=False)


def gather(segments: Sequence[Segment], *, references: bool) -> dict[Key, Wanted]:
    """Messages by key in the order in which they first appear; comments and files of all places are joined.

    Segments without text are passed over: an empty msgid is the header of a catalog.
    """
    groups: dict[Key, list[Segment]] = {}
    for segment in segments:
        if segment.msgid:
            groups.setdefault((segment.context, segment.msgid), []).append(segment)
    return {key: _wanted(key, group, references=references) for key, group in groups.items()}


def revision_of(entry: Entry) -> int | None:
    """Revision of the record that an entry was made from, as its comment says."""
    found = (_REVISION.fullmatch(line) for line in entry.extracted)
    return next((int(match[1]) for match in found if match), None)


def _wanted(key: Key, group: Sequence[Segment], *, references: bool) -> Wanted:
    if len(group) == 1 and group[0].revision is None and not group[0].comment:
        only = group[0]
        path = only.origin.path
        return Wanted(key[0], key[1], (), (path,) if path and references else (), None, only.kind == "record")
    revision = next((segment.revision for segment in group if segment.revision is not None), None)
    lines = [line.strip() for segment in group for line in segment.comment.split("\n")]
    if revision is not None:
        lines.append(f"revision: {revision}")
    record = revision is not None or any(segment.kind == "record" for segment in group)
    paths = _unique(segment.origin.path for segment in group if segment.origin.path) if references else ()
    return Wanted(key[0], key[1], _unique(line for line in lines if line), paths, revision, record)


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
