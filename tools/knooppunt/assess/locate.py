"""Where in an object a rule found what it was looking for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knooppunt.assess.engine import RuleError
from knooppunt.knowledge.cel import Binary, Has, Index, Literal, Macro, Name, Select, Size, children

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from knooppunt.assess.subjects import Steps, Subject
    from knooppunt.knowledge.cel import Node

    Test = Callable[[str, Mapping[str, Any]], bool]
    """Whether a part of a rule holds with these variables."""


class Locator:
    """Finds the first field that makes a rule true; the deeper the better."""

    def __init__(self, text: str, subject: Subject, variables: Mapping[str, Any], test: Test) -> None:
        self.text = text
        self.subject = subject
        self.variables = dict(variables)
        self.test = test
        prefix = subject.at if subject.pod is not None else ()
        self.places: dict[str, Steps] = {
            "podSpec": (*prefix, "spec"),
            "metadata": (*prefix, "metadata"),
            "object": (),
            "cluster": (),
            "tool": (),
        }

    def find(self, node: Node) -> Steps:
        """Steps from the object to the field; () where the rule points at none."""
        match node:
            case Binary(operator="||", left=left, right=right):
                return self.first(left) or self.first(right)
            case Binary(operator="&&", left=left, right=right):
                return max(self.find(right), self.find(left), key=len)
            case Macro(name="exists"):
                return self.item(node)
            case Has(path=path):
                return self.steps(path)
            case Binary(operator="in", left=Literal(value=value), right=right):
                outer = self.steps(right)
                return (*outer, str(value)) if outer else ()
        found = [self.find(part) for part in children(node)] if isinstance(node, Binary | Size) else []
        return max([*found, self.steps(node)], key=len)

    def first(self, node: Node) -> Steps:
        """The field of an alternative, if it is this one that holds."""
        try:
            holds = self.test(self.text[node.start : node.end], self.variables)
        except RuleError:
            return ()
        return self.find(node) if holds else ()

    def item(self, node: Macro) -> Steps:
        """The first item of a list for which the condition holds, or the field in it."""
        for value, at in self.items(node.operand):
            self.variables[node.variable] = value
            self.places[node.variable] = at
            try:
                if self.test(self.text[node.body.start : node.body.end], self.variables):
                    return max(self.find(node.body), at, key=len)
            except RuleError:
                continue
            finally:
                del self.variables[node.variable], self.places[node.variable]
        return ()

    def items(self, node: Node) -> Iterator[tuple[Any, Steps]]:
        if isinstance(node, Name) and node.name in {"allContainers", "sizes"}:
            counted: dict[str, int] = {}
            for value in self.variables[node.name]:
                field = "initContainers" if node.name == "allContainers" and self.is_init(counted) else "containers"
                index = counted.get(field, 0)
                counted[field] = index + 1
                yield value, (*self.places["podSpec"], field, index)
            return
        at, held = self.steps(node), self.value(node)
        if at and isinstance(held, list):
            for index, value in enumerate(held):
                yield value, (*at, index)
        elif at and isinstance(held, dict):
            for key in held:
                yield key, (*at, key)

    def is_init(self, counted: Mapping[str, int]) -> bool:
        return counted.get("containers", 0) >= len(self.variables["podSpec"]["containers"])

    def steps(self, node: Node) -> Steps:
        match node:
            case Name(name=name):
                return self.places.get(name, ())
            case Select(operand=Name(name="totals")):
                return (*self.places["podSpec"], "containers")
            case Select(operand=operand, field=field):
                outer = self.steps(operand)
                return (*outer, field) if outer or self.is_root(operand) else ()
            case Index(operand=operand, key=Literal(value=value)):
                outer = self.steps(operand)
                return (*outer, value) if outer else ()
        return ()

    def is_root(self, node: Node) -> bool:
        return isinstance(node, Name) and node.name in self.places

    def value(self, node: Node) -> Any:
        match node:
            case Name(name=name):
                return self.variables.get(name)
            case Select(operand=operand, field=field):
                held = self.value(operand)
                return held.get(field) if isinstance(held, dict) else None
        return None


def line_of(subject: Subject, steps: Steps) -> int:
    """Line of a field, or of the nearest value around it that has one."""
    line = subject.line
    here: Any = subject.value
    for step in steps:
        if isinstance(here, dict) and step in here:
            line = subject.document.lines.get((id(here), step), line)
            here = here[str(step)]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            line = subject.document.lines.get((id(here), step), line)
            here = here[step]
        else:
            break
    return line


def pointer_of(steps: Steps) -> str:
    """`spec.containers[1].args`, with keys that are no plain words in quotes."""
    text = ""
    for step in steps:
        if isinstance(step, int):
            text += f"[{step}]"
        elif step.replace("_", "").replace("-", "").isalnum():
            text += f".{step}" if text else step
        else:
            text += f'["{step}"]'
    return text
