"""What the other Python libraries make of a file; run with the Python of `.venv/peers`, prints JSON."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

Triples = list[list[str | None]]


def versions() -> dict[str, str]:
    """Versions of the libraries."""
    metadata = importlib.import_module("importlib.metadata")
    return {name: metadata.version(name) for name in ("translate-toolkit", "babel", "polib")}


def _toolkit(kind: str) -> Any:
    module, name = {
        "po": ("pypo", "pofile"),
        "xliff12": ("xliff", "Xliff1File"),
        "xliff21": ("xliff2", "Xliff2File"),
        "tmx": ("tmx", "tmxfile"),
        "tbx": ("tbx", "tbxfile"),
    }[kind]
    return getattr(importlib.import_module(f"translate.storage.{module}"), name)


def pypo_changes(*paths: str) -> dict[str, str]:
    """Catalogs that translate-toolkit writes with other bytes than it has read, and what it writes."""
    written = {path: bytes(_toolkit("po").parsefile(path)) for path in paths}
    return {path: data.decode() for path, data in written.items() if data != Path(path).read_bytes()}


def read(kind: str, path: str) -> Triples:
    """Source, target and id of each unit that translate-toolkit reads."""
    store = _toolkit(kind).parsefile(path)
    units = [unit for unit in store.units if not unit.isheader()]
    return [[str(unit.source), str(unit.target) if unit.target else "", unit.getid()] for unit in units]


def babel(path: str) -> Triples:
    """msgctxt, msgid and msgstr of each message that Babel reads; it must not find the file wanting."""
    with Path(path).open("rb") as stream:
        catalog = importlib.import_module("babel.messages.pofile").read_po(stream, abort_invalid=True)
    return [
        [
            message.context,
            *(text if isinstance(text, str) else "\0".join(text) for text in (message.id, message.string)),
        ]
        for message in catalog
        if message.id
    ]


def polib(path: str) -> Triples:
    """msgctxt, msgid and msgstr of each entry in use that polib reads."""
    entries = [entry for entry in importlib.import_module("polib").pofile(path) if not entry.obsolete]
    return [
        [
            entry.msgctxt,
            f"{entry.msgid}\0{entry.msgid_plural}" if entry.msgid_plural else entry.msgid,
            "\0".join(text for _, text in sorted(entry.msgstr_plural.items())) or entry.msgstr,
        ]
        for entry in entries
    ]


if __name__ == "__main__":
    function, *arguments = sys.argv[1:]
    print(json.dumps({f.__name__: f for f in (versions, pypo_changes, read, babel, polib)}[function](*arguments)))
