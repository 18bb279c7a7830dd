"""The schema of `index.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.index import MEDIA_TYPES, NAME, PATH_PATTERN
from knooppunt.feed.schema_parts import array, document_schema, nullable, whole
from knooppunt.knowledge.schema import ref

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.knowledge.schema import Schema


def index_schema(feed: FeedInput) -> Schema:
    """Paths that stay inside the feed, and hashes in the one form that they have."""
    file = whole(
        {
            "path": {
                "type": "string",
                "pattern": PATH_PATTERN,
                "description": "Relative to the root of the site.",
            },
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "size": {"type": "integer", "minimum": 1, "description": "In bytes."},
            "media_type": {"enum": list(MEDIA_TYPES)},
            "locale": nullable(ref("locale")) | {"description": "Null for a file that is the same in all languages."},
            "schema": nullable(ref("url")) | {"description": "The schema that the file follows, where it has one."},
        }
    )
    return document_schema(
        feed,
        NAME,
        "Files of the feed",
        {
            "url": ref("url") | {"description": "Address of the site."},
            "revision": nullable(ref("text-value")) | {"description": "Revision of the sources, where it is known."},
            "source_locale": {"const": feed.source_locale},
            "locales": array(ref("locale"), minItems=1, uniqueItems=True, contains={"const": feed.source_locale}),
            "files": array(ref("file"), minItems=1, uniqueItems=True),
        },
        {"file": file},
    )
