"""A space stands where the language has none: before punctuation, or between markup and a hyphen.

Why:
    It looks careless, and at the end of a line the punctuation can slip to the next one.
    Machine translation leaves such spaces behind links, code and emphasis.

Bad:
    target: Gebruik de service `w32time` .

    target: Zie [de handleiding](guide.md) , en daarna het *profiel* .

    source: Use *Basic* networks.
    target: Gebruik *Basic* -netwerken.

    target: Dit werkt ( meestal ) goed.

Good:
    target: Gebruik de service `w32time`.

    target: Zie [de handleiding](guide.md), en daarna het *profiel*.

    source: Use *Basic* networks.
    target: Gebruik *Basic*-netwerken.

    target: Dit werkt (meestal) goed.

Fix:
    The space is removed.

Leave alone:
    - locale: fr
      target: Est-ce prêt ?
      reason: French has a space before some signs.
    - target: Het bestand heet .gitignore of .NET.
      reason: A name may begin with a point.
    - source: Press **Save** .
      target: Druk op **Opslaan** .
      reason: The source has the same space, and should be mended first.
    - target: Wacht ... en probeer het opnieuw.
      reason: An ellipsis may stand by itself.
    - target: Verhouding 1 : 2 :smile: en ![beeld](a.png)
      reason: Ratios, shortcodes and images are no punctuation.
    - target: Gebruik `az` -o tabel.
      reason: A short word behind a hyphen is an option of a command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING

_BEFORE = re.compile(r"(?<=[^\s|>({\[])(?<!\n)([ \t]+)([.,;:!?])(?=[\s)\]*_\"']|$)")
_HYPHEN = re.compile(r"(?<=[`*_)\]])([ \t]+)(?=-[^\W\d_A-Z]{4,})")
_OPENING = re.compile(r"(?<=\()([ \t]+)(?=[^\s)])")
_CLOSING = re.compile(r"(?<=[^\s(|])([ \t]+)(?=\))")
_SPACED: Final = frozenset(";:!?")


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Spaces to remove."""
    text = unit.target
    for found in _BEFORE.finditer(text):
        sign = found[2]
        start, end = found.span(1)
        if language.rules.spaced_punctuation and sign in _SPACED:
            continue
        if _is_ratio(text, start, found.end()) or text.startswith("..", found.end()) or _line_start(text, start):
            continue
        if unit.source is not None and f" {sign}" in unit.source and _has_space_before(unit.source, sign):
            continue
        if unit.mask.free(start, end) and unit.mask.free(start, found.end()):
            yield unit.finding(start, end, f"space before '{sign}'", "")
    for pattern, message in (
        (_HYPHEN, "space before a hyphen"),
        (_OPENING, "space inside brackets"),
        (_CLOSING, "space inside brackets"),
    ):
        if unit.source is not None and pattern.search(unit.source):
            continue
        for found in pattern.finditer(text):
            if unit.mask.free(found.start(), found.end()) and not _line_start(text, found.start()):
                yield unit.finding(found.start(), found.end(), message, "")


def _is_ratio(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isdigit() and text[end : end + 2].strip()[:1].isdigit()


def _line_start(text: str, start: int) -> bool:
    """Whether only signs of quotes, items and definitions stand before on this line."""
    return re.fullmatch(r"[ \t>*+:.\d-]*", text[text.rfind("\n", 0, start) + 1 : start]) is not None


def _has_space_before(source: str, sign: str) -> bool:
    return any(found[2] == sign for found in _BEFORE.finditer(source))
