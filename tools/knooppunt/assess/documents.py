"""Manifests: a text of YAML or JSON -> its documents, one at a time, each value with its line.

Read as Kubernetes reads them: YAML 1.1 words such as `yes` are booleans, dates are texts, fields that are null are
absent, and a key that is given twice is an error. Anchors, aliases and merge keys work, within a bound.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from knooppunt.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 60
"""Nesting beyond this is refused."""
MAX_VALUES = 500_000
"""Values of one document with its aliases written out; a few lines of aliases can otherwise grow without bound."""

_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq", "binary")}
_WORDS: dict[str, bool | None] = {
    **{form: None for word in ("null",) for form in (word, word.title(), word.upper())},
    **{form: True for word in ("true", "yes", "on") for form in (word, word.title(), word.upper())},
    **{form: False for word in ("false", "no", "off") for form in (word, word.title(), word.upper())},
    "~": None,
    "": None,
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]{0,40})")
_OTHER_INTEGER = re.compile(r"[-+]?(?:0x[0-9a-fA-F]{1,16}|0o?[0-7]{1,22}|0b[01]{1,64})")
_FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*|[0-9][0-9_]*(?=[eE]))(?:[eE][-+]?[0-9]{1,3})?")
_NUMERIC = frozenset("0123456789+-.")
_TEMPLATE = "it looks like a chart that is not rendered yet: helm template CHART | knooppunt assess -"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file."""

    path: str
    line: int
    """Where its first value stands, from 1."""
    value: Any
    """dict with text keys, list, str, int, float or bool."""
    lines: dict[tuple[int, str | int], int] = field(repr=False, default_factory=dict)
    """Line of a key or an item, by id() of the dict or list that holds it; valid as long as `value` lives."""

    def line_of(self, holder: object, key: str | int) -> int:
        """Line of what stands under a key of a mapping or at an index of a list; that of the document otherwise."""
        return self.lines.get((id(holder), key), self.line)


def parse_manifests(text: str, path: str) -> Iterator[Document]:
    """The documents of a text, empty ones left out. `path` is shown in messages.

    Raises DataError at the first document that is not valid; those before it have been yielded.
    """
    try:
        yield from _Builder(path).documents(text)
    except yaml.MarkedYAMLError as error:
        found = _json(text, path)
        if found is not None:
            yield found
            return
        mark = error.problem_mark or error.context_mark
        message = f"not valid YAML: {error.problem or error.context}"
        raise DataError.single(path, mark.line + 1 if mark else 1, message, hint=_way_out(text)) from None
    except yaml.reader.ReaderError as error:
        before = text.encode("utf-8")[: error.position].decode("utf-8", "ignore")  # libyaml counts bytes
        line = before.count("\n") + 1
        message = f"not valid YAML: character U+{ord(text[len(before)]):04X}"
        raise DataError.single(path, line, message, hint="remove the character") from None


def _way_out(text: str) -> str:
    return _TEMPLATE if re.search(r"\{\{-?\s*[.\w(]", text) else "mend the line; 'kubectl apply' would refuse it too"


def _json(text: str, path: str) -> Document | None:
    """The text as JSON where it is, for what JSON allows and YAML does not, such as tabs; it has no lines."""
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return None
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    _within(value, path)
    return Document(path, 1, _pruned(value))


def _within(value: Any, path: str) -> None:
    stack = [(value, 0)]
    while stack:
        item, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise DataError.single(path, 1, f"nested deeper than {MAX_DEPTH} levels", hint="no manifest is")
        inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
        stack.extend((child, depth + 1) for child in inner if isinstance(child, dict | list))


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _pruned(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_pruned(item) for item in value if item is not None]
    return value


