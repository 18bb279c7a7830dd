"""The versions of one file in a git repository, oldest first, through its renames."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from knooppunt.feed.timeline import Version
from knooppunt.git import GitError, git
from knooppunt.githistory import open_blobs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_COMMITS: Final = 20_000
"""Commits of one file that are looked at."""
_COMMIT: Final = re.compile(r"[0-9a-f]{4,64}")


def versions(repository: Path, path: str) -> tuple[Version, ...]:
    """Every version of a file on the main line of a repository, oldest first; none where it never was there.

    A change that came with a merge is dated by the merge, when readers got it. `path` is relative to the root of the
    repository. Raises GitError.
    """
    top = _top(repository)
    log = git(
        top,
        "log",
        "--first-parent",
        "--diff-merges=first-parent",
        "--follow",
        "--name-status",
        "-z",
        f"--max-count={MOST_COMMITS}",
        "--format=%x01%H %ct",
        "--end-of-options",
        "HEAD",
        "--",
        path,
    )
    changes = list(_changes(log.decode("utf-8", "replace")))
    changes.reverse()
    texts = _contents(top, [f"{commit}:{name}" for commit, _, name, gone in changes if not gone])
    return tuple(
        Version(commit, datetime.fromtimestamp(seconds, UTC).date(), name, None if gone else next(texts))
        for commit, seconds, name, gone in changes
    )


def text_at(repository: Path, commit: str, path: str) -> str | None:
    """A file at a commit, which may be abbreviated; None where the repository has no such commit or file."""
    if not _COMMIT.fullmatch(commit):
        return None
    return next(_contents(_top(repository), [f"{commit}:{path}"]))


def _top(repository: Path) -> Path:
    """The root of a repository, to which paths are relative."""
    if not repository.is_dir():
        raise GitError(f"there is no folder '{repository}'")
    return repository / git(repository, "rev-parse", "--show-cdup").decode("utf-8", "surrogateescape").strip("\n")


def _changes(log: str) -> Iterator[tuple[str, int, str, bool]]:
    """Commit, seconds, path after it and whether the file was taken away, newest first."""
    for entry in log.split("\x01")[1:]:
        head, *parts = (part.strip("\n") for part in entry.split("\0"))
        commit, seconds = head.split()
        fields = [part for part in parts if part]
        if fields:
            yield commit, int(seconds), fields[-1], fields[0].startswith("D")


def _contents(top: Path, names: Sequence[str]) -> Iterator[str | None]:
    """The text of each blob, `commit:path`, in their order; None where there is none, and for a very large one."""
    if any("\n" in name for name in names):
        raise GitError("a path with a line break cannot be looked up")
    with open_blobs(top) as blobs:
        for name in names:
            data = blobs.read(name)
            yield None if data is None else data.decode("utf-8", "replace")
