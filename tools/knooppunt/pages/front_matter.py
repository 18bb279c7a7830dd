"""Front matter: the YAML mapping at the head of a page, and the values of it that are translated."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import yaml

from knooppunt.errors import DataError
from knooppunt.yamltext import load

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_FOOT = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\r\n]*")
_UNSAFE = re.compile(r": |:$| #|^[\s\-?:,\[\]{}#&*!|>'\"%@`]|\s$|[\r\n\t]")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "~", ""}


def front_matter_end(text: str) -> int:
    """Offset behind the closing line of the front matter; 0 where the text has none."""
    head = _HEAD.match(text)
    if head is None:
        return 0
    normal = text if "\r" not in text else text.replace("\r\n", " \n").replace("\r", "\n")
    foot = _FOOT.search(normal, head.end())
    if foot is None:
        return 0
    at = foot.end()
    return at + (2 if text.startswith("\r\n", at) else 1 if at < len(text) else 0)


def body_range(text: str) -> tuple[int, int]:
    """Range of the YAML between the two lines of dashes; (0, 0) where there is no front matter."""
    end = front_matter_end(text)
    head = _HEAD.match(text)
    if not end or head is None:
        return (0, 0)
    closing = text[:end].rstrip("\r\n \t")
    return (head.end(), max(len(closing) - 3, head.end()))


def values(text: str, keys: Sequence[str]) -> list[tuple[str, str, int, int]]:
    """The scalars under these top-level keys: (key, value, start, end) in the order of the text.

    The range covers the value as it is written, quotes or block scalar included; `render_value` writes a new one.
    Text that is not YAML has no values here; `parse` reports it.
    """
    start, end = body_range(text)
    body = text[start:end]
    if not body.strip():
        return []
    found = []
    for key in keys:
        place = re.search(rf"^{re.escape(key)}:[ \t]+(?=\S)", body, re.MULTILINE)
        if place is None:
            continue
        line = _PLAIN.match(body, place.end())
        after = body[line.end() :] if line else ""
        if line and not re.match(r"(?:\r\n|\n|\r)[ \t]", after) and " #" not in line[0] and ": " not in line[0]:
            value = line[0].rstrip()
            if value.lower() not in _WORDS:
                found.append((key, value, start + place.end(), start + place.end() + len(value)))
        else:
            found += _composed(body, key, start)
    return sorted(found, key=lambda item: item[2])


def _composed(body: str, key: str, offset: int) -> list[tuple[str, str, int, int]]:
    try:
        node = yaml.compose(body, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return []
    if not isinstance(node, yaml.MappingNode):
        return []
    for name, value in node.value:
        if name.value == key and isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:str":
            first, last = value.start_mark.index, value.end_mark.index
            while last > first and body[last - 1] in " \t\r\n":
                last -= 1
            return [(key, str(value.value).strip("\n"), offset + first, offset + last)]
    return []


def render_value(value: str, written: str) -> str:
    """A YAML scalar on one line with this value: plain where `written` was plain and that is safe, else quoted."""
    if written[:1] not in "\"'>|" and not _UNSAFE.search(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def parse(text: str, path: str) -> dict[str, Any]:
    """The whole front matter as a mapping; empty where there is none.

    Raises DataError with the line in the page where it is not a YAML mapping or an opening `---` is never closed.
    """
    head = _HEAD.match(text)
    if head is None:
        return {}
    if not front_matter_end(text):
        # A page may begin with a thematic break; a mapping behind it says that front matter was meant.
        if re.match(r"[A-Za-z_][\w-]*:[ \t]", text[head.end() :]):
            raise DataError.single(path, 1, "front matter is never closed", hint="add a line '---' behind it")
        return {}
    start, end = body_range(text)
    # A newline in front keeps the line numbers of the page.
    value, _ = load("\n" + text[start:end], path)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise DataError.single(path, 2, "front matter must be a mapping of keys to values")
    return value
