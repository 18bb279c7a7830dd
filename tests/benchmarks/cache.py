"""What a second update costs, with nothing changed and with one page changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.measure import measure, succeeded
from benchmarks.tables import Gate, Table
from benchmarks.texts import forget, make_project, update

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.texts import Pages

SHARE = 0.05
"""Most that an update with nothing changed may cost of the first."""


def cached(scratch: Path, pages: Pages, turns: int, say: Callable[[str], None]) -> tuple[Table, list[Gate]]:
    """CPU seconds of the first update, of one with nothing changed, and of one with a page changed."""
    project = make_project(scratch / "cached", pages)
    changed = project / "docs" / pages.names[len(pages.names) // 2]
    first = again = one = float("inf")
    for turn in range(turns):
        say(f"cache: {turn + 1} of {turns}")
        forget(project)
        first = min(first, succeeded(measure(update(project)), "first update").cpu)
        again = min(again, succeeded(measure(update(project)), "second update").cpu)
        with changed.open("a", encoding="utf-8") as page:
            page.write(f"\nA paragraph of turn {turn}.\n")
        one = min(one, succeeded(measure(update(project)), "update of one page").cpu)
    rows = (
        ("first", first, 100.0),
        ("nothing changed", again, again / first * 100),
        ("one page changed", one, one / first * 100),
    )
    gate = Gate("update with nothing changed, as a share of the first", SHARE, again / first, least=False)
    return Table(("update", "CPU s", "% of the first"), rows), [gate]
