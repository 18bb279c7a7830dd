"""Which text a reader gets: the policy of a locale, applied to the state of an entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.catalogs import entry_state, machine_text
from knooppunt.model import State, Text
from knooppunt.translated.safety import added_markup

if TYPE_CHECKING:
    from collections.abc import Collection

    from knooppunt.catalogs import Catalog
    from knooppunt.config import LocaleConfig
    from knooppunt.model import Entry, Segment

FALLBACK = "fallback"


@dataclass(frozen=True, slots=True)
class Policy:
    """What one locale publishes, and of which language its fallback is."""

    locale: LocaleConfig
    source_locale: str
    approved: Collection[str] = frozenset()
    """Hashes of approved entries, from the ledger."""

    def publishes(self, state: State) -> bool:
        """Whether readers see the translation of an entry in this state."""
        if state is State.UNTRANSLATED:
            return False
        if state is State.STALE:
            return self.locale.stale == "translation" and self.locale.publish != "approved"
        if state is State.MACHINE:
            return self.locale.publish == "machine"
        return state is State.APPROVED or self.locale.publish != "approved"

    def choose(self, segment: Segment, catalog: Catalog | None) -> Text:
        """The text for one segment: the translation where the policy publishes it and it is safe, else the source."""
        entry = catalog.get(segment.context, segment.msgid) if catalog else None
        if entry is None:
            return Text(segment.msgid, self.source_locale, FALLBACK)
        state = entry_state(entry, self.approved)
        if not self.publishes(state):
            return Text(segment.msgid, self.source_locale, FALLBACK)
        shown = _shown(entry, state)
        if added_markup(segment.msgid, shown) is not None:
            return Text(segment.msgid, self.source_locale, FALLBACK)
        return Text(shown, self.locale.code, state.value)


def _shown(entry: Entry, state: State) -> str:
    if state is State.MACHINE and not entry.msgstr:
        machine = machine_text(entry)
        return machine[1] if machine else entry.msgid
    return entry.msgstr
