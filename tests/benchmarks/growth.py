"""Whether the cost grows with the number of pages and no faster, and the memory with the largest page."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from benchmarks.measure import measure, succeeded
from benchmarks.tables import Gate, Table
from benchmarks.texts import LOCALE, catalogs_of, forget, generate, make_project, update

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from benchmarks.texts import Pages

SIZES, FULL = (1_000, 10_000), (100_000,)
SLOWER = 1.5
"""How many times more CPU per page the largest site may take than the smallest."""
PER_FOLDER = 500
ROOM = 5
"""Bytes of disk that a page's source, catalog, cache and translation take together, per byte of source."""


def growth(
    scratch: Path, pages: Pages, filled: Path, sizes: Iterable[int], say: Callable[[str], None]
) -> tuple[Table, list[Gate]]:
    """CPU per page and peak of memory of `update` and `generate`; `filled` is a project with translated catalogs."""
    rows: list[tuple[int | float, ...]] = []
    for size in sizes:
        need = pages.size * size // len(pages.names) * ROOM
        free = shutil.disk_usage(scratch).free
        if need > free // 2:
            say(f"{size:,} pages: left out, for they need {need // 2**30} GiB of disk and {free // 2**30} GiB are free")
            continue
        folder = scratch / f"pages{size}"
        names = dict(_places(pages, size))
        project = make_project(folder, None)
        for place, source in names.items():
            _copy(filled / "docs" / source, project / "docs" / place)
        say(f"{size:,} pages: update")
        updated = succeeded(measure(update(project)), f"update of {size:,} pages")
        translated = {place: _catalog(filled, source) for place, source in names.items()}
        translated = {place: catalog for place, catalog in translated.items() if catalog.is_file()}
        made = sum(_catalog(project, place).is_file() for place in translated)
        if made != len(translated):  # a page without texts has none
            raise AssertionError(f"{made} catalogs instead of {len(translated)}")
        forget(project)
        for place, catalog in translated.items():
            _copy(catalog, _catalog(project, place))
        say(f"{size:,} pages: generate")
        generated = succeeded(measure(generate(project, folder / "out")), f"generation of {size:,} pages")
        made = sum(1 for _ in (folder / "out" / LOCALE).rglob("*.md"))
        if made != size:
            raise AssertionError(f"{made} pages out of {size}")
        shutil.rmtree(folder)
        rows.append(
            (size, updated.cpu, updated.cpu / size * 1000, updated.peak // 2**20,
             generated.cpu, generated.cpu / size * 1000, generated.peak // 2**20)
        )  # fmt: skip
    columns = (
        "pages", "update CPU s", "update CPU ms/page", "update peak MiB",
        "generate CPU s", "generate CPU ms/page", "generate peak MiB",
    )  # fmt: skip
    return Table(columns, tuple(rows)), _gates(rows)


def _gates(rows: list[tuple[int | float, ...]]) -> list[Gate]:
    if len(rows) < 2:
        return []
    first, last = rows[0], rows[-1]
    pages = f"{last[0]:,} pages against {first[0]:,}"
    return [
        Gate(f"{step}: CPU per page, {pages}", SLOWER, last[at] / first[at], least=False)
        for step, at in (("update", 2), ("generate", 5))
    ]


def _places(pages: Pages, size: int) -> Iterable[tuple[str, str]]:
    """Where a page goes, and which page it is: all pages again and again."""
    for number in range(size):
        yield f"{number // PER_FOLDER:03}/page-{number:06}.md", pages.names[number % len(pages.names)]


def _catalog(project: Path, page: str) -> Path:
    """Where the catalog of a page is."""
    return catalogs_of(project) / f"{page.removesuffix('.md').removesuffix('/index')}.po"


def _copy(source: Path, target: Path) -> None:
    """A copy: many names of one file would be a cheaper disk than people have."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
