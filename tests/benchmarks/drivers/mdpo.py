"""mdpo: `markdown_to_pofile` and `pofile_to_markdown`, in one process, without wrapping."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from benchmarks.drivers.loop import run

if TYPE_CHECKING:
    from pathlib import Path


def extract(source: Path, catalog: Path, _: Path) -> None:
    importlib.import_module("mdpo.md2po").markdown_to_pofile(
        str(source), po_filepath=str(catalog), save=True, wrapwidth=0
    )


def generate(source: Path, catalog: Path, target: Path) -> None:
    importlib.import_module("mdpo.po2md").pofile_to_markdown(str(source), str(catalog), save=str(target), wrapwidth=0)


run({"extract": extract, "generate": generate})
