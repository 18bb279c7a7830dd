"""Verdicts: what a record that applies means, and that an error of a rule is never a pass."""

from __future__ import annotations

from typing import Any

import pytest
from assess_cases import POD, limit, report, verdict

from knooppunt.assess import Answer, RuleError, RustEngine, Weight, limits_of_feed
from knooppunt.assess.engine import _as_rule_error
from knooppunt.errors import DataError, UsageError
from knooppunt.model import Effect, Kind, Status, Target

EVERY = "has(podSpec.containers)"


@pytest.mark.parametrize(
    ("changes", "weight", "answer"),
    [
        ({}, Weight.BLOCKER, Answer.NO),
        ({"effect": Effect.PENDING}, Weight.BLOCKER, Answer.NO),
        ({"effect": Effect.UNAVAILABLE}, Weight.BLOCKER, Answer.NO),
        ({"effect": Effect.IGNORED}, Weight.CHANGE, Answer.CHANGED),
        ({"effect": Effect.TRUNCATED}, Weight.CHANGE, Answer.CHANGED),
        ({"effect": Effect.ROUNDED}, Weight.NOTE, Answer.YES),
        ({"effect": Effect.THROTTLED}, Weight.NOTE, Answer.YES),
        ({"kind": Kind.REQUIREMENT, "effect": Effect.PENDING}, Weight.STEP, Answer.YES),
        ({"kind": Kind.REQUIREMENT}, Weight.BLOCKER, Answer.NO),
        ({"kind": Kind.REQUIREMENT, "effect": None}, Weight.BLOCKER, Answer.NO),
        ({"kind": Kind.QUOTA, "effect": None}, Weight.NOTE, Answer.YES),
        ({"disputed": True}, Weight.NOTE, Answer.YES),
        ({"status": {"v1": Status.UNKNOWN}}, Weight.NOTE, Answer.YES),
        ({"status": {"v1": Status.PERMANENT}}, Weight.BLOCKER, Answer.NO),
    ],
)
def test_what_a_record_means(changes: dict[str, Any], weight: Weight, answer: Answer) -> None:
    found = verdict(POD, limit(EVERY, **changes))
    assert [hit.weight for hit in found.hits] == [weight]
    assert found.answer is answer


@pytest.mark.parametrize("status", [Status.LIFTED, Status.WITHDRAWN, Status.NOT_APPLICABLE])
def test_a_record_that_does_not_hold_says_nothing(status: Status) -> None:
    other = limit("has(podSpec.os)", id="a.b.other")
    assert verdict(POD, other, limit(EVERY, status={"v1": status})).hits == ()


def test_what_is_ignored_as_a_whole_does_not_run() -> None:
    assert verdict(POD, limit('kind == "Pod"', effect=Effect.IGNORED)).answer is Answer.NO


@pytest.mark.parametrize(
    ("pod", "rule"),
    [
        ("{containers: [{name: c, image: i, lifecycle: text}]}", "podSpec.containers.exists(c, has(c.lifecycle) && has(c.lifecycle.preStop))"),
        ("{containers: [text]}", "podSpec.containers.exists(c, has(c.args))"),
        ("{containers: [{name: c, image: i}], hostNetwork: sometimes}", "has(podSpec.hostNetwork) && podSpec.hostNetwork"),
        ("{containers: [{name: c, image: i}], hostAliases: 7}", "has(podSpec.hostAliases) && size(podSpec.hostAliases) > 0"),
        ("{containers: text}", "podSpec.containers.exists(c, has(c.args))"),
        ("{containers: [{name: c, image: i, resources: {requests: {cpu: many}}}]}", "totals.cpu > 1"),
    ],
)  # fmt: skip
def test_an_error_is_an_error_and_never_a_pass(pod: str, rule: str) -> None:
    manifest = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: one}}\nspec: {pod}\n"
    found = report(manifest, limit(rule))
    assert found.answer is Answer.UNKNOWN
    assert found.failed
    assert [failure.record for failure in found.verdicts[0].failures] == ["a.b.c"]
    assert found.verdicts[0].failures[0].message


def test_a_quantity_that_is_none_is_named() -> None:
    manifest = POD.replace("image: i", "image: i, resources: {limits: {memory: lots}}")
    (failure,) = verdict(manifest, limit("totals.cpu > 1"), limit(EVERY, id="a.b.other")).failures
    assert failure.message == "spec.containers[0].resources.limits.memory: 'lots' is no quantity such as 500m or 2Gi"


@pytest.mark.parametrize("rule", ["has(podSpec.hostAlias)", "kind ==", "podSpec.os"])
def test_a_rule_that_does_not_stand_is_an_error_of_every_workload(rule: str) -> None:
    """Rules of a feed come from elsewhere: they are checked again."""
    assert verdict(POD, limit(rule)).answer is Answer.UNKNOWN


