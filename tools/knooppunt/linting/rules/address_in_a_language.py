"""An address that fixes the language of its page, on a host that chooses it by the reader.

Why:
    The link is the same in all translations.
    Without the language in it, every reader gets his own.

Bad:
    # English of the United States.
    references:
      - {title: Virtual nodes, url: "https://learn.microsoft.com/en-us/azure/aks/virtual-nodes"}  <--

    # Dutch.
    references:
      - {title: Virtual nodes, url: "https://learn.microsoft.com/nl-nl/azure/aks/virtual-nodes"}  <--

    # In evidence.
    evidence:
      - {source: Guide, url: "https://support.microsoft.com/en-gb/windows", date: 2022-01-01}  <--

Good:
    # The host chooses.
    references:
      - {title: Virtual nodes, url: "https://learn.microsoft.com/azure/aks/virtual-nodes"}

    # A host that has no page without a language.
    references:
      - {title: Host aliases, url: "https://docs.example/en-us/hosts"}

    # Two letters that are no language.
    references:
      - {title: Go, url: "https://learn.microsoft.com/azure/go-sdk"}

Fix:
    Take the part with the language out of the address.
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

CODE: Final = "KR606"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
HOSTS: Final = ("learn.microsoft.com", "docs.microsoft.com", "support.microsoft.com", "azure.microsoft.com")
_LANGUAGE: Final = re.compile(r"https?://(?P<host>[^/]+)/(?P<language>[a-z]{2}-[a-z]{2})(?:/|$)", re.IGNORECASE)


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Addresses with a language on hosts that do without."""
    for pointer, entry in [*item.mappings("references"), *item.evidence]:
        url = entry.get("url")
        found = _LANGUAGE.match(url) if isinstance(url, str) else None
        if found and found["host"].lower() in HOSTS:
            yield item.finding(f"{pointer}.url", f"the address fixes the language; take '{found['language']}/' out")
