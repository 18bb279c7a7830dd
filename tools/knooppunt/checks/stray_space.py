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

    target: Gebruik het `PSWorkflow` -object en de GUID `a` -ID.

    source: The load balancer service.
    target: De dienst voor load balancer -verkeer.

    source: "**Zoom** - The size of the text."
    target: "**Zoom** -de grootte van de tekst."

Good:
    target: Gebruik de service `w32time`.

    target: Zie [de handleiding](guide.md), en daarna het *profiel*.

    source: Use *Basic* networks.
    target: Gebruik *Basic*-netwerken.

    target: Dit werkt (meestal) goed.

    target: Gebruik het `PSWorkflow`-object en de GUID `a`-ID.

    source: The load balancer service.
    target: De dienst voor load balancer-verkeer.

    source: "**Zoom** - The size of the text."
    target: "**Zoom** - de grootte van de tekst."

Fix:
    The space is removed.
    Between a word and a hyphen that is a suggestion.
    Where the source has a dash behind the same markup, the suggestion is to make the hyphen a dash.

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
    - source: Names and values of tests, and their providers.
      target: De testnamen en -waarden, -bronnen of -providers.
      reason: A hyphen stands for the first part of a compound.
    - source: "`kubectl` -watch and az -verbose print more."
      target: "`kubectl` -watch en az -verbose tonen meer."
      reason: The source has the same option.
    - target: "**Zoom** -geeft de grootte van de tekst."
      reason: At the start of a line the hyphen may be a dash, so that without a source it is a suggestion only.
      suggestions: true
    - target: "[Naam](a.md) ( -Indeling)"
      reason: What the hyphen belonged to is gone, so that the space is not the defect.
    - target: "Schrijf `a` . `b` voor samenvoegen, en ` : ` apart."
      reason: Between two pieces of code a sign may be an operator, and code is no prose.
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

HINT: Final = re.compile(r"[.,;:!?()-](?:(?<=[ \t][.,;:!?)])|(?<=[ \t]-)(?=[^\W\d_])|(?<=\()[ \t])")
_BEFORE = re.compile(r"(?<=[^\s|>({\[])(?<!\n)([ \t]+)([.,;:!?])(?=[\s)\]*_\"']|$)")
_HYPHEN = re.compile(r"(?<=[`*_)\]])([ \t]+)(?=-(?:[^\W\d_A-Z]{2,}|[A-Z][^\W_]*(?:-[^\W_]+)*\b))")
_WORD_HYPHEN = re.compile(r"(?<=[^\W_])([ \t])(?=-[^\W\d_A-Z]{4,})")
_LAST_WORD = re.compile(r"[^\W\d_]+(?=[^\w]{0,3}$)")
_DASH = re.compile(r"[`*_)\]][ \t]*[-\u2013\u2014][ \t]")
_OPENING = re.compile(r"(?<=\()([ \t]+)(?=[^\s)-])")
_CLOSING = re.compile(r"(?<=[^\s(|])([ \t]+)(?=\))")
_SHORT = re.compile(r"-[^\W\d_A-Z]{2,3}(?!\w)")
_OPTION = re.compile(r"(?<![^\s(\[`*_])-[^\W\d_]")
_SPACED: Final = frozenset(";:!?")


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Spaces to remove."""
    yield from _before_signs(unit, language)
    yield from _in_brackets(unit)
    if " -" in unit.target:
        yield from _at_hyphens(unit, language)


def _before_signs(unit: Unit, language: Language) -> Iterator[Finding]:
    text = unit.target
    for found in _BEFORE.finditer(text):
        sign = found[2]
        start, end = found.span(1)
        if language.rules.spaced_punctuation and sign in _SPACED:
            continue
        if _is_ratio(text, start, found.end()) or text.startswith("..", found.end()) or _line_start(text, start):
            continue
        if _is_operator(text, start, found.end()):
            continue
        if unit.source is not None and f" {sign}" in unit.source and _has_space_before(unit.source, sign):
            continue
        if unit.mask.free(start, end) and unit.mask.free(start, found.end()):
            yield unit.finding(start, end, f"space before '{sign}'", "")


def _in_brackets(unit: Unit) -> Iterator[Finding]:
    text = unit.target
    for pattern in (_OPENING, _CLOSING):
        for found in pattern.finditer(text):
            if unit.source is not None and pattern.search(unit.source):
                break
            if unit.mask.free(found.start(), found.end()) and not _line_start(text, found.start()):
                yield unit.finding(found.start(), found.end(), "space inside brackets", "")


def _at_hyphens(unit: Unit, language: Language) -> Iterator[Finding]:
    text, source = unit.target, unit.source
    if source is not None and _OPTION.search(source):
        return
    for pattern in (_HYPHEN, _WORD_HYPHEN):
        for found in pattern.finditer(text):
            start, end = found.span()
            if not unit.mask.free(start, end + 1) or _line_start(text, start):
                continue
            if source is not None and _DASH.search(source):
                yield unit.finding(
                    end, end + 1, "a hyphen is glued to the word behind it", "- ", safe=False, confidence=0.8
                )
            elif pattern is _HYPHEN and not _SHORT.match(text, end):
                sure = source is not None or not _leads(unit, start)
                yield unit.finding(start, end, "space before a hyphen", "", safe=sure, confidence=1.0 if sure else 0.6)
            elif pattern is _WORD_HYPHEN and source is not None and not _suspended(text, start, language):
                yield unit.finding(start, end, "space before a hyphen", "", safe=False, confidence=0.8)


def _leads(unit: Unit, at: int) -> bool:
    """Whether what ends here is all that the line has before, so that the hyphen may be the dash of an explanation."""
    line = unit.target.rfind("\n", 0, at) + 1
    first = line + len(unit.target[line:at]) - len(unit.target[line:at].lstrip(" \t>"))
    return any(element.start == first and element.end == at for element in unit.elements)


def _suspended(text: str, at: int, language: Language) -> bool:
    """Whether the hyphen stands for the first part of a compound: behind `and`, `or` or another such hyphen."""
    before = text[max(0, at - 60) : at]
    word = _LAST_WORD.search(before)
    stop_words = language.rules.conjunctions or language.rules.stop_words
    return not stop_words or " -" in before or (word is not None and word[0].casefold() in stop_words)


def _is_operator(text: str, start: int, end: int) -> bool:
    """Whether the sign stands between two code spans, with spaces on both sides."""
    return text[start - 1] == "`" and re.match(r"[ \t]`", text[end : end + 2]) is not None and text[end - 1] == "."


def _is_ratio(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isdigit() and text[end : end + 2].strip()[:1].isdigit()


def _line_start(text: str, start: int) -> bool:
    """Whether only signs of quotes, items and definitions stand before on this line."""
    return re.fullmatch(r"[ \t>*+:.\d-]*", text[text.rfind("\n", 0, start) + 1 : start]) is not None


def _has_space_before(source: str, sign: str) -> bool:
    return any(found[2] == sign for found in _BEFORE.finditer(source))
