"""Taking back what was saved: one segment, or all of a bulk action."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs.ledger import VERDICTS
from knooppunt.reviewing.model import ReviewError, etag_of
from knooppunt.reviewing.saving import Change, Line, facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knooppunt.model import Entry
    from knooppunt.reviewing.desk import Desk
    from knooppunt.reviewing.model import Ref
    from knooppunt.reviewing.session import Session

MOST: Final = 200
"""Actions that can be taken back; the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Done:
    """One entry that was changed."""

    ref: Ref
    before: Entry
    etag: str
    """Of the segment right after the change: any other says that it was changed or decided on since."""
    verdict: bool
    """Whether something was decided about the text, and not just written."""
    approver: str
    """Who had approved the text that is decided about now; empty for nobody."""


class UndoLog:
    """What can be taken back, by the name that the page was given."""

    def __init__(self) -> None:
        self._done: OrderedDict[str, tuple[str, tuple[Done, ...]]] = OrderedDict()

    def add(self, name: str, desk: Desk, changes: Sequence[Change], approvers: Mapping[str, str]) -> None:
        """Note changes that have been written; `approvers` are who had approved a text before them, by its hash."""
        done = []
        for change in changes:
            row = desk.find(change.row.ref)
            if row is not None:
                verdict = any(line.action in VERDICTS for line in change.lines)
                etag = etag_of(row.entry, desk.shelf.ledger.last(row.hash))
                done.append(Done(row.ref, change.row.entry, etag, verdict, approvers.get(row.hash, "")))
        self._done[name] = (desk.code, tuple(done))
        while len(self._done) > MOST:
            self._done.popitem(last=False)

    def changes(self, name: str, session: Session) -> tuple[Desk, list[Change]]:
        """The changes that take an action back. Raises ReviewError where an entry has been changed since, or
        decided on."""
        found = self._done.get(name)
        if found is None:
            raise ReviewError("gone", "this can no longer be undone", "see the history of the segment")
        code, done = found
        desk = session.desk(code)
        changes = []
        for item in done:
            desk.touch(item.ref.catalog)
        for item in done:
            row = desk.row(item.ref)
            if etag_of(row.entry, desk.shelf.ledger.last(row.hash)) != item.etag:
                message = "the segment has been changed or decided on since, so nothing was undone"
                raise ReviewError("conflict", message, "look at its history", facts={"ref": _shown(item.ref)})
            lines = [Line("undo" if item.verdict else "revert", old=True)]
            if item.verdict and item.approver:
                lines.append(Line("carry", item.approver, old=True))
            entry = replace(item.before, origin=row.entry.origin)
            changes.append(Change(row, entry, tuple(lines), None, facts_of(row, entry)))
        return desk, changes

    def forget(self, name: str) -> None:
        """It has been taken back."""
        self._done.pop(name, None)


def _shown(ref: Ref) -> dict[str, str]:
    return {"locale": ref.locale, "catalog": ref.catalog, "id": ref.id}
