"""The rule of a record, rewritten for the variables that an admission policy has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knooppunt.knowledge.cel import (
    Binary,
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
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.knowledge.cel import Node


class NoPolicyError(Exception):
    """A rule that a policy cannot have: it is about other objects, other kinds, or sums that a policy has not got."""


def policy_cel(node: Node, variant: str, pod: str, *, inline: bool, kinds: Sequence[str]) -> str:
    """An expression that holds where the record does not apply.

    `pod` is the expression of the holder of metadata and spec; `inline` writes it out everywhere, for conditions,
    which have no variables. `kinds` are those that the policy is for. Raises NoPolicyError.
    """
    folded = _fold(node, variant)
    if isinstance(folded, Literal):
        raise NoPolicyError
    kind_only = _kinds_of(folded)
    if kind_only is not None and not set(kind_only) & set(kinds):
        raise NoPolicyError
    return f"!({_Writer(pod, inline=inline).write(folded)})"


def _kinds_of(node: Node) -> tuple[str, ...] | None:
    """The kinds that a rule about nothing but the kind names; None for any other rule."""
    match node:
        case Binary(operator="==", left=Name(name="kind"), right=Literal(value=value)):
            return (str(value),)
    return None


def _fold(node: Node, variant: str) -> Node:
    """The rule for one variant, without what is always true or always false then."""
    match node:
        case Binary(operator="==" | "!=", left=Name(name="variant"), right=Literal(value=value)):
            return Literal(node.start, node.end, (value == variant) is (node.operator == "=="))
        case Binary(operator="&&" | "||", left=left, right=right):
            return _joined(node, _fold(left, variant), _fold(right, variant))
        case Unary(operator="!", operand=operand):
            inner = _fold(operand, variant)
            if isinstance(inner, Literal):
                return Literal(node.start, node.end, not inner.value)
            return replace(node, operand=inner)
        case Macro(body=body):
            return replace(node, body=_fold(body, variant))
        case Name(name="variant"):
            return Literal(node.start, node.end, variant)
        case Binary(left=left, right=right):
            return replace(node, left=_fold(left, variant), right=_fold(right, variant))
        case Items(items=items):
            return replace(node, items=tuple(_fold(item, variant) for item in items))
        case Method(operand=operand, argument=argument):
            return replace(node, operand=_fold(operand, variant), argument=_fold(argument, variant))
        case Index(operand=operand, key=key):
            return replace(node, operand=_fold(operand, variant), key=_fold(key, variant))
        case Size(operand=operand):
            return replace(node, operand=_fold(operand, variant))
    return node


def _joined(node: Binary, left: Node, right: Node) -> Node:
    neutral = node.operator == "&&"
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Literal):
            return other if one.value is neutral else one
    return replace(node, left=left, right=right)


class _Writer:
    """Writes a tree as text."""

    def __init__(self, pod: str, *, inline: bool) -> None:
        self.spec = f"{pod}.spec" if inline else "variables.podSpec"
        self.metadata = f"{pod}.metadata"
        self.sure_metadata = pod == "object"

    def write(self, node: Node) -> str:
        match node:
            case Literal(value=bool(value)):
                return "true" if value else "false"
            case Literal(value=str(value)):
                return f'"{value}"' if '"' not in value else f"'{value}'"
            case Literal(value=value):
                return str(value)
            case Name(name=name):
                return self.name(name)
            case Select(operand=operand, field=field):
                return f"{self.write(operand)}.{field}"
            case Index(operand=operand, key=key):
                return f"{self.write(operand)}[{self.write(key)}]"
            case Items(items=items):
                return f"[{', '.join(self.write(item) for item in items)}]"
            case Has(path=path):
                return self.has(path)
            case Size(operand=operand):
                return f"size({self.write(operand)})"
            case Method(name=name, operand=operand, argument=argument):
                return f"{self.write(operand)}.{name}({self.write(argument)})"
            case Macro():
                return self.macro(node)
            case Unary(operator=operator, operand=operand):
                return f"{operator}{self.inner(operand)}"
            case Binary(operator=operator, left=left, right=right):
                return f"{self.inner(left, operator)} {operator} {self.inner(right, operator)}"
        raise NoPolicyError

    def inner(self, node: Node, operator: str = "") -> str:
        """An operand, in brackets where it is an operation of another kind."""
        text = self.write(node)
        same = isinstance(node, Binary) and node.operator == operator and operator in {"&&", "||"}
        return f"({text})" if isinstance(node, Binary) and not same else text

    def name(self, name: str) -> str:
        known = {"podSpec": self.spec, "metadata": self.metadata, "kind": "object.kind"}
        if name in {"object", "totals", "sizes", "allContainers"}:
            raise NoPolicyError
        return known.get(name, name)

    def has(self, path: Select) -> str:
        text = f"has({self.write(path)})"
        if isinstance(path.operand, Name) and path.operand.name == "metadata" and not self.sure_metadata:
            return f"(has({self.metadata}) && {text})"
        return text

    def macro(self, node: Macro) -> str:
        call = f".{node.name}({node.variable}, {self.write(node.body)})"
        if isinstance(node.operand, Name) and node.operand.name == "allContainers":
            inits = f"{self.spec}.initContainers"
            if node.name == "exists":
                return f"({self.spec}.containers{call} || (has({inits}) && {inits}{call}))"
            return f"({self.spec}.containers{call} && (!has({inits}) || {inits}{call}))"
        return f"{self.write(node.operand)}{call}"
