"""Swedish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.repair.languages.northern import with_genitives
from knooppunt.repair.languages.rules import LanguageRules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def swedish(word: str) -> Mapping[str, str]:
    """Possible plurals, forms with the article and genitives of a Swedish noun without umlaut."""
    if len(word) < 2 or not word[-1].isalpha():
        return {}
    return with_genitives(word, _forms(word))


def _forms(word: str) -> Iterator[tuple[str, str]]:
    """Forms but for genitives, by the five declensions, each where the end of the word allows it."""
    last = word[-1]
    if last == "a":  # en mapp-a: flicka, flickor
        yield from ((word + "n", "definite"), (word[:-1] + "or", "plural"), (word[:-1] + "orna", "definite plural"))
        return
    short = re.fullmatch(r"(.*[^aeiouyåäö])e([lnr])", word)
    if last == "e":  # en nyckelhållar-e, ett område
        yield from ((word + "n", "definite"), (word + "t", "definite"))
        yield from ((word[:-1] + "ar", "plural"), (word[:-1] + "arna", "definite plural"))
        yield from ((word + "n", "plural"), (word + "na", "definite plural"))
        if word.endswith("are"):  # en användare, två användare, användarna
            yield word[:-1] + "na", "definite plural"
        return
    if short:  # en nyckel, nycklar; ett exempel, exemplet
        stem = short[1] + short[2]
        yield from ((word + "n", "definite"), (stem + "en", "definite"), (stem + "et", "definite"))
        yield from ((stem + "ar", "plural"), (stem + "arna", "definite plural"), (stem + "er", "plural"))
        yield from ((stem + "erna", "definite plural"), (stem + "en", "definite plural"))
        return
    if word.endswith("or") or re.search(r"[aeiouyåäö]$", word):  # en dator, datorn; en ko, kon; ett konto, kontot
        yield from ((word + "n", "definite"), (word + "t", "definite"))
    yield from ((word + "en", "definite"), (word + "et", "definite"))
    stem = word + word[-1] if re.search(r"[^aeiouyåäö][aeiouyåäö][mn]$", word) else word  # ett program, programmet
    if stem != word:
        yield from ((stem + "en", "definite"), (stem + "et", "definite"))
    for ending in ("ar", "er", "or"):
        yield from ((stem + ending, "plural"), (stem + ending + "na", "definite plural"))
    if last in "aeiouyåäö":
        yield from ((word + "n", "plural"), (word + "na", "definite plural"), (word + "r", "plural"))
        yield word + "rna", "definite plural"
    yield stem + "en", "definite plural"


_STOP_WORDS: Final = """
aldrig all alla allt alltid alltså andra annan annars annat att av bara bland blev bli blir blivit bland både
bör da dag de dem den denna deras dess dessa dessutom det detta dig din dina dit ditt du därefter därför där då där
eftersom ej eller en enbart endast ens er era ert ett finns flera fler flesta för fram framför från få får få genom
gör göra ha hade han hans har hela heller hellre helst helt henne hennes hon honom hos hur här i ibland icke igen ihop
in inför ingen inget inga innan inne innehåller inom inte istället ju kan kommer kunde kunna lika liksom man med medan
mellan men mer mera mest mig min mina mitt mot mycket måste möjligt ned nedan nej ner ni nog nu när någon något några
nästan nästa och ock också olika om oss ovan på redan respektive sedan sig sin sina sitt själv samma samt senare ska
skall skulle som så sådan sådana sådant till tills tillsammans under upp ur ut utan utanför utom vad var vara varför
varit varje vars vart vem vems vi via vid vidare vilka vilken vilket vill våra vår vårt än ännu är även åt över
"""
_PARTICLES: Final = """
an av bak efter fram från för före genom hem i ihop in inne kring med mellan mot ned ner om på runt samman sedan själv
till tills under upp ur ut utan ute vid vidare åt över
"""
_DETERMINERS: Final = """
alla de den denna dessa det detta din dina ditt en er era ert ett flera ingen inget inga någon något några nästa samma
varje vår våra vårt följande varandras deras dess vilken vilket vilka
"""
_IMPERATIVES: Final = """
använd avbryt begär beställ byt börja dela flytta följ förnya hantera hämta installera kontrollera kopiera koppla kör
lägg läs logga lös markera publicera registrera rapportera sök skapa skicka skriv spara spela starta stoppa stäng ställ
ta testa titta uppdatera utför visa vänta välj ändra öppna
"""

RULES: Final = LanguageRules(
    stop_words=frozenset((_STOP_WORDS + _PARTICLES).split()),
    particles=frozenset(_PARTICLES.split()),
    determiners=frozenset(_DETERMINERS.split()),
    imperatives=frozenset(_IMPERATIVES.split()),
    linking=("s", "e", "o", "u"),
    conjunctions=frozenset({"och", "eller"}),
    decimal=",",
    group="\u00a0",
    inflect=swedish,
)
