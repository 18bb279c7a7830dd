"""`knooppunt links --external` as people call it: what it says, what it writes, and what it remembers."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
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


def test_what_is_known_stays_so_from_run_to_run(project: Path, server: Hostile) -> None:
    """A message counts the runs; the link is the same."""
    (project / "docs" / "index.md").write_text(f"[a]({server.bases['1']}/e404/1)\n")
    ask = ("links", *ASK, "--runs", "2")
    assert main([*ask, "--save-baseline", "known.json"]) == 0
    assert main([*ask]) == 1
    assert main([*ask, "--baseline", "known.json", "--new-only"]) == 0


def test_the_longest_times_are_taken(project: Path) -> None:
    arguments = ("links", *ASK, "--runs", "2", "--days", "36500", "--cache-days", "36500")
    assert [main(list(arguments)) for _ in range(2)] == [0, 0]


def test_an_interrupted_run_keeps_what_it_has_asked_for(project: Path, server: Hostile) -> None:
    """One line, the status of a program that was interrupted, and a cache with all that was known by then."""
    base = server.bases["1"]
    good = [f"[a]({base}/ok/{number}) [b]({base}/e404/{number})" for number in range(5)]
    (project / "docs" / "index.md").write_text("\n\n".join([*good, f"[never]({server.bases['2']}/never/1)"]))
    # What runs in the background of a shell may have been told to pass over interrupts.
    interruptible = ["env", "--default-signal=INT", sys.executable]
    command = [*interruptible, "-m", "knooppunt", "links", *ASK, "--timeout", "60"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        end = time.monotonic() + 20
        while len([path for path in server.seen.paths if "/ok/" in path or "/e404/" in path]) < 10:
            assert time.monotonic() < end, server.seen.paths
            time.sleep(0.02)
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        output, error = run.communicate(timeout=20)
    assert (run.returncode, output, error) == (130, "", "error: interrupted\n")
    kept = json.loads((project / ".knooppunt" / "cache" / "links.json").read_text())["links"]
    assert len([address for address in kept if "/ok/" in address]) == 5
    assert {item.get("streak") for address, item in kept.items() if "/e404/" in address} == {1}
    assert not [address for address in kept if "/never/" in address]


def test_only_the_site_itself_is_not_asked_for(project: Path, server: Hostile) -> None:
    """An address that merely begins as that of the site does is another host's page all the same."""
    base = server.bases["1"]
    (project / "mkdocs.yml").write_text(f"site_name: S\nsite_url: {base}/ok/1\n")
    own = [f"[{end}]({base}/ok/1{end})" for end in ("", "/index/", "#start")]
    (project / "docs" / "index.md").write_text(f"# Start\n\n{' '.join(own)} [other]({base}/ok/12)\n")
    main(["links", *ASK])
    assert [path for path in server.seen.paths if "/ok/" in path] == ["1 /ok/12"]


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
        (["--external", "--cache-days", "1e12"], "--cache-days 1e+12 cannot be; give a number from 0, 36500 at most"),
        (["--external", "--days", "99999999999"], "--days 99999999999 cannot be; give a number from 0, 36500 at most"),
        (["--external", "--runs", "9" * 400], f"--runs {'9' * 400} cannot be"),
        (["--external", "--timeout", "inf"], "--timeout inf cannot be"),
        (["--external", "--allow-private", "http://x/"], "'http://x/' is no host"),
    ],
)
def test_options_that_cannot_be_are_refused(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["links", *arguments]) == 2
    assert said in capsys.readouterr().err
