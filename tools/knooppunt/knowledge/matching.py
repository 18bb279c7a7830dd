"""How an author says which words of a source are meant: a text, or a regular expression between slashes."""

from __future__ import annotations

import re
from typing import Final

_BETWEEN: Final = r"[*_`\[\]]*\s+[*_`\[\]>]*"
"""What stands between two words: space, with the marks of emphasis, code, links and quotes around it."""


def match_pattern(text: str) -> re.Pattern[str]:
    """What finds a text in a source, whatever its case, line breaks and emphasis. Raises ValueError where it is wrong.

    >>> bool(match_pattern("host aliases").search("Host\\naliases are not supported."))
    True
    >>> bool(match_pattern("no host aliases").search("There are no [**host** aliases](a.md)."))
    True
    >>> bool(match_pattern("/host ?alias(es)?/").search("hostAlias"))
    True
    >>> match_pattern("/(/")
    Traceback (most recent call last):
    ValueError: '(' is not a regular expression: missing ), unterminated subpattern
    """
    if len(text) > 1 and text.startswith("/") and text.endswith("/"):
        expression = text[1:-1]
        try:
            return re.compile(expression, re.IGNORECASE | re.MULTILINE)
        except re.error as error:
            raise ValueError(f"'{expression}' is not a regular expression: {error.msg}") from None
    words = text.split()
    if not words:
        raise ValueError("there is nothing to look for")
    return re.compile(_BETWEEN.join(map(re.escape, words)), re.IGNORECASE)
