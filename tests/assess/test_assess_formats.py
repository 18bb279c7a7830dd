"""How an assessment is shown, and the command from end to end."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from assess_cases import POD, ROOT, limit
from defusedxml.ElementTree import fromstring
from jsonschema import Draft202012Validator

from corpora import corpus_files
from knooppunt.assess import as_json, as_junit, as_sarif, as_text
from knooppunt.assessing import Rules, assess, feed_rules, project_rules
from knooppunt.cli import main, make_parser
from knooppunt.errors import UsageError
from knooppunt.model import Effect, Kind, Status
from knooppunt.project import Project

if TYPE_CHECKING:
    from knooppunt.assess.results import Assessment

BLOCKED = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: c, image: i}], hostAliases: [{ip: 10.0.0.1}]}}}\n"
CHANGED = "apiVersion: v1\nkind: Pod\nmetadata: {name: two}\nspec: {containers: [{name: c, image: i}], hostPID: true}\n"
FAILED = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: three}\nspec: {containers: [{name: c, image: i}], hostPID: maybe}\n"
)
RULES = Rules(
    (
        limit("has(podSpec.hostAliases)", id="a.b.aliases", status={"v1": Status.ACTIVE, "v2": Status.UNKNOWN}),
        limit("has(podSpec.hostPID) && podSpec.hostPID", id="a.b.pid", effect=Effect.IGNORED, effect_label="Ignored"),
        limit(
            "!has(podSpec.nodeSelector)", id="a.b.step", kind=Kind.REQUIREMENT, effect=Effect.PENDING, workaround=None
        ),
        limit("object.kind == 'NetworkPolicy'", id="a.b.policy", effect=Effect.IGNORED, url=""),
    ),
    ("v1", "v2"),
    "en",
)


def found(tmp_path: Path, *manifests: str, **options: Any) -> Assessment:
    """The assessment of some manifests in one file."""
    path = tmp_path / "m.yaml"
    path.write_text("---\n".join(manifests), encoding="utf-8")
    return assess(RULES, [str(path)], **options)


def test_text_answers_in_plain_words(tmp_path: Path) -> None:
    text = as_text.render(found(tmp_path, BLOCKED, CHANGED, POD)).replace(str(tmp_path), "")
    assert (
        text
        == """\
Deployment/web  /m.yaml:1  v1: no, v2: yes
    Rejected: It does not work (v1; v2: no source says)
        /m.yaml:4 spec.template.spec.hostAliases
        what to do: Leave it out.
        https://docs.example/records/a.b.c/
Pod/two  /m.yaml:6  v1: yes, but not all of it works, v2: yes
    Ignored: It does not work (v1)
        /m.yaml:9 spec.hostPID
        what to do: Leave it out.
        https://docs.example/records/a.b.c/
Pod/one  /m.yaml:11  v1: yes, v2: yes

