"""A word or a phrase stands twice in a row.

Why:
    Readers stumble over it, and take the text for careless.
    It comes from editing by hand, and from engines that lose their place.

Bad:
    target: Kies de de map van het project.

    target: Het script is klaar en en stopt daarna.

    target: Open de gegevens gegevens van de klant.

    source: Set the value in the settings of the site.
    target: Stel de waarde in de instellingen van de site in de instellingen van de site in.

    locale: de
    target: Das ist oder oder war der Fehler.

Good:
    target: Kies de map van het project.

    target: Het script is klaar en stopt daarna.

    target: Open de gegevens van de klant.

    source: Set the value in the settings of the site.
    target: Stel de waarde in de instellingen van de site in.

    locale: de
    target: Das ist oder war der Fehler.

Fix:
    The second of two small words is removed, unless the language has them twice in a row for a good reason.
    All else is a suggestion.

Leave alone:
    - target: De map die die naam heeft, en ik denk dat dat zo is.
      reason: A pronoun and an article, or a conjunction and a pronoun, can be the same word.
    - target: Zorg dat je je aanmeldt, of u u nu afmeldt of niet.
      reason: A subject and a reflexive pronoun are the same word.
    - target: Stel dit in in het menu en zet het op op de server.
      reason: A verb's particle may stand before the same preposition.
    - target: Wie klaar is is weg, en wat nodig wordt wordt gemaakt.
      reason: The verbs of two clauses may meet.
    - target: Wie het het eerst ziet, meldt het.
      reason: A pronoun stands before an article.
    - locale: de
      target: Das sind die Daten, für die die Regel gilt, und der Ort, an dem dem Team etwas fehlt.
      reason: A relative pronoun stands before the same article.
    - locale: de
      target: Wenn Sie Sie-Formen meiden, fragt sie sie.
      reason: A hyphen makes it another word, and a pronoun may be subject and object.
    - source: Sing la la la, and say New York New York.
      target: Zing la la la, en zeg New York New York.
      reason: The source has it twice too.
    - target: Typ `echo echo` of zet `a` `a`.
      reason: Code is no prose.
    - target: Kies de map, de map van het project.
      reason: Punctuation stands between.
    - target: Kies A A of 10 10, en bezoek Bora Bora.
      reason: Single letters, numbers and names can be said twice.
    - target: Zet het aan. Aan de achterkant zit een knop.
      reason: A new sentence begins with the same word.
    - locale: sv
      target: Hur viktigt det är är oklart, och listan som visas visas alltid.
      reason: Two clauses meet.
    - target: De de-installatie is klaar.
      reason: A hyphen makes it another word.
"""

from __future__ import annotations

import re
from operator import eq
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "text"
SEVERITY: Final = Severity.WARNING

FEWEST: Final = 3
"""Words of a phrase that is looked for twice in a row."""
LONGEST: Final = 25

_NEVER: Final[Mapping[str, str]] = {
    "nl": "de een en of te ten maar want met van deze dit elke elk geen uw mijn ons onze",
    "de": "und oder mit von zum zur im vom beim ein eine einen einem einer eines nicht ob dass",
    "sv": "och eller en ett från inte",
    "da": "og eller en et fra ikke",
    "nb": "og eller en et fra ikke",
    "es": "el la los las un una y o de en con por para que",
    "fr": "le la les un une et ou de des du avec pour par que",
}
"""Small words that no sentence has twice in a row."""
_OFTEN: Final[Mapping[str, str]] = {
    "nl": """die dat het je u ze zij we wij jullie hem haar hun is was had er wat wie dan als aan achter af bij binnen
        boven buiten door in langs mee na naar om onder op over rond tegen terug toe uit voor weer zo zich ha heel veel
        steeds zijn kan kunnen moet moeten mag mogen wil willen wordt worden werd werden heeft hebben zal zullen""",
    "de": """die der das den dem sie wir ihr es er was wer wie so sehr zu an auf aus ab bei nach vor um über unter durch
        ist war waren sind hat hatte haben wurde wurden werden wird kann können ihn ihm ihnen weiter mehr""",
    "sv": "det den de är var som om i på till av för att in ut upp ner med sig vi ni han hon så",
    "da": "det den de er var som om i på til af for at ind ud op ned med sig vi I han hun så der",
    "nb": "det den de er var som om i på til av for at inn ut opp ned med seg vi dere han hun så der",
}
"""Words that may well stand twice in a row."""
_SETS: Final = {
    code: (frozenset(_NEVER.get(code, "").split()), frozenset(_OFTEN.get(code, "").split()))
    for code in {*_NEVER, *_OFTEN}
}
_NOTHING: Final = (frozenset[str](), frozenset[str]())
_VERBS: Final = {"sv": re.compile(r"(?:[aeo]r|as)$"), "da": re.compile(r"e[rs]$"), "nb": re.compile(r"e[rs]$")}
"""Words that may be verbs of two clauses without a comma between: Swedish `om det visas visas`."""
_DOUBLED = re.compile(r"(?<![\w'\u2019.-])([^\W\d_]{2,40})[ \t\u00a0\n][ \t\u00a0>]{0,40}\1(?![\w'\u2019-])")
_DOUBLED_AGAIN = re.compile(r"\s+([^\W\d_]{2,40})\s+\1(?!\w)")
_PLAIN = re.compile(r"[^\W\d_]{2,}")


