"""Code, a link target, a macro or a tag is not the same as in the source.

Why:
    Readers copy code and follow links.
    What is lost or changed in a translation sends them to the wrong place.

Bad:
    source: Run `kubectl get pods` first.
    target: Voer eerst `kubectl krijg pods` uit.

    source: Use the `kubectl` tool.
    target: Gebruik het hulpprogramma kubectl.

    source: Read [the guide](guide.md) first.
    target: Lees eerst [de handleiding](handleiding.md).

    source: See [kubectl](kubectl.md) for more.
    target: Zie kubectl voor meer.

    source: See [the guide][guide].
    target: Zie [de handleiding][handleiding].

    source: Read [the guide](guide.md).
    target: Lees de handleiding.

    source: Set {{ name }} and <br> here.
    target: Stel dit hier in.

Good:
    source: Run `kubectl get pods` first.
    target: Voer eerst `kubectl get pods` uit.

    source: Use the `kubectl` tool.
    target: Gebruik het hulpprogramma `kubectl`.

    source: Read [the guide](guide.md) first.
    target: Lees eerst [de handleiding](guide.md).

    source: See [kubectl](kubectl.md) for more.
    target: Zie [kubectl](kubectl.md) voor meer.

    source: See [the guide][guide].
    target: Zie [de handleiding][guide].

    source: Read [the guide](guide.md).
    target: Lees [de handleiding](guide.md).

Fix:
    Where exactly one code span, link or label of the source is missing and one of the same kind is new, it is suggested
    in its place.
    Where the lost code, or the text of the lost link, stands in the translation once as plain words, the marks around
    it are suggested.
    Elsewhere there is no fix, for nobody but a translator knows where the lost part belongs.

Leave alone:
    - source: Use `a` or `b` now.
      target: Gebruik nu `b` of `a`.
      reason: The order of code may change.
    - source: Read [the guide](guide.md), and [the guide](guide.md) again.
      target: Lees [de handleiding](guide.md), en nog eens [die](guide.md).
      reason: The text of a link is translated.
    - source: See [the guide][Guide].
      target: Zie [de handleiding][guide].
      reason: Labels have no case.
    - source: Read the [guide] now.
      target: Lees nu de [gids].
      reason: Brackets alone are also plain brackets.
    - source: See [the portal](https://example.com/en-us/portal/).
      target: Zie [de portal](https://example.com/nl-nl/portal/).
      reason: The locale in a path may differ.
    - locale: ja
      source: See [the guide](/guide/).
      target: "[ガイド](/ja/guide/)を参照してください。"
      reason: A language without a region may stand in a path too.
    - locale: de
      source: Press <kbd>Ctrl</kbd>.
      target: Drücken Sie <kbd>Strg</kbd>.
      reason: Keys have names of their own in each language.
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
    from knooppunt.repair.markup import Element

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
_REPLACED: Final = frozenset({"code", "url", "label"})
SHORTEST: Final = 2
"""Signs of code or of a link's text that is looked for among plain words."""
_LOCALE = re.compile(r"/[a-z]{2}-[a-zA-Z]{2}(?=/|$)")
_KEY = re.compile(r"<kbd\b[^<>]{0,99}>$", re.IGNORECASE)
"""Before the name of a key, which each language has its own for."""
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
    missing, new = list((wanted - present).elements()), list((present - wanted).elements())
    for kind, value in list(new):
        plain = (kind, f"{value}/".replace(f"/{unit.locale.lower()}/", "/").removesuffix("/"))
        if plain[1] != value and plain in missing:
            missing.remove(plain)
            new.remove((kind, value))
    for kind, value in missing:
        here = [other for other in new if other[0] == kind]
        if len(here) == 1 and [other[0] for other in missing].count(kind) == 1 and kind in _REPLACED:
            yield _changed(unit, kind, value, here[0][1])
            new.remove(here[0])
        else:
            yield _missing(unit, kind, value)
    for kind, value in new:
        at = next(span.start for span in unit.mask.spans if _key(span) == (kind, value))
        yield unit.finding(at, at, f"{_NAMES[kind]} '{value}' is not in the source")


def _changed(unit: Unit, kind: str, value: str, written: str) -> Finding:
    """One thing of the source that is another one here, with the source's in its place."""
    message = f"{_NAMES[kind]} '{value}' of the source is '{written}' here"
    theirs = next(span for span in unit.source_mask.spans if _key(span) == (kind, value)) if unit.source_mask else None
    ours = next(span for span in unit.mask.spans if _key(span) == (kind, written))
    at = unit.target.find(ours.value, ours.start, ours.end)
    if theirs is None or at < 0:
        return unit.finding(ours.start, ours.start, message)
    return unit.finding(at, at + len(ours.value), message, theirs.value, safe=False, confidence=0.9)


def _missing(unit: Unit, kind: str, value: str) -> Finding:
    """One thing of the source that is lost, with a suggestion where its words stand here once and plain."""
    message = f"{_NAMES[kind]} '{value}' of the source is missing"
    for element in unit.source_elements:
        if not _is(element, kind, value):
            continue
        source = unit.source or ""
        words = source[element.inner_start : element.inner_end]
        place = _only_place(unit, words)
        if place is not None:
            return unit.finding(*place, message, source[element.start : element.end], safe=False, confidence=0.8)
    return unit.finding(0, 0, message)


def _is(element: Element, kind: str, value: str) -> bool:
    """Whether an element is the one of this key."""
    if kind == "code":
        return element.kind == "code" and " ".join(element.value.split()) == value
    url = _LOCALE.sub("/*", element.value)
    return element.kind == "link" and kind in {"url", "label"} and value in {url, element.value}


def _only_place(unit: Unit, words: str) -> tuple[int, int] | None:
    """Where words stand in the target, if once, whole, and outside of markup."""
    if not words.strip() or len(words) < SHORTEST:
        return None
    places = [found.span() for found in re.finditer(rf"(?<![\w`]){re.escape(words)}(?![\w`])", unit.target)]
    if len(places) != 1 or not unit.mask.free(*places[0]):
        return None
    start, end = places[0]
    inside = any(link.start < start < link.text_end for link in unit.mask.links)
    return None if inside else (start, end)


def _counted(mask: Mask) -> Counter[tuple[str, str]]:
    spans = (span for span in mask.spans if span.kind != "code" or not _KEY.search(mask.text, 0, span.start))
    return Counter(key for key in map(_key, spans) if key is not None)


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
