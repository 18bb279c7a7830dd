"""The revision of a project's sources, and git as all of the feed's modules call it: no shell, and with bounds."""

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
"""Bytes that one call of git may answer."""
_QUIET: Final = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
}


class GitError(KnooppuntError):
    """Git is not there, refused, or took too long."""


def git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    """What git answers in a folder. Raises GitError with what git says.

    The arguments go to git as they are, without a shell; the caller puts `--end-of-options` and `--` before what a
    user gave. Nothing is fetched: git asks nobody for a password and runs no hook for what is called here.
    """
    command = [
        "git",
        "-C",
        str(folder),
        "-c",
        "core.quotepath=off",
        "-c",
        "protocol.allow=never",
        "-c",
        "core.fsmonitor=false",
    ]
    command += arguments
    try:
        done = subprocess.run(  # noqa: S603 # fixed program, no shell
            command,
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
            timeout=TIMEOUT,
            env={**os.environ, **_QUIET},
        )
    except FileNotFoundError:
        raise GitError("git is not installed; install it, or give files and folders") from None
    except subprocess.TimeoutExpired:
        raise GitError(f"git {arguments[0]} took longer than {TIMEOUT} s in {folder}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(f"git {arguments[0]} in {folder}: {said[0] if said else 'failed'}")
    if len(done.stdout) > MOST:
        raise GitError(f"git {arguments[0]} in {folder}: the answer is larger than {MOST // 2**20} MB")
    return done.stdout


def source_revision(root: Path) -> str | None:
    """The commit of a project, with `-dirty` where files that git knows are not as in it; None outside of git."""
    try:
        head = git(root, "rev-parse", "--verify", "HEAD").decode("ascii").strip()
        changed = git(root, "status", "--porcelain", "--untracked-files=no", "--", ".").strip()
    except (GitError, OSError):
        return None
    return f"{head}-dirty" if changed else head
