"""Two records whose statements say nearly the same.

Why:
    One fact in two records is counted twice, translated twice, and mended in one of them only.

Bad:
    # One word differs.
    acme.agent.ipv6:
      statement: The agent gives every pod one address of the subnet, and never an address of IPv6.
      ...
    acme.agent.dual-stack:
      statement: The agent gives each pod one address of the subnet, and never an address of IPv6.  <--
      ...

    # Only markup differs, in another file.
    acme.agent.ipv6:
      statement: The agent never reads the field `ipFamilies` of a service.
      ...
    #: file
    acme.portal.ipv6:
      statement: The agent never reads the field **ipFamilies** of a service.  <--
      ...

    # The same sentence.
    acme.agent.ipv6:
      statement: A node has one protocol for all of its pods.
      ...
    acme.agent.dual-stack:
      statement: A node has one protocol for all of its pods.  <--
      ...

Good:
    # Another number makes another fact.
    acme.agent.volumes:
      statement: A pod mounts at most 20 volumes of the cheap kind.
      ...
    acme.agent.fast-volumes:
      statement: A pod mounts at most 40 volumes of the cheap kind.
      ...

    # Two facts about one thing.
    acme.agent.ipv6:
      statement: The agent gives every pod one address of the subnet.
      ...
    acme.agent.dual-stack:
      statement: The agent takes the address away when the pod ends.
      ...

    # Short statements are alike soon.
    acme.agent.ipv6:
      statement: Pods have none.
      ...
    acme.agent.dual-stack:
      statement: Nodes have none.
      ...

Fix:
    Keep one record, and retire the other id with `moved`.
    If the two facts differ, say in each statement what the difference is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.linting.near import near_pairs, words_of
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR601"
SCOPE: Final = "set"
SEVERITY: Final = Severity.WARNING
ALIKE: Final = 0.8
"""Jaccard similarity of the words of two statements from which on they are told to an author."""
FEWEST: Final = 5
"""Words of a statement that is compared."""
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")


def check(items: Sequence[Item], around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """The later of two statements that share most words and all numbers."""
    records = [item for item in items if item.text("statement")]
    words = [words_of(item.text("statement")) for item in records]
    compared = [found if len(found) >= FEWEST else frozenset[str]() for found in words]
    for first, second, alike in near_pairs(compared, ALIKE):
        one, two = records[first], records[second]
        if one.id == two.id or _numbers(one) != _numbers(two):
            continue
        origin = one.document.at(f"{one.id}.statement")
        message = f"says nearly the same as '{one.id}' at {origin.path}:{origin.line} ({alike:.0%} of the words)"
        yield two.finding("statement", f"{message}; keep one of them")


def _numbers(item: Item) -> list[str]:
    return sorted(_NUMBER.findall(item.text("statement")))
