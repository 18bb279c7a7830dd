"""The source of an entry has changed its meaning since it was translated.

Why:
    The translation says what held before.

Bad:
    source: Each group has 60 containers.
    state: stale
    target: Elke groep heeft 60 containers.

Good:
    source: Each group has 60 containers.
    state: translated
    target: Elke groep heeft 60 containers.

Fix:
    There is no fix, for a translator has to compare the old source with the new one.

Leave alone:
    - source: Each group has 60 containers.
      state: machine
      target: Elke groep heeft 60 containers.
      reason: A machine draft is fuzzy too, but it is not older than its source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "catalog"
SEVERITY: Final = Severity.WARNING


def check(entries: Sequence[Unit], language: Language) -> Iterator[Finding]:  # noqa: ARG001 (one form for all checks)
    """Stale entries."""
    for unit in entries:
        if unit.state is State.STALE:
            yield unit.finding(0, 0, "the source has changed since this was translated")
