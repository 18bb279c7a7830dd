"""Two records with the same title.

Why:
    Lists and tables show titles; readers cannot tell the two apart, and neither can translators.

Bad:
    # The same words.
    acme.agent.ipv6:
      title: No addresses of IPv6
      ...
    acme.portal.ipv6:
      title: No addresses of IPv6  <--
      ...

    # Capitals and markup differ.
    acme.agent.ipv6:
      title: Port forwarding does nothing
      ...
    acme.portal.ipv6:
      title: Port *forwarding* Does Nothing  <--
      ...

    # In two files.
    acme.agent.ipv6:
      title: No addresses of IPv6
      ...
    #: file
    acme.portal.ipv6:
      title: No addresses of IPv6  <--
      ...

Good:
    # The area is in the title.
    acme.agent.ipv6:
      title: No addresses of IPv6 for pods
      ...
    acme.portal.ipv6:
      title: No addresses of IPv6 in the portal
      ...

    # One title is a part of the other.
    acme.agent.ipv6:
      title: No addresses of IPv6
      ...
    acme.portal.ipv6:
      title: No addresses of IPv6 and no names
      ...

    # Another number.
    acme.agent.volumes:
      title: 20 volumes
      statement: A pod mounts 20 volumes.
      ...
    acme.agent.ports:
      title: 5 volumes
      statement: A free pod mounts 5 volumes and uses 20 ports.
      ...

Fix:
    Say in each title what is particular about the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import plain_words
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR602"
SCOPE: Final = "set"
SEVERITY: Final = Severity.WARNING


def check(items: Sequence[Item], around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Titles with the words of an earlier one."""
    first: dict[str, Item] = {}
    for item in items:
        words = plain_words(item.text("title"))
        other = first.setdefault(words, item) if words else item
        if other is not item and other.id != item.id:
            origin = other.document.at(f"{other.id}.title")
            yield item.finding(
                "title", f"'{other.id}' at {origin.path}:{origin.line} has the same title; tell them apart"
            )
