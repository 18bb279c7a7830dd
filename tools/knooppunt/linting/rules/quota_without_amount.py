"""A quota without an amount.

Why:
    A program that checks a plan against the quota needs the number and its unit.

Bad:
    # The number is in the text only. <--
    kind: quota
    statement: A pod mounts at most 20 volumes.

    # The list is empty.
    kind: quota
    statement: A pod mounts at most 20 volumes.
    amounts: []  <--

    # The number is in the title only. <--
    kind: quota
    title: 20 volumes per pod

Good:
    # The number for programs, the sentence for readers.
    kind: quota
    statement: A pod mounts at most 20 volumes.
    amounts:
      - {value: 20, unit: volumes, per: pod}

    # Two amounts.
    kind: quota
    statement: A pod has at most 4 cores and 16 GB.
    amounts:
      - {value: 4, unit: cores}
      - {value: 16, unit: GB}

    # No number is published, as the text says by having none.
    kind: quota
    statement: The quotas of the provider hold for these pods too.

Fix:
    Add `amounts` with the value and the unit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import prose
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR607"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
_DIGIT: Final = re.compile(r"\d")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Quotas whose title or statement has a number that no amount has."""
    told = prose(f"{item.text('title')} {item.text('statement')}")
    if item.mapping.get("kind") == "quota" and not item.mapping.get("amounts") and _DIGIT.search(told):
        yield item.finding("amounts", "the text has a number; add it as an amount: {value: 60, unit: containers}")
