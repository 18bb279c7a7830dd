"""The schema of `redirects.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.redirects import NAME
from knooppunt.feed.schema_parts import array, document_schema, whole
from knooppunt.knowledge.schema import ref

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.knowledge.schema import Schema


def redirects_schema(feed: FeedInput) -> Schema:
    """Every retired id."""
    return document_schema(
        feed,
        NAME,
        "Retired ids",
        {"redirects": array(ref("redirect"), uniqueItems=True)},
        {"redirect": redirect_schema()},
    )


def redirect_schema() -> Schema:
    """One target for an id that has moved, two or more for one that was split."""
    return whole(
        {
            "id": ref("id"),
            "kind": {"enum": ["moved", "split"]},
            "to": array(ref("id"), uniqueItems=True),
            "records": array(ref("id"), minItems=1, uniqueItems=True)
            | {"description": "The records that stand for it today, at the end of all redirects."},
        }
    ) | {
        "if": {"required": ["kind"], "properties": {"kind": {"const": "moved"}}},
        "then": {"properties": {"to": {"minItems": 1, "maxItems": 1}}},
        "else": {"properties": {"to": {"minItems": 2}}},
    }
