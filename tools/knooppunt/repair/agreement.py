"""Words that must agree with the gender of a noun: its article and what else stands before it.

What is proposed is for a person to decide, for a word before a noun may belong to something else: `het pod` may be the
pronoun `het`, and `de knooppunt naam` a compound that was split. Only words of the list of a language are touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.model import Edit
from knooppunt.repair.agreement_de import CONTRACTED, all_determiners, determiners_for
from knooppunt.repair.genders import GENDERS
from knooppunt.repair.languages import rules_for
from knooppunt.repair.tokens import keep_case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.repair.text import Mask


def _table(text: str) -> dict[str, str]:
    """`de het, deze dit` as a mapping."""
    found = {}
    for pair in text.split(","):
        before, after = pair.split()
        found[before] = after
    return found


_DUTCH_NEUTER: Final = _table("de het, deze dit, elke elk, iedere ieder, welke welk, onze ons, zulke zulk")
"""Without `die`, which is a relative pronoun far more often: `een site die Knooppunt bouwt`."""
_DUTCH_COMMON: Final = _table("het de, dit deze, elk elke, ieder iedere, welk welke, ons onze, zulk zulke")
"""Without `dat`, which is a conjunction far more often."""
_DUTCH_BARE: Final = frozenset({"een", "geen", "elk", "ieder", "welk", "zulk", "\u00e9\u00e9n", "zo'n", "zo\u2019n"})
"""Words behind which the adjective before a neuter noun has no -e: `een nieuw knooppunt`."""
_NORTHERN: Final = {
    "sv": _table(
        "en ett, den det, denna detta, n\u00e5gon n\u00e5got, ingen inget, vilken vilket, min mitt, din ditt, sin sitt,"
        "v\u00e5r v\u00e5rt, er ert, annan annat"
    ),
    "da": _table(
        "en et, den det, denne dette, nogen noget, ingen intet, hvilken hvilket, min mit, din dit, sin sit, anden andet"
    ),
    "nb": _table(
        "en et, ei et, den det, denne dette, noen noe, ingen intet, hvilken hvilket, min mitt, din ditt, sin sitt,"
        "annen annet"
    ),
}
"""Words before a common noun -> the same before a neuter one."""

_BEFORE: Final = re.compile(r"([^\W\d_]+(?:['\u2019-][^\W\d_]+)*)([ \t\u00a0]+[*_]{0,3})$")
_BEHIND: Final = re.compile(r"([*_]*) ([^\W\d_]+)")
_RELATIVE: Final = re.compile(r"(,? )(die|dat)(?=\s)")
_DUTCH_ADJECTIVE: Final = re.compile(
    r"(?:ig|lijk|isch|baar|eel|aal|ief|air|loos|end|erd)$|^(?!\w*(?:heid|ment|teit)$)(?:ge|be|ver|her|ont|on|toege|aange|uitge|inge|opge)\w+[dt]$"
    r"|^(?:ander|dubbel|enkel|extern|flexibel|goed|groot|hoog|intern|juist|klein|kort|laag|lang|leeg|modern|nieuw|oud"
    r"|simpel|snel|variabel|vast|vol|vrij)$"
)
"""Dutch adjectives without -e; another word may be a noun whose compound was split: `een service knooppunt`."""
_ORDINALS: Final = frozenset({"tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "negende", "tiende"})
MOST_ADJECTIVES: Final = 2
REACH: Final = 80
"""Characters before a noun that are looked at."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Words that do not agree with a noun."""

    edits: tuple[Edit, ...]
    """What agrees; empty where it depends on the case of the sentence."""
    written: str
    """The word that shows it."""
    right: str
    """What belongs there: `het`, or `der or den`."""


