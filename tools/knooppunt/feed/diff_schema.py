"""The schema of what `knooppunt diff --format json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.changelog import CHANGES
from knooppunt.feed.comparing import LEVELS, MAJOR, MINOR, TRANSLATION
from knooppunt.feed.schema_parts import VALUES, array, nullable, whole
from knooppunt.knowledge.schema import DIALECT, ref

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.knowledge.schema import Schema

NAME = "diff"


def diff_schema(feed: FeedInput) -> Schema:
    """A comparison of two feeds."""
    change = whole(
        {
            "id": ref("id"),
            "change": {"enum": [*CHANGES, TRANSLATION]},
            "revision": {"type": ["integer", "null"], "minimum": 1, "description": "After the change."},
            "title": nullable(ref("text-value")),
            "to": array(ref("id")) | {"description": "The ids that took its place."},
            "fields": array(ref("field-change")),
            "locales": {
                "type": "object",
                "propertyNames": ref("locale"),
                "additionalProperties": {"type": "integer", "minimum": 1},
                "description": "Number of translated texts that changed, by locale.",
            },
            "problem": nullable(ref("text-value")) | {"description": "What should be mended before publication."},
        }
    )
    values = {"field": ref("text-value"), "before": nullable(ref("text-value")), "after": nullable(ref("text-value"))}
    return (
        {"$schema": DIALECT, "$id": feed.schema_url(NAME), "title": "Comparison of two feeds"}
        | whole(
            {
                "version": {"const": 1},
                "old": ref("text-value"),
                "new": ref("text-value"),
                "verdict": {"enum": list(LEVELS), "description": "What the next release has to be."},
                "problems": {"type": "integer", "minimum": 0},
                "form": array(whole({"level": {"enum": [MINOR, MAJOR]}, "what": ref("text-value")})),
                "changes": array(ref("change"), description="In the order of the ids."),
            }
        )
        | {"$defs": dict(sorted({**VALUES, "change": change, "field-change": whole(values)}.items()))}
    )
