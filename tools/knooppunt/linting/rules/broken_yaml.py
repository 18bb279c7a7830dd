"""The file is not strict YAML: wrong syntax, a key given twice, an anchor, an alias or a tag.

Why:
    Other loaders keep the last of two equal keys and say nothing.
    A fact that an author wrote is then lost.

Bad:
    # A field is given twice.
    acme.agent.ipv6:
      title: No addresses of IPv6
      title: No IPv6  <--

    # An alias copies a part of another record.
    acme.agent.ipv6:
      variants: &same {v1: {status: active}}  <--
    acme.agent.dual-stack:
      variants: *same

    # A bracket is not closed.
    acme.agent.ipv6:
      fields: [spec.ipFamilies
      kind: limitation  <--

    # A tag asks the loader for a type.
    acme.agent.ipv6:
      title: !!binary aGVsbG8=  <--

Good:
    # A sign that begins YAML of its own stands in quotes.
    title: "*Host aliases* have no effect"

    # A long text is folded.
    statement: >-
      The agent never reads `spec.hostAliases`.
      The entries do not reach the container.

    # Two entries have two ids.
    acme.agent.ipv6:
      ...
    acme.agent.dual-stack:
      ...

Fix:
    Mend the line that the message names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.document import problem_finding
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.document import Document
    from knooppunt.model import Finding

CODE: Final = "KR101"
SCOPE: Final = "file"
SEVERITY: Final = Severity.ERROR


def check(document: Document) -> Iterator[Finding]:
    """What keeps the file from being read."""
    if document.broken:
        for problem in document.problems:
            yield problem_finding(document, problem)
