"""What has changed between two versions of a catalog, entry by entry: texts, sources, and states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_state, is_translated
from knooppunt.reviewing.model import entry_id, targets_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Entry, State

NEW: Final = "new"
"""A translation of a text that the catalog did not have."""
SOURCE: Final = "source"
"""The source was reworded; the entry is that of the former wording."""
TEXT: Final = "text"
"""Another translation of the same source."""
STATE: Final = "state"
"""The same texts in another state: approved, rejected, taken, stale."""
KINDS: Final = (SOURCE, TEXT, NEW, STATE)


@dataclass(frozen=True, slots=True)
class Changed:
    """One entry that is not what it was."""

    kind: str
    """One of KINDS."""
    id: str
    entry: Entry
    """As it is now."""
    before: Entry | None
    """As it was; None where there was none."""
    state: State
    state_before: State | None

    @property
    def targets(self) -> tuple[str, ...]:
        return targets_of(self.entry)

    @property
    def targets_before(self) -> tuple[str, ...]:
        """All texts of before; none where there was no entry."""
        return () if self.before is None else targets_of(self.before)

    @property
    def source_before(self) -> str | None:
        """The former wording of the source; None where it has not changed."""
        if self.before is None or self.before.msgid == self.entry.msgid:
            return None
        return self.before.msgid

    @property
    def words(self) -> int:
        """Words of the source."""
        return max(len(self.entry.msgid.split()), 1)


@dataclass(frozen=True, slots=True)
class CatalogChange:
    """What has changed in one catalog."""

    name: str
    changed: tuple[Changed, ...] = ()
    """In the order of the catalog."""
    untranslated: int = 0
    """Texts that are new and have no translation yet."""
    gone: int = 0
    """Translations whose source is gone."""

    @property
    def empty(self) -> bool:
        """Whether nothing has changed at all."""
        return not (self.changed or self.untranslated or self.gone)


def compare_catalogs(
    name: str,
    old: Catalog | None,
    new: Catalog | None,
    approved_before: Collection[str],
    approved: Collection[str],
) -> CatalogChange:
    """What is different in a catalog; None for a side that has none. Wrapping, comments and references do not count.

    >>> from knooppunt.catalogs import parse_po
    >>> old, new = (parse_po(f'msgid "Stop"\\nmsgstr "{text}"\\n', "a.po") for text in ("Halt", "Stoppen"))
    >>> [(item.kind, item.targets_before, item.targets) for item in compare_catalogs("a", old, new, (), ()).changed]
    [('text', ('Halt',), ('Stoppen',))]
    """
    before = {} if old is None else {entry.key: entry for entry in old.active}
    now = () if new is None else new.active
    keys = {entry.key for entry in now}
    moved = set()
    changed: list[Changed] = []
    untranslated = 0
    for entry in now:
        former = before.get(entry.key)
        if former is None and entry.previous_msgid is not None:
            context = entry.previous_context if entry.previous_context is not None else entry.context
            former = before.get((context, entry.previous_msgid))
            if former is not None and former.key in keys:  # that text is still there, and has its own translation
                former = None
        if former is not None:
            moved.add(former.key)
        state = entry_state(entry, approved)
        was = None if former is None else entry_state(former, approved_before)
        kind = _kind(entry, former, state, was)
        if kind is not None:
            name_of = entry_id(entry.context, entry.msgid, entry.msgid_plural)
            changed.append(Changed(kind, name_of, entry, former, state, was))
        elif former is None:
            untranslated += 1
    gone = sum(is_translated(entry) for key, entry in before.items() if key not in keys and key not in moved)
    return CatalogChange(name, tuple(changed), untranslated, gone)


def _kind(entry: Entry, former: Entry | None, state: State, was: State | None) -> str | None:
    if former is None:
        return NEW if is_translated(entry) else None
    if former.msgid != entry.msgid or former.msgid_plural != entry.msgid_plural:
        return SOURCE
    if targets_of(former) != targets_of(entry):
        return TEXT
    return STATE if state is not was else None
