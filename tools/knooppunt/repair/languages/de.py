"""German."""

from __future__ import annotations

from typing import Final

from knooppunt.repair.inflection_de import german, german_genitive
from knooppunt.repair.languages.rules import LanguageRules

_STOP_WORDS: Final = """
ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes auch auf aus ausser ausserdem
bei beide beiden beim bereits bevor bis bitte da dabei dadurch dafür daher damit danach dann daran darauf daraus darf
darin darüber darum das dass davon dazu dein deine dem den denen denn der deren des dessen die dies diese diesem diesen
dieser dieses dort du durch dürfen ein eine einem einen einer eines einige einigen entweder er erst es etwa etwas falls
für gegen gibt hab haben hat hatte hatten hier hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im immer in
indem ins ist ja je jede jedem jeden jeder jedes jedoch jetzt jeweils kann kein keine keinem keinen keiner könnte
können mehr mehrere mehreren mit möchten muss müssen nach nachdem nächste neben nein nicht nichts noch nun nur ob
obwohl oder ohne per pro sehr sein seine seinem seinen seiner seit sich sie sind so sobald sofern solche solchen soll
sollen sollte sollten somit sondern sonst soweit sowie sowohl statt über um und uns unser unsere unter viele vielen vom
von vor war waren was weder weil weiterhin weitere weiteren welche welchem welchen welcher welches wenn wer werden wie
will wir wird wo wobei wollen worden wurde wurden während zu zum zur zusammen zwar zwischen
"""
_PARTICLES: Final = """
ab an auf aus ausser bei da dabei daran darauf darin durch ein für gegen her hin hinter mit nach neben ohne sein so über
um unter vor weiter zu zusammen zwischen
"""
_DETERMINERS: Final = """
alle allen aller das dem den der des die diese diesem diesen dieser dieses ein eine einem einen einer eines ihr ihre
ihrem ihren ihrer ihres jede jedem jeden jeder jedes kein keine keinem keinen keiner mehrere mehreren unsere welche
welcher welches zum zur beim im vom folgende folgenden
"""

RULES: Final = LanguageRules(
    stop_words=frozenset((_STOP_WORDS + _PARTICLES).split()),
    particles=frozenset(_PARTICLES.split()),
    determiners=frozenset(_DETERMINERS.split()),
    linking=("s", "es", "n", "en", "er", "e"),
    conjunctions=frozenset({"und", "oder"}),
    decimal=",",
    group=".",
    inflect=german,
    genitive=german_genitive,
)
