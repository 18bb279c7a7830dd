"""A rule that compares the variant with one that the record does not have.

Why:
    The comparison is never true, or always, and the rule does not do what its author meant.

Bad:
    # The record knows only v1.
    rule: {target: manifest, cel: variant == "v2" && has(podSpec.hostAliases)}  <--

    # A capital letter.
    rule:
      target: manifest
      cel: variant == "V1" && has(podSpec.hostAliases)  <--

    # The name stands on the left.
    rule:
      target: manifest
      cel: ("addon" == variant) && has(podSpec.hostAliases)  <--

Good:
    # A variant of the record.
    rule: {target: manifest, cel: variant == "v1" && has(podSpec.hostAliases)}

    # One of two.
    variants:
      v1: {status: active}
      v2: {status: lifted, until: 2021-03-04}
    rule: {target: manifest, cel: variant != "v2" && has(podSpec.hostAliases)}

    # A text that looks like a variant and is none.
    fields: [spec.nodeSelector]
    rule: {target: manifest, cel: 'has(podSpec.nodeSelector) && "v2" in podSpec.nodeSelector'}

Fix:
    Write a variant of the record, or add the variant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.knowledge.cel import Binary, CelError, Literal, Name, parse_cel, walk
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR513"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Comparisons of `variant` with texts that are no variant of the record."""
    rule = item.mapping.get("rule")
    cel = rule.get("cel") if isinstance(rule, dict) else None
    names = {name for _, name, _ in item.variants}
    if not isinstance(cel, str) or "variant" not in cel or not names:
        return
    try:
        nodes = list(walk(parse_cel(cel)))
    except CelError:
        return
    for node in nodes:
        match node:
            case Binary(operator="==" | "!=", left=Name(name="variant"), right=Literal(value=str(value))):
                pass
            case Binary(operator="==" | "!=", left=Literal(value=str(value)), right=Name(name="variant")):
                pass
            case _:
                continue
        if value not in names:
            yield item.finding("rule.cel", f"the record has no variant '{value}'; it has {', '.join(sorted(names))}")
