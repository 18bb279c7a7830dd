"""Which file of a site an address was likely meant for."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

MOST_NEAR: Final = 300
"""Neighbours that a path is compared with."""


@dataclass(frozen=True)
class Nearest:
    """Looks among the files of the folder, then among those of the same name."""

    files: Set[str]

    @cached_property
    def _folders(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            folder, _, name = path.rpartition("/")
            found.setdefault(posixpath.dirname(folder) if name == "index.html" and folder else folder, []).append(path)
        return found

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self.files):
            found.setdefault(name_of(path), []).append(path)
        return found

    def find(self, path: str) -> str:
        """The file; empty where none is near. Of several with the same name, the one with the longest common folder."""
        wanted = f"{path}index.html" if path.endswith("/") or not path else path
        name = (
            name_of(wanted) if wanted in self.files or "." in wanted.rpartition("/")[2] else wanted.rpartition("/")[2]
        )
        same = self._names.get(name, [])
        if same and name:
            return max(same, key=lambda item: len(posixpath.commonprefix([item, wanted])))
        folder = posixpath.dirname(wanted)
        if wanted.endswith("/index.html"):
            folder = posixpath.dirname(folder)
        around = self._folders.get(folder, [])[:MOST_NEAR]
        return closest(wanted, around, 75)


def closest(wanted: str, known: Sequence[str], cutoff: float) -> str:
    """The text that is most like this one, by the ratio of equal letters in percent; empty where none reaches it."""
    found = process.extractOne(wanted, known, scorer=fuzz.ratio, score_cutoff=cutoff)
    return found[0] if found else ""


def name_of(path: str) -> str:
    """What a file is known by: its name, or that of its folder where it is an index."""
    folder, _, name = path.rpartition("/")
    return folder.rpartition("/")[2] if name == "index.html" else name
