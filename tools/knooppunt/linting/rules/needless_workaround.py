"""A workaround for what has ended in every variant.

Why:
    Readers do work that nobody needs any more.

Bad:
    # The one variant is lifted.
    variants:
      v1: {status: lifted, until: 2021-03-04}
    workaround: Add a record to your DNS zone.  <--

    # One is lifted, the other one was withdrawn.
    variants:
      v1: {status: lifted, until: 2021-03-04}
      v2: {status: withdrawn, until: 2021-03-04}
    workaround: Add a record to your DNS zone.  <--

    # One is lifted, and in the other the question does not arise.
    variants:
      v1: {status: lifted, until: 2021-03-04}
      v2: {status: not-applicable}
    workaround: Add a record to your DNS zone.  <--

Good:
    # It still holds in one variant.
    variants:
      v1: {status: active}
      v2: {status: lifted, until: 2021-03-04}
    workaround: Add a record to your DNS zone.

    # Nobody knows about the other variant.
    variants:
      v1: {status: lifted, until: 2021-03-04}
      v2: {status: unknown}
    workaround: Add a record to your DNS zone.

    # It has ended and has no workaround.
    variants:
      v1: {status: lifted, until: 2021-03-04}

Fix:
    Remove the workaround, or tell users of old versions about it in the note of the variant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import NOWHERE
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR306"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Workarounds of records that hold nowhere."""
    if item.text("workaround") and item.statuses and all(status in NOWHERE for status in item.statuses):
        yield item.finding("workaround", "it holds in no variant any more; remove the workaround")
