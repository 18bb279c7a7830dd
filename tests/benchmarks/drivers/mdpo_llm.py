"""mdpo-llm: its parser, catalog and writer of pages, without the language model that it is made for.

Its package cannot be imported without the client of a language model, so its modules are loaded from its folder.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

from benchmarks.drivers.loop import run

if TYPE_CHECKING:
    from pathlib import Path

NAME = "mdpo_llm"


def _module(name: str) -> Any:
    if NAME not in sys.modules:
        spec = importlib.util.find_spec(NAME)
        package = ModuleType(NAME)
        package.__path__ = list((spec and spec.submodule_search_locations) or ())
        sys.modules[NAME] = package
    return importlib.import_module(f"{NAME}.{name}")


def _blocks(source: Path) -> tuple[Any, list[str], Any]:
    parser = _module("parser").BlockParser()
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    return parser, lines, parser.segment_markdown([line.rstrip("\n") for line in lines])


def extract(source: Path, catalog: Path, _: Path) -> None:
    parser, _lines, blocks = _blocks(source)
    manager = _module("manager").POManager(skip_types=["hr"])
    po = manager.load_or_create_po(catalog, target_lang="nl")
    manager.sync_po(po, blocks, parser.context_id)
    manager.save_po(po, catalog)


def generate(source: Path, catalog: Path, target: Path) -> None:
    parser, lines, blocks = _blocks(source)
    po = _module("manager").POManager(skip_types=["hr"]).load_or_create_po(catalog)
    writer = _module("reconstructor").DocumentReconstructor(skip_types=["hr"])
    target.write_text(writer.rebuild_markdown(lines, blocks, po, parser.context_id), encoding="utf-8", newline="\n")


run({"extract": extract, "generate": generate})
