"""A text that names a retired id.

Why:
    The reader is sent to a name that is no more, though the record of today is known.

Bad:
    # In a statement.
    acme.agent.ipv6:
      statement: See also `acme.agent.old`.  <--
      ...
    acme.agent.old: {moved: acme.agent.pods}
    acme.agent.pods:
      ...

    # As the target of a link, in a note.
    acme.agent.ipv6:
      variants:
        v1: {status: active, note: "It ends with [pods](#acme.agent.old)."}  <--
      ...
    acme.agent.old: {moved: acme.agent.pods}
    acme.agent.pods:
      ...

    # An id that was split.
    acme.agent.ipv6:
      statement: See also `acme.agent.old`.  <--
      ...
    acme.agent.old: {split: [acme.agent.pods, acme.agent.ipv6]}
    acme.agent.pods:
      ...

Good:
    # The record of today.
    acme.agent.ipv6:
      statement: See also `acme.agent.pods`.
      ...
    acme.agent.old: {moved: acme.agent.pods}
    acme.agent.pods:
      ...

    # A link to the record of today.
    acme.agent.ipv6:
      statement: See also [pods](#acme.agent.pods).
      ...
    acme.agent.old: {moved: acme.agent.pods}
    acme.agent.pods:
      ...

    # A retired id that nobody names.
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

Fix:
    Name the record that took its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import NAMED
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR403"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Names of retired ids, but for those in a workaround, which are worse."""
    for pointer, text in item.texts:
        for found in NAMED.finditer(text) if "." in text else ():
            target = around.items.get(found["code"] or found["link"])
            if target is not None and target.retired and pointer != "workaround":
                ends = " or ".join(f"'{end}'" for _, end in target.targets)
                yield item.finding(pointer, f"'{target.id}' is retired; name {ends}")
