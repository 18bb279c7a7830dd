"""A date that contradicts the status of its variant.

Why:
    What is active has no end, and what does not apply never began.

Bad:
    # Active, and ended.
    variants:
      v1: {status: active, since: 2021-03-04, until: 2021-03-04}  <--

    # By design for ever, and ended.
    variants:
      v1:
        status: permanent
        until: 2021-03-04  <--

    # It does not apply, since a certain day.
    variants:
      v1: {status: active}
      v2: {status: not-applicable, since: 2021-03-04}  <--

    # It does not apply, and has both dates.
    variants:
      v1: {status: active}
      v2:
        status: not-applicable
        since: 2020-03-04  <--
        until: 2021-03-04  <--

Good:
    # What is lifted has an end.
    variants:
      v1: {status: lifted, since: 2019-03-04, until: 2021-03-04}

    # What is active has a beginning at most.
    variants:
      v1: {status: active, since: 2021-03-04}

    # What does not apply has no date.
    variants:
      v1: {status: active}
      v2: {status: not-applicable}

Fix:
    Remove the date, or set the status to `lifted` or `withdrawn`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.knowledge.rules import WITHOUT_SINCE, WITHOUT_UNTIL
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR303"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Beginnings and ends that the status rules out."""
    for pointer, _, variant in item.variants:
        status = variant.get("status")
        for key, statuses in (("since", WITHOUT_SINCE), ("until", WITHOUT_UNTIL)):
            if key in variant and status in statuses:
                what = "beginning" if key == "since" else "end"
                yield item.finding(f"{pointer}.{key}", f"a variant that is {status} has no {what}; mend one of the two")
