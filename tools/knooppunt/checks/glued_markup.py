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

Good:
    target: Dit is een [begrip][ref] van Kubernetes.

    source: See [the guide](guide.md) before you start.
    target: Zie [de handleiding](guide.md) voordat je begint.

    target: Lees over [Azure CNI][cni] en in [de handleiding](guide.md) hoe het werkt.

    target: Klik op **Opslaan** en wacht.

    target: Klik op **Opslaan** en wacht.

Fix:
    A space is put between where the word is a small word of the language, or where the source has a space at the same
    link, code or emphasis.
    Other words behind a link are reported without a safe fix.

Leave alone:
    - target: Alle [pod](pod.md)s en `Pod`s, de **pod**jes.
      reason: An ending belongs to the word.
    - target: De [pod](pod.md)en de rest.
      reason: "En" may be an ending too, so the space is a suggestion only; behind a name it is sure.
      suggestions: true
    - target: Het AKS-[cluster](cluster.md) en de [pod](pod.md)-naam.
      reason: A hyphen joins them.
    - target: Reken 2 ** 3 uit.
      reason: One pair of asterisks alone is no emphasis.
    - locale: ja
      target: 詳細は[ガイド](guide.md)を参照してください。
      reason: Japanese has no spaces between words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.model import Edit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language, Mask

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR

_AFTER = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"[^\W\d_]+$")
_STARS = re.compile(r"(?<![*\\])\*\*(?!\*)")
_ENDING_WORDS: Final = "s es en n e er ern je jes tje tjes pje pjes kje kjes etje etjes ing ingen"
_ENDINGS: Final = frozenset(_ENDING_WORDS.split())
LONGEST_WORD: Final = 60


@dataclass(frozen=True, slots=True)
class _Element:
    """A link, a code span or a bold text."""

    start: int
    end: int
    kind: str
    value: str
    text_end: int = 0


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Places where a space belongs or where one is too many."""
    if language.rules.spaceless:
        return
    pairs = _pairs(unit.mask)
    yield from _spaced_emphasis(unit, pairs)
    elements = _elements(unit.mask)
    source = _elements(unit.source_mask) if unit.source_mask else []
    for number, element in enumerate(elements):
        partner = _partner(element, elements[:number], source)
        yield from _glued(unit, language, element, partner)


def _glued(unit: Unit, language: Language, element: _Element, partner: _Element | None) -> Iterator[Finding]:
    text, stop_words = unit.target, language.rules.stop_words
    after = _AFTER.match(text, element.end, element.end + LONGEST_WORD)
    if after:
        word = after[0].casefold()
        spaced = partner is not None and unit.source is not None and unit.source[partner.end : partner.end + 1] == " "
        ending = word in _ENDINGS and not _is_name(unit, language, element)
        safe = not ending and (word in stop_words or spaced)
        if safe or (element.kind == "link" and (not ending or word in stop_words)):
            message = f"'{after[0]}' is glued to the {element.kind} before it"
            yield unit.finding(element.end, element.end, message, " ", safe=safe)
    before = _BEFORE.search(text[max(0, element.start - LONGEST_WORD) : element.start])
    if before:
        word = before[0].casefold()
        spaced = partner is not None and unit.source is not None and unit.source[partner.start - 1] == " "
        if (len(word) > 1 and word in stop_words) or (spaced and partner is not None and partner.start > 0):
            message = f"'{before[0]}' is glued to the {element.kind} behind it"
            yield unit.finding(element.start, element.start, message, " ")


def _is_name(unit: Unit, language: Language, element: _Element) -> bool:
    """Whether the text of a link is a name, which takes no ending of the language."""
    shown = unit.target[element.start + 1 : element.text_end]
    return element.kind == "link" and shown in language.names.values()


def _spaced_emphasis(unit: Unit, pairs: list[tuple[int, int]]) -> Iterator[Finding]:
    text = unit.target
    for opening, closing in pairs:
        inner = text[opening + 2 : closing]
        stripped = inner.strip(" \t")
        if stripped == inner or not any(char.isalnum() for char in stripped):
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


def _pairs(mask: Mask) -> list[tuple[int, int]]:
    """Places of the opening and closing asterisks of bold texts; empty where one has no partner."""
    signs = [found.start() for found in _STARS.finditer(mask.text) if mask.free(*found.span())]
    return list(zip(signs[::2], signs[1::2], strict=True)) if len(signs) % 2 == 0 else []


def _elements(mask: Mask) -> list[_Element]:
    found = [
        _Element(link.start - link.image, link.end, "link", link.target, link.text_end)
        for link in mask.links
        if link.form in {"inline", "full"}
    ]
    found += [_Element(span.start, span.end, "code", span.value) for span in mask.spans if span.kind == "code"]
    found += [_Element(start, end + 2, "emphasis", "") for start, end in _pairs(mask)]
    return sorted(found, key=lambda element: (element.start, element.end))


def _partner(element: _Element, before: list[_Element], source: list[_Element]) -> _Element | None:
    """The same element of the source: the same link or code, and among equal ones the same number."""
    number = sum((other.kind, other.value) == (element.kind, element.value) for other in before)
    same = [other for other in source if (other.kind, other.value) == (element.kind, element.value)]
    return same[number] if number < len(same) else None
