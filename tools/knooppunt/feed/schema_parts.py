"""What the feed's schemas have in common: strict objects, ids, addresses, and texts that tell their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.config import LOCALE_PATTERN
from knooppunt.feed.input import SCHEMA_VERSION
from knooppunt.feed.texts import SOURCE
from knooppunt.knowledge.rules import DATE_PATTERN, ID_PATTERN, TEXT_PATTERN, URL_PATTERN, WORD_PATTERN
from knooppunt.knowledge.schema import DIALECT, Schema, strict
from knooppunt.model import State
from knooppunt.translated import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.feed.input import FeedInput

UNTRANSLATED = (SOURCE, FALLBACK)
TRANSLATED = tuple(state.value for state in State if state is not State.UNTRANSLATED)


def document_schema(
    feed: FeedInput, name: str, title: str, properties: Mapping[str, Schema], definitions: Mapping[str, Schema]
) -> Schema:
    """The schema of one of the feed's documents; every property that it names is required."""
    head: dict[str, Schema] = {
        "$schema": {"$ref": "#/$defs/url", "description": "The schema of this document."},
        "schema_version": {"const": SCHEMA_VERSION},
        "project": {"$ref": "#/$defs/text-value", "description": "Name of the project."},
    }
    return (
        {"$schema": DIALECT, "$id": feed.schema_url(name), "title": title}
        | whole(head | dict(properties))
        | {"$defs": dict(sorted({**VALUES, **definitions}.items()))}
    )


def whole(properties: Mapping[str, Schema]) -> Schema:
    """An object that has all of these properties and no others."""
    return strict(properties, required=properties)


def array(items: Schema, **limits: object) -> Schema:
    """A list of one thing."""
    return {"type": "array", "items": items, **limits}


def nullable(schema: Schema) -> Schema:
    """This, or null where it is not known or does not apply."""
    return {"anyOf": [schema, {"type": "null"}]}


def text_schema(source_locale: str) -> Schema:
    """A text with its language, which must be that of the source exactly where the state says so."""
    return whole(
        {
            "text": {"$ref": "#/$defs/text-value"},
            "lang": {"$ref": "#/$defs/locale", "description": "Language of the text itself."},
            "state": {
                "enum": [*UNTRANSLATED, *TRANSLATED],
                "description": "'source' is the original; 'fallback' is the original for want of a translation.",
            },
        }
    ) | {
        "if": {"required": ["state"], "properties": {"state": {"enum": list(UNTRANSLATED)}}},
        "then": {"properties": {"lang": {"const": source_locale}}},
        "else": {"properties": {"lang": {"not": {"const": source_locale}}}},
    }


VALUES: Mapping[str, Schema] = {
    "date": {"type": "string", "pattern": DATE_PATTERN, "format": "date"},
    "id": {"type": "string", "pattern": ID_PATTERN},
    "locale": {"type": "string", "pattern": LOCALE_PATTERN.pattern, "description": "A BCP 47 tag."},
    "text-value": {"type": "string", "pattern": TEXT_PATTERN},
    "url": {"type": "string", "pattern": URL_PATTERN, "format": "uri"},
    "word": {"type": "string", "pattern": WORD_PATTERN},
}
