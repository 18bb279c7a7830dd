"""Retired ids that may lead back to themselves, in time that grows with their number alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def circular(leads: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The ids on a circle, or on a way between two circles; `leads` has the targets of each retired id.

    What leads nowhere is taken away until nothing does, and likewise what nothing leads to.

    >>> sorted(circular({"a": ["b"], "b": ["a"], "c": ["a", "d"], "d": ["e"]}))
    ['a', 'b']
    """
    forwards = {name: {target for target in targets if target in leads} for name, targets in leads.items()}
    backwards: dict[str, set[str]] = defaultdict(set)
    for name, targets in forwards.items():
        for target in targets:
            backwards[target].add(name)
    left = set(leads)
    for ways, others in ((forwards, backwards), (backwards, forwards)):
        ends = [name for name in left if not ways.get(name)]
        while ends:
            name = ends.pop()
            left.discard(name)
            for other in others.pop(name, ()):
                ways[other].discard(name)
                if not ways[other]:
                    ends.append(other)
    return frozenset(left)
