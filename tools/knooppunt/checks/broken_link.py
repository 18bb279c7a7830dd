"""A relative link or image leads to a page or file that does not exist.

Why:
    Readers get an error page.

Bad:
    page:
        Read [the guide](missing.md).

    page:
        ![Picture](../pictures/none.png)

    page:
        Read [the guide][one].

        [one]: ../nowhere/page.md

Good:
    page:
        Read [the guide](other.md) and [the start](../index.md).

    page:
        ![Picture](picture.png)

    page:
        Read [the guide][one].

        [one]: other.md

Fix:
    There is no fix, for links are never changed; the nearest known path is named.

Leave alone:
    - page:
          See [a site](https://example.com/missing.md), [mail](mailto:a@example.com) and [root](/missing.md).
      reason: Addresses outside the pages are not known here.
    - page:
          Write `[text](missing.md)` for a link.
      reason: Code is not a link.
    - page:
          Read [the section](#network) and [the folder](../).
      reason: A link inside the page has no path, and a folder leads to its index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.checks.link_index import targets
from knooppunt.checks.unit import page_finding
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.link_index import LinkIndex
    from knooppunt.model import Finding, Page

SCOPE: Final = "page"
SEVERITY: Final = Severity.ERROR


def check(page: Page, site: LinkIndex) -> Iterator[Finding]:
    """Links whose path is unknown."""
    for target in targets(page, site):
        if target.path and site.resolve(target.path) is None:
            yield page_finding(
                page, target.start, target.end, f"'{target.url}' does not exist{_hint(target.path, site)}"
            )


def _hint(path: str, site: LinkIndex) -> str:
    near = site.near(path)
    return f"; there is '{near}'" if near else ""
