"""The log of changes: `changes.jsonl` at the root of a project, one JSON object a line, only ever appended to.

A feed is made from the records as they are, which do not know what they were. What readers and tools are told of the
past stands in this file, so that a feed made from a shallow clone is the same as any other. `knooppunt diff --log`
writes it; git may merge two of them with `merge=union`.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import DataError, Problem
from knooppunt.knowledge.rules import DATE_PATTERN, ID_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable

LOG: Final = "changes.jsonl"
"""Name of the file, at the root of the project."""
ADDED, MEANING, EDITORIAL, MOVED, SPLIT, WITHDRAWN, REMOVED = (
    "added",
    "meaning",
    "editorial",
    "moved",
    "split",
    "withdrawn",
    "removed",
)
CHANGES: Final = (ADDED, MEANING, EDITORIAL, MOVED, SPLIT, WITHDRAWN, REMOVED)
"""What can have happened to an id. `withdrawn`: the record says so of every variant; `removed`: the id is gone."""

_KEYS: Final = ("date", "release", "id", "change", "revision", "title", "to", "fields")
_REQUIRED: Final = ("date", "id", "change")
_FIELD_KEYS: Final = ("field", "before", "after")
_HINT: Final = "let 'knooppunt diff --log' write this file"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record that is not what it was."""

    field: str
    """`statement`, `variants.v1.status`, `fields`, `evidence`."""
    before: str | None
    """The value as text, None where there was none; of a list, the one item that went."""
    after: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to one id."""

    id: str
    change: str
    """One of CHANGES."""
    date: datetime.date | None = None
    """Day on which it was published; None where nobody wrote it down."""
    release: str | None = None
    """The release that brought it."""
    revision: int | None = None
    """Revision of the record after the change; None for a retired id."""
    title: str | None = None
    """Title of the record in the language of the sources, for ids that no record has any more."""
    to: tuple[str, ...] = ()
    """The ids that took its place."""
    fields: tuple[FieldChange, ...] = ()


def parse_log(text: str, path: str = LOG) -> tuple[Change, ...]:
    """The changes of a log, in its order; blank lines are passed over. Raises DataError with every problem.

    >>> parse_log('{"date": "2026-01-31", "id": "a.b.c", "change": "added", "revision": 1}')[0].revision
    1
    """
    found: list[Change] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_change(json.loads(line)))
        except (ValueError, RecursionError) as error:
            what = "is not JSON" if isinstance(error, (json.JSONDecodeError, RecursionError)) else str(error)
            problems.append(Problem(path, number, "", what, _HINT))
    if problems:
        raise DataError(problems)
    return tuple(found)


def render_log(changes: Iterable[Change]) -> str:
    """The lines of changes, each with the fields that it has.

    >>> print(render_log([Change("a.b.c", "added", datetime.date(2026, 1, 31), revision=1)]), end="")
    {"date": "2026-01-31", "id": "a.b.c", "change": "added", "revision": 1}
    """
    return "".join(json.dumps(_line(change), ensure_ascii=False) + "\n" for change in changes)


def _line(change: Change) -> dict[str, Any]:
    whole = {
        "date": change.date.isoformat() if change.date else None,
        "release": change.release,
        "id": change.id,
        "change": change.change,
        "revision": change.revision,
        "title": change.title,
        "to": list(change.to),
        "fields": [{"field": item.field, "before": item.before, "after": item.after} for item in change.fields],
    }
    return {key: value for key, value in whole.items() if value}


def _change(value: Any) -> Change:
    """A change out of a line. Raises ValueError with what is wrong."""
    if not isinstance(value, dict):
        raise ValueError("is not a JSON object")
    for key in value:
        if key not in _KEYS:
            raise ValueError(f"has a key '{key}' that is not one of {', '.join(_KEYS)}")
    for key in _REQUIRED:
        if key not in value:
            raise ValueError(f"has no '{key}'")
    _matches(value, "id", ID_PATTERN)
    if value["change"] not in CHANGES:
        raise ValueError(f"has the change {value['change']!r}, which is not one of {', '.join(CHANGES)}")
    revision = value.get("revision")
    if revision is not None and (type(revision) is not int or revision < 1):
        raise ValueError(f"has the revision {revision!r}, which is not 1, 2, 3 and so on")
    for key in ("release", "title"):
        if key in value and not (isinstance(value[key], str) and value[key].strip()):
            raise ValueError(f"has a '{key}' that is no text")
    to = value.get("to", [])
    if not isinstance(to, list) or not all(isinstance(name, str) and re.fullmatch(ID_PATTERN, name) for name in to):
        raise ValueError("has a 'to' that is not a list of ids")
    return Change(
        id=value["id"],
        change=value["change"],
        date=_day(value),
        release=value.get("release"),
        revision=revision,
        title=value.get("title"),
        to=tuple(to),
        fields=_fields(value.get("fields", [])),
    )


def _matches(value: dict[str, Any], key: str, pattern: str) -> None:
    if not isinstance(value[key], str) or not re.fullmatch(pattern, value[key]):
        raise ValueError(f"has the {key} {value[key]!r}, which is none")


def _day(value: dict[str, Any]) -> datetime.date:
    _matches(value, "date", DATE_PATTERN)
    try:
        return datetime.date.fromisoformat(value["date"])
    except ValueError:
        raise ValueError(f"has the date '{value['date']}', which no calendar has") from None


def _fields(value: Any) -> tuple[FieldChange, ...]:
    good = isinstance(value, list) and all(
        isinstance(item, dict)
        and set(item) == set(_FIELD_KEYS)
        and isinstance(item["field"], str)
        and all(item[side] is None or isinstance(item[side], str) for side in ("before", "after"))
        for item in value
    )
    if not good:
        raise ValueError('has \'fields\' that are not a list of {"field": ..., "before": ..., "after": ...}')
    return tuple(FieldChange(item["field"], item["before"], item["after"]) for item in value)
