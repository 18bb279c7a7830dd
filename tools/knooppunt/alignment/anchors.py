"""Pairs that are certain at sight: what both pages have exactly once, in the same order.

The idea is that of patience diff (Bram Cohen 2003) and of Hunt and Szymanski, "A Fast Algorithm for Computing Longest
Common Subsequences", Communications of the ACM 20(5), 1977: of all matches the longest chain in the order of both pages
is kept, which takes n log n steps. What is between two anchors is then aligned by itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from knooppunt.alignment.items import Item

_TELLING: Final = 2
"""Least number of different tokens for their set to be an anchor."""

Pair = tuple[int, int]


def candidates(source: Sequence[Item], target: Sequence[Item]) -> list[Pair]:
    """Pairs of places of items that are alike and like nothing else on the two pages, in the order of the source."""
    pairs: dict[int, int] = {}
    for name in (_key, _signature):
        first, second = _unique(source, name), _unique(target, name)
        used = set(pairs.values())
        for value, place in first.items():
            other = second.get(value)
            if other is not None and place not in pairs and other not in used:
                pairs[place] = other
    return sorted(pairs.items())


def longest_chain(pairs: Sequence[Pair]) -> list[Pair]:
    """The most pairs, out of those sorted by their first place, whose second places ascend too.

    >>> longest_chain([(0, 4), (1, 0), (2, 1), (3, 5)])
    [(1, 0), (2, 1), (3, 5)]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        at = bisect_left(tails, second)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(second)
            ends.append(number)
        else:
            tails[at] = second
            ends[at] = number
    chain: list[Pair] = []
    number = ends[-1] if ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _key(item: Item) -> str:
    return item.key


def _signature(item: Item) -> str:
    """All the tokens of a text, where they are enough to know it by."""
    if len(item.tokens) < _TELLING or item.kind == "code":
        return ""
    return f"{item.kind} {sorted(item.tokens.items())}"


def _unique(items: Iterable[Item], name: Callable[[Item], str]) -> dict[str, int]:
    """Place of each item whose name no other item has."""
    named = [name(item) for item in items]
    counts = Counter(named)
    return {value: place for place, value in enumerate(named) if value and counts[value] == 1}
