"""The keys of the review page: what they are by default, and how a project changes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.yamltext import Reader, describe, join

if TYPE_CHECKING:
    from collections.abc import Mapping

REVIEW_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "save-next": ("Ctrl+Enter",),
    "approve-next": ("Ctrl+Shift+Enter",),
    "reject": ("Ctrl+Shift+X",),
    "copy-source": ("Alt+C",),
    "restore-machine": ("Alt+M",),
    "apply-fix": ("Alt+F",),
    "insert-chip": ("Alt+1\u20269",),
    "insert-term": ("Alt+Shift+1\u20269",),
    "next-finding": ("Alt+N",),
    "undo": ("Alt+Z",),
    "next": ("Alt+ArrowDown",),
    "previous": ("Alt+ArrowUp",),
    "next-open": ("Alt+J",),
    "focus-search": ("Alt+S",),
    "focus-editor": ("Alt+E",),
    "concordance": ("Alt+K",),
    "comment": ("Alt+Q",),
    "bulk": ("Alt+B",),
    "toggle-theme": (),
    "help": ("F1",),
}
"""Action -> combinations. `?` outside of a text field is help too, whatever is set here."""

_RANGES: Final = frozenset({"insert-chip", "insert-term"})
"""Actions with a combination for each of the digits 1 to 9."""
_MODIFIERS: Final = ("Ctrl", "Alt", "Shift", "Meta")
_NAMED: Final = frozenset(
    ["Enter", "Escape", "Tab", "Space", "Backspace", "Delete", "Home", "End", "PageUp", "PageDown"]
    + [f"Arrow{side}" for side in ("Up", "Down", "Left", "Right")]
    + [f"F{number}" for number in range(1, 13)]
)
_SIGN: Final = re.compile(r"[A-Z0-9!-/:-@\[-`{-~]")
_RANGE: Final = "1\u20269"
_WRITTEN_RANGE: Final = re.compile(r"1(?:\u2026|\.\.\.?|-)9")


def combination(text: str, *, digits: bool = False) -> str | None:
    """A combination in its usual form, `Ctrl+Shift+Enter`; None where it is none that a page may take.

    `digits` is whether it ends in a range of digits, `1…9`. What would keep people from typing is none: a letter or
    sign without Ctrl, Alt or Meta.

    >>> combination("shift+ctrl+enter"), combination("alt+1-9", digits=True), combination("a")
    ('Ctrl+Shift+Enter', 'Alt+1…9', None)
    """
    *modifiers, last = text.split("+") if not text.endswith("++") else [*text[:-2].split("+"), "+"]
    names = {name.casefold(): name for name in _MODIFIERS}
    held = [names.get(name.strip().casefold(), "") for name in modifiers]
    if "" in held or len(set(held)) != len(held):
        return None
    last = last.strip()
    named = next((name for name in _NAMED if name.casefold() == last.casefold()), None)
    if digits:
        key = _RANGE if _WRITTEN_RANGE.fullmatch(last) else None
    else:
        key = named or (last.upper() if _SIGN.fullmatch(last.upper()) else None)
    strong = {"Ctrl", "Alt", "Meta"}.intersection(held) or (named is not None and named.startswith("F"))
    if key is None or not strong:
        return None
    return "+".join([*(name for name in _MODIFIERS if name in held), key])


def review_keys(reader: Reader) -> dict[str, tuple[str, ...]]:
    """The keys that `review.keys` of the settings gives, others as they are by default; problems go to the reader.

    An action has one combination, a list of them, or an empty list for none. Two actions cannot have the same one.
    """
    own = reader.value.get("review")
    keys = dict(REVIEW_KEYS)
    if own is None:
        return keys
    section = Reader(own, reader.places, join(reader.pointer, "review"))
    section.known("keys")
    table = Reader(section.value.get("keys", {}), reader.places, join(section.pointer, "keys"))
    table.known(*REVIEW_KEYS)
    for action, value in table.value.items():
        items = value if isinstance(value, list) else [value]
        found = []
        for item in items:
            made = combination(item, digits=action in _RANGES) if isinstance(item, str) else None
            if made is None:
                example = "Alt+1\u20269" if action in _RANGES else "Ctrl+Shift+Enter or Alt+M"
                table.fault(action, f"{describe(item)} is no combination of keys", f"write it like {example}")
            else:
                found.append(made)
        if action in REVIEW_KEYS:
            keys[action] = tuple(dict.fromkeys(found))
    taken: dict[str, str] = {}
    for action, combinations in keys.items():
        for item in combinations:
            for single in _singles(item):
                other = taken.setdefault(single, action)
                if other != action:
                    table.fault(action, f"'{single}' is the key of '{other}' too", "give one of them another key")
                    break
    for part in (section, table):
        reader.take(part)
    return keys


def _singles(item: str) -> list[str]:
    if not item.endswith(_RANGE):
        return [item]
    return [f"{item.removesuffix(_RANGE)}{digit}" for digit in range(1, 10)]
