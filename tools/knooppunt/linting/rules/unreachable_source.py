"""A source without an address, in a repository that the settings do not know.

Why:
    Readers get a name and no way to it.

Bad:
    # The repository is not among the sources of the project.
    #: sources: acme-docs
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab}  <--

    # A report in a tracker.
    #: sources: acme-docs, acme-agent
    evidence:
      - {source: "acme-network#12", date: 2022-01-01}  <--

    # The name of the repository is misspelt.
    #: sources: acme-docs, acme-agent
    evidence:
      - {source: acme-agents/README.md, commit: 3f9d2ab}  <--

Good:
    # The settings have the address of the repository.
    #: sources: acme-docs, acme-agent
    evidence:
      - {source: acme-agent/README.md, commit: 3f9d2ab}

    # The evidence has an address of its own.
    #: sources: acme-docs
    evidence:
      - {source: "acme-network#12", url: "https://tracker.example/acme-network/12"}

    # A project that names no sources is not asked for them.
    evidence:
      - {source: acme-network/README.md, commit: 3f9d2ab}

Fix:
    Add `url`, or the repository to `[tool.knooppunt.sources]`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR206"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Evidence that has no url and whose first part is no source of the settings."""
    known = around.settings.sources
    for pointer, evidence in item.evidence if known else ():
        source = evidence.get("source")
        if isinstance(source, str) and not evidence.get("url") and source.partition("/")[0] not in known:
            yield item.finding(pointer, f"'{source}' has no address; add 'url', or its repository to the settings")
