"""What was translated before: matches and the concordance of one locale, with what this session has saved."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import Question
from knooppunt.errors import DataError, UsageError
from knooppunt.memory import Concordance, Memory, MemoryUnit
from knooppunt.memory.units import DONE
from knooppunt.remembering import LocaleMemory
from knooppunt.reviewing.model import ReviewError

if TYPE_CHECKING:
    from knooppunt.memory import Found, Match
    from knooppunt.project import Project
    from knooppunt.reviewing.desk import Row

MOST_FRESH: Final = 500
"""Texts saved since the memory was read, beyond which it is read again."""
LEAST: Final = 60
"""Percent from which a match is shown."""


_Key = tuple[str, str | None, str]
"""Catalog, context and source of a text."""


def _key(unit: MemoryUnit) -> _Key:
    return unit.origin, unit.context, unit.source


class Lookups:
    """The memory of one locale; read when it is first asked for."""

    def __init__(self, project: Project, code: str) -> None:
        self._project = project
        self._code = code
        self._units: tuple[MemoryUnit, ...] | None = None
        self._memory: Memory | None = None
        self._fresh: dict[_Key, MemoryUnit | None] = {}
        """What was saved since the memory was read; None where nobody answers for the text any more."""
        self._reads: int | None = None
        self._overlay: Memory | None = None
        self._concordance: Concordance | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="concordance")  # SQLite keeps to one thread

    def forget(self) -> None:
        """Catalogs have changed from outside: read them again when asked."""
        self._units = self._memory = self._overlay = None
        self._fresh = {}
        self._thread.submit(self._close)

    def follow(self, reads: int) -> None:
        """Forget what was read where the catalogs have been read anew since; `reads` counts how often they were."""
        if self._reads not in {None, reads}:
            self.forget()
        self._reads = reads

    def saved(self, row: Row, before: str, after: str) -> None:
        """A text that this session wrote or took back; `before` and `after` are the sources around it."""
        entry, name = row.entry, row.ref.catalog
        if entry.msgid_plural is not None:
            return
        unit = MemoryUnit(entry.msgid, entry.msgstr, name, entry.context, before, after, row.state)
        self._fresh[_key(unit)] = unit if row.state in DONE else None
        self._overlay = None
        self._thread.submit(self._close)
        if len(self._fresh) > MOST_FRESH:
            self.forget()

    def matches(self, row: Row, before: str, after: str, *, limit: int = 5) -> tuple[Match, ...]:
        """The best matches of a segment, at most `limit`."""
        try:
            memory = self._read()
        except DataError:  # a broken file is told of where it is needed
            return ()
        question = Question(row.entry.context, row.entry.msgid, before, after)
        found = list(memory.matches(question, limit=limit, cutoff=LEAST, article=row.ref.catalog))
        if self._fresh:
            found = [match for match in found if _key(match.unit) not in self._fresh]
            self._overlay = self._overlay or Memory(unit for unit in self._fresh.values() if unit is not None)
            found += self._overlay.matches(question, limit=limit, cutoff=LEAST, article=row.ref.catalog)
        best: dict[tuple[str, str], Match] = {}
        for match in found:
            key = (match.source, match.target)
            if key not in best or best[key].score < match.score:
                best[key] = match
        return tuple(sorted(best.values(), key=lambda match: (-match.score, match.source, match.target))[:limit])

    def _read(self) -> Memory:
        if self._memory is None:
            self._units = LocaleMemory(self._project, self._code, strict=False).units
            self._memory = Memory(self._units)
        return self._memory

    def search(self, query: str, *, limit: int = 50) -> tuple[Found, bool]:
        """Where words were used: texts of the source that have them, else translations (True).

        Raises ReviewError for a query without a word.
        """
        try:
            self._read()
        except DataError as error:
            raise ReviewError("broken", str(error)) from None
        try:
            return self._thread.submit(self._search, query, limit).result(timeout=30)
        except UsageError as error:
            raise ReviewError("invalid", str(error)) from None

    def _search(self, query: str, limit: int) -> tuple[Found, bool]:
        if self._concordance is None:
            old = (unit for unit in self._units or () if _key(unit) not in self._fresh)
            self._concordance = Concordance([*old, *(unit for unit in self._fresh.values() if unit is not None)])
        found = self._concordance.search(query, limit=limit)
        if found.hits:
            return found, False
        return self._concordance.search(query, target=True, limit=limit), True

    def _close(self) -> None:
        if self._concordance is not None:
            self._concordance.close()
            self._concordance = None

    def close(self) -> None:
        """Give everything back."""
        self._thread.submit(self._close)
        self._thread.shutdown()