def disagreement(mask: Mask, start: int, end: int, gender: str | None, language: str) -> Disagreement | None:
    """What before (and right behind) a singular noun at [start, end) does not agree with its gender; None if all does.

    `gender` is one of GENDERS, or None where it is not known; then nothing disagrees.
    """
    name = GENDERS.get(gender or "")
    if name is None:
        return None
    if language == "nl":
        return _dutch(mask, start, end, neuter=name == "neuter")
    if language == "de":
        return None if name == "common" else _german(mask, start, name)
    table = _NORTHERN.get(language)
    return _northern(mask, start, table, neuter=name == "neuter") if table else None


def suspects(gender: str | None, language: str) -> frozenset[str]:
    """Words, in lower case, one of which stands before a noun of a gender wherever something disagrees with it."""
    name = GENDERS.get(gender or "")
    if name is None:
        return frozenset()
    if language == "nl":
        return _DUTCH_BARE.union(_DUTCH_NEUTER if name == "neuter" else _DUTCH_COMMON)
    if language == "de":
        return frozenset() if name == "common" else frozenset(all_determiners(name))
    table = _NORTHERN.get(language, {})
    return frozenset(table if name == "neuter" else table.values())


def _words_before(mask: Mask, start: int, count: int) -> Iterator[tuple[int, str]]:
    """Words before a position, the nearest first, with nothing but spaces and emphasis between them."""
    least = max(0, start - REACH)
    at = start
    while at > least and mask.text[at - 1] in "*_":
        at -= 1
    for _ in range(count):
        found = _BEFORE.search(mask.text[least:at])
        if found is None or not mask.free(least + found.start(), at):
            return
        at = least + found.start()
        yield at, found[1]
        while at > least and mask.text[at - 1] in "*_":
            at -= 1


def _edit(at: int, old: str, new: str) -> Edit:
    return Edit(at, at + len(old), keep_case(old, new))


# Dutch ---------------------------------------------------------------------------------------------------------------


def _dutch(mask: Mask, start: int, end: int, *, neuter: bool) -> Disagreement | None:
    if _is_attribute(mask.text, start, end):
        return None
    table = _DUTCH_NEUTER if neuter else _DUTCH_COMMON
    adjectives: list[tuple[int, str]] = []
    for at, word in _words_before(mask, start, MOST_ADJECTIVES + 1):
        key = word.casefold()
        if key in table:
            if not neuter and any(not adjective.endswith("e") for _, adjective in adjectives):
                return None  # `het nieuw`: no article of this noun
            edits = [_edit(at, word, table[key])]
            if key in {"elke", "iedere", "welke", "zulke"}:
                bent = [(place, item, _without_e_if_adjective(item)) for place, item in adjectives]
                edits += [_edit(place, item, bare) for place, item, bare in bent if bare != item]
            return Disagreement((*edits, *_relative(mask, end, neuter=neuter)), word, table[key])
        if key in _DUTCH_BARE:
            bend = _without_e_if_adjective if neuter else _with_e_if_adjective
            bendable = adjectives if neuter else adjectives[:1]  # another one is an adverb: volledig gekwalificeerde
            changed = [(place, item, bend(item)) for place, item in bendable if bend(item) != item]
            if not changed:
                return None
            edits = [_edit(*change) for change in reversed(changed)]
            return Disagreement((*edits, *_relative(mask, end, neuter=neuter)), *changed[0][1:])
        if not _is_adjective(key):
            return None
        adjectives.append((at, word))
    return None


def _is_attribute(text: str, start: int, end: int) -> bool:
    """Whether a noun seems to belong to the word behind it: `de vereiste versie`, `de **knooppunt** groep`."""
    behind = _BEHIND.match(text, end)
    if behind is None or behind[2].casefold() in rules_for("nl").stop_words:
        return False
    return bool(behind[1]) or text[start:end].endswith("e")


def _is_adjective(word: str) -> bool:
    return bool(_DUTCH_ADJECTIVE.search(without_e(word))) or word in _ORDINALS or word.endswith("ste")


def _without_e_if_adjective(word: str) -> str:
    bare = without_e(word)
    return bare if _DUTCH_ADJECTIVE.search(bare.casefold()) and word.casefold() not in _ORDINALS else word


