"""Readers are addressed in two ways, or in another way than the locale's policy says.

Why:
    "U" in one sentence and "je" in the next one reads as if two people wrote the text.
    The locale's `register` says which one is meant.

Bad:
    register: formal
    source: You can pay with your card.
    target: U kunt met jouw kaart betalen.

    register: informal
    source: Sign in with your account.
    target: Meld je aan met uw account.

    locale: de
    register: formal
    source: You have your data there.
    target: Sie haben deine Daten dort.

    locale: de
    register: informal
    source: If you have your key, open it.
    target: Wenn du deinen Schlüssel hast, öffnen Sie ihn.

Good:
    register: formal
    source: You can pay with your card.
    target: U kunt met uw kaart betalen.

    register: informal
    source: Sign in with your account.
    target: Meld je aan met je account.

    locale: de
    register: formal
    source: You have your data there.
    target: Sie haben Ihre Daten dort.

    locale: de
    register: informal
    source: If you have your key, open it.
    target: Wenn du deinen Schlüssel hast, öffne ihn.

Fix:
    A possessive pronoun is suggested in the other register, since no verb changes with it.
    For other words there is no fix, for the verb has to change too.
    Without a policy (`neutral`) the rarer of the two ways in a file is a note.

Leave alone:
    - register: formal
      target: Dank je wel, zei hij, en je reinste onzin is het.
      reason: Fixed phrases have "je" in any register.
    - register: informal
      target: De letter u en een U-bocht, of kolom U.
      reason: A letter is no pronoun.
    - register: informal
      target: Kies "Meld u aan" in het menu.
      reason: What a program shows is cited as it is.
    - register: formal
      target: Voer `je` in.
      reason: Code is no prose.
    - locale: de
      register: formal
      target: Sie sehen, dass sie ihr Ziel erreichen, und ihr folgt.
      reason: A small "sie" or "ihr" is another pronoun.
    - locale: de
      register: informal
      target: Sie ist leer. Ihr Wert fehlt, und ihre Länge auch.
      reason: At the start of a sentence "Sie" and "Ihr" may mean "she" and "her".
    - locale: de
      register: informal
      target: "Die Gruppe ist leer: Sie hat keine Mitglieder."
      reason: A sentence may begin behind a colon.
    - locale: de
      register: informal
      target: "Wähle „Melden Sie sich an“ im Menü."
      reason: What a program shows is cited as it is.
    - register: formal
      target: De app vraagt "Wat wil je doen?" aan u.
      reason: A question of a program is cited as it is.
    - register: neutral
      target: U kunt dit zelf doen.
      reason: One way alone is not mixed, and the policy leaves it open.
    - locale: de
      register: formal
      target: Der Befehl dir und die Taste du_1 sind alt.
      reason: A command is no pronoun where an article or noun says so.
    - locale: sv
      target: Du kan ändra dina uppgifter.
      reason: Swedish has one way to address readers.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity
from knooppunt.repair.tokens import keep_case, starts_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "text"
SEVERITY: Final = Severity.WARNING

FORMAL: Final = "formal"
INFORMAL: Final = "informal"
MOST_SHARE: Final = 0.2
"""Of all places that address readers, in a locale without a policy, up to which the rarer way is reported."""


@dataclass(frozen=True, slots=True)
class Ways:
    """How a language addresses readers."""

    formal: re.Pattern[str]
    informal: re.Pattern[str]
    possessives: Mapping[str, str]
    """Possessive pronouns of one register, in lower case, each with that of the other one."""
    quick: Mapping[str, re.Pattern[str]]
    """For each way a pattern that is quickly looked for, and matches in every text that has a word of it."""
    unsure_first: bool = False
    """Whether a formal word at the start of a sentence may be another one."""


_QUOTED = re.compile('["\u201c\u201e\u00ab\u2018][^"\u201d\u201c\u00bb\u2019\n]{1,200}["\u201d\u201c\u00bb\u2019]')
WAYS: Final[Mapping[str, Ways]] = {
    "nl": Ways(
        formal=re.compile(
            r"(?<![\w'\u2019(/.,:=+-])(?<!letter )(?<!kolom )(?<!toets )"
            r"(?:[Uu]|[Uu]w|[Uu]we|[Uu]zelf)(?![\w'\u2019)=/+-])"
        ),
        informal=re.compile(
            r"(?<![\w'\u2019-])(?<!ank )(?:[Jj]e|[Jj]ij|[Jj]ou|[Jj]ouw|[Jj]ouwe|[Jj]ezelf)(?! reinste)(?![\w'\u2019-])"
        ),
        possessives={"uw": "je", "jouw": "uw"},
        quick={FORMAL: re.compile(r"[Uu](?:we?|zelf)?\b"), INFORMAL: re.compile(r"[Jj](?:e|ij|ouw?|ouwe|ezelf)\b")},
    ),
    "de": Ways(
        formal=re.compile(r"(?<!\w)(?:Sie|Ihnen|Ihre?[mnrs]?)(?!\w)"),
        informal=re.compile(
            r"(?<![\w\\/.$-])(?<!efehl )"
            r"(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?|[Ee]uch|[Ee]uere?[mnrs]?|[Ee]ure[mnrs]?)(?![\w-])"
        ),
        possessives={
            f"{one}{ending}": f"{other}{ending}"
            for one, other in (("dein", "Ihr"), ("ihr", "dein"))
            for ending in ("", "e", "em", "en", "er", "es")
        },
        quick={FORMAL: re.compile(r"[SI](?:ie|hr|hn)"), INFORMAL: re.compile(r"[DdEe](?:u|i[cr]|ein)")},
        unsure_first=True,
    ),
    "es": Ways(
        formal=re.compile(r"(?<!\w)[Uu]sted(?!\w)"),
        informal=re.compile(r"(?<!\w)(?:[Tt]ú|[Cc]ontigo|[Tt]uyos?|[Tt]uyas?)(?!\w)"),
        possessives={},
        quick={FORMAL: re.compile(r"[Uu]sted"), INFORMAL: re.compile(r"[TtCc](?:ú|uy|on)")},
    ),
    "fr": Ways(
        formal=re.compile(r"(?<!\w)(?:[Vv]ous|[Vv]otre|[Vv]os)(?!\w)"),
        informal=re.compile(r"(?<!\w)(?:[Tt]u|[Tt]oi|[Tt]es)(?!\w)"),
        possessives={},
        quick={FORMAL: re.compile(r"[Vv]o(?:us|tre|s)"), INFORMAL: re.compile(r"[Tt](?:u|oi|es)\b")},
    ),
}


def check(units: Sequence[Unit], language: Language) -> Iterator[Finding]:
    """Places that address readers in the other way."""
    ways = WAYS.get(language.locale.split("-", maxsplit=1)[0])
    if ways is None:
        return
    register = language.config.register
    if register in {FORMAL, INFORMAL}:
        yield from _against(units, ways, register)
    else:
        yield from _mixed(units, ways)


def _against(units: Sequence[Unit], ways: Ways, register: str) -> Iterator[Finding]:
    other = INFORMAL if register == FORMAL else FORMAL
    for unit in units:
        for start, end in _places(unit, ways, other):
            written = unit.target[start:end]
            message = f"'{written}' is {other}, and readers are addressed in the {register} way"
            new = ways.possessives.get(written.lower())
            if new is not None:
                new = new if new[0].isupper() else keep_case(written, new) if not ways.unsure_first else new
                yield unit.finding(start, end, message, new, safe=False, confidence=0.8)
            else:
                yield unit.finding(start, end, message)


def _mixed(units: Sequence[Unit], ways: Ways) -> Iterator[Finding]:
    """Where no policy says which way is meant: the rarer one in the file, as notes."""
    found = {way: [(unit, *span) for unit in units for span in _places(unit, ways, way)] for way in (FORMAL, INFORMAL)}
    count = Counter({way: len(places) for way, places in found.items()})
    (usual, many), (rare, few) = count.most_common(2)
    if not few or few > MOST_SHARE * (few + many):
        return
    for unit, start, end in found[rare]:
        message = f"'{unit.target[start:end]}' is {rare}, and the rest of the text is {usual}"
        yield replace(unit.finding(start, end, message), severity=Severity.NOTE)


def _places(unit: Unit, ways: Ways, way: str) -> Iterator[tuple[int, int]]:
    """Ranges of the pronouns of a way, outside of what is protected or cited."""
    pattern = ways.formal if way == FORMAL else ways.informal
    if ways.quick[way].search(unit.target) is None or pattern.search(unit.target) is None:
        return
    text = _QUOTED.sub(lambda found: "\ufffc" * len(found[0]), unit.prose)
    for found in pattern.finditer(text):
        start, end = found.span()
        if way == FORMAL and ways.unsure_first and starts_sentence(unit.target, start):
            continue
        yield start, end
