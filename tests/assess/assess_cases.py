"""What the tests of assessing share: the project's own rules, engines, and small manifests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import celpy
from celpy.adapter import json_to_cel
from celpy.celparser import CELParseError
from celpy.celtypes import BoolType
from celpy.evaluation import CELEvalError

from knooppunt.assess import Assessor, Limit, RuleError, RustEngine, parse_manifests, subjects
from knooppunt.assessing import project_rules
from knooppunt.model import Effect, Kind, Rule, Status, Target
from knooppunt.project import Project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.assess import Engine, Report, Verdict

ROOT = Path(__file__).parents[2]
RULES = Path(__file__).parent / "rules"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\nspec: {containers: [{name: c, image: i}]}\n"


class PurePythonEngine:
    """The second opinion: cel-python, which shares no code with the engine of the command line."""

    def __init__(self) -> None:
        self._environment = celpy.Environment()

    def compile(self, text: str) -> Any:
        try:
            return self._environment.program(self._environment.compile(text))
        except CELParseError as error:
            raise RuleError(str(error)) from None

    def context(self, variables: Mapping[str, Any]) -> Any:
        return {name: json_to_cel(value) for name, value in variables.items()}

    def vary(self, context: Any, name: str, value: Any) -> Any:
        return context | {name: json_to_cel(value)}

    def holds(self, program: Any, context: Any) -> bool:
        try:
            result = program.evaluate(context)
        except CELEvalError as error:
            raise RuleError(str(error)) from None
        if not isinstance(result, bool | BoolType):
            raise RuleError(f"no truth value: {result!r}")
        return bool(result)


ENGINES: dict[str, type[RustEngine] | type[PurePythonEngine]] = {"rust": RustEngine, "python": PurePythonEngine}


@cache
def own_rules() -> tuple[Limit, ...]:
    """The rules of the project's own records, in English."""
    return project_rules(Project.load(ROOT)).limits


@cache
def assessor(engine: str) -> Assessor:
    """All own rules in both variants."""
    return Assessor(own_rules(), ("v1", "v2"), ENGINES[engine]())


def limit(cel: str, *, target: Target = Target.MANIFEST, **changes: Any) -> Limit:
    """A record with a rule; `changes` are other fields of it."""
    fields: dict[str, Any] = {
        "id": "a.b.c",
        "kind": Kind.LIMITATION,
        "effect": Effect.REJECTED,
        "rule": Rule(target, cel),
        "status": {"v1": Status.ACTIVE},
        "title": "It does not work",
        "statement": "The field does not work.",
        "workaround": "Leave it out.",
        "effect_label": "Rejected",
        "url": "https://docs.example/records/a.b.c/",
    }
    return Limit(**(fields | changes))


def report(manifest: str, *limits: Limit, engine: Engine | None = None) -> Report:
    """The report on the one subject of a manifest."""
    (found,) = [
        Assessor(limits, ("v1",), engine or RustEngine()).assess(subject)
        for document in parse_manifests(manifest, "m.yaml")
        for subject in subjects(document)
    ]
    assert found is not None
    return found


def verdict(manifest: str, *limits: Limit) -> Verdict:
    """The verdict of v1 on the one subject of a manifest."""
    return report(manifest, *limits).verdicts[0]
