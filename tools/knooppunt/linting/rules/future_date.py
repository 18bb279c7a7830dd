"""A date that has not come yet.

Why:
    It is a typing error, or it announces what may not happen.

Bad:
    # The year is wrong.
    #: today: 2023-01-01
    variants:
      v1: {status: active, since: 2032-03-04}  <--

    # An announced end.
    #: today: 2023-01-01
    variants:
      v1: {status: lifted, until: 2023-06-30, note: The vendor has announced it.}  <--

    # Evidence of tomorrow.
    #: today: 2023-01-01
    evidence:
      - {source: acme-agent/README.md, date: 2023-01-02}  <--

Good:
    # A day of the past.
    #: today: 2023-01-01
    variants:
      v1: {status: active, since: 2021-03-04}

    # Today.
    #: today: 2023-01-01
    evidence:
      - {source: acme-agent/README.md, date: 2023-01-01}

    # An announcement in words, until the day comes.
    #: today: 2023-01-01
    variants:
      v1: {status: active, note: The vendor announces the end for June 2023.}

Fix:
    Mend the date, or wait with it and say in a note what is announced.
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

CODE: Final = "KR208"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Days after today."""
    for pointer, value in item.dates:
        day = date_of(value)
        if day and day > around.today:
            yield item.finding(pointer, f"{day} has not come yet; mend it, or tell what is announced in a note")
