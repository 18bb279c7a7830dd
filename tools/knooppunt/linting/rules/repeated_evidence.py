"""The same evidence twice in one list.

Why:
    Two lines look like two proofs and are one.

Bad:
    # The same source and commit.
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab, date: 2021-03-04}
      - {source: acme-agent/README.md, commit: 3f9d2ab, date: 2021-03-04}  <--

    # Only the notes differ.
    evidence:
      - {source: acme-docs/limits.md, version: v2.1.0, note: First listed.}
      - {source: acme-agent/README.md, commit: 3f9d2ab}
      - {source: acme-docs/limits.md, version: v2.1.0, note: Still there.}  <--

    # In the list of a variant.
    variants:
      v1:
        status: active
        evidence:
          - {source: acme-docs/limits.md, version: v2.1.0}
          - {source: acme-docs/limits.md, version: v2.1.0}  <--

Good:
    # The same file at two commits.
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab, date: 2021-03-04}
      - {source: acme-agent/README.md, commit: 77aa013, date: 2023-05-06}

    # Two places of one file.
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab, match: host aliases}
      - {source: acme-agent/README.md, commit: 3f9d2ab, match: names of hosts}

    # The record and a variant of it may share a source.
    variants:
      v1:
        status: active
        evidence:
          - {source: acme-docs/limits.md, version: v2.1.0}
    evidence:
      - {source: acme-docs/limits.md, version: v2.1.0}

Fix:
    Remove one of the two, or say in which place or version the other one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR205"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
KEYS: Final = ("source", "commit", "version", "date", "url", "match")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Evidence that is equal but for its note to an earlier one of the same list."""
    seen: set[tuple[str, ...]] = set()
    for pointer, evidence in item.evidence:
        place = (pointer.rpartition("[")[0], *(str(evidence.get(key)) for key in KEYS))
        if not place[0].startswith("disputed") and place in seen:
            yield item.finding(pointer, f"'{evidence.get('source')}' is listed twice; remove one, or tell them apart")
        seen.add(place)
