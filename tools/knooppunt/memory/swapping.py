"""Numbers, code and links of one text, put into the translation of another that differs in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from knooppunt.memory.normal import Normal, normal_form, placeables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.memory.normal import Placeable


@dataclass(frozen=True, slots=True)
class Swapped:
    """A translation with placeables exchanged."""

    text: str
    swaps: tuple[tuple[str, str], ...] = ()
    """What was taken out, and what was put in."""
    left: tuple[tuple[str, str], ...] = ()
    """What differs between the two sources and could not be exchanged: theirs, ours."""


def swap(wanted: Normal, source: str, target: str) -> Swapped:
    """The translation `target` of `source`, with the placeables of `wanted` in it.

    Placeables of the two sources belong together where the rest of the texts does. One is exchanged if the
    translation has it as it stands in the source, and if it is not to become two different things.
    """
    found = normal_form(source)
    changes: dict[tuple[str, str], str] = {}
    unclear: dict[tuple[str, str], str] = {}
    for old, new in _pairs(found, wanted):
        if changes.setdefault((old.kind, old.value), new.value) != new.value:
            unclear[old.kind, old.value] = new.value
    paired = Counter((old.kind, old.value) for old, _ in _pairs(found, wanted))
    every = Counter((item.kind, item.value) for item in found.placeables)
    present = {(item.kind, item.value) for item in placeables(target)}
    swaps: dict[tuple[str, str], str] = {}
    left = []
    for key, value in changes.items():
        if key[1] == value and key not in unclear:
            continue
        if key in present and key not in unclear and paired[key] == every[key]:
            swaps[key] = value
        elif (key[0], value) not in present or key in unclear:
            left.append((key[1], unclear.get(key, value)))
    return Swapped(_exchanged(target, swaps), tuple((old, new) for (_, old), new in swaps.items()), tuple(left))


def _pairs(first: Normal, second: Normal) -> Iterator[tuple[Placeable, Placeable]]:
    """Placeables that stand at the same place of two texts."""
    if first.text == second.text:
        yield from zip(first.placeables, second.placeables, strict=True)
        return
    ours, theirs = (_numbers(item) for item in (first, second))
    for block in Indel.opcodes(first.text, second.text):
        if block.tag == "equal":
            for at in range(block.src_start, block.src_end):
                if at in ours:
                    yield ours[at], theirs[block.dest_start + at - block.src_start]


def _numbers(normal: Normal) -> Mapping[int, Placeable]:
    """Placeables by the offset of their sign in the normal form."""
    kinds = {item.kind for item in normal.placeables}
    places = [at for at, sign in enumerate(normal.text) if sign in kinds]
    return dict(zip(places, normal.placeables, strict=True))


def _exchanged(text: str, swaps: Mapping[tuple[str, str], str]) -> str:
    if not swaps:
        return text
    parts = []
    at = 0
    for item in placeables(text):
        parts += [text[at : item.start], swaps.get((item.kind, item.value), item.value)]
        at = item.end
    return "".join([*parts, text[at:]])
