"""The schema of the JSON Feed files: what JSON Feed 1.1 (https://jsonfeed.org/version/1.1) asks for, and our part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.changelog import CHANGES, EDITORIAL
from knooppunt.feed.news import JSON_FEED_VERSION
from knooppunt.feed.schema_parts import TRANSLATED, UNTRANSLATED, VALUES, array, whole
from knooppunt.knowledge.schema import DIALECT, ref

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.knowledge.schema import Schema

NAME = "news"


def news_schema(feed: FeedInput) -> Schema:
    """The same for the files of all languages."""
    own = whole(
        {
            "about": ref("url") | {"description": "What JSON Feed asks an extension to say of itself."},
            "id": ref("id"),
            "change": {"enum": [change for change in CHANGES if change != EDITORIAL]},
            "revision": {"type": ["integer", "null"], "minimum": 1},
            "release": {"anyOf": [ref("text-value"), {"type": "null"}]},
            "fields": array(ref("text-value"), uniqueItems=True),
            "state": {"enum": [*UNTRANSLATED, *TRANSLATED]},
        }
    )
    item = whole(
        {
            "id": ref("url") | {"description": "Of a change: it has the revision of the record."},
            "url": ref("url"),
            "title": ref("text-value"),
            "content_text": ref("text-value") | {"description": "Markdown."},
            "date_published": ref("moment"),
            "language": ref("locale"),
            "tags": array(ref("word"), minItems=1),
            "_knooppunt": ref("news-extension"),
        }
    )
    author = whole({"name": ref("text-value"), "url": ref("url")})
    return (
        {"$schema": DIALECT, "$id": feed.schema_url(NAME), "title": "Changes of meaning as JSON Feed"}
        | whole(
            {
                "version": {"const": JSON_FEED_VERSION},
                "title": ref("text-value"),
                "home_page_url": ref("url"),
                "feed_url": ref("url"),
                "language": ref("locale"),
                "authors": array(ref("news-author"), minItems=1),
                "items": array(ref("news-item"), description="Newest first."),
            }
        )
        | {
            "$defs": dict(
                sorted(
                    {
                        **VALUES,
                        "moment": {
                            "type": "string",
                            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z$",
                            "format": "date-time",
                        },
                        "news-author": author,
                        "news-extension": own,
                        "news-item": item,
                    }.items()
                )
            )
        }
    )
