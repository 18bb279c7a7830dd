"""What a memory offers for the entries of a catalog that nobody has translated yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.catalogs.edit import edit_po
from knooppunt.catalogs.suggestions import Question, suggested
from knooppunt.catalogs.wanted import gather

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.catalogs.catalog import Catalog, Key
    from knooppunt.catalogs.suggestions import Suggest
    from knooppunt.model import Entry, Segment


@dataclass(frozen=True, slots=True)
class Filled:
    """A catalog with empty entries filled."""

    text: str
    remembered: int
    """Entries that took a translation as it is."""
    suggested: int
    """Entries that hold a suggestion now."""


def fill_po(catalog: Catalog, segments: Sequence[Segment], suggest: Suggest, *, references: bool = True) -> Filled:
    """The text of a catalog with what a memory offers for its empty entries; the catalog is up to date with `segments`.

    Only entries without any text are filled: no translation, draft or earlier suggestion is touched.

    >>> from knooppunt.catalogs import Suggestion, parse_po
    >>> from knooppunt.pages import parse_page
    >>> offer = Suggestion("Stop de pod.", "Stop the pod.", "the same text in network", final=True)
    >>> catalog = parse_po('msgid "Stop the pod."\\nmsgstr ""\\n', "a.po")
    >>> filled = fill_po(catalog, parse_page("Stop the pod.\\n").segments, lambda question: offer)
    >>> filled.text.splitlines()[-1]
    'msgstr "Stop de pod."'
    """
    wanted = list(gather(segments, references=references).values())
    texts = ["", *(message.msgid for message in wanted), ""]
    changes: dict[Key, Entry | None] = {}
    remembered = 0
    for place, message in enumerate(wanted):
        entry = catalog.get(*message.key)
        if entry is None or entry.msgstr or entry.fuzzy or entry.msgid_plural is not None:
            continue
        offer = suggest(Question(message.context, message.msgid, texts[place], texts[place + 2]))
        if offer is not None:
            changes[entry.key] = suggested(message, entry, offer)
            remembered += offer.final
    text = edit_po(catalog, changes) if changes else catalog.text
    return Filled(text, remembered, len(changes) - remembered)
