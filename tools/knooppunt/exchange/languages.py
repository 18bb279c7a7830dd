"""Language tags as tools write them: `NL_nl` and `nl-NL` are one, and `nl` may stand for either."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def normal(tag: str) -> str:
    """A tag in lower case with hyphens, to compare."""
    return tag.strip().replace("_", "-").lower()


def fits(one: str, other: str) -> bool:
    """Whether one tag is the other, or the other with more said: `nl` and `nl-BE` fit, `nl-NL` and `nl-BE` do not."""
    first, second = sorted((normal(one), normal(other)), key=len)
    return first == second or (bool(first) and second.startswith(f"{first}-"))


def nearest(tag: str, known: Iterable[str]) -> str | None:
    """The one of `known` that a tag means: the same, else the only one that fits; None where unclear."""
    tags = list(known)
    same = [item for item in tags if normal(item) == normal(tag)]
    alike = same or [item for item in tags if fits(item, tag)]
    return alike[0] if len(alike) == 1 or same else None
