"""A statement, workaround, note or claim that does not end as a sentence does.

Why:
    The text was cut, or it is a heading.
    Translators cannot tell which.

Bad:
    # The full stop is missing.
    statement: The agent never reads `spec.hostAliases`  <--

    # It was cut.
    workaround: Add a record to your DNS zone, and  <--

    # A note without an end.
    variants:
      v1: {status: active, note: Since the first version}  <--

Good:
    # A full stop.
    statement: The agent never reads `spec.hostAliases`.

    # The last word is code in brackets.
    workaround: Add a record to your zone (see `dns.zone`).

    # A question.
    variants:
      v1: {status: active, note: "Who reads it, and when?"}

Fix:
    Finish the sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR406"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
ENDS: Final = (".", "!", "?", "…", ":", '."', ".”", "。", ".*", ".`")


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Texts that end with a letter, or with a sign that goes on."""
    for pointer, text in item.sentences:
        end = text.rstrip()
        if not end.rstrip(")]*_").endswith(ENDS) and not end.endswith(ENDS):
            yield item.finding(pointer, f"the text ends with '{end[-20:]}'; finish the sentence")
