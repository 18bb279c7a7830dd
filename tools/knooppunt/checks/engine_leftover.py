"""A placeholder of a translation engine was left in the text.

Why:
    Before it translates, an engine puts a sign such as `@no__t-0` in the place of code and markup.
    Where the sign stays, readers miss the code.

Bad:
    source: The `AddType` class was removed.
    target: De klasse @no__t-0 is verwijderd.

    source: See [the blog](https://example.com/blog).
    target: Zie [de blog @ no__t-0.

    target: Regel een_x000D_ regel twee.

Good:
    source: The `AddType` class was removed.
    target: De klasse `AddType` is verwijderd.

    source: See [the blog](https://example.com/blog).
    target: Zie [de blog](https://example.com/blog).

    target: Regel een regel twee.

Fix:
    Where exactly one thing of the source is missing, it is suggested in the place of the sign.
    A carriage return that was written as letters is removed.

Leave alone:
    - source: The text has @no__t-0 in it.
      target: In de tekst staat @no__t-0.
      reason: The source has the same sign.
    - target: Zoek naar `@no__t-0` in de tekst.
      reason: Code is no prose.
    - target: Stuur een bericht aan @no_reply of naar no-t.
      reason: Another name is no sign of an engine.
    - target: De sleutel heet key_x0_ of name_x20.
      reason: Only the code of a carriage return or of a line break is one.
    - target: Het adres is team@example.com.
      reason: An address is no sign of an engine.
    - target: Gebruik @ om iemand te noemen.
      reason: The sign alone means nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR
HINT: Final = re.compile(r"@[ \t]?[Nn][Oo]_|_[Xx]000[AaDd]_")

_LEFTOVER = re.compile(r"(?P<space>[ \t]?)@[ \t]?no__?t[-_ ]{0,2}\d{0,3}\b", re.IGNORECASE)
_RETURN = re.compile(r"_x000[AD]_", re.IGNORECASE)
_KINDS: Final = frozenset({"code", "target", "label", "tag", "macro", "url"})


def check(unit: Unit, language: Language) -> Iterator[Finding]:  # noqa: ARG001 # one form for all checks
    """Signs of engines, with what they stood for where that is sure."""
    source = unit.source or ""
    found = [match for match in _LEFTOVER.finditer(unit.target) if unit.mask.free(*match.span())]
    if found and not _LEFTOVER.search(source):
        missing = _missing(unit)
        for match in found:
            start, shown = match.end("space"), match[0].strip()
            message = f"'{shown}' is a placeholder of a translation engine"
            if len(missing) == len(found) == 1:
                kind, value = missing[0]
                start = match.start() if kind in {"target", "label"} else start
                yield unit.finding(start, match.end(), message, value, safe=False, confidence=0.9)
            else:
                yield unit.finding(start, match.end(), message)
    for match in _RETURN.finditer(unit.target):
        if unit.mask.free(*match.span()) and not _RETURN.search(source):
            yield unit.finding(*match.span(), f"'{match[0]}' is a line break that was written as letters", "")


def _missing(unit: Unit) -> list[tuple[str, str]]:
    """Kind and characters of what is protected in the source and not in the target."""
    if unit.source_mask is None:
        return []
    left = Counter((span.kind, span.value) for span in unit.mask.spans)
    missing = []
    for span in unit.source_mask.spans:
        if span.kind not in _KINDS:
            continue
        if left[span.kind, span.value] > 0:
            left[span.kind, span.value] -= 1
        else:
            written = unit.source_mask.text[span.start : span.end]
            missing.append((span.kind, f"]{written}" if span.kind in {"target", "label"} else written))
    return missing
