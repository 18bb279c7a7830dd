"""An id that is not product, area and slug: three parts with dots between them, of a to z, digits and hyphens.

Why:
    An id is a part of addresses, of file names and of anchors on pages.
    It never changes, so it has to be right at once.

Bad:
    # Capitals.
    Acme.Agent.IPv6:  <--
      ...

    # Two parts.
    acme.ipv6:  <--
      ...

    # An underscore.
    acme.agent.no_ipv6:  <--
      ...

    # Two hyphens in a row.
    acme.agent.no--ipv6: {moved: acme.agent.ipv6}  <--
    acme.agent.ipv6:
      ...

    # It is moved to what is no id.
    acme.agent.ipv6: {moved: IPv6}  <--

Good:
    # Digits and hyphens between letters.
    acme.agent.no-ipv6-in-v2:
      ...

    # A product of two words.
    acme-cloud.agent.ipv6:
      ...

    # A part that begins with a digit.
    acme.agent.3d-graphics:
      ...

Fix:
    Choose the id anew as long as nobody has read it.
    After that, let the old id be `moved` to the new one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.knowledge.rules import ID_PATTERN
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR103"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR
_ID: Final = re.compile(ID_PATTERN)


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Ids of entries, and of what took the place of retired ones."""
    for pointer, name in (("", item.id), *item.targets):
        if not _ID.fullmatch(name):
            yield item.finding(pointer, f"'{name}' is not an id; write product.area.slug with a-z, 0-9 and hyphens")
