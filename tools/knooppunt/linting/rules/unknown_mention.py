"""A text that names a record which does not exist.

Why:
    The name becomes a link that leads nowhere, in every language.

Bad:
    # The name is misspelt, in backticks.
    statement: See also `acme.agent.host-alias`.  <--

    # A link to an anchor that no record has.
    workaround: Do as [host aliases](#acme.agent.hosts) says.  <--

    # In a note.
    variants:
      v1: {status: active, note: Part of `acme.agent.names`.}  <--

    # The area is misspelt.
    statement: See also `acme.agents.host-aliases`.  <--

Good:
    # The record exists.
    acme.agent.ipv6:
      statement: See also `acme.agent.dual-stack`.
      ...
    acme.agent.dual-stack:
      ...

    # What looks like an id and is a host of another product.
    statement: The agent asks `registry.k8s.io` for the image.

    # A file has dots too.
    statement: The agent reads `config.agent.yaml` at its start.

Fix:
    Write the id of the record that is meant, or add the record.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from knooppunt.knowledge.rules import ID_PATTERN
from knooppunt.linting.texts import NAMED
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR401"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Names with the form of an id, of a known product, that no entry has."""
    for pointer, text in item.texts:
        for found in NAMED.finditer(text) if "." in text else ():
            name = found["code"] or found["link"]
            if name in around.items or not re.fullmatch(ID_PATTERN, name):
                continue
            if name.partition(".")[0] in around.products:
                near = difflib.get_close_matches(name, around.items, n=1, cutoff=0.75)
                hint = f"did you mean '{near[0]}'?" if near else "mend the id or add the record"
                yield item.finding(pointer, f"names '{name}', which does not exist; {hint}")
