"""When a file was last changed, according to git: the only honest date of a page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from knooppunt.git import GitError, git

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class GitDates:
    """Dates of last change by path relative to the root; none for a file that git does not know or that is edited."""

    def __init__(self, dates: Mapping[str, date]) -> None:
        self.dates = dates

    def newest(self, paths: Iterable[str]) -> date | None:
        """The latest date among files; None where it is unknown for one of them that matters, or for all."""
        found = [self.dates[path] for path in paths if path in self.dates]
        return max(found, default=None)


def git_dates(root: Path) -> GitDates:
    """Dates of all files of a project, read in one pass; empty where the project is not in git.

    A file with changes that are not committed has no date yet, and neither has one that is older than the history
    of a shallow clone.
    """
    log = _answer(root, "log", "--format=%x01%H %ct", "--name-only", "--no-renames", "--relative", "--", ".")
    if log is None:
        return GitDates({})
    shallow = _answer(root, "rev-parse", "--git-path", "shallow")
    boundary: set[str] = set()
    if shallow and (file := root / shallow.strip()).is_file():
        boundary = set(file.read_text("utf-8").split())
    changed = _answer(root, "diff", "--name-only", "--no-renames", "--relative", "HEAD", "--", ".") or ""
    return GitDates(parse_log(log, boundary, set(changed.splitlines())))


def parse_log(log: str, boundary: set[str], changed: set[str]) -> dict[str, date]:
    """Newest date of each path in the output of `git log`, newest commit first."""
    dates: dict[str, date] = {}
    seen = set(changed)
    for chunk in log.split("\x01")[1:]:
        head, *paths = chunk.splitlines()
        commit, seconds = head.split()
        day = datetime.fromtimestamp(int(seconds), UTC).date()
        for path in paths:
            if path and path not in seen:
                seen.add(path)
                if commit not in boundary:
                    dates[path] = day
    return dates


def _answer(root: Path, *arguments: str) -> str | None:
    try:
        return git(root, *arguments).decode("utf-8", "replace")
    except (GitError, OSError):
        return None
