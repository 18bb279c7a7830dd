"""Who made a text what it is, as far as git must be asked: kept until there is another commit or another mailmap."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from knooppunt.git import GitError, git
from knooppunt.reviewing.desk import trace_key
from knooppunt.reviewing.provenance import blame, mapped, person_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from knooppunt.reviewing.desk import Desk, Row
    from knooppunt.reviewing.live import LiveCatalog
    from knooppunt.reviewing.model import Trace

PATIENCE: Final = 1.0
"""Seconds for which it is not looked again whether there is another commit."""


class Authors:
    """What git said of texts and people; used while the session is held, but for `ask`."""

    def __init__(self, root: Path, desks: Mapping[str, Desk]) -> None:
        self.root = root
        self.desks = desks
        self.version = 0
        """Grows whenever what was known holds no more."""
        self._looked = 0.0
        self._stamp: tuple[bytes, float] | None = None

    def look(self) -> bool:
        """Forget all where there is another commit or another mailmap; whether that is so."""
        if self._stamp is not None and time.monotonic() - self._looked < PATIENCE:
            return False
        self._looked = time.monotonic()
        stamp = (self._head(), self._mailmap())
        if stamp == self._stamp:
            return False
        self._stamp = stamp
        self.version += 1
        for desk in self.desks.values():
            desk.traces, desk.people = {}, {}
        return True

    def know(self, desk: Desk, row: Row) -> None:
        """Find out who made a text, for a decision that depends on it."""
        made = desk.shelf.ledger.makers.get(row.hash)
        if made is not None:
            if made.by not in desk.people:
                desk.people[made.by] = mapped(self.root, person_of(made.by)).shown
        elif trace_key(row) not in desk.traces:
            catalog = desk.shelf.catalogs[row.ref.catalog]
            self.keep(desk, self.ask(catalog, list(desk.rows(row.ref.catalog))))

    def ask(self, catalog: LiveCatalog, rows: list[Row]) -> list[tuple[Row, Trace]]:
        """Ask git about rows of one catalog; takes its time."""
        found = blame(self.root, catalog, rows)
        return [(row, found[row.ref.id]) for row in rows if row.ref.id in found]

    def keep(self, desk: Desk, found: Sequence[tuple[Row, Trace]]) -> None:
        """Take over what git has said."""
        desk.traces.update({trace_key(row): trace for row, trace in found})

    def _head(self) -> bytes:
        try:
            return git(self.root, "rev-parse", "--verify", "--quiet", "HEAD")
        except GitError:
            return b""

    def _mailmap(self) -> float:
        try:
            top = git(self.root, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n")
            return (self.root / top / ".mailmap").stat().st_mtime
        except (GitError, OSError):
            return 0.0
