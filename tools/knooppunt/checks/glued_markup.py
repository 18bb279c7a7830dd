"""A link, code or emphasis is glued to a word, or emphasis has a space inside and stays visible as asterisks.

Why:
    Glued words are read as one.
    Emphasis with a space behind its opening asterisks is no emphasis: readers see the asterisks.

Bad:
    target: Dit is een [begrip][ref]van Kubernetes.

    source: See [the guide](guide.md) before you start.
    target: Zie [de handleiding](guide.md)voordat je begint.

    target: Lees over [Azure CNI][cni]en in[de handleiding](guide.md) hoe het werkt.

    target: Klik op ** Opslaan** en wacht.

    target: Klik op **Opslaan **en wacht.

    source: Fill in **LicenseUri**, **Tags**, and **Owner**.
    target: Vul **LicenseUri**, **Tags**en **Owner** in.

    source: Mark the function as a *unit test* here.
    target: Markeer de functie als*eenheidstest*hier.

Good:
    target: Dit is een [begrip][ref] van Kubernetes.

    source: See [the guide](guide.md) before you start.
    target: Zie [de handleiding](guide.md) voordat je begint.

    target: Lees over [Azure CNI][cni] en in [de handleiding](guide.md) hoe het werkt.

    target: Klik op **Opslaan** en wacht.

    target: Klik op **Opslaan** en wacht.

    source: Fill in **LicenseUri**, **Tags**, and **Owner**.
    target: Vul **LicenseUri**, **Tags** en **Owner** in.

    source: Mark the function as a *unit test* here.
    target: Markeer de functie als *eenheidstest* hier.

Fix:
    A space is put between where the word is a small word of the language, or begins with a capital where the source has
    a space at the same link, code or emphasis.
    What may be an ending ("en") is parted where the source has "and" or "or" behind the same thing.
    Other words are suggestions, since they may be the second part of a compound.

Leave alone:
    - target: Alle [pod](pod.md)s en `Pod`s, de **pod**jes.
      reason: An ending belongs to the word.
    - target: De [pod](pod.md)en de rest.
      reason: "En" may be an ending too, so the space is a suggestion only; behind a name it is sure.
      suggestions: true
    - target: Het AKS-[cluster](cluster.md) en de [pod](pod.md)-naam.
      reason: A hyphen joins them.
    - source: Each `Pod` waits, and pods stop.
      target: De `Pod`s wachten, en pods stoppen.
      reason: The ending is no word, whatever the source has.
    - target: Het woord is ver**anderd**, en **Do**main is ook een deel.
      reason: A part of a word may be bold.
    - target: Schrijf het (of de `sleutel`) op, met "`a`" en ‘*b*’.
      reason: Brackets and quotes touch what they enclose.
    - locale: de
      source: The **request** body is sent.
      target: Der **Request**body wird gesendet.
      reason: Part of a compound may be bold, so the space is a suggestion only.
      suggestions: true
    - target: Kies 2**10**3 of `a`2.
      reason: Digits are no words.
    - source: Version 2017 ** and version 2019 **
      target: Versie 2017 ** en versie 2019 **
      reason: The source has asterisks as signs of footnotes.
    - target: Versie 2017 ** <br/> Versie 2019 **
      reason: What has a tag between is no emphasis.
    - target: Reken 2 ** 3 uit.
      reason: One pair of asterisks alone is no emphasis.
    - locale: ja
      target: 詳細は[ガイド](guide.md)を参照してください。
      reason: Japanese has no spaces between words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Edit, Severity
from knooppunt.repair.markup import bold_marks, partners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language
    from knooppunt.repair.markup import Element

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR
_TOUCHING: Final = (
    r"[)\]`*](?=[^\W\d_])(?<![\s(\[\"'/-].)(?<![\s(\[\"'/-][*`].)"  # a word behind
    r"|[`*\[!](?<=[^\W\d_].)(?=[*\[]?[^\s.,;:!?)*`-])"  # a word before
)
_GLUED = re.compile(_TOUCHING)
HINT: Final = re.compile(rf"{_TOUCHING}|\*\*")

_AFTER = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"[^\W\d_]+$")
_FOOTNOTED = re.compile(r"(?<=\w)[ \t]\*\*(?=[ \t]|$)", re.MULTILINE)
"""Asterisks behind a word and a space, which are the sign of a footnote."""
_LISTED = re.compile(r",? (?:and|or)\b")
_ENDING_WORDS: Final = "s es en n e er ern je jes tje tjes pje pjes kje kjes etje etjes ing ingen"
_ENDINGS: Final = frozenset(_ENDING_WORDS.split())
_EMPHASIS: Final = frozenset({"bold", "italic"})
LONGEST_WORD: Final = 60


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Places where a space belongs or where one is too many."""
    if language.rules.spaceless:
        return
    if "**" in unit.target:
        yield from _spaced_emphasis(unit)
    if not _GLUED.search(unit.target):
        return
    glued = [element for element in unit.elements if _touches(unit.target, element)]
    if glued:
        found = dict(zip(unit.elements, partners(unit.elements, unit.source_elements), strict=True))
        for element in glued:
            yield from _behind(unit, language, element, found[element])
            yield from _before(unit, language, element, found[element])


