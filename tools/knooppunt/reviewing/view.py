"""One segment with all that a person needs to decide on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from knooppunt.catalogs import machine_text
from knooppunt.catalogs.states import MACHINE_MARK
from knooppunt.catalogs.suggestions import SUGGESTION_MARK
from knooppunt.model import Severity
from knooppunt.reviewing.findings import MOST_SIBLINGS, fixed
from knooppunt.reviewing.hints import chips, term_hints
from knooppunt.reviewing.model import etag_of, targets_of
from knooppunt.reviewing.policy import Leave, may_approve
from knooppunt.reviewing.textdiff import utf16, word_diff

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knooppunt.catalogs import Decision
    from knooppunt.checks import Language
    from knooppunt.memory import Match
    from knooppunt.model import Entry, Finding
    from knooppunt.reviewing.desk import Desk, Row
    from knooppunt.reviewing.lookups import Lookups
    from knooppunt.reviewing.model import Person, Ref, Trace

SHOWN_SEVERITY: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}
LONGEST_DIFF: Final = 20_000
"""Characters of a text beyond which no difference from other texts is shown."""


@dataclass(frozen=True)
class Viewer:
    """Makes what the page shows of a segment; plain values that JSON can hold."""

    desk: Desk
    lookups: Lookups
    me: Person

    def segment(self, row: Row) -> dict[str, Any]:
        """Everything of a segment but its history in git."""
        desk, entry = self.desk, row.entry
        before, after = desk.neighbours(row)
        segment = desk.segment(row)
        machine = machine_text(entry)
        targets = targets_of(entry)
        last = desk.trace(row)
        lost = desk.lost(row.ref)
        found = self.findings(row, entry)
        if desk.findings.known(row) is None:
            desk.findings.keep(row, [item for _, item in found])
        return {
            "ref": ref_json(row.ref),
            "etag": etag_of(entry, desk.shelf.ledger.last(row.hash)),
            "state": row.state.value,
            "kind": segment.kind if segment is not None else "gone",
            "context": entry.context,
            "notes": list(entry.extracted),
            "comments": [line for line in entry.comments if not line.startswith((MACHINE_MARK, SUGGESTION_MARK))],
            "suggestion": next(
                (line.removeprefix(SUGGESTION_MARK) for line in entry.comments if line.startswith(SUGGESTION_MARK)),
                None,
            ),
            "source": entry.msgid,
            "source_plural": entry.msgid_plural,
            "previous": entry.previous_msgid,
            "previous_diff": None if entry.previous_msgid is None else diff(entry.previous_msgid, entry.msgid),
            "machine": None
            if machine is None
            else {"engine": machine[0], "text": machine[1], "diff": diff(machine[1], targets[0])},
            "targets": list(targets),
            "plural_names": None if entry.msgid_plural is None else [f"msgstr[{n}]" for n in range(len(targets))],
            "chips": self.chips(entry, targets),
            "terms": terms_json(entry.msgid, desk.findings.language),
            "matches": [self.match(row, item) for item in self.matches(row, before, after)],
            "findings": [finding_json(targets[form], form, item) for form, item in found],
            "history": [
                decision_json(item) for item in reversed(desk.shelf.ledger.of_entry(row.ref.catalog, row.ref.id, entry))
            ],
            "same": len(desk.same(row)) - 1,
            "may": self.may(row, last),
            "last_editor": last.by or None,
            "page_url": None,
            "overwritten": None if lost is None else {"targets": list(lost.targets)},
            "neighbours": {"previous": before and ref_json(before), "next": after and ref_json(after)},
        }

    def may(self, row: Row, last: Trace) -> dict[str, Any]:
        """Whether this person may approve it as it is."""
        leave: Leave = may_approve(self.desk.config, row.state, self.me, last)
        return {"approve": leave.allowed, "why": leave.why}

    def matches(self, row: Row, before: Ref | None, after: Ref | None) -> tuple[Match, ...]:
        """What the memory offers."""
        around = [self.desk.row(ref).entry.msgid if ref is not None else "" for ref in (before, after)]
        return self.lookups.matches(row, *around)

    def match(self, row: Row, match: Match) -> dict[str, Any]:
        """A match as the page shows it."""
        return {
            "percent": match.score,
            "source": match.source,
            "target": match.target,
            "diff": diff(match.source, row.entry.msgid),
            "from": match.unit.origin,
            "state": match.unit.state.value if match.unit.state is not None else None,
        }

    def chips(self, entry: Entry, targets: Sequence[str]) -> list[dict[str, Any]]:
        """The chips of the source, each with whether it is in the first text."""
        return [
            {"n": number, "kind": chip.kind, "text": chip.text, "caret": chip.caret, "present": chip.present}
            for number, chip in enumerate(chips(entry.msgid, targets[0]), 1)
        ]

    def findings(self, row: Row, entry: Entry) -> list[tuple[int, Finding]]:
        """What the checks say of a text of this segment, which need not be saved."""
        return findings_of(self.desk, row, entry)


def findings_of(desk: Desk, row: Row, entry: Entry) -> list[tuple[int, Finding]]:
    """What the checks say of a text in the place of a segment, beside the other texts of its catalog."""
    refs = (ref for ref in desk.same(row) if ref.catalog == row.ref.catalog and ref != row.ref)
    others = [other for other in map(desk.find, islice(refs, MOST_SIBLINGS)) if other is not None]
    return desk.findings.check(
        entry,
        desk.shelf.ledger.approved,
        before=[other.entry for other in others if other.place < row.place],
        after=[other.entry for other in others if other.place > row.place],
        forms=desk.forms(row.ref.catalog) or len(entry.plurals) or 1,
    )


def with_targets(entry: Entry, targets: Sequence[str]) -> Entry:
    """An entry with other texts and all else as it is."""
    return replace(entry, msgstr=targets[0], plurals=tuple(targets) if entry.msgid_plural is not None else ())


def diff(old: str, new: str) -> list[list[str]]:
    """The difference of two texts, in words; of very long ones none."""
    if len(old) + len(new) > LONGEST_DIFF:
        return [["=", new]]
    return [[sign, text] for sign, text in word_diff(old, new)]


def ref_json(ref: Ref) -> dict[str, str]:
    return {"locale": ref.locale, "catalog": ref.catalog, "id": ref.id}


def decision_json(item: Decision) -> dict[str, Any]:
    """A line of the ledger as the page shows it."""
    extra = item.extra
    return {
        "at": item.at,
        "by": item.by,
        "action": item.action,
        "note": item.note,
        "mqm": extra.get("mqm") or [],
        "seconds": extra.get("seconds"),
        "distance": extra.get("distance"),
        "hter": extra.get("hter"),
        "text": None,
        "commit": None,
        "from": "ledger",
    }


def terms_json(source: str, language: Language) -> list[dict[str, Any]]:
    """The terms of a source as the page shows them; places in UTF-16 code units."""
    return [
        {
            "concept": hint.term.id,
            "source": hint.term.source[0],
            "use": hint.term.use,
            "forms": list(hint.forms),
            "never": [form for form, _ in hint.term.never] + list(hint.term.avoid),
            "translate": hint.term.translate,
            "note": hint.term.note,
            "at": [[utf16(source, start), utf16(source, end)] for start, end in hint.ranges],
        }
        for hint in term_hints(source, language)
    ]


def finding_json(text: str, form: int, finding: Finding) -> dict[str, Any]:
    """A finding as the page shows it; places in UTF-16 code units of the text."""
    start = min((edit.start for edit in finding.edits), default=None)
    end = max((edit.end for edit in finding.edits), default=None)
    fix = None
    if finding.edits:
        after, refused = fixed(text, finding)
        fix = {
            "edits": [
                {"start": utf16(text, edit.start), "end": utf16(text, edit.end), "new": edit.new}
                for edit in finding.edits
            ],
            "text": after,
            "safe": finding.safe and refused is None,
            "refused": refused,
            "confidence": finding.confidence,
            "diff": diff(text, after),
        }
    return {
        "check": finding.check,
        "message": finding.message,
        "severity": SHOWN_SEVERITY[finding.severity],
        "start": None if start is None else utf16(text, start),
        "end": None if end is None else utf16(text, end),
        "form": form,
        "fix": fix,
        "explain": f"/explain/{finding.check}",
        "key": f"{finding.check}:{form}:{start}:{end}",
    }


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """Findings by severity."""
    counts = dict.fromkeys(SHOWN_SEVERITY.values(), 0)
    for finding in findings:
        counts[SHOWN_SEVERITY[finding.severity]] += 1
    return counts
