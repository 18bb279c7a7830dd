"""Every engine, found by name: the file `deepl.py` is the engine `deepl`."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from knooppunt.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knooppunt.drafts.engine import Engine, Setup


@dataclass(frozen=True, slots=True)
class EngineKind:
    """An engine as its file describes it."""

    name: str
    variable: str
    """Environment variable that holds the key of the account; empty for an engine without keys."""
    key_needed: bool
    address: Callable[[str], str]
    """Where it is by default, for a key."""
    make: Callable[[Setup], Engine]
    summary: str
    """First line of its documentation."""


@cache
def engine_kinds() -> Mapping[str, EngineKind]:
    """All engines by name, sorted. A module of this package is an engine if it has a function `make`."""
    package = importlib.import_module("knooppunt.drafts")
    found = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"knooppunt.drafts.{info.name}")
        if hasattr(module, "make"):
            summary = (module.__doc__ or "").partition("\n")[0]
            found[info.name] = EngineKind(
                info.name, module.VARIABLE, module.KEY_NEEDED, module.address, module.make, summary
            )
    return found


def engine_kind(name: str) -> EngineKind:
    """The engine of this name. Raises UsageError where there is none."""
    kinds = engine_kinds()
    if name not in kinds:
        raise UsageError(f"there is no engine '{name}'; there are {', '.join(kinds)}")
    return kinds[name]
