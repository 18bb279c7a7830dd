"""A sentence, or a part of one, is still in English.

Why:
    Readers who chose their language get a text in two languages.
    Engines skip what they do not understand, and translators overlook it in a long paragraph.

Bad:
    source: The value is set when the server starts, and the pod waits for it.
    target: De waarde wordt ingesteld when the server starts, and the pod wacht erop.

    target: De pod wacht. You can delete the old node pool with the portal or from the command line.

    locale: de
    source: To keep the data, use the volume that is mounted at the start of the container.
    target: Um die Daten zu behalten, use the volume that is mounted at the start of the container.

    locale: ja
    target: If you delete the pod, the data that is in the volume will be lost.

Good:
    source: The value is set when the server starts, and the pod waits for it.
    target: De waarde wordt ingesteld wanneer de server start, en de pod wacht erop.

    target: De pod wacht. U kunt de oude knooppuntgroep verwijderen.

    locale: de
    source: To keep the data, use the volume that is mounted at the start of the container.
    target: Um die Daten zu behalten, verwenden Sie das eingebundene Volume.

Fix:
    There is no fix, for a person or an engine has to translate.

Leave alone:
    - source: See "Manage the access to a portal with the tool" for more.
      target: Zie "Manage the access to a portal with the tool" voor meer.
      reason: A title between quotation marks is cited.
    - source: Read [How to get the most out of it](a.md) first.
      target: Lees eerst [How to get the most out of it](a.md).
      reason: The text of a link may be the title of an English page.
    - source: Choose **Allow the app to use the data of the site**.
      target: Kies **Allow the app to use the data of the site**.
      reason: A bold text is a label of a program that may not be translated.
    - source: Run `the command that is to be run` and see.
      target: Voer `the command that is to be run` uit en kijk.
      reason: Code is no prose.
    - target: De load balancer, de node pool en de service mesh zijn er.
      reason: Technical words are English in most languages.
    - target: Is dat de server die of een van de pods is in de map?
      reason: Small words that both languages have do not count.
    - source: Install Azure Kubernetes Service and Virtual Nodes.
      target: Installeer Azure Kubernetes Service en Virtual Nodes.
      reason: Names stay as they are.
    - source: Use the for loop and the if statement.
      target: Gebruik de for-lus en de if-instructie.
      reason: Two English words make no sentence.
    - target: The Lord of the Rings and the Return of the King.
      reason: A title has capitals at most of its words.
    - source: The error "the file is not in the folder of the app" appears.
      target: "De fout \\"the file is not in the folder of the app\\" verschijnt."
      reason: A message of a program is cited.
    - source: The pod waits.
      target: The pod waits.
      reason: A text that was not translated at all is another check's business.
    - locale: ja
      source: Use the Simple Object Access Protocol.
      target: Simple Object Access Protocol (SOAP) を使用します。
      reason: A name in capitals is no sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING

_SMALL: Final = """
the and that you your with this these those from are for to is of be been it its they their when where which while
should could would will can has have had does did not only also then than there here into onto about after before
because between must may might each every any some such other more most what how why who we our us by on at as if or
but so no an use used using see now just cannot don't doesn't you've it's through during within without
"""
ENGLISH: Final = frozenset(_SMALL.split())
"""Small words of English."""
_STRONG_WORDS: Final = "the and that you your with this these from when which are about more cannot its"
_STRONG: Final = frozenset(_STRONG_WORDS.split())
"""Small words of which a sentence of prose has at least one."""
WORDS: Final = frozenset({*_STRONG, *(word.capitalize() for word in _STRONG)})
"""One of these must stand between spaces in the text: to look behind every comma would cost all other texts time."""
_SHARED: Final = """
is of in as we had was over on at an no so it its am or be to by for me any not
"""
_BOTH: Final = frozenset(_SHARED.split())
"""Small words that are also words of other languages, so that they count only beside others."""

FEWEST: Final = 3
"""Small words of English in a sentence without a source."""
LEAST_SHARE: Final = 0.3
"""Of all words of such a sentence."""
LONGEST_RUN: Final = 5
"""Words in a row, as the source has them, from which a part of a sentence counts as left."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_SENTENCE = re.compile(r"[^.!?\u3002\uff01\uff1f\n|]+")
_QUOTED = re.compile('["\u201c\u201e\u00ab\u300c][^"\u201d\u201c\u00bb\u300d\n]{1,200}["\u201d\u201c\u00bb\u300d]')


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Sentences in English, and with a source also parts of sentences that are its own words."""
    if language.locale.startswith("en") or unit.target == unit.source or WORDS.isdisjoint(unit.words):
        return
    text = _without_cited(unit)
    own = language.rules.stop_words
    spaceless = language.rules.spaceless
    source = _without_cited(unit, of_source=True) if unit.source is not None else ""
    for found in _SENTENCE.finditer(text):
        words = [(match.start() + found.start(), match[0]) for match in _WORD.finditer(found[0])]
        if unit.source is not None and _whole(found[0], unit):
            continue
        run = _run(words, source, own) if unit.source is not None else None
        if run is not None:
            start, end = run
            yield unit.finding(start, end, f"in English: '{_short(unit.target[start:end])}'")
        elif _is_english([word for _, word in words], own, spaceless=spaceless):
            start = found.start() + len(found[0]) - len(found[0].lstrip())
            yield unit.finding(start, found.end(), f"in English: '{_short(unit.target[start : found.end()])}'")


def _is_english(words: Sequence[str], own: AbstractSet[str], *, spaceless: bool) -> bool:
    """Whether these words of a sentence are English rather than the language of these small words."""
    small = [word.lower() for word in words]
    strong = sum(word in _STRONG and word not in own for word in small)
    english = sum(word in ENGLISH and word not in own and word not in _BOTH for word in small)
    both = sum(word in _BOTH for word in small)
    here = sum(word in own and word not in ENGLISH for word in small)
    if not strong or english < FEWEST - 1 or english + both < FEWEST:
        return False
    if not spaceless and here * 2 > english:
        return False
    large = [word for word in words[1:] if word.lower() not in ENGLISH]
    title = len(large) > 1 and all(word[0].isupper() for word in large)
    return english + both >= LEAST_SHARE * len(words) and not title


def _run(words: Sequence[tuple[int, str]], source: str, own: AbstractSet[str]) -> tuple[int, int] | None:
    """The first longest part of a sentence whose words are a part of the source, and English prose."""
    theirs = [match[0].lower() for match in _WORD.finditer(source)]
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(theirs) - LONGEST_RUN + 1):
        places.setdefault(tuple(theirs[at : at + LONGEST_RUN]), []).append(at)
    best: tuple[int, int] | None = None
    low = [word.lower() for _, word in words]
    at = 0
    while at + LONGEST_RUN <= len(low):
        size = max(
            (_common(low, at, theirs, other) for other in places.get(tuple(low[at : at + LONGEST_RUN]), ())), default=0
        )
        if size:
            part = [word for _, word in words[at : at + size]]
            if _is_prose(part, own) and (best is None or size > best[1] - best[0]):
                best = (at, at + size)
        at += size or 1
    if best is None:
        return None
    last_start, last = words[best[1] - 1]
    return words[best[0]][0], last_start + len(last)


def _common(one: Sequence[str], at: int, other: Sequence[str], there: int) -> int:
    size = 0
    while at + size < len(one) and there + size < len(other) and one[at + size] == other[there + size]:
        size += 1
    return size


def _is_prose(words: Sequence[str], own: AbstractSet[str]) -> bool:
    """Whether some of these are small words of English only, and most have no capital."""
    english = sum(word in ENGLISH and word not in own and word not in _BOTH for word in words)
    capitals = sum(word[0].isupper() for word in words)
    strong = any(word.lower() in _STRONG and word.lower() not in own for word in words)
    return strong and english >= FEWEST - 1 and capitals * 3 < len(words)


def _whole(sentence: str, unit: Unit) -> bool:
    """Whether the source has the whole sentence, which `untranslated` finds."""
    plain = sentence.strip()
    return any(plain == found[0].strip() for found in _SENTENCE.finditer(unit.source_prose))


def _without_cited(unit: Unit, *, of_source: bool = False) -> str:
    """The prose without what is cited: between quotation marks, in links and in emphasis; positions stay."""
    text = unit.source_prose if of_source else unit.prose
    for element in unit.source_elements if of_source else unit.elements:
        text = text[: element.start] + "\ufffc" * (element.end - element.start) + text[element.end :]
    return _QUOTED.sub(lambda found: "\ufffc" * len(found[0]), text)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57].rstrip() + "..."
