"""The subset of CEL that a rule may use: text -> tree, without evaluating it.

CEL is the expression language of Kubernetes' own validation rules (https://github.com/google/cel-spec). The subset is
what every engine reads alike and what can be proven not to fail on a valid object: field access, `has`, `exists`,
`all`, `size`, `in`, comparisons, `&&`, `||`, `!`, whole numbers with `+ - * %`, and `contains`, `startsWith` and
`endsWith` of texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LENGTH = 4000
"""Characters of a rule; far beyond any rule that a reader could follow."""
MAX_DEPTH = 40
"""Nesting of a rule, so that no input exhausts the stack."""
MAX_TREE = 100
"""Depth of a rule's tree: a chain of operators is as deep as it is long."""
MACROS = ("exists", "all")
METHODS = ("contains", "startsWith", "endsWith")
RESERVED = frozenset({"true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function"}) | {
    *("if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while")
}
"""Words that CEL keeps for itself."""

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<number>(?:0|[1-9][0-9]*)(?![0-9A-Za-z_.]))"
    r"|(?P<text>\"[^\"\\\n]*\"|'[^'\\\n]*')"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>&&|\|\||==|!=|<=|>=|[-+*%<>!().,\[\]])"
)
_LEVELS = (("||",), ("&&",), ("==", "!=", "<", "<=", ">", ">=", "in"), ("+", "-"), ("*", "%"))
"""Binary operators, the loosest first."""


