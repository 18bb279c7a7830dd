"""The fields of Kubernetes' objects, by version: whether a path such as `spec.volumes[].azureFile` exists, and where.

The data is a graph: kinds lead to types, types have fields, and a field leads to a type or to nothing further. Each
field says since which version and until which one it is there, where that is not all of them. `tests/linting` has the
script that makes it out of the JSON Schemas that Kubernetes publishes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOTS: Final = ("spec", "metadata", "status", "data", "stringData", "binaryData", "rules", "type", "subsets")
"""First steps of the paths that are about an object of Kubernetes; others are about clusters or tools."""
_STEP: Final = re.compile(r"(?P<name>[A-Za-z$][A-Za-z0-9$]*)(?P<list>\[\])?(?P<keyed>\[\"[^\"\]]+\"\])?")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: `volumes[]`, `labels["app"]`."""

    name: str
    item: bool = False
    """Whether it goes on into the items of a list, or the values of a map."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The graph."""

    versions: tuple[str, ...] = ()
    """Oldest first."""
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Type of each kind, such as `Pod`."""
    types: Mapping[str, Mapping[str, list[Any]]] = field(default_factory=dict)
    """Of each type and field: the type it leads to (empty for a plain value), `list`, `map` or empty, and the numbers
    of its first and last version."""

    def versions_of(self, path: str) -> tuple[str, ...]:
        """The versions in which some kind of object has a path, oldest first; none for a path that nothing has."""
        steps = parse_path(path)
        if steps is None:
            return ()
        found: set[int] = set()
        for name in dict.fromkeys(self.kinds.values()):
            found |= self._reached(name, steps)
        return tuple(version for number, version in enumerate(self.versions) if number in found)

    def _reached(self, name: str, steps: tuple[Step, ...]) -> set[int]:
        numbers = set(range(len(self.versions)))
        for position, step in enumerate(steps):
            entry = self.types.get(name, {}).get(step.name)
            if entry is None:
                return set()
            leads, shape, first, last = entry
            numbers &= set(range(first, last + 1))
            rest = steps[position + 1 :]
            if step.item and not shape:
                return set()
            if rest and shape == "list" and not step.item:
                return set()
            if rest and shape == "map" and not step.item:
                rest = rest[1:]  # `labels.app`: a key of the map, which can be any
                if not leads:
                    return set() if rest else numbers
            name = leads
        return numbers

    def misplaced(self, path: str) -> str:
        """The path with its brackets where they belong; empty where they are right, or no path comes of it."""
        steps = parse_path(path)
        if steps is None or self._known(steps):
            return ""
        for name in dict.fromkeys(self.kinds.values()):
            better = self._mended(name, steps)
            if better is not None and self._known(better):
                return ".".join(f"{step.name}[]" if step.item else step.name for step in better)
        return ""

    def _known(self, steps: tuple[Step, ...]) -> bool:
        return any(self._reached(name, steps) for name in dict.fromkeys(self.kinds.values()))

    def _mended(self, name: str, steps: tuple[Step, ...]) -> tuple[Step, ...] | None:
        """The steps from a type on, with brackets behind the lists that they go through and nowhere else."""
        made = []
        for number, step in enumerate(steps):
            entry = self.types.get(name, {}).get(step.name)
            if entry is None:
                return None
            last = number == len(steps) - 1
            made.append(Step(step.name, entry[1] == "list" and (step.item or not last)))
            name = entry[0]
        return tuple(made)

    def names(self, path: str) -> Iterator[str]:
        """The fields that could stand in the place of a path's last step."""
        steps = parse_path(path)
        for root in self.kinds.values() if steps else ():
            name = root
            for step in (steps or ())[:-1]:
                entry = self.types.get(name, {}).get(step.name)
                name = str(entry[0]) if entry else ""
            yield from self.types.get(name, {})


def parse_path(path: str) -> tuple[Step, ...] | None:
    """The steps of a path; None where it is not written as one.

    >>> parse_path("spec.volumes[].azureFile")
    (Step(name='spec', item=False), Step(name='volumes', item=True), Step(name='azureFile', item=False))
    >>> parse_path("$.spec.volumes[0]") is None
    True
    """
    steps = []
    position = 0
    while True:
        found = _STEP.match(path, position)
        if found is None or found["name"].startswith("$"):
            return None
        steps.append(Step(found["name"], bool(found["list"] or found["keyed"])))
        position = found.end()
        if position == len(path):
            return tuple(steps)
        if path[position] != ".":
            return None
        position += 1


def parse_fields(value: Mapping[str, Any]) -> Fields:
    """The graph out of its JSON."""
    return Fields(tuple(value["versions"]), value["kinds"], value["types"])


def about_kubernetes(path: str) -> bool:
    """Whether a path is about an object of Kubernetes, by its first step."""
    return re.split(r"[.\[]", path, maxsplit=1)[0] in ROOTS


def shown(versions: Iterable[str]) -> str:
    """Versions for a message: `1.33 to 1.37`, `1.25`."""
    listed = list(versions)
    return listed[0] if len(listed) == 1 else f"{listed[0]} to {listed[-1]}" if listed else "no version"
