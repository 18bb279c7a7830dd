"""An address without encryption.

Why:
    Anybody on the way can change what the reader gets, and browsers warn.

Bad:
    # A reference.
    references:
      - {title: Host aliases, url: "http://docs.example/hosts"}  <--

    # Evidence.
    evidence:
      - {source: acme-docs/hosts.md, url: "http://docs.example/hosts"}  <--

    # The evidence of a claim.
    disputed:
      - {text: The guide says 20., evidence: {source: acme-docs/a.md, url: "http://docs.example/a"}}  <--
      - {text: The program says 30., evidence: {source: acme-agent/a.go, commit: 3f9d2ab}}

Good:
    # With encryption.
    references:
      - {title: Host aliases, url: "https://docs.example/hosts"}

    # The machine itself has none.
    references:
      - {title: The page that the agent shows, url: "http://localhost:8080/hosts"}

    # Evidence with encryption.
    evidence:
      - {source: acme-docs/hosts.md, url: "https://docs.example/hosts"}

Fix:
    Write `https`, after a look whether the page is there.
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

CODE: Final = "KR605"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
_LOCAL: Final = re.compile(r"http://(?:localhost|127\.0\.0\.1)(?=[:/]|$)")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Addresses of references and evidence that begin with http, but for those of the machine itself."""
    for pointer, entry in [*item.mappings("references"), *item.evidence]:
        url = entry.get("url")
        if isinstance(url, str) and url.startswith("http://") and not _LOCAL.match(url):
            yield item.finding(f"{pointer}.url", f"'{url}' is not encrypted; write https")