class CelError(ValueError):
    """What is wrong with a rule, at an offset in its text."""

    def __init__(self, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a rule; text[start:end] is how it is written, with the brackets around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """`"linux"`, `60`, `true`."""

    value: str | int | bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """`podSpec`, or the variable of a macro."""

    name: str


@dataclass(frozen=True, slots=True)
class Select(Node):
    """`operand.field`."""

    operand: Node
    field: str


@dataclass(frozen=True, slots=True)
class Index(Node):
    """`operand[key]`."""

    operand: Node
    key: Node


@dataclass(frozen=True, slots=True)
class Items(Node):
    """`["a", "b"]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Has(Node):
    """`has(operand.field)`."""

    path: Select


@dataclass(frozen=True, slots=True)
class Size(Node):
    """`size(operand)`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Method(Node):
    """`operand.contains(argument)`."""

    name: str
    operand: Node
    argument: Node


@dataclass(frozen=True, slots=True)
class Macro(Node):
    """`operand.exists(variable, body)`."""

    name: str
    operand: Node
    variable: str
    body: Node


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`!operand` or `-operand`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """`left operator right`."""

    operator: str
    left: Node
    right: Node


def parse_cel(text: str) -> Node:
    """The tree of a rule. Raises CelError where it is no CEL, or CEL outside the subset."""
    if len(text) > MAX_LENGTH:
        raise CelError(f"is longer than {MAX_LENGTH} characters", MAX_LENGTH, "split the record in two")
    parser = _Parser(text)
    node = parser.binary(0)
    if parser.kind != "end":
        raise parser.unexpected()
    stack = [(node, 1)]
    while stack:
        part, depth = stack.pop()
        if depth > MAX_TREE:
            raise CelError(f"joins more than {MAX_TREE} parts in a row", part.start, "split the record in two")
        stack.extend((child, depth + 1) for child in children(part))
    return node


def children(node: Node) -> Iterator[Node]:
    """The parts directly below a node, in the order of the text."""
    match node:
        case Select(operand=operand) | Size(operand=operand) | Unary(operand=operand):
            yield operand
        case Has(path=path):
            yield path
        case Index(operand=operand, key=key):
            yield from (operand, key)
        case Items(items=items):
            yield from items
        case Method(operand=operand, argument=argument):
            yield from (operand, argument)
        case Macro(operand=operand, body=body):
            yield from (operand, body)
        case Binary(left=left, right=right):
            yield from (left, right)


def walk(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    stack = [node]
    while stack:
        found = stack.pop()
        yield found
        stack.extend(reversed(list(children(found))))


class _Parser:
    """Recursive descent over the tokens of one rule."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.kind = ""
        self.value = ""
        self.start = 0
        self.last_end = 0
        self.depth = 0
        self.advance()

    def advance(self) -> str:
        """Take the current token and read the next one; the text of the one taken."""
        taken = self.value
        self.last_end = self.position
        while True:
            if self.position == len(self.text):
                self.kind, self.value, self.start = "end", "", self.position
                return taken
            found = _TOKEN.match(self.text, self.position)
            if found is None:
                raise self._strange()
            self.start, self.position = found.span()
            if found.lastgroup != "space":
                self.kind, self.value = str(found.lastgroup), found[0]
                if self.value == "in":
                    self.kind = "sign"
                return taken

    def _strange(self) -> CelError:
        rest = self.text[self.position :]
        if rest[0] == "?":
            return CelError("'?' is not in the subset", self.position, "write a rule with && and || instead")
        if rest[0] in "\"'":
            return CelError("a text with a backslash, or without its closing quote", self.position, "write it plainly")
        if rest[0].isdigit():
            return CelError("only whole numbers are in the subset", self.position, "write 60, not 60.0, 60u or 0x3c")
        return CelError(f"'{rest[0]}' is not in the subset", self.position, "see 'Rules' in the handbook")

    def unexpected(self, wanted: str = "") -> CelError:
        """The error for a token that cannot stand here."""
        found = f"'{self.value}'" if self.kind != "end" else "the end"
        return CelError(f"{found} where {wanted or 'nothing more'} was expected", self.start, "mend the expression")

    def expect(self, sign: str) -> None:
        """Take a sign that must stand here."""
        if self.value != sign or self.kind != "sign":
            raise self.unexpected(f"'{sign}'")
        self.advance()

    def accept(self, sign: str) -> bool:
        """Take a sign if it stands here."""
        if self.kind == "sign" and self.value == sign:
            self.advance()
            return True
        return False

    def binary(self, level: int) -> Node:
        """An expression of operators of this level and all that bind more tightly."""
        if level == len(_LEVELS):
            return self.unary()
        self.deeper()
        left = self.binary(level + 1)
        while self.kind == "sign" and self.value in _LEVELS[level]:
            operator = self.advance()
            right = self.binary(level + 1)
            left = Binary(left.start, right.end, operator, left, right)
        self.depth -= 1
        return left

    def deeper(self) -> None:
        """Count the nesting; each level of brackets comes through all levels of operators."""
        self.depth += 1
        if self.depth > MAX_DEPTH * len(_LEVELS):
            raise CelError(f"is nested deeper than {MAX_DEPTH} levels", self.start, "split the record in two")

    def unary(self) -> Node:
        start, operators = self.start, []
        while self.kind == "sign" and self.value in {"!", "-"}:
            operators.append((self.start, self.advance()))
            if len(operators) > MAX_DEPTH:
                raise CelError(f"is nested deeper than {MAX_DEPTH} levels", start, "remove the repeated signs")
        node = self.member()
        for begin, operator in reversed(operators):
            node = Unary(begin, node.end, operator, node)
        return node

    def member(self) -> Node:
        node = self.primary()
        steps = 0
        while self.kind == "sign" and self.value in {".", "["}:
            steps += 1
            if steps > MAX_DEPTH:
                raise CelError(f"has a path of more than {MAX_DEPTH} steps", self.start, "shorten it")
            if self.accept("["):
                key = self.binary(0)
                self.expect("]")
                node = Index(node.start, self.last_end, node, key)
                continue
            self.advance()
            if self.kind != "word" or self.value in RESERVED:
                raise self.unexpected("a field")
            field = self.advance()
            if self.kind == "sign" and self.value == "(":
                node = self.method(node, field)
            else:
                node = Select(node.start, self.last_end, node, field)
        return node

    def method(self, operand: Node, name: str) -> Node:
        offset = self.start
        self.advance()
        if name in MACROS:
            if self.kind != "word" or self.value in RESERVED:
                raise self.unexpected("the name of a variable")
            variable = self.advance()
            self.expect(",")
            body = self.binary(0)
            self.expect(")")
            return Macro(operand.start, self.last_end, name, operand, variable, body)
        if name not in METHODS:
            known = ", ".join((*MACROS, *METHODS))
            raise CelError(f"'{name}()' is not in the subset", offset - len(name), f"after a dot: {known}")
        argument = self.binary(0)
        self.expect(")")
        return Method(operand.start, self.last_end, name, operand, argument)

    def primary(self) -> Node:
        start = self.start
        if self.kind == "number":
            return Literal(start, self.position, int(self.advance()))
        if self.kind == "text":
            return Literal(start, self.position, self.advance()[1:-1])
        if self.kind == "word":
            return self.word(start)
        if self.accept("("):
            inner = self.binary(0)
            self.expect(")")
            return replace(inner, start=start, end=self.last_end)
        if self.accept("["):
            items = []
            while not self.accept("]"):
                items.append(self.binary(0))
                if self.value != "]":
                    self.expect(",")
            return Items(start, self.last_end, tuple(items))
        raise self.unexpected("a value")

    def word(self, start: int) -> Node:
        name = self.advance()
        end = start + len(name)
        if name in {"true", "false"}:
            return Literal(start, end, name == "true")
        if name in RESERVED:
            raise CelError(f"'{name}' is not in the subset", start, "see 'Rules' in the handbook")
        if not (self.kind == "sign" and self.value == "("):
            return Name(start, end, name)
        if name not in {"has", "size"}:
            raise CelError(f"'{name}()' is not in the subset", start, "functions: has, size")
        self.advance()
        argument = self.binary(0)
        self.expect(")")
        if name == "size":
            return Size(start, self.last_end, argument)
        if not isinstance(argument, Select):
            raise CelError("'has()' needs a field", argument.start, 'write has(a.b), or "key" in a')
        return Has(start, self.last_end, argument)
