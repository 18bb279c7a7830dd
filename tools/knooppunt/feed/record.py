"""`records/<id>.json` and `records/<id>.<locale>.json`: what stands for one id today, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.input import SCHEMA_VERSION
from knooppunt.feed.limitations_schema import record_definitions
from knooppunt.feed.redirects_schema import redirect_schema
from knooppunt.feed.schema_parts import array, document_schema, nullable
from knooppunt.knowledge.schema import ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json
    from knooppunt.knowledge.schema import Schema

NAME = "record"


def record_document(feed: FeedInput, locale: str, name: str, redirect: Json | None, records: Sequence[Json]) -> Json:
    """The record of an id; for a retired id, how it was retired and the records that took its place."""
    return {
        "$schema": feed.schema_url(NAME),
        "schema_version": SCHEMA_VERSION,
        "project": feed.project,
        "locale": locale,
        "source_locale": feed.source_locale,
        "id": name,
        "redirect": redirect,
        "records": list(records),
    }


def record_schema(feed: FeedInput) -> Schema:
    """One shape for an id in use and for a retired one."""
    return document_schema(
        feed,
        NAME,
        "What stands for one id",
        {
            "locale": ref("locale"),
            "source_locale": {"const": feed.source_locale},
            "id": ref("id") | {"description": "The id that was asked for."},
            "redirect": nullable(ref("redirect")) | {"description": "How the id was retired; null while it is in use."},
            "records": array(ref("record"), minItems=1)
            | {"description": "The record itself, or those that stand for a retired id today."},
        },
        record_definitions(feed) | {"redirect": redirect_schema()},
    )
