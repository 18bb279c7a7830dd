"""A record without evidence.

Why:
    A statement that nobody can look up is a rumour.

Bad:
    # The field is missing. <--
    #: without: evidence

    # The list is empty.
    evidence: []  <--

    # Only a variant has evidence; the record has none. <--
    variants:
      v1:
        status: active
        evidence:
          - {source: acme-agent/README.md, commit: 3f9d2ab}
    #: without: evidence

    # The field is there and has nothing in it.
    evidence:  <--

Good:
    # One public source.
    evidence:
      - {source: acme-docs/limits.md, version: v2.1.0}

    # Two sources, one of them for a variant.
    variants:
      v1:
        status: active
        evidence:
          - {source: acme-agent/README.md, commit: 3f9d2ab}
    evidence:
      - {source: acme-docs/limits.md, version: v2.1.0}

    # A retired id needs none.
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

Fix:
    Name the public document or file that says it, with its commit, version or date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR201"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Records whose evidence is missing or empty."""
    if item.mapping and not item.retired and not item.mapping.get("evidence"):
        yield item.finding("evidence", "there is no evidence; name a public source: {source: ..., commit: ...}")
