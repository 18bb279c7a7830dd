"""JSON Schema of an authored records file, for editors and for other tools.

It says all that JSON Schema can say of what `parse_records` accepts. It cannot compare dates with each other or see
how a number is spelt, so the loader refuses a little more; it never refuses less.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knooppunt.knowledge.rules import (
    DATE_PATTERN,
    EFFECTS,
    ID_PATTERN,
    KINDS,
    NEED_EFFECT,
    REQUIRED_FIELDS,
    RULE_FIELDS,
    STATUSES,
    TARGETS,
    TEXT_PATTERN,
    URL_PATTERN,
    WITHOUT_SINCE,
    WITHOUT_UNTIL,
    WORD_PATTERN,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knooppunt.config import Settings

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def record_schema(settings: Settings) -> Schema:
    """The schema of one records file as JSON Schema 2020-12, strict, with the project's layers and variants.

    It describes the file as YAML 1.2 loads it, with dates as strings.
    """
    return {
        "$schema": DIALECT,
        "title": "Records of an article",
        "description": "A mapping from id to record, or to the ids that took its place.",
        "type": "object",
        "propertyNames": {"$ref": "#/$defs/id"},
        "additionalProperties": {
            "if": {"type": "object", "anyOf": [{"required": ["moved"]}, {"required": ["split"]}]},
            "then": {"oneOf": [{"$ref": "#/$defs/moved"}, {"$ref": "#/$defs/split"}]},
            "else": {"$ref": "#/$defs/record"},
        },
        "$defs": {
            "id": {"type": "string", "pattern": ID_PATTERN},
            "text": {"type": "string", "pattern": TEXT_PATTERN},
            "date": {"type": "string", "pattern": DATE_PATTERN, "format": "date"},
            "url": {"type": "string", "pattern": URL_PATTERN, "format": "uri"},
            "moved": strict({"moved": ref("id")}, required=("moved",)),
            "split": strict(
                {"split": {"type": "array", "items": ref("id"), "minItems": 2, "uniqueItems": True}},
                required=("split",),
            ),
            "record": _record(settings),
            "variant": _variant(),
            "evidence": strict(
                {
                    "source": ref("text"),
                    "url": ref("url"),
                    "commit": ref("text"),
                    "version": ref("text"),
                    "date": ref("date"),
                    "note": ref("text"),
                    "match": ref("text")
                    | {"description": "Words of the source, or a regular expression between slashes."},
                },
                required=("source",),
            ),
            "claim": strict({"text": ref("text"), "evidence": ref("evidence")}, required=("text", "evidence")),
            "reference": strict({"title": ref("text"), "url": ref("url")}, required=("title", "url")),
            "rule": strict(
                {
                    "target": {"enum": list(TARGETS), "description": "What the rule reads."},
                    "cel": ref("text") | {"description": "An expression that is true where the record applies."},
                },
                required=RULE_FIELDS,
            ),
            "amount": strict(
                {
                    "value": {"type": "number", "minimum": 0},
                    "unit": ref("text"),
                    "per": ref("text"),
                    "adjustable": {"type": "boolean", "description": "Whether the provider raises it on request."},
                },
                required=("value", "unit"),
            ),
        },
    }


def strict(properties: Mapping[str, Schema], *, required: Iterable[str]) -> Schema:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": dict(properties),
    }


def ref(name: str) -> Schema:
    """A reference to a definition of the same schema."""
    return {"$ref": f"#/$defs/{name}"}


def words(allowed: Iterable[str]) -> Schema:
    """One of the project's words, or any word where the project names none."""
    names = list(allowed)
    return {"enum": names} if names else {"type": "string", "pattern": WORD_PATTERN}


def _record(settings: Settings) -> Schema:
    return strict(
        {
            "kind": {"enum": list(KINDS), "description": "What the record states."},
            "title": ref("text"),
            "statement": ref("text"),
            "workaround": ref("text"),
            "layer": words(settings.layers) | {"description": "Who imposes it."},
            "effect": {"enum": list(EFFECTS), "description": "What happens to a workload that it applies to."},
            "subject": ref("text"),
            "fields": {"type": "array", "items": ref("text"), "description": "Paths in an object."},
            "variants": {
                "type": "object",
                "minProperties": 1,
                "propertyNames": words(settings.variants),
                "additionalProperties": ref("variant"),
            },
            "amounts": {"type": "array", "items": ref("amount")},
            "evidence": {"type": "array", "items": ref("evidence"), "minItems": 1},
            "disputed": {
                "type": "array",
                "items": ref("claim"),
                "minItems": 2,
                "description": "Claims of sources that contradict each other.",
            },
            "references": {"type": "array", "items": ref("reference")},
            "rule": ref("rule") | {"description": "How a program tells whether the record applies."},
            "revision": {
                "type": "integer",
                "minimum": 1,
                "description": "One more with each change of meaning; an editorial change leaves it.",
            },
        },
        required=REQUIRED_FIELDS,
    ) | {
        "if": {"required": ["kind"], "properties": {"kind": {"enum": list(NEED_EFFECT)}}},
        "then": {"required": ["effect"]},
    }


def _variant() -> Schema:
    return strict(
        {
            "status": {"enum": list(STATUSES)},
            "since": ref("date"),
            "until": ref("date"),
            "note": ref("text"),
            "evidence": {"type": "array", "items": ref("evidence")},
        },
        required=("status",),
    ) | {
        "allOf": [
            {
                "if": {"required": ["status"], "properties": {"status": {"enum": list(statuses)}}},
                "then": {"not": {"required": [field]}},
            }
            for statuses, field in ((WITHOUT_SINCE, "since"), (WITHOUT_UNTIL, "until"))
        ]
    }
