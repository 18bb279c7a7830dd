"""How an author says which words of a source are meant: a text, or a regular expression between slashes."""

from __future__ import annotations

import re
from typing import Final

_BETWEEN: Final = r"[*_`\[\]]*\s+[*_`\[\]>]*"
"""What stands between two words: space, with the marks of emphasis, code, links and quotes around it."""
_LINK_TARGET: Final = re.compile(r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)|\]\[[^\]]*\]")
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")


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


def words_of(text: str) -> str:
    """The words of an inline text, one space between them: without case, markup, punctuation and targets of links.

    >>> words_of("No **Host** [aliases](a.md).") == words_of("no host aliases")
    True
    """
    return " ".join(_WORD.findall(_LINK_TARGET.sub("]", text).casefold().replace("’", "'")))
