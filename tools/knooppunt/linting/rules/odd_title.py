"""A title that is a sentence with a full stop, too long, or of several lines.

Why:
    Titles are headings, rows of tables and names of links; translations are longer still.

Bad:
    # A full stop.
    title: Host aliases have no effect.  <--

    # More than 80 letters.
    title: Host aliases have no effect in pods on nodes of the agent, whatever the version of the cluster is  <--

    # A title of two sentences.
    title: Host aliases have no effect. Use a zone!  <--

    # A title of two lines.
    title: "Host aliases  \\n  have no effect"  <--

Good:
    # A few words.
    title: Host aliases have no effect

    # Code in it.
    title: "`spec.hostAliases` is ignored"

    # A name that ends with a point may need a reason.
    title: No support for Acme Inc.  # lint: ignore KR405: the name ends so

Fix:
    Cut it down to the fact, and leave the rest to the statement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR405"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
MOST: Final = 80
"""Letters of a title."""


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Titles that are no titles."""
    title = item.text("title")
    if title.endswith((".", "!", ";", ",", ":")):
        yield item.finding("title", f"the title ends with '{title[-1]}'; it is a heading, no sentence")
    elif "\n" in title:
        yield item.finding("title", "the title has more than one line")
    elif len(title) > MOST:
        yield item.finding("title", f"the title has {len(title)} letters, {MOST} at most are shown well")
