"""The whole feed, from what it is made of to its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed import changes, diff_schema, limitations, news_schema, openapi, record, redirects, typescript
from knooppunt.feed.changes_schema import changes_schema
from knooppunt.feed.index import ATOM, JSON_FEED, JSON_SCHEMA, OPENAPI, TYPES, File, index_document
from knooppunt.feed.index import NAME as INDEX
from knooppunt.feed.index import PATH as INDEX_PATH
from knooppunt.feed.index_schema import index_schema
from knooppunt.feed.input import FOLDER, schema_path
from knooppunt.feed.limitations_schema import limitations_schema
from knooppunt.feed.news import atom, entries, json_feed
from knooppunt.feed.records_schema import NAME as AUTHORED
from knooppunt.feed.records_schema import authored_schema
from knooppunt.feed.redirects_schema import redirects_schema
from knooppunt.feed.texts import render_json
from knooppunt.knowledge.rules import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.feed.changelog import Change
    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json

NEWS = "news"


def render_feed(feed: FeedInput) -> dict[str, bytes]:
    """Every file of the feed by its path relative to the root of the site, in the order of the paths.

    The same input makes the same bytes, whatever the order of its mappings; nothing depends on the day.
    What is in a language has its code in its name; the file of the source locale has a name without one too.
    """
    parts = _Parts(feed)
    parts.schemas()
    told = changes.all_changes(feed)
    retired = redirects.redirects_document(feed)
    parts.put(f"{redirects.NAME}.json", File(render_json(retired), schema=redirects.NAME))
    document = changes.changes_document(feed, told)
    parts.put(f"{changes.NAME}.json", File(render_json(document), schema=changes.NAME))
    parts.put(openapi.PATH, File(render_json(openapi.openapi_document(feed)), OPENAPI))
    for locale in feed.locales:
        records = limitations.locale_records(feed, locale)
        parts.records(locale, records, retired["redirects"])
        parts.news(locale, records, told)
    index = render_json(index_document(feed, parts.files))
    made = {path: file.data for path, file in parts.files.items()} | {INDEX_PATH: index}
    return dict(sorted(made.items()))


class _Parts:
    """Gathers the files of a feed."""

    def __init__(self, feed: FeedInput) -> None:
        self.feed = feed
        self.files: dict[str, File] = {}

    def put(self, path: str, file: File) -> None:
        """A file by its path below `api/v1/`."""
        self.files[f"{FOLDER}/{path}"] = file

    def schemas(self) -> None:
        """The schema of each kind of document, that of authors, and the types for TypeScript."""
        feed = self.feed
        documents = {
            "Index": (INDEX, index_schema(feed)),
            "Limitations": (limitations.NAME, limitations_schema(feed)),
            "RecordFile": (record.NAME, record.record_schema(feed)),
            "Redirects": (redirects.NAME, redirects_schema(feed)),
            "Changes": (changes.NAME, changes_schema(feed)),
            "News": (news_schema.NAME, news_schema.news_schema(feed)),
        }
        others = [(AUTHORED, authored_schema(feed)), (diff_schema.NAME, diff_schema.diff_schema(feed))]
        for name, schema in [*documents.values(), *others]:
            self.files[schema_path(name)] = File(render_json(schema), JSON_SCHEMA)
        types = typescript.declarations({name: schema for name, (_, schema) in documents.items()})
        self.put(typescript.PATH, File(types.encode("utf-8"), TYPES))

    def records(self, locale: str, records: Sequence[Json], retired: Sequence[Json]) -> None:
        """All records of a locale in one file, and a file for each kind, variant and id."""
        feed = self.feed
        self._limitations("limitations", locale, records)
        for kind in KINDS:
            self._limitations(f"kinds/{kind}", locale, limitations.of_kind(records, kind))
        for variant in limitations.variants_of(feed):
            self._limitations(f"variants/{variant}", locale, limitations.of_variant(records, variant))
        by_id = {item["id"]: item for item in records}
        for name, item in by_id.items():
            self._record(name, locale, None, [item])
        for redirect in retired:
            self._record(redirect["id"], locale, redirect, [by_id[end] for end in redirect["records"]])

    def news(self, locale: str, records: Sequence[Json], told: tuple[Change, ...]) -> None:
        """The news of a locale, in two forms."""
        feed = self.feed
        listed = list(entries(feed, locale, told, {item["id"]: item for item in records}))
        for stem in self._stems(NEWS, locale):
            document = json_feed(feed, locale, f"{stem}.json", listed)
            self.put(f"{stem}.json", File(render_json(document), JSON_FEED, locale, news_schema.NAME))
            self.put(f"{stem}.atom", File(atom(feed, locale, f"{stem}.atom", listed), ATOM, locale))

    def _limitations(self, stem: str, locale: str, records: Sequence[Json]) -> None:
        self._in_locale(stem, locale, limitations.limitations_document(self.feed, locale, records), limitations.NAME)

    def _record(self, name: str, locale: str, redirect: Json | None, records: Sequence[Json]) -> None:
        document = record.record_document(self.feed, locale, name, redirect, records)
        self._in_locale(f"records/{name}", locale, document, record.NAME)

    def _in_locale(self, stem: str, locale: str, document: Json, schema: str) -> None:
        file = File(render_json(document), locale=locale, schema=schema)
        for name in self._stems(stem, locale):
            self.put(f"{name}.json", file)

    def _stems(self, stem: str, locale: str) -> list[str]:
        own = f"{stem}.{locale}"
        return [own, stem] if locale == self.feed.source_locale else [own]
