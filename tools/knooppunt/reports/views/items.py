"""What a report is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checking import Found


class Items(Protocol):
    """Findings that can be gone through more than once, and are not held in memory."""

    @property
    def failures(self) -> int:
        """Errors and warnings among them."""
        ...

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Found]: ...

    def made(self) -> Iterator[Found]:
        """Fixes that were made, or would be."""
        ...
