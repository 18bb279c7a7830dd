"""A store of values that can be made again, which keeps the ones used last and forgets the rest."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

K = TypeVar("K", bound="Hashable")
V = TypeVar("V")

LIMIT = 16_000_000
"""Weight that a store keeps, in characters of source text: a site of a thousand long pages stays whole, and one of a
hundred thousand costs no more memory than that."""


class Recent(Generic[K, V]):
    """Values by key, the least recently used forgotten as soon as their weight is more than the limit."""

    def __init__(self, limit: int = LIMIT) -> None:
        self.limit = limit
        self._values: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self._weight = 0

    def get(self, key: K, make: Callable[[], V], weigh: Callable[[V], int]) -> V:
        """The value of a key, made where it is not there; what `make` raises is raised, and nothing kept."""
        found = self._values.get(key)
        if found is not None:
            self._values.move_to_end(key)
            return found[0]
        value = make()
        weight = max(weigh(value), 1)
        self._values[key] = (value, weight)
        self._weight += weight
        while self._weight > self.limit and len(self._values) > 1:
            _, (_, gone) = self._values.popitem(last=False)
            self._weight -= gone
        return value
