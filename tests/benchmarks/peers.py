"""Extraction and generation of all pages, Knooppunt beside its peers, run in turns."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.measure import OURS, PEERS, driver, measure, program_version, succeeded, versions
from benchmarks.tables import Gate, Table
from benchmarks.texts import catalogs_of, fill, forget, generate, make_project, update
from knooppunt import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from benchmarks.measure import Cost
    from benchmarks.texts import Pages

FASTEST, PO4A = 3, 50
"""How many times less CPU than the fastest peer, and than po4a, we promise to use."""
FINE = frozenset({"mdpo", "markdown-gettext", "translate-toolkit", "po4a, one run", "po4a, a run per page"})
"""Peers that offer a text per paragraph, item and cell, as Knooppunt does."""
PYTHON_PEERS = {"mdpo": "mdpo", "mdpo-llm": "mdpo_llm", "markdown-gettext": "markdown_gettext"}
LIBRARY, COMMAND = "knooppunt, library", "knooppunt, command"
PROJECT, SCRIPTS = "po4a, one run", "po4a, a run per page"
TOOLKIT = "translate-toolkit"


@dataclass
class Tool:
    """A tool, and the commands that make all catalogs and all pages with it."""

    name: str
    version: str
    extract: list[str | Path]
    generate: list[str | Path]
    catalogs: Path
    """Folder of its catalogs."""
    out: Path
    pages: int
    """Pages that it is given."""
    turns: int | None = None
    """How often it runs; None for as often as the others. It is 1 for what takes a minute."""
    counts: bool = False
    """Whether its command prints how many pages it did."""
    before: Callable[[], object] = lambda: None
    """What has to be as it was before each extraction."""
    cpu: dict[str, float] = field(default_factory=dict)
    """Step -> CPU seconds, the least of all turns."""
    done: dict[str, int] = field(default_factory=dict)
    """Step -> pages done."""

    def run(self, step: str) -> None:
        """Run a step once, on a clean folder."""
        if step == "extract":
            self.before()
            shutil.rmtree(self.catalogs, ignore_errors=True)
        shutil.rmtree(self.out, ignore_errors=True)
        for folder in (self.catalogs, self.out):
            folder.mkdir(parents=True, exist_ok=True)
        cost = succeeded(measure(self.extract if step == "extract" else self.generate), f"{self.name}, {step}")
        self.cpu[step] = min(cost.cpu, self.cpu.get(step, cost.cpu))
        self.done[step] = self._done(cost, step)

    def _done(self, cost: Cost, step: str) -> int:
        if self.counts:
            return int(json.loads(cost.output.splitlines()[-1])["done"])
        if step == "extract" and self.name == PROJECT:  # one catalog of all pages
            return self.pages
        folder, ending = (self.catalogs, ".po") if step == "extract" else (self.out, ".md")
        made = sum(path.suffix == ending for path in folder.rglob("*"))
        return min(made, self.pages)  # `update` makes a catalog of the site's own words too

    def per_page(self, step: str) -> float:
        """CPU seconds per page done."""
        return self.cpu[step] / max(self.done[step], 1)


def compare(scratch: Path, pages: Pages, turns: int, say: Callable[[str], None]) -> tuple[Table, list[Gate], Path]:
    """The table, the promises, and a project whose catalogs are translated."""
    listed = scratch / "pages.txt"
    listed.write_text("\n".join(pages.names) + "\n", encoding="utf-8")
    project = make_project(scratch / "project", pages)
    tools = _tools(scratch, pages, listed, project)
    scripts = next(tool for tool in tools if tool.name == SCRIPTS)
    say(f"{SCRIPTS}: extract, once; it tells which pages po4a can read")
    scripts.run("extract")
    readable = [name for name in pages.names if (scripts.catalogs / f"{name}.po").is_file()]
    tools.append(_po4a_project(scratch, pages, readable))
    _rounds(tools, "extract", turns, say, skip=scripts)
    fill(*(tool.catalogs for tool in tools))
    listed_readable = scratch / "readable.txt"
    listed_readable.write_text("\n".join(readable) + "\n", encoding="utf-8")
    scripts.generate = driver(
        OURS, "po4a_scripts", "generate", listed_readable, pages.folder, scripts.catalogs, scripts.out
    )
    _rounds(tools, "generate", turns, say)
    return _table(tools, len(pages.names)), _gates(tools), project


def page_tools(scratch: Path, pages: Pages) -> list[Tool]:
    """Every tool that makes a catalog per page, each to be run once; the library of Knooppunt is the first."""
    listed = scratch / "pages.txt"
    listed.write_text("\n".join(pages.names) + "\n", encoding="utf-8")
    tools = _tools(scratch, pages, listed, make_project(scratch / "project", pages))
    return [tool for tool in tools if tool.name != COMMAND]


def _rounds(tools: Iterable[Tool], step: str, turns: int, say: Callable[[str], None], skip: Tool | None = None) -> None:
    """Every tool in turn, then every tool again: a slow minute of the machine hits them all."""
    for turn in range(turns):
        for tool in tools:
            if tool is not skip and turn < (tool.turns or turns):
                say(f"{tool.name}: {step}, {turn + 1} of {tool.turns or turns}")
                tool.run(step)


def _tools(scratch: Path, pages: Pages, listed: Path, project: Path) -> list[Tool]:
    count = len(pages.names)
    known = versions(["mdpo", "mdpo-llm", "markdown-gettext", TOOLKIT])

    def places(name: str) -> tuple[Path, Path]:
        return scratch / name / "catalogs", scratch / name / "pages"

    def driven(name: str, module: str, version: str, python: Path = PEERS, turns: int | None = None) -> Tool:
        catalogs, out = places(module)
        extract, generate = (
            driver(python, module, step, listed, pages.folder, catalogs, out) for step in ("extract", "generate")
        )
        return Tool(name, version, extract, generate, catalogs, out, count, turns, counts=True)

    catalogs, out = places("command")
    command = Tool(
        COMMAND, __version__, update(project), generate(project, out), catalogs_of(project), out, count,
        before=lambda: forget(project),
    )  # fmt: skip
    catalogs, out = places(TOOLKIT)
    options = ["--progress=none", "--no-code-blocks", "--no-placeholders", "-m", "0"]
    toolkit = Tool(
        TOOLKIT, known[TOOLKIT],
        [PEERS, "-m", "translate.convert.md2po", *options, "-i", pages.folder, "-o", catalogs],
        [PEERS, "-m", "translate.convert.po2md", *options, "-t", pages.folder, "-i", catalogs, "-o", out],
        catalogs, out, count,
    )  # fmt: skip
    return [
        driven(LIBRARY, "own", __version__, OURS),
        command,
        *(driven(name, module, known[name]) for name, module in PYTHON_PEERS.items()),
        toolkit,
        driven(SCRIPTS, "po4a_scripts", program_version("po4a"), OURS, turns=1),
    ]


def _po4a_project(scratch: Path, pages: Pages, readable: list[str]) -> Tool:
    """All pages that po4a can read in one run; one page that it cannot read would end the run without a result."""
    folder = scratch / "po4a"
    catalogs, out = folder / "catalogs", folder / "pages"
    folder.mkdir()
    options = 'opt:"-o markdown -o neverwrap -o yfm_lenient -k 0"'
    lines = ["[po4a_langs] nl", f"[po4a_paths] {catalogs}/docs.pot $lang:{catalogs}/nl.po"]
    lines += [f"[type: text] {pages.folder}/{name} $lang:{out}/{name} {options}" for name in readable]
    config = folder / "po4a.cfg"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command: list[str | Path] = ["po4a", "-M", "UTF-8", "-L", "UTF-8"]
    return Tool(
        PROJECT, program_version("po4a"), [*command, "--no-translations", config], [*command, "--no-update", config],
        catalogs, out, len(readable), turns=1,
    )  # fmt: skip


def _table(tools: list[Tool], total: int) -> Table:
    ours = tools[0]
    columns = (
        "tool", "version", "pages lost",
        "extract CPU s", "extract pages/s", "extract ratio",
        "generate CPU s", "generate pages/s", "generate ratio",
    )  # fmt: skip
    rows = []
    for tool in tools:
        row: list[str | int | float] = [tool.name, tool.version, total - min(tool.done.values())]
        for step in ("extract", "generate"):
            row += [tool.cpu[step], 1 / tool.per_page(step), tool.per_page(step) / ours.per_page(step)]
        rows.append(tuple(row))
    return Table(columns, tuple(rows))


def _gates(tools: list[Tool]) -> list[Gate]:
    ours, peers = tools[0], [tool for tool in tools if tool.name not in {LIBRARY, COMMAND}]
    gates = []
    for step in ("extract", "generate"):
        for what, some in (
            ("the fastest peer with texts as fine as ours", [tool for tool in peers if tool.name in FINE]),
            ("the fastest peer of all", peers),
        ):
            fastest = min(some, key=lambda tool: tool.per_page(step))
            ratio = fastest.per_page(step) / ours.per_page(step)
            gates.append(Gate(f"{step}: CPU per page of {what} ({fastest.name})", FASTEST, ratio, least=True))
        for tool in peers:
            if tool.name in {PROJECT, SCRIPTS}:
                ratio = tool.per_page(step) / ours.per_page(step)
                gates.append(Gate(f"{step}: CPU per page of {tool.name}", PO4A, ratio, least=True))
    return gates
