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

    source: Linux pods share a pod network.
    target: Linux-peulen delen een peul-netwerk.

    source: Scale the workloads.
    target: Schaal de werk lasten.

    source: Each new node is ready.
    target: Elke nieuwe node is klaar.

    target: Elk peultje op de knooppunt heeft een adres.

Good:
    source: The pods run on a node.
    target: De pods draaien op een knooppunt.

    source: Each Pod has its own address.
    target: Elke Pod heeft een eigen adres.

    target: Verplaats de WERKBELASTINGEN.

    source: The security of pods matters.
    target: De podbeveiliging telt.

    source: Linux pods share a pod network.
    target: Linux-pods delen een pod-netwerk.

    source: Scale the workloads.
    target: Schaal de werkbelastingen.

    source: Each new node is ready.
    target: Elk nieuw knooppunt is klaar.

    target: Elk podje op het knooppunt heeft een adres.

Fix:
    The word is replaced in the same inflection and case where the termbase lists it under `never`.
    So is a wrong term in a compound with a hyphen, and one that was split, where the source speaks of the concept.
    Words under `avoid`, and wrong terms inside a longer word, are suggestions, since the sentence around them may have
    to change too.
    So are articles and adjectives that do not agree with the `gender` of a term.

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
    - source: The server works.
      target: Het werk lasten we uit.
      reason: The source does not speak of the concept whose letters stand there.
    - target: De knooppunten, elk knooppunt en een nieuw knooppunt.
      reason: The articles and adjectives agree.
    - target: De knooppunt-naam is vrij.
      reason: The article belongs to the compound.
    - target: De gezamenlijke peulvruchten.
      reason: Inside a longer word the letters may belong together in another way; no fix touches them.
      suggestions: true
    - locale: ja
      source: A cluster has features for clustering.
      target: クラスターにはクラスタリング機能があります。
      reason: In a language without spaces, what goes on in the same script may be another word; no fix touches it.
      suggestions: true
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.model import Edit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language, TermMatch
    from knooppunt.repair.agreement import Disagreement

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Wrong terms, each with the right one, and words that do not agree with a term."""
    if not language.terms.worth(unit.target):
        return
    for match in language.terms.find(unit.mask, unit.source):
        if match.wrong is not None:
            yield _wrong(unit, match)
        elif match.disagreement is None and not _is_compound(unit, match, language):
            old = _shown(unit, match)
            message = f"'{old}' for '{match.term.source[0]}' is written '{match.new}'"
            yield unit.finding(match.start, match.end, message, match.new, safe=match.safe)
        if match.disagreement is not None and (match.wrong is None or match.safe):
            yield _disagreeing(unit, match, match.disagreement)


def _wrong(unit: Unit, match: TermMatch) -> Finding:
    where = " in a compound" if match.compound else ""
    message = f"'{_shown(unit, match)}'{where} for '{match.term.source[0]}'; the termbase says '{match.new}'"
    edits = [Edit(match.start, match.end, match.new)]
    if match.disagreement is not None and not match.safe:
        edits = sorted([*edits, *match.disagreement.edits])
        message += f" ({match.disagreement.right})"
    return unit.finding_with(match.start, message, tuple(edits), safe=match.safe, confidence=1 if match.safe else 0.8)


def _disagreeing(unit: Unit, match: TermMatch, found: Disagreement) -> Finding:
    message = f"'{found.written}' before '{match.new}' ({match.term.gender}): '{found.right}'"
    finding = unit.finding_with(match.start, message, found.edits, safe=False, confidence=0.8)
    return replace(finding, severity=Severity.WARNING)


def _is_compound(unit: Unit, match: TermMatch, language: Language) -> bool:
    """Whether the check of split compounds finds the same."""
    found = language.splits.find(unit.target, unit.mask, unit.source)
    return any(split.start <= match.start and match.end <= split.end for split in found)


def _shown(unit: Unit, match: TermMatch) -> str:
    return " ".join(unit.target[match.start : match.end].split())
