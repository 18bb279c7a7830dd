"""Strict YAML: every value with its place, duplicate keys refused, `no` stays a word.

The usual loader keeps the last of two equal keys without a word and reads the Norwegian locale `no` as False;
here the first is an error and only `true` and `false` are booleans (YAML 1.2, core schema).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

from knooppunt.errors import DataError, Problem
from knooppunt.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_DEPTH = 40
"""Nesting beyond this is refused, so that hostile input cannot exhaust the stack."""
_HUGE = 10**40
"""Whole numbers from here on are no help in a message, and Python refuses to print one of thousands of digits."""


_NOT_OURS = ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:merge", "tag:yaml.org,2002:value")
_CORE = "tag:yaml.org,2002:"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What the reader refuses in the text itself, and what an escape such as `\\0` or `\\ud83d` would smuggle in."""


class _Loader(yaml.SafeLoader):
    """SafeLoader with the booleans of YAML 1.2, without merge keys, anchors and aliases; notes every tag."""

    levels = 0
    """How deep the node that is being composed is; far beyond MAX_DEPTH the scanner's cost explodes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call] # PyYAML's stubs leave it untyped
        if getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise yaml.composer.ComposerError(
                None, None, f"'{sign}{event.anchor}' is an anchor or alias; write the value out", event.start_mark
            )
        self.levels += 1
        if self.levels > 2 * MAX_DEPTH:
            raise yaml.composer.ComposerError(None, None, "nested too deep", event.start_mark)
        node = super().compose_node(parent, index)
        self.levels -= 1
        tag = getattr(event, "tag", None)
        if node is not None and tag is not None:  # one that is written, not one that follows from the value
            node.tag = f"!!{tag.removeprefix(_CORE)}" if tag.startswith(_CORE) else f"!{tag.removeprefix('!')}"
        return node


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _NOT_OURS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), [*"tTfF"]
)


_UNLIKE = re.compile(r"[\t\x85\u2028\u2029\ufeff]|(?:^|[-:?,\[{\r]) *(?:&(?!&)|[*!%?])", re.MULTILINE)
"""What the C library reads in another way or without our care: tabs, the lines of Unicode, byte order marks; and, where
a value may begin, the signs of anchors, aliases, tags, directives and complex keys. Within a text they are letters."""


def _composed(text: str) -> tuple[Any, yaml.Node | None]:
    """A loader and the root node of a text.

    The C library is ten times as fast and is asked first, for texts that both read alike. What it refuses is read
    again, for the error of the loader in Python.
    """
    fast: Any = getattr(yaml, "CSafeLoader", None)
    if fast is not None and text.endswith("\n") and not _UNLIKE.search(text) and _flat(text):
        try:
            loader = fast(text)
            loader.yaml_implicit_resolvers = _Loader.yaml_implicit_resolvers
            return loader, loader.get_single_node()
        except (yaml.YAMLError, UnicodeEncodeError):
            pass
    slow = _Loader(text)
    return slow, slow.get_single_node()


def _flat(text: str) -> bool:
    """Whether a text cannot nest so deep that it would exhaust the stack of C, which ends the whole process.

    Even a thread with a small stack holds some hundred levels of the C library.
    """
    return text.count("[") + text.count("{") < 10 * MAX_DEPTH and all(len(line) < 2000 for line in text.split("\n"))


class Places:
    """Where each value of a YAML text stands, by pointer.

    The pointer of the whole document is `""`; a key adds `.key` (or `key` at the top), an item adds `[0]`.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._origins: dict[str, Origin] = {"": Origin(path, 1)}

    def __getitem__(self, pointer: str) -> Origin:
        """Origin of the value, or of the nearest value around it that exists."""
        while pointer not in self._origins:
            around = re.sub(r"(?:^|\.)[^.\[\]]+$|\[\d+\]$", "", pointer)
            pointer = around if around != pointer else ""
        return self._origins[pointer]

    def __setitem__(self, pointer: str, origin: Origin) -> None:
        self._origins[pointer] = origin

    def __contains__(self, pointer: str) -> bool:
        return pointer in self._origins

    def problem(self, pointer: str, message: str, hint: str = "") -> Problem:
        """A problem at the place of a value."""
        return Problem(self.path, self[pointer].line, pointer, message, hint)


def join(pointer: str, key: str) -> str:
    """Pointer of the value under `key`."""
    return f"{pointer}.{key}" if pointer else key


