"""Where a value stands, and in which language: the two nouns that reading settings needs.

They are part of `knooppunt.model`, and have a module of their own because the many others there take longer to load
than an update with nothing to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Locale = NewType("Locale", str)
"""A language as a BCP 47 tag, such as `nl`, `ja` or `pt-BR`."""


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """Where a value stands in a file that a person edits."""

    path: str
    """Path with forward slashes, relative to the project's root where the file is inside it."""
    line: int
    """1-based line of the first character."""
    column: int = 1
    """1-based column of the first character, in code points."""
    start: int = 0
    """0-based offset of the first character in the decoded text of the file, in code points, newlines as they are."""
    end: int = 0
    """Offset one past the last character."""
    pointer: str = ""
    """Path to the value inside a data file: `aks.virtual-nodes.ipv6.title`, `terms[3].never[0]`."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"
