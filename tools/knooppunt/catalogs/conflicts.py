"""Conflict markers of git, which no reader may pass over: each side is somebody's work."""

from __future__ import annotations

import re
from typing import Final

from knooppunt.catalogs.quoting import shorten
from knooppunt.errors import DataError, Problem

_MARKER: Final = re.compile(r"^((?:<{7}|={7}|>{7}|\|{7})(?: [^\r\n]*)?)\r?$", re.MULTILINE)


def refuse_conflicts(text: str, path: str, hint: str) -> None:
    """Raise DataError with a problem for each conflict of a text, at its first line; nothing where there is none."""
    if not any(marker in text for marker in ("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return
    found = [(text.count("\n", 0, match.start()) + 1, match[1]) for match in _MARKER.finditer(text)]
    first = [item for item in found if item[1].startswith("<")] or found
    if first:
        raise DataError(
            Problem(path, line, "", f"conflict marker of git: {shorten(marker)}", hint) for line, marker in first
        )
