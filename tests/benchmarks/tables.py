"""Tables of figures, and their place in a page: between two comments that carry the name of the table.

Words stand in code spans and figures in cells of their own, so that no cell is a text to translate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one benchmark."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    """Words are shown as code, whole numbers with separators, others with three digits, None as a dash."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A promise, and what was measured."""

    name: str
    limit: float
    value: float
    least: bool
    """Whether the limit is the least that passes; else the most."""

    @property
    def passed(self) -> bool:
        """Whether the promise was kept."""
        return self.value >= self.limit if self.least else self.value <= self.limit

    def __str__(self) -> str:
        word = "PASS" if self.passed else "FAIL"
        return f"{word}  {self.name}: {figure(self.value)} ({'at least' if self.least else 'at most'} {self.limit:g})"


def figure(value: float) -> str:
    """A number with three digits that count, or all that stand before its point."""
    if isinstance(value, int) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 1 else f"{value:.3f}"


def _shown(cell: Cell) -> str:
    if cell is None:
        return "—"
    return f"`{cell}`" if isinstance(cell, str) else figure(cell)


def markdown(table: Table) -> str:
    """A table as Markdown, without a newline at its end."""
    sides = [
        "---" if any(isinstance(row[at], str) for row in table.rows) else "--:" for at in range(len(table.columns))
    ]
    lines = [
        [f"`{column}`" for column in table.columns],
        sides,
        *([_shown(cell) for cell in row] for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def plain(table: Table) -> str:
    """A table for a terminal."""
    lines = [list(table.columns), *([_shown(cell).strip("`") for cell in row] for row in table.rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(table.columns))]
    right = [not any(isinstance(row[at], str) for row in table.rows) for at in range(len(table.columns))]
    shown = (
        "  ".join(
            text.rjust(width) if end else text.ljust(width)
            for text, width, end in zip(line, widths, right, strict=True)
        )
        for line in lines
    )
    return "\n".join(line.rstrip() for line in shown)


def placed(page: str, tables: Mapping[str, str]) -> str:
    """A page with each table in its place; all else stays byte for byte.

    The place of a table is between `<!-- bench:NAME start -->` and `<!-- bench:NAME end -->`, each on its own line.
    Raises ValueError where a page has no place, or more than one, for a table.
    """
    for name, table in tables.items():
        start, end = f"<!-- bench:{name} start -->\n", f"<!-- bench:{name} end -->"
        if page.count(start) != 1 or page.count(end) != 1 or page.index(start) > page.index(end):
            raise ValueError(f"the page needs one place for the table '{name}': {start.strip()} and {end} on lines")
        before, after = page[: page.index(start)], page[page.index(end) + len(end) :]
        page = f"{before}{start}\n{table}\n\n{end}{after}"
    return page


def held(page: str, name: str) -> str:
    """The table that a page holds under this name; empty where it has none yet."""
    start, end = f"<!-- bench:{name} start -->\n", f"<!-- bench:{name} end -->"
    return page.partition(start)[2].partition(end)[0].strip("\n")


def promises(gates: Sequence[Gate]) -> Table:
    """What was promised, what was measured, and whether that is enough."""
    rows = (
        (gate.name, f"{'≥' if gate.least else '≤'} {gate.limit:g}", gate.value, "yes" if gate.passed else "no")
        for gate in gates
    )
    return Table(("promise", "limit", "measured", "kept"), tuple(rows))
