"""Retired ids that lead to each other in a circle, or to themselves.

Why:
    A program that follows them never arrives.

Bad:
    # Two ids name each other.
    acme.agent.a: {moved: acme.agent.b}  <--
    acme.agent.b: {moved: acme.agent.a}  <--

    # An id is moved to itself.
    acme.agent.a: {moved: acme.agent.a}  <--

    # A circle of three, in two files.
    acme.agent.a: {moved: acme.agent.b}  <--
    acme.agent.b: {moved: acme.agent.c}  <--
    #: file
    acme.agent.c: {moved: acme.agent.a}  <--

    # One of two targets leads back.
    acme.agent.a: {split: [acme.agent.b, acme.agent.ipv6]}  <--
    acme.agent.b: {moved: acme.agent.a}  <--
    acme.agent.ipv6:
      ...

Good:
    # The id leads to a record.
    acme.agent.a: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

    # Two ids lead to the same record.
    acme.agent.a: {moved: acme.agent.ipv6}
    acme.agent.b: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

    # Two ids share a target.
    acme.agent.a: {split: [acme.agent.ipv6, acme.agent.pods]}
    acme.agent.b: {split: [acme.agent.pods, acme.agent.ipv6]}
    acme.agent.ipv6:
      ...
    acme.agent.pods:
      ...

Fix:
    Let one of them lead to a record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR112"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR
MOST_STEPS: Final = 1000
"""Retired ids that are followed from one; far more than any project has in a row."""


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Each target from which a way leads back to the id."""
    if item.id not in around.circular:
        return
    for pointer, name in item.targets:
        if name == item.id or item.id in _reached(name, around):
            yield item.finding(pointer, f"leads back to '{item.id}'; let one of them lead to a record")


def _reached(start: str, around: Around) -> set[str]:
    """Ids that are reached from one through retired ones."""
    found: set[str] = set()
    waiting = [start]
    while waiting and len(found) < MOST_STEPS:
        item = around.items.get(waiting.pop())
        if item is not None and item.retired:
            fresh = {name for _, name in item.targets} - found
            found |= fresh
            waiting += fresh
    return found
