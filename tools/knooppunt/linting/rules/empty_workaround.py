"""A workaround that says that there is none.

Why:
    Programs and pages show a workaround wherever the field is there.
    Without one, the field stays away, in every language.

Bad:
    # None.
    workaround: None.  <--

    # An abbreviation.
    workaround: N/A.  <--

    # A sentence.
    workaround: There is no workaround.  <--

    # Nothing known.
    workaround: No known workaround exists.  <--

Good:
    # Something to do.
    workaround: Add a record to your DNS zone.

    # A sentence that begins alike.
    workaround: None of the ports below 1024 is free, so choose a higher one.

    # No field.
    subject: host aliases

Fix:
    Remove the field.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.linting.texts import plain_words
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR407"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
_NOTHING: Final = re.compile(
    r"(?:none|n a|na|no|nothing|unknown|not (?:yet|available|applicable|known|possible)|tbd|"
    r"(?:there is |there are |we know |we know of )?no (?:known )?workarounds?(?: (?:yet|exists?|is known|available))?)"
)


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Workarounds that are none."""
    workaround = item.text("workaround")
    words = plain_words(workaround.replace("/", " "))
    if workaround and (not words or _NOTHING.fullmatch(words)):
        yield item.finding("workaround", f"'{workaround}' is no workaround; remove the field")
