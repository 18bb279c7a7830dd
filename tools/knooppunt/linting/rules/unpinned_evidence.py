"""Evidence that says neither commit nor version nor date nor address.

Why:
    Documents change.
    Without a fixed place nobody can tell whether the source ever said so.

Bad:
    # Only the name of a file.
    evidence:
      - {source: acme-docs/limits.md}  <--

    # A note tells what, but not when.
    evidence:
      - source: acme-docs/limits.md  <--
        note: First listed.

    # The evidence of a claim.
    disputed:
      - {text: The guide says 20., evidence: {source: acme-docs/limits.md}}  <--
      - {text: The program says 30., evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}

    # The evidence of a variant.
    variants:
      v1:
        status: active
        evidence:
          - {source: acme-docs/limits.md, match: host aliases}  <--

Good:
    # A commit.
    evidence:
      - {source: acme-docs/limits.md, commit: 81c04de}

    # A version of the product.
    evidence:
      - {source: acme-docs/limits.md, version: v2.1.0}

    # The day on which somebody read it.
    evidence:
      - {source: Support of Acme, date: 2022-03-01}

    # An address that stays, such as that of a report.
    evidence:
      - {source: "acme-agent#12", url: "https://tracker.example/acme-agent/12"}

Fix:
    Add the commit in which the statement stands.
    `knooppunt history` finds it in a clone of the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR202"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
PINS: Final = ("commit", "version", "date", "url")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Evidence of records, variants and claims that nothing pins down."""
    for pointer, evidence in item.evidence:
        if evidence.get("source") and not any(evidence.get(key) for key in PINS):
            yield item.finding(pointer, f"'{evidence['source']}' has no {', '.join(PINS[:-1])} or {PINS[-1]}; add one")
