"""An amount whose number is in no text of the record.

Why:
    Programs compare with the amount, and readers read the text.
    If the two differ, one of them is wrong.

Bad:
    # The text has another number.
    title: 20 volumes per pod
    statement: A pod mounts at most 20 volumes.
    amounts:
      - {value: 25, unit: volumes}  <--

    # The text has no number.
    statement: The agent mounts only some volumes.
    amounts:
      - {value: 20, unit: volumes}  <--

    # The second of two amounts.
    statement: A pod mounts at most 20 volumes of 4 GB.
    amounts:
      - {value: 20, unit: volumes}
      - {value: 8, unit: GB}  <--

    # The number is a part of another one.
    statement: A pod mounts at most 120 volumes.
    amounts:
      - {value: 20, unit: volumes}  <--

Good:
    # The same number.
    statement: A pod mounts at most 20 volumes.
    amounts:
      - {value: 20, unit: volumes}

    # With a comma between thousands.
    statement: The agent keeps 10,000 lines.
    amounts:
      - {value: 10000, unit: lines}

    # In words.
    statement: A pod has one address, and half a core at least.
    amounts:
      - {value: 1, unit: address}

    # In a note of a variant.
    variants:
      v1: {status: active, note: In v1 a pod mounts 20 volumes.}
    amounts:
      - {value: 20, unit: volumes}

Fix:
    Mend the one that is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import plain_words
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR411"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
TOO_LARGE: Final = 10**15
"""Amounts from here on are refused by the loader, and may be more than a float can hold."""
_NUMBER: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Amounts that no text tells."""
    told: set[float] = set()
    words: set[str] = set()
    amounts = list(item.mappings("amounts"))
    for _, text in item.texts if amounts else ():
        told |= {float(re.sub(r"[^\d.]", "", found[0])) for found in _NUMBER.finditer(text)}
        words |= set(plain_words(text).split())
    for pointer, amount in amounts:
        value = amount.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if abs(value) >= TOO_LARGE:
            continue
        spelt = WORDS[int(value)] if value in range(len(WORDS)) else None
        if float(value) not in told and spelt not in words:
            yield item.finding(f"{pointer}.value", f"no text of the record says {value:g}; mend one of the two")
