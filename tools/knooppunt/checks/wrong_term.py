"""A term of the termbase is translated with a word that the termbase rules out.

Why:
    Readers look for one word for one thing.
    A literal translation of a technical term ("peul" for a pod) is not understood at all.

Bad:
    source: The pods run on a node.
    target: De peulen draaien op een knooppunt.

    source: Each Pod has its own address.
    target: Elke Peul heeft een eigen adres.

    target: Verplaats de WERKLASTEN.

    source: The security of pods matters.
    target: De peulbeveiliging telt.

Good:
    source: The pods run on a node.
    target: De pods draaien op een knooppunt.

    source: Each Pod has its own address.
    target: Elke Pod heeft een eigen adres.

    target: Verplaats de WERKBELASTINGEN.

    source: The security of pods matters.
    target: De podbeveiliging telt.

Fix:
    The word is replaced in the same inflection and case where the termbase lists it under `never`.
    Words under `avoid`, and wrong terms inside a compound, are suggestions, since the sentence around them may have to
    change too.

Leave alone:
    - source: Buy the vegetables.
      target: Koop de peulen.
      reason: The source does not speak of the concept.
    - target: Zie `peul.yml`.
      reason: Code is not prose.
    - target: De app draait op Node.js.
      reason: A longer name contains the word.
    - source: Use Azure CNI Node Subnet on each node.
      target: Gebruik de Azure CNI Node Subnet-modus op elk knooppunt.
      reason: A name that is not translated wins over the words in it.
    - locale: ja
      source: A cluster has features for clustering.
      target: クラスターにはクラスタリング機能があります。
      reason: In a language without spaces, what goes on in the same script may be another word; no fix touches it.
      suggestions: true
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Wrong terms, each with the right one."""
    for match in language.terms.find(unit.mask, unit.source):
        old = unit.target[match.start : match.end]
        term = match.wrong.term
        where = " in a compound" if match.compound else ""
        message = f"'{old}'{where} for '{term.source[0]}'; the termbase says '{match.new}'"
        yield unit.finding(match.start, match.end, message, match.new, safe=match.safe)
