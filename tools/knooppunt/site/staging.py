"""The staging folder: the pages of every language as Markdown, for MkDocs to read.

Everything in it is made and can be thrown away. A file that already has the right bytes is left alone, so that a
live preview sees only real changes.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from knooppunt.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

SKIPPED = frozenset({".git", ".knooppunt", "__pycache__", "node_modules"})


@dataclass(slots=True)
class Staging:
    """What the folder shall hold, and what has been put there so far."""

    folder: Path
    written: set[Path] = field(default_factory=set)
    changed: int = 0

    def page(self, locale: str, path: str, markdown: str) -> None:
        """Write a page of a locale."""
        self._write(self.folder / locale / path, markdown.encode("utf-8"))

    def asset(self, locale: str, path: str, source: Path) -> None:
        """Copy a file of a locale that is not a page."""
        target = self.folder / locale / path
        self.written.add(target)
        now, then = source.stat(), target.stat() if target.is_file() else None
        if then is None or (now.st_size, now.st_mtime_ns) != (then.st_size, then.st_mtime_ns):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
            self.changed += 1

    def _write(self, target: Path, data: bytes) -> None:
        self.written.add(target)
        if target.is_file() and target.read_bytes() == data:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.changed += 1

    def sweep(self) -> None:
        """Remove what is left of earlier builds."""
        if not self.folder.is_dir():
            return
        for path in sorted(self.folder.rglob("*"), reverse=True):
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path not in self.written:
                path.unlink()
                self.changed += 1


def assets(docs: Path, root: Path, skip: Collection[str] = ()) -> Iterator[tuple[str, Path]]:
    """Files of the docs folder that are not pages, by path relative to it, sorted; `skip` are such paths.

    Raises DataError for a link that leads out of the project: it would publish a file that nobody meant to publish.
    """
    problems = []
    inside = root.resolve()
    for path in sorted(docs.rglob("*")):
        relative = path.relative_to(docs)
        if any(part.startswith(".") or part in SKIPPED for part in relative.parts):
            continue
        if not path.is_file() or path.suffix == ".md" or relative.as_posix() in skip:
            continue
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            shown = path.relative_to(root).as_posix()
            problems.append(Problem(shown, 0, "", "is a link that leads out of the project", "copy the file instead"))
            continue
        yield relative.as_posix(), path
    if problems:
        raise DataError(problems)


def front_matter(markdown: str) -> dict[str, Any]:
    """The front matter of a page that we made ourselves; empty where there is none."""
    if not markdown.startswith("---\n"):
        return {}
    head, found, _ = markdown[4:].partition("\n---")
    value = yaml.safe_load(head) if found else None
    return value if isinstance(value, dict) else {}


def with_front_matter(meta: Mapping[str, Any], body: str) -> str:
    """A page out of its front matter and its text."""
    head = yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{head}---\n\n{body}"
