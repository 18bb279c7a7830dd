"""`knooppunt links --external` as people call it: what it says, what it writes, and what it remembers."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from hostile_server import Hostile

from knooppunt.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("aiohttp", reason="the extra 'links' is not installed")

ASK = ("--external", "--allow-private", "127.0.0.0/8", "--rate", "0", "--timeout", "5")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Hostile]:
    folder = tmp_path / "server"
    folder.mkdir()
    with Hostile(folder) as hostile:
        yield hostile


@pytest.fixture
def project(tmp_path: Path, server: Hostile, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: S\n")
    base, other = server.bases["1"], server.bases["2"]
    (root / "docs" / "index.md").write_text(
        f"# Start\n\nSee [the guide]({base}/r308/4#here), <{base}/ok/5> and [a place]({other}/place/6#here).\n\n"
        f'<a href="{other}/r301/7">old</a> [away]({base}/r302/8)\n\n[moved]: {base}/chain/9 "Title"\n\n[moved]\n'
    )
    monkeypatch.chdir(root)
    return root


def test_what_has_moved_for_good_is_written_in_its_place(project: Path, server: Hostile) -> None:
    base, other = server.bases["1"], server.bases["2"]
    assert main(["links", *ASK, "--fix"]) == 0
    assert (project / "docs" / "index.md").read_text() == (
        f"# Start\n\nSee [the guide]({base}/ok/from4#here), <{base}/ok/5> and [a place]({other}/place/6#here).\n\n"
        f'<a href="{other}/ok/from7">old</a> [away]({base}/r302/8)\n\n[moved]: {base}/ok/from9 "Title"\n\n[moved]\n'
    )


def test_a_broken_link_fails_after_runs(project: Path, server: Hostile, capsys: pytest.CaptureFixture[str]) -> None:
    """The cache counts them, and remembers the good ones."""
    (project / "docs" / "index.md").write_text(
        f"# Start\n\n[a]({server.bases['1']}/e404/1) [b]({server.bases['1']}/ok/2)\n"
    )
    assert [main(["links", *ASK, "--runs", "3"]) for _ in range(4)] == [0, 0, 1, 1]
    output = capsys.readouterr().out
    assert "docs/index.md:3:5: external-broken: " in output
    assert "404 Not Found (broken in 3 runs since " in output
    assert "1 known from before" in output
    assert len([path for path in server.seen.paths if "/ok/2" in path]) == 1
    assert main(["links", *ASK, "--no-cache", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert "external-broken" in json.dumps(found)
    cache = project / ".knooppunt" / "cache" / "links.json"
    assert cache.is_file()
    cache.unlink()
    assert main(["links", *ASK, "--runs", "2"]) == 0


def test_without_the_extra_one_error_says_what_to_install(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "aiohttp", None)
    assert main(["links", *ASK]) == 2
    assert capsys.readouterr().err == (
        "error: external links need the package aiohttp, which is not installed: pip install 'knooppunt[links]'\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--runs", "3"], "--runs goes with --external"),
        (["--archive"], "--archive goes with --external"),
        (["--external", "--timeout", "0"], "--timeout 0 cannot be; give a number above 0"),
        (["--external", "--rate", "nan"], "--rate nan cannot be"),
        (["--external", "--allow-private", "http://x/"], "'http://x/' is no host"),
    ],
)
def test_options_that_cannot_be_are_refused(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["links", *arguments]) == 2
    assert said in capsys.readouterr().err
