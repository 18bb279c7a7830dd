"""The schema that authors of records follow, at an address that an editor can be pointed to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knooppunt.knowledge import record_schema

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.knowledge.schema import Schema

NAME = "records"


def authored_schema(feed: FeedInput) -> Schema:
    """The knowledge room's schema with an address; layers and variants in the order of their ids."""
    settings = replace(
        feed.settings,
        layers=dict(sorted(feed.settings.layers.items())),
        variants=dict(sorted(feed.settings.variants.items())),
    )
    schema = record_schema(settings)
    return {"$schema": schema["$schema"], "$id": feed.schema_url(NAME)} | schema
