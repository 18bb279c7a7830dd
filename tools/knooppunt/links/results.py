"""Findings on links as reports take them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.checking.results import in_order
from knooppunt.links.model import Counts
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.checking import Found


@dataclass(frozen=True)
class LinkResults:
    """What is wrong, sorted by place, and what was mended."""

    found: Sequence[Found] = ()
    fixed: Sequence[Found] = ()
    counts: Counts = field(default_factory=Counts)
    known: int = 0
    """Findings that the baseline has, which are not among `found`."""

    @property
    def failures(self) -> int:
        """Errors and warnings that are left."""
        return sum(item.finding.severity is not Severity.NOTE for item in self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Found]:
        return iter(in_order(self.found))

    def made(self) -> Iterator[Found]:
        """The fixes."""
        return iter(self.fixed)
