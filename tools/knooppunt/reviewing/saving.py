"""Writing what a person decides: the catalog and the ledger together, each whole, or neither."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from knooppunt.catalogs import is_translated, machine_text
from knooppunt.catalogs.suggestions import SUGGESTION_MARK
from knooppunt.checks.unit import nplurals
from knooppunt.errors import DataError
from knooppunt.files import Writes
from knooppunt.model import State
from knooppunt.reviewing.ledgers import ledger_line
from knooppunt.reviewing.model import (
    APPROVE,
    LONGEST_TEXT,
    REJECT,
    RESTORE,
    ReviewError,
    etag_of,
    targets_of,
)
from knooppunt.reviewing.textdiff import hter, word_distance, words_of
from knooppunt.translated.safety import added_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knooppunt.model import Entry
    from knooppunt.reviewing.desk import Desk, Row
    from knooppunt.reviewing.live import LiveCatalog
    from knooppunt.reviewing.model import Person, Submission


LONGEST_COMMENT: Final = 5_000
RESERVED: Final = ("mt:", "suggestion:", "|", ",", ".", ":", "~", "=", "@")
"""What a line of a translator comment would be read as something else with."""
HALF: Final = "there is half a character in the text"


@dataclass(frozen=True, slots=True)
class Line:
    """A line for the ledger."""

    action: str
    by: str | None = None
    """Whose decision it is, where it is not that of the person at work."""
    old: bool = False
    """Whether it is about the text as it was before the change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry to write, and what the ledger is to say of it."""

    row: Row
    """As it was before."""
    entry: Entry
    """As it will be."""
    lines: tuple[Line, ...] = ()
    note: str | None = None
    facts: Mapping[str, Any] | None = None
    """Further keys of the lines; those of `facts_of` where None."""

    def says(self, action: str) -> bool:
        """Whether the ledger gets a line of this action."""
        return any(line.action == action for line in self.lines)


def spoiled(text: str) -> list[str]:
    """What no file of texts can hold: control characters but tab and line break, and halves of surrogate pairs."""
    found = []
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in text) or "\x7f" in text:
        found.append("there is a control character in the text")
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        found.append(HALF)
    return found


def comment_lines(text: str) -> tuple[str, ...]:
    """The lines of a translator comment, without empty ones. Raises ReviewError for what is no comment."""
    lines = tuple(" ".join(line.split()) for line in text.splitlines() if line.strip())
    if not lines or len(text) > LONGEST_COMMENT:
        raise ReviewError("invalid", f"a comment has some words, and at most {LONGEST_COMMENT:,} characters")
    if any(line.startswith(RESERVED) for line in lines):
        raise ReviewError("invalid", "a comment cannot begin with what marks a draft or a field of a catalog")
    return lines


def problems_of(entry: Entry, targets: Sequence[str], header: Mapping[str, str]) -> list[str]:
    """Why texts cannot be a translation of an entry; nothing where they can.

    gettext's own rules (as many plural forms as the header says, line breaks at both ends as in the source, no NUL),
    and what could act in a page that the source does not have.
    """
    found = []
    if entry.msgid_plural is None and len(targets) != 1:
        found.append(f"the segment has one text, not {len(targets)}")
    if entry.msgid_plural is not None:
        forms = nplurals(header) or len(entry.plurals)
        if len(targets) != forms:
            found.append(f"the segment has {forms} plural forms, not {len(targets)}")
    if sum(map(len, targets)) > LONGEST_TEXT:
        found.append(f"the text has more than {LONGEST_TEXT:,} characters")
        return found
    for number, text in enumerate(targets):
        source = entry.msgid_plural if number and entry.msgid_plural else entry.msgid
        found += spoiled(text)
        if HALF in found:
            continue
        if not text.strip("\n"):
            continue
        for place, ours, theirs in (
            ("begins", text.startswith("\n"), source.startswith("\n")),
            ("ends", text.endswith("\n"), source.endswith("\n")),
        ):
            if ours != theirs:
                found.append(f"the source {place} {'with' if theirs else 'without'} a line break, and the text not so")
        added = [added_markup(text_of, text) for text_of in dict.fromkeys((source, entry.msgid))]
        if all(item is not None for item in added):
            found.append(f"the text has a {added[0]} that the source has not, and it could act in a page")
    return found


def submitted(catalog: LiveCatalog, row: Row, sent: Submission) -> Change | None:
    """What a submission changes; None where it changes nothing. Raises ReviewError for one that cannot be."""
    entry = row.entry
    targets = sent.targets
    machine = machine_text(entry)
    if sent.action == RESTORE:
        if machine is None or entry.msgid_plural is not None:
            raise ReviewError("invalid", "no machine text is kept for this segment", "write the translation yourself")
        flags = entry.flags if entry.fuzzy else ("fuzzy", *entry.flags)
        new = replace(entry, msgstr=machine[1], flags=flags, previous_msgid=None, previous_context=None)
        return None if new == entry else Change(row, new, (Line("restore"),), sent.note, _facts(row, new, sent))
    if sent.action == REJECT:
        if targets != targets_of(entry):
            hint = "save your text or undo it first"
            raise ReviewError("invalid", "what is rejected is the text as it is saved, and you have changed it", hint)
        if not is_translated(entry):
            raise ReviewError("invalid", "there is no translation to reject", "write one")
        return Change(row, _commented(entry, sent.comment), (Line(REJECT),), sent.note, _facts(row, entry, sent))
    found = problems_of(entry, targets, catalog.header)
    if found:
        facts = {"problems": [{"message": message} for message in found]}
        raise ReviewError("refused", found[0], "mend the text; nothing was written", facts=facts)
    edited = targets != targets_of(entry)
    new = _commented(taken(entry, targets), sent.comment)
    actions: list[str] = []
    if edited:
        actions.append("edit")
    elif row.state in {State.MACHINE, State.STALE} or (row.state is State.UNTRANSLATED and is_translated(entry)):
        actions.append("accept")
    if sent.action == APPROVE:
        if not is_translated(new):
            raise ReviewError("invalid", "there is no translation to approve", "write one")
        actions.append(APPROVE)
    if not is_translated(new) and actions == ["edit"] and new.fuzzy:
        new = replace(new, flags=tuple(flag for flag in new.flags if flag != "fuzzy"))
    if sent.action == APPROVE and row.state is State.APPROVED and not edited:
        actions = []
    if not actions and new == entry:
        return None
    return Change(row, new, tuple(Line(action) for action in actions), sent.note, _facts(row, new, sent))


def taken(entry: Entry, targets: Sequence[str]) -> Entry:
    """An entry whose text a person answers for: no longer fuzzy, without the previous msgid and the mark of a draft.

    The machine's text stays in its comment, so that one can tell what was changed.
    """
    return replace(
        entry,
        msgstr=targets[0],
        plurals=tuple(targets) if entry.msgid_plural is not None else (),
        flags=tuple(flag for flag in entry.flags if flag != "fuzzy"),
        previous_msgid=None,
        previous_context=None,
        comments=tuple(line for line in entry.comments if not line.startswith(SUGGESTION_MARK)),
    )


def _commented(entry: Entry, comment: str | None) -> Entry:
    return replace(entry, comments=(*entry.comments, *comment_lines(comment))) if comment and comment.strip() else entry


def _facts(row: Row, new: Entry, sent: Submission) -> dict[str, Any]:
    """What the ledger keeps of how a decision was made."""
    errors = [
        {"category": error.category, "severity": error.severity} | ({"note": error.note} if error.note else {})
        for error in sent.mqm
    ]
    seconds = None if sent.seconds is None else round(min(max(sent.seconds, 0.0), 86_400.0), 1)
    return {**facts_of(row, new), "seconds": seconds, "mqm": errors or None}


def facts_of(row: Row, new: Entry) -> dict[str, Any]:
    """Which entry it is, and by how much a text differs from the one before and from the machine's."""
    before, after = "\n".join(targets_of(row.entry)), "\n".join(targets_of(new))
    facts: dict[str, Any] = {"catalog": row.ref.catalog, "entry": row.ref.id, "words": row.words}
    facts["target_words"] = len(words_of(after))
    facts["distance"] = word_distance(before, after)
    machine = machine_text(new)
    if machine is not None and new.msgid_plural is None:
        facts |= {"engine": machine[0], "machine_distance": word_distance(machine[1], after)}
        facts["hter"] = hter(machine[1], after)
    return facts