def check(units: Sequence[Unit], language: Language) -> Iterator[Finding]:
    """Words, and phrases of three words and more, that are repeated at once."""
    for unit in units:
        words = unit.words
        if any(map(eq, words, words[1:])):
            yield from _words(unit, language)
        if len(words) >= 2 * FEWEST and len(set(words)) <= len(words) - FEWEST:
            threes = list(zip(words, words[1:], words[2:], strict=False))
            if len(set(threes)) < len(threes):
                yield from _phrases(unit)


def _words(unit: Unit, language: Language) -> Iterator[Finding]:
    code = language.locale.split("-", maxsplit=1)[0]
    never, often = _SETS.get(code, _NOTHING)
    if unit.source is not None and any(map(eq, _split(unit.source), _split(unit.source)[1:])):
        return
    for found in _DOUBLED.finditer(unit.target):
        word, start, end = found[1], found.end(1), found.end()
        if word in often or not unit.mask.free(found.start(), end) or not word.islower():
            continue
        if _DOUBLED_AGAIN.match(unit.target, start):
            continue
        sure = word in never
        if not sure and (len(word) < FEWEST or (code in _VERBS and _VERBS[code].search(word))):
            continue
        confidence = 1.0 if sure else 0.8
        yield unit.finding(start, end, f"'{word}' stands twice in a row", "", safe=sure, confidence=confidence)


def _phrases(unit: Unit) -> Iterator[Finding]:
    """Phrases that are repeated at once, each with the removal of the second."""
    words = unit.words
    seen: dict[str, int] = {}
    for place, word in enumerate(words):
        before = seen.get(word)
        seen[word] = place
        size = place - before if before is not None else 0
        if before is None or not FEWEST <= size <= LONGEST or words[before:place] != words[place : place + size]:
            continue
        phrase = words[place : place + size]
        if sum(_PLAIN.fullmatch(item) is not None for item in phrase) < FEWEST or len(set(phrase)) < FEWEST:
            continue
        if unit.source is not None and _repeats(_split(unit.source)):
            return
        first = re.compile(r"\s+".join(re.escape(item) for item in phrase)).search(unit.target)
        if first is None:
            return
        second = re.compile(r"\s+" + r"\s+".join(re.escape(item) for item in phrase)).match(unit.target, first.end())
        if second is not None and unit.mask.free(first.start(), second.end()):
            shown = " ".join(phrase)
            yield unit.finding(*second.span(), f"'{shown}' stands twice in a row", "", safe=False, confidence=0.9)
        return


def _repeats(words: list[str]) -> bool:
    """Whether a phrase of three words and more stands twice in a row."""
    seen: dict[str, int] = {}
    for place, word in enumerate(words):
        before = seen.get(word)
        seen[word] = place
        if before is not None and place - before >= FEWEST and words[before:place] == words[place : 2 * place - before]:
            return True
    return False


def _split(text: str) -> list[str]:
    return text.casefold().split()
