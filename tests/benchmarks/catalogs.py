"""Reading, writing and updating one catalog of 10,000 messages, Knooppunt beside the tools that people use."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.measure import OURS, PEERS, driver, measure, program_version, succeeded, versions
from benchmarks.tables import Gate, Table
from knooppunt import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.texts import Pages

MESSAGES, EDITED = 10_000, 1_800
LIMIT = 120
"""CPU seconds after which a tool is stopped."""
MOST = 2.0
"""CPU seconds that we promise for the update with edited messages."""
TASKS = {
    "parse": "read",
    "edit": "one edit, written",
    "same": "update, nothing changed",
    "fuzzy": f"update, {EDITED:,} edited",
}
_FUZZY = re.compile(rb"^#,.*\bfuzzy\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Contender:
    """A tool for one task."""

    tool: str
    version: str
    command: list[str | Path]
    result: Path
    inside: bool
    """Whether its CPU seconds are those of the task alone, without the start of its process."""


def catalogs(scratch: Path, pages: Pages, turns: int, say: Callable[[str], None]) -> tuple[Table, list[Gate]]:
    """CPU seconds of each task with each tool, and the promise about the update."""
    folder = scratch / "messages"
    listed = scratch / "messages.txt"
    listed.write_text("\n".join(pages.names) + "\n", encoding="utf-8")
    making = driver(OURS, "messages", listed, pages.folder, folder, str(MESSAGES), str(EDITED))
    succeeded(measure(making), "making the catalogs")
    rows: list[tuple[str | int | float | None, ...]] = []
    gates = []
    for task, shown in TASKS.items():
        ours = None
        for contender in _contenders(folder, task, turns):
            say(f"{contender.tool}: {shown}")
            cpu = _cpu(contender)
            ours = ours or cpu
            fuzzy = _fuzzy(contender.result) if task == "fuzzy" and cpu is not None else None
            shown_cpu = f"stopped after {LIMIT} s" if cpu is None else cpu
            ratio = cpu / ours if cpu is not None and ours else None
            rows.append((shown, contender.tool, contender.version, shown_cpu, ratio, fuzzy))
        if task == "fuzzy" and ours is not None:
            gates.append(
                Gate(f"CPU seconds of an update of {MESSAGES:,} messages, {EDITED:,} edited", MOST, ours, least=False)
            )
    return Table(("task", "tool", "version", "CPU s", "ratio", "fuzzy"), tuple(rows)), gates


def _cpu(contender: Contender) -> float | None:
    cost = measure(contender.command, limit=LIMIT)
    if cost.status is None:
        return None
    succeeded(cost, f"{contender.tool}: {' '.join(map(str, contender.command))}")
    return float(json.loads(cost.output.splitlines()[-1])["cpu"]) if contender.inside else cost.cpu


def _fuzzy(result: Path) -> int:
    """Entries that a person must look at; the header may be marked too, and is not one."""
    text = result.read_bytes()
    header = text.find(b'\nmsgid ""\nmsgstr ""\n')
    return len(_FUZZY.findall(text)) - len(_FUZZY.findall(text[: max(header, 0)]))


def _contenders(folder: Path, task: str, turns: int) -> list[Contender]:
    known = versions(["Babel", "polib", "translate-toolkit"])

    def inside(tool: str, name: str, version: str, times: int = turns) -> Contender:
        python = OURS if name == "knooppunt" else PEERS
        result = folder / f"{name}-{task}.po"
        return Contender(tool, version, driver(python, "po", name, task, folder, str(times)), result, inside=True)

    found = [inside("knooppunt", "knooppunt", __version__)]
    if task in {"parse", "edit"}:
        found += [
            inside("Babel", "babel", known["Babel"]),
            inside("polib", "polib", known["polib"]),
            inside("translate-toolkit", "toolkit", known["translate-toolkit"]),
        ]
        return found
    template = folder / ("old.pot" if task == "same" else "new.pot")
    merged, made = folder / f"msgmerge-{task}.po", folder / f"pot2po-{task}.po"
    msgmerge: list[str | Path] = ["msgmerge", "--quiet", "--previous", "-o", merged, folder / "old.po", template]
    pot2po: list[str | Path] = [
        PEERS, "-m", "translate.convert.pot2po", "--progress=none", "-t", folder / "old.po", "-i", template, "-o", made
    ]  # fmt: skip
    return [
        *found,
        Contender("msgmerge", program_version("msgmerge"), msgmerge, merged, inside=False),
        inside("Babel", "babel", known["Babel"], 1),
        Contender("pot2po", known["translate-toolkit"], pot2po, made, inside=False),
    ]
