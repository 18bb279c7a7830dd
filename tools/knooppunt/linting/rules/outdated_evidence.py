"""Evidence that is older than the last change of what its source says about the fact.

Why:
    The source may say something else by now.
    The feed would go on publishing what was true once.

Bad:
    # The words changed a year after the evidence.
    #: changed: acme-agent/README.md | host aliases | 2022-03-01
    evidence:
      - {source: acme-agent/README.md, date: 2021-03-04, match: host aliases}  <--

    # They changed a day after.
    #: changed: acme-agent/README.md | host aliases | 2021-03-05
    evidence:
      - {source: acme-agent/README.md, date: 2021-03-04, match: host aliases}  <--

    # Newer evidence of another source does not help.
    #: changed: acme-agent/README.md | /host ?alias/ | 2022-03-01
    evidence:
      - {source: acme-agent/README.md, date: 2021-03-04, match: "/host ?alias/"}  <--
      - {source: acme-docs/pods.md, date: 2023-01-01}

Good:
    # The evidence is of the day of the change.
    #: changed: acme-agent/README.md | host aliases | 2021-03-04
    evidence:
      - {source: acme-agent/README.md, date: 2021-03-04, match: host aliases}

    # Newer evidence of the same source stands beside it.
    #: changed: acme-agent/README.md | host aliases | 2022-03-01
    evidence:
      - {source: acme-agent/README.md, date: 2021-03-04, match: host aliases}
      - {source: acme-agent/README.md, date: 2022-03-01}

    # Other words of the source changed.
    #: changed: acme-agent/README.md | volumes | 2022-03-01
    evidence:
      - {source: acme-agent/README.md, date: 2021-03-04, match: host aliases}

Fix:
    Read the source again, mend the record where it no longer holds, and add evidence of the new day.
    `knooppunt lint --source NAME=DIR` looks into a clone of the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.document import date_of
from knooppunt.model import Severity

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR204"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Evidence whose words changed after the newest day that the record has for the same source."""
    newest: dict[object, datetime.date] = {}
    for _, evidence in item.evidence:
        day = date_of(evidence.get("date"))
        if day and around.changed:
            newest[evidence.get("source")] = max(day, newest.get(evidence.get("source"), day))
    for pointer, evidence in item.evidence:
        source, match = str(evidence.get("source")), str(evidence.get("match"))
        changed = around.changed.get((source, match))
        if changed and source in newest and newest[source] < changed:
            yield item.finding(pointer, f"'{source}' changed what it says on {changed}; read it again")
