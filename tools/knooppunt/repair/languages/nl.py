"""Dutch."""

from __future__ import annotations

from typing import Final

from knooppunt.repair.inflection_nl import dutch
from knooppunt.repair.languages.rules import LanguageRules

_STOP_WORDS: Final = """
aan achter af al alle alleen als alvorens beide bij binnen boven buiten daar daarna dan dat de deze die dit door dus
echter een eerst elk elke en er geen haar heeft hebben hem het hier hij hoe hun ieder iedere ik in is je jouw kan
kunnen langs maar meer meerdere met mee moet moeten mijn na naar naast nadat nog niet nu of om omdat onder ook op over
per rond samen sinds sommige te tegen tenzij terug terwijl tijdens toe tot tussen u uit uw vanaf van vanuit veel via
volgens voor voordat vóór wanneer waar waarin waarmee want wat we weer welke wel werd wie wij worden wordt zal ze zich
zij zijn zo zoals zodat zonder zou zullen
"""
_PARTICLES: Final = """
aan achter af bij binnen boven buiten door in mee na onder op over samen tegen terug toe uit voor weer
"""
_DETERMINERS: Final = """
de het een deze dit die elk elke ieder iedere geen uw mijn onze jouw volgende bovenstaande onderstaande
"""
_IMPERATIVES: Final = """
begin beheer bewaak controle deel gebruik help keuze meld open plan proef rapport schrijf start stop test update vraag
wacht werk zoek
"""

RULES: Final = LanguageRules(
    stop_words=frozenset(_STOP_WORDS.split()),
    particles=frozenset(_PARTICLES.split()),
    determiners=frozenset(_DETERMINERS.split()),
    imperatives=frozenset(_IMPERATIVES.split()),
    linking=("s", "en", "n", "e"),
    conjunctions=frozenset({"en", "of"}),
    decimal=",",
    group=".",
    inflect=dutch,
)
