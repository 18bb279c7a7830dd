"""The rules over a project, over any files, and on the command line."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from knooppunt.cli import main
from knooppunt.linting.suite import TODAY, fixtures
from knooppunt.loading import load_project
from knooppunt.recordlint import Wanted, lint_project
from knooppunt.site.output import Output
from knooppunt.site.prepared import prepare

ROOT = Path(__file__).parents[2]
RECORD = """acme.agent.ipv6:
  kind: limitation
  title: No addresses of IPv6
  statement: The agent gives no pod an address of IPv6.
  layer: agent
  effect: unavailable
  fields: [spec.ipFamilies]
  variants:
    v1: {status: active, since: 2021-03-04}
  evidence:
    - {source: acme-docs/network.md, date: 2021-03-04, match: IPv6}
"""

LIMITS = """aks.nodes.ipv6:
  kind: limitation
  title: No IPv6
  statement: Pods have no IPv6 address.
  layer: provider
  effect: unavailable
  variants:
    v1: {status: active, since: 2021-01-18}
  evidence:
    - {source: docs/nodes.md, date: 2021-01-18}
"""


def make_project(root: Path) -> Path:
    """A project with one page, one record and no locale."""
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text("site_name: Small\n", "utf-8")
    (root / "knooppunt.yml").write_text("layers: {provider: Provider}\nvariants: {v1: Version 1}\n", "utf-8")
    (root / "docs/index.md").write_text("# Home\n\nPods run here.\n", "utf-8")
    (root / "docs/limits.yml").write_text(LIMITS, "utf-8")
    return root


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_our_own_records_are_clean() -> None:
    """All 84, with no comment that passes over anything."""
    project = load_project(ROOT)
    linted, files = lint_project(project)
    assert [str(found.finding.origin) for found in linted] == []
    assert files == 7
    for path in (ROOT / "docs").rglob("*.yml"):
        assert "lint: ignore" not in path.read_text("utf-8")


def test_check_runs_the_rules_with_everything_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(folder)
    limits = root / "docs/limits.yml"
    limits.write_text(limits.read_text("utf-8").replace("title: No IPv6", "title: No IPv6."), "utf-8")
    assert main(["check", "--quiet"]) == 1
    assert "docs/limits.yml:3:10: KR405: aks.nodes.ipv6.title: " in capsys.readouterr().out
    assert main(["check", "--quiet", "--select", "odd-title"]) == 1
    assert "KR405" in capsys.readouterr().out
    assert main(["check", "--quiet", "--select", "KR301"]) == 0
    assert main(["check", "--quiet", "--select", "broken-link"]) == 0
    assert main(["check", "--format", "sarif", "--select", "KR405"]) == 1
    sarif = json.loads(capsys.readouterr().out)
    assert sarif["runs"][0]["results"][0]["ruleId"] == "KR405"
    assert main(["check", "--select", "KR99"]) == 2


def test_files_need_no_project(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.yml").write_text(RECORD.replace("IPv6\n", "IPv6.\n", 1), "utf-8")
    (folder / "more").mkdir()
    (folder / "more/b.yaml").write_text(RECORD, "utf-8")
    (folder / "more/pod.yml").write_text("kind: Pod\n", "utf-8")
    assert main(["lint", "a.yml", "--ignore", "KR405"]) == 0
    assert "0 findings in 1 file." in capsys.readouterr().out
    assert main(["lint", "a.yml", "more/"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in lines[:-1]] == ["KR405", "KR104"]
    assert lines[-1].endswith(" in 2 files.")
    assert main(["lint", ".", "--select", "KR104", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["path"] == "more/b.yaml"


def test_a_file_with_a_byte_order_mark_holds_records(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.yml").write_text("\ufeff" + RECORD.replace("IPv6\n", "IPv6.\n", 1), "utf-8")
    assert main(["lint", "a.yml"]) == 1
    assert "KR405" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gone.yml"], "there is no file or folder 'gone.yml'"),
        (["a.txt"], "'a.txt' is no YAML file; records are in .yml and .yaml files"),
        (["pod.yml"], "there is no file of records here; a record begins with 'product.area.slug:'"),
        (["a.yml", "--select", "KR9"], "there is no rule 'KR9'"),
        (["a.yml", "--kubernetes", "1.2"], "Kubernetes '1.2' is not known; there are 1.25 to 1.37"),
        (["a.yml", "--today", "tomorrow"], "--today tomorrow is not a date; write one such as 2026-01-31"),
        (["a.yml", "--source", "x"], "'x' is not NAME=DIR"),
        (["bytes.yml"], "bytes.yml"),
    ],
)
def test_what_cannot_be_done_is_said_once(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    (folder / "a.yml").write_text(RECORD, "utf-8")
    (folder / "a.txt").write_text("text", "utf-8")
    (folder / "pod.yml").write_text("kind: Pod\n", "utf-8")
    (folder / "bytes.yml").write_bytes(b"acme.agent.a: \xff\n")
    assert main(["lint", *arguments]) == 2
    errors = capsys.readouterr().err
    assert message in errors
    assert errors.count("\n") == 1


def test_the_log_of_changes_tells_which_ids_were_retired_and_published(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(folder)
    lines = [
        {"date": "2025-01-01", "id": "aks.nodes.ipv6", "change": "moved", "to": ["aks.nodes.ipv6-only"]},
        {"date": "2025-01-02", "id": "aks.nodes.gone", "change": "added", "revision": 1},
        {"date": "2025-01-03", "id": "aks.nodes.removed", "change": "added", "revision": 1},
        {"date": "2025-01-04", "id": "aks.nodes.removed", "change": "removed"},
    ]
    (root / "changes.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert main(["lint", "--quiet"]) == 1
    found = [line.split(": ", 2)[1:] for line in capsys.readouterr().out.splitlines()]
    assert found == [
        ["KR114", "aks.nodes.ipv6: this id was moved on 2025-01-01; give the fact a new id"],
        [
            "KR115",
            (
                "aks.nodes.ipv6: 'aks.nodes.gone', published on 2025-01-02, is gone; "
                "retire it with 'moved' or 'split', or bring it back"
            ),
        ],
    ]


def git(folder: Path, *arguments: str, day: str) -> None:
    stamp = f"{day}T12:00:00Z"
    environment = {
        "GIT_AUTHOR_DATE": stamp,
        "GIT_COMMITTER_DATE": stamp,
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.example", *arguments],
        cwd=folder,
        check=True,
        env=environment,
        capture_output=True,
    )


def test_a_clone_tells_whether_evidence_is_out_of_date(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clone = folder / "acme-docs"
    clone.mkdir()
    git(clone, "init", "-q", day="2021-03-04")
    for day, text in (("2021-03-04", "- No IPv6.\n"), ("2022-05-06", "- No IPv6 in old regions.\n")):
        (clone / "network.md").write_text(text, "utf-8")
        git(clone, "add", ".", day=day)
        git(clone, "commit", "-qm", "a", day=day)
    (folder / "a.yml").write_text(RECORD, "utf-8")
    assert main(["lint", "a.yml", "--quiet"]) == 0
    assert main(["lint", "a.yml", "--quiet", "--source", "acme-docs=acme-docs"]) == 1
    assert "KR204: acme.agent.ipv6.evidence[0]: 'acme-docs/network.md' changed" in capsys.readouterr().out
    (folder / "a.yml").write_text(RECORD.replace("date: 2021-03-04", "date: 2022-05-06"), "utf-8")
    assert main(["lint", "a.yml", "--quiet", "--source", "acme-docs=acme-docs"]) == 0


def test_a_day_and_versions_can_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.yml").write_text(RECORD, "utf-8")
    assert main(["lint", "a.yml", "--quiet", "--today", "2021-03-03"]) == 1
    assert capsys.readouterr().out.count("KR208") == 2
    (folder / "a.yml").write_text(RECORD.replace("spec.ipFamilies", "spec.trafficDistribution"), "utf-8")
    assert main(["lint", "a.yml", "--quiet", "--kubernetes", "1.28"]) == 1
    assert "KR501" in capsys.readouterr().out
    assert main(["lint", "a.yml", "--quiet", "--kubernetes", "1.28,1.33"]) == 1
    assert "KR502" in capsys.readouterr().out
    assert main(["lint", "a.yml", "--quiet", "--kubernetes", "1.33"]) == 0


def test_the_fixtures_can_be_written_and_run_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is written is what another program is run over: here it is our own, over the files alone."""
    assert main(["lint", "--fixtures", "out", "--quiet"]) == 0
    index = json.loads((folder / "out/index.json").read_text("utf-8"))
    assert len(index["fixtures"]) == len(list(fixtures()))
    chosen = [
        each for each in index["fixtures"] if not any(each["given"][key] for key in each["given"] if key != "today")
    ]
    for fixture in chosen[::9]:
        files = [f"out/{name}" for name in fixture["files"]]
        status = main(["lint", *files, "--format", "json", "--today", fixture["given"]["today"]])
        found = json.loads(capsys.readouterr().out)["findings"]
        places = sorted((each["path"].removeprefix("out/"), each["line"], each["check"]) for each in found)
        assert places == sorted((each["file"], each["line"], each["code"]) for each in fixture["expected"])
        assert status == (0 if fixture["valid"] else 1)
    assert TODAY == "2026-01-01"


