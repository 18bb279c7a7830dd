"""A hyphen joins a Dutch article to the word behind it.

Why:
    Readers stumble over "de-server", and take it for a compound.
    Machine translation puts the hyphen there where it has lost a name or code in between.

Bad:
    target: De waarde is bekend bij de-server.

    source: The metaconfiguration sets up a client.
    target: Dit is een-configuratie die een client instelt.

    target: Sla het-bestand op.

Good:
    target: De waarde is bekend bij de server.

    source: The metaconfiguration sets up a client.
    target: Dit is een configuratie die een client instelt.

    target: Sla het bestand op.

Fix:
    A space in the place of the hyphen is a suggestion, since a name may be missing between the two.

Leave alone:
    - target: Dit is een een-op-een-relatie.
      reason: A number begins the compound.
    - target: De de-installatie en een de-escalatie zijn klaar.
      reason: Behind an article "de-" is a prefix.
    - target: Het is de-facto de standaard, en de-jure ook.
      reason: Latin phrases begin with "de" too.
    - target: Gebruik `de-server` of de taal de-DE.
      reason: Code and tags of languages are no articles.
    - source: Call it de-server.
      target: Noem het de-server.
      reason: The source has the same word.
    - target: De Linux-server en het AKS-cluster.
      reason: The hyphen is behind another word.
    - target: Zet de-activeren en de-installeren in het menu.
      reason: The prefix stands before verbs.
    - target: In- en uitvoer van de e-mail.
      reason: A hyphen behind another part is no such hyphen.
    - locale: de
      target: Die de-server ist da.
      reason: In other languages the word is no article.
    - target: "Zie https://example.com/de-server en map/de-server."
      reason: Addresses and paths are no prose.
    - target: Een-tweetje en een-twee-drie zijn woorden.
      reason: Words that begin with a number are in the dictionary.
    - target: De een-na-laatste regel.
      reason: A phrase may be joined by hyphens.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING
LANGUAGES: Final = frozenset({"nl"})
HINT: Final = re.compile(r"-(?:(?<=\b[Dd]e-)|(?<=\b[Hh]et-)|(?<=\b[Ee]en-))[a-z]{3}")

_GLUED = re.compile(
    r"(?<![\w'\u2019./\\@-])(?P<article>[Dd]e|[Hh]et|[Ee]en)-(?P<word>[a-z]{3,})(?![\w-]*-(?:een|de|het)\b)"
)
_BEFORE = re.compile(r"(?<!\w)(?:de|het|een|deze|dit|die|elke|geen|of|en)[ \u00a0]$", re.IGNORECASE)
_NOT: Final = "facto jure luxe activeren installeren escaleren centraliseren dupliceren tweetje twee drie"
_WORDS: Final = frozenset(_NOT.split())
_JOINED = re.compile(r"-(?:na|op|voor|in|aan)-")


def check(unit: Unit, language: Language) -> Iterator[Finding]:  # noqa: ARG001 # one form for all checks
    """Articles with a hyphen behind them."""
    for found in _GLUED.finditer(unit.target):
        at = found.end("article")
        if found["word"] in _WORDS or _JOINED.match(unit.target, at) or not unit.mask.free(*found.span()):
            continue
        if found["article"].lower() == "de" and _BEFORE.search(unit.target, 0, found.start()):
            continue
        if unit.source is not None and found[0].lower() in unit.source.lower():
            continue
        message = f"'{found[0]}' has a hyphen behind its article"
        yield unit.finding(at, at + 1, message, " ", safe=False, confidence=0.8)