What a move needs: It does not work. https://docs.example/records/a.b.c/
3 workloads, 4 rules.
v1: 1 can move as they are, 1 lose something, 1 cannot.
v2: 3 can move as they are, 0 lose something, 0 cannot.
"""
    )


def test_everything_shows_notes_and_steps(tmp_path: Path) -> None:
    assert "to do: It does not work (v1)" in as_text.render(found(tmp_path, POD), everything=True)


def test_errors_are_shown_as_errors_in_every_format(tmp_path: Path) -> None:
    result = found(tmp_path, FAILED, variants=["v1"])
    assert result.broken
    text = as_text.render(result)
    assert "v1: not known" in text
    assert "error: " in text
    assert "(a.b.pid)" in text
    document = json.loads(as_json.render(result))
    assert document["reports"][0]["answer"] == "unknown"
    assert document["reports"][0]["verdicts"][0]["errors"][0]["record"] == "a.b.pid"
    (run,) = json.loads(as_sarif.render(result))["runs"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "a.b.pid" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    suite = fromstring(as_junit.render(result)).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "0", "1")
    assert suite.find("testcase/error") is not None


def test_json_follows_its_schema(tmp_path: Path) -> None:
    schema = as_json.assessment_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for manifests in ((BLOCKED, CHANGED, POD), (FAILED,), ("a: [\n",)):
        document = json.loads(as_json.render(found(tmp_path, *manifests)))
        assert list(validator.iter_errors(document)) == []
    document["reports"] = [{}]
    assert list(validator.iter_errors(document)) != []


def test_sarif_names_rules_and_places(tmp_path: Path) -> None:
    log = json.loads(as_sarif.render(found(tmp_path, BLOCKED, CHANGED)))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["a.b.aliases", "a.b.pid", "a.b.step"]
    assert rules[0]["helpUri"] == "https://docs.example/records/a.b.c/"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
    first = run["results"][0]
    assert first["level"] == "error"
    assert first["properties"]["variants"] == ["v1"]
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 4}
    assert {result["level"] for result in run["results"]} == {"error", "warning", "note"}


def test_junit_counts_what_fails(tmp_path: Path) -> None:
    suites = fromstring(as_junit.render(found(tmp_path, BLOCKED, CHANGED, POD)))
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("v1", "3", "2"),
        ("v2", "3", "0"),
    ]
    assert "a.b.aliases" in (suites.findtext("testsuite/testcase/failure") or "")


def test_other_objects_are_shown_only_where_a_record_applies(tmp_path: Path) -> None:
    policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: {}}\n"
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {}\n"
    result = found(tmp_path, policy, service, "replicas: 2\n", variants=["v1"])
    assert [report.title for report in result.reports] == ["NetworkPolicy/deny"]
    assert result.passed_over == 2
    assert not result.clean
    assert "NetworkPolicy/deny" in as_text.render(result)


def test_the_rest_is_assessed_where_a_part_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: [\n", encoding="utf-8")
    (tmp_path / "b.yml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n---\n" + POD, encoding="utf-8")
    (tmp_path / "c.json").write_bytes(b"\xff")
    (tmp_path / "d.txt").write_text(POD, encoding="utf-8")
    (tmp_path / "e.yaml").write_text("# \u00e9\u00e9\u00e9\na: " + "\u00e9" * 50 + "\x01\n", encoding="utf-8")
    result = assess(RULES, [str(tmp_path), str(tmp_path / "b.yml")])
    assert [report.title for report in result.reports] == ["Pod/one"]
    assert [Path(problem.path).name for problem in result.problems] == ["a.yaml", "b.yml", "c.json", "e.yaml"]
    assert (result.problems[3].line, result.problems[3].message) == (2, "not valid YAML: character U+0001")
    assert result.broken


@pytest.mark.parametrize(
    ("paths", "variants", "message"),
    [
        (["empty"], [], "the folder '.*empty' holds no .yaml, .yml, .json file"),
        (["none.yaml"], [], "nothing to assess in .*none.yaml"),
        (["none.yaml"], ["v3"], r"no record names the variant 'v3' \(there: v1, v2\)"),
    ],
)
def test_what_cannot_be_assessed(paths: list[str], variants: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "none.yaml").write_text("replicas: 2\n", encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        assess(RULES, [str(tmp_path / path) for path in paths], variants=variants)
    with pytest.raises(UsageError, match="no record has a rule"):
        assess(Rules((), ("v1",), "en"), [str(tmp_path)])


# The command ---------------------------------------------------------------------------------------------------------


def run(*arguments: str) -> int:
    """The command on the project itself."""
    return main(["assess", "--project", str(ROOT), *arguments])


def test_the_exit_status_says_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.yaml"
    sized = "resources: {requests: {cpu: 1, memory: 1G}}"
    path.write_text(POD.replace("image: i", f"image: i, {sized}"), encoding="utf-8")
    assert run(str(path)) == 0
    path.write_text(BLOCKED, encoding="utf-8")
    assert run("--variant", "v1", str(path)) == 1
    assert run(str(path)) == 0  # the other variant takes it
    path.write_text("a: [\n", encoding="utf-8")
    assert run(str(path)) == 2
    assert "not valid YAML" in capsys.readouterr().err
    assert run(str(tmp_path / "gone.yaml")) == 2
    assert run("--locale", "xx", str(path)) == 2
    assert "no locale 'xx'" in capsys.readouterr().err


def test_a_pipe_and_a_language(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BLOCKED.encode())))
    assert run("--locale", "nl", "--variant", "v1", "-") == 1
    text = capsys.readouterr().out
    assert "Deployment/web  stdin:1  v1: no" not in text  # host aliases are ignored, not refused
    assert "Hostaliassen hebben geen effect" in text
    assert "/nl/records/aks.virtual-nodes.host-aliases/" in text


@pytest.mark.parametrize("name", ["json", "sarif", "junit"])
def test_formats_are_what_they_say(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(BLOCKED, encoding="utf-8")
    assert run("--format", name, "--variant", "v1", str(path)) == 1
    text = capsys.readouterr().out
    if name == "junit":
        assert fromstring(text).tag == "testsuites"
    else:
        assert json.loads(text)
    assert "aks.virtual-nodes.host-aliases" in text


def test_a_feed_gives_the_same_verdicts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feed", "--project", str(ROOT), "--out", str(tmp_path), "--quiet"]) == 0
    rules = feed_rules(tmp_path / "api/v1/limitations.nl.json")
    own = project_rules(Project.load(ROOT), "nl")
    assert rules.limits == own.limits
    assert rules.locale == "nl"
    path = tmp_path / "m.yaml"
    path.write_text(BLOCKED, encoding="utf-8")
    assert main(["assess", "--feed", str(tmp_path / "api/v1/limitations.json"), "--variant", "v1", str(path)]) == 1
    assert "Host aliases have no effect" in capsys.readouterr().out
    assert main(["assess", "--feed", str(path), str(path)]) == 2
    assert "not valid JSON" in capsys.readouterr().err
    assert main(["assess", "--feed", str(path), "--locale", "nl", str(path)]) == 2


def test_help_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        make_parser("assess").parse_args(["assess", "--help"])
    text = capsys.readouterr().out
    for part in ("helm template", "kubectl get", "--feed limitations.json", "Exit status: 0", "not known"):
        assert part in text


def test_the_page_of_the_handbook_shows_what_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (ROOT / "docs/handbook/assess.md").read_text("utf-8")
    manifest = re.search(r'```yaml title="web.yaml"\n(.*?)```', page, re.DOTALL)
    shown = re.search(r"```console\n\$ knooppunt (assess .*? web.yaml)\n(.*?)```", page, re.DOTALL)
    assert manifest
    assert shown
    (tmp_path / "web.yaml").write_text(manifest[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main([*shown[1].split(), "--project", str(ROOT)]) == 1
    assert capsys.readouterr().out == shown[2]


@pytest.mark.corpus
def test_public_workloads_all_have_an_answer() -> None:
    """Every one of them is assessed; the only error is a quantity that no cluster would take."""
    files = corpus_files("workloads", "*.yaml")
    result = assess(project_rules(Project.load(ROOT)), [str(path) for path in files])
    assert len(result.workloads) == 359
    assert result.problems == ()
    assert [report.title for report in result.reports if report.failed] == ["Deployment/team1-apps/nginx-test"]
    own = {"virtual-kubelet__azure-aci.yaml": "v1", "microsoft__virtualnodesOnAzureContainerInstances.yaml": "v2"}
    for report in result.workloads:
        variant = own.get(Path(report.path).name)
        if variant and not report.title.endswith(("virtual-kubelet-azure-aci", "vk-e2e-windows")):
            (answer,) = [verdict.answer.value for verdict in report.verdicts if verdict.variant == variant]
            assert answer == "yes", report.title  # the providers run these workloads themselves


def test_a_folder_that_cannot_be_searched_is_a_problem_of_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "p.yaml").write_text(POD, encoding="utf-8")
    result = assess(RULES, [str(tmp_path), str(tmp_path / "p.yaml")])
    assert [report.title for report in result.reports] == ["Pod/one"]
    assert len(result.problems) == 1
