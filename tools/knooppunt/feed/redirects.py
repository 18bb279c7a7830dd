"""`redirects.json`: what became of ids that were retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.input import SCHEMA_VERSION
from knooppunt.knowledge import Knowledge

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json

NAME = "redirects"


def redirects_document(feed: FeedInput) -> Json:
    """Every retired id with its targets, and with the records that stand for it today, in the order of the ids."""
    records = {item.record.id: item.record for item in feed.records[feed.source_locale]}
    knowledge = Knowledge(records, feed.redirects)
    return {
        "$schema": feed.schema_url(NAME),
        "schema_version": SCHEMA_VERSION,
        "project": feed.project,
        "redirects": [
            {"id": name, "kind": redirect.kind, "to": list(redirect.to), "records": list(knowledge.resolve(name))}
            for name, redirect in sorted(feed.redirects.items())
        ],
    }
