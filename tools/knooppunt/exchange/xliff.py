"""What XLIFF 1.2 and 2.1 have in common."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from knooppunt.exchange.units import Returned
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knooppunt.exchange.units import Unit
    from knooppunt.exchange.xmltext import Node

_ORDER = list(State)


def by_catalog(units: Iterable[Unit]) -> Iterator[tuple[str, list[Unit]]]:
    """Units in runs of one catalog."""
    for name, run in groupby(units, key=lambda unit: unit.catalog):
        yield name, list(run)


def comments_of(notes: Iterable[str]) -> tuple[str, ...]:
    """Translator comments, a line each, out of notes."""
    return tuple(line for note in notes for line in note.split("\n"))


def has_notes(node: Node) -> bool:
    """Whether there is a note anywhere in a file; a tool that drops them all has not removed anybody's comments."""
    return any(child.name == "note" or has_notes(child) for child in node.elements)


def without_comments(units: Iterable[Returned]) -> tuple[Returned, ...]:
    """Units of a file that has lost its notes."""
    return tuple(replace(unit, comments=None) for unit in units)


def least(states: Iterable[State | None]) -> State | None:
    """The state of a whole whose parts have these: the least trusted; None where a part says nothing."""
    found = list(states)
    known = [state for state in found if state is not None]
    return min(known, key=_ORDER.index) if known and len(known) == len(found) else None


def whole(identity: str, stamp: str, line: int, forms: Sequence[Returned | None]) -> Returned | None:
    """The forms of a text with plurals as one unit; None where nobody has touched any of them."""
    there = [form for form in forms if form is not None]
    if not there:
        return None
    faults = [form.fault for form in there if form.fault]
    if len(there) < len(forms):
        faults.append("is translated in some of its plural forms only")
    return Returned(
        there[0].catalog,
        identity,
        there[0].source,
        there[0].target,
        line,
        tuple(form.target for form in there),
        least(form.state for form in there),
        stamp,
        there[0].comments,
        fault=faults[0] if faults else "",
    )
