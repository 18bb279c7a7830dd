"""A date that is none: an impossible day, a time of day, a month alone, another order.

Why:
    Programs sort by it and compute with it.

Bad:
    # February has no thirtieth day.
    variants:
      v1: {status: active, since: 2021-02-30}  <--

    # A month alone.
    evidence:
      - {source: acme-agent/README.md, date: "2021-03"}  <--

    # The day comes first.
    variants:
      v1: {status: lifted, until: 04-03-2021}  <--

    # A time of day.
    evidence:
      - {source: acme-agent/README.md, date: 2021-03-04T12:00:00Z}  <--

    # A year alone.
    variants:
      v1: {status: active, since: 2021}  <--

Good:
    # Year, month and day.
    variants:
      v1: {status: active, since: 2021-02-28}

    # In quotes.
    evidence:
      - {source: acme-agent/README.md, date: "2021-03-04"}

    # A leap day.
    variants:
      v1: {status: active, since: 2020-02-29}

Fix:
    Write a day such as 2019-01-15, or leave the date out and tell what is known in a note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.document import date_of
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR301"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Values in the place of a date that are none."""
    for pointer, value in item.dates:
        if date_of(value) is None:
            written = item.document.source.raw(f"{item.id}.{pointer}")
            yield item.finding(pointer, f"'{written}' is not a date; write one such as 2019-01-15")
