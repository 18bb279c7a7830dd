"""Emphasis of the source is missing or was added, or a link or code stands twice.

Why:
    Bold text shows readers what to click or type, and a heading in bold splits a list.
    An engine that moves markup loses it, or says the same link twice.

Bad:
    source: Choose **Save** and wait.
    target: Kies Save en wacht.

    source: Choose **Open**, and then **Close**.
    target: Kies **Openen**, en dan Sluiten.

    source: Read [the guide](guide.md) first.
    target: Lees eerst [de handleiding](guide.md)[de handleiding](guide.md).

    source: Run `kubectl get pods` now.
    target: Voer `kubectl get pods` `kubectl get pods` nu uit.

    source: "**Force** - skip the question."
    target: "\\*\\* Force \\*\\* - sla de vraag over."

    source: See [issue 12](https://example.com/12) for more.
    target: Zie [issue 12] (https://example.com/12) voor meer.

Good:
    source: Choose **Save** and wait.
    target: Kies **Save** en wacht.

    source: Choose **Open**, and then **Close**.
    target: Kies **Openen**, en dan **Sluiten**.

    source: Read [the guide](guide.md) first.
    target: Lees eerst [de handleiding](guide.md).

    source: Run `kubectl get pods` now.
    target: Voer `kubectl get pods` nu uit.

    source: "**Force** - skip the question."
    target: "**Force** - sla de vraag over."

    source: See [issue 12](https://example.com/12) for more.
    target: Zie [issue 12](https://example.com/12) voor meer.

Fix:
    Where the text between the marks stands here unchanged, and once, the marks around it are suggested.
    The second of two equal links or code spans in a row, and a space inside a link, are suggestions too.
    Elsewhere there is no fix, for a translator has to say which words are meant; that is a note, since people leave
    bold out too.

Leave alone:
    - source: Choose **Save**.
      target: Kies __Opslaan__.
      reason: Both signs of bold are the same.
    - source: "*Note:* Wait. The *pod* and the *node* are there."
      target: "*Let op:* Wacht. De *pod* en het *knooppunt* zijn er."
      reason: As many emphases as in the source are there.
    - source: "**Note** Wait."
      target: "**Let op** Wacht, *even*."
      reason: One emphasis in italics more is a matter of style.
    - source: Multiply 2 * 3 * 4 and use `**kwargs`.
      target: Vermenigvuldig 2 * 3 * 4 en gebruik `**kwargs`.
      reason: Signs that are no markup, and code, do not count.
    - source: Read [a](a.md) and [b](a.md).
      target: Lees [een](a.md) en [twee](a.md).
      reason: The source has the same link twice.
    - source: Type `a` `a` twice.
      target: Typ twee keer `a` `a`.
      reason: The source has the same code twice in a row.
    - source: The word **very** matters.
      target: Het woord **heel** doet ertoe.
      reason: The emphasis is there.
    - locale: ja
      source: This is *important*.
      target: これは重要です。
      reason: Japanese has no italics, and shows emphasis by words.
    - source: Choose *Save* (a button).
      target: Kies "Opslaan" (een knop).
      reason: Italics may become quotation marks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from knooppunt.model import Edit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language
    from knooppunt.repair.markup import Element

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING
BILINGUAL: Final = True

_ESCAPED: Final = r"\*\*"
_MARKS: Final = re.compile(r"[*_`\]]")
_BROKEN = re.compile(r"\][ \t]+\((?=[^\s()]*[/.#][^\s()]*\))")
_GAP = re.compile(r"[ \t]{0,2}")


def check(unit: Unit, language: Language) -> Iterator[Finding]:  # noqa: ARG001 # one form for all checks
    """Bold that is lost or added, what stands twice in a row, and links that are broken by a space."""
    source = unit.source
    if source is None or not (_MARKS.search(unit.target) or _MARKS.search(source)):
        return
    yield from _bold(unit)
    yield from _twice(unit)
    if not _BROKEN.search(source):
        for found in _BROKEN.finditer(unit.target):
            start, end = found.start() + 1, found.end() - 1
            yield unit.finding(start, end, "a space inside a link", "", safe=False, confidence=0.9)


def _bold(unit: Unit) -> Iterator[Finding]:
    """Bold texts that one side has more of."""
    wanted = [element for element in unit.source_elements if element.kind == "bold"]
    present = [element for element in unit.elements if element.kind == "bold"]
    escaped = list(_escaped(unit))
    if escaped:
        yield from escaped
        return
    if len(wanted) == len(present) or "****" in unit.target + (unit.source or ""):
        return
    if _odd(unit.target) or _odd(unit.source or ""):
        if not _odd(unit.source or "") and len(wanted) > len(present):
            yield unit.finding(0, 0, "asterisks of bold have no partner")
        return
    if len(wanted) < len(present):
        yield replace(unit.finding(0, 0, _count(len(wanted), len(present))), severity=Severity.NOTE)
        return
    left = Counter(element.value for element in wanted)
    left.subtract(element.value for element in present)
    for element in wanted:
        if left[element.value] <= 0 or len(wanted) - len(present) > 1:
            continue
        place = _only_place(unit, element)
        if place is not None:
            start, end = place
            edits = (Edit(start, start, "**"), Edit(end, end, "**"))
            message = f"'{element.value}' is bold in the source"
            yield unit.finding_with(start, message, edits, safe=False, confidence=0.8)
            return
    yield replace(unit.finding(0, 0, _count(len(wanted), len(present))), severity=Severity.NOTE)


def _escaped(unit: Unit) -> Iterator[Finding]:
    """Asterisks with a backslash before them, which readers see, where the source has bold."""
    if unit.target.count(_ESCAPED) != 2 or _ESCAPED in (unit.source or "") or "**" not in (unit.source or ""):
        return
    start = unit.target.index(_ESCAPED)
    end = unit.target.rindex(_ESCAPED)
    inner = unit.target[start + len(_ESCAPED) : end]
    left, right = len(inner) - len(inner.lstrip(" ")), len(inner) - len(inner.rstrip(" "))
    edits = (
        Edit(start, start + len(_ESCAPED) + left, "**"),
        Edit(end - right, end + len(_ESCAPED), "**"),
    )
    if inner.strip():
        yield unit.finding_with(start, "the asterisks of bold are escaped", edits, safe=False, confidence=0.9)


def _count(wanted: int, present: int) -> str:
    texts = "text" if wanted == 1 else "texts"
    return f"the source has {wanted} bold {texts}, the translation {present}"


def _odd(text: str) -> bool:
    return text.count("**") % 2 == 1


def _only_place(unit: Unit, element: Element) -> tuple[int, int] | None:
    """Where the text of an emphasis stands in the target, if once and nowhere near markup."""
    places = [found.span() for found in re.finditer(rf"(?<![\w*]){re.escape(element.value)}(?![\w*])", unit.target)]
    if len(places) != 1 or len(element.value) < 3 or not unit.mask.free(*places[0]):
        return None
    return places[0]


def _twice(unit: Unit) -> Iterator[Finding]:
    """Equal links or code spans in a row."""
    doubled = {one.value for one, other in pairwise(_linked(unit.source_elements)) if one.value == other.value}
    for one, other in pairwise(_linked(unit.elements)):
        same = unit.target[one.start : one.end] == unit.target[other.start : other.end]
        if not same or one.value in doubled or not _GAP.fullmatch(unit.target, one.end, other.start):
            continue
        message = f"the {one.kind} '{one.value.strip('`')}' stands twice"
        yield unit.finding(one.end, other.end, message, "", safe=False, confidence=0.9)


def _linked(elements: tuple[Element, ...]) -> list[Element]:
    return [element for element in elements if element.kind in {"link", "code"}]
