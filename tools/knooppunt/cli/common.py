"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.config import find_root
from knooppunt.loading import load_project

if TYPE_CHECKING:
    import argparse

    from knooppunt.project import Project


def add_locale(command: argparse.ArgumentParser, what: str = "the locales to work on; default: all") -> None:
    """`--locale CODE`, which may be given more than once."""
    command.add_argument("--locale", "-l", metavar="CODE", action="append", default=[], help=what)


def root_of(options: argparse.Namespace) -> Path:
    """Folder of the project that the options name, or that is found from the current folder."""
    project: Path | None = options.project
    return project.resolve() if project is not None else find_root(Path.cwd())


def project_of(options: argparse.Namespace) -> Project:
    """The project; the locales that were asked for exist."""
    project = load_project(root_of(options))
    for code in getattr(options, "locale", []):
        project.locale(code)
    return project
