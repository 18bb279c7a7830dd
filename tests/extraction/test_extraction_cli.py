"""`knooppunt extract`: files in, a file of drafts out, and no draft in a feed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from knooppunt.cli import main

RECORD = """\
a.b.hosts:
  kind: limitation
  title: T
  statement: S.
  layer: x
  effect: ignored
  variants: {v1: {status: active}}
  evidence: [{source: %s, match: no hosts}]
"""


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    when = "2026-02-03T23:30:00-02:00"
    return subprocess.run(
        ["git", "-C", str(root), *who, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(root), "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when},
    ).stdout.strip()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "site"
    page = "# X\n\n## Limitations\n\n- There are no hosts.\n- There are no names.\n"
    write(root, {"mkdocs.yml": "site_name: X\nsite_url: https://example.org/\n", "docs/index.md": page})
    monkeypatch.chdir(root)
    return root


def test_a_second_run_adds_only_what_is_new(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["extract", "docs", "--out", "drafts.yml"]
    assert main(command) == 0
    assert capsys.readouterr().out == (
        "2 new drafts added to drafts.yml: 2 likely, 0 possible; 0 known, 0 in records; "
        "2 bullets in sections of 1 article\n"
    )
    out = project / "drafts.yml"
    edited = (
        out.read_text("utf-8")
        .replace("title: There are no hosts", "title: Mine # a note")
        .replace("status: proposed", "status: rejected", 1)
    )
    out.write_text(edited, "utf-8")
    assert main(command) == 0
    assert out.read_text("utf-8") == edited
    assert main([*command, "--check"]) == 0
    page = project / "docs/index.md"
    page.write_text(page.read_text("utf-8") + "- There are no ports.\n", "utf-8")
    capsys.readouterr()
    assert main([*command, "--check"]) == 1
    assert capsys.readouterr().out.startswith("docs/index.md:7: limitation (likely): There are no ports\n1 new draft: ")
    assert out.read_text("utf-8") == edited
    assert main(command) == 0
    assert out.read_text("utf-8").startswith(edited)
    assert "no ports" in out.read_text("utf-8")[len(edited) :]


def test_records_are_not_proposed_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"docs/r.yml": RECORD % "docs/index.md"})
    assert main(["extract", "docs", "--quiet"]) == 0
    assert capsys.readouterr().out == "docs/index.md:6: limitation (likely): There are no names\n"


def test_a_draft_is_never_published(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither by --out, nor copied below docs as it is, nor when all is filled in and its mark is left."""
    assert main(["extract", "docs", "--out", "docs/drafts.yml"]) == 2
    assert (
        "'docs/drafts.yml' is below docs/, where files are records; put the drafts beside it" in capsys.readouterr().err
    )
    assert main(["extract", "docs", "--out", "drafts.yml", "-q"]) == 0
    text = (project / "drafts.yml").read_text("utf-8")
    full = text.replace("  kind:", "  layer: x\n  effect: ignored\n  variants: {v1: {status: active}}\n  kind:")
    for draft, said in (
        (text, "'layer' is missing"),
        (full, "docs/d.yml:7: draft.docs.there-no-hosts.draft: marks what"),
    ):
        write(project, {"docs/d.yml": draft})
        assert main(["feed", "--out", "feed"]) == 2
        assert said in capsys.readouterr().err
        assert not (project / "feed").exists()
    lines = full.splitlines()
    marked = {number for number, line in enumerate(lines) if line.startswith(("  draft:", "    "))}
    kept = {number for number in marked if lines[number].startswith(("    - source", "      "))}
    write(project, {"docs/d.yml": "\n".join(line for at, line in enumerate(lines) if at not in marked - kept) + "\n"})
    assert main(["feed", "--out", "feed", "-q"]) == 0  # a person has taken the mark away, and that alone was missing
    records = json.loads((project / "feed/api/v1/limitations.json").read_text("utf-8"))["records"]
    assert [record["id"] for record in records] == ["draft.docs.there-no-hosts", "draft.docs.there-no-names"]


def test_the_commit_is_named_where_the_file_is_as_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "clone"
    limits = "## Limits\n\n- There are no hosts.\n"
    write(root, {"d/a.md": limits, "d/b.md": limits})
    git(root, "init", "-q")
    monkeypatch.chdir(tmp_path)

    def evidence(*arguments: str) -> list[tuple[str, str | None, str | None]]:
        assert main(["extract", "clone/d", "--format", "json", *arguments]) == 0
        found = [draft["evidence"] for draft in json.loads(capsys.readouterr().out)["drafts"]]
        return [(item["source"], item["commit"], item["date"]) for item in found]

    assert evidence() == [("clone/d/a.md", None, None), ("clone/d/b.md", None, None)]
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    head = git(root, "rev-parse", "HEAD")
    (root / "d/a.md").write_bytes(limits.replace("\n", "\r\n").encode())
    (root / "d/b.md").write_text(limits + "\nMore.\n", "utf-8")
    write(root, {"d/c.md": limits})
    assert evidence("--source", f"docs={root}") == [
        ("docs/d/a.md", head, "2026-02-04"),
        ("docs/d/b.md", None, None),
        ("docs/d/c.md", None, None),
    ]
    assert main(["extract", str(root / "d/a.md"), "--out", "d.yml", "-q"]) == 0
    written = (tmp_path / "d.yml").read_text("utf-8")
    assert f'commit: "{head[:12]}"\n      date: 2026-02-04\n      match: There are no hosts\n' in written
    history = ["history", "--source", f"docs={root}", "--file", "d/a.md", "--match", "There are no hosts"]
    capsys.readouterr()
    assert main(history) == 0
    assert "appeared" in capsys.readouterr().out


