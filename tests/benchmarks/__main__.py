"""`make bench`: CPU seconds of Knooppunt beside its peers, with versions, from one run.

It prints a table for each part, then what was promised and whether it was kept. With --write the tables go into the
handbook's page on benchmarks. Machines are noisy: read the ratios, and close other programs.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.cache import cached
from benchmarks.catalogs import catalogs
from benchmarks.external import external
from benchmarks.faithful import faithful
from benchmarks.faithful import gates as faithful_gates
from benchmarks.growth import FULL, SIZES, growth
from benchmarks.measure import OURS, ROOT, driver, measure, succeeded
from benchmarks.peers import compare, page_tools
from benchmarks.repair import TABLES as REPAIR
from benchmarks.repair import repair
from benchmarks.tables import Gate, Table, held, markdown, placed, plain, promises
from benchmarks.texts import Pages, fill, fill_same, gather, make_project, update_catalogs
from knooppunt.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


PAGE = ROOT / "docs" / "handbook" / "benchmarks.md"
PARTS = ("pages", "faithful", "catalogs", "cache", "memory", "review", "growth", "repair", "external")
TABLES = ("machine", "promises", *PARTS, *(name for name in REPAIR if name not in PARTS))
"""Tables that the page has a place for."""
TURNS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and write where that was asked for; 1 where a promise was not kept and --gate was given."""
    options = _options(arguments)
    parts = options.only or list(PARTS)
    with tempfile.TemporaryDirectory(prefix="knooppunt-bench-", dir=options.scratch) as name:
        tables, gates = _measure(Path(name), parts, options.runs, SIZES + (FULL if options.full else ()))
    for gate in gates:
        print(gate)
    if options.write:
        tables["promises"] = promises([gate for gate in gates if not gate.name.startswith("repair: ")])
        page = updated(PAGE.read_bytes().decode(), tables, everything=set(parts) == set(PARTS))
        write_atomic(PAGE, page)
        print(f"bench: wrote {PAGE.relative_to(ROOT)}")
    return 1 if options.gate and not all(gate.passed for gate in gates) else 0


def updated(page: str, tables: Mapping[str, Table], *, everything: bool) -> str:
    """The page with these tables in it.

    Where only some parts were measured, the machine must be the one that the page names, and the table of promises
    stays as it is. Ends the program where the machine is another.
    """
    made = {name: markdown(table) for name, table in tables.items()}
    if not everything:
        del made["promises"]
        if held(page, "machine") != made["machine"]:
            sys.exit("bench: the figures of the page are of another machine or of other texts; measure all parts")
    return placed(page, made)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be given again; default: all")
    parser.add_argument("--runs", type=int, default=TURNS, help=f"turns, of which the best counts; default: {TURNS}")
    parser.add_argument("--full", action="store_true", help=f"growth up to {FULL[-1]:,} pages, which takes long")
    parser.add_argument("--write", action="store_true", help=f"write the tables into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--gate", action="store_true", help="exit with 1 where a promise was not kept")
    parser.add_argument("--scratch", type=Path, help="folder for what is made on the way; default: the system's")
    return parser.parse_args(arguments)


def _measure(
    scratch: Path, parts: Sequence[str], turns: int, sizes: Sequence[int]
) -> tuple[dict[str, Table], list[Gate]]:
    pages = gather(scratch)
    tables = {"machine": _machine(pages, turns)}
    gates: list[Gate] = []
    _show("machine", tables)
    filled = None
    if "pages" in parts:
        tables["pages"], found, filled = compare(scratch, pages, turns, _say)
        gates += found
        _show("pages", tables)
    if "faithful" in parts:
        folder = scratch / "faithful"
        folder.mkdir()
        tables["faithful"] = faithful(page_tools(folder, pages), pages, fill_same, _say)
        gates += faithful_gates(tables["faithful"])
        _show("faithful", tables)
    if "catalogs" in parts:
        tables["catalogs"], found = catalogs(scratch, pages, turns, _say)
        gates += found
        _show("catalogs", tables)
    if "cache" in parts:
        tables["cache"], found = cached(scratch, pages, turns, _say)
        gates += found
        _show("cache", tables)
    if "memory" in parts:
        tables["memory"], found = _driven("remembering", "memory")
        gates += found
        _show("memory", tables)
    if "review" in parts:
        tables["review"], found = _driven("reviewing", "review")
        gates += found
        _show("review", tables)
    if "growth" in parts:
        tables["growth"], found = growth(scratch, pages, filled or _filled(scratch, pages), sizes, _say)
        gates += found
        _show("growth", tables)
    if "repair" in parts:
        made, found = repair(scratch, _say)
        tables |= made
        gates += found
        for name in made:
            _show(name, tables)
    if "external" in parts:
        tables["external"], found = external(scratch, _say)
        gates += found
        _show("external", tables)
    return tables, gates


def _machine(pages: Pages, turns: int) -> Table:
    """What all other tables depend on."""
    row = (
        pages.label,
        len(pages.names),
        pages.size / 1e6,
        f"CPython {platform.python_version()}",
        f"{platform.system()} {platform.machine()}",
        os.cpu_count(),
        turns,
    )
    return Table(("texts", "pages", "MB", "Python", "system", "cores", "best of"), (row,))


def _driven(name: str, part: str) -> tuple[Table, list[Gate]]:
    """What a driver measures, in a process of its own."""
    _say(f"{part}: takes some minutes")
    found = json.loads(succeeded(measure(driver(OURS, name)), f"measuring: {part}").output.splitlines()[-1])
    gates = [Gate(f"{part}: {what}", limit, value, least) for what, limit, value, least in found["gates"]]
    return Table(
        ("what", "figure", "unit"), tuple((what, value, unit or None) for what, value, unit in found["rows"])
    ), gates


def _filled(scratch: Path, pages: Pages) -> Path:
    """A project whose catalogs are translated."""
    project = make_project(scratch / "filled", pages)
    fill(update_catalogs(project))
    return project


def _show(name: str, tables: dict[str, Table]) -> None:
    print(f"\n{name}\n{plain(tables[name])}\n", flush=True)


def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
