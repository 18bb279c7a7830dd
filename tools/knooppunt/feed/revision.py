"""The revision of a project's sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.git import GitError, git

if TYPE_CHECKING:
    from pathlib import Path


def source_revision(root: Path) -> str | None:
    """The commit of a project, with `-dirty` where files that git knows are not as in it; None outside of git."""
    try:
        head = git(root, "rev-parse", "--verify", "HEAD").decode("ascii").strip()
        changed = git(root, "status", "--porcelain", "--untracked-files=no", "--", ".").strip()
    except (GitError, OSError):
        return None
    return f"{head}-dirty" if changed else head
