"""git as all of Knooppunt calls it: without a shell, without questions, with bounds, and asking no other machine."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final

from knooppunt.errors import KnooppuntError

if TYPE_CHECKING:
    from pathlib import Path

TIMEOUT: Final = 120
"""Seconds that one call of git may take."""
MOST: Final = 256 * 1024 * 1024
"""Bytes above which an answer is refused."""
_OPTIONS: Final = ("core.quotepath=off", "protocol.allow=never", "core.fsmonitor=false", "log.showSignature=false")
_QUIET: Final = {
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class GitError(KnooppuntError):
    """Git is not there, refused, or took too long."""


def git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """What git answers in a folder, with `given` as its input. Raises GitError with what git says.

    The caller puts `--end-of-options` and `--` before what a user gave.
    """
    try:
        done = subprocess.run(  # noqa: S603 # fixed program, no shell
            git_command(folder, *arguments),
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
            timeout=TIMEOUT,
            env=git_environment(),
        )
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} took longer than {TIMEOUT} s in {folder}") from None
    except FileNotFoundError:
        raise GitError("git is not installed; install it, or give files and folders") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(f"git {arguments[0]} in {folder}: {said[0] if said else 'failed'}")
    if len(done.stdout) > MOST:
        raise GitError(f"git {arguments[0]} in {folder}: the answer is larger than {MOST // 2**20} MB")
    return done.stdout


def is_shallow(folder: Path) -> bool:
    """Whether the history of a folder is cut off, so that its oldest commit seems to have made everything."""
    try:
        return git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitError:
        return False


def git_command(folder: Path, *arguments: str) -> list[str]:
    """The command line: the arguments go to git as they are."""
    options = [part for option in _OPTIONS for part in ("-c", option)]
    return ["git", "--no-pager", "-C", str(folder), *options, *arguments]


def git_environment() -> dict[str, str]:
    """The user's environment, but without questions, locks, pathspec magic, or fetching what a partial clone lacks."""
    return {**os.environ, **_QUIET}