def test_explain_knows_rules_by_code_and_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "kr302"]) == 0
    by_code = capsys.readouterr().out
    assert by_code.startswith("# KR302: `reversed-dates`\n")
    assert main(["explain", "reversed-dates"]) == 0
    assert capsys.readouterr().out == by_code
    assert main(["explain"]) == 0
    assert "\nKR302 reversed-dates: A variant that ends before it begins.\n" in capsys.readouterr().out


HUGE = (f"1{'0' * 400}", f"-1{'0' * 400}", f"-0x{'f' * 9000}", f"1{'0' * 5000}", ".inf", ".nan")
"""Numbers that no float can hold, or that Python refuses to print."""


def test_hostile_files_end_in_findings(folder: Path) -> None:
    """Deep nesting, huge texts, strange signs: a finding or an error, and never a traceback."""
    deep = "acme.agent.a: " + "[" * 300
    long = f"acme.agent.a:\n  statement: {'a.b.c ' * 20000}\n  title: {'?' * 50000}\n  rule: {{cel: {'(' * 5000}}}\n"
    strange = "acme.agent.a:\n  fields: [\u202espec, 'spec.\\0', \"spec.containers[][][]\", '...', '']\n"
    commas = f"acme.agent.a:\n  statement: {'a, ' * 20000}\n"
    chain = "".join(f"acme.agent.r{number}: {{moved: acme.agent.r{number + 1}}}\n" for number in range(3000))
    amounts = [f"acme.agent.a:\n  amounts: [{{value: {value}, unit: x}}]\n" for value in HUGE]
    for number, text in enumerate((deep, long, strange, commas, chain, *amounts)):
        (folder / f"{number}.yml").write_text(text, "utf-8")
        assert main(["lint", f"{number}.yml", "--quiet", "--format", "json"]) == 1


def test_a_project_without_records_is_clean(folder: Path) -> None:
    root = make_project(folder)
    (root / "docs/limits.yml").unlink()
    assert len(lint_project(load_project(root), Wanted())[0]) == 0


@pytest.mark.parametrize("documented", [True, False])
def test_a_site_with_pages_of_rules_publishes_the_fixtures(folder: Path, *, documented: bool) -> None:
    root = make_project(folder)
    if documented:
        settings = root / "knooppunt.yml"
        settings.write_text(settings.read_text("utf-8") + "check-pages: handbook/checks\n", "utf-8")
    prepared = prepare(root / "mkdocs.yml", nav=None, docs_dir=root / "docs", excluded=lambda _: False)
    output = Output(prepared, root / "site", None, directories=True, redirects={})
    output.write()
    index = root / "site/lint/v1/index.json"
    assert index.is_file() == documented
    if documented:
        files = {path.name for path in index.parent.iterdir()}
        assert files == {"index.json", *(file["path"] for file in json.loads(index.read_text("utf-8"))["files"])}
        assert "handbook/rules/KR302.md" in prepared.pages