def _touches(text: str, element: Element) -> bool:
    after = text[element.end : element.end + 1].isalpha()
    return after or (element.start > 0 and text[element.start - 1].isalpha())


def _name(element: Element) -> str:
    return "emphasis" if element.kind in _EMPHASIS else element.kind


def _behind(unit: Unit, language: Language, element: Element, partner: Element | None) -> Iterator[Finding]:
    """A word that begins right behind an element."""
    source, stop_words = unit.source or "", language.rules.stop_words
    after = _AFTER.match(unit.target, element.end, element.end + LONGEST_WORD)
    if after is None or not unit.mask.free(*after.span()):
        return
    word = after[0].casefold()
    spaced = partner is not None and source[partner.end : partner.end + 1] == " "
    listed = partner is not None and word in language.rules.conjunctions and _LISTED.match(source, partner.end)
    ending = word in _ENDINGS and not _is_name(unit, language, element) and not listed
    safe = not ending and (word in stop_words or (spaced and after[0][0].isupper()))
    if safe or (not ending and spaced) or (element.kind == "link" and (not ending or word in stop_words)):
        message = f"'{after[0]}' is glued to the {_name(element)} before it"
        yield unit.finding(element.end, element.end, message, " ", safe=safe, confidence=1.0 if safe else 0.8)


def _before(unit: Unit, language: Language, element: Element, partner: Element | None) -> Iterator[Finding]:
    """A word that ends right before an element."""
    text, rules = unit.target, language.rules
    before = _BEFORE.search(text[max(0, element.start - LONGEST_WORD) : element.start])
    if before is None or not unit.mask.free(element.start - len(before[0]), element.start):
        return
    word = before[0].casefold()
    source = unit.source or ""
    spaced = partner is not None and partner.start > 0 and source[partner.start - 1] == " "
    alone = len(word) > 1 and word in rules.stop_words and not (element.kind in _EMPHASIS and word in rules.particles)
    if alone or spaced:
        message = f"'{before[0]}' is glued to the {_name(element)} behind it"
        yield unit.finding(element.start, element.start, message, " ", safe=alone, confidence=1.0 if alone else 0.8)


def _is_name(unit: Unit, language: Language, element: Element) -> bool:
    """Whether the text of a link is a name, which takes no ending of the language."""
    shown = unit.target[element.inner_start : element.inner_end]
    return element.kind == "link" and shown in language.names.values()


def _spaced_emphasis(unit: Unit) -> Iterator[Finding]:
    text = unit.target
    parts = text.split("**")
    if all(part == part.strip(" \t") for part in parts[1::2]) or _FOOTNOTED.search(unit.source or ""):
        return
    for opening, closing in bold_marks(unit.mask):
        inner = text[opening + 2 : closing]
        stripped = inner.strip(" \t")
        if stripped == inner or "<" in inner or not any(char.isalnum() for char in stripped):
            continue
        left = len(inner) - len(inner.lstrip(" \t"))
        right = len(inner) - len(inner.rstrip(" \t"))
        before, behind = text[opening - 1 : opening] if opening else "", text[closing + 2 : closing + 3]
        edits = []
        if left:
            edits.append(Edit(opening, opening + 2 + left, " **" if before.isalnum() else "**"))
        if right:
            edits.append(Edit(closing - right, closing + 2, "** " if behind.isalnum() else "**"))
        sure = len(stripped) < 80 and "\n" not in inner
        yield unit.finding_with(opening, "a space inside emphasis shows its asterisks", tuple(edits), safe=sure)
