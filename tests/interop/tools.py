"""Where the tools are, how they are run, and a copy of the project to work on."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from lxml import etree

from knooppunt.cli import main
from knooppunt.project import Project

ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv/peers/bin/python"
SCHEMAS = ROOT / ".venv/interop/usr/share/php/Symfony/Component/Translation/Resources/schemas"
"""Where Debian's php-symfony-translation has the schemas of XLIFF."""
OMEGAT = Path("/usr/share/omegat/OmegaT.jar")
"""Debian's OmegaT; the schemas of TMX and TBX are in it."""


class DisprovedError(Exception):
    """What a step has disproved."""


def check(holds: object, message: str) -> None:
    """Fail where something does not hold."""
    if not holds:
        raise DisprovedError(message)


def run(*command: str | Path, cwd: Path | None = None, wanted: int | None = 0) -> str:
    """Standard output of a program; fails where it ends with another status than the one that is wanted."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    shown = f"{Path(command[0]).name} {' '.join(str(part) for part in command[1:])}"
    check(
        wanted is None or done.returncode == wanted,
        f"{shown[:300]}\nended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}",
    )
    return done.stdout


def peer(function: str, *arguments: str | Path) -> Any:
    """The result of a function of `interop.peers`, run with the tools of `.venv/peers`."""
    script = Path(__file__).with_name("peers.py")
    return json.loads(run(PEERS, script, function, *arguments))


def knooppunt(*arguments: str | Path) -> int:
    """Exit status of a verb, its output thrown away."""
    with Path(os.devnull).open("w") as nowhere:
        kept, sys.stdout = sys.stdout, nowhere
        kept_errors, sys.stderr = sys.stderr, nowhere
        try:
            return main([str(argument) for argument in arguments])
        finally:
            sys.stdout, sys.stderr = kept, kept_errors


def copy_of_project(folder: Path) -> Path:
    """The project's sources and catalogs in another folder, to write to."""
    for name in ("docs", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def catalogs(root: Path, code: str) -> dict[str, bytes]:
    """The catalogs of a locale: path and bytes."""
    folder = root / "locales" / code / "LC_MESSAGES"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.po"))}


def locales(root: Path) -> list[str]:
    """Codes of the locales."""
    return [item.code for item in Project.load(root).locales]


def schema(path: Path, scratch: Path) -> etree.XMLSchema:
    """An XML Schema whose imports stand beside it, so that nothing is fetched."""
    folder = scratch / path.stem
    folder.mkdir()
    for name in {path.name, "xml.xsd"}:
        text = (path.parent / name).read_text(encoding="utf-8")
        local = re.sub(r'schemaLocation="[^"]*xml\.xsd"', 'schemaLocation="xml.xsd"', text)
        (folder / name).write_text(local, encoding="utf-8")
    return etree.XMLSchema(etree.parse(str(folder / path.name)))


def fault(validator: etree.XMLSchema | etree.DTD, document: bytes) -> str:
    """What is wrong with a document; empty where nothing."""
    root = etree.fromstring(document, etree.XMLParser(load_dtd=False, no_network=True, huge_tree=True))
    try:
        validator.assertValid(root)
    except etree.DocumentInvalid as error:
        return str(error)
    return ""
