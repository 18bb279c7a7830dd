"""Rules on subjects: which records apply to each, under each variant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from knooppunt.assess.engine import RuleError
from knooppunt.assess.limits import HOLDS
from knooppunt.assess.locate import Locator, line_of, pointer_of
from knooppunt.assess.quantities import QuantityError, measure
from knooppunt.assess.subjects import version_numbers
from knooppunt.assess.verdicts import Failure, Hit, Report, Verdict, Weight, weigh
from knooppunt.knowledge.cel import CelError, Name, walk
from knooppunt.knowledge.cel_lint import check_cel, reads_object
from knooppunt.model import Status, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knooppunt.assess.engine import Engine
    from knooppunt.assess.limits import Limit
    from knooppunt.assess.subjects import Steps, Subject
    from knooppunt.knowledge.cel import Node

_ORDER = tuple(Weight)
_WORD = re.compile(r"[A-Za-z_]\w*")
_MEASURED = frozenset({"totals", "sizes"})


@dataclass(frozen=True, slots=True)
class _Ready:
    """A rule that is compiled, or why it cannot be."""

    limit: Limit
    node: Node | None
    program: Any
    about_object: bool
    measured: bool
    by_variant: bool
    whole: bool = False
    """Whether it is about the workload as such, and so about nothing that could be left out."""
    fault: str = ""


class Assessor:
    """Runs the rules of some records; made once, for any number of subjects."""

    def __init__(self, limits: Iterable[Limit], variants: Iterable[str], engine: Engine) -> None:
        self.variants = tuple(variants)
        self._engine = engine
        self._rules = [self._ready(limit) for limit in limits if any(self._asks(limit, name) for name in self.variants)]
        self._compiled = lru_cache(maxsize=512)(engine.compile)

    @property
    def count(self) -> int:
        """How many rules there are."""
        return len(self._rules)

    def assess(self, subject: Subject) -> Report | None:
        """The verdicts on a subject; None where no rule is about such a thing."""
        rules = [rule for rule in self._rules if self._about(rule, subject)]
        if not rules:
            return None
        variables, fault = variables_of(subject)
        verdicts = tuple(self._verdicts(rules, subject, variables, fault))
        return Report(
            title=subject.title,
            target=subject.target,
            is_workload=subject.pod is not None,
            path=subject.document.path,
            line=subject.line,
            verdicts=verdicts,
        )

    def _asks(self, limit: Limit, variant: str) -> bool:
        status = limit.status.get(variant)
        return status in HOLDS or status is Status.UNKNOWN

    def _ready(self, limit: Limit) -> _Ready:
        try:
            node = check_cel(limit.rule.cel, limit.rule.target)
            names = {part.name for part in walk(node) if isinstance(part, Name)}
            program = self._engine.compile(limit.rule.cel)
        except (CelError, RuleError) as error:
            return _Ready(limit, None, None, about_object=False, measured=False, by_variant=False, fault=str(error))
        return _Ready(
            limit,
            node,
            program,
            about_object=reads_object(node),
            measured=bool(names & _MEASURED),
            by_variant="variant" in names,
            whole=names <= {"kind", "variant"},
        )

    def _about(self, rule: _Ready, subject: Subject) -> bool:
        if rule.limit.rule.target is not subject.target:
            return False
        return subject.target is not Target.MANIFEST or bool(rule.fault) or rule.about_object is (subject.pod is None)

    def _verdicts(
        self, rules: list[_Ready], subject: Subject, variables: dict[str, Any], fault: str
    ) -> Iterator[Verdict]:
        """One verdict a variant; a rule that does not name the variant is evaluated once."""
        results: dict[str, Hit | Failure | None] = {}
        context, broken = None, ""
        try:
            context = self._engine.context(variables | {"variant": ""})
        except RuleError as error:
            broken = str(error)
        for variant in self.variants:
            scope = variables | {"variant": variant}
            context = context if broken else self._engine.vary(context, "variant", variant)
            hits, failures = [], []
            for rule in rules:
                status = rule.limit.status.get(variant)
                if status is None or not self._asks(rule.limit, variant):
                    continue
                key = rule.limit.id
                if key not in results or rule.by_variant:
                    why = rule.fault or broken or (fault if rule.measured else "")
                    results[key] = Failure(key, why) if why else self._result(rule, subject, scope, context)
                result = results[key]
                if isinstance(result, Failure):
                    failures.append(result)
                elif result is not None:
                    weight, reason = weigh(rule.limit, status)
                    if rule.whole and weight is Weight.CHANGE:
                        weight = Weight.BLOCKER
                    hits.append(Hit(rule.limit, weight, result.line, result.pointer, reason))
            hits.sort(key=lambda hit: (_ORDER.index(hit.weight), hit.line, hit.limit.id))
            yield Verdict(variant, tuple(hits), tuple(failures))

    def _result(self, rule: _Ready, subject: Subject, scope: Mapping[str, Any], context: Any) -> Hit | Failure | None:
        try:
            if not self._engine.holds(rule.program, context):
                return None
        except RuleError as error:
            return Failure(rule.limit.id, str(error))
        weight, reason = weigh(rule.limit, Status.ACTIVE)
        steps: Steps = ()
        if rule.node and (
            reason or weight in {Weight.BLOCKER, Weight.CHANGE}
        ):  # a step is about no field in particular
            steps = Locator(rule.limit.rule.cel, subject, scope, self._test).find(rule.node)
        return Hit(rule.limit, weight, line_of(subject, steps), pointer_of(steps))

    def _test(self, text: str, scope: Mapping[str, Any]) -> bool:
        names = set(_WORD.findall(text))
        needed = {name: value for name, value in scope.items() if name in names}
        return self._engine.holds(self._compiled(text), self._engine.context(needed))


def variables_of(subject: Subject) -> tuple[dict[str, Any], str]:
    """The variables of a subject, without `variant`, and why its quantities could not be read ("" if they could)."""
    if subject.target is Target.CLUSTER:
        return {"cluster": subject.value}, ""
    if subject.target is Target.TOOL:
        version = version_numbers(str(subject.value.get(subject.name)))
        return {"tool": {"name": subject.name, "version": version}}, ""
    if subject.pod is None:
        whole = {key: subject.value.get(key) or {} for key in ("kind", "metadata")}
        return {"kind": subject.kind, "object": dict(subject.value) | whole}, ""
    spec = dict(subject.pod["spec"])
    spec["containers"] = spec.get("containers") or []
    spec["volumes"] = _volumes(spec.get("volumes"))
    if not spec["volumes"]:
        del spec["volumes"]
    inits = spec.get("initContainers")
    containers = spec["containers"]
    every = [*containers, *(inits if isinstance(inits, list) else [])] if isinstance(containers, list) else containers
    metadata = subject.pod.get("metadata")
    fault = ""
    totals: dict[str, int] = {}
    sizes: list[dict[str, Any]] = []
    try:
        totals, sizes = measure(spec)
    except QuantityError as error:
        fault = str(error)
    return {
        "kind": subject.kind,
        "metadata": metadata if metadata is not None else {},
        "podSpec": spec,
        "allContainers": every,
        "totals": totals,
        "sizes": sizes,
    }, fault


def _volumes(value: Any) -> Any:
    """The volumes with an `emptyDir` where none says what it is, as the API server fills it in."""
    if not isinstance(value, list):
        return value
    return [
        volume | {"emptyDir": {}} if isinstance(volume, dict) and not volume.keys() - {"name"} else volume
        for volume in value
    ]
