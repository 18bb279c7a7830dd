"""Texts of records as several rules look at them."""

from __future__ import annotations

import re
from typing import Final

from knooppunt.model import Status

ENDED: Final = (Status.LIFTED.value, Status.WITHDRAWN.value)
NOWHERE: Final = (*ENDED, Status.NOT_APPLICABLE.value)
"""Statuses of a variant in which the record does not hold."""
_WORD: Final = re.compile(r"\w+(?:[.'’-]\w+)*")
_CODE: Final = re.compile(r"`[^`]*`|\]\([^)\s]*\)|<https?://[^>\s]*>|https?://[^\s)>\]]+")
"""Code, targets of links and addresses, which are no prose."""
ID_IN_TEXT: Final = re.compile(
    r"(?<![\w./-])[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/-]|\.\w)"
)
"""What has the form of an id and stands alone."""
NAMED: Final = re.compile(r"`(?P<code>[^`\s]+)`|\]\(#(?P<link>[^)\s]+)")
"""How a text names a record: in backticks, or as a link to its anchor."""


def plain_words(text: str) -> str:
    """The words of a text, in small letters, one space between them; without markup and punctuation.

    >>> plain_words("A pod mounts **20** volumes.")
    'a pod mounts 20 volumes'
    """
    return " ".join(_WORD.findall(text.casefold()))


def prose(text: str) -> str:
    """The text with spaces in place of code, of targets of links and of addresses; as long as before.

    >>> prose("Set `a.b` to 1.")
    'Set       to 1.'
    """
    return _CODE.sub(lambda found: " " * len(found[0]), text)
