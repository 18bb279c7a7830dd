"""A commit that is no hash of git, or a version that is one.

Why:
    Links are made from the commit.
    A name such as `main` leads to another text each week.

Bad:
    # The name of a branch.
    evidence:
      - {source: acme-agent/README.md, commit: main}  <--

    # A version.
    evidence:
      - {source: acme-agent/README.md, commit: v1.4.8}  <--

    # Too short to be found again.
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2}  <--

    # A hash where the version belongs.
    evidence:
      - {source: acme-agent/README.md, version: 3f9d2ab81c04de77aa0135f6e2b8c9d0a1b2c3d4}  <--

Good:
    # Seven signs of a hash.
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab}

    # A whole hash.
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab81c04de77aa0135f6e2b8c9d0a1b2c3d4}

    # Digits alone stand in quotes.
    evidence:
      - {source: acme-agent/README.md, commit: "0895131"}

    # A version in its place.
    evidence:
      - {source: acme-agent/README.md, version: v1.4.8}

Fix:
    Write 7 to 40 signs of the commit's hash, and versions under `version`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR207"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR
_HASH: Final = re.compile(r"[0-9a-f]{7,64}")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Commits and versions that are not written as such."""
    for pointer, evidence in item.evidence:
        commit, version = evidence.get("commit"), evidence.get("version")
        if isinstance(commit, str) and not _HASH.fullmatch(commit):
            yield item.finding(f"{pointer}.commit", f"'{commit}' is no hash of a commit; write 7 to 40 signs of it")
        if isinstance(version, str) and len(version) >= 40 and _HASH.fullmatch(version):
            yield item.finding(f"{pointer}.version", "this is the hash of a commit; write it under 'commit'")
