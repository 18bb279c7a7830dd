"""A variant of unknown status that has a date or evidence.

Why:
    `unknown` means that no public source says whether it holds.
    With a source or a date, something is known.

Bad:
    # A date.
    variants:
      v1: {status: active}
      v2: {status: unknown, since: 2021-03-04}  <--

    # A source.
    variants:
      v1: {status: active}
      v2:
        status: unknown  <--
        evidence:
          - {source: acme-docs/v2.md, commit: 81c04de}

    # An end.
    variants:
      v1: {status: unknown, until: 2021-03-04}  <--

Good:
    # Nothing is known.
    variants:
      v1: {status: active}
      v2: {status: unknown}

    # A note tells what was looked at.
    variants:
      v1: {status: active}
      v2: {status: unknown, note: The guide of v2 does not mention it.}

    # It is known now.
    variants:
      v1: {status: active}
      v2: {status: active, since: 2021-03-04}

Fix:
    Set the status that the source gives, or remove what says nothing about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR305"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Unknown variants that have a date or evidence."""
    for pointer, _, variant in item.variants:
        found = [key for key in ("since", "until", "evidence") if variant.get(key)]
        if variant.get("status") == "unknown" and found:
            yield item.finding(f"{pointer}.status", f"the status is unknown, yet it has {found[0]}; say what is known")