def test_a_blocker_is_sure_whatever_else_failed() -> None:
    found = verdict(POD, limit(EVERY), limit("kind ==", id="a.b.other"))
    assert found.answer is Answer.NO
    assert len(found.failures) == 1


def test_numbers_beyond_the_engine_are_errors() -> None:
    manifest = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: one}}\nspec: {{containers: [], priority: {10**40}}}\n"
    assert verdict(manifest, limit(EVERY)).answer in {Answer.NO, Answer.UNKNOWN}


class Panic(BaseException):
    """What a panic of Rust looks like: no Exception."""


def test_a_panic_of_the_engine_is_an_error_of_the_rule() -> None:
    assert isinstance(_as_rule_error(Panic("at the disco\nmore")), RuleError)
    assert str(_as_rule_error(Panic("at the disco\nmore"))) == "at the disco"
    stop = KeyboardInterrupt()
    assert _as_rule_error(stop) is stop
    assert str(_as_rule_error(KeyError("a"))) == "no such field: a"


def test_the_engine_is_loaded_once_and_named_when_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    RustEngine()
    RustEngine()
    monkeypatch.delitem(__import__("sys").modules, "cel.cel")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'knooppunt\[assess\]'"):
        RustEngine()


PLACES = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    metadata:
      annotations:
        example.org/zone: "1;2"
    spec:
      initContainers:
        - name: a
          image: i
      containers:
        - name: b
          image: i
        - name: c
          image: i
          env:
            - name: X
              value: x
            - name: Y
              value: ""
      hostAliases:
        - {ip: 10.0.0.1, hostnames: [h]}
"""


@pytest.mark.parametrize(
    ("rule", "line", "pointer"),
    [
        ("has(podSpec.hostAliases)", 23, "spec.template.spec.hostAliases"),
        ("size(podSpec.containers) > 1", 13, "spec.template.spec.containers"),
        ("has(podSpec.os) || has(podSpec.hostAliases)", 23, "spec.template.spec.hostAliases"),
        ("podSpec.containers.exists(x, has(x.env))", 18, "spec.template.spec.containers[1].env"),
        (
            "allContainers.exists(x, has(x.env) && x.env.exists(e, has(e.value) && e.value == ''))",
            22,
            "spec.template.spec.containers[1].env[1].value",
        ),
        ("allContainers.exists(x, has(x.name) && x.name == 'a')", 11, "spec.template.spec.initContainers[0].name"),
        ("sizes.exists(s, has(s.name) && s.name == 'c')", 16, "spec.template.spec.containers[1].name"),
        ("totals.withoutCpu > 1", 13, "spec.template.spec.containers"),
        (
            (
                "has(metadata.annotations) && 'example.org/zone' in metadata.annotations "
                "&& metadata.annotations['example.org/zone'].contains(';')"
            ),
            8,
            'spec.template.metadata.annotations["example.org/zone"]',
        ),
        ("kind == 'Deployment'", 1, ""),
        ("!has(podSpec.os)", 1, ""),
    ],
)
def test_where_a_rule_found_it(rule: str, line: int, pointer: str) -> None:
    (hit,) = verdict(PLACES, limit(rule)).hits
    assert (hit.line, hit.pointer) == (line, pointer)


FEED: dict[str, Any] = {
    "schema_version": "1.4",
    "locale": "nl",
    "records": [
        {
            "id": "a.b.c",
            "kind": {"id": "limitation"},
            "effect": {"id": "rejected", "label": {"text": "Geweigerd"}},
            "rule": {"target": "manifest", "cel": EVERY},
            "variants": [{"id": "v1", "status": {"id": "active"}}],
            "title": {"text": "Het werkt niet"},
            "statement": {"text": "Het veld werkt niet."},
            "workaround": None,
            "url": "https://docs.example/nl/records/a.b.c/",
            "disputed": [],
        },
        {"id": "a.b.d", "rule": None},
    ],
}


def test_rules_come_from_a_feed_too() -> None:
    (found,) = limits_of_feed(FEED, "f.json")
    assert found.rule.target is Target.MANIFEST
    assert verdict(POD, found).answer is Answer.NO
    assert found.title == "Het werkt niet"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema_version": "2.0"}, "is of version 2.0 of the feed"),
        ({"records": [{}, 7]}, "is no document of a limitations feed"),
        (
            {"records": [{"id": "a.b.c", "rule": {"target": "moon", "cel": "x"}}]},
            "is no document of a limitations feed",
        ),
    ],
)
def test_what_is_no_feed(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        limits_of_feed(FEED | change, "f.json")
    with pytest.raises(DataError):
        limits_of_feed([], "f.json")
