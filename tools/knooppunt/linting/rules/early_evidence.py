"""A date of a variant that is later than all evidence.

Why:
    A source cannot prove what happened after it was written.

Bad:
    # It is said to hold since a day after the only source.
    variants:
      v1: {status: active, since: 2022-06-01}  <--
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab, date: 2021-03-04}

    # It was lifted after the newest source.
    variants:
      v1: {status: lifted, since: 2021-03-04, until: 2023-01-01}  <--
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab, date: 2021-03-04}

    # The variant's own evidence is too old as well.
    variants:
      v1:
        status: withdrawn
        until: 2022-02-02  <--
        evidence:
          - {source: acme-docs/changes.md, date: 2022-01-31}
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab, date: 2021-03-04}

Good:
    # The day is that of the source.
    variants:
      v1: {status: active, since: 2021-03-04}
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab, date: 2021-03-04}

    # The evidence of the variant is newer.
    variants:
      v1:
        status: lifted
        until: 2022-02-02
        evidence:
          - {source: acme-docs/changes.md, date: 2022-02-03}
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab, date: 2021-03-04}

    # A source without a date may be of any day.
    variants:
      v1: {status: active, since: 2022-06-01}
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab}

Fix:
    Add the source that tells of the change, with its date.
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

CODE: Final = "KR203"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Days of variants after the newest evidence, where all evidence has a date."""
    for pointer, _, variant in item.variants:
        near = [entry for where, entry in item.evidence if not where.startswith("variants.") or f"{pointer}." in where]
        days = [date_of(entry.get("date")) for entry in near]
        known = [day for day in days if day]
        if not known or len(known) < len(days):
            continue
        for key in ("since", "until"):
            day = date_of(variant.get(key))
            if day and day > max(known):
                yield item.finding(f"{pointer}.{key}", f"{day} is after the newest evidence, of {max(known)}")
