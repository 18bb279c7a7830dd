"""The schema of `limitations.json`, of its translations, and of the files for a kind and a variant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.limitations import NAME
from knooppunt.feed.schema_parts import array, document_schema, nullable, text_schema, whole
from knooppunt.knowledge.rules import EFFECTS, KINDS, NEED_EFFECT, STATUSES, TARGETS
from knooppunt.knowledge.schema import ref

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.knowledge.schema import Schema


def limitations_schema(feed: FeedInput) -> Schema:
    """Strict in all that is Knooppunt's; layers and variants are any words, so that a new one breaks no consumer."""
    return document_schema(
        feed,
        NAME,
        "Records in one language",
        {
            "locale": ref("locale"),
            "source_locale": {"const": feed.source_locale},
            "records": array(ref("record"), description="In the order of their ids."),
        },
        record_definitions(feed),
    )


def record_definitions(feed: FeedInput) -> dict[str, Schema]:
    """What a record is made of, for each schema that has records in it."""
    return {
        "text": text_schema(feed.source_locale),
        "word-label": _label(ref("word")),
        "kind": _label({"enum": list(KINDS)}),
        "effect": _label({"enum": list(EFFECTS)}),
        "status": _label({"enum": list(STATUSES)}),
        "record": _record(),
        "variant": _variant(),
        "amount": whole(
            {
                "value": {"type": "number", "minimum": 0},
                "unit": ref("text"),
                "per": nullable(ref("text")),
                "adjustable": {
                    "type": ["boolean", "null"],
                    "description": "Whether the provider raises it on request; null where no source says.",
                },
            }
        ),
        "evidence": whole(
            {
                "source": ref("text-value"),
                "url": nullable(ref("url")),
                "commit": nullable(ref("text-value")),
                "version": nullable(ref("text-value")),
                "date": nullable(ref("date")),
                "note": nullable(ref("text")),
            }
        ),
        "claim": whole({"text": ref("text"), "evidence": ref("evidence")}),
        "reference": whole({"title": ref("text"), "url": ref("url")}),
        "rule": whole(
            {
                "target": {"enum": list(TARGETS), "description": "What the rule reads."},
                "cel": ref("text-value") | {"description": "An expression of CEL, true where the record applies."},
            }
        ),
    }


def _label(words: Schema) -> Schema:
    return whole({"id": words, "label": ref("text")})


def _record() -> Schema:
    return whole(
        {
            "id": ref("id") | {"description": "Stable for ever; a retired one is in redirects.json."},
            "kind": ref("kind"),
            "title": ref("text"),
            "statement": ref("text") | {"description": "Markdown, as all texts here."},
            "workaround": nullable(ref("text")),
            "layer": ref("word-label") | {"description": "Who imposes it."},
            "effect": nullable(ref("effect")) | {"description": "What happens to a workload that it applies to."},
            "subject": nullable(ref("text")) | {"description": "What it is about in the words of the product."},
            "fields": array(ref("text-value"), description="Paths in an object: spec.hostAliases."),
            "variants": array(ref("variant"), minItems=1),
            "amounts": array(ref("amount")),
            "evidence": array(ref("evidence"), minItems=1),
            "disputed": {
                "anyOf": [array(ref("claim"), minItems=2), {"type": "array", "maxItems": 0}],
                "description": "Claims of sources that contradict each other.",
            },
            "references": array(ref("reference")),
            "rule": nullable(ref("rule")) | {"description": "How a program tells whether the record applies."},
            "revision": {"type": "integer", "minimum": 1, "description": "One more with each change of meaning."},
            "modified": nullable(ref("date"))
            | {"description": "Day of the newest fact; neither an edit of a text nor a translation moves it."},
            "article": ref("text-value"),
            "url": ref("url"),
        }
    ) | {
        "if": {
            "required": ["kind"],
            "properties": {"kind": {"required": ["id"], "properties": {"id": {"enum": list(NEED_EFFECT)}}}},
        },
        "then": {"properties": {"effect": {"type": "object"}}},
    }


def _variant() -> Schema:
    return whole(
        {
            "id": ref("word"),
            "label": ref("text"),
            "status": ref("status"),
            "since": nullable(ref("date")),
            "until": nullable(ref("date")),
            "note": nullable(ref("text")),
            "evidence": array(ref("evidence")),
        }
    )
