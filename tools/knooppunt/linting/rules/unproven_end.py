"""A variant that is lifted or withdrawn, without a date, a note or evidence that says so.

Why:
    "It works now" is the claim that readers act upon.
    It needs as much proof as the limitation did.

Bad:
    # Lifted, and nothing more.
    variants:
      v1: {status: active}
      v2: {status: lifted}  <--

    # Withdrawn, with the day on which it was published.
    variants:
      v1: {status: withdrawn, since: 2021-03-04}  <--

    # The list of evidence is empty.
    variants:
      v1:  <--
        status: lifted
        evidence: []

Good:
    # The day of the end.
    variants:
      v1: {status: lifted, until: 2021-03-04}

    # A note says how.
    variants:
      v1: {status: active}
      v2: {status: lifted, note: "In v2 the kubelet writes the entries."}

    # A source says it.
    variants:
      v1:
        status: lifted
        evidence:
          - {source: acme-docs/changes.md, version: v2.2.0}

Fix:
    Add `until`, a `note`, or `evidence` of the variant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import ENDED
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR304"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Ended variants that nothing bears out."""
    for pointer, _, variant in item.variants:
        status = variant.get("status")
        if status in ENDED and not any(variant.get(key) for key in ("until", "note", "evidence")):
            yield item.finding(pointer, f"nothing says that it is {status}; add 'until', a note or evidence")
