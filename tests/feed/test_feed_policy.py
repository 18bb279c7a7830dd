"""Policies say what `assess` says, and their checks catch what schemas and engines let pass."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kubernetes_validate  # type: ignore[import-untyped] # it ships no types
import pytest
import yaml

from knooppunt.assess import Assessor, RustEngine, Weight, parse_manifests, subjects
from knooppunt.assessing import project_rules
from knooppunt.errors import UsageError
from knooppunt.feed.policy import FORMS, policy_text
from knooppunt.feed.policy_cel import policy_cel
from knooppunt.feed.policy_check import policy_problems
from knooppunt.knowledge.cel import parse_cel
from knooppunt.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from knooppunt.assess import Limit

ROOT = Path(__file__).parents[2]
FIXTURES = sorted((ROOT / "tests" / "assess" / "rules").rglob("*.yaml"))
Documents = list[dict[str, Any]]


@cache
def limits() -> tuple[Limit, ...]:
    """The project's own rules."""
    return project_rules(Project.load(ROOT)).limits


@cache
def text(form: str, variant: str) -> str:
    """The policies of a variant."""
    return policy_text(limits(), variant, form=form)


def documents(form: str = "vap", variant: str = "v1") -> Documents:
    """The policies of a variant as values, to be broken at will."""
    return copy.deepcopy(list(yaml.safe_load_all(text(form, variant))))


@pytest.mark.parametrize("variant", ["v1", "v2"])
@pytest.mark.parametrize("form", FORMS)
def test_policies_are_sound_and_the_same_every_time(form: str, variant: str) -> None:
    assert policy_problems(text(form, variant)) == ()
    assert policy_text(reversed(limits()), variant, form=form) == text(form, variant)


@pytest.mark.parametrize("version", ["1.30", "1.34", "1.37"])
def test_kubernetes_own_schemas_accept_them_strictly(version: str) -> None:
    for variant in ("v1", "v2"):
        for document in documents("vap", variant):
            kubernetes_validate.validate(document, version, strict=True)


def test_they_warn_and_audit_unless_asked_for_more() -> None:
    bindings = [item for item in documents() if item["kind"].endswith("Binding")]
    assert {tuple(item["spec"]["validationActions"]) for item in bindings} == {("Warn", "Audit")}
    (kyverno,) = documents("kyverno")
    assert {rule["validate"]["failureAction"] for rule in kyverno["spec"]["rules"]} == {"Audit"}
    assert kyverno["spec"]["emitWarning"] is True
    (strict,) = yaml.safe_load_all(policy_text(limits(), "v1", form="kyverno", actions=["Deny"]))
    assert strict["spec"]["rules"][0]["validate"]["failureAction"] == "Enforce"
    assert strict["spec"]["emitWarning"] is False


