"""A compound is written as two or more words.

Why:
    In Dutch and German a compound is one word.
    Machine translation of 2019 to 2021 often split it ("knoop punten"), and search finds neither half.

Bad:
    target: Virtuele knoop punten zijn beschikbaar.

    target: Knoop punten hebben een toegangs beheer lijst.

    source: Linux nodes are supported.
    target: Linux-en knoop punten worden ondersteund.

    target: Gebruik Linux-en Windows-knoop punten.

    target: |
        De knoop
        punten zijn er.

    target: Neem het voor beeld over.

Good:
    target: Virtuele knooppunten zijn beschikbaar.

    target: Knooppunten hebben een toegangsbeheerlijst.

    source: Linux nodes are supported.
    target: Linux-knooppunten worden ondersteund.

    target: Gebruik Linux- en Windows-knooppunten.

    target: |
        De knooppunten
        zijn er.

    target: Neem het voorbeeld over.

Fix:
    Words that the locale's word list or termbase holds as one word are joined, and pairs of the list to keep never.
    For languages that Knooppunt has counts of clean text for, a model judges every other pair of neighbouring words: by
    how often clean text has both forms, by what the checked texts have themselves, by the words around, and by the
    source.
    What it is sure of is joined; what is likely is a suggestion, and so is a hyphen between a name and a noun.
    Where the checked texts have few split compounds, it must be surer.
    A join that needs a linking letter, or that begins with a word that may stand by itself ("voor", "aan"), is a
    suggestion where only the word list knows it.

Leave alone:
    - target: Voor waarden boven 10 geldt dit niet.
      reason: "Voor" is a preposition here; the join is shown as a suggestion only.
      suggestions: true
    - source: Open the Werk Ruimte tool.
      target: Open het hulpprogramma Werk Ruimte.
      reason: A capital inside marks a name or a label.
    - target: Een knoop, punten en lijnen.
      reason: Punctuation stands between the words.
    - target: De load balancer werkt.
      reason: The pair is in the list of pairs to keep.
    - target: De optie `knoop punten` is oud.
      reason: Code is not prose.
    - locale: ja
      source: The container group has an address.
      target: コンテナー グループにはアドレスがあります。
      reason: In a language without spaces between words, a space may tell the parts of a term apart.
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
    """Split compounds, each with the joined word."""
    if language.rules.spaceless:
        return
    for split in language.splits.find(unit.target, unit.mask, unit.source):
        old = " ".join(unit.target[split.start : split.end].split())
        new = " ".join(split.joined.split())
        message = f"'{old}' is one word, '{new}': {split.reason}"
        yield unit.finding(split.start, split.end, message, split.joined, safe=split.safe, confidence=split.confidence)
