"""A rule that is no expression of the subset of CEL, or not sound for its target.

Why:
    A rule that fails while it runs says nothing about a workload, or stops a whole check.

Bad:
    # A bracket is not closed.
    rule:
      target: manifest
      cel: has(podSpec.hostAliases  <--

    # The field may be absent, and nothing asks whether it is there.
    rule:
      target: manifest
      cel: size(podSpec.hostAliases) > 0  <--

    # There is no such variable for this target.
    rule:
      target: cluster
      cel: has(podSpec.hostAliases)  <--

    # A function outside the subset.
    rule:
      target: manifest
      cel: podSpec.containers.map(c, c.name) == []  <--

Good:
    # The rule asks first.
    rule:
      target: manifest
      cel: has(podSpec.hostAliases) && size(podSpec.hostAliases) > 0

    # A rule about each container.
    fields: ["spec.containers[].args"]
    rule:
      target: manifest
      cel: podSpec.containers.exists(c, has(c.args) && !has(c.command))

    # A rule about a cluster.
    fields: [networkProfile.networkPlugin]
    rule:
      target: cluster
      cel: >-
        has(cluster.networkProfile) && has(cluster.networkProfile.networkPlugin)
        && cluster.networkProfile.networkPlugin != "azure"

Fix:
    Mend the expression at the place that the message names.
    See [writing rules](../assess.md#writing-rules).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.knowledge.cel import CelError
from knooppunt.knowledge.cel_lint import check_cel
from knooppunt.knowledge.rules import TARGETS
from knooppunt.model import Severity, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR511"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """The first thing that is wrong with the expression."""
    rule = item.mapping.get("rule")
    if not isinstance(rule, dict) or rule.get("target") not in TARGETS or not isinstance(rule.get("cel"), str):
        return
    try:
        check_cel(rule["cel"], Target(rule["target"]))
    except CelError as error:
        hint = f"; {error.hint}" if error.hint else ""
        yield item.finding("rule.cel", f"{error.message}, at '{rule['cel'][error.offset :][:30].strip()}'{hint}")
