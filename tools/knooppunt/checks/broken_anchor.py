"""A link leads to a heading or id that its page does not have.

Why:
    The page opens at its top, and readers do not find what was promised.

Bad:
    page:
        Read [the network section](#networks).

        ## Network

    page:
        Read [how to install](other.md#instal).

Good:
    page:
        Read [the network section](#network).

        ## Network

    page:
        Read [how to install](other.md#install).

Fix:
    There is no fix, for links are never changed; the nearest anchor is named.

Leave alone:
    - page:
          ## Azure CNI {#cni}

          Read [about the plug-in](#cni) and [the top](#).
      reason: An explicit id is an anchor, and a bare sign leads to the top.
    - page:
          <a id="old"></a>
          Read [this](#old) and [a file](picture.png#page=2).
      reason: Raw HTML can carry ids, and only pages have known anchors.
    - page:
          Read [elsewhere](missing.md#install).
      reason: A missing page is the business of another check.
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
    """Links whose page is known and whose anchor is not."""
    for target in targets(page, site):
        path = site.resolve(target.path) if target.path else site.own_path(page)
        if path is None or not site.lacks(path, target.fragment):
            continue
        near = site.near_anchor(path, target.fragment)
        hint = f"; there is '#{near}'" if near else ""
        where = f"'{path}'" if target.path else "this page"
        yield page_finding(page, target.start, target.end, f"{where} has no anchor '#{target.fragment}'{hint}")