def load(text: str, path: str) -> tuple[Any, Places]:
    """Parse one YAML document: its plain value (dict, list, str, int, float, bool, date or None) and its places.

    Keys are strings always. Raises DataError for bad syntax, duplicate keys (all of them at once), anchors and
    aliases (a few lines of them can grow without bound), tags, and nesting deeper than MAX_DEPTH.
    """
    places = Places(path)
    try:
        loader, node = _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise DataError.single(path, line, f"not valid YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DataError.single(path, line, f"not valid YAML: character U+{ord(text[error.position]):04X}") from None
    except RecursionError:
        raise DataError.single(path, 1, "not valid YAML: nested too deep") from None
    if node is None:
        return None, places
    problems = list(_faults(node, "", places, 0))
    if problems:
        raise DataError(problems)
    return _value(loader, node, path), places


def _faults(node: yaml.Node, pointer: str, places: Places, depth: int) -> Iterator[Problem]:
    mark, end = node.start_mark, node.end_mark
    places[pointer] = Origin(places.path, mark.line + 1, mark.column + 1, mark.index, end.index, pointer)
    if depth > MAX_DEPTH:
        yield places.problem(pointer, f"nested deeper than {MAX_DEPTH} levels")
    elif isinstance(node, yaml.ScalarNode):
        yield from _smuggled(node, pointer, places)
    elif isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                yield Problem(places.path, key.start_mark.line + 1, pointer, "a key must be a plain word")
                continue
            name = str(key.value)
            child = join(pointer, name)
            if name in seen:
                yield Problem(
                    places.path, key.start_mark.line + 1, child, f"duplicate key '{name}', first on line {seen[name]}"
                )
                continue
            seen[name] = key.start_mark.line + 1
            yield from _tagged(key, pointer, places)
            yield from _smuggled(key, pointer, places)
            yield from _faults(value, child, places, depth + 1)
            at = places[child]
            if at.line != key.start_mark.line + 1 and not isinstance(value, yaml.ScalarNode):
                places[child] = Origin(at.path, key.start_mark.line + 1, at.column, at.start, at.end, child)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _faults(item, f"{pointer}[{index}]", places, depth + 1)
    yield from _tagged(node, pointer, places)


def _tagged(node: yaml.Node, pointer: str, places: Places) -> Iterator[Problem]:
    if node.tag.startswith("!"):
        yield Problem(places.path, node.start_mark.line + 1, pointer, f"tag '{node.tag}'", "write a plain value")


def _smuggled(node: yaml.ScalarNode, pointer: str, places: Places) -> Iterator[Problem]:
    found = _UNPRINTABLE.search(node.value)
    if found:
        message = f"character U+{ord(found[0]):04X} may not stand in a text"
        yield Problem(places.path, node.start_mark.line + 1, pointer, message, "remove it, or write the letter itself")


def _value(loader: Any, node: yaml.Node, path: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _value(loader, value, path) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, path) for item in node.value]
    try:
        return loader.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:  # 2024-02-30 looks like a date and is none
        raise DataError.single(path, node.start_mark.line + 1, f"'{node.value}': {error}") from None


class Reader:
    """Typed access to a loaded mapping, gathering every problem instead of stopping at the first."""

    def __init__(self, value: Any, places: Places, pointer: str = "") -> None:
        self.problems: list[Problem] = []
        self.places = places
        self.pointer = pointer
        self.value: Mapping[str, Any] = value if isinstance(value, dict) else {}
        if not isinstance(value, dict):
            self.fault("", f"must be a mapping of keys to values, not {describe(value)}")

    def fault(self, key: str, message: str, hint: str = "") -> None:
        """Note a problem at a key of this mapping (`""` for the mapping itself)."""
        self.problems.append(self.places.problem(join(self.pointer, key) if key else self.pointer, message, hint))

    def known(self, *keys: str) -> None:
        """Note every key that is not among these."""
        for key in self.value:
            if key not in keys:
                self.fault(key, f"unknown field '{key}'", f"known here: {', '.join(keys)}")

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A string that is not empty, or None where the key is absent."""
        value = self.value.get(key)
        if value is None:
            if required or key in self.value:
                self.fault(key, f"'{key}' is missing" if key not in self.value else f"'{key}' is empty")
            return None
        if not isinstance(value, str):
            self.fault(key, f"must be text, not {describe(value)}", "put it in quotes")
            return None
        if not value.strip():
            self.fault(key, f"'{key}' is empty")
            return None
        return value

    def choice(self, key: str, allowed: tuple[str, ...], *, required: bool = False) -> str | None:
        """A string out of a list, or None."""
        value = self.text(key, required=required)
        if value is not None and value not in allowed:
            self.fault(key, f"unknown {key.rsplit('.', maxsplit=1)[-1]} '{value}'", f"one of {', '.join(allowed)}")
            return None
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.value.get(key, default)
        if not isinstance(value, bool):
            self.fault(key, f"must be true or false, not {describe(value)}")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where the key is absent."""
        found = []
        for index, item in enumerate(self._items(key)):
            if isinstance(item, str) and item.strip():
                found.append(item)
            else:
                self.fault(f"{key}[{index}]", f"must be text, not {describe(item)}")
        return tuple(found)

    def mappings(self, key: str) -> tuple[Reader, ...]:
        """A list of mappings, each with a reader whose problems are gathered by the caller with `take`."""
        pointer = join(self.pointer, key)
        return tuple(Reader(item, self.places, f"{pointer}[{index}]") for index, item in enumerate(self._items(key)))

    def _items(self, key: str) -> list[Any]:
        """The items of a list; none, with the problem noted, where the value is none."""
        value = self.value.get(key)
        if isinstance(value, list):
            return value
        if value is not None:
            self.fault(key, f"must be a list, not {describe(value)}")
        elif key in self.value:
            self.fault(key, f"'{key}' is empty")
        return []

    def take(self, other: Reader) -> None:
        """Gather the problems of a nested reader."""
        self.problems.extend(other.problems)


def describe(value: object) -> str:
    """What a value is, in words for an error message."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) >= _HUGE:
        return "a number of more than 40 digits"
    if isinstance(value, int | float):
        return f"the number {value}"
    return f"'{value}'"
