"""The words that Knooppunt itself puts on a page or into the feed, in the source language.

Each has an id, which is its msgctxt in `site.po`; the text is the msgid. Braces are filled in by the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.model import Origin, Segment

if TYPE_CHECKING:
    from collections.abc import Mapping

STRINGS: Mapping[str, str] = {
    # Kinds, effects and statuses of records
    "kind.limitation": "Limitation",
    "kind.requirement": "Requirement",
    "kind.quota": "Quota",
    "kind.region": "Region",
    "kind.incompatibility": "Incompatibility",
    "effect.rejected": "Rejected",
    "effect.ignored": "Silently ignored",
    "effect.pending": "Stays pending",
    "effect.unavailable": "Unavailable",
    "effect.throttled": "Throttled",
    "effect.rounded": "Rounded",
    "effect.truncated": "Truncated",
    "status.active": "Active",
    "status.permanent": "By design",
    "status.lifted": "Lifted",
    "status.withdrawn": "Withdrawn",
    "status.not-applicable": "Not applicable",
    "status.unknown": "Unknown",
    # Parts of a record on a page
    "record.title": "Title",
    "record.kind": "Kind",
    "record.effect": "Effect",
    "record.layer": "Imposed by",
    "record.status": "Status",
    "record.variant": "Variant",
    "record.workaround": "Workaround:",
    "record.disputed": "Sources disagree:",
    "record.fields": "Fields:",
    "record.since": "since {date}",
    "record.until": "until {date}",
    "record.evidence": "Evidence:",
    "record.references": "Read more:",
    # A block of a page
    "block.stale": "The source of this passage has changed; this translation is older.",
}


def string_segments(path: str = "strings") -> tuple[Segment, ...]:
    """Each string as a segment, for extraction into `site.po`."""
    return tuple(
        Segment(text, Origin(path, 1, pointer=name), kind="string", context=name) for name, text in STRINGS.items()
    )
