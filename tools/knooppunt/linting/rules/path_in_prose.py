"""A path of an object in a text without backticks.

Why:
    Translators translate what looks like words, and search engines cut it at the dots.

Bad:
    # In a statement.
    statement: The agent never reads spec.hostAliases, so nothing happens.  <--

    # With the brackets of a list.
    workaround: Leave spec.containers[].args away.  <--

    # In a title.
    title: The agent ignores metadata.annotations  <--

Good:
    # In backticks.
    statement: The agent never reads `spec.hostAliases`, so nothing happens.

    # An address has dots too.
    workaround: Read https://example.com/spec.hostAliases first.

    # The word at the end of a sentence.
    statement: The agent does not follow this spec. Nothing happens.

Fix:
    Put the path in backticks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import prose
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR410"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
_PATH: Final = re.compile(r"(?<![\w./-])(?:spec|metadata|status)\.[a-z][A-Za-z]+(?:\[\])?(?:\.[A-Za-z]+(?:\[\])?)*")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Paths of Kubernetes' objects in prose."""
    for pointer, text in item.texts:
        found = _PATH.search(prose(text)) if "." in text else None
        if found:
            yield item.finding(pointer, f"put '{found[0]}' in backticks")
