"""The same id in two files, or for two entries of one.

Why:
    A program that asks for the id gets one of the two facts, and nobody can say which.

Bad:
    # Two files have a record of one id.
    acme.agent.ipv6:
      ...
    #: file
    acme.agent.ipv6:  <--
      ...

    # Two files retire the same id, in two ways.
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...
    #: file
    acme.agent.old: {moved: acme.agent.pods}  <--
    acme.agent.pods:
      ...

    # Three files have it.
    acme.agent.ipv6:
      ...
    #: file
    acme.agent.ipv6:  <--
      ...
    #: file
    acme.agent.ipv6:  <--
      ...

Good:
    # Two files, two ids.
    acme.agent.ipv6:
      ...
    #: file
    acme.agent.dual-stack:
      ...

    # The same slug in two areas.
    acme.agent.ipv6:
      ...
    #: file
    acme.portal.ipv6:
      ...

    # The other file retires another id.
    acme.agent.ipv6:
      ...
    #: file
    acme.agent.ip-v6: {moved: acme.agent.ipv6}

Fix:
    Give the second fact an id of its own, or take the copy away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR104"
SCOPE: Final = "set"
SEVERITY: Final = Severity.ERROR


def check(items: Sequence[Item], around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Every entry of an id but the first; what is retired and lives too is the concern of another rule."""
    first: dict[str, Item] = {}
    for item in items:
        other = first.setdefault(item.id, item)
        if other is not item and other.retired == item.retired:
            origin = other.document.at(other.id)
            yield item.finding("", f"this id is already given at {origin.path}:{origin.line}")
