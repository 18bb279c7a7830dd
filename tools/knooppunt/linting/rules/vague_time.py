"""A text that tells the time by the day on which it was written: "currently", "recently", "soon", "as of today".

Why:
    Records outlive their day, and nobody knows when "now" was.
    The dates of a variant say it exactly.

Bad:
    # Now.
    statement: The agent currently reads no `spec.hostAliases`.  <--

    # A promise.
    workaround: Wait, since support will follow soon.  <--

    # A day that passes.
    variants:
      v1: {status: active, note: "At the moment, nobody works on it."}  <--

    # In a title.
    title: Host aliases are not yet supported  <--

Good:
    # A version.
    statement: The agent reads `spec.hostAliases` since version 2.2.

    # A date.
    variants:
      v1: {status: active, note: The vendor announced support on 2022-03-01.}

    # "Now" that is no time.
    statement: The agent knows no `now()` and starts no sooner than the pod.

Fix:
    Say since which version or day, or leave the word out.
    The status of the variant tells that it holds.
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

CODE: Final = "KR409"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING
_VAGUE: Final = re.compile(
    r"\b(?:currently|presently|nowadays|recently|lately|soon|shortly|not yet|as of (?:now|today|this writing)|"
    r"at (?:the moment|present|this time|this point)|for (?:now|the time being)|(?:very )?near future)\b",
    re.IGNORECASE,
)


def check(item: Item, around: Around) -> Iterator[Finding]:  # noqa: ARG001 (one form for all rules)
    """Words that age, outside code."""
    for pointer, text in item.texts:
        found = _VAGUE.search(prose(text))
        if found:
            yield item.finding(pointer, f"'{found[0]}' ages; say since which version or day, or leave it out")
