"""Making edits of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.model import Edit


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Make edits, the last first. Of two that overlap the first by position is made, the other is left out."""
    for edit in reversed(_apart(edits)):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits in order, without those that overlap an earlier one; two insertions at one place overlap."""
    chosen: list[Edit] = []
    for edit in sorted(set(edits)):
        if chosen and (edit.start < chosen[-1].end or edit.start == chosen[-1].start):
            continue
        chosen.append(edit)
    return chosen
