"""All segments of one locale, with their states: what the queue shows, kept up to date entry by entry."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_hash, entry_state, machine_text
from knooppunt.checks.unit import nplurals
from knooppunt.config import LOCALE_FILE, parse_locale
from knooppunt.errors import DataError
from knooppunt.files import read_text
from knooppunt.model import State
from knooppunt.reviewing.findings import FindingBook
from knooppunt.reviewing.model import Ref, ReviewError, Trace, targets_of
from knooppunt.reviewing.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.config import LocaleConfig
    from knooppunt.model import Entry, Segment
    from knooppunt.reviewing.live import LiveCatalog
    from knooppunt.reviewing.shelf import ReviewProject


NOBODY: Final = Trace()

TraceKey = tuple[Ref, str, bool]
"""A segment, the hash of its text, and whether it is fuzzy, which the hash does not tell."""


@dataclass(frozen=True, slots=True)
class Overwritten:
    """A text that was saved here, and in whose place another program has put the one of before."""

    ref: Ref
    msgid: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One segment in the queue."""

    ref: Ref
    place: int
    """Among all entries of its catalog."""
    entry: Entry
    hash: str
    """See `entry_hash`."""
    state: State
    words: int
    """Of the source."""


class Desk:
    """One locale at work."""

    def __init__(self, project: ReviewProject, code: str) -> None:
        self.project = project
        self.code = code
        self.config: LocaleConfig = project.locale(code)
        self.shelf = Shelf(project, code)
        self.findings = FindingBook(project, code)
        self.traces: dict[TraceKey, Trace] = {}
        """Who changed a text last as git knows it at its last commit; see `Authors`."""
        self.people: dict[str, str] = {}
        """People of the ledger by the mailmap, as `Name <mail>`; see `Authors`."""
        self._settings_at: tuple[int, int, int] | None = None
        self._settings_problem = ""
        self.version = 0
        """Grows whenever a segment has changed."""
        self._written: dict[str, dict[str, tuple[Row, Entry]]] = {}
        """What was saved here: by catalog and id, as it was before and as it was written."""
        self._lost: dict[tuple[str, str], Overwritten] = {}
        self._rows: dict[str, dict[str, Row]] = {}
        self._reads: dict[str, int] = {}
        self._ledger_at = (-1, 0)
        self._by_hash: dict[str, set[tuple[str, str]]] = {}
        self._same: dict[str, list[Ref]] | None = None
        self._places: dict[str, list[str]] = {}
        self._kinds: dict[str, dict[tuple[str | None, str], Segment]] = {}

    def refresh(self) -> None:
        """Look at all files, and bring the rows up to date."""
        self._reload()
        self.shelf.refresh()
        self.findings.refresh()
        if list(self._rows) != list(self.shelf.catalogs):
            self._rows = {name: self._rows.get(name, {}) for name in self.shelf.catalogs}
            self._reads = {name: self._reads[name] for name in self._rows if name in self._reads}
            self._same = None
        self._decided()
        for name, catalog in self.shelf.catalogs.items():
            self._update(name, catalog)

    def _reload(self) -> None:
        """Read the settings of the locale where their file has changed; a broken one leaves them, and is told of."""
        path = self.project.settings.locales_path / self.code / LOCALE_FILE
        try:
            facts = path.stat()
            stamp = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
            if stamp == self._settings_at:
                return
            self._settings_at = stamp
            shown = f"{self.project.settings.locales}/{self.code}/{LOCALE_FILE}"
            self.config, self._settings_problem = parse_locale(read_text(path, shown), self.code, shown), ""
        except OSError as error:
            self._settings_problem = f"{self.code}/{LOCALE_FILE} cannot be read: {error.strerror}"
        except DataError as error:
            self._settings_problem = str(error)

    def touch(self, name: str) -> LiveCatalog:
        """Look at one catalog and the ledger only. Raises ReviewError for an unknown name and a broken file."""
        catalog = self.shelf.catalogs.get(name)
        if catalog is None:
            self.refresh()
            catalog = self.shelf.catalogs.get(name)
        if catalog is None:
            raise ReviewError("unknown", f"there is no catalog '{name[:80]}' for {self.code}", "reload the page")
        self._reload()
        self.shelf.ledger.refresh()
        catalog.refresh()
        self._decided()
        self._update(name, catalog)
        self.intact(catalog)
        return catalog

    def intact(self, catalog: LiveCatalog) -> None:
        """Raises ReviewError where the catalog or the ledger cannot be read."""
        for problem in (catalog.problem, self.shelf.ledger.problem):
            if problem is not None:
                hint = "mend the file; nothing is written to it before, and what you typed stays in the browser"
                raise ReviewError("broken", str(problem), hint)

    def _update(self, name: str, catalog: LiveCatalog) -> None:
        """Bring the rows of a catalog up to date: all of them where it was read anew, else those that were written."""
        if self._reads.get(name) != catalog.reads:
            old = self._rows.get(name, {})
            self._rows[name] = {key: self._row(name, key, catalog) for key in catalog.ids}
            self._reads[name] = catalog.reads
            self._places.pop(name, None)
            self._compare(name)
            if self._rows[name].keys() != old.keys():
                self._same = None
            self.version += 1
        elif catalog.changed:
            for key in catalog.changed:
                self._rows[name][key] = self._row(name, key, catalog)
            self.version += 1
        catalog.changed.clear()

    def wrote(self, before: Row, after: Entry) -> None:
        """Note what was saved, to see whether another program writes over it."""
        self._lost.pop((before.ref.catalog, before.ref.id), None)
        self._written.setdefault(before.ref.catalog, {})[before.ref.id] = (before, after)

    def _compare(self, name: str) -> None:
        """Look which saves are gone from a catalog that another program has changed."""
        for key, (before, after) in list(self._written.get(name, {}).items()):
            row = self._rows[name].get(key)
            texts = None if row is None else targets_of(row.entry)
            if texts == targets_of(after):
                continue
            del self._written[name][key]
            if texts == targets_of(before.entry):
                self._lost[name, key] = Overwritten(before.ref, before.entry.msgid, targets_of(after))

    @property
    def overwritten(self) -> tuple[Overwritten, ...]:
        """Texts that were saved here and that another program has written over with those of before."""
        return tuple(self._lost.values())

    def lost(self, ref: Ref) -> Overwritten | None:
        """Such a text of one segment."""
        return self._lost.get((ref.catalog, ref.id))

    def _decided(self) -> None:
        """Bring states up to date with what was added to the ledger."""
        ledger = self.shelf.ledger
        generation, at = self._ledger_at
        if (generation, at) == (ledger.generation, len(ledger.decisions)):
            return
        known = generation == ledger.generation
        hashes = {decision.hash for decision in ledger.decisions[at:]} if known else set(self._by_hash)
        self._ledger_at = (ledger.generation, len(ledger.decisions))
        for value in hashes:
            for name, key in self._by_hash.get(value, ()):
                row = self._rows.get(name, {}).get(key)
                if row is not None and row.hash == value:
                    self._rows[name][key] = replace(row, state=self._state(row.entry, value))
        self.version += 1

    def _row(self, name: str, key: str, catalog: LiveCatalog) -> Row:
        place = catalog.ids[key]
        entry = catalog.entries[place]
        value = entry_hash(entry)
        self._by_hash.setdefault(value, set()).add((name, key))
        words = max(len(entry.msgid.split()), 1)
        return Row(Ref(self.code, name, key), place, entry, value, self._state(entry, value), words)

    def _state(self, entry: Entry, value: str) -> State:
        """The state of an entry whose hash is known."""
        state = entry_state(entry, ())
        return State.APPROVED if state is State.TRANSLATED and value in self.shelf.ledger.approved else state

    @property
    def engines(self) -> set[str]:
        """Engines of which a text is kept."""
        found = (machine_text(row.entry) for row in self.rows() if row.entry.comments)
        return {machine[0] for machine in found if machine is not None}

    @property
    def warnings(self) -> list[str]:
        """Files that cannot be read."""
        problems = [*(catalog.problem for catalog in self.shelf.catalogs.values()), self.shelf.ledger.problem]
        found = [str(problem) for problem in problems if problem is not None]
        found += [
            f"{item.ref.catalog}: another program has written over what you saved for '{item.msgid[:60]}'"
            for item in self.overwritten
        ]
        return [*found, *filter(None, (self.findings.problem, self._settings_problem))]

    # Asking ----------------------------------------------------------------------------------------------------------

    def rows(self, name: str | None = None) -> Iterator[Row]:
        """All segments in order, or those of one catalog."""
        for own in self._rows.values() if name is None else [self._rows.get(name, {})]:
            yield from own.values()

    def row(self, ref: Ref) -> Row:
        """One segment. Raises ReviewError where it is gone."""
        found = self._rows.get(ref.catalog, {}).get(ref.id)
        if found is None:
            hint = "reload the page: an update of the source has taken it away"
            raise ReviewError("gone", f"the segment is not in '{ref.catalog[:80]}' any more", hint)
        return found

    def find(self, ref: Ref) -> Row | None:
        """One segment, or None."""
        return self._rows.get(ref.catalog, {}).get(ref.id)

    @property
    def counts(self) -> Counter[State]:
        """Segments by state."""
        return Counter(row.state for row in self.rows())

    def same(self, row: Row) -> list[Ref]:
        """All segments of the locale with the same source text, that one too."""
        if self._same is None:
            self._same = {}
            for other in self.rows():
                self._same.setdefault(other.entry.msgid, []).append(other.ref)
        return self._same.get(row.entry.msgid, [row.ref])

    def forms(self, name: str) -> int | None:
        """How many plural forms a catalog asks for; None where it does not say."""
        catalog = self.shelf.catalogs.get(name)
        return None if catalog is None else nplurals(catalog.header)

    def neighbours(self, row: Row) -> tuple[Ref | None, Ref | None]:
        """The segment before and the one after in the catalog."""
        if row.ref.catalog not in self._places:
            self._places[row.ref.catalog] = list(self._rows.get(row.ref.catalog, {}))
        keys = self._places[row.ref.catalog]
        at = bisect_left(keys, row.place, key=lambda key: self._rows[row.ref.catalog][key].place)
        before = keys[at - 1] if at else None
        after = keys[at + 1] if at + 1 < len(keys) else None
        found = [None if key is None else Ref(self.code, row.ref.catalog, key) for key in (before, after)]
        return found[0], found[1]

    def segment(self, row: Row) -> Segment | None:
        """The text as it stands in the source; None where the source has it no more."""
        name = row.ref.catalog
        if name not in self._kinds:
            self._kinds[name] = {(item.context, item.msgid): item for item in self.project.segments(name)}
        return self._kinds[name].get((row.entry.context, row.entry.msgid))

    def forget_sources(self) -> None:
        """The source has changed."""
        self._kinds = {}

    def trace(self, row: Row) -> Trace:
        """Who changed the text last: as the ledger says, else as git does as far as that was asked."""
        made = self.shelf.ledger.makers.get(row.hash)
        if made is not None:
            return Trace(self.people.get(made.by, made.by), made.at, "", "ledger")
        return self.traces.get(trace_key(row), NOBODY)


def trace_key(row: Row) -> TraceKey:
    """What a trace in git is kept by."""
    return row.ref, row.hash, row.entry.fuzzy
