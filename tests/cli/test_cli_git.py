"""What `init` tells git, and that git then does it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from knooppunt.cli import main

MKDOCS = "site_name: Small\ntheme:\n  name: material\n"


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    environment = {"PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    return subprocess.run(
        ["git", *settings, *arguments], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


def init(root: Path, **files: str) -> None:
    (root / "docs").mkdir()
    (root / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    for name, text in {"mkdocs.yml": MKDOCS, **files}.items():
        (root / name).write_text(text, encoding="utf-8", newline="")
    assert main(["init", "--locale", "nl", "--quiet", "--project", str(root)]) == 0


@pytest.mark.parametrize("locales", ["locales", "my locales"])
def test_two_ledgers_merge_and_the_cache_is_ignored(tmp_path: Path, locales: str) -> None:
    """Lines of both sides are kept, and neither the cache nor a file that a killed run left is committed."""
    init(tmp_path, **{"knooppunt.yml": f"docs: docs\nlocales: {locales}\n"})
    ledger = tmp_path / locales / "nl/reviews.jsonl"
    ledger.write_text("one\n", encoding="utf-8")
    left = tmp_path / locales / "nl/.a.po.x1.knooppunt-tmp"
    left.write_text("half", encoding="utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    assert git(tmp_path, "commit", "-qm", "start").returncode == 0
    listed = git(tmp_path, "ls-files", "-z").stdout.split("\0")
    assert f"{locales}/nl/reviews.jsonl" in listed
    assert not any(".knooppunt" in name for name in listed)
    for branch in ("theirs", "main"):
        git(tmp_path, "checkout", "-qB", branch, "main")
        ledger.write_text(f"one\n{branch}\n", encoding="utf-8")
        git(tmp_path, "commit", "-qam", branch)
        git(tmp_path, "checkout", "-q", "main")
    assert not git(tmp_path, "merge", "-q", "theirs").returncode
    assert sorted(ledger.read_text(encoding="utf-8").split()) == ["main", "one", "theirs"]


def test_lines_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    """With or without a slash, with other spaces, with CRLF, without a last newline; and a second time nothing."""
    init(
        tmp_path,
        **{".gitattributes": "locales/*/reviews.jsonl   merge=union", ".gitignore": "node_modules/\r\n.knooppunt"},
    )
    assert (tmp_path / ".gitattributes").read_bytes() == b"locales/*/reviews.jsonl   merge=union"
    assert (tmp_path / ".gitignore").read_bytes() == b"node_modules/\r\n.knooppunt\r\n.*.knooppunt-tmp\r\n"
    before = (tmp_path / ".gitignore").stat().st_mtime_ns
    assert main(["init", "--quiet", "--project", str(tmp_path)]) == 0
    assert (tmp_path / ".gitignore").stat().st_mtime_ns == before
