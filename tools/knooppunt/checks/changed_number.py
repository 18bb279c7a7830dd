"""A number, a version or a unit is not the same as in the source.

Why:
    A changed number is a wrong fact.
    Machine translation writes versions as if they were decimals (PowerShell 6,0), and search does not find them.

Bad:
    source: Install PowerShell 6.0 now.
    target: Installeer nu PowerShell 6,0.

    source: It works with TLS 1.1 and 1.2.
    target: Het werkt met TLS 1,1 en 1,2.

    source: Each group has 60 containers.
    target: Elke groep heeft 6 containers.

    source: It has 16 GB of memory.
    target: Het heeft 16 van het geheugen.

    source: The default is 30 seconds.
    target: De standaardwaarde is een halve minuut.

Good:
    source: Install PowerShell 6.0 now.
    target: Installeer nu PowerShell 6.0.

    source: It works with TLS 1.1 and 1.2.
    target: Het werkt met TLS 1.1 en 1.2.

    source: It takes 1.5 seconds for 1,000 pods.
    target: Het duurt 1,5 seconde voor 1.000 pods.

    source: Two containers share 3 volumes.
    target: Twee containers delen drie volumes.

Fix:
    A version that is written as a decimal gets its points back.
    There is no fix for other numbers, for nobody but a translator knows which is right.

Leave alone:
    - source: Use IPv6 in v1.4.8.
      target: Gebruik IPv6 in v1.4.8.
      reason: Digits inside a name are no number.
    - source: At 4.5 GB the disk is full.
      target: Bij 4,5 GB is de schijf vol.
      reason: With a unit it is a decimal, which has a comma in Dutch.
    - source: The price is 48.00 a year, and 0.13 a day.
      target: De prijs is 48,00 per jaar, en 0,13 per dag.
      reason: No name and no word for a version stands before.
    - source: Up to 10,000 nodes.
      target: Tot 10.000 knooppunten.
      reason: Each language groups thousands in its own way.
    - source: Save 25% on 3 items.
      target: Bespaar 25 % op drie items.
      reason: A space before the unit, and small numbers as words, are style.
    - source: Once a day, one pod waits twice.
      target: Eén keer per dag wacht 1 pod 2 keer.
      reason: Small numbers may become digits.
    - locale: de
      source: It was added on 2018-11-21 and removed in April 2025.
      target: Am 21.11.2018 kam es hinzu, im April 2025 fiel es weg.
      reason: Each language writes dates in its own way.
    - locale: ja
      source: The provider ignores the field since April 2025.
      target: このフィールドは2025年4月から無視されます。
      reason: Japanese writes months as numbers, and needs no spaces around them.
    - source: Use `--retries 5` for 2 pods.
      target: Gebruik `--retries 7` voor 2 pods.
      reason: Code is compared by another check.
    - source: See [issue 12](https://example.com/12).
      target: Zie [issue 12](https://example.com/12).
      reason: Addresses are compared by another check.
    - source: Read "Top 10" of the storage.
      target: Lees "Top 10" (de 10 beste) van de opslag.
      reason: A number of the source may be said twice, or once for twice.
    - source: It has 5 percent or 20 megabytes.
      target: Het heeft 5% of 20 MB.
      reason: A unit may be a sign or a word.
    - locale: sv
      source: It costs $8,692.30 on 2/11/18.
      target: Det kostar 8 692,30 USD den 11.02.2018.
      reason: Spaces may group digits, and a year may be written in full.
    - source: Install version 1.33 or later on port 8080.
      target: Installeer versie 1.33 of hoger op poort 8080.
      reason: All numbers are the same.
    - locale: fr
      source: It has 16 GB of memory.
      target: Il a 16 Go de mémoire.
      reason: French writes units in its own way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity
from knooppunt.repair.numbers import differences, recast, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR
BILINGUAL: Final = True

_OWN_UNITS: Final = frozenset({"fr"})
"""Languages that write units in their own way: `Go` for `GB`."""
_LEFTOVER = re.compile(r"no__?t[-_ ]{0,2}$", re.IGNORECASE)
_SEPARATOR = re.compile(r"(?<=\d)(?:[.,'\u2019](?=\d)|[ \u00a0\u202f](?=\d{3}(?!\d)))")
_GROUPS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})*[ \u00a0\u202f]$")
_SHORT_YEAR = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/\d\d(?![\d/])")
_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d)?\d\d")
_DIGIT = re.compile(r"\d")


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Versions to mend, and what one side has and the other lacks."""
    if unit.source_mask is None or not (_DIGIT.search(unit.target) or _DIGIT.search(unit.source_mask.text)):
        return
    code = language.locale.split("-", maxsplit=1)[0]
    lost, gained = differences(unit.source_mask, unit.mask, language.rules, code)
    for number, written in recast(unit.source_mask, unit.mask, language.rules):
        new = written.text.replace(",", ".")
        if number.text in lost:
            lost.remove(number.text)
        gained = [other for other in gained if other.start != written.start]
        yield unit.finding(written.start, written.end, f"'{written.text}' is the version '{new}'", new)
    here, there = unit.prose, unit.source_prose
    for text in lost:
        if not _has(here, text) and not (_SHORT_YEAR.search(there) and _has(here, f"20{text}")):
            yield unit.finding(0, 0, f"number '{text}' of the source is missing")
    for other in gained:
        groups = _GROUPS.search(unit.target, max(0, other.start - 20), other.start)
        whole = (groups[0] if groups else "") + other.digits
        same = (
            _has(there, other.digits)
            or _has(there, whole)
            or (_DATE.fullmatch(other.text) and _SHORT_YEAR.search(there))
        )
        if not same and not _LEFTOVER.search(unit.target, 0, other.start):
            yield unit.finding(other.start, other.end, f"number '{other.text}' is not in the source")
    if code not in _OWN_UNITS:
        before, after = units(unit.source_mask), units(unit.mask)
        for name in (before - after).elements():
            yield unit.finding(0, 0, f"unit '{name}' of the source is missing")
        for name in (after - before).elements():
            yield unit.finding(0, 0, f"unit '{name}' is not in the source")


def _has(text: str, number: str) -> bool:
    """Whether a text has this number, as it is written or with other signs for groups and decimals."""
    if re.search(rf"(?<!\d){re.escape(number)}(?!\d)", text):
        return True
    digits = _SEPARATOR.sub("", number)
    return re.search(rf"(?<!\d){digits}(?!\d)", _SEPARATOR.sub("", text)) is not None
