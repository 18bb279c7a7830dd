"""JSON Schema (draft 2020-12) of what `knooppunt review --figures --format json` prints."""

from __future__ import annotations

from typing import Any, Final

from knooppunt.model import State
from knooppunt.reviewing.scheme import CATEGORIES, SEVERITIES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_COUNT: Final[dict[str, Any]] = {"type": "integer", "minimum": 0}
_AMOUNT: Final[dict[str, Any]] = {"type": "number", "minimum": 0}
_MAYBE: Final[dict[str, Any]] = {"type": ["number", "null"], "minimum": 0}


def _object(**properties: Any) -> dict[str, Any]:
    """An object that has all of these; keys may be added to a version, so others may be there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_BY_STATE: Final = _object(**{state.value: _COUNT for state in State})
_ACTIONS: Final = _object(edit=_COUNT, accept=_COUNT, approve=_COUNT, reject=_COUNT, restore=_COUNT)
_ERRORS: Final = _object(
    category={"enum": list(CATEGORIES)}, name=_TEXT, total=_COUNT, **dict.fromkeys(SEVERITIES, _COUNT)
)
_QUALITY: Final = _object(
    texts=_COUNT,
    words=_COUNT,
    points=_COUNT,
    per_thousand=_MAYBE,
    score={"type": ["number", "null"], "maximum": 100},
    passed={"type": ["boolean", "null"]},
    errors=_list(_ERRORS),
)
_TALLY: Final = _object(
    name=_TEXT,
    segments=_BY_STATE,
    words=_BY_STATE,
    work=_object(
        actions=_ACTIONS,
        saves=_COUNT,
        seconds=_AMOUNT,
        timed_saves=_COUNT,
        timed_words=_COUNT,
        overlong=_COUNT,
        days=_COUNT,
        words_per_hour=_MAYBE,
        words_per_day=_MAYBE,
    ),
    editing=_object(
        segments=_COUNT,
        untouched=_COUNT,
        words=_COUNT,
        word_edits=_COUNT,
        hter=_MAYBE,
        characters=_COUNT,
        character_edits=_COUNT,
        character_rate={"type": ["number", "null"], "minimum": 0, "maximum": 1},
    ),
    mqm=_object(limit=_AMOUNT, found=_QUALITY, left=_QUALITY),
)
SCHEMA: Final[dict[str, Any]] = {
    "$schema": DIALECT,
    "title": "Figures of knooppunt review, version 1",
    **_object(
        version={"const": 1},
        smallest_sample=_COUNT,
        longest_save=_AMOUNT,
        locales=_list(
            _object(
                locale=_TEXT,
                total=_TALLY,
                articles=_list(_TALLY),
                engines=_list(_TALLY),
                people=_list(_TALLY),
                days=_list(_object(day=_TEXT, saves=_COUNT, words=_COUNT, seconds=_AMOUNT)),
                unread=_COUNT,
            )
        ),
    ),
}
