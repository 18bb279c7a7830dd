"""A text that names a record without backticks or a link.

Why:
    Only a name in backticks or a link is shown as one, stays as it is in a translation, and is checked.

Bad:
    # In a statement.
    acme.agent.ipv6:
      statement: This is a part of acme.agent.dual-stack and ends with it.  <--
      ...
    acme.agent.dual-stack:
      ...

    # In brackets, at the end.
    acme.agent.ipv6:
      workaround: Use one protocol (acme.agent.dual-stack).  <--
      ...
    acme.agent.dual-stack:
      ...

    # A retired id.
    acme.agent.ipv6:
      statement: It was called acme.agent.old before.  <--
      ...
    acme.agent.old: {moved: acme.agent.ipv6}

Good:
    # In backticks.
    acme.agent.ipv6:
      statement: This is a part of `acme.agent.dual-stack` and ends with it.
      ...
    acme.agent.dual-stack:
      ...

    # As the target of a link.
    acme.agent.ipv6:
      statement: This ends with [two protocols](#acme.agent.dual-stack).
      ...
    acme.agent.dual-stack:
      ...

    # A host with dots is no record.
    statement: The agent asks registry.acme.example for the image.

Fix:
    Put the id in backticks, or write a link: `[two protocols](#acme.agent.dual-stack)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import ID_IN_TEXT, prose
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR402"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Ids of entries in the prose of texts."""
    for pointer, text in item.texts:
        for found in ID_IN_TEXT.finditer(prose(text)) if "." in text else ():
            if found[0] in around.items:
                yield item.finding(pointer, f"put '{found[0]}' in backticks, or write a link to '#{found[0]}'")
