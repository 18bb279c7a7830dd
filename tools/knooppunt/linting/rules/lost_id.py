"""An id that was published and is neither a record nor retired any more.

Why:
    Links, pages and programs that know the id break, and nothing tells them why.

Bad:
    # The record was deleted.
    #: published: acme.agent.ipv6, acme.agent.pods
    acme.agent.ipv6:  <--
      ...

    # The id was renamed without a trace.
    #: published: acme.agent.ip6
    acme.agent.ipv6:  <--
      ...

    # Two ids are gone.
    #: published: acme.agent.a, acme.agent.b
    acme.agent.ipv6:  <-- KR115 KR115
      ...

Good:
    # Everything that was published is there.
    #: published: acme.agent.ipv6
    acme.agent.ipv6:
      ...

    # The old id leads to the new one.
    #: published: acme.agent.ip6
    acme.agent.ip6: {moved: acme.agent.ipv6}
    acme.agent.ipv6:
      ...

    # The record that is no longer true stays, as withdrawn.
    #: published: acme.agent.ipv6
    acme.agent.ipv6:
      variants:
        v1: {status: withdrawn, until: 2021-06-01}
      ...

Fix:
    Bring the record back as `withdrawn`, or retire its id with `moved` or `split`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR115"
SCOPE: Final = "set"
SEVERITY: Final = Severity.ERROR


def check(items: Sequence[Item], around: Around) -> Iterator[Finding]:
    """Published ids that no entry has, told at the first entry of all, since they have no place of their own."""
    for name, how in around.published.items():
        if name not in around.items and items:
            yield items[0].finding("", f"'{name}', {how}, is gone; retire it with 'moved' or 'split', or bring it back")
