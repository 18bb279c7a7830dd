"""Which texts go into one request, and how far a budget reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.drafts.engine import Limits

Batch = tuple[str, ...]
"""Texts that go into one request."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is going to be sent."""

    batches: tuple[Batch, ...]
    too_long: tuple[str, ...] = ()
    """Texts that the engine does not take even alone."""
    over_budget: tuple[str, ...] = ()
    """Texts behind the one at which the budget ends."""

    @property
    def characters(self) -> int:
        """Characters of all texts that are sent, marks included."""
        return sum(len(text) for batch in self.batches for text in batch)


def in_batches(texts: Iterable[str], limits: Limits, budget: int | None = None) -> Plan:
    """The texts in batches, in their order, until the next one would cost more than the budget has left.

    The budget is in characters of what is sent; None for no end. Nothing behind the first text that is too dear is
    sent, so that a second run goes on where the first one ended.

    >>> from knooppunt.drafts.engine import Limits
    >>> plan = in_batches(["pod", "node", "cluster", "region"], Limits(texts=2, characters=100), budget=15)
    >>> plan.batches, plan.over_budget, plan.characters
    ((('pod', 'node'), ('cluster',)), ('region',), 14)
    """
    batches: list[list[str]] = []
    too_long: list[str] = []
    over: list[str] = []
    spent = size = 0
    for text in texts:
        if len(text) > limits.characters:
            too_long.append(text)
        elif over or (budget is not None and spent + len(text) > budget):
            over.append(text)
        else:
            spent += len(text)
            if not batches or len(batches[-1]) == limits.texts or size + len(text) > limits.characters:
                batches.append([])
                size = 0
            batches[-1].append(text)
            size += len(text)
    return Plan(tuple(map(tuple, batches)), tuple(too_long), tuple(over))
