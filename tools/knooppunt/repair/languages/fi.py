"""Finnish: what the model joins is suggested only, since no text with corrections of people was there to learn from.

Its nouns have some two thousand forms each; of these only those are here that need no change of the stem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.repair.languages.rules import LanguageRules

if TYPE_CHECKING:
    from collections.abc import Mapping


def finnish(word: str) -> Mapping[str, str]:
    """The plural and the genitive of a Finnish noun that ends in one vowel and keeps its stem: `solu`, `solut`."""
    if len(word) < 2 or word[-1] not in "aeiouyäö" or word[-1] == "e":
        return {}
    return {word + "t": "plural", word + "n": "genitive"}


_STOP_WORDS: Final = """
aina ainakin alla edelleen ei eikä eivät eli ellei ennen että he heidän hän ilman itse ja jo jo joiden joissa joka jokin
joko jolla jolloin jonka jopa jos joskus jossa josta jota jotka jotta kaikki kaikkien kanssa kaikkia kautta ken kuin
kuinka kuitenkin kukin kun kuten lisäksi me mihin mikä mikäli milloin missä mitä mitään miten mutta muu muut muun muita
myös myöskin mukaan ne niiden niin niitä niissä noin nuo nyt näiden näin näitä nämä olen oli olisi olla olleet ollut on
ovat pitää pois päälle saa sekä se sen siellä sillä sinun sinä sitä sitten siinä siitä silloin taas tai te tekee
tehdä teidän toinen tämä tämän tässä tästä tätä vaan vai vaikka vain varten vasta vielä voi voidaan voit voivat yksi yli
"""
_PARTICLES: Final = """
ennen itse jo kanssa kautta läpi mukaan muu ohi pois päälle toinen vasta yksi yli
"""
_DETERMINERS: Final = """
jokainen joka jokin kaikki muu muut nämä nuo se seuraava seuraavat sama toinen tämä yksi
"""
_IMPERATIVES: Final = """
aloita anna avaa asenna etsi hae jatka kirjaudu kirjoita kopioi kokeile käytä käynnistä lataa lisää luo lähetä
muokkaa muuta napsauta näytä odota paina piilota poista siirrä sulje tallenna tarkista testaa tulosta valitse vaihda
"""

RULES: Final = LanguageRules(
    stop_words=frozenset((_STOP_WORDS + _PARTICLES).split()),
    particles=frozenset(_PARTICLES.split()),
    determiners=frozenset(_DETERMINERS.split()),
    imperatives=frozenset(_IMPERATIVES.split()),
    conjunctions=frozenset({"ja", "tai", "sekä"}),
    decimal=",",
    group="\u00a0",
    inflect=finnish,
)
