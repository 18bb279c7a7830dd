"""The whole feed, from what it is made of to its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed import index, limitations, redirects
from knooppunt.feed.index_schema import index_schema
from knooppunt.feed.input import FOLDER, schema_path
from knooppunt.feed.limitations_schema import limitations_schema
from knooppunt.feed.records_schema import NAME as RECORDS
from knooppunt.feed.records_schema import authored_schema
from knooppunt.feed.redirects_schema import redirects_schema
from knooppunt.feed.texts import render_json

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput


def render_feed(feed: FeedInput) -> dict[str, bytes]:
    """Every file of the feed by its path relative to the root of the site, in the order of the paths.

    The same input makes the same bytes, whatever the order of its mappings; nothing depends on the day.
    `limitations.json` is that of the source locale, which has one under its own name too.
    """
    files = {
        schema_path(limitations.NAME): render_json(limitations_schema(feed)),
        schema_path(redirects.NAME): render_json(redirects_schema(feed)),
        schema_path(index.NAME): render_json(index_schema(feed)),
        schema_path(RECORDS): render_json(authored_schema(feed)),
        f"{FOLDER}/{redirects.NAME}.json": render_json(redirects.redirects_document(feed)),
    }
    locales: dict[str, str] = {}
    for locale in feed.locales:
        data = render_json(limitations.limitations_document(feed, locale))
        paths = [f"{FOLDER}/{limitations.NAME}.{locale}.json"]
        if locale == feed.source_locale:
            paths.append(f"{FOLDER}/{limitations.NAME}.json")
        for path in paths:
            files[path] = data
            locales[path] = locale
    files[index.PATH] = render_json(index.index_document(feed, files, locales))
    return dict(sorted(files.items()))
