"""A retired id that leads to an id which does not exist.

Why:
    Whoever kept the old id follows it and gets nothing.

Bad:
    # The target is misspelt.
    acme.agent.old: {moved: acme.agent.ipv4}  <--
    acme.agent.ipv6:
      ...

    # One of two targets is missing.
    acme.agent.old: {split: [acme.agent.ipv6, acme.agent.dual-stack]}  <--
    acme.agent.ipv6:
      ...

    # The target is in another area.
    acme.agent.old: {moved: acme.portal.ipv6}  <--
    acme.agent.ipv6:
      ...

Good:
    # The target is a record.
    acme.agent.old: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

    # The target is in another file.
    acme.agent.old: {moved: acme.agent.ipv6}
    #: file
    acme.agent.ipv6:
      ...

    # It is split, and both targets exist.
    acme.agent.old:
      split:
        - acme.agent.ipv6
        - acme.agent.dual-stack
    acme.agent.ipv6:
      ...
    acme.agent.dual-stack:
      ...

Fix:
    Name the record that took the place of the old id.
    If nothing did, keep the record and set its variants to `withdrawn`.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from knooppunt.knowledge.rules import ID_PATTERN
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR111"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Targets that are well-formed ids and not there."""
    for pointer, name in item.targets:
        if name not in around.items and re.fullmatch(ID_PATTERN, name):
            near = difflib.get_close_matches(name, around.items, n=1, cutoff=0.8)
            hint = f"did you mean '{near[0]}'?" if near and near[0] != item.id else "add the record or mend the id"
            yield item.finding(pointer, f"'{name}' does not exist; {hint}")
