"""The same path twice under `fields`, or a path and a part of it.

Why:
    A program that counts what a record concerns counts it twice.

Bad:
    # The same path.
    fields: [spec.hostAliases, spec.hostAliases]  <--

    # The last of three repeats the first.
    fields:
      - spec.volumes
      - spec.hostAliases
      - spec.volumes  <--

    # The list and all of its items.
    fields:
      - spec.volumes
      - spec.volumes[]  <--

Good:
    # Two paths.
    fields: [spec.hostAliases, spec.hostNetwork]

    # The same field of two kinds of containers.
    fields: ["spec.containers[].ports", "spec.initContainers[].ports"]

    # A field, and one inside it.
    fields: ["spec.containers[].resources", "spec.containers[].resources.limits"]

Fix:
    Remove one of the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR504"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Paths that stand before already, with or without brackets at the end."""
    seen: set[str] = set()
    for pointer, path in item.fields:
        name = path.removesuffix("[]")
        if name in seen:
            yield item.finding(pointer, f"'{path}' is listed twice; remove one")
        seen.add(name)
