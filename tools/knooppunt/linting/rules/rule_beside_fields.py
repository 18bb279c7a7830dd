"""A rule that reads none of the fields that the record names.

Why:
    One of the two is about something else.
    Programs that look a field up in the feed miss the rule.

Bad:
    # The rule is about another field.
    fields: [spec.hostAliases]
    rule: {target: manifest, cel: has(podSpec.hostNetwork) && podSpec.hostNetwork}  <--

    # Two fields, and a third one in the rule.
    fields: ["spec.containers[].args", "spec.containers[].command"]
    rule:
      target: manifest
      cel: podSpec.containers.exists(c, has(c.env))  <--

    # The field is that of a cluster, and the rule reads another one.
    fields: [networkProfile.networkPlugin]
    rule:
      target: cluster
      cel: has(cluster.apiServerAccessProfile)  <--

Good:
    # The rule reads the field.
    fields: [spec.hostAliases]
    rule: {target: manifest, cel: has(podSpec.hostAliases)}

    # It reads one of two.
    fields: ["spec.containers[].args", "spec.containers[].command"]
    rule: {target: manifest, cel: "podSpec.containers.exists(c, has(c.args) && !has(c.command))"}

    # It is about all objects of a kind.
    fields: [spec.podSelector]
    rule: {target: manifest, cel: object.kind == "NetworkPolicy"}

    # The record names no fields.
    rule: {target: manifest, cel: has(podSpec.hostNetwork) && podSpec.hostNetwork}
    #: without: fields

Fix:
    Add the field that the rule reads, or mend the rule.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.knowledge.cel import Binary, CelError, Literal, Name, Select, parse_cel, walk
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR514"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
GENERAL: Final = frozenset({"spec", "metadata", "status", "template"})
"""Steps that many paths have in common."""
ALIASES: Final = {"allContainers": "containers", "totals": "resources", "sizes": "resources"}
"""Variables of a rule that stand for a field."""
OF_ANY_OBJECT: Final = frozenset({"object", "kind", "apiVersion"})
"""What a rule reads that is about all objects of a kind."""
_STEP: Final = re.compile(r"[A-Za-z]+(?![A-Za-z]|\[\]\.)")
"""A step that does not go on into a list, since many paths go through one list."""


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Rules with no step, and no text, that is a step of one of the paths."""
    rule = item.mapping.get("rule")
    cel = rule.get("cel") if isinstance(rule, dict) else None
    steps = {step for _, path in item.fields for step in _STEP.findall(path)} - GENERAL
    if not isinstance(cel, str) or not steps:
        return
    try:
        nodes = list(walk(parse_cel(cel)))
    except CelError:
        return
    read: set[str] = set()
    kinds: set[str] = set()
    for node in nodes:
        match node:
            case Binary(left=Select(field="kind"), right=Literal(value=str(name))):
                kinds.add(name)
            case Select(field=name) | Literal(value=str(name)) | Name(name=name):
                read.add(ALIASES.get(name, name))
    if not (read - kinds <= OF_ANY_OBJECT or steps & read):
        wanted = ", ".join(path for _, path in item.fields)
        yield item.finding("rule.cel", f"the rule reads nothing of {wanted}; add the field that it reads")
