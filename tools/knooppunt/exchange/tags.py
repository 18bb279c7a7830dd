"""Inline codes as they come back from a tool: which code of the source a tag stands for.

A tag is looked up by what it holds, then by its number. So a tool may renumber tags or empty them, and a person may
move and repeat them; what a tag holds is never taken from the file where the source knows better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.exchange.codes import Code, Form, split_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Tag:
    """One inline element of a file."""

    name: str
    """How messages call it: `<ph id="3">`."""
    number: str
    """Its id as the file has it."""
    form: Form
    data: str | None = None
    """What it holds; None where the format keeps that elsewhere or the tool has lost it."""


Piece = str | Tag


def as_written(pieces: Iterable[Piece]) -> str:
    """The text of a source, whose tags hold their codes; a tag that has lost its own gives nothing."""
    return "".join(piece if isinstance(piece, str) else piece.data or "" for piece in pieces)


def restored(pieces: Sequence[Piece], source: str) -> tuple[str, str]:
    """The text of a translation, and why it cannot be told (`''` where it can)."""
    codes = [part for part in split_codes(source) if isinstance(part, Code)]
    known = {code.data for code in codes}
    numbered = {(str(code.number), code.form): code.data for code in codes}
    parts = []
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
        elif piece.data is not None and piece.data in known:
            parts.append(piece.data)
        elif (piece.number, piece.form) in numbered:
            parts.append(numbered[piece.number, piece.form])
        elif piece.data:
            parts.append(piece.data)
        else:
            return "", f"has the tag {piece.name}, which its source does not have"
    return "".join(parts), ""
