"""Options that several verbs share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.console import COLORS
from knooppunt.config import find_root
from knooppunt.errors import UsageError

if TYPE_CHECKING:
    from knooppunt.project import Project


def add_common(command: argparse.ArgumentParser) -> None:
    """What every verb takes; without defaults, which an action would put over what its verb was given."""
    none = argparse.SUPPRESS
    command.add_argument(
        "--project", metavar="DIR", type=Path, default=none, help="folder of the project; default: found from here"
    )
    command.add_argument("--quiet", "-q", action="store_true", default=none, help="print findings and errors only")
    command.add_argument("--color", choices=COLORS, default=none, help="colours; default: auto, on a terminal only")


def add_locale(command: argparse.ArgumentParser, what: str = "the locales to work on; default: all") -> None:
    """`--locale CODE`, which may be given more than once."""
    command.add_argument("--locale", "-l", metavar="CODE", action="append", default=[], help=what)


def root_of(options: argparse.Namespace) -> Path:
    """Folder of the project that the options name, or that is found from the current folder."""
    project: Path | None = options.project
    if project is None:
        return find_root(Path.cwd())
    if not project.is_dir():
        raise UsageError(f"there is no folder '{project}'")
    return project.resolve()


def project_of(options: argparse.Namespace) -> Project:
    """The project; the locales that were asked for exist."""
    from knooppunt.loading import load_project  # noqa: PLC0415 # a verb that needs no project starts without it

    project = load_project(root_of(options))
    for code in getattr(options, "locale", []):
        project.locale(code)
    return project


def folder_by_name(text: str) -> tuple[str, Path]:
    """`NAME=DIR` of an option, as name and folder."""
    name, sign, folder = text.partition("=")
    if not sign or not name or not folder:
        raise UsageError(f"'{text}' is not NAME=DIR; write it like azure-aks-docs=../azure-aks-docs")
    return name, Path(folder)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 file`, `2 files`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
