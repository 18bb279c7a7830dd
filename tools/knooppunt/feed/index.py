"""`index.json`: which files the feed has, and how to tell whether one has changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from knooppunt.feed.input import FOLDER, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json

NAME = "index"
PATH = f"{FOLDER}/{NAME}.json"
JSON = "application/json"
JSON_SCHEMA = "application/schema+json"


def index_document(feed: FeedInput, files: Mapping[str, bytes], locales: Mapping[str, str]) -> Json:
    """The index of all other files; `locales` names the language of those that are in one."""
    return {
        "$schema": feed.schema_url(NAME),
        "schema_version": SCHEMA_VERSION,
        "project": feed.project,
        "url": feed.root,
        "revision": feed.revision,
        "source_locale": feed.source_locale,
        "locales": list(feed.locales),
        "files": [
            {
                "path": path,
                "sha256": hashlib.sha256(data).hexdigest(),
                "size": len(data),
                "media_type": JSON_SCHEMA if path.endswith(".schema.json") else JSON,
                "locale": locales.get(path),
            }
            for path, data in sorted(files.items())
        ],
    }
