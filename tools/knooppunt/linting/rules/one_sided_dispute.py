"""A dispute whose claims have fewer than two sources.

Why:
    One source cannot contradict itself in the same version; a reader must see who says what.

Bad:
    # Both claims name the same file at the same commit.
    disputed:  <--
      - {text: The guide says 20., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
      - {text: The guide says 30., evidence: {source: acme-docs/limits.md, commit: 81c04de}}

    # There is one claim.
    disputed:  <--
      - {text: The guide says 20., evidence: {source: acme-docs/limits.md, commit: 81c04de}}

    # Three claims, and one source for all.
    disputed:  <--
      - {text: The list says 20., evidence: {source: acme-docs/limits.md, version: v2.1.0}}
      - {text: The table says 30., evidence: {source: acme-docs/limits.md, version: v2.1.0}}
      - {text: The note says 40., evidence: {source: acme-docs/limits.md, version: v2.1.0}}

Good:
    # Two documents.
    disputed:
      - {text: The guide says 20., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
      - {text: The program says 30., evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}

    # Two places of one document, told apart by their words.
    disputed:
      - {text: The list says 20., evidence: {source: acme-docs/limits.md, commit: 81c04de, match: 20 volumes}}
      - {text: The table says 30., evidence: {source: acme-docs/limits.md, commit: 81c04de, match: 30 volumes}}

    # Two versions of one document.
    disputed:
      - {text: The guide for 2.1 says 20., evidence: {source: acme-docs/limits.md, version: v2.1.0}}
      - {text: The guide for 2.2 says 30., evidence: {source: acme-docs/limits.md, version: v2.2.0}}

Fix:
    Give each claim the source that makes it, or drop the dispute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR211"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR
KEYS: Final = ("source", "commit", "version", "date", "url", "match")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Disputes with claims of one source only."""
    sources = [claim.get("evidence") for _, claim in item.claims]
    places = {tuple(str(source.get(key)) for key in KEYS) for source in sources if isinstance(source, dict)}
    if item.claims and all(isinstance(source, dict) for source in sources) and len(places) < 2:
        yield item.finding("disputed", "a dispute needs claims of two sources, or of two versions or places of one")
