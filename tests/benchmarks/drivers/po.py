"""One task on a catalog of many messages, several times: `python -m benchmarks.drivers.po TOOL TASK FOLDER TURNS`.

It prints the least CPU seconds that the task took, without the start of the process. The result of the last turn is
in FOLDER/TOOL-TASK.po.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Work = Callable[[], object]

EDITED = 5_000
"""Which message gets another translation."""
TRANSLATION = "Another translation."


def knooppunt(task: str, folder: Path, out: Path) -> Work:
    catalogs = importlib.import_module("knooppunt.catalogs")
    old = folder / "old.po"

    def parse() -> Any:
        return catalogs.parse_po(old.read_bytes().decode(), "old.po")

    if task == "parse":
        return parse
    if task == "edit":
        catalog = parse()
        entry = catalog.active[EDITED]
        new = importlib.import_module("dataclasses").replace(entry, msgstr=TRANSLATION)
        return lambda: out.write_bytes(catalogs.edit_po(catalog, {entry.key: new}).encode())
    model = importlib.import_module("knooppunt.model")
    msgids = json.loads((folder / ("old.json" if task == "same" else "new.json")).read_text(encoding="utf-8"))
    segments = [model.Segment(msgid, model.Origin("docs/a.md", 1)) for msgid in msgids]
    return lambda: out.write_bytes(catalogs.update_po(parse(), segments, locale="nl").text.encode())


def babel(task: str, folder: Path, out: Path) -> Work:
    pofile = importlib.import_module("babel.messages.pofile")

    def parse(name: str = "old.po") -> Any:
        with (folder / name).open("rb") as file:
            return pofile.read_po(file)

    def write(catalog: Any) -> None:
        with out.open("wb") as file:
            pofile.write_po(file, catalog, width=0, include_previous=True)

    if task == "parse":
        return parse
    if task == "edit":
        catalog = parse()

        def edit() -> None:
            list(catalog)[EDITED + 1].string = TRANSLATION
            write(catalog)

        return edit

    def update() -> None:
        catalog = parse()
        catalog.update(parse("old.pot" if task == "same" else "new.pot"))
        write(catalog)

    return update


def polib(task: str, folder: Path, out: Path) -> Work:
    module = importlib.import_module("polib")

    def parse(name: str = "old.po") -> Any:
        return module.pofile(str(folder / name), wrapwidth=0)

    if task == "parse":
        return parse
    catalog = parse()

    def edit() -> None:
        catalog[EDITED].msgstr = TRANSLATION
        catalog.save(str(out))

    return edit


def toolkit(task: str, folder: Path, out: Path) -> Work:
    factory = importlib.import_module("translate.storage.pypo").pofile

    def parse() -> Any:
        return factory.parsefile(str(folder / "old.po"))

    if task == "parse":
        return parse
    catalog = parse()

    def edit() -> None:
        catalog.units[EDITED + 1].target = TRANSLATION
        with out.open("wb") as file:
            catalog.serialize(file)

    return edit


TOOLS = {"knooppunt": knooppunt, "babel": babel, "polib": polib, "toolkit": toolkit}


def main() -> None:
    """Do the task."""
    tool, task, folder, turns = sys.argv[1:5]
    work = TOOLS[tool](task, Path(folder), Path(folder, f"{tool}-{task}.po"))
    best = float("inf")
    for _ in range(int(turns)):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    print(json.dumps({"cpu": best}))


if __name__ == "__main__":
    main()