def test_a_draft_stays_known_wherever_the_articles_are(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def new(*paths: str, out: Path = project / "drafts.yml") -> int:
        assert main(["extract", *paths, "--out", str(out), "--check", "--format", "json"]) in {0, 1}
        return len(json.loads(capsys.readouterr().out)["drafts"])

    assert main(["extract", "docs", "--out", "drafts.yml", "-q"]) == 0
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "x")
    assert new("docs") == 0
    git(project, "clone", "-q", ".", str(project.parent / "other"))
    monkeypatch.chdir(project.parent / "other/docs")
    assert new("index.md") == 0
    monkeypatch.chdir(project.parent)
    assert new("other/docs") == 0

    for root, mark in ((project, "clone/docs/index.md"), (project.parent / "other", "docs/index.md")):
        write(root.parent, {"old.yml": old_draft(mark)})  # as earlier versions wrote it
        monkeypatch.chdir(root)
        assert new("docs", out=root.parent / "old.yml") == 1
    shutil.copytree(project / "docs", project.parent / "bare/docs")
    monkeypatch.chdir(project.parent / "bare")
    assert main(["extract", "docs", "--out", "d.yml", "-q"]) == 0
    monkeypatch.chdir(project.parent)
    assert new("bare/docs", out=Path("bare/d.yml")) == 0


def old_draft(source: str) -> str:
    mark = sha256(f"{source}\0\0there are no hosts".encode()).hexdigest()[:12]
    return f"a.b.c:\n  draft: {{fingerprint: '{mark}'}}\n  evidence: [{{source: {source}}}]\n"


def test_two_repositories_with_one_path_have_a_draft_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        write(tmp_path, {f"{name}/x.md": "## Limits\n\n- There are no hosts.\n"})
        git(tmp_path / name, "init", "-q")
    assert main(["extract", "a", "b", "--out", "d.yml"]) == 0
    assert "2 new drafts" in capsys.readouterr().out
    for order in (["a", "b"], ["b", "a"], ["b"]):
        assert main(["extract", *order, "--out", "d.yml", "--check"]) == 0


def test_evidence_names_no_folder_of_one_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"docs/in/a.md": "## Limits\n\n- No hosts.\n", "work/x": ""})
    monkeypatch.chdir(tmp_path / "work")
    for path, source in (
        (str(tmp_path / "docs"), "docs/in/a.md"),
        ("../docs", "docs/in/a.md"),
        ("../docs/in/a.md", "in/a.md"),
    ):
        assert main(["extract", path, "--format", "json"]) == 0
        assert [d["evidence"]["source"] for d in json.loads(capsys.readouterr().out)["drafts"]] == [source]
    assert main(["extract", "../docs", "--source", f"mine={tmp_path / 'docs'}", "--format", "yaml"]) == 0
    assert "source: mine/in/a.md" in capsys.readouterr().out


def test_what_is_merely_possible_can_be_left_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, {"docs/a.md": "# A\n\n## Requirements\n\n- A boat.\n- Open it.\n"})
    assert main(["extract", "docs/a.md", "-q"]) == 0
    assert capsys.readouterr().out == (
        "docs/a.md:5: requirement (likely): A boat\ndocs/a.md:6: requirement (possible): Open it\n"
    )
    assert main(["extract", "docs/a.md", "-q", "--likely"]) == 0
    assert capsys.readouterr().out == "docs/a.md:5: requirement (likely): A boat\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none"], "error: there is no file or folder 'none'"),
        (["mkdocs.yml"], "error: 'mkdocs.yml' is no article; give Markdown files (.md, .markdown) or folders"),
        (["empty"], "error: there is no Markdown in empty"),
        (["docs", "--product", "A b"], "error: --product: 'A b' is not a word of a-z, 0-9 and hyphens"),
        (["docs", "--source", "x"], "error: 'x' is not NAME=DIR"),
        (["docs", "--source", "x=none"], "error: there is no folder 'none'"),
        (["docs", "--out", "drafts.json"], "error: 'drafts.json' is no YAML file by its name"),
        (["docs", "--out", "bad.yml"], "bad.yml:1: must be a mapping of ids to drafts, not a list"),
        (["docs", "--project", "none"], "error: there is no folder 'none'"),
    ],
)
def test_what_cannot_be_done_is_said(
    project: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(project, {"bad.yml": "- x\n"})
    (project / "empty").mkdir()
    assert main(["extract", *arguments]) == 2
    assert capsys.readouterr().err.startswith(message)


def test_one_bad_article_does_not_keep_the_others_back(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/bad.md").write_bytes(b"# X\n\xff\n")
    assert main(["extract", "docs", "--out", "drafts.yml"]) == 2
    said = capsys.readouterr()
    assert said.err == "docs/bad.md:2: byte 0xff is not UTF-8; save the file as UTF-8\n"
    assert "2 new drafts added" in said.out


def test_the_page_of_the_handbook_is_true(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its article, what the command prints of it, and the draft that it shows."""
    page = (Path(__file__).parents[2] / "docs/handbook/extracting.md").read_text("utf-8")
    blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[:4])
    (project / "docs/index.md").unlink()
    write(project, {"docs/boats.md": blocks["markdown"]})
    assert main(["extract", "docs/"]) == 0
    assert f"$ knooppunt extract docs/\n{capsys.readouterr().out}" == blocks["console"]
    assert main(["extract", "docs/", "--format", "yaml"]) == 0
    assert blocks["yaml"] in capsys.readouterr().out