class _Builder:
    """Builds values out of the events of the YAML reader; without recursion, so that depth exhausts no stack."""

    def __init__(self, path: str) -> None:
        self.path = path

    def documents(self, text: str) -> Iterator[Document]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        for event in yaml.parse(text, Loader=loader):
            kind = type(event)
            if kind is yaml.DocumentStartEvent:
                self.start()
            elif kind is yaml.ScalarEvent:
                self.put(self.scalar(event), event, 1)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self.begin(event)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self.close()
            elif kind is yaml.AliasEvent:
                self.alias(event)
            elif kind is yaml.DocumentEndEvent and self.root not in (None, [], {}):
                yield Document(self.path, self.first, self.root, self.lines)
                self.start()

    def start(self) -> None:
        self.root: Any = None
        self.first = 1
        self.lines: dict[tuple[int, str | int], int] = {}
        self.stack: list[tuple[Any, Any, int, str | None]] = []
        self.holder: Any = None
        self.key: Any = None
        self.size = 0
        self.anchor: str | None = None
        self.anchors: dict[str, tuple[Any, int]] = {}

    @staticmethod
    def row(event: Any) -> int:
        """Line of an event, from 1."""
        return int(event.start_mark.line) + 1

    def fault(self, event: yaml.Event, message: str, hint: str) -> DataError:
        return DataError.single(self.path, self.row(event), message, hint=hint)

    def begin(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise self.fault(event, f"nested deeper than {MAX_DEPTH} levels", "no manifest is")
        self.checked(event)
        value: Any = {} if type(event) is yaml.MappingStartEvent else []
        if isinstance(self.holder, dict) and self.key is None:
            raise self.fault(event, "a key must be a plain word", "write the key as a text")
        if self.holder is None:
            self.root, self.first = value, self.row(event)
        else:
            self.place(value, event)
        self.stack.append((self.holder, self.key, self.size, self.anchor))
        self.holder, self.key, self.size, self.anchor = value, None, 1, event.anchor

    def close(self) -> None:
        value, size, anchor = self.holder, self.size, self.anchor
        if anchor:
            self.anchors[anchor] = (value, size)
        self.holder, self.key, outer, self.anchor = self.stack.pop()
        self.size = outer + size
        self.key = None
        if self.size > MAX_VALUES:
            raise DataError.single(self.path, self.first, f"holds more than {MAX_VALUES} values", hint="split the file")

    def put(self, value: Any, event: Any, size: int) -> None:
        """A finished value: a key, the value of a key, or an item."""
        if isinstance(self.holder, dict) and self.key is None:
            self.key = event.value if type(event) is yaml.ScalarEvent else value
            if not isinstance(self.key, str):
                raise self.fault(event, "a key must be a plain word", "write the key as a text")
            first = self.lines.get((id(self.holder), self.key))
            if first is not None:
                raise self.fault(event, f"duplicate key '{self.key}', first on line {first}", "remove one of the two")
            self.lines[id(self.holder), self.key] = self.row(event)
            return
        if type(event) is yaml.ScalarEvent and event.anchor:
            self.anchors[event.anchor] = (value, 1)
        if self.holder is None:
            self.root, self.first = value, self.row(event)
            return
        self.size += size
        if value is not None:
            self.place(value, event)
        self.key = None

    def place(self, value: Any, event: Any) -> None:
        if isinstance(self.holder, list):
            self.lines[id(self.holder), len(self.holder)] = self.row(event)
            self.holder.append(value)
        elif self.key == "<<":
            self.merge(value, event)
        else:
            self.holder[self.key] = value

    def merge(self, value: Any, event: Any) -> None:
        """`<<: *base`: the keys of another mapping, where this one has not got them yet."""
        parts = value if isinstance(value, list) else [value]
        if type(event) is not yaml.AliasEvent or not all(isinstance(part, dict) for part in parts):
            raise self.fault(event, "a merge key '<<' without an alias", "write '<<: *NAME'")
        for part in parts:
            for key, item in part.items():
                self.holder.setdefault(key, item)

    def alias(self, event: Any) -> None:
        found = self.anchors.get(event.anchor)
        if found is None:
            hint = "define the anchor before it is used, and not inside itself"
            raise self.fault(event, f"'*{event.anchor}' names no anchor of this document", hint)
        value, size = found
        self.put(value, event, size)
        if self.size > MAX_VALUES:
            hint = "write the values out, or split the file"
            raise self.fault(event, f"holds more than {MAX_VALUES} values with its aliases written out", hint)

    def checked(self, event: Any) -> None:
        if event.tag is not None and event.tag != "!" and event.tag not in _TAGS:
            raise self.fault(event, f"tag '{event.tag}'", "write a plain value; Kubernetes knows no such tag")

    def scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.tag is not None:
            self.checked(event)
            if not event.tag.endswith((":int", ":float", ":bool", ":null")):
                return text
        elif not event.implicit[0]:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMERIC:
            return text
        plain = text.replace("_", "")
        if _INTEGER.fullmatch(text):
            return int(plain)
        if _OTHER_INTEGER.fullmatch(text):
            sign = -1 if plain[0] == "-" else 1
            digits = plain.lstrip("+-").lower()
            base = {"0x": 16, "0o": 8, "0b": 2}.get(digits[:2], 8)
            return sign * int(digits.removeprefix("0o") if base == 8 else digits, base)
        return float(plain) if _FLOAT.fullmatch(text) else text
