"""The project as its site shows it: with the pages that are made from the checks' own documentation."""

from __future__ import annotations

import ast
import inspect
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from knooppunt.config import load_settings
from knooppunt.project import Project

if TYPE_CHECKING:
    from knooppunt.checks import Check
    from knooppunt.config import Settings
    from knooppunt.linting import Rule

RULES = "rules"
"""Folder of the pages of rules, beside that of checks."""
Documented = TypeVar("Documented", "Check", "Rule")


def load_project(root: Path, settings: Settings | None = None) -> Project:
    """The project at `root`, with the pages of the checks where its settings ask for them.

    `settings` are those of its files where None. Raises DataError or UsageError.
    """
    settings = settings or load_settings(root)
    return Project.load(root, check_pages(settings), settings)


def check_pages(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Path under docs and Markdown of a page for each check, and for each rule for records in a folder beside it.

    None where the settings name no folder for them.
    """
    if settings.check_pages is None:
        return ()
    from knooppunt import checks, linting  # noqa: PLC0415 # a fifth of the start of verbs whose project shows none

    folder = settings.check_pages.strip("/")
    beside = f"{folder.rpartition('/')[0]}/{RULES}".lstrip("/")
    documents = {f"{folder}/{name}.md": checks.explain(_fresh(check)) for name, check in checks.load().items()}
    documents |= {f"{beside}/{code}.md": linting.explain(_fresh(rule)) for code, rule in linting.load().items()}
    return tuple(documents.items())


def _fresh(check: Documented) -> Documented:
    """A check or rule with the documentation that its file has now: a live preview outlives the import."""
    source = Path(inspect.getfile(check.function)).read_text("utf-8")
    return replace(check, documentation=ast.get_docstring(ast.parse(source), clean=False) or check.documentation)
