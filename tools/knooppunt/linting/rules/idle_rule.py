"""A rule of a record that holds in no variant.

Why:
    `knooppunt assess` never reports it, so the rule is work that nobody profits from, or a status is wrong.

Bad:
    # The one variant is lifted.
    variants:
      v1: {status: lifted, until: 2021-03-04}
    rule: {target: manifest, cel: has(podSpec.hostAliases)}  <--

    # One withdrawn, one where the question does not arise.
    variants:
      v1: {status: withdrawn, until: 2021-03-04}
      v2: {status: not-applicable}
    rule:  <--
      target: manifest
      cel: has(podSpec.hostAliases)

    # Both are lifted.
    variants:
      v1: {status: lifted, until: 2021-03-04}
      v2: {status: lifted, until: 2022-03-04}
    evidence:
      - {source: acme-docs/changes.md, date: 2022-03-05}
    rule: {target: manifest, cel: has(podSpec.hostAliases)}  <--

Good:
    # It holds in one variant.
    variants:
      v1: {status: active}
      v2: {status: lifted, until: 2021-03-04}
    rule: {target: manifest, cel: has(podSpec.hostAliases)}

    # It holds by design.
    variants:
      v1: {status: permanent}
    rule: {target: manifest, cel: has(podSpec.hostAliases)}

    # It has ended, and has no rule.
    variants:
      v1: {status: lifted, until: 2021-03-04}

Fix:
    Remove the rule, or set the status of the variant in which it still holds.
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

CODE: Final = "KR512"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Rules of records that hold nowhere."""
    if item.mapping.get("rule") and item.statuses and all(status in NOWHERE for status in item.statuses):
        yield item.finding("rule", "the record holds in no variant, so the rule is never reported; remove it")
