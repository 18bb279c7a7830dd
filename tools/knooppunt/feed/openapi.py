"""`openapi.json`: the feed as an API, in OpenAPI 3.1, whose schemas are the feed's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed import changes, index, limitations, news_schema, record, redirects
from knooppunt.feed.index import ATOM, JSON, JSON_FEED
from knooppunt.feed.input import FOLDER, SCHEMA_VERSION
from knooppunt.feed.limitations import variants_of
from knooppunt.knowledge.rules import ID_PATTERN, KINDS

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json

PATH = "openapi.json"


def openapi_document(feed: FeedInput) -> Json:
    """Every kind of file as a path with its parameters; hosts of static files answer with ETag and 304."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{feed.project}: feed of records",
            "version": SCHEMA_VERSION,
            "description": "Static files: every answer is the same for everybody until the next build.",
        },
        "servers": [{"url": f"{feed.root}{FOLDER}"}],
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": _paths(),
        "components": {
            "parameters": {
                "locale": _parameter("locale", "A language of the feed.", {"enum": list(feed.locales)}),
                "kind": _parameter("kind", "What a record states.", {"enum": list(KINDS)}),
                "variant": _parameter("variant", "A variant of the product.", _words(variants_of(feed))),
                "id": _parameter("id", "Id of a record, or a retired one.", {"type": "string", "pattern": ID_PATTERN}),
            },
            "headers": {
                "ETag": {
                    "description": "Give it back as If-None-Match; the host answers 304 while nothing has changed.",
                    "schema": {"type": "string"},
                }
            },
            "responses": {
                "NotModified": {"description": "Nothing has changed since the ETag that was given."},
                "NotFound": {"description": "There is no such file."},
            },
        },
    }


def _paths() -> Json:
    paths = {
        "/index.json": _path("getIndex", "All other files with their hashes", index.NAME),
        "/redirects.json": _path("getRedirects", "Retired ids", redirects.NAME),
        "/changes.json": _path("getChanges", "What happened to each id", changes.NAME),
    }
    families = (
        ("limitations", "Records", "All records", limitations.NAME, JSON, ()),
        ("records/{id}", "Record", "What stands for one id", record.NAME, JSON, ("id",)),
        ("kinds/{kind}", "Kind", "The records of a kind", limitations.NAME, JSON, ("kind",)),
        ("variants/{variant}", "Variant", "The records of a variant", limitations.NAME, JSON, ("variant",)),
        ("news", "News", "Changes of meaning as JSON Feed", news_schema.NAME, JSON_FEED, ()),
        ("news", "Atom", "Changes of meaning as Atom", None, ATOM, ()),
    )
    for stem, name, what, schema, media, parameters in families:
        ending = "atom" if media == ATOM else "json"
        paths[f"/{stem}.{ending}"] = _path(
            f"get{name}", f"{what}, in the language of the source", schema, media, parameters
        )
        paths[f"/{stem}.{{locale}}.{ending}"] = _path(
            f"get{name}InLocale", f"{what}, in one language", schema, media, (*parameters, "locale")
        )
    return paths


def _path(
    operation: str, summary: str, schema: str | None, media: str = JSON, parameters: tuple[str, ...] = ()
) -> Json:
    body: Json = {"$ref": f"schemas/{schema}.schema.json"} if schema else {"type": "string"}
    answers = {
        "200": {
            "description": summary,
            "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
            "content": {media: {"schema": body}},
        },
        "304": {"$ref": "#/components/responses/NotModified"},
    }
    if parameters:
        answers["404"] = {"$ref": "#/components/responses/NotFound"}
    whole: Json = {"get": {"operationId": operation, "summary": summary, "responses": answers}}
    if parameters:
        whole["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in parameters]
    return whole


def _parameter(name: str, description: str, schema: Json) -> Json:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


def _words(names: tuple[str, ...]) -> Json:
    return {"enum": list(names)} if names else {"type": "string"}
