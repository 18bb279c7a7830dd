"""One decision on many segments: listed first, written once, taken back at once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from knooppunt.catalogs import is_translated, parse_po, render_entry
from knooppunt.files import alone
from knooppunt.fix import fix_catalog
from knooppunt.model import State
from knooppunt.reviewing.model import APPROVE, Ref, ReviewError, etag_of, targets_of
from knooppunt.reviewing.policy import may_approve
from knooppunt.reviewing.queue import Filter, chosen
from knooppunt.reviewing.saving import Change, Line, facts_of, problems_of, taken
from knooppunt.reviewing.view import diff, findings_of, ref_json, with_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.model import Entry
    from knooppunt.reviewing.desk import Desk, Row
    from knooppunt.reviewing.session import Session

ACTIONS: Final = ("fixes", "replace", "propagate", "approve")
SHOWN: Final = 1000
"""Items of a plan that are shown; all of them are done."""
MOST: Final = 20_000
MOST_PLANS: Final = 20
_ROUNDS: Final = 5
"""Times that fixes are looked for in a text that was fixed."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with many segments."""

    action: str
    locale: str
    filter: Filter
    ref: Ref | None = None
    """Of `propagate`: the segment whose translation the others get."""
    find: str = ""
    replace: str = ""
    regex: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What would be done with one segment."""

    row: Row
    etag: str
    entry: Entry
    lines: tuple[Line, ...]
    why: str


class Bulk:
    """Plans that were shown, until they are carried out."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._plans: OrderedDict[str, tuple[Order, tuple[Step, ...]]] = OrderedDict()

    def preview(self, order: Order) -> dict[str, Any]:
        """The list of what would be done. Raises ReviewError for an order that makes no sense."""
        session = self._session
        if order.action not in ACTIONS:
            raise ReviewError("invalid", f"there is no action '{order.action[:40]}'", f"one of {', '.join(ACTIONS)}")
        with session.lock:
            desk = session.desk(order.locale, fresh=True)
            steps: list[Step] = []
            for row, entry, lines, why in self._steps(desk, order):
                if len(steps) >= MOST:
                    raise ReviewError("invalid", f"this is for more than {MOST:,} segments", "make the filter narrower")
                tag = etag_of(row.entry, desk.shelf.ledger.last(row.hash))
                steps.append(Step(row, tag, entry, lines, why))
            name = token_hex(8)
            self._plans[name] = (order, tuple(steps))
            while len(self._plans) > MOST_PLANS:
                self._plans.popitem(last=False)
            return {"plan": name, "total": len(steps), "items": [_shown(step) for step in steps[:SHOWN]]}

    def apply(self, name: str) -> dict[str, Any]:
        """Do what was listed, but for segments that have changed since. Each catalog is written once."""
        session = self._session
        found = self._plans.pop(name, None)
        if found is None:
            raise ReviewError("gone", "this list is not known any more", "make it again")
        order, steps = found
        with session.lock, alone(session.project.settings.root):
            desk = session.desk(order.locale, fresh=True)
            refused: list[dict[str, Any]] = []
            changes: list[Change] = []
            for step in steps:
                reason = self._reason(desk, step)
                if reason:
                    refused.append({"ref": ref_json(step.row.ref), "reason": reason})
                    continue
                row = desk.row(step.row.ref)
                entry = replace(step.entry, origin=row.entry.origin)
                changes.append(Change(row, entry, step.lines, None, {**facts_of(row, entry), "bulk": order.action}))
            undo = session.write(desk, changes) if changes else None
            return {"done": len(changes), "refused": refused, "undo": undo}

    def _reason(self, desk: Desk, step: Step) -> str:
        row = desk.find(step.row.ref)
        if row is None:
            return "the segment is gone"
        if etag_of(row.entry, desk.shelf.ledger.last(row.hash)) != step.etag:
            return "the segment has been changed since the list was made"
        catalog = desk.shelf.catalogs[row.ref.catalog]
        try:
            desk.intact(catalog)
        except ReviewError as error:
            return error.message
        return ""

    # What would be done ----------------------------------------------------------------------------------------------

    def _steps(self, desk: Desk, order: Order) -> Iterator[tuple[Row, Entry, tuple[Line, ...], str]]:
        if order.action == "propagate":
            yield from self._propagate(desk, order)
            return
        rows = chosen(desk, order.filter, self._session.matcher)
        if order.action == "replace":
            yield from self._replace(desk, order, rows)
        elif order.action == "fixes":
            yield from self._fixes(desk, rows)
        else:
            yield from self._approve(desk, rows)

    def _fixes(self, desk: Desk, rows: list[Row]) -> Iterator[tuple[Row, Entry, tuple[Line, ...], str]]:
        """Segments that differ only by verified fixes from a text without findings that have one."""
        for row in rows:
            if not is_translated(row.entry) or row.state is State.UNTRANSLATED:
                continue
            entry, checks = row.entry, dict[str, None]()
            for _ in range(_ROUNDS):
                fixed = _fixed(desk, row, entry, checks)
                if fixed == entry:
                    break
                entry = fixed
            if entry != row.entry and not self._problems(desk, row, entry):
                yield row, entry, (_edit(entry),), ", ".join(checks)

    def _replace(self, desk: Desk, order: Order, rows: list[Row]) -> Iterator[tuple[Row, Entry, tuple[Line, ...], str]]:
        if not order.find:
            raise ReviewError("invalid", "say what to look for")
        rows = [row for row in rows if is_translated(row.entry)]
        texts = [targets_of(row.entry) for row in rows]
        if order.regex:
            made = self._session.matcher.replace(order.find, texts, order.replace)
        else:
            made = [
                (number, [text.replace(order.find, order.replace) for text in group])
                for number, group in enumerate(texts)
                if any(order.find in text for text in group)
            ]
        for number, after in made:
            row = rows[number]
            entry = with_targets(row.entry, after)
            problems = self._problems(desk, row, entry)
            if entry != row.entry and not problems and is_translated(entry):
                yield row, entry, (_edit(entry),), f"'{order.find[:60]}'"

    def _propagate(self, desk: Desk, order: Order) -> Iterator[tuple[Row, Entry, tuple[Line, ...], str]]:
        """Segments with the same source, and another or no translation, get that of one segment."""
        if order.ref is None:
            raise ReviewError("invalid", "say which segment's translation the others are to get")
        first = desk.row(order.ref)
        if first.state not in {State.TRANSLATED, State.APPROVED}:
            raise ReviewError("invalid", "only a translation that a person answers for is propagated", "save it first")
        for ref in desk.same(first):
            row = desk.find(ref)
            if row is None or ref == first.ref or row.entry.msgid_plural != first.entry.msgid_plural:
                continue
            entry = taken(row.entry, targets_of(first.entry))
            if entry != row.entry and not self._problems(desk, row, entry):
                same = targets_of(row.entry) == targets_of(entry)
                yield row, entry, (Line("accept" if same else "edit"),), f"as in {first.ref.catalog}"

    def _approve(self, desk: Desk, rows: list[Row]) -> Iterator[tuple[Row, Entry, tuple[Line, ...], str]]:
        session = self._session
        for row in rows:
            if row.state is State.APPROVED or not is_translated(row.entry):
                continue
            if row.state is State.UNTRANSLATED or self._problems(desk, row, row.entry):
                continue
            session.know_author(row)
            if not may_approve(desk.config, row.state, session.me, desk.trace(row)).allowed:
                continue
            draft = row.state in {State.MACHINE, State.STALE}
            lines = (Line("accept"), Line(APPROVE)) if draft else (Line(APPROVE),)
            yield row, taken(row.entry, targets_of(row.entry)), lines, row.state.value

    def _problems(self, desk: Desk, row: Row, entry: Entry) -> list[str]:
        return problems_of(entry, targets_of(entry), desk.shelf.catalogs[row.ref.catalog].header)


def _edit(entry: Entry) -> Line:
    """A draft that stays one has been amended; nobody has become its maker by that."""
    return Line("amend" if entry.fuzzy else "edit")


def _fixed(desk: Desk, row: Row, entry: Entry, checks: dict[str, None]) -> Entry:
    """The entry after one round of safe fixes, each proven harmless; the checks are noted."""
    found = [finding for form, finding in findings_of(desk, row, entry) if not form and finding.origin.start == 0]
    alone_in_a_file = replace(entry, comments=(), extracted=(), references=(), obsolete=False)
    result = fix_catalog(render_entry(alone_in_a_file, "\n") + "\n", "", found)
    checks.update(dict.fromkeys(finding.check for finding in result.applied))
    text = parse_po(result.text, "").entries[0].msgstr if result.applied else entry.msgstr
    return with_targets(entry, (text, *targets_of(entry)[1:]))


def _shown(step: Step) -> dict[str, Any]:
    before, after = "\n".join(targets_of(step.row.entry)), "\n".join(targets_of(step.entry))
    return {
        "ref": ref_json(step.row.ref),
        "source": step.row.entry.msgid,
        "state": step.row.state.value,
        "before": before,
        "after": after,
        "diff": diff(before, after),
        "why": step.why,
    }
