"""Norwegian Bokmål: what the model joins is suggested only, since there was no text with corrections to learn from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.repair.languages.northern import with_genitives
from knooppunt.repair.languages.rules import LanguageRules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def norwegian(word: str) -> Mapping[str, str]:
    """Possible plurals, forms with the article and genitives of a Norwegian noun without umlaut."""
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    return with_genitives(word, _forms(word))


def _forms(word: str) -> Iterator[tuple[str, str]]:
    if word.endswith("e"):  # en mappe, mappen, mapper, mappene; ei side, sida
        yield from ((word + "n", "definite"), (word + "t", "definite"), (word[:-1] + "a", "definite"))
        yield from ((word + "r", "plural"), (word + "ne", "definite plural"))
        return
    if word.endswith("er"):  # en bruker, brukeren, brukere, brukerne
        yield from ((word + "e", "plural"), (word + "ne", "definite plural"))
    stems = [word]
    short = re.fullmatch(r"(.*[^aeiouyæøå])e([lnr])", word)
    if short:  # et eksempel, eksempler
        stems.append(short[1] + short[2])
    elif re.search(r"(?:^|[^aeiouyæøå])[aeiouyæøå]m$", word):  # et program, programmet
        stems.append(word + word[-1])
    for stem in stems:
        yield from ((stem + "en", "definite"), (stem + "et", "definite"), (stem + "a", "definite"))
        yield from ((stem + "er", "plural"), (stem + "ene", "definite plural"))


_STOP_WORDS: Final = """
alle allerede alltid alt andre annen annet at av bare begge ble bli blir blitt bør da de deg dem den denne der deres
derfor deretter derfra dersom dessuten det dette di din dine disse ditt du dere eller en enda enn er et etter flere
flest for fordi foran fra få får før gjennom gjør ha hadde han hans har hele henne hennes her hun hva hver hvert hvem
hvilke hvilken hvilket hvis hvor hvordan hvorfor i igjen ikke imellom ingen inn innen inne inneholder ja jeg kan kun
kunne lik like man mange med meg meget mellom men mens mer mest min mine mitt mot mye må måtte nå når ned nei neste
nesten noe noen nok og også om opp oss over ovenfor på samme samt sammen sei seg selv selvom sin sine sitt skal skulle
slik slike som så til tilbake under unna unntatt ut uten utenfor var vår våre vårt ved vi via vil ville være vært
"""
_PARTICLES: Final = """
an av bak bi etter for foran fra fram frem før gjennom imot inn innen med mellom mot ned om opp over på rundt sammen
selv til tilbake under ut uten ved
"""
_DETERMINERS: Final = """
alle de den denne det dette di din dine disse ditt en ei et flere hver hvert ingen noe noen neste samme vår våre vårt
deres følgende hvilken hvilket hvilke
"""
_IMPERATIVES: Final = """
angi avslutt behandle bruk del endre finn flytt fortsett følg gå hent installer klikk kontroller kopier last legg les
logg lukk lagre merk opprett oppdater rediger send sett skjul skriv slett start stopp søk test trykk utfør vent velg vis
åpne
"""

RULES: Final = LanguageRules(
    stop_words=frozenset((_STOP_WORDS + _PARTICLES).split()),
    particles=frozenset(_PARTICLES.split()),
    determiners=frozenset(_DETERMINERS.split()),
    imperatives=frozenset(_IMPERATIVES.split()),
    linking=("s", "e"),
    conjunctions=frozenset({"og", "eller"}),
    decimal=",",
    group="\u00a0",
    inflect=norwegian,
)
