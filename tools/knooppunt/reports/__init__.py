"""Findings as text that people and other tools read: one file per format, found by name; in `views`, what is no format
of findings.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

from knooppunt.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.reports.views.items import Items

__all__ = ("formats", "render")


def formats() -> tuple[str, ...]:
    """Names of all formats."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__) if not info.ispkg))


def render(items: Items, name: str) -> Iterator[str]:
    """The findings in the format of that name, in parts, ending with a newline unless empty. Raises UsageError."""
    if name not in formats():
        raise UsageError(f"unknown format '{name}'; one of {', '.join(formats())}")
    module = importlib.import_module(f"knooppunt.reports.{name}")
    parts: Iterator[str] = module.render(items)
    return parts
