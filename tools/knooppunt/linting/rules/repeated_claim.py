"""Two claims of a dispute that say the same.

Why:
    Then nothing is disputed, or one of the two was copied and not changed.

Bad:
    # The same words.
    disputed:
      - {text: A pod mounts 20 volumes., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
      - {text: A pod mounts 20 volumes., evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}  <--

    # Capitals and the full stop differ.
    disputed:
      - {text: A pod mounts 20 volumes., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
      - {text: a pod mounts 20 volumes, evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}  <-- KR212 KR406

    # The third repeats the first.
    disputed:
      - {text: A pod mounts 20 volumes., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
      - {text: A pod mounts 30 volumes., evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}
      - text: A pod mounts **20** volumes.  <--
        evidence: {source: acme-docs/pods.md, commit: 81c04de}

Good:
    # Another number.
    disputed:
      - {text: A pod mounts 20 volumes., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
      - {text: A pod mounts 30 volumes., evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}

    # Yes and no.
    disputed:
      - {text: The guide says yes., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
      - {text: The guide says no., evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}

    # Each claim names who makes it.
    disputed:
      - {text: The guide forbids it., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
      - {text: The program allows it., evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}

Fix:
    Say what each source says, in its own claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import plain_words
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR212"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Claims with the words of an earlier one."""
    seen: list[str] = []
    for pointer, claim in item.claims:
        words = plain_words(str(claim.get("text", "")))
        if words and words in seen:
            yield item.finding(f"{pointer}.text", "this claim says the same as another; say what differs")
        seen.append(words)
