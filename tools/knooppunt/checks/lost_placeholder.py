"""Code, a link target, a macro or a tag is not the same as in the source.

Why:
    Readers copy code and follow links.
    What is lost or changed in a translation sends them to the wrong place.

Bad:
    source: Run `kubectl get pods` first.
    target: Voer eerst `kubectl krijg pods` uit.

    source: Read [the guide](guide.md).
    target: Lees de handleiding.

    source: Set {{ name }} and <br> here.
    target: Stel dit hier in.

Good:
    source: Run `kubectl get pods` first.
    target: Voer eerst `kubectl get pods` uit.

    source: Read [the guide](guide.md).
    target: Lees [de handleiding](guide.md).

Fix:
    There is no fix, for nobody but a translator knows where the lost part belongs.

Leave alone:
    - source: See [the portal](https://example.com/en-us/portal/).
      target: Zie [de portal](https://example.com/nl-nl/portal/).
      reason: The locale in a path may differ.
    - source: One line.<br/>Another.
      target: Een regel.<br>Nog een.
      reason: Both spellings are the same tag.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity
from knooppunt.translated.safety import added_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language, Mask, Span

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR
BILINGUAL: Final = True

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


def check(unit: Unit, language: Language) -> Iterator[Finding]:  # noqa: ARG001 # one form for all checks
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