@pytest.mark.parametrize(
    ("form", "variant", "actions", "message"),
    [
        ("opa", "v1", ["Warn"], "unknown form of policy 'opa'"),
        ("vap", "v1", ["Warn", "Deny"], "'Deny' and 'Warn' exclude each other"),
        ("vap", "v1", ["Shout"], "some of Warn, Audit, Deny"),
        ("vap", "v1", [], "some of Warn, Audit, Deny"),
        ("vap", "v9", ["Warn"], "no rule of variant 'v9' can be a policy"),
    ],
)
def test_what_cannot_be_asked_for(form: str, variant: str, actions: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        policy_text(limits(), variant, form=form, actions=actions)


def reached(value: Any, path: str) -> Any:
    """What an expression such as `object.spec` stands for."""
    for step in path.split(".")[1:]:
        value = value[step]
    return value


@pytest.mark.parametrize("variant", ["v1", "v2"])
def test_a_policy_says_of_every_fixture_what_assess_says(variant: str) -> None:
    """The rewritten expressions, run on whole objects, against the rules, run on pods."""
    engine = RustEngine()
    assessor = Assessor(limits(), (variant,), engine)
    policies = {}
    for item in documents("vap", variant):
        if item["kind"] == "ValidatingAdmissionPolicy":
            for resource in item["spec"]["matchConstraints"]["resourceRules"][0]["resources"]:
                policies[resource] = item["spec"]
    by_message = {limit.title.rstrip(".") + ".": limit.id for limit in limits()}
    compared = refused = 0
    for path in FIXTURES:
        for document in parse_manifests(path.read_text("utf-8"), path.name):
            for subject in subjects(document):
                policy = policies.get(f"{subject.kind.lower()}s")
                report = assessor.assess(subject)
                if policy is None or report is None or "volumeClaimTemplates" in subject.value.get("spec", {}):
                    continue
                value = {"metadata": {}, **subject.value}
                variables = {
                    item["name"]: with_volumes(reached(value, item["expression"])) for item in policy["variables"]
                }
                context = engine.context({"object": value, "variables": variables})
                known = {
                    by_message[message]
                    for item in policy["validations"]
                    if not engine.holds(engine.compile(item["expression"]), context)
                    for message in by_message
                    if item["message"].startswith(message)
                }
                hits = report.verdicts[0].hits
                heavy = {hit.limit.id for hit in hits if hit.weight in {Weight.BLOCKER, Weight.CHANGE}}
                assert known == heavy - left_out(variant), f"{path.parent.name}/{path.name}: {subject.title}"
                meant = all(
                    engine.holds(engine.compile(item["expression"]), context) for item in policy["matchConditions"]
                )
                assert meant is not any(hit.weight is Weight.STEP for hit in hits)
                compared += 1
                refused += bool(known)
    assert compared > 180
    assert refused > (80 if variant == "v1" else 5)


def with_volumes(spec: dict[str, Any]) -> dict[str, Any]:
    """A pod as the API server hands it on: a volume of no type is an `emptyDir`."""
    volumes = [volume if len(volume) > 1 else volume | {"emptyDir": {}} for volume in spec.get("volumes", [])]
    return spec | ({"volumes": volumes} if volumes else {})


def left_out(variant: str) -> set[str]:
    """The records that the comment names."""
    lines = text("vap", variant).splitlines()
    return {line.removeprefix("# - ") for line in lines if line.startswith("# - ")}


# Faults ------------------------------------------------------------------------------------------------------------


def first(items: Documents) -> dict[str, Any]:
    spec: dict[str, Any] = items[0]["spec"]
    return spec


def misspelt(items: Documents) -> None:
    first(items)["failurePolcy"] = first(items).pop("failurePolicy")


def no_expression(items: Documents) -> None:
    del first(items)["validations"][0]["expression"]


def wrong_type(items: Documents) -> None:
    first(items)["validations"][0]["message"] = 7


def no_syntax(items: Documents) -> None:
    first(items)["validations"][0]["expression"] += " &&"


def undeclared(items: Documents) -> None:
    first(items)["validations"][0]["expression"] = "!has(pod.spec.hostAliases)"


def no_truth(items: Documents) -> None:
    first(items)["validations"][0]["expression"] = "size(variables.podSpec.containers)"


def failure_policy(items: Documents) -> None:
    first(items)["failurePolicy"] = "Warn"


def reason(items: Documents) -> None:
    first(items)["validations"][0]["reason"] = "Wrong"


def matches_nothing(items: Documents) -> None:
    del first(items)["matchConstraints"]


def no_variable(items: Documents) -> None:
    first(items)["variables"] = []
    del first(items)["variables"]


def two_lines(items: Documents) -> None:
    first(items)["validations"][0]["message"] += "\nMore."


def no_words(items: Documents) -> None:
    first(items)["validations"][0]["message"] = " "


def bad_name(items: Documents) -> None:
    items[0]["metadata"]["name"] = "Virtual_Nodes"


def unguarded(items: Documents) -> None:
    first(items)["validations"][0]["expression"] = "size(variables.podSpec.volumes) < 20"


def no_field(items: Documents) -> None:
    first(items)["matchConditions"][0]["expression"] = "has(object.spec.nodeSelecter)"


def unbound(items: Documents) -> None:
    items[1]["spec"]["policyName"] = "another"


def both_actions(items: Documents) -> None:
    items[1]["spec"]["validationActions"] = ["Deny", "Warn"]


def operation(items: Documents) -> None:
    first(items)["matchConstraints"]["resourceRules"][0]["operations"] = ["create"]


def twice(items: Documents) -> None:
    first(items)["matchConditions"] *= 2


FAULTS: dict[Callable[[Documents], None], str] = {
    misspelt: "unknown field; did you mean 'failurePolicy'?",
    no_expression: "'expression' is missing",
    wrong_type: "must be of type str, not int",
    no_syntax: "the end' where a value was expected",
    undeclared: "unknown variable 'pod'",
    no_truth: "the rule is a number, not true or false",
    failure_policy: "'Warn' is none of the allowed words; one of Fail, Ignore",
    reason: "'Wrong' is none of the allowed words",
    matches_nothing: "'matchConstraints' is missing",
    no_variable: "unknown variable 'variables'",
    two_lines: "must be one line with words",
    no_words: "must be one line with words",
    bad_name: "'Virtual_Nodes' is no name of an object",
    unguarded: "'variables.podSpec.volumes' may be absent",
    no_field: "has no field 'nodeSelecter', at",
    unbound: "'another' is no policy of this file",
    both_actions: "'Deny' and 'Warn' exclude each other",
    operation: "'create' is none of the allowed words",
    twice: "the name 'meant-for-it-1' is given twice",
}


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_every_seeded_fault_is_caught(fault: Callable[[Documents], None]) -> None:
    items = documents()
    fault(items)
    problems = policy_problems(yaml.safe_dump_all(items, sort_keys=False))
    assert FAULTS[fault].replace("the end'", "the end") in " ".join(map(str, problems))
    assert all(problem.line and problem.hint for problem in problems)


def test_schemas_alone_catch_few_of_them() -> None:
    """Why there are checks of our own: what the schema of Kubernetes lets pass of the same faults."""
    passed = set()
    for fault in FAULTS:
        items = documents()
        fault(items)
        try:
            for item in items[:2]:
                kubernetes_validate.validate(item, "1.37", strict=True)
        except kubernetes_validate.ValidationError:
            continue
        passed.add(fault.__name__)
    assert passed >= {"no_syntax", "undeclared", "failure_policy", "reason", "no_variable", "two_lines", "bad_name"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("failureAction: Audit", "failureAction: Warn", "one of Audit, Enforce"),
        ("celPreconditions:", "celPrecondition:", "did you mean 'celPreconditions'?"),
        ("kind: ClusterPolicy", "kind: ClusterPolicies", "is no kind of policy"),
        ("variables.podSpec.hostAliases", "variables.podSpec.hostAlias", "has no field 'hostAlias'"),
        ("kyverno.io/v1\n", "kyverno.io/v0\n", "'kyverno.io/v0' is none of the allowed words"),
        ("emitWarning: true", "emitWarning: 'yes'", "must be of type bool, not str"),
        ("      - Pod\n", "      - Pod\n          - CronJob\n", "is for kinds whose pods stand at different places"),
    ],
)
def test_faults_of_a_kyverno_policy_are_caught(old: str, new: str, message: str) -> None:
    broken = text("kyverno", "v1").replace(old, new)
    assert broken != text("kyverno", "v1")
    assert message in " ".join(map(str, policy_problems(broken)))


@pytest.mark.parametrize(
    "rule",
    [
        'variant in ["v1"] && has(podSpec.hostAliases)',
        '"v1" == variant && has(podSpec.hostAliases)',
        'variant.startsWith("v") && has(podSpec.hostAliases)',
        "size(variant) == 2 && has(podSpec.hostAliases)",
    ],
)
def test_a_policy_knows_no_variant(rule: str) -> None:
    """It is written for one, however a rule asks for it."""
    written = policy_cel(parse_cel(rule), "v1", "object", inline=True, kinds=["Pod"])
    assert "variant" not in written
    assert "hostAliases" in written
