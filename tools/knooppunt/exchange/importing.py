"""What a file that came back changes in the catalogs: worked out without a file being touched.

A unit changes the entry that its id names and nothing but its translation, its state and its translator comments.
Its stamp tells how these were when they went out, so a change here and a change there are told apart: what only one
side has changed is taken from that side, and what both have changed is refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_hash, entry_state, is_translated
from knooppunt.catalogs.quoting import shorten
from knooppunt.exchange.merging import completed_texts, lost_codes, merged_comments, settle, target_fault
from knooppunt.exchange.units import read_stamp, settled, text_hash, texts_of, unit_id, unit_stamp, with_texts
from knooppunt.model import Entry, State

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from knooppunt.catalogs import Catalog, Key
    from knooppunt.exchange.units import Returned, ReturnedFile, Stamp

_WIDTH: Final = 200


class Reason(StrEnum):
    """Why a unit is refused."""

    UNKNOWN = "unknown"
    """No entry of the catalogs has its id: the text has changed or gone since the export."""
    SOURCE = "source"
    """Its source is not the text of the entry: somebody has edited it, or the ids are mixed up."""
    TWICE = "twice"
    """The file has it twice, with different translations, states or comments."""
    TEXT = "text"
    """The translation cannot stand in a catalog: plural forms, line breaks at an end, control characters."""
    CODE = "code"
    """It has lost code, a link or other markup of its source."""
    BLANK = "blank"
    """It would blank a translation."""
    NEWER = "newer"
    """The translation has changed in the catalog since the export, and in the file too."""
    UNSURE = "unsure"
    """The file no longer says what the translation was when it went out, and it is another one than the catalog's."""


FORCEABLE = frozenset({Reason.CODE, Reason.BLANK, Reason.NEWER, Reason.UNSURE})
"""What `force` overrides; all else would damage a catalog or has no place to go."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One unit that is not taken, with both texts."""

    reason: Reason
    message: str
    """One sentence, without place and texts."""
    unit: Returned
    entry: Entry | None = None
    """The entry that it would have changed; None where there is none."""

    def lines(self, path: str) -> tuple[str, ...]:
        """The report: place and reason in the file at `path`, then the texts."""
        unit, entry = self.unit, self.entry
        name = f"{unit.catalog}: " if unit.catalog else ""
        shown = [f"{path}:{unit.line}: {name}{self.message}", f"    source:     {shorten(unit.source, _WIDTH)}"]
        if entry is not None:
            if self.reason is Reason.SOURCE:
                shown.append(f"    in catalog: {shorten(entry.msgid, _WIDTH)}")
            ours = " | ".join(shorten(text, _WIDTH) for text in texts_of(entry))
            shown.append(f"    catalog:    {ours} ({entry.origin.path}:{entry.origin.line})")
        shown.append(f"    file:       {' | '.join(shorten(text, _WIDTH) for text in unit.texts)}")
        return tuple(shown)


@dataclass(frozen=True, slots=True)
class Approval:
    """A translation that the file calls approved and the ledger does not."""

    catalog: str
    context: str | None
    hash: str
    """`entry_hash` of the entry as it is after the import."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that an import would do."""

    changes: Mapping[str, Mapping[Key, Entry]] = field(default_factory=dict)
    """New entries by the name of their catalog and their key."""
    refusals: tuple[Refusal, ...] = ()
    """In the order of the file."""
    approvals: tuple[Approval, ...] = ()
    ended: int = 0
    """Approvals that end because their translation changes."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Units by what happens to them: `changed`, `equal`, `kept` (changed in the catalog only), `gone` (the text is
    no longer there, and nobody has edited its translation) and `refused`."""

    @property
    def forceable(self) -> int:
        """Refusals that `force` would override."""
        return sum(refusal.reason in FORCEABLE for refusal in self.refusals)


def plan_import(
    catalogs: Mapping[str, Catalog],
    file: ReturnedFile,
    *,
    approved: Container[str] = frozenset(),
    force: bool = False,
    reviewed: bool = False,
) -> ImportPlan:
    """What a file changes in catalogs, given by name; `approved` is `Ledger.approved`.

    `force` takes what would blank a translation or put it over a newer one. `reviewed` takes an edited text as
    translated though the file still calls it a draft or stale, as tools do that keep no states. Nothing is raised:
    each unit that cannot be taken is a refusal.
    """
    plan = _Plan(catalogs, approved, force=force, reviewed=reviewed)
    for unit in file.units:
        plan.take(unit)
    return plan.result()


