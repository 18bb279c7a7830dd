"""A workaround that names a retired id, or a record that no longer holds.

Why:
    A workaround is what readers do.
    One that leads to an old name or an old fact sends them the wrong way.

Bad:
    # The id is retired.
    acme.agent.ipv6:
      workaround: Do as `acme.agent.old` says.  <--
      ...
    acme.agent.old: {moved: acme.agent.pods}
    acme.agent.pods:
      ...

    # The record is lifted.
    acme.agent.ipv6:
      workaround: Do as `acme.agent.pods` says.  <--
      ...
    acme.agent.pods:
      variants:
        v1: {status: lifted, until: 2022-01-01}
      ...

    # A link to a record that was withdrawn.
    acme.agent.ipv6:
      workaround: Do as [pods](#acme.agent.pods) says.  <--
      ...
    acme.agent.pods:
      variants:
        v1: {status: withdrawn, until: 2022-01-01}
        v2: {status: not-applicable}
      ...

Good:
    # The record holds.
    acme.agent.ipv6:
      workaround: Do as `acme.agent.pods` says.
      ...
    acme.agent.pods:
      ...

    # It holds in one variant.
    acme.agent.ipv6:
      workaround: Do as `acme.agent.pods` says.
      ...
    acme.agent.pods:
      variants:
        v1: {status: active}
        v2: {status: lifted, until: 2022-01-01}
      ...

    # The workaround names no record.
    workaround: Add a record to the zone `example.com`.

Fix:
    Name the record of today, or say in the workaround itself what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import NAMED, NOWHERE
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR404"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Names in workarounds that lead to what is over."""
    for found in NAMED.finditer(item.text("workaround")):
        target = around.items.get(found["code"] or found["link"])
        if target is None:
            continue
        if target.retired:
            ends = " or ".join(f"'{end}'" for _, end in target.targets)
            yield item.finding("workaround", f"'{target.id}' is retired; name {ends}")
        elif target.statuses and all(status in NOWHERE for status in target.statuses):
            yield item.finding("workaround", f"'{target.id}' holds in no variant any more; say what to do instead")
