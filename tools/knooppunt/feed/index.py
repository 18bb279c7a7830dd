"""`index.json`: which files the feed has, and how to tell whether one has changed."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.feed.input import FOLDER, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json

NAME = "index"
PATH = f"{FOLDER}/{NAME}.json"
PATH_PATTERN = f"^{FOLDER}/([a-z]+/)?[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+$"
"""What the path of a file looks like: none leads out of the feed."""
JSON = "application/json"
JSON_SCHEMA = "application/schema+json"
JSON_FEED = "application/feed+json"
ATOM = "application/atom+xml"
OPENAPI = "application/vnd.oai.openapi+json"
TYPES = "application/typescript"
MEDIA_TYPES = (JSON, JSON_SCHEMA, JSON_FEED, ATOM, OPENAPI, TYPES)


@dataclass(frozen=True, slots=True)
class File:
    """A file of the feed, and what the index tells of it."""

    data: bytes
    media_type: str = JSON
    locale: str | None = None
    """The language that it is in; None where it is the same for all."""
    schema: str | None = None
    """Name of the schema that it follows; None for what has none."""


def index_document(feed: FeedInput, files: Mapping[str, File]) -> Json:
    """The index of all other files, by path relative to the root of the site."""
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
                "sha256": hashlib.sha256(file.data).hexdigest(),
                "size": len(file.data),
                "media_type": file.media_type,
                "locale": file.locale,
                "schema": feed.schema_url(file.schema) if file.schema else None,
            }
            for path, file in sorted(files.items())
        ],
    }


def left_over(before: bytes, files: Collection[str]) -> list[str]:
    """Paths that an older index names and that the feed does not have any more; none where it is no index.

    >>> left_over(b'{"files": [{"path": "api/v1/records/a.b.c.json"}, {"path": "../x"}]}', ())
    ['api/v1/records/a.b.c.json']
    """
    try:
        named = [file["path"] for file in json.loads(before)["files"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [path for path in named if isinstance(path, str) and re.fullmatch(PATH_PATTERN, path) and path not in files]
