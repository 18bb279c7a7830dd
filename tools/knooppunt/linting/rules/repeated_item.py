"""An item that stands twice in an enumeration.

Why:
    Whoever counts the items gets a wrong number, and another item may have been meant.

Bad:
    # A region twice.
    statement: It works in Japan East, West Europe, East US, and Japan East.  <--

    # With "and" at the end.
    statement: The agent ignores ports, probes, hooks and ports.  <--

    # In code.
    workaround: Leave out `ports`, `args`, `env` and `ports`.  <--

Good:
    # Four items.
    statement: It works in Japan East, West Europe, East US, and Japan West.

    # A word that comes back in another item.
    statement: The agent ignores ports of pods, ports of nodes, and ports of services.

    # Two clauses that begin alike.
    statement: If it starts, it runs, and if it stops, it ends.

Fix:
    Remove one of the two, or write the item that was meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR412"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
_LIST: Final = re.compile(r"[^.;:!?()]+")
_CUT: Final = re.compile(r",(?: and| or)? | and | or ")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Items of an enumeration of four or more that are equal; the first and the last may stand in a sentence."""
    for pointer, text in item.sentences:
        for part in _LIST.finditer(text) if text.count(",") > 1 else ():
            items = [" ".join(piece.split()) for piece in _CUT.split(part[0])]
            inner = items[1:] if len(items) > 3 else []
            twice = next((piece for number, piece in enumerate(inner) if piece and piece in inner[:number]), None)
            if twice is None and inner and any(items[0].endswith(f" {piece}") for piece in inner if len(piece) > 3):
                twice = next(piece for piece in inner if len(piece) > 3 and items[0].endswith(f" {piece}"))
            if twice is not None:
                yield item.finding(pointer, f"'{twice}' stands twice in one enumeration; remove one or mend it")
