"""Language tags as tools write them: `NL_nl` and `nl-NL` are one, and `nl` may stand for either."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def normal(tag: str) -> str:
    """A tag in lower case with hyphens, to compare."""
    return tag.strip().replace("_", "-").lower()


def primary(tag: str) -> str:
    """The language of a tag, without script and region."""
    return normal(tag).partition("-")[0]


def nearest(tag: str, known: Iterable[str]) -> str | None:
    """The one of `known` that a tag means: the same, else the only one of the same language; None where unclear."""
    tags = list(known)
    same = [item for item in tags if normal(item) == normal(tag)]
    if same:
        return same[0]
    alike = [item for item in tags if primary(item) == primary(tag)]
    return alike[0] if len(alike) == 1 else None
