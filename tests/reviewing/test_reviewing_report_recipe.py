"""The workflow of the handbook: its commands are run as they are written, in a clone with a pull request."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from figures_project import write_figures_project

PAGE = Path(__file__).parents[2] / "docs" / "handbook" / "review-reports.md"


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    """The workflow of the page."""
    [found] = [
        block for block in re.findall(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL) if "jobs:" in block
    ]
    value = yaml.safe_load(found)
    assert isinstance(value, dict)
    return value


def steps(workflow: dict[Any, Any]) -> list[dict[str, Any]]:
    [job] = workflow["jobs"].values()
    found: list[dict[str, Any]] = job["steps"]
    return found


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Mara Vos", "-c", "user.email=mara@docs.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def clone_of_pull_request(tmp_path: Path) -> Path:
    """What the checkout action makes: a clone with the branch that the pull request goes to as origin/main."""
    origin = write_figures_project(tmp_path / "origin")
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "add", "--all", ".")
    git(origin, "commit", "--quiet", "--message", "One")
    git(tmp_path, "clone", "--quiet", f"file://{origin}", "clone")
    clone = tmp_path / "clone"
    catalog = clone / "locales" / "nl" / "LC_MESSAGES" / "ferries.po"
    catalog.write_text(
        catalog.read_text("utf-8").replace("De pod van Ferries 1 ", "De pod pod van Ferries 1 @all "), "utf-8"
    )
    git(clone, "commit", "--quiet", "--all", "--message", "Two")
    return clone


def run(script: str, folder: Path, summary: Path) -> subprocess.CompletedProcess[str]:
    """One step as GitHub runs it: bash that ends at the first failure."""
    environment = {**os.environ, "GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(summary)}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_the_steps_do_what_the_page_says(workflow: dict[Any, Any], tmp_path: Path) -> None:
    clone, summary = clone_of_pull_request(tmp_path), tmp_path / "summary.md"
    scripts = [step["run"] for step in steps(workflow) if "knooppunt" in step.get("run", "")]
    assert len(scripts) == 2
    made = run(scripts[0], clone, summary)
    assert made.returncode == 0, made.stderr
    assert "<title>Translations changed since origin/main" in (clone / "report" / "index.html").read_text("utf-8")
    assert "@all" in summary.read_text("utf-8")
    assert "| `nl` | `ferries` | 1 |" in summary.read_text("utf-8")
    annotated = run(scripts[1], clone, summary)
    assert annotated.returncode == (1 if "::error" in annotated.stdout or "::warning" in annotated.stdout else 0)
    assert annotated.stdout.startswith("::")


def test_a_clone_that_is_too_shallow_fails_the_step(workflow: dict[Any, Any], tmp_path: Path) -> None:
    """Status 2 is not taken for findings."""
    clone = clone_of_pull_request(tmp_path)
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=main", f"file://{clone}", "shallow")
    git(tmp_path / "shallow", "update-ref", "-d", "refs/remotes/origin/main")
    script = next(step["run"] for step in steps(workflow) if "report.md >>" in step.get("run", ""))
    done = run(script, tmp_path / "shallow", tmp_path / "summary.md")
    assert done.returncode != 0
    assert "fetch-depth: 0" in done.stderr
    assert not (tmp_path / "summary.md").exists()


def test_it_asks_for_no_more_than_it_needs(workflow: dict[Any, Any]) -> None:
    """No code of strangers with write access, no expression in a script, and the whole history."""
    events = workflow[True]  # YAML 1.1 reads `on` as true
    assert list(events) == ["pull_request"]
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}
    [checkout] = [step for step in steps(workflow) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["fetch-depth"] == 0
    assert not any("${{" in step.get("run", "") for step in steps(workflow))
