"""JSON Schemas (draft 2020-12) of what `knooppunt check --format json` prints, without `--stats` and with it."""

from __future__ import annotations

from typing import Any, Final

from knooppunt.checking import Tier
from knooppunt.model import Severity

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def _object(**properties: Any) -> dict[str, Any]:
    """An object that has all of these; keys may be added to a version, so others may be there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _optional(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


_TEXT: Final[dict[str, Any]] = {"type": "string"}
_FLAG: Final[dict[str, Any]] = {"type": "boolean"}
_COUNT: Final[dict[str, Any]] = {"type": "integer", "minimum": 0}
_PLACE: Final[dict[str, Any]] = {"type": "integer", "minimum": 1}
_AMOUNT: Final[dict[str, Any]] = {"type": "number", "minimum": 0}
_SCORE: Final[dict[str, Any]] = {"type": "number", "minimum": 0, "maximum": 100}
_CONFIDENCE: Final = _optional({"type": "number", "minimum": 0, "maximum": 1})
_TIER: Final[dict[str, Any]] = {"enum": [tier.value for tier in Tier]}
_SEVERITY: Final[dict[str, Any]] = {"enum": [severity.value for severity in Severity]}

_EDIT: Final = _object(
    start=_COUNT, end=_COUNT, old=_TEXT, new=_TEXT, tier=_TIER, confidence=_CONFIDENCE, before=_TEXT, after=_TEXT
)
_FINDING: Final = _object(
    check=_TEXT,
    severity=_SEVERITY,
    message=_TEXT,
    locale=_optional(_TEXT),
    path=_TEXT,
    line=_PLACE,
    column=_PLACE,
    pointer=_optional(_TEXT),
    fixable=_FLAG,
    tier=_TIER,
    confidence=_CONFIDENCE,
    refused=_optional(_TEXT),
    edits=_list(_EDIT),
)
REPORT: Final[dict[str, Any]] = {
    "$schema": DIALECT,
    "title": "Findings of knooppunt check, version 1",
    **_object(version={"const": 1}, findings=_list(_FINDING), fixes=_list(_FINDING)),
}

_CLASS: Final = _object(
    count=_COUNT,
    per_1000_sentences=_AMOUNT,
    severities={"type": "object", "propertyNames": _SEVERITY, "additionalProperties": _COUNT},
)
_TALLY: Final = _object(
    files=_COUNT,
    sentences=_COUNT,
    words=_COUNT,
    findings=_COUNT,
    score=_SCORE,
    classes={"type": "object", "additionalProperties": _CLASS},
)
_TYPE: Final = _object(check=_TEXT, old=_TEXT, new=_TEXT, count=_COUNT, fixes=_COUNT, confidence=_CONFIDENCE)
_FILE: Final = _object(
    path=_TEXT,
    sentences=_COUNT,
    findings=_object(before=_COUNT, after=_COUNT),
    score=_object(before=_SCORE, after=_SCORE),
)
STATS: Final[dict[str, Any]] = {
    "$schema": DIALECT,
    "title": "Figures of knooppunt check, version 1",
    **_object(
        version={"const": 1},
        weights={"type": "object", "propertyNames": _SEVERITY, "additionalProperties": _AMOUNT},
        before=_TALLY,
        after=_TALLY,
        types=_list(_TYPE),
        worst=_list(_FILE),
    ),
}
