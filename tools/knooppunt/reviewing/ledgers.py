"""The ledger of one locale while it is worked on: only what was appended since is read again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from knooppunt.catalogs import Decision, Ledger, entry_hash, parse_ledger, render_decision
from knooppunt.errors import DataError
from knooppunt.files import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from knooppunt.files import Writes
    from knooppunt.model import Entry


MAKING: Final = frozenset({"edit", "accept", "restore"})
"""Actions after which a text is the work of who did it."""


class LiveLedger:
    """All decisions of one locale, by hash and by entry."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown
        self.problem: DataError | None = None
        """Why the file cannot be read; the decisions are then those of before."""
        self.version = 0
        self.approved: set[str] = set()
        """Hashes of approved entries."""
        self.decisions: list[Decision] = []
        """All lines, in the order of the file."""
        self.makers: dict[str, Decision] = {}
        """Who made a text what it is, by its hash, as far as that was done in a review."""
        self.generation = 0
        """Grows whenever the ledger is no longer what it was with lines added."""
        self._ledger: tuple[int, Ledger] | None = None
        self._data = b""
        self._stamp: tuple[int, int, int] | None = None
        self._lines = 0
        self._by_hash: dict[str, list[Decision]] = {}
        self._by_entry: dict[tuple[str, str], list[Decision]] = {}

    def refresh(self, *, sure: bool = False) -> bool:
        """Read what is new; whether there is anything. A ledger that is not there is empty."""
        try:
            facts = self.path.stat()
            stamp = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
            if stamp == self._stamp and not sure:
                return False
            data = self.path.read_bytes()
        except FileNotFoundError:
            stamp, data = (0, 0, 0), b""
        except OSError as error:
            self.problem, self._stamp = DataError.single(self.shown, 0, f"cannot be read: {error.strerror}"), None
            return False
        self._stamp = stamp
        if data == self._data:
            mended, self.problem = self.problem is not None, None  # put back as it was
            return mended
        grown = data.startswith(self._data) and (not self._data or self._data.endswith(b"\n"))
        try:
            if grown:
                found = parse_ledger(decode(data[len(self._data) :], self.shown), self.shown).decisions
                found = tuple(replace(item, line=item.line + self._lines) for item in found)
            else:
                found = parse_ledger(decode(data, self.shown), self.shown).decisions
        except DataError as error:
            self.problem = error
            return False
        if not grown:
            self._by_hash, self._by_entry, self.approved, self.decisions = {}, {}, set(), []
            self.makers = {}
            self.generation += 1
        for decision in found:
            self._add(decision)
        self._data, self._lines, self.problem = data, data.count(b"\n"), None
        self.version += 1
        return True

    @property
    def ledger(self) -> Ledger:
        """All of it as the other rooms know it."""
        if self._ledger is None or self._ledger[0] != self.version:
            self._ledger = (self.version, Ledger(self.shown, tuple(self.decisions)))
        return self._ledger[1]

    def _add(self, decision: Decision) -> None:
        self.decisions.append(decision)
        self._by_hash.setdefault(decision.hash, []).append(decision)
        catalog, name = decision.extra.get("catalog"), decision.extra.get("entry")
        if isinstance(catalog, str) and isinstance(name, str):
            self._by_entry.setdefault((catalog, name), []).append(decision)
        if decision.action in MAKING:
            self.makers[decision.hash] = decision
        if decision.decides:
            (self.approved.add if decision.approves else self.approved.discard)(decision.hash)

    def verdict(self, value: str) -> Decision | None:
        """The decision on a hash that holds; None where there is none."""
        return next((item for item in reversed(self._by_hash.get(value, ())) if item.decides), None)

    def last(self, value: str) -> Decision | None:
        """The last line about a hash, of whatever kind."""
        lines = self._by_hash.get(value)
        return lines[-1] if lines else None

    def of_entry(self, catalog: str, name: str, entry: Entry) -> list[Decision]:
        """All lines about an entry, its earlier texts too, in the order of the file."""
        found = {id(item): item for item in self._by_entry.get((catalog, name), ())}
        found |= {id(item): item for item in self._by_hash.get(entry_hash(entry), ())}
        return sorted(found.values(), key=lambda item: item.line)

    def append(self, lines: Iterable[str], writes: Writes) -> None:
        """Add lines to what is written together."""
        added = "".join(lines).encode("utf-8")
        if added:
            gap = b"" if not self._data or self._data.endswith(b"\n") else b"\n"
            writes.add(self.path, self._data + gap + added, before=self._data if self._stamp != (0, 0, 0) else None)


def ledger_line(entry: Entry, action: str, *, by: str, at: str, note: str | None, extra: Mapping[str, Any]) -> str:
    """The line about the text that an entry has."""
    known = {key: value for key, value in extra.items() if value is not None}
    return render_decision(entry.context, entry_hash(entry), action, by=by, at=at, note=note, extra=known)
