"""Admission policies made of the rules of records: what `assess` tells beforehand, told when a pod is made.

A policy is for one variant. It looks only at pods that are meant for it, which is what the steps of a move say: pods
with the toleration and the selector. It warns and audits unless asked to do more; the texts are those of the records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from knooppunt.assess.limits import HOLDS
from knooppunt.assess.verdicts import Weight, weigh
from knooppunt.assessing import project_rules
from knooppunt.errors import DataError, UsageError
from knooppunt.feed.policy_cel import NoPolicyError, policy_cel
from knooppunt.feed.policy_check import ACTIONS, policy_problems
from knooppunt.knowledge.cel_lint import check_cel
from knooppunt.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knooppunt.assess import Limit
    from knooppunt.project import Project

FORMS = ("vap", "kyverno")
"""ValidatingAdmissionPolicy of Kubernetes itself, and ClusterPolicy of Kyverno."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Kinds whose pods stand at the same place."""

    name: str
    group: str
    resources: tuple[str, ...]
    kinds: tuple[str, ...]
    pod: str
    """Expression of the holder of the pod's metadata and spec."""


SHAPES = (
    Shape("pods", "", ("pods",), ("Pod",), "object"),
    Shape(
        "workloads",
        "apps",
        ("deployments", "statefulsets", "daemonsets", "replicasets"),
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"),
        "object.spec.template",
    ),
    Shape("jobs", "batch", ("jobs",), ("Job",), "object.spec.template"),
    Shape("cronjobs", "batch", ("cronjobs",), ("CronJob",), "object.spec.jobTemplate.spec.template"),
)
_OPERATIONS = ("CREATE", "UPDATE")


@dataclass(frozen=True, slots=True)
class _Part:
    """What the rules say about one shape."""

    shape: Shape
    conditions: tuple[str, ...]
    checks: tuple[tuple[str, str], ...]
    """Expression that holds where all is well, and the message where it does not."""


def policy_text(
    limits: Iterable[Limit], variant: str, *, form: str = "vap", actions: Sequence[str] = ("Warn", "Audit")
) -> str:
    """YAML documents of the policies for one variant, with a comment that names the rules they leave out.

    `actions` are those of a binding: `Warn`, `Audit` or `Deny`. Raises UsageError for a form, an action or a variant
    that cannot be, and where no rule is left; the text has passed `policy_problems`.
    """
    if form not in FORMS:
        raise UsageError(f"unknown form of policy '{form}'; one of {', '.join(FORMS)}")
    wrong = [action for action in actions if action not in ACTIONS]
    if wrong or not actions or {"Deny", "Warn"} <= set(actions):
        hint = "'Deny' and 'Warn' exclude each other" if not wrong and actions else f"some of {', '.join(ACTIONS)}"
        raise UsageError(f"actions '{', '.join(actions)}': {hint}")
    chosen = sorted((limit for limit in limits if limit.status.get(variant) in HOLDS), key=lambda limit: limit.id)
    parts, left_out = _parts(chosen, variant)
    if not any(part.checks for part in parts):
        raise UsageError(f"no rule of variant '{variant}' can be a policy")
    name = f"{chosen[0].id.rpartition('.')[0].replace('.', '-')}-{variant}"
    make = _admission if form == "vap" else _kyverno
    documents = make(name, [part for part in parts if part.checks], list(actions))
    comment = [
        f"# Policies for the variant '{variant}', made by knooppunt feed --policy from the rules of records.",
        "# Not in it, since sources disagree, or since a policy knows neither other objects nor sums:",
        *(f"# - {name}" for name in left_out or ["nothing"]),
    ]
    dumped = [yaml.safe_dump(item, sort_keys=False, allow_unicode=True, width=116) for item in documents]
    text = "\n".join(comment) + "\n---\n" + "---\n".join(dumped)
    problems = policy_problems(text)
    if problems:
        raise DataError(problems)
    return text


def project_policies(
    project: Project,
    form: str,
    *,
    variant: str | None = None,
    locale: str | None = None,
    actions: Sequence[str] = ("Warn", "Audit"),
) -> str:
    """The policies of one variant of a project, or of all; raises as `policy_text` and `project_rules` do."""
    rules = project_rules(project, locale)
    if variant is not None and variant not in rules.variants:
        raise UsageError(f"no record names the variant '{variant}' (there: {', '.join(rules.variants) or 'none'})")
    names = rules.variants if variant is None else (variant,)
    return "---\n".join(policy_text(rules.limits, name, form=form, actions=actions) for name in names)


