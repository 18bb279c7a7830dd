"""An id that was retired and is a record again.

Why:
    Readers of the old fact are led to its successor, and programs have noted that the id is gone.
    They would take the new fact for the old one.

Bad:
    # It is retired in one file and lives in another.
    acme.agent.ipv6: {moved: acme.agent.pods}
    acme.agent.pods:
      ...
    #: file
    acme.agent.ipv6:  <--
      ...

    # The log says that it was moved.
    #: retired: acme.agent.ipv6
    acme.agent.ipv6:  <--
      ...

    # The log says so of one of two.
    #: retired: acme.agent.pods, acme.agent.nodes
    acme.agent.ipv6:
      ...
    acme.agent.pods:  <--
      ...

Good:
    # The retired id stays retired.
    #: retired: acme.agent.old
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

    # The new fact has a new id.
    #: retired: acme.agent.ipv6
    acme.agent.ipv6: {moved: acme.agent.ipv6-only}
    acme.agent.ipv6-only:
      ...

    # The log has other ids only.
    #: retired: acme.portal.ipv6
    acme.agent.ipv6:
      ...

Fix:
    Give the new fact an id of its own.
    A fact that holds again needs no new record: set the status of its variants back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR114"
SCOPE: Final = "set"
SEVERITY: Final = Severity.ERROR


def check(items: Sequence[Item], around: Around) -> Iterator[Finding]:
    """Records whose id is retired here, or was once."""
    retired = {item.id: item for item in items if item.retired}
    for item in items:
        if item.retired:
            continue
        if item.id in retired:
            origin = retired[item.id].document.at(item.id)
            yield item.finding("", f"this id is retired at {origin.path}:{origin.line}; give the fact a new id")
        elif item.id in around.retired:
            yield item.finding("", f"this id was {around.retired[item.id]}; give the fact a new id")
