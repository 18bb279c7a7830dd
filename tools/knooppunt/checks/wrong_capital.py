"""A word has a capital in the middle of a sentence, where the source writes the same word small.

Why:
    A capital says that the word is a name or a label.
    Machine translation leaves capitals where another sentence or a heading had them.

Bad:
    source: It prepares a qubit register in memory.
    target: Hiermee wordt een Qubit register in het geheugen voorbereid.

    source: The data of the generator are kept, as the quantum state is.
    target: De gegevens van de Generator blijven bewaard, net als de Quantum toestand.

Good:
    source: It prepares a qubit register in memory.
    target: Hiermee wordt een qubit register in het geheugen voorbereid.

    source: The data of the generator are kept, as the quantum state is.
    target: De gegevens van de generator blijven bewaard, net als de quantum toestand.

Fix:
    The word is written as in the source where no other capital stands beside it; there it is a suggestion, for it may
    be a part of a name.

Leave alone:
    - locale: de
      source: The manager opens the portal.
      target: Damit öffnet der Manager das Portal.
      reason: German writes nouns with a capital.
    - source: The manager starts, and the Manager service is there.
      target: Daarna start de Manager, en de service is er.
      reason: The source has both, so nobody knows which is meant.
    - source: Then choose manager.
      target: Kies daarna **Manager** of "Manager".
      reason: Emphasis and quotation marks show a label.
    - source: First this, then manager and monitor.
      target: "Eerst dit: Manager en monitor. Monitor dan."
      reason: A colon or a full stop begins a sentence.
    - source: The Azure portal is open.
      target: Het Azure Portal is open.
      reason: Beside a name the word may be a part of it.
    - source: The graphical interface is open.
      target: De Graphical Interface is open.
      reason: Two capitals in a row may be a name, so that the change is a suggestion only.
      suggestions: true
    - source: the region is there
      target: Regio's van de API zijn er.
      reason: Another word is not the same word, and abbreviations have capitals.
    - source: manager of the portal
      target: Manager van de portal
      reason: The first word of a text has a capital.
    - source: Add a label (optional) or a portal.
      target: Voeg een label (Optional) of een portal toe.
      reason: Behind an opening bracket a label may begin.
    - source: Use `portal` for the portal.
      target: Gebruik `Portal` voor de portal.
      reason: Code is compared by another check.
    - source: The word is written with an e.
      target: In E-mail en Wi-Fi is E de letter, en U ook.
      reason: Single letters are no words.
    - source: The portal opens. Then the manager starts in it.
      target: De portal opent Daarna start de manager er in.
      reason: Where a full stop is missing, a small word with a capital begins the next sentence.
    - source: open the settings menu of the portal
      target: open het menu Settings van de portal
      reason: A word behind another noun may be its label, and the change is a suggestion only.
      suggestions: true
    - locale: fr
      source: the manager starts
      target: avec le Manager
      reason: In other languages than those with small words known here nothing is sure, so it is a suggestion.
      suggestions: true
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity
from knooppunt.repair.tokens import starts_sentence

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING
BILINGUAL: Final = True
HINT: Final = re.compile(r"[^\W\d_][ \u00a0][A-Z][a-z]")

_CAPITAL = re.compile(r"(?<=[^\W\d_][ \u00a0])[A-Z][a-z\u00df-\u00ff]+(?![\w-]|['\u2019.]\w)")
_WORD = re.compile(r"[^\W\d_]+")
_LAST = re.compile(r"(\w[\w.'-]*)[^\w]{1,3}$")
_NEXT = re.compile(r"[ \u00a0,]{1,3}[*_\[\"'(]{0,3}(\w+)")
_NOUNS_LARGE: Final = frozenset({"de", "lb"})
"""Languages that write nouns with a capital."""
SHORTEST: Final = 4


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Words with a capital that neither the source nor the sentence asks for."""
    code = language.locale.split("-", maxsplit=1)[0]
    if code in _NOUNS_LARGE or language.rules.spaceless or unit.target.istitle():
        return
    theirs: set[str] | None = None
    for found in _CAPITAL.finditer(unit.prose):
        start, end = found.span()
        word = found[0]
        small = word.lower()
        if theirs is None:
            theirs = set(_WORD.findall(unit.source_prose))
            shown = [(element.inner_start, element.inner_end) for element in unit.elements]
        if word in theirs or starts_sentence(unit.target, start) or any(one <= start < other for one, other in shown):
            continue
        if small in theirs and len(small) >= SHORTEST and not _of_name(unit.prose, start, end, theirs):
            safe = _beside_small(unit.prose, start, end) and _behind_article(unit.prose, start, language)
            yield _finding(unit, start, end, small, safe=safe, confidence=1.0 if safe else 0.6)


def _finding(unit: Unit, start: int, end: int, small: str, *, safe: bool, confidence: float) -> Finding:
    message = f"'{unit.target[start:end]}' has a capital inside a sentence"
    finding = unit.finding(start, end, message, small, safe=safe, confidence=confidence)
    return finding if safe else replace(finding, severity=Severity.NOTE)


def _beside_small(text: str, start: int, end: int) -> bool:
    """Whether neither the word before nor the one behind has a capital or is protected."""
    before, behind = _LAST.search(text[max(0, start - 40) : start]), _NEXT.match(text, end)
    one = before is not None and before[1].islower()
    return one and (behind is None or behind[1].islower()) and text[end : end + 2].strip()[:1] != "\ufffc"


def _of_name(text: str, start: int, end: int, theirs: Container[str]) -> bool:
    """Whether a word beside has a capital that is its own, so that both may be one name."""
    before, behind = _LAST.search(text[max(0, start - 40) : start]), _NEXT.match(text, end)
    words = [found[1] for found in (before, behind) if found is not None and found[1][:1].isupper()]
    return any(word.lower() not in theirs or word in theirs for word in words)


def _behind_article(text: str, start: int, language: Language) -> bool:
    """Whether a small word of the language stands before, so that no other noun has this word as its label."""
    before = _LAST.search(text[max(0, start - 40) : start])
    return before is not None and before[1].lower() in language.rules.stop_words
