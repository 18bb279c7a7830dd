"""One text of the source is translated in two ways in one catalog.

Why:
    Readers take two names for two things.

Bad:
    source: Known limitations
    context: page.title
    target: Bekende beperkingen
    source: Known limitations
    context: menu.title
    target: Beperkingen die we kennen

    source: The next steps
    target: De volgende stappen
    source: The next steps.
    context: end
    target: Zo gaat het verder.

Good:
    source: Known limitations
    context: page.title
    target: Bekende beperkingen
    source: Known limitations
    context: menu.title
    target: Bekende beperkingen

Fix:
    There is no fix, for a person has to choose.

Leave alone:
    - source: Known limitations
      target: Bekende beperkingen
      source: Known limitations:
      context: the head of a list
      target: "Bekende beperkingen:"
      reason: Case, white space and the sign at the end may differ as they do in the source.
    - source: Open
      context: a verb
      target: Openen
      source: Open
      context: an adjective
      target: Open
      reason: A single word can have two meanings.
    - source: Next steps
      target: Volgende stappen
      source: next  steps
      context: the same in other case and space
      target: Volgende  stappen
      reason: White space does not count, on either side.
    - source: The network
      target: Het netwerk
      source: The networks
      context: another text
      target: De netwerken
      reason: Two texts of the source may have two translations.
    - source: Known limitations
      state: stale
      target: Beperkingen die we kennen
      source: Known limitations
      context: new
      target: Bekende beperkingen
      reason: A stale translation is renewed anyway.
    - source: Known limitations
      target: Bekende beperkingen
      source: Known limitations
      context: draft
      state: machine
      target: Beperkingen bekend
      reason: A machine draft is not the work of a person yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "catalog"
SEVERITY: Final = Severity.NOTE

_SETTLED: Final = frozenset({State.TRANSLATED, State.APPROVED})


def check(entries: Sequence[Unit], language: Language) -> Iterator[Finding]:  # noqa: ARG001 (one form for all checks)
    """Entries that differ from the first settled translation of the same text."""
    first: dict[str, Unit] = {}
    for unit in entries:
        source = _normal(unit.source or "")
        if unit.state not in _SETTLED or len(source.split()) < 2:
            continue
        other = first.setdefault(source, unit)
        if _normal(other.target) != _normal(unit.target):
            yield unit.finding(0, 0, f"'{unit.target}', but '{other.target}' at {other.origin} for the same text")


def _normal(text: str) -> str:
    """A text without its case, its white space, and the signs at its end."""
    return " ".join(text.casefold().split()).rstrip(".:!?\u3002\uff01\uff1f\uff1a ")
