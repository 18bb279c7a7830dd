"""A statement that only repeats the title.

Why:
    The reader has read it already and learns nothing of the how and why.

Bad:
    # The same words and a full stop.
    title: Host aliases have no effect
    statement: Host aliases have no effect.  <--

    # The same words with markup.
    title: The agent ignores host aliases
    statement: The agent **ignores** host aliases.  <--

    # Folded over two lines.
    title: The agent ignores host aliases
    statement: >-
      The agent ignores  <--
      host aliases.

Good:
    # The statement says more.
    title: Host aliases have no effect
    statement: The agent never reads `spec.hostAliases`, so the entries do not reach the container.

    # It begins with the title and goes on.
    title: Host aliases have no effect
    statement: Host aliases have no effect. The pod starts without them.

    # The title names the thing, the statement the fact.
    title: Host aliases
    statement: Host aliases have no effect.

Fix:
    Say in the statement what happens, where and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import plain_words
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR413"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Statements with the words of the title and no others."""
    words = plain_words(item.text("title"))
    if words and words == plain_words(item.text("statement")):
        yield item.finding("statement", "the statement repeats the title; say what happens, where and why")
