"""Checks of policies that need no cluster: their form, their expressions, and what published schemas let pass.

The JSON Schema of Kubernetes knows the names and types of fields, and no more: it accepts a failure policy, a reason
or a name that the API server refuses, a policy that matches nothing, and any text as an expression.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from knooppunt.assess import parse_manifests
from knooppunt.errors import DataError, Problem
from knooppunt.knowledge.cel import CelError
from knooppunt.knowledge.cel_lint import check_condition
from knooppunt.knowledge.cel_types import ANY, POD_SPEC, TEXT, Type, struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ACTIONS = ("Warn", "Audit", "Deny")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_REASONS = ("Unauthorized", "Forbidden", "Invalid", "RequestEntityTooLarge")
_MAP = Type("map", item=ANY)
_META = struct(name=TEXT, generateName=TEXT, namespace=TEXT, labels=_MAP, annotations=_MAP)
_POD = struct("spec", metadata=_META, spec=POD_SPEC)
_HOLDERS: Mapping[str, Type] = {
    "": struct("kind metadata spec", kind=TEXT, metadata=_META, spec=POD_SPEC),
    "template": struct("kind metadata spec", kind=TEXT, metadata=_META, spec=struct("template", template=_POD)),
    "jobTemplate": struct(
        "kind metadata spec",
        kind=TEXT,
        metadata=_META,
        spec=struct("jobTemplate", jobTemplate=struct("spec", spec=struct("template", template=_POD))),
    ),
}
_WHERE = {"Pod": "", "pods": "", "CronJob": "jobTemplate", "cronjobs": "jobTemplate"}

Form = dict[str, Any]
"""Fields of a mapping: a type, a form, a list of one of these, or allowed words; `!` after a name: it is needed."""
_EXPRESSION: Form = {"name!": str, "expression!": str}
_VALIDATION: Form = {"expression!": str, "message!": str, "reason": _REASONS}
_RULE: Form = {
    "apiGroups!": [str],
    "apiVersions!": [str],
    "operations!": [("CREATE", "UPDATE", "DELETE", "CONNECT", "*")],
    "resources!": [str],
}
_META_FORM: Form = {"name!": str, "labels": {"*": str}, "annotations": {"*": str}}
_FORMS: Mapping[str, Form] = {
    "ValidatingAdmissionPolicy": {
        "apiVersion!": ("admissionregistration.k8s.io/v1",),
        "kind!": str,
        "metadata!": _META_FORM,
        "spec!": {
            "failurePolicy": ("Fail", "Ignore"),
            "matchConstraints!": {"resourceRules!": [_RULE], "matchPolicy": ("Exact", "Equivalent")},
            "matchConditions": [_EXPRESSION],
            "variables": [_EXPRESSION],
            "validations!": [_VALIDATION],
        },
    },
    "ValidatingAdmissionPolicyBinding": {
        "apiVersion!": ("admissionregistration.k8s.io/v1",),
        "kind!": str,
        "metadata!": _META_FORM,
        "spec!": {"policyName!": str, "validationActions!": [ACTIONS]},
    },
    "ClusterPolicy": {
        "apiVersion!": ("kyverno.io/v1",),
        "kind!": str,
        "metadata!": _META_FORM,
        "spec!": {
            "background": bool,
            "emitWarning": bool,
            "rules!": [
                {
                    "name!": str,
                    "match!": {"any!": [{"resources!": {"kinds!": [str], "operations": [str]}}]},
                    "celPreconditions": [_EXPRESSION],
                    "validate!": {
                        "failureAction!": ("Audit", "Enforce"),
                        "cel!": {
                            "variables": [_EXPRESSION],
                            "expressions!": [{"expression!": str, "message!": str}],
                        },
                    },
                }
            ],
        },
    },
}


def policy_problems(text: str, path: str = "policy.yaml") -> tuple[Problem, ...]:
    """Everything that is wrong with a file of policies, with its line and the way out; () where nothing is."""
    problems: list[Problem] = []
    names: set[str] = set()
    bound: list[tuple[int, str]] = []
    try:
        for document in parse_manifests(text, path):
            found = list(_document(document.value))
            problems += [Problem(path, document.line, where, message, hint) for where, message, hint in found]
            if not found:
                _gather(document.value, document.line, names, bound)
    except DataError as error:
        problems += error.problems
    if not problems:
        problems += [
            Problem(path, line, "spec.policyName", f"'{name}' is no policy of this file", "name one that is")
            for line, name in bound
            if name not in names
        ]
    return tuple(problems)


_Found = tuple[str, str, str]
"""Pointer, message and way out."""


def _gather(value: dict[str, Any], line: int, names: set[str], bound: list[tuple[int, str]]) -> None:
    if value["kind"] == "ValidatingAdmissionPolicyBinding":
        bound.append((line, value["spec"]["policyName"]))
    else:
        names.add(value["metadata"]["name"])


def _document(value: Any) -> Iterator[_Found]:
    kind = value.get("kind") if isinstance(value, dict) else None
    form = _FORMS.get(str(kind))
    if form is None:
        yield "kind", f"'{kind}' is no kind of policy", f"one of {', '.join(_FORMS)}"
        return
    found = list(_shape(value, form, ""))
    yield from found
    if found:
        return
    name = value["metadata"]["name"]
    if len(name) > 253 or not _NAME.fullmatch(name):
        yield "metadata.name", f"'{name}' is no name of an object", "write it with a-z, 0-9, hyphens and dots"
    spec = value["spec"]
    if kind == "ValidatingAdmissionPolicy":
        resources = [name for rule in spec["matchConstraints"]["resourceRules"] for name in rule["resources"]]
        yield from _expressions(spec, resources, "spec", spec["validations"], spec.get("matchConditions", []))
    elif kind == "ClusterPolicy":
        for index, rule in enumerate(spec["rules"]):
            where = f"spec.rules[{index}]"
            if len(rule["name"]) > 63:
                yield f"{where}.name", "is longer than 63 letters", "shorten it"
            kinds = [name for item in rule["match"]["any"] for name in item["resources"]["kinds"]]
            held = rule["validate"]["cel"]
            yield from _expressions(held, kinds, where, held["expressions"], rule.get("celPreconditions", []))
    elif {"Deny", "Warn"} <= set(spec["validationActions"]):
        yield "spec.validationActions", "'Deny' and 'Warn' exclude each other", "keep one of the two"


def _expressions(
    spec: dict[str, Any], kinds: list[str], where: str, checks: list[dict[str, Any]], conditions: list[dict[str, Any]]
) -> Iterator[_Found]:
    places = {_WHERE.get(kind, "template") for kind in kinds}
    if len(places) != 1:
        yield where, "is for kinds whose pods stand at different places", "write one policy for each"
        return
    roots: dict[str, Type] = {"object": _HOLDERS[places.pop()]}
    for index, item in enumerate(conditions):
        yield from _expression(item["expression"], roots, f"{where}.conditions[{index}].expression")
    yield from _unique([item["name"] for item in conditions], f"{where}.conditions")
    known: dict[str, Type] = {}
    for index, item in enumerate(spec.get("variables", [])):
        if not _WORD.fullmatch(item["name"]):
            yield f"{where}.variables[{index}].name", f"'{item['name']}' is no name of a variable", "write a word"
        elif not re.fullmatch(r"object(?:\.[a-zA-Z]+)+", item["expression"]):
            yield f"{where}.variables[{index}].expression", f"'{item['expression']}' is no path", "write object.spec"
        else:
            known[item["name"]] = _reached(item["expression"], roots["object"])
    yield from _unique([item["name"] for item in spec.get("variables", [])], f"{where}.variables")
    if known:
        roots["variables"] = Type("object", known, sure=frozenset(known))
    for index, item in enumerate(checks):
        yield from _expression(item["expression"], roots, f"{where}.checks[{index}].expression")
        message = item["message"]
        if not message.strip() or "\n" in message or "\r" in message:
            yield f"{where}.checks[{index}].message", "must be one line with words", "write a single line"


def _reached(path: str, root: Type) -> Type:
    found = root
    for step in path.split(".")[1:]:
        found = found.fields.get(step, ANY)
    return found


def _expression(text: str, roots: Mapping[str, Type], where: str) -> Iterator[_Found]:
    try:
        check_condition(text, roots)
    except CelError as error:
        yield where, f"{error.message}, at '{text[error.offset : error.offset + 40]}'", error.hint


def _unique(names: list[str], where: str) -> Iterator[_Found]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield where, f"the name '{name}' is given twice", "rename one"


def _shape(value: Any, form: Any, where: str) -> Iterator[_Found]:
    """Whether a value has a form; the first thing wrong in each place."""
    if isinstance(form, tuple):
        if value not in form:
            yield where, f"'{value}' is none of the allowed words", f"one of {', '.join(form)}"
    elif isinstance(form, list):
        if not isinstance(value, list) or not value:
            yield where, "must be a list that is not empty", "write at least one item"
            return
        for index, item in enumerate(value):
            yield from _shape(item, form[0], f"{where}[{index}]")
    elif isinstance(form, dict):
        yield from _mapping(value, form, where)
    elif not isinstance(value, form):
        yield where, f"must be of type {form.__name__}, not {type(value).__name__}", "mend the value"


def _mapping(value: Any, form: Form, where: str) -> Iterator[_Found]:
    if not isinstance(value, dict):
        yield where, f"must be a mapping, not {type(value).__name__}", "mend the value"
        return
    fields = {name.rstrip("!"): kind for name, kind in form.items()}
    for key, item in value.items():
        inner = f"{where}.{key}" if where else key
        if key in fields or "*" in fields:
            yield from _shape(item, fields.get(key, fields.get("*")), inner)
        else:
            near = difflib.get_close_matches(key, fields, n=1)
            yield inner, "unknown field", f"did you mean '{near[0]}'?" if near else f"known: {', '.join(fields)}"
    for name in form:
        if name.endswith("!") and name[:-1] not in value:
            yield where, f"'{name[:-1]}' is missing", "add it"
