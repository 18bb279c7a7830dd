"""The same address twice among the references of a record.

Why:
    The reader follows two links and arrives at one page.

Bad:
    # The same address under two titles.
    references:
      - {title: Host aliases, url: "https://docs.example/hosts"}
      - {title: Names of hosts, url: "https://docs.example/hosts"}  <--

    # A slash at the end is no other page.
    references:
      - {title: Host aliases, url: "https://docs.example/hosts"}
      - {title: Names of hosts, url: "https://docs.example/hosts/"}  <--

    # Capitals in the name of the host.
    references:
      - {title: Host aliases, url: "https://docs.example/hosts"}
      - {title: Zones, url: "https://docs.example/zones"}
      - {title: Names, url: "https://Docs.example/hosts"}  <--

Good:
    # Two pages.
    references:
      - {title: Host aliases, url: "https://docs.example/hosts"}
      - {title: Zones, url: "https://docs.example/zones"}

    # Two sections of a page.
    references:
      - {title: Host aliases, url: "https://docs.example/hosts#aliases"}
      - {title: Names of hosts, url: "https://docs.example/hosts#names"}

    # Evidence may have the address of a reference.
    evidence:
      - {source: acme-docs/hosts.md, url: "https://docs.example/hosts", date: 2022-01-01}
    references:
      - {title: Host aliases, url: "https://docs.example/hosts"}

Fix:
    Keep the one with the better title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR604"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
_HOST: Final = re.compile(r"^[a-z]+://[^/?#]+", re.IGNORECASE)


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Addresses that stand before already."""
    seen: set[str] = set()
    for pointer, reference in item.mappings("references"):
        url = reference.get("url")
        if isinstance(url, str):
            same = _HOST.sub(lambda found: found[0].lower(), url).rstrip("/")
            if same in seen:
                yield item.finding(f"{pointer}.url", f"'{url}' is listed twice; keep one")
            seen.add(same)
