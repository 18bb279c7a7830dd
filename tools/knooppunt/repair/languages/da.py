"""Danish: what the model joins is suggested only, since no text with corrections of people was there to learn from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.repair.languages.northern import with_genitives
from knooppunt.repair.languages.rules import LanguageRules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def danish(word: str) -> Mapping[str, str]:
    """Possible plurals, forms with the article and genitives of a Danish noun without umlaut."""
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    return with_genitives(word, _forms(word))


def _forms(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("e"):  # en bruge(r); en mappe, mappen, mapper, mapperne
        yield from ((word + "n", "definite"), (word + "t", "definite"))
        yield from ((word + "r", "plural"), (word + "rne", "definite plural"))
        return
    if word.endswith("er"):  # en bruger, brugeren, brugere, brugerne
        yield from ((word + "e", "plural"), (word + "ne", "definite plural"))
    stems = [word]
    short = re.fullmatch(r"(.*[^aeiouyæøå])e([lnr])", word)
    if short:  # en nøgle, et eksempel, eksempler
        stems.append(short[1] + short[2])
    elif re.search(r"(?:^|[^aeiouyæøå])[aeiouyæøå][bdfgklmnprst]$", word):  # et vindue; en knap, knappen
        stems.append(word + word[-1])
    for stem in stems:
        yield from ((stem + "en", "definite"), (stem + "et", "definite"))
        yield from ((stem + "er", "plural"), (stem + "erne", "definite plural"))
        yield from ((stem + "e", "plural"), (stem + "ene", "definite plural"))
    yield word + "s", "genitive"


_STOP_WORDS: Final = """
af al alle allerede alt altid anden andet andre at bare begge blev blive bliver bør da de dem den denne der deres derfor
derefter desuden det dette dig din dine disse dit du efter ej eller en end endnu er et flere for fordi fra få får før
gennem gør ham han hans har havde have hele heller her hvad hver hvert hvis hvilke hvilken hvilket hvor hvordan hvorfor
hvornår hun i igen igennem ikke imellem ind inden ingen inkl intet ja jeg jer jeres jo kan kun kunne lige man mange med
meget mellem men mens mere mest mig min mine mit mod må måske ned nej nogen noget nogle nu når nær næste næsten og også
om op os over ovenfor på samme samt selv selvom sig sin sine sit skal skulle som sådan så såsom til tilbage ud uden
udenfor under var ved vi via vil ville vor vores være været
"""
_PARTICLES: Final = """
af an bag bi efter for fra frem før gennem igennem ind inden med mellem mod ned om op over på sammen selv til tilbage ud
uden under ved
"""
_DETERMINERS: Final = """
alle de den denne det dette din dine disse dit en et flere hver hvert ingen intet nogen noget nogle næste samme vores
deres følgende hvilken hvilket hvilke
"""
_IMPERATIVES: Final = """
administrer afspil angiv anvend brug del download flyt følg gem hent indsæt installer klik kontroller kopier luk læs log
markér marker opret opdater rediger rul send skift skjul skriv slet søg start stop test tilføj tryk udfør vent vis vælg
åbn
"""

RULES: Final = LanguageRules(
    stop_words=frozenset((_STOP_WORDS + _PARTICLES).split()),
    particles=frozenset(_PARTICLES.split()),
    determiners=frozenset(_DETERMINERS.split()),
    imperatives=frozenset(_IMPERATIVES.split()),
    linking=("s", "e"),
    conjunctions=frozenset({"og", "eller"}),
    decimal=",",
    group=".",
    inflect=danish,
)
