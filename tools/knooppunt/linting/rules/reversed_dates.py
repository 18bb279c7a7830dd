"""A variant that ends before it begins.

Why:
    One of the two dates is wrong, and every program that compares them gets nonsense.

Bad:
    # The end is a year early.
    variants:
      v1: {status: lifted, since: 2021-03-04, until: 2020-03-04}  <--

    # It was taken back before it was published.
    variants:
      v1: {status: withdrawn, since: 2021-03-04, until: 2021-03-03}  <--

    # One of two variants.
    variants:
      v1: {status: lifted, since: 2019-01-01, until: 2020-01-01}
      v2:
        status: lifted
        since: 2021-01-01
        until: 2020-01-01  <--

Good:
    # A year between the two.
    variants:
      v1: {status: lifted, since: 2020-03-04, until: 2021-03-04}

    # One day.
    variants:
      v1: {status: withdrawn, since: 2021-03-03, until: 2021-03-04}

    # It ended on the day on which it began.
    variants:
      v1: {status: withdrawn, since: 2021-03-04, until: 2021-03-04}

Fix:
    Mend the wrong date; often the two have changed places.
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

CODE: Final = "KR302"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Variants whose end is before their beginning."""
    for pointer, _, variant in item.variants:
        since, until = date_of(variant.get("since")), date_of(variant.get("until"))
        if since and until and until < since:
            yield item.finding(f"{pointer}.until", f"{until} is before 'since' {since}; swap them or mend one")
