"""What a browser sends, read strictly: a value of the wrong type or size is one clear refusal."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from knooppunt.reviewing.bulk import Order
from knooppunt.reviewing.model import LONGEST_TEXT, SAVE, Error, Ref, ReviewError, Submission
from knooppunt.reviewing.queue import Filter
from knooppunt.reviewing.saving import spoiled

if TYPE_CHECKING:
    from collections.abc import Mapping

_ID: Final = re.compile(r"[0-9a-f]{16}")
LONGEST_NOTE: Final = 10_000
MOST_ERRORS: Final = 100
MOST_FORMS: Final = 10
MOST_SECONDS: Final = 1e9
_YES: Final = ("1", "true", "on")


def parse_body(data: bytes) -> dict[str, Any]:
    """The JSON object of a body. Raises ReviewError for anything else."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise ReviewError("invalid", "the body is not JSON") from None
    if not isinstance(value, dict):
        raise ReviewError("invalid", "the body must be a JSON object")
    return value


def text(value: Mapping[str, Any], key: str, *, default: str | None = None, most: int = LONGEST_NOTE) -> str:
    """A text of a body or an address."""
    found = value.get(key, default)
    if found is None:
        found = default
    if not isinstance(found, str):
        raise ReviewError("invalid", f"'{key}' must be text")
    if len(found) > most:
        raise ReviewError("invalid", f"'{key}' has more than {most:,} characters")
    return found


def prose(value: Mapping[str, Any], key: str, *, default: str | None = None, most: int = LONGEST_NOTE) -> str:
    """A text that is to be written or put into a translation: nothing that no file can hold."""
    found = text(value, key, default=default, most=most)
    if problems := spoiled(found.replace("\r", "\n")):
        raise ReviewError("invalid", f"'{key}': {problems[0]}")
    return found


def whole(value: Mapping[str, Any], key: str, default: int) -> int:
    """A whole number, not negative."""
    found = value.get(key, default)
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 10:
        found = int(found)
    if found is None or found == "":
        return default
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise ReviewError("invalid", f"'{key}' must be a whole number")
    return found


def ref(value: object) -> Ref:
    """Which segment is meant."""
    if not isinstance(value, dict):
        raise ReviewError("invalid", "'ref' must say locale, catalog and id")
    found = Ref(*(text(value, key, most=1000) for key in ("locale", "catalog", "id")))
    if not _ID.fullmatch(found.id):
        raise ReviewError("unknown", "there is no segment of this id")
    return found


def targets(value: Mapping[str, Any]) -> tuple[str, ...]:
    """The texts of a translation."""
    found = value.get("targets")
    if not isinstance(found, list) or not found or len(found) > MOST_FORMS:
        raise ReviewError("invalid", "'targets' must be a list of texts")
    if not all(isinstance(item, str) for item in found):
        raise ReviewError("invalid", "'targets' must be a list of texts")
    if sum(map(len, found)) > LONGEST_TEXT:
        raise ReviewError("refused", f"the text has more than {LONGEST_TEXT:,} characters", "split the segment")
    return tuple(found)


def submission(value: Mapping[str, Any], etag: str) -> Submission:
    """What a person sends to be saved."""
    errors = value.get("mqm") or []
    if not isinstance(errors, list) or len(errors) > MOST_ERRORS or not all(isinstance(item, dict) for item in errors):
        raise ReviewError("invalid", f"'mqm' must be a list of at most {MOST_ERRORS} errors")
    seconds = value.get("seconds")
    if seconds is not None and (not isinstance(seconds, int | float) or isinstance(seconds, bool)):
        raise ReviewError("invalid", "'seconds' must be a number")
    if seconds is not None and not abs(seconds) < MOST_SECONDS:
        raise ReviewError("invalid", "'seconds' must be a number of a reasonable size")
    note, comment = (None if value.get(key) is None else prose(value, key) for key in ("note", "comment"))
    return Submission(
        ref(value.get("ref")),
        etag,
        targets(value),
        text(value, "action", default=SAVE, most=40),
        seconds,
        tuple(
            Error(text(item, "category", most=60), text(item, "severity", most=60), prose(item, "note", default=""))
            for item in errors
        ),
        note or None,
        comment or None,
    )


def filter_of(value: Mapping[str, Any]) -> Filter:
    """What of the queue is asked for."""
    older = value.get("older")
    return Filter(
        article=text(value, "article", default="", most=1000),
        state=text(value, "state", default="", most=40),
        check=text(value, "check", default="", most=80),
        author=text(value, "author", default="", most=200),
        older=None if older is None or older == "" else whole(value, "older", 0),
        q=text(value, "q", default="", most=2000),
        regex=str(value.get("regex", "")).lower() in _YES,
        within=text(value, "in", default="both", most=20) or "both",
    )


def order(value: Mapping[str, Any]) -> Order:
    """What is to be done with many segments."""
    wanted = value.get("filter") or {}
    if not isinstance(wanted, dict):
        raise ReviewError("invalid", "'filter' must be an object")
    one = None if value.get("ref") is None else ref(value["ref"])
    locale = text(value, "locale", default="") or text(wanted, "locale", default="") or (one.locale if one else "")
    return Order(
        action=text(value, "action", most=40),
        locale=locale,
        filter=filter_of(wanted),
        ref=one,
        find=text(value, "find", default=""),
        replace=prose(value, "replace", default=""),
        regex=str(value.get("regex", "")).lower() in _YES,
    )
