"""A variant of unknown status that has a date, or evidence and no note.

Why:
    `unknown` means that no public source says whether it holds.
    With a source or a date, something is known.
    A source that leaves the question open needs a note that says so.

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

    # A source was looked at, and the note tells what it leaves open.
    variants:
      v1:
        status: unknown
        note: The program reads the field, and no source says what follows.
        evidence:
          - {source: acme-agent/pods.go, commit: 3f9d2ab}

    # It is known now.
    variants:
      v1: {status: active}
      v2: {status: active, since: 2021-03-04}

Fix:
    Set the status that the source gives, or say in a note what it leaves open.
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
    """Unknown variants that have a date, or evidence that no note explains."""
    for pointer, _, variant in item.variants:
        keys = ("since", "until") if variant.get("note") else ("since", "until", "evidence")
        found = [key for key in keys if variant.get(key)]
        if variant.get("status") == "unknown" and found:
            yield item.finding(f"{pointer}.status", f"the status is unknown, yet it has {found[0]}; say what is known")
