"""Which text a preview shows: every translation that is safe, in whatever state, with one segment marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knooppunt.model import Text
from knooppunt.reviewing.sanitize import MARK
from knooppunt.translated import Policy
from knooppunt.translated.choice import FALLBACK
from knooppunt.translated.safety import added_markup

if TYPE_CHECKING:
    from knooppunt.catalogs import Catalog
    from knooppunt.model import Segment

Key = tuple[str | None, str]
"""msgctxt and msgid."""


@dataclass(frozen=True, slots=True)
class PreviewPolicy(Policy):
    """Shows every translation that is safe, in whatever state, and marks one segment."""

    marked: tuple[str | None, str] = (None, "")

    def choose(self, segment: Segment, catalog: Catalog | None) -> Text:
        """The text of a segment, and the mark behind it where it is the one."""
        entry = catalog.get(segment.context, segment.msgid) if catalog else None
        here = (segment.context, segment.msgid) == self.marked
        usable = entry is not None and entry.msgstr and added_markup(segment.msgid, entry.msgstr) is None
        if usable and entry is not None:
            return Text(entry.msgstr + MARK * here, self.locale.code, "translated")
        if here:
            return Text(segment.msgid + MARK, self.locale.code, "translated")
        return Text(segment.msgid, self.source_locale, FALLBACK)


def preview_policy(policy: Policy, marked: Key) -> PreviewPolicy:
    """A policy that shows all and marks one segment."""
    config = replace(policy.locale, publish="machine", stale="translation")
    return PreviewPolicy(config, policy.source_locale, policy.approved, marked)
