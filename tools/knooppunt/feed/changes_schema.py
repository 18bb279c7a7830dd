"""The schema of `changes.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.changelog import CHANGES
from knooppunt.feed.changes import NAME
from knooppunt.feed.schema_parts import array, document_schema, nullable, text_schema, whole
from knooppunt.knowledge.schema import ref

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.knowledge.schema import Schema


def changes_schema(feed: FeedInput) -> Schema:
    """Values before and after are texts, whatever they are in a record."""
    change = whole(
        {
            "id": ref("id"),
            "change": ref("change-kind"),
            "date": nullable(ref("date")) | {"description": "Day of publication; null where nobody wrote it down."},
            "release": nullable(ref("text-value")) | {"description": "The release that brought it."},
            "revision": {
                "type": ["integer", "null"],
                "minimum": 1,
                "description": "Revision of the record after the change; null for a retired id.",
            },
            "title": nullable(ref("text")) | {"description": "Of the record, in the language of the source."},
            "to": array(ref("id"), uniqueItems=True) | {"description": "The ids that took its place."},
            "fields": array(ref("field-change")) | {"description": "Empty where nobody wrote them down."},
        }
    )
    field = whole(
        {
            "field": ref("text-value"),
            "before": nullable(ref("text-value")) | {"description": "Null where there was no value."},
            "after": nullable(ref("text-value")) | {"description": "Null where there is no value any more."},
        }
    )
    return document_schema(
        feed,
        NAME,
        "What happened to each id",
        {
            "source_locale": {"const": feed.source_locale},
            "changes": array(ref("change"), description="Newest first, those without a day last."),
        },
        {
            "change": change,
            "change-kind": {
                "enum": list(CHANGES),
                "description": "'withdrawn': the record says so of every variant; 'removed': the id is gone.",
            },
            "field-change": field,
            "text": text_schema(feed.source_locale),
        },
    )
