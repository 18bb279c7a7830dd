"""Whether a rule is safe to run: known fields, fitting types, and no field read that may be absent.

A rule that reads an absent field fails at run time, on somebody else's manifest. So a field that is not always there
must be guarded in the same rule, as in `has(podSpec.os) && has(podSpec.os.name) && podSpec.os.name == "windows"`.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from knooppunt.knowledge.cel import (
    Binary,
    CelError,
    Has,
    Index,
    Items,
    Literal,
    Macro,
    Method,
    Name,
    Select,
    Size,
    Unary,
    parse_cel,
    walk,
)
from knooppunt.knowledge.cel_types import (
    ANY,
    NUMBER,
    OBJECT_ROOT,
    ROOTS,
    TEXT,
    TRUTH,
    WORKLOAD_ROOTS,
    Type,
    items,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.knowledge.cel import Node
    from knooppunt.model import Target

    Guards = frozenset[str]

_NONE: Guards = frozenset()
_LITERALS: Mapping[type, Type] = {str: TEXT, int: NUMBER, bool: TRUTH}
_KINDS = {"text": "a text", "number": "a number", "truth": "true or false", "list": "a list", "map": "a map"}


def check_cel(text: str, target: Target) -> Node:
    """The tree of a rule that is sound for its target. Raises CelError for the first thing that is wrong."""
    node = check_condition(text, ROOTS[target])
    names = {part.name for part in walk(node) if isinstance(part, Name)}
    if OBJECT_ROOT in names and names & set(WORKLOAD_ROOTS):
        offset = next(part.start for part in walk(node) if isinstance(part, Name) and part.name == OBJECT_ROOT)
        raise CelError("reads both 'object' and a workload", offset, "write one record for each")
    if not names & set(ROOTS[target]):
        raise CelError("reads nothing", 0, f"a rule for a {target.value} knows {', '.join(ROOTS[target])}")
    return node


def check_condition(text: str, roots: Mapping[str, Type]) -> Node:
    """The tree of a condition that is sound where these variables are known. Raises CelError."""
    node = parse_cel(text)
    _fits(_Lint(dict(roots)).type_of(node, _NONE), "truth", node, "the rule")
    return node


def reads_object(node: Node) -> bool:
    """Whether a rule for manifests is about objects that are no workloads."""
    return any(isinstance(part, Name) and part.name == OBJECT_ROOT for part in walk(node))


def path_of(node: Node) -> str | None:
    """`podSpec.os.name` or `metadata.labels["app"]`; None for what is no path of known steps."""
    match node:
        case Name(name=name):
            return name
        case Select(operand=operand, field=field):
            inner = path_of(operand)
            return None if inner is None else f"{inner}.{field}"
        case Index(operand=operand, key=Literal(value=value)):
            inner = path_of(operand)
            return None if inner is None else f"{inner}[{value!r}]"
    return None


def _fits(found: Type, kind: str, node: Node, what: str) -> None:
    if found.kind not in {kind, "any"}:
        shown = _KINDS.get(found.kind, "an object")
        raise CelError(f"{what} is {shown}, not {_KINDS[kind]}", node.start, "compare it with something")


class _Lint:
    """Types and guards of one rule; `names` grows and shrinks with the variables of macros."""

    def __init__(self, names: dict[str, Type]) -> None:
        self.names = names

    def type_of(self, node: Node, guards: Guards) -> Type:
        """The type of a part of the rule, where `guards` are the paths that are known to be there."""
        match node:
            case Literal(value=value):
                return _LITERALS[type(value)]
            case Name():
                return self.variable(node)
            case Select():
                return self.select(node, guards, asked=False)
            case Index():
                return self.index(node, guards)
            case Has(path=path):
                self.select(path, guards, asked=True)
                return TRUTH
            case Items(items=members):
                found = [self.type_of(member, guards) for member in members]
                return items(found[0] if found and all(kind == found[0] for kind in found) else ANY)
            case Size(operand=operand):
                measured = self.type_of(operand, guards)
                if measured.kind in {"number", "truth", "object"}:
                    raise CelError("size() of a value that has none", operand.start, "give it a list, map or text")
                return NUMBER
            case Method(operand=operand, argument=argument):
                _fits(self.type_of(operand, guards), "text", operand, "the value before the dot")
                _fits(self.type_of(argument, guards), "text", argument, "the argument")
                return TRUTH
            case Macro():
                return self.macro(node, guards)
            case Unary(operator=operator, operand=operand):
                kind = "truth" if operator == "!" else "number"
                _fits(self.type_of(operand, guards), kind, operand, f"the value after '{operator}'")
                return TRUTH if operator == "!" else NUMBER
            case Binary():
                return self.binary(node, guards)
        raise AssertionError(node)

    def variable(self, node: Name) -> Type:
        found = self.names.get(node.name)
        if found is None:
            raise CelError(f"unknown variable '{node.name}'", node.start, f"known here: {', '.join(self.names)}")
        return found

    def select(self, node: Select, guards: Guards, *, asked: bool) -> Type:
        """The type of a field; `asked` inside has(), where the last step may be absent."""
        outer = self.type_of(node.operand, guards)
        if outer.kind == "object":
            found = outer.fields.get(node.field)
            if found is None:
                near = difflib.get_close_matches(node.field, outer.fields, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(outer.fields)}"
                where = path_of(node.operand) or "it"
                raise CelError(f"'{where}' has no field '{node.field}'", node.end - len(node.field), hint)
        elif outer.kind in {"map", "any"}:
            found = outer.item or ANY
        else:
            shown = _KINDS.get(outer.kind, "an object")
            raise CelError(f"'.{node.field}' of {shown}", node.end - len(node.field), "fields belong to objects")
        if not asked and node.field not in outer.sure:
            self.guarded(node, guards, f"has({path_of(node)})")
        return found

    def index(self, node: Index, guards: Guards) -> Type:
        outer = self.type_of(node.operand, guards)
        key = self.type_of(node.key, guards)
        if outer.kind == "list":
            _fits(key, "number", node.key, "the index of a list")
            if path_of(node.operand) != "tool.version":
                raise CelError("an item of a list by its number may be absent", node.start, "use exists()")
            return outer.item or ANY
        if outer.kind not in {"map", "any"}:
            raise CelError("'[...]' of a value that has no keys", node.start, "write a.b for a field")
        _fits(key, "text", node.key, "the key of a map")
        self.guarded(node, guards, f'"key" in {path_of(node.operand)}')
        return outer.item or ANY

    def guarded(self, node: Node, guards: Guards, guard: str) -> None:
        path = path_of(node)
        if path is None or path not in guards:
            raise CelError(f"'{path or 'it'}' may be absent", node.start, f"write {guard} && before it")

    def macro(self, node: Macro, guards: Guards) -> Type:
        outer = self.type_of(node.operand, guards)
        if outer.kind != "map":
            _fits(outer, "list", node.operand, f"the value before '.{node.name}'")
        if node.variable in self.names:
            raise CelError(f"'{node.variable}' has a meaning already", node.start, "name the variable otherwise")
        self.names[node.variable] = TEXT if outer.kind == "map" else outer.item or ANY
        _fits(self.type_of(node.body, guards), "truth", node.body, f"the condition of '.{node.name}'")
        del self.names[node.variable]
        return TRUTH

    def binary(self, node: Binary, guards: Guards) -> Type:
        operator, left, right = node.operator, node.left, node.right
        if operator in {"&&", "||"}:
            _fits(self.type_of(left, guards), "truth", left, f"the value before '{operator}'")
            known = guards | _known(left, positive=operator == "&&")
            _fits(self.type_of(right, known), "truth", right, f"the value after '{operator}'")
            return TRUTH
        first, second = self.type_of(left, guards), self.type_of(right, guards)
        if operator == "in":
            if second.kind not in {"list", "map", "any"}:
                raise CelError("'in' needs a list or a map after it", right.start, "write x in [...]")
            if second.kind == "map":
                _fits(first, "text", left, "the key before 'in'")
            return TRUTH
        if operator in {"==", "!="}:
            if "any" not in {first.kind, second.kind} and first.kind != second.kind:
                shown = f"{_KINDS.get(first.kind, 'an object')} with {_KINDS.get(second.kind, 'an object')}"
                raise CelError(f"compares {shown}", node.start, "the two are never equal")
            return TRUTH
        _fits(first, "number", left, f"the value before '{operator}'")
        _fits(second, "number", right, f"the value after '{operator}'")
        return TRUTH if operator in {"<", "<=", ">", ">="} else NUMBER


def _known(node: Node, *, positive: bool) -> Guards:
    """The paths that are there where a condition holds (or, not `positive`, where it does not hold)."""
    match node:
        case Has(path=path) if positive:
            return frozenset({path_of(path) or ""})
        case Binary(operator="in", left=Literal(value=value), right=right) if positive:
            return frozenset({f"{path_of(right)}[{value!r}]"})
        case Unary(operator="!", operand=operand):
            return _known(operand, positive=not positive)
        case Binary(operator=operator, left=left, right=right) if operator == ("&&" if positive else "||"):
            return _known(left, positive=positive) | _known(right, positive=positive)
    return _NONE
