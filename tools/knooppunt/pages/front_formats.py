"""Front matter in TOML (between lines `+++`) and in JSON (an object at the head of the page), as Hugo reads them.

The standard library reads both without saying where a value stands. So a value is looked for, and it is proven to be
the right one: with another text in its place, the whole has to read the same but for that value. What cannot be placed
so is left alone.
"""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOML = re.compile(r"\ufeff?\+\+\+[ \t]*\r?\n")
_TOML_FOOT = re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)
_TOML_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|' + r"'''.*?'''|" + r'"(?:[^"\\\r\n]|\\.)*+"|' + r"'[^'\r\n]*+'", re.DOTALL
)
_JSON = re.compile(r"\ufeff?(?=\{\s*[\"}])")
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]')
_PROOF = "\u2060knooppunt\u2060"
"""A text that no front matter has."""


def toml_range(text: str) -> tuple[int, int, int]:
    """Start and end of the TOML between the lines `+++`, and the offset behind them; zeros where there is none."""
    head = _TOML.match(text)
    foot = _TOML_FOOT.search(text, head.end()) if head else None
    if head is None or foot is None:
        return (0, 0, 0)
    return (head.end(), foot.start(), min(foot.end() + 1, len(text)))


def json_range(text: str) -> tuple[int, int, int]:
    """Start and end of the JSON object that begins a page, and the offset behind its line; zeros where none does."""
    head = _JSON.match(text)
    if head is None:
        return (0, 0, 0)
    try:
        value, end = json.JSONDecoder().raw_decode(text, head.end())
    except (ValueError, RecursionError):
        return (0, 0, 0)
    rest = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)").match(text, end)
    return (head.end(), end, rest.end()) if isinstance(value, dict) and rest else (0, 0, 0)


def toml_places(body: str, key: str) -> Iterator[tuple[int, int]]:
    """Where the value of a key may stand in TOML, as it is written with its quotes."""
    for found in re.finditer(rf"^[ \t]*([\"']?){re.escape(key)}\1[ \t]*=[ \t]*", body, re.MULTILINE):
        value = _TOML_STRING.match(body, found.end())
        if value:
            yield value.span()


def json_places(body: str, key: str) -> Iterator[tuple[int, int]]:
    """Where the value of a key may stand in the outermost object of JSON, as it is written with its quotes."""
    depth = 0
    before = ["", ""]
    for token in _JSON_TOKEN.finditer(body):
        sign = token[0]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
        elif depth == 1 and before[1] == ":" and sign[0] == '"' and before[0] == json.dumps(key, ensure_ascii=False):
            yield token.span()
        before = [before[1], sign]


def placed(
    body: str,
    key: str,
    load: Callable[[str], dict[str, Any]],
    places: Callable[[str, str], Iterator[tuple[int, int]]],
) -> tuple[str, int, int] | None:
    """The text under a key and its exact range, quotes included; None where it is no text or cannot be placed."""
    try:
        values = load(body)
        value = values.get(key)
        if not isinstance(value, str) or not value.strip():
            return None
        for start, end in places(body, key):
            try:
                other = load(body[:start] + json.dumps(_PROOF) + body[end:])
            except ValueError:
                continue
            if other == {**values, key: _PROOF}:
                return value, start, end
    except (ValueError, RecursionError):
        pass
    return None


def load_toml(body: str) -> dict[str, Any]:
    """TOML as a mapping. Raises ValueError (tomllib.TOMLDecodeError) or RecursionError."""
    return tomllib.loads(body)


def load_json(body: str) -> dict[str, Any]:
    """A JSON object as a mapping. Raises ValueError (json.JSONDecodeError) or RecursionError."""
    value = json.loads(body)
    return value if isinstance(value, dict) else {}


def toml_value(value: object) -> str:
    """A text, number, truth value, list or mapping as TOML on one line; what is None in a mapping is left out."""
    if isinstance(value, dict):
        members = (f"{json.dumps(key)} = {toml_value(item)}" for key, item in value.items() if item is not None)
        return f"{{ {', '.join(members)} }}" if value else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(toml_value, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
