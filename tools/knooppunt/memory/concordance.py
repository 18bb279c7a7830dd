"""Where words were used, and how they were translated: a concordance over source and translation.

The search is SQLite's FTS5, in memory (<https://www.sqlite.org/fts5.html>). Letter case and diacritics make no
difference. Writing without spaces between words is searched by single characters, so that a word of any length is
found wherever it stands.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.errors import UsageError
from knooppunt.memory.scripts import BEGIN, END, SEPARATOR, spaced
from knooppunt.memory.words_query import LONGEST, MOST, expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import TracebackType

    from knooppunt.memory.units import MemoryUnit

_COLUMNS: Final = ("source", "target")


@dataclass(frozen=True, slots=True)
class Hit:
    """A text with its translation, one of which has what was searched for."""

    source: str
    target: str
    ranges: tuple[tuple[int, int], ...]
    """Start and end, in code points, of each place that was found, in the text that was searched."""
    units: tuple[MemoryUnit, ...]
    """All units with this text and this translation."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found."""

    hits: tuple[Hit, ...]
    """The best first: texts in which the words make up most (BM25); then in the order of the texts."""
    total: int
    """How many there are, shown or not."""


class Concordance:
    """Units that can be searched by words. Close it when done, or use it in a `with` statement."""

    def __init__(self, units: Iterable[MemoryUnit]) -> None:
        """Raises UsageError where Python's SQLite has no FTS5."""
        groups: defaultdict[tuple[str, str], list[MemoryUnit]] = defaultdict(list)
        for unit in sorted(units, key=lambda unit: unit.rank):
            groups[unit.source, unit.target].append(unit)
        self._groups: Mapping[tuple[str, str], list[MemoryUnit]] = groups
        self._pairs = list(groups)
        self._base = sqlite3.connect(":memory:")
        try:
            self._base.execute(
                "CREATE VIRTUAL TABLE texts USING fts5(source, target, "
                "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")"
            )
        except sqlite3.OperationalError as error:
            self.close()
            raise UsageError(f"SQLite of this Python has no full-text search: {error}") from None
        rows = ((number, *(spaced(text) for text in pair)) for number, pair in enumerate(self._pairs))
        self._base.executemany("INSERT INTO texts(rowid, source, target) VALUES (?, ?, ?)", rows)

    def __enter__(self) -> Concordance:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory back."""
        self._base.close()

    def search(self, query: str, *, target: bool = False, limit: int = 20) -> Found:
        """Texts that have the words of a query, or translations with `target`; `words_query` says what it may hold.

        Raises UsageError for a query without a word, and for one that is too long.
        """
        wanted = expression(query)
        if not wanted:
            shown = query if len(query) < 60 else f"{query[:60]}…"
            raise UsageError(
                f"nothing to search for in {shown!r}; give one word or more, at most {MOST} and {LONGEST} characters"
            )
        column = _COLUMNS[target]
        match = f"{{{column}}} : ({wanted})"
        with closing(self._base.cursor()) as cursor:
            (total,) = cursor.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", (match,)).fetchone()
            rows = cursor.execute(
                "SELECT rowid, highlight(texts, ?, ?, ?) FROM texts WHERE texts MATCH ? ORDER BY rank, rowid LIMIT ?",
                (int(target), BEGIN, END, match, max(limit, 0)),
            ).fetchall()
        return Found(tuple(self._hit(number, marked) for number, marked in rows), total)

    def _hit(self, number: int, marked: str) -> Hit:
        pair = self._pairs[number]
        return Hit(*pair, _ranges(marked), tuple(self._groups[pair]))


def _ranges(marked: str) -> tuple[tuple[int, int], ...]:
    """Where the marked places stand in the text without marks and without separators; touching ones are one."""
    ranges: list[tuple[int, int]] = []
    at = start = 0
    for sign in marked:
        if sign == BEGIN:
            start = at
        elif sign == END:
            if ranges and ranges[-1][1] == start:
                start = ranges.pop()[0]
            ranges.append((start, at))
        elif sign != SEPARATOR:
            at += 1
    return tuple(ranges)