def _parts(limits: Sequence[Limit], variant: str) -> tuple[list[_Part], list[str]]:
    conditions: dict[Shape, list[str]] = {shape: [] for shape in SHAPES}
    checks: dict[Shape, list[tuple[str, str]]] = {shape: [] for shape in SHAPES}
    left_out = []
    for limit in limits:
        weight, _ = weigh(limit, limit.status[variant])
        if limit.rule.target is not Target.MANIFEST:
            continue
        if weight is Weight.NOTE:
            left_out.append(limit.id)
            continue
        node = check_cel(limit.rule.cel, limit.rule.target)
        used = False
        for shape in SHAPES:
            try:
                if weight is Weight.STEP:
                    conditions[shape].append(policy_cel(node, variant, shape.pod, inline=True, kinds=shape.kinds))
                else:
                    expression = policy_cel(node, variant, shape.pod, inline=False, kinds=shape.kinds)
                    checks[shape].append((expression, _message(limit)))
            except NoPolicyError:
                continue
            used = True
        if not used:
            left_out.append(limit.id)
    return [_Part(shape, tuple(conditions[shape]), tuple(checks[shape])) for shape in SHAPES], left_out


def _message(limit: Limit) -> str:
    """One line: what is wrong, what to do, and where to read on."""
    parts = [limit.title.rstrip(".") + ".", limit.workaround or "", limit.url]
    return " ".join(" ".join(part.split()) for part in parts if part)


def _variables(shape: Shape) -> list[dict[str, str]]:
    return [{"name": "podSpec", "expression": f"{shape.pod}.spec"}]


def _admission(name: str, parts: Sequence[_Part], actions: Sequence[str]) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = []
    for part in parts:
        shape = part.shape
        rule = {
            "apiGroups": [shape.group],
            "apiVersions": ["v1"],
            "operations": list(_OPERATIONS),
            "resources": list(shape.resources),
        }
        spec: dict[str, Any] = {"failurePolicy": "Fail", "matchConstraints": {"resourceRules": [rule]}}
        if part.conditions:
            spec["matchConditions"] = [
                {"name": f"meant-for-it-{index}", "expression": condition}
                for index, condition in enumerate(part.conditions, 1)
            ]
        spec["variables"] = _variables(shape)
        spec["validations"] = [
            {"expression": expression, "message": message, "reason": "Invalid"} for expression, message in part.checks
        ]
        documents.append(_document("ValidatingAdmissionPolicy", f"{name}-{shape.name}", spec))
        bound = {"policyName": f"{name}-{shape.name}", "validationActions": list(actions)}
        documents.append(_document("ValidatingAdmissionPolicyBinding", f"{name}-{shape.name}", bound))
    return documents


def _document(kind: str, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    head = {"apiVersion": "admissionregistration.k8s.io/v1", "kind": kind, "metadata": {"name": name}}
    return head | {"spec": spec}


def _kyverno(name: str, parts: Sequence[_Part], actions: Sequence[str]) -> list[dict[str, Any]]:
    failure = "Enforce" if "Deny" in actions else "Audit"
    rules = []
    for part in parts:
        rule: dict[str, Any] = {
            "name": part.shape.name,
            "match": {"any": [{"resources": {"kinds": list(part.shape.kinds), "operations": list(_OPERATIONS)}}]},
        }
        if part.conditions:
            rule["celPreconditions"] = [
                {"name": f"meant-for-it-{index}", "expression": condition}
                for index, condition in enumerate(part.conditions, 1)
            ]
        expressions = [{"expression": expression, "message": message} for expression, message in part.checks]
        rule["validate"] = {
            "failureAction": failure,
            "cel": {"variables": _variables(part.shape), "expressions": expressions},
        }
        rules.append(rule)
    return [
        {
            "apiVersion": "kyverno.io/v1",
            "kind": "ClusterPolicy",
            "metadata": {"name": name, "annotations": {"pod-policies.kyverno.io/autogen-controllers": "none"}},
            "spec": {"background": True, "emitWarning": "Warn" in actions, "rules": rules},
        }
    ]