def _with_e_if_adjective(word: str) -> str:
    return with_e(word) if _DUTCH_ADJECTIVE.search(word) else word


def _relative(mask: Mask, end: int, *, neuter: bool) -> Iterator[Edit]:
    """The relative pronoun right behind the noun: `het knooppunt dat`."""
    found = _RELATIVE.match(mask.text, end)
    wrong, right = ("die", "dat") if neuter else ("dat", "die")
    if found and found[2] == wrong and mask.free(found.start(2), found.end(2)):
        yield Edit(found.start(2), found.end(2), right)


def without_e(adjective: str) -> str:
    """A Dutch adjective without its -e, in the likeliest spelling; itself where it has none.

    >>> [without_e(word) for word in ("nieuwe", "grote", "virtuele", "snelle", "actieve", "beschikbare", "andere")]
    ['nieuw', 'groot', 'virtueel', 'snel', 'actief', 'beschikbaar', 'ander']
    """
    if not adjective.endswith("e") or len(adjective) < 4 or re.search(r"(?:ee|ie|[^aeiou]ste|^beste)$", adjective):
        return adjective  # the last ones are the greatest: eerste, kleinste
    stem = adjective[:-1]
    if re.search(r"([bcdfgklmnprst])\1$", stem):
        return stem[:-1]
    single = re.search(r"(?:^|[^aeiouy\u00eb\u00ef]|[iu](?=e))([aeou])[bcdfghklmnprstvz]$", stem)
    weak = re.search(r"(?:er|[bkp]el)$", stem)
    if single and not weak and not re.search(r"ie[a-z]$", stem):
        stem = stem[:-1] + single[1] + stem[-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def with_e(adjective: str) -> str:
    """A Dutch adjective with -e, in the likeliest spelling.

    >>> [with_e(word) for word in ("nieuw", "groot", "virtueel", "snel", "actief", "eenvoudig", "foutloos")]
    ['nieuwe', 'grote', 'virtuele', 'snelle', 'actieve', 'eenvoudige', 'foutloze']
    """
    long = re.search(r"(aa|ee|oo|uu)([bcdfgklmnprst])$", adjective)
    if long:
        last = "z" if adjective.endswith("loos") else {"f": "v"}.get(long[2], long[2])
        return adjective[: -len(long[0])] + long[1][0] + last + "e"
    if adjective.endswith("ief"):
        return adjective[:-1] + "ve"
    if re.search(r"(?:^|[^aeiou])[aeiou][bdfgklmnpt]$", adjective) and not re.search(
        r"(?:ig|er|[bkp]el|en)$", adjective
    ):
        return adjective + adjective[-1] + "e"
    return adjective + "e"


# German --------------------------------------------------------------------------------------------------------------


def _german(mask: Mask, start: int, gender: str) -> Disagreement | None:
    for at, word in _words_before(mask, start, MOST_ADJECTIVES + 1):
        key = word.casefold()
        right = determiners_for(key, gender)
        if right is not None:
            relative = key.startswith("d") and mask.text[:at].rstrip().endswith(",")  # ein Wert, den Pod und Knoten ...
            if not right or relative:
                return None
            edits = (_edit(at, word, right[0]),) if len(right) == 1 else ()
            return Disagreement(edits, word, " or ".join(right))
        if key in CONTRACTED or not re.search(r"..(?:e|en|er|es|em)$", key) or word[0].isupper():
            return None
    return None


# The north -----------------------------------------------------------------------------------------------------------


def _northern(mask: Mask, start: int, table: Mapping[str, str], *, neuter: bool) -> Disagreement | None:
    common: dict[str, str] = {}
    for wrong, right in table.items():
        common.setdefault(right, wrong)
    chosen = table if neuter else common
    for at, word in _words_before(mask, start, MOST_ADJECTIVES + 1):
        key = word.casefold()
        if key in chosen:
            return Disagreement((_edit(at, word, chosen[key]),), word, chosen[key])
        if key in table or key in common or word[0].isupper():
            return None
    return None
