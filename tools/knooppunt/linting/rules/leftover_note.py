"""A note of the author to himself in a text: TODO, FIXME, TBD, XXX, question marks, lorem ipsum.

Why:
    Readers of every language get it, and translators translate it.

Bad:
    # Something to do.
    statement: The agent never reads the field. TODO say since when.  <--

    # A number to come.
    title: Up to XXX volumes per pod  <--

    # A doubt.
    workaround: Add a record to your zone???  <--

    # Text of a template.
    statement: Lorem ipsum dolor sit amet.  <--

Good:
    # The word is code.
    statement: The agent passes over lines that begin with `TODO`.

    # One question mark.
    variants:
      v1: {status: active, note: "Does the agent read it? It does not."}

    # Other words with these letters.
    statement: The file `todo.txt` and the size XXXL have nothing to do with it.

Fix:
    Finish the text, or take the note out of it; a comment of YAML is the place for it.
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

CODE: Final = "KR408"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR
_LEFT: Final = re.compile(r"\b(?:TODO|FIXME|TBD|TBC|XXX|WIP)\b|\?\?+|(?i:\blorem ipsum\b)")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Words that no reader should meet, outside code."""
    for pointer, text in item.texts:
        found = _LEFT.search(prose(text))
        if found:
            yield item.finding(pointer, f"'{found[0]}' was left in the text; finish it")
