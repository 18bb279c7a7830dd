"""Front matter: the mapping at the head of a page, and the values of it that are translated.

YAML between lines of dashes is read here; TOML and JSON, as Hugo has them too, in `front_formats`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from knooppunt.errors import DataError
from knooppunt.pages.front_formats import (
    json_places,
    json_range,
    load_json,
    load_toml,
    placed,
    toml_places,
    toml_range,
    toml_value,
)
from knooppunt.yamltext import load

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEAD = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_FOOT = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\r\n]*")
_FURTHER = re.compile(r"(?:\r\n|\n|\r)[ \t]")
"""A line that goes on with the scalar before it."""
_QUOTED = re.compile(r"(?:\"([^\"\\\r\n]*)\"|'([^'\r\n]*)')[ \t]*(?=[\r\n]|\Z)")
_UNSAFE = re.compile(r": |:$| #|^[\s\-?:,\[\]{}#&*!|>'\"%@`]|\s$|[\r\n\t]")
_LINE = re.compile(r"\(at line ([0-9]+)")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "~", ""}


def front_matter_end(text: str) -> int:
    """Offset behind the closing line of the front matter; 0 where the text has none.

    >>> front_matter_end("---\\ntitle: Nodes\\n---\\nText")
    21
    >>> front_matter_end("+++\\ntitle = 'Nodes'\\n+++\\nText")
    24
    """
    return _ranges(text)[2]


def body_range(text: str) -> tuple[int, int]:
    """Range of the mapping itself, without the lines around it; (0, 0) where there is no front matter."""
    return _ranges(text)[:2]


def _form(text: str) -> str:
    """The first character of a page, which tells what its front matter is written in."""
    return text[1:2] if text.startswith("\ufeff") else text[:1]


def _ranges(text: str) -> tuple[int, int, int]:
    """Start and end of the mapping, and the offset behind its closing line."""
    match _form(text):
        case "-":
            return _yaml_range(text)
        case "+":
            return toml_range(text)
        case "{":
            return json_range(text)
        case _:
            return (0, 0, 0)


def _yaml_range(text: str) -> tuple[int, int, int]:
    head = _HEAD.match(text)
    if head is None:
        return (0, 0, 0)
    normal = text if "\r" not in text else text.replace("\r\n", " \n").replace("\r", "\n")
    foot = _FOOT.search(normal, head.end())
    if foot is None:
        return (0, 0, 0)
    at = foot.end()
    at += 2 if text.startswith("\r\n", at) else 1 if at < len(text) else 0
    return (head.end(), foot.start(), at)


def values(text: str, keys: Sequence[str]) -> list[tuple[str, str, int, int]]:
    """The scalars under these top-level keys: (key, value, start, end) in the order of the text.

    The range covers the value as it is written, quotes or block scalar included; `render_value` writes a new one.
    Text that is not YAML, TOML or JSON has no values here; `parse` reports it.
    """
    start, end = body_range(text)
    body = text[start:end]
    if not body.strip():
        return []
    found: list[tuple[str, str, int, int]] = []
    for key in keys:
        match _form(text):
            case "+":
                place = placed(body, key, load_toml, toml_places)
            case "{":
                place = placed(body, key, load_json, json_places)
            case _:
                place = _in_yaml(body, key)
        if place is not None:
            found.append((key, place[0].strip("\r\n"), start + place[1], start + place[2]))
    return sorted(found, key=lambda item: item[2])


def _in_yaml(body: str, key: str) -> tuple[str, int, int] | None:
    place = re.search(rf"^{re.escape(key)}:[ \t]+(?=\S)", body, re.MULTILINE)
    if place is None:
        return None
    at = place.end()
    line = _PLAIN.match(body, at)
    if line and not _FURTHER.match(body, line.end()) and " #" not in line[0] and ": " not in line[0]:
        value = line[0].rstrip()
        return (value, at, at + len(value)) if value.lower() not in _WORDS else None
    quoted = _QUOTED.match(body, at)
    if quoted and not _FURTHER.match(body, quoted.end()):
        number = quoted.lastindex or 1
        return (quoted[number], at, quoted.end(number) + 1)
    return _composed(body, key)


def _composed(body: str, key: str) -> tuple[str, int, int] | None:
    try:
        node = yaml.compose(body, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(node, yaml.MappingNode):
        return None
    for name, value in node.value:
        if name.value == key and isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:str":
            first, last = value.start_mark.index, value.end_mark.index
            while last > first and body[last - 1] in " \t\r\n":
                last -= 1
            return (str(value.value), first, last)
    return None


def render_value(value: str, written: str) -> str:
    """A text on one line in place of `written`, which is a scalar of YAML, or a string of TOML or JSON.

    It is plain where `written` was plain and that is safe, else in double quotes, with escapes that all three read.

    >>> render_value("Begin hier", "Start here")
    'Begin hier'
    >>> render_value("Let op: lees dit", "Start here")
    '"Let op: lees dit"'
    """
    if written[:1] not in "\"'>|" and not _UNSAFE.search(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_member(text: str, key: str, value: Mapping[str, Any]) -> str:
    """The text with a mapping added to its front matter under `key`, on one line; in YAML where it has none yet."""
    newline = "\r\n" if "\r\n" in text else "\n"
    start, end, behind = _ranges(text)
    line = f"{key}: {json.dumps(value, ensure_ascii=False)}"
    if not behind:
        return f"---{newline}{line}{newline}---{newline}{newline}{text}"
    match _form(text):
        case "+":  # first of all, since what follows a table belongs to it
            return f"{text[:start]}{key} = {toml_value(value)}{newline}{text[start:]}"
        case "{":
            comma = "," if load_json(text[start:end]) else ""
            member = f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}{comma}"
            return f"{text[: start + 1]}{newline}{member}{text[start + 1 :]}"
        case _:
            return f"{text[:end]}{line}{newline}{text[end:]}"


def parse(text: str, path: str) -> dict[str, Any]:
    """The whole front matter as a mapping; empty where there is none.

    Raises DataError with the line in the page where it is no mapping of YAML, TOML or JSON, or an opening `---` is
    never closed.

    >>> parse("---\\ntitle: Home\\ntags: [aks]\\n---\\n# Welcome\\n", "docs/index.md")
    {'title': 'Home', 'tags': ['aks']}
    """
    start, end, behind = _ranges(text)
    if not behind:
        # A page may begin with a thematic break; a mapping behind it says that front matter was meant.
        head = _HEAD.match(text)
        if head and re.match(r"[A-Za-z_][\w-]*:[ \t]", text[head.end() :]):
            raise DataError.single(path, 1, "front matter is never closed", hint="add a line '---' behind it")
        return {}
    match _form(text):
        case "+":
            return _parse_toml(text[start:end], path)
        case "{":
            return load_json(text[start:end])
        case _:
            pass
    # A newline in front keeps the line numbers of the page.
    value, _ = load("\n" + text[start:end], path)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DataError.single(path, 2, "front matter must be a mapping of keys to values")
    return value


def _parse_toml(body: str, path: str) -> dict[str, Any]:
    try:
        return load_toml(body)
    except RecursionError:
        raise DataError.single(path, 1, "front matter in TOML is nested too deeply") from None
    except ValueError as error:
        place = _LINE.search(str(error))
        message = f"front matter is not TOML: {str(error).split(' (at')[0]}"
        raise DataError.single(path, int(place[1]) + 1 if place else 1, message) from None
