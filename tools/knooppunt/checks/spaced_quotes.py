"""A space stands between quotation marks and what they enclose.

Why:
    At the end of a line a quotation mark with a space slips away from its word.
    Machine translation writes quoted words in this way (' value ').

Bad:
    source: The value is called "value".
    target: De waarde heet ' waarde '.

    target: Sla het bestand op als " start " en wacht.

    source: Choose "Save" now.
    target: Kies nu “ Opslaan ”.

    source: Write the text "Hello world" on the page.
    target: Zet de tekst ' Hallo wereld' op de pagina.

Good:
    source: The value is called "value".
    target: De waarde heet 'waarde'.

    target: Sla het bestand op als "start" en wacht.

    source: Choose "Save" now.
    target: Kies nu “Opslaan”.

    source: Write the text "Hello world" on the page.
    target: Zet de tekst 'Hallo wereld' op de pagina.

Fix:
    The spaces are removed.
    Without a source, and where a space stands on one side only, that is a suggestion.

Leave alone:
    - target: De tekens " en " zijn quotes, ' of ' ook.
      reason: The signs themselves are meant.
    - source: Use ' a ' as it is.
      target: Gebruik ' a ' zoals het is.
      reason: The source has the same spaces.
    - locale: fr
      target: Le mot « valeur » et le mot " valeur ".
      reason: French has spaces inside quotation marks.
    - target: Kies `' a '` als waarde.
      reason: Code is no prose.
    - target: De foto's van '21 en 5' bij 7' zijn er.
      reason: Apostrophes and signs of feet are no quotation marks.
    - target: Het "eerste" en "tweede" deel.
      reason: The space stands between two quoted words.
    - target: Zoek op " ".
      reason: Nothing is quoted but a space.
    - locale: ja
      target: 名前 " 値 " です。
      reason: Japanese has its own quotation marks, and spaces around Latin ones are no defect.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Edit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING
HINT: Final = re.compile(r"[\"'\u201c\u201e\u2018\u201a\u201d\u2019](?:[ \t]|(?<=[ \t].))")

LONGEST: Final = 100
"""Most characters between two quotation marks."""
_PAIRS: Final = {"'": "'", '"': '"', "\u201c": "\u201d", "\u2018": "\u2019", "\u201e": "\u201c\u201d"}
_OPENERS: Final = "\"'\u201c\u2018\u201e"
_CLOSERS: Final = "\"'\u201d\u2019\u201c"
_SPACED = re.compile(
    rf"(?:(?<=[\s(\[])|^)([{_OPENERS}])([ \t]*)((?:(?![{_OPENERS}{_CLOSERS}]|\n[ \t]*\n).){{1,{LONGEST}}}?)([ \t]*)"
    rf"([{_CLOSERS}])(?=[\s.,;:!?)\]-]|$)",
    re.DOTALL,
)
_QUOTED = re.compile(rf"[{_OPENERS}\u00ab](?=\S)")


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Quotation marks with a space inside."""
    rules = language.rules
    if rules.spaceless or rules.spaced_punctuation or (unit.source is not None and _is_spaced(unit.source)):
        return
    for found in _SPACED.finditer(unit.target):
        left, inner, right = found[2], found[3], found[4]
        if (not left and not right) or found[5] not in _PAIRS[found[1]] or not unit.mask.free(*found.span()):
            continue
        words = re.findall(r"\w+", inner.casefold())
        if not words or all(word in rules.stop_words for word in words):
            continue
        quoted = unit.source is not None and _QUOTED.search(unit.source) is not None
        sure = bool(left and right) and quoted
        if not (left and right) and not quoted:
            continue
        edits = [Edit(*found.span(2), "")] if left else []
        edits += [Edit(*found.span(4), "")] if right else []
        shown = inner if len(inner) < 40 else inner[:37] + "..."
        message = f"space inside the quotation marks of '{shown}'"
        yield unit.finding_with(found.start(), message, tuple(edits), safe=sure, confidence=1.0 if sure else 0.9)


def _is_spaced(source: str) -> bool:
    return any(found[2] or found[4] for found in _SPACED.finditer(source))
