"""Known findings: a list in a file, so that a run can fail for what is new only.

A finding is known by its check, its file and its subject, which is the address that a link has: not by its line, which
changes with every edit above it, nor by its message, which tells of other pages, days and near names too. As many equal
ones are known as the list has.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError, UsageError
from knooppunt.files import read_text, write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from knooppunt.checking import Found

FORMAT: Final = 2

Key = tuple[str, str, str]
"""Check, path, subject."""


def key_of(found: Found) -> Key:
    """What a finding is known by."""
    finding = found.finding
    return finding.check, finding.origin.path, finding.subject or finding.message


def load_baseline(path: Path) -> Counter[Key]:
    """The known findings in a file. Raises UsageError where there is none, DataError where it is not valid."""
    if not path.is_file():
        raise UsageError(f"there is no baseline '{path}'; make one with --save-baseline {path}")
    shown = str(path)
    try:
        value = json.loads(read_text(path, shown))
        if value["version"] != FORMAT:
            raise DataError.single(
                shown,
                0,
                f"version {value['version']!r} of baselines is not read; this is version {FORMAT}",
                hint="make it anew with --save-baseline",
            )
        return Counter((str(item["check"]), str(item["path"]), str(item["subject"])) for item in value["known"])
    except json.JSONDecodeError as error:
        raise DataError.single(shown, error.lineno, f"not valid JSON: {error.msg}", hint="save it anew") from None
    except (KeyError, TypeError, RecursionError):
        raise DataError.single(shown, 0, "is no baseline of links", hint="make one with --save-baseline") from None


def save_baseline(path: Path, found: Iterable[Found]) -> None:
    """Write the findings as known, sorted, one a line."""
    lines = sorted(
        json.dumps(dict(zip(("check", "path", "subject"), key_of(item), strict=True)), ensure_ascii=False)
        for item in found
    )
    body = ",\n    ".join(lines)
    write_atomic(
        path,
        f'{{\n  "version": {FORMAT},\n  "known": [\n    {body}\n  ]\n}}\n'
        if lines
        else f'{{\n  "version": {FORMAT},\n  "known": []\n}}\n',
    )


def split_known(found: Sequence[Found], known: Counter[Key]) -> tuple[list[Found], list[Found]]:
    """The findings that are new, and those that are known."""
    left = Counter(known)
    new, old = [], []
    for item in found:
        key = key_of(item)
        if left[key] > 0:
            left[key] -= 1
            old.append(item)
        else:
            new.append(item)
    return new, old
