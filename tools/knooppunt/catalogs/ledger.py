"""The ledger of decisions on translations: `reviews.jsonl`, one JSON object a line, only ever appended to.

PO has no place for an approval, and a comment would survive a change of the text that it vouches for. So each line
names the hash of one exact pair of source and translation; any later change, by any tool, ends it. Lines carry no
state of their own, so git may merge two ledgers with `merge=union`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from knooppunt.catalogs.conflicts import refuse_conflicts
from knooppunt.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

VERDICTS: Final = ("approve", "reject", "carry", "undo")
"""Decisions on a text. `carry`: an update of the source moved an approval to the hash of the text as it is now; `undo`:
what was decided about the text before was taken back."""
ACTIONS: Final = (*VERDICTS, "edit", "accept", "amend", "restore", "revert")
"""The others tell how a text came to be and decide nothing: `edit`, a person has written it; `accept`, a person has
taken a draft as it is; `amend`, a draft was changed in bulk and is a draft still; `restore`, the text of the machine
was put back; `revert`, an edit was taken back."""

_KEYS: Final = ("context", "hash", "action", "by", "at", "note")
_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the ledger."""

    context: str | None
    """msgctxt of the entry; a help for readers only, for the hash covers it."""
    hash: str
    action: str
    by: str
    """Who decided: `Name <mail>`."""
    at: str
    """When, as an ISO 8601 date and time, kept as written."""
    note: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys that Knooppunt does not know, kept."""
    line: int = 0
    """1-based line in the file."""

    @property
    def decides(self) -> bool:
        """Whether it says of a text if it is approved."""
        return self.action in VERDICTS

    @property
    def approves(self) -> bool:
        return self.action in {"approve", "carry"}


@dataclass(frozen=True)
class Ledger:
    """All decisions for one locale, in the order of the file."""

    path: str = ""
    decisions: tuple[Decision, ...] = ()

    @cached_property
    def latest(self) -> Mapping[str, Decision]:
        """The decision that holds, by hash: the last one."""
        return {decision.hash: decision for decision in self.decisions if decision.decides}

    @cached_property
    def approved(self) -> frozenset[str]:
        """Hashes of approved entries."""
        return frozenset(value for value, decision in self.latest.items() if decision.approves)


def parse_ledger(text: str, path: str) -> Ledger:
    """The ledger of a reviews.jsonl. Raises DataError with every problem; blank lines are passed over.

    >>> line = render_decision(None, "0" * 64, "approve", by="Ada <ada@example.org>", at="2026-01-31T12:00:00Z")
    >>> ledger = parse_ledger(line, "reviews.jsonl")
    >>> "0" * 64 in ledger.approved, ledger.decisions[0].by
    (True, 'Ada <ada@example.org>')
    """
    refuse_conflicts(text, path, "keep the lines of both sides")
    decisions = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                decisions.append(_decision(line, path, number))
            except DataError as error:
                problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return Ledger(path, tuple(decisions))


def render_decision(
    context: str | None,
    value: str,
    action: str,
    *,
    by: str,
    at: str,
    note: str | None = None,
    extra: Mapping[str, Any] | None = None,
) -> str:
    """One line for the ledger, with its newline; keys are in a fixed order, unknown ones last by name.

    Raises ValueError where parse_ledger would refuse the line.

    >>> render_decision(None, "0" * 64, "reject", by="Ada", at="2026-01-31T12:00:00Z", note="wrong term")[-25:]
    '", "note": "wrong term"}\\n'
    """
    item: dict[str, Any] = {"context": context, "hash": value, "action": action, "by": by, "at": at}
    if note is not None:
        item["note"] = note
    item |= {key: extra[key] for key in sorted(extra)} if extra else {}
    line = json.dumps(item, ensure_ascii=False)
    try:
        _decision(line, "", 0)
    except DataError as error:
        raise ValueError(str(error)) from None
    return f"{line}\n"


def _decision(line: str, path: str, number: int) -> Decision:
    try:
        item = json.loads(line, object_pairs_hook=_unique)
    except ValueError as error:
        raise DataError.single(path, number, f"not JSON: {error}") from None
    except RecursionError:
        raise DataError.single(path, number, "not JSON: nested too deeply") from None
    if not isinstance(item, dict):
        raise DataError.single(path, number, "must be a JSON object")
    problems = [Problem(path, number, key, message, hint) for key, message, hint in _faults(item)]
    if problems:
        raise DataError(problems)
    return Decision(
        item["context"],
        item["hash"],
        item["action"],
        item["by"],
        item["at"],
        item.get("note"),
        {key: value for key, value in item.items() if key not in _KEYS},
        number,
    )


def _faults(item: Mapping[str, Any]) -> Iterable[tuple[str, str, str]]:
    for key in _KEYS:
        value = item.get(key)
        if key not in item:
            if key != "note":
                yield key, f"'{key}' is missing", ""
        elif value is None and key in {"context", "note"}:
            continue
        elif not isinstance(value, str):
            yield key, f"must be text, not {json.dumps(value)[:40]}", ""
        elif key == "hash" and not _HASH.fullmatch(value):
            yield key, f"'{value}' is not a SHA-256 hash", "64 digits of 0-9 and a-f"
        elif key == "action" and value not in ACTIONS:
            yield key, f"unknown action '{value}'", f"one of {', '.join(ACTIONS)}"
        elif key == "by" and not value.strip():
            yield key, "'by' is empty", "write Name <mail>"
        elif key == "at" and not _is_time(value):
            yield key, f"'{value}' is not a date and time", "write it like 2026-01-31T12:00:00Z"


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return len(value) > 10


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    item = dict(pairs)
    if len(item) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"'{twice}' is there twice")
    return item
