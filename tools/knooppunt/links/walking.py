"""The files below a folder, with those of folders that are linked from within it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def walked(root: Path, enters: Callable[[str, str], bool] = lambda _lead, _name: True) -> Iterator[str]:
    """Paths of all regular files below a folder, folder by folder in their order, relative to it, with `/`.

    Links to folders are entered where these are of the same tree, such as `latest` of a site in versions, but no
    further link below them, so that links cannot multiply or lead in a circle. Links to files count where the file is
    there. `enters` says of a folder, by the path that leads to it and its name, whether it is looked into.
    """
    top = os.path.realpath(root)
    waiting = [("", False)]
    while waiting:
        lead, linked = waiting.pop()
        folders = []
        try:
            entries = sorted(os.scandir(root / lead), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            try:
                if entry.is_dir():
                    if enters(lead, entry.name):
                        folders.append(entry)
                elif entry.is_file():
                    yield lead + entry.name
            except OSError:  # links in a circle
                continue
        for entry in reversed(folders):
            inner = f"{lead}{entry.name}/"
            if not entry.is_symlink():
                waiting.append((inner, linked))
                continue
            real = os.path.realpath(entry.path)
            if not linked and real.startswith(top + os.sep) and not _is_around(real, root / lead):
                waiting.append((inner, True))


def _is_around(real: str, place: Path) -> bool:
    """Whether a folder holds the place from which it is linked."""
    return f"{os.path.realpath(place)}{os.sep}".startswith(f"{real}{os.sep}")
