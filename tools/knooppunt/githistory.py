"""What git remembers of files: which commits changed them, and how they were before and after.

Options are fixed and paths stand behind `--`; only commands are called that run no filter, no external diff and no
hook. What it prints is read up to a bound.
"""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final

from knooppunt.errors import UsageError
from knooppunt.git import GitError, git, git_command, git_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MOST_OUTPUT: Final = 64 << 20
"""Bytes of a list of changes that are read."""
MOST_BLOB: Final = 16 << 20
"""Bytes up to which one version of a file is read."""
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file in one commit."""

    commit: str
    """Full hash."""
    date: str
    """When it was written, as an ISO 8601 date."""
    path: str
    """From the folder that was asked for, as it is after the commit."""
    before: str
    """Id of the bytes before, for `BlobReader`."""
    after: str


class GitHistory:
    """The history of a folder, which may be anywhere in its repository."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def commit(self, revision: str) -> str:
        """The full hash of a revision. Raises UsageError where git does not know it."""
        found = None
        if not revision.startswith("-"):
            found = _answer(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if not found:
            raise UsageError(f"git knows no revision '{revision}'; give a commit, a tag or a branch")
        return found

    def changes(self, paths: Sequence[str], *, since: str | None = None, most: int = 2000) -> Iterator[FileChange]:
        """Changes of files below paths, the newest commit first; files that were added or deleted are none.

        A renamed file is followed. Merges are passed over: what they bring together is in the commits of both sides.
        `since` leaves out what that revision has; `most` commits are looked at. Raises UsageError as `commit` does.
        """
        revisions = "HEAD" if since is None else f"{self.commit(since)}..HEAD"
        options = ("--raw", "-z", "--no-abbrev", "-M", "--relative", "--no-ext-diff", "--no-textconv", "--no-color")
        shown = (
            "--no-notes",
            "--diff-filter=MR",
            "--format=%x01%H%x02%aI",
            f"--max-count={most}",
        )
        with _running(self.root, "log", *options, *shown, revisions, "--", *paths) as process:
            yield from parse_changes(_parts(process))


class BlobReader:
    """Reads versions of files, one after the other, from one process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def read(self, blob: str) -> bytes | None:
        """The bytes of a version, by id or as `commit:path`; None where git has none, and for more than MOST_BLOB."""
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None
        assert answering is not None
        try:
            asking.write(blob.encode("utf-8", "surrogateescape") + b"\n")
            asking.flush()
        except OSError:
            return None
        head = answering.readline().split()
        if len(head) != 3 or not head[2].isdigit():
            return None
        size = int(head[2])
        data = answering.read(size) if size <= MOST_BLOB else None
        if data is None:
            _pass_over(answering, size)
        answering.read(1)  # the newline behind it
        return data if data is not None and head[1] == b"blob" else None


def _pass_over(stream: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(stream.read(min(size, _CHUNK))) or size


def open_history(root: Path) -> GitHistory | None:
    """The history of a folder; None where git is not there, the folder in no repository, or nothing committed yet."""
    return GitHistory(root) if _answer(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}") else None


@contextmanager
def open_blobs(root: Path) -> Iterator[BlobReader]:
    """A reader of the versions of files in the repository of a folder."""
    with _running(root, "cat-file", "--batch") as process:
        yield BlobReader(process)


def parse_changes(parts: Iterator[str]) -> Iterator[FileChange]:
    """The changes in what `git log --raw -z` prints, in its parts between NULs; see `GitHistory.changes`."""
    commit = date = ""
    for part in parts:
        item = part.lstrip("\n")
        if item.startswith("\x01"):
            commit, _, date = item[1:].partition("\x02")
        elif item.startswith(":"):
            fields = item[1:].split(" ")
            path = next(parts, "")
            if fields[-1].startswith("R"):
                path = next(parts, "")
            if len(fields) == 5 and path:
                yield FileChange(commit, date.strip()[:10], path, fields[2], fields[3])


def _parts(process: subprocess.Popen[bytes]) -> Iterator[str]:
    stream = process.stdout
    assert stream is not None
    rest = b""
    left = MOST_OUTPUT
    while left > 0 and (data := stream.read(_CHUNK)):
        left -= len(data)
        *parts, rest = (rest + data).split(b"\0")
        for part in parts:
            yield part.decode("utf-8", "surrogateescape")
    if rest:
        yield rest.decode("utf-8", "surrogateescape")


@contextmanager
def _running(root: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """git at work; ended with the block, whether it has finished or not."""
    try:
        process = subprocess.Popen(  # noqa: S603 # fixed program and options, no shell
            git_command(root, *arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=git_environment(),
        )
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror or error}") from None
    with process:
        try:
            yield process
        finally:
            process.kill()


def _answer(root: Path, *arguments: str) -> str:
    """One line that git prints; empty where it says nothing or fails."""
    try:
        return git(root, *arguments).decode("utf-8", "replace").strip()
    except (GitError, OSError, ValueError):
        return ""