class _Plan:
    """The work on one file."""

    def __init__(
        self, catalogs: Mapping[str, Catalog], approved: Container[str], *, force: bool, reviewed: bool
    ) -> None:
        self.approved = approved
        self.force = force
        self.reviewed = reviewed
        self.entries = {
            name: {unit_id(entry): entry for entry in catalog.entries} for name, catalog in catalogs.items()
        }
        self.homes: dict[str, list[str]] = {}
        """Catalogs that have an entry of an id."""
        for name, entries in self.entries.items():
            for key in entries:
                self.homes.setdefault(key, []).append(name)
        self.seen: dict[tuple[str, str], Returned] = {}
        self.changes: dict[str, dict[Key, Entry]] = {}
        self.refusals: list[Refusal] = []
        self.approvals: list[Approval] = []
        self.counts: Counter[str] = Counter()
        self.ended = 0

    def result(self) -> ImportPlan:
        """What has been worked out."""
        return ImportPlan(
            self.changes, tuple(self.refusals), tuple(self.approvals), self.ended, dict(sorted(self.counts.items()))
        )

    def refuse(self, reason: Reason, message: str, unit: Returned, entry: Entry | None = None) -> None:
        self.counts["refused"] += 1
        self.refusals.append(Refusal(reason, message, unit, entry))

    def take(self, unit: Returned) -> None:
        """One unit of the file."""
        name, entry = self.find(unit)
        if entry is None:
            if not any(unit.texts) or _untouched(unit):
                self.counts["gone"] += 1  # nothing is lost with it
            else:
                self.refuse(Reason.UNKNOWN, self.lost(unit), unit)
            return
        first = self.seen.setdefault((name, unit.id), unit)
        if first is not unit:
            if first.texts != unit.texts or first.state != unit.state:
                self.refuse(Reason.TWICE, f"is in line {first.line} already, with another translation", unit, entry)
            elif first.comments != unit.comments:
                self.refuse(Reason.TWICE, f"is in line {first.line} already, with other comments", unit, entry)
            else:
                self.counts["equal"] += 1
            return
        if unit.source.split() != entry.msgid.split():  # tools fold white space; sorting one column is no fold
            self.refuse(
                Reason.SOURCE, "the source is not the text of the catalog; only targets may be edited", unit, entry
            )
            return
        if unit.fault:
            self.refuse(Reason.TEXT, unit.fault, unit, entry)
            return
        self.merge(name, entry, unit)

    def find(self, unit: Returned) -> tuple[str, Entry | None]:
        """The entry that a unit names, and its catalog; the only one with the id where the file has lost that."""
        name = unit.catalog
        if not name:
            homes = self.homes.get(unit.id, [])
            name = homes[0] if len(homes) == 1 else ""
        return name, self.entries.get(name, {}).get(unit.id)

    def lost(self, unit: Returned) -> str:
        if not unit.id:
            return "has no id of Knooppunt; a file of another origin can serve as a translation memory"
        if unit.catalog and unit.catalog not in self.entries:
            return f"there is no catalog '{unit.catalog}' in this locale"
        if not unit.catalog and unit.id in self.homes:
            return f"has lost its catalog, and {', '.join(self.homes[unit.id])} all have this text"
        return "the text has changed in the source or is gone since the export"

    def merge(self, name: str, entry: Entry, unit: Returned) -> None:
        """Changes of both sides since the export, brought together."""
        texts = _newlines(entry, unit)
        if len(texts) != len(texts_of(entry)):
            wanted = len(texts_of(entry))
            message = f"has {len(texts)} plural form{'s' * (len(texts) != 1)} where the catalog has {wanted}"
            self.refuse(Reason.TEXT, message, unit, entry)
            return
        base = read_stamp(unit.stamp)
        if base is None or text_hash(with_texts(entry, texts)) != base.text:
            texts = completed_texts(entry, texts)
        ours = read_stamp(unit_stamp(entry, entry_state(entry, ())))
        assert ours is not None
        new = settle(entry, texts, self.state_of(entry, texts, unit, base), unit.engine)
        taken = entry
        if (new.flags, new.previous_msgid, texts) != (entry.flags, entry.previous_msgid, texts_of(entry)):
            refused = self.decide(entry, new, unit, base, ours)
            if isinstance(refused, Refusal):
                self.counts["refused"] += 1
                self.refusals.append(refused)
                return
            taken = new if refused else entry
        comments = merged_comments(entry, taken, unit.comments, base.comments if base else "", ours.comments)
        self.keep(name, entry, taken if comments == taken.comments else _with(taken, comments), unit)

    def state_of(self, entry: Entry, texts: tuple[str, ...], unit: Returned, base: Stamp | None) -> State | None:
        """The state that a unit gives its entry; None leaves it."""
        edited = text_hash(with_texts(entry, texts)) != base.text if base else texts != texts_of(entry)
        if not edited:
            return None if base and unit.state is base.state else unit.state
        unchanged = unit.state is None or (base is not None and unit.state is base.state)
        if unit.state is None or unit.state is State.UNTRANSLATED or (self.reviewed and unchanged):
            return State.TRANSLATED
        return unit.state

    def decide(self, entry: Entry, new: Entry, unit: Returned, base: Stamp | None, ours: Stamp) -> Refusal | bool:
        """Whether a changed entry is taken."""
        texts = texts_of(new)
        same = texts == texts_of(entry)
        if base is not None:
            if text_hash(with_texts(entry, texts)) == base.text and settled(unit.state) in {None, settled(base.state)}:
                return False  # only the catalog has changed
        elif same and (unit.state not in {State.TRANSLATED, State.APPROVED}):
            return False  # the file does not say that it wants the entry reopened
        if not any(texts) and entry_state(entry, ()) is State.UNTRANSLATED:
            return False  # nobody has taken the suggestion
        if is_translated(entry) and not is_translated(new):
            if not self.force:
                return Refusal(Reason.BLANK, "would blank a translation", unit, entry)
        elif base is not None and (base.text, settled(base.state)) != (ours.text, ours.state):
            if not self.force:
                return Refusal(Reason.NEWER, "the translation has changed in the catalog since the export", unit, entry)
        elif base is None and not same and entry_state(entry, ()) is not State.UNTRANSLATED and not self.force:
            message = "another translation is in the catalog, and the file does not say which one it began with"
            return Refusal(Reason.UNSURE, message, unit, entry)
        if not same:
            fault = target_fault(entry, new)
            if fault:
                return Refusal(Reason.TEXT, fault, unit, entry)
            lost = "" if self.force else lost_codes(entry, new)
            if lost:
                return Refusal(Reason.CODE, lost, unit, entry)
        return True

    def keep(self, name: str, entry: Entry, new: Entry, unit: Returned) -> None:
        """Note an entry as it is from now on."""
        value = entry_hash(new)
        if new == entry:
            texts_kept = _newlines(entry, unit) == texts_of(entry)
            self.counts["equal" if texts_kept else "kept"] += 1
        else:
            self.counts["changed"] += 1
            self.changes.setdefault(name, {})[entry.key] = new
            if not entry.fuzzy and entry_hash(entry) in self.approved and value != entry_hash(entry):
                self.ended += 1
        wants = unit.state is State.APPROVED and not _was_approved(unit) and _newlines(entry, unit) == texts_of(new)
        if wants and value not in self.approved and entry_state(new, ()) is State.TRANSLATED:
            self.approvals.append(Approval(name, new.context, value))


def _untouched(unit: Returned) -> bool:
    """Whether a text that is gone has the translation with which it went out."""
    base = read_stamp(unit.stamp)
    contexts = [unit.context] if unit.context else [None, ""]  # a spreadsheet cannot tell one from the other
    plural = unit.plural if unit.targets else None
    entries = (Entry(unit.source, unit.texts[0], context, plural, unit.targets) for context in contexts)
    return base is not None and any(text_hash(entry) == base.text for entry in entries)


def _was_approved(unit: Returned) -> bool:
    """Whether the text was approved when it went out; a tool that leaves the state has approved nothing."""
    base = read_stamp(unit.stamp)
    return base is not None and base.state is State.APPROVED


def _with(entry: Entry, comments: tuple[str, ...]) -> Entry:
    return replace(entry, comments=comments)


def _plain(text: str) -> str:
    """A text with one kind of line break: spreadsheets and tools of Windows write another one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _newlines(entry: Entry, unit: Returned) -> tuple[str, ...]:
    """The texts of a unit with the line breaks of its entry."""
    if any("\r" in text for text in (entry.msgid, *texts_of(entry))):
        return unit.texts
    return tuple(_plain(text) for text in unit.texts)
