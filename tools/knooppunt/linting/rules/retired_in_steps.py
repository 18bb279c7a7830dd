"""A retired id that leads to another retired id.

Why:
    Programs that follow one step only arrive at nothing.
    Each renaming makes the way longer.

Bad:
    # The target was renamed later.
    acme.agent.oldest: {moved: acme.agent.old}  <--
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

    # One of two targets was split later.
    acme.agent.oldest: {split: [acme.agent.old, acme.agent.ipv6]}  <--
    acme.agent.old: {split: [acme.agent.ipv6, acme.agent.pods]}
    acme.agent.ipv6:
      ...
    acme.agent.pods:
      ...

    # The way goes through another file.
    acme.agent.oldest: {moved: acme.agent.old}  <--
    #: file
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

Good:
    # Both ids lead to the record of today.
    acme.agent.oldest: {moved: acme.agent.ipv6}
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

    # A split that leads to two records.
    acme.agent.old: {split: [acme.agent.ipv6, acme.agent.pods]}
    acme.agent.ipv6:
      ...
    acme.agent.pods:
      ...

    # The target is a record whose variants have ended.
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      variants:
        v1: {status: withdrawn, until: 2021-06-01}
      ...

Fix:
    Let every retired id name the records of today.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.rules.retired_in_circle import check as circles
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR113"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Targets that are retired themselves, but for those of a circle."""
    if item.retired and any(True for _ in circles(item, around)):
        return
    for pointer, name in item.targets:
        target = around.items.get(name)
        if target is not None and target.retired:
            ends = ", ".join(f"'{end}'" for _, end in target.targets)
            yield item.finding(pointer, f"'{name}' is retired too; name {ends}")
