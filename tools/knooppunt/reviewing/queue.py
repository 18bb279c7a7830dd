"""The queue: which segments a person wants to see, in order, and how many there are of each kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from knooppunt.model import State
from knooppunt.reviewing.model import ReviewError, person_key, targets_of
from knooppunt.reviewing.provenance import age_in_days
from knooppunt.reviewing.view import counted, ref_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from knooppunt.reviewing.desk import Desk, Row
    from knooppunt.reviewing.matcher import Matcher

FIELDS: Final = ("both", "source", "target", "comments")
MOST: Final = 500
"""Items of one answer."""
CUT: Final = 160
"""Characters of a text in the list."""
OPEN: Final = "open"
"""In place of a state: all that wait for a person."""
_OPEN: Final = frozenset({State.UNTRANSLATED, State.MACHINE, State.STALE})
ANY: Final = "any"
"""In place of a check: all segments with a finding."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; empty values ask for all."""

    article: str = ""
    state: str = ""
    """A state, or `open` for untranslated, machine and stale."""
    check: str = ""
    """Id of a check, or `any`."""
    author: str = ""
    """Part of a name or mail."""
    older: int | None = None
    """Days since the text was changed, at the least."""
    q: str = ""
    regex: bool = False
    within: str = "both"
    """Where `q` is looked for: `source`, `target`, `both` or `comments`."""


def texts_of(row: Row, within: str) -> list[str]:
    """The texts of a segment that are searched."""
    entry = row.entry
    if within == "comments":
        return [*entry.comments, *entry.extracted]
    found = [] if within == "target" else [entry.msgid, *([entry.msgid_plural] if entry.msgid_plural else [])]
    return found if within == "source" else [*found, *targets_of(entry)]


def chosen(desk: Desk, wanted: Filter, matcher: Matcher) -> list[Row]:
    """The segments that a filter lets through, in the order of the catalogs.

    Raises ReviewError for a filter that makes no sense.
    """
    return _passed(desk, wanted, _searched(list(desk.rows()), wanted, matcher), "")


def _passed(desk: Desk, wanted: Filter, rows: list[Row], but: str) -> list[Row]:
    """Those of the rows that a filter lets through but for its search; `but` is a part of it to leave out."""
    for test in _tests(desk, wanted, but):
        rows = [row for row in rows if test(row)]
    return rows


def _tests(desk: Desk, wanted: Filter, but: str) -> Iterable[Callable[[Row], bool]]:
    if wanted.within not in FIELDS:
        raise ReviewError("invalid", f"'in' is one of {', '.join(FIELDS)}")
    if wanted.article and but != "article":
        yield lambda row: row.ref.catalog == wanted.article
    if wanted.state and but != "state":
        states = _OPEN if wanted.state == OPEN else {State(wanted.state)} if wanted.state in set(State) else None
        if states is None:
            raise ReviewError("invalid", f"there is no state '{wanted.state[:40]}'", f"one of {', '.join(State)}, open")
        yield lambda row: row.state in states
    if wanted.check and but != "check":
        yield lambda row: _has(desk, row, wanted.check)
    if wanted.author and but != "author":
        needle = wanted.author.casefold()
        yield lambda row: needle in desk.trace(row).by.casefold()
    if wanted.older is not None:
        now = datetime.now(UTC)
        least = wanted.older
        yield lambda row: (age_in_days(desk.trace(row).at, now) or 0) >= least


def _has(desk: Desk, row: Row, check: str) -> bool:
    found = desk.findings.known(row) or ()
    return bool(found) if check == ANY else any(item.check == check for item in found)


def _searched(rows: Sequence[Row], wanted: Filter, matcher: Matcher) -> list[Row]:
    if not wanted.q:
        return list(rows)
    if wanted.regex:
        groups = [texts_of(row, wanted.within) for row in rows]
        return [rows[number] for number in matcher.search(wanted.q, groups)]
    needle = wanted.q.casefold()
    return [row for row in rows if any(needle in text.casefold() for text in texts_of(row, wanted.within))]


def queue(
    desk: Desk, wanted: Filter, matcher: Matcher, titles: Callable[[str], str], *, offset: int = 0, limit: int = 100
) -> dict[str, Any]:
    """One part of the queue with its facets; each facet counts what the other parts of the filter let through."""
    base = _searched(list(desk.rows()), wanted, matcher)
    rows = _passed(desk, wanted, base, "")
    now = datetime.now(UTC)
    shown = rows[max(offset, 0) : max(offset, 0) + min(max(limit, 0), MOST)]
    return {
        "total": len(rows),
        "words": sum(row.words for row in rows),
        "items": [_item(desk, row, now) for row in shown],
        "facets": _facets(desk, wanted, base, rows, titles),
        "pending": sum(1 for _ in desk.findings.unknown(rows)),
    }


def _item(desk: Desk, row: Row, now: datetime) -> dict[str, Any]:
    trace = desk.trace(row)
    return {
        **ref_json(row.ref),
        "state": row.state.value,
        "source": row.entry.msgid[:CUT],
        "target": targets_of(row.entry)[0][:CUT],
        "words": row.words,
        "findings": counted(desk.findings.known(row) or ()),
        "age_days": age_in_days(trace.at, now),
        "author": trace.by or None,
        "same": len(desk.same(row)) - 1,
    }


def _facets(
    desk: Desk, wanted: Filter, base: list[Row], rows: list[Row], titles: Callable[[str], str]
) -> dict[str, Any]:
    def without(part: str, value: str) -> list[Row]:
        return _passed(desk, wanted, base, part) if value else rows

    articles = Counter(row.ref.catalog for row in without("article", wanted.article))
    states = Counter(row.state.value for row in without("state", wanted.state))
    checks: Counter[str] = Counter()
    for row in without("check", wanted.check):
        checks.update({item.check for item in desk.findings.known(row) or ()})
    people = Counter(desk.trace(row).by for row in without("author", wanted.author))
    merged: Counter[str] = Counter()
    names: dict[str, str] = {}
    for by, count in people.items():
        if by:
            merged[names.setdefault(person_key(by), by)] += count
    return {
        "articles": [
            {"catalog": name, "title": titles(name), "n": articles[name]}
            for name in desk.shelf.catalogs
            if articles[name]
        ],
        "states": {state.value: states[state.value] for state in State},
        "checks": dict(sorted(checks.items())),
        "authors": dict(merged.most_common()),
    }
