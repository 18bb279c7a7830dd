"""A comment silences a check that finds nothing or does not exist, or it gives no reason.

Why:
    Exceptions that no longer apply hide the next defect.

Bad:
    ignore: wrong-term the customer's own word
    source: The pods run.
    target: De pods draaien.

    ignore: wrong-trem the customer's own word
    source: The pods run.
    target: De pods draaien.

    ignore: wrong-term
    source: The pods run.
    target: De peulen draaien.

Good:
    ignore: wrong-term the customer's own word
    source: The pods run.
    target: De peulen draaien.

Fix:
    There is no fix, for removing the comment may need a word with its author.

Leave alone:
    - ignore: broken-link moved next week
      source: The pods run.
      target: De pods draaien.
      reason: A check of pages is not run on entries, so nothing is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.checks.registry import load
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding

SCOPE: Final = "ignore"
SEVERITY: Final = Severity.WARNING


def check(unit: Unit, silenced: Collection[str], run: Collection[str]) -> Iterator[Finding]:
    """Ignores of an entry that are of no use, where `silenced` are the checks that it silenced of those that ran."""
    checks = load()
    for ignore in unit.ignores:
        known = checks.get(ignore.check)
        if known is None:
            yield unit.finding(0, 0, f"there is no check '{ignore.check}' to ignore")
        elif not ignore.reason:
            yield unit.finding(0, 0, f"ignores {ignore.check} without a reason")
        elif ignore.check in run and known.scope in {"segment", "text", "catalog"} and ignore.check not in silenced:
            yield unit.finding(0, 0, f"ignores {ignore.check}, which finds nothing here")
