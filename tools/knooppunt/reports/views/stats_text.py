"""Figures of a check as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.reports.views.diff import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.checking import Stats

_TYPES = 20


def lines(stats: Stats) -> Iterator[str]:
    """Score, artifacts by class, frequent types and worst files."""
    before, after = stats.before, stats.after
    yield f"{before.files:,} files, {before.sentences:,} sentences, {before.words:,} words"
    yield f"score {before.score:.1f} of 100; {after.score:.1f} with the fixes"
    yield ""
    head = ("check", "before", "after", "per 1,000 before", "after")
    rows = [
        (
            name,
            f"{before.count(name):,}",
            f"{after.count(name):,}",
            f"{before.rate(name):.1f}",
            f"{after.rate(name):.1f}",
        )
        for name in stats.checks
    ]
    total = ("all", f"{before.findings:,}", f"{after.findings:,}", f"{before.rate():.1f}", f"{after.rate():.1f}")
    yield from _table([head, *rows, total])
    frequent = before.frequent(_TYPES)
    if frequent:
        yield ""
        rows_of_types = [
            (
                f"{typed.count:,}",
                old or "nothing",
                new or "nothing",
                check,
                percent(typed.confidence),
                f"{typed.fixes:,}",
            )
            for (check, old, new), typed in frequent
        ]
        yield from _table([("times", "words", "new words", "check", "sure", "fixes"), *rows_of_types], right={0, 4, 5})
    worst = stats.worst()
    if worst:
        yield ""
        rows_of_files = [
            (f"{file.score:.1f}", f"{file.after:.1f}", f"{file.findings:,}", f"{file.left:,}", file.shown)
            for file in worst
        ]
        yield from _table([("score", "after", "findings", "after", "worst files"), *rows_of_files], right={0, 1, 2, 3})


def _table(rows: Sequence[Sequence[str]], right: set[int] | None = None) -> Iterator[str]:
    """Rows in columns; those in `right` are set to the right, by default all but the first."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    aligned = set(range(1, len(widths))) if right is None else right
    for row in rows:
        cells = [
            cell.rjust(widths[column]) if column in aligned else cell.ljust(widths[column])
            for column, cell in enumerate(row)
        ]
        yield "  ".join(cells).rstrip()
