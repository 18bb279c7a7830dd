"""Every format, found by name: the file `xliff12.py` is the format `xliff12`.

A module of this package is a format if it has an ENDING. It says what it is in a few constants, and has
`render(outgoing)`, which gives the text of a file, and `parse(data, path)`, which takes the bytes of one.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError, UsageError
from knooppunt.exchange.xmltext import root_of
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knooppunt.exchange.units import Outgoing, ReturnedFile

ALL_STATES: Final = tuple(State)


@dataclass(frozen=True, slots=True)
class Format:
    """One file format of translation tools."""

    name: str
    """Name of its module: `xliff12`."""
    title: str
    """Name for people: `XLIFF 1.2`."""
    ending: str
    """Usual ending of its files, with the dot."""
    roots: tuple[tuple[str, str], ...]
    """Namespace and local name of each root element that its files have; empty for a format that is not XML."""
    states: tuple[State, ...]
    """States that an export holds where nobody chooses."""
    render: Callable[[Outgoing], str]
    """The text of a file; the same for the same units, on any day and machine."""
    parse: Callable[[bytes, str], ReturnedFile]
    """The units of a file, its path being for messages. Raises DataError with a line for anything that is wrong."""
    render_omegat: Callable[[Outgoing], str] | None = None
    """The same as a file that OmegaT can use, where that differs."""


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name, sorted.

    Constants of a module: TITLE, ENDING, and where they differ from these, ROOTS = () and STATES = ALL_STATES;
    `render_omegat` where it has one.
    """
    package = importlib.import_module("knooppunt.exchange")
    found = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"knooppunt.exchange.{info.name}")
        if hasattr(module, "ENDING"):
            found[info.name] = Format(
                info.name,
                module.TITLE,
                module.ENDING,
                getattr(module, "ROOTS", ()),
                getattr(module, "STATES", ALL_STATES),
                module.render,
                module.parse,
                getattr(module, "render_omegat", None),
            )
    return found


def format_named(name: str) -> Format:
    """The format of that name. Raises UsageError."""
    known = formats()
    if name not in known:
        raise UsageError(f"unknown format '{name}'; one of {', '.join(known)}")
    return known[name]


def format_of(data: bytes, path: str) -> Format:
    """The format of a file that came back: by its root element where it is XML, else by its ending.

    Raises DataError where it is XML that is broken or of no format that is known, or where neither tells.
    """
    known = formats()
    ending = f".{path.rpartition('.')[2].lower()}"
    hint = f"there are {', '.join(f'{item.title} ({item.ending})' for item in known.values())}"
    if not data.strip():
        raise DataError.single(path, 0, "is empty")
    for item in known.values():
        if item.ending == ending and not item.roots:
            return item
    root = root_of(data, path)
    for item in known.values():
        if root in item.roots:
            return item
    if root is not None:
        space = f" of {root[0]}" if root[0] else ""
        raise DataError.single(path, 1, f"<{root[1]}>{space} is the start of no format that is known", hint=hint)
    what = "is no XML" if any(item.ending == ending for item in known.values()) else "is of no format that is known"
    raise DataError.single(path, 1, what, hint=hint)
