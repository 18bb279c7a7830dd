"""Two records of the same subject, fields and effect, one of which holds in a variant where the other is over.

Why:
    A program gets "it is rejected" and "it is not" for the same field.
    Where sources disagree, one record with `disputed` says so.

Bad:
    # Active in one, lifted in the other.
    acme.agent.ports:
      subject: ports
      effect: rejected
      fields: [spec.hostNetwork]
      variants:
        v1: {status: active}
      ...
    acme.agent.host-ports:
      subject: ports
      effect: rejected
      fields: [spec.hostNetwork]
      variants:
        v1:  <--
          status: lifted
          note: The agent opens them.
      ...

    # Permanent and withdrawn, in two files.
    acme.agent.ports:
      subject: host network
      effect: ignored
      fields: [spec.hostNetwork]
      variants:
        v1: {status: permanent}
      ...
    #: file
    acme.portal.ports:
      subject: Host network
      effect: ignored
      fields: [spec.hostNetwork]
      variants:
        v1: {status: withdrawn, until: 2021-01-01}  <--
      ...

    # They agree about v1, and not about v2.
    acme.agent.ports:
      subject: ports
      effect: rejected
      fields: [spec.hostNetwork, spec.hostPID]
      variants:
        v1: {status: active}
        v2: {status: active}
      ...
    acme.agent.host-ports:
      subject: ports
      effect: rejected
      fields: [spec.hostPID, spec.hostNetwork]
      variants:
        v1: {status: active}
        v2: {status: lifted, until: 2021-01-01}  <--
      ...

Good:
    # Another effect.
    acme.agent.ports:
      subject: ports
      effect: rejected
      fields: [spec.hostNetwork]
      variants:
        v1: {status: active}
      ...
    acme.agent.host-ports:
      subject: ports
      effect: ignored
      fields: [spec.hostNetwork]
      variants:
        v1: {status: lifted, until: 2021-01-01}
      ...

    # The same status.
    acme.agent.ports:
      subject: ports
      effect: rejected
      fields: [spec.hostNetwork]
      variants:
        v1: {status: active}
      ...
    acme.agent.host-ports:
      subject: ports
      effect: rejected
      fields: [spec.hostNetwork]
      variants:
        v1: {status: permanent}
      ...

    # One of them says that sources disagree.
    acme.agent.ports:
      subject: ports
      effect: rejected
      fields: [spec.hostNetwork]
      variants:
        v1: {status: active}
      disputed:
        - {text: The guide forbids it., evidence: {source: acme-docs/limits.md, commit: 81c04de}}
        - {text: The program allows it., evidence: {source: acme-agent/limits.go, commit: 3f9d2ab}}
      ...
    acme.agent.host-ports:
      subject: ports
      effect: rejected
      fields: [spec.hostNetwork]
      variants:
        v1: {status: lifted, until: 2021-01-01}
      ...

Fix:
    Join the two in one record, with `disputed` where sources disagree.
    If the facts differ, say in `subject`, `fields` or `effect` how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import ENDED
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR603"
SCOPE: Final = "set"
SEVERITY: Final = Severity.WARNING
HOLDS: Final = ("active", "permanent")


def check(items: Sequence[Item], around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """The later of two records about the same whose variants contradict each other."""
    groups: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        subject, effect = item.text("subject").casefold(), item.text("effect")
        if subject and effect and item.fields and not item.claims:
            key = (subject, effect, *sorted({path for _, path in item.fields}))
            groups.setdefault(key, []).append(item)
    for group in groups.values():
        for number, item in enumerate(group):
            for other in group[:number]:
                yield from _against(item, other)


def _against(item: Item, other: Item) -> Iterator[Finding]:
    statuses = {name: variant.get("status") for _, name, variant in other.variants}
    for pointer, name, variant in item.variants:
        here, there = variant.get("status"), statuses.get(name)
        if (here in HOLDS and there in ENDED) or (here in ENDED and there in HOLDS):
            message = f"{here} here and {there} in '{other.id}', which has the same subject, fields and effect"
            yield item.finding(pointer, f"{message}; join them, with 'disputed' where sources disagree")