def now() -> str:
    """This moment, as ledgers have it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer:
    """Writes changes of one locale; whoever has read something else is told so."""

    def __init__(self, desk: Desk, me: Person) -> None:
        self.desk = desk
        self.me = me

    def matches(self, row: Row, etag: str) -> bool:
        """Whether a segment is still as a person saw it."""
        return etag_of(row.entry, self.desk.shelf.ledger.last(row.hash)) == etag

    def write(self, changes: Sequence[Change]) -> None:
        """Write changes, one file for each catalog and the ledger, all complete before the first takes its name.

        Call it under `alone`, after `touch` of every catalog. Raises ReviewError where a file was changed meanwhile or
        the result would not be what is meant; then nothing was written.
        """
        desk, at = self.desk, now()
        by_catalog: dict[str, dict[str, Entry]] = {}
        lines: list[str] = []
        for change in changes:
            if change.entry != change.row.entry:
                by_catalog.setdefault(change.row.ref.catalog, {})[change.row.ref.id] = change.entry
            lines += self._lines(change, at)
        try:
            with Writes() as writes:
                done = []
                for name, entries in by_catalog.items():
                    catalog = desk.shelf.catalogs[name]
                    edited = catalog.edited(entries)
                    writes.add(catalog.path, edited.data)
                    done.append((catalog, edited))
                desk.shelf.ledger.append(lines, writes)
                for catalog, _ in done:  # as `Writes` does with hashes, which take longer than all else of a save
                    if catalog.path.read_bytes() != catalog.data:
                        message = "was changed by another program just now; nothing was written"
                        raise DataError.single(catalog.shown, 0, message)
                writes.commit()
        except DataError as error:
            raise ReviewError("changed", str(error), "what you typed is kept; look at the segment again") from None
        for catalog, edited in done:
            catalog.wrote(edited)
        for change in changes:
            if change.entry != change.row.entry:
                desk.wrote(change.row, change.entry)
        for name in {change.row.ref.catalog for change in changes}:
            desk.touch(name)

    def _lines(self, change: Change, at: str) -> Iterable[str]:
        for number, line in enumerate(change.lines):
            facts = dict(change.facts or facts_of(change.row, change.entry))
            if number:  # time and errors belong to one line only
                facts = {key: value for key, value in facts.items() if key not in {"seconds", "mqm", "distance"}}
            entry = change.row.entry if line.old else change.entry
            yield ledger_line(entry, line.action, by=line.by or self.me.shown, at=at, note=change.note, extra=facts)
