"""Code, a link target, a macro, a tag, a number or a unit is not the same as in the source.

Why:
    Readers copy code and follow links.
    What is lost or changed in a translation sends them to the wrong place, and a changed number is a wrong fact.

Bad:
    source: Run `kubectl get pods` first.
    target: Voer eerst `kubectl krijg pods` uit.

    source: Read [the guide](guide.md).
    target: Lees de handleiding.

    source: Each group has 60 containers.
    target: Elke groep heeft 6 containers.

    source: It has 16 GB of memory.
    target: Het heeft 16 van het geheugen.

    source: Install PowerShell 6.0 now.
    target: Installeer nu PowerShell 6,0.

    source: Set {{ name }} and <br> here.
    target: Stel dit hier in.

Good:
    source: Run `kubectl get pods` first.
    target: Voer eerst `kubectl get pods` uit.

    source: Read [the guide](guide.md).
    target: Lees [de handleiding](guide.md).

    source: It takes 1.5 seconds for 1,000 pods.
    target: Het duurt 1,5 seconde voor 1.000 pods.

    source: Two containers share 3 volumes.
    target: Twee containers delen drie volumes.

Fix:
    There is no fix, for nobody but a translator knows where the lost part belongs.

Leave alone:
    - source: See [the portal](https://example.com/en-us/portal/).
      target: Zie [de portal](https://example.com/nl-nl/portal/).
      reason: The locale in a path may differ.
    - source: One line.<br/>Another.
      target: Een regel.<br>Nog een.
      reason: Both spellings are the same tag.
    - source: Use IPv6 in v1.4.8.
      target: Gebruik IPv6 in v1.4.8.
      reason: Digits inside a name are no number.
    - locale: de
      source: It was added on 2018-11-21 and removed in April 2025.
      target: Am 21.11.2018 kam es hinzu, im April 2025 fiel es weg.
      reason: Each language writes dates in its own way.
    - locale: ja
      source: The provider ignores the field since April 2025.
      target: このフィールドは2025年4月から無視されます。
      reason: Japanese writes months as numbers, and needs no spaces around them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity
from knooppunt.repair.numbers import differences, units
from knooppunt.translated.safety import added_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language, Mask, Span

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR

_NAMES: Final = {
    "code": "code",
    "macro": "macro",
    "target": "link to",
    "label": "link to",
    "url": "link to",
    "tag": "tag",
    "footnote": "footnote",
    "shortcode": "shortcode",
}
_LOCALE = re.compile(r"/[a-z]{2}-[a-zA-Z]{2}(?=/|$)")
_TAG_NAME = re.compile(r"</?[\w:-]+")
_KEPT_ATTRIBUTES = re.compile(r"\b(?:href|src|id|class|name)[ \t]*=[ \t]*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)")
_OWN_UNITS: Final = frozenset({"fr"})
"""Languages that write units in their own way: `Go` for `GB`."""


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """What the source has and the target lacks, and the other way round."""
    if unit.source is None or unit.source_mask is None:
        return
    added = added_markup(unit.source, unit.target)
    if added is not None:
        message = f"{added} is not in the source, so readers get the source: this translation is not published"
        yield unit.finding(0, 0, message)
    wanted, present = _counted(unit.source_mask), _counted(unit.mask)
    for kind, value in (wanted - present).elements():
        yield unit.finding(0, 0, f"{_NAMES[kind]} '{value}' of the source is missing")
    for kind, value in (present - wanted).elements():
        at = next(span.start for span in unit.mask.spans if _key(span) == (kind, value))
        yield unit.finding(at, at, f"{_NAMES[kind]} '{value}' is not in the source")
    code = language.locale.split("-", maxsplit=1)[0]
    lost, gained = differences(unit.source_mask, unit.mask, language.rules, code)
    for text in lost:
        yield unit.finding(0, 0, f"number '{text}' of the source is missing")
    for number in gained:
        yield unit.finding(number.start, number.end, f"number '{number.text}' is not in the source")
    if code not in _OWN_UNITS:
        before, after = units(unit.source_mask), units(unit.mask)
        for name in (before - after).elements():
            yield unit.finding(0, 0, f"unit '{name}' of the source is missing")
        for name in (after - before).elements():
            yield unit.finding(0, 0, f"unit '{name}' is not in the source")


def _counted(mask: Mask) -> Counter[tuple[str, str]]:
    return Counter(key for key in map(_key, mask.spans) if key is not None)


def _key(span: Span) -> tuple[str, str] | None:
    """Kind and value as they are compared; None for what a translation may change."""
    kind, value = span.kind, span.value
    if kind in {"target", "url"}:
        return ("url", _LOCALE.sub("/*", value))
    if kind == "tag":
        name = _TAG_NAME.match(value)
        return (kind, " ".join([(name[0] if name else value).lower(), *_KEPT_ATTRIBUTES.findall(value)]) + ">")
    if kind == "label":
        return (kind, " ".join(value.casefold().split()))
    return (kind, " ".join(value.split())) if kind in _NAMES else None
