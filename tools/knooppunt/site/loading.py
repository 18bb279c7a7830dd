"""The project as the site reads it: with the pages that are made from code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.project import Project

if TYPE_CHECKING:
    from pathlib import Path


def load_project(root: Path) -> Project:
    """The project at `root`. Raises DataError or UsageError."""
    return Project.load(root)
