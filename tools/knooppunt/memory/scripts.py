"""Writing without spaces between words: where a search has to go by characters."""

from __future__ import annotations

import re
from typing import Final

UNSPACED: Final = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\u1780-\u17ff"  # Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"  # Chinese and Japanese; Korean has spaces
)
"""Characters of scripts that put no spaces between words, as ranges for a class of a regular expression."""

_UNSPACED: Final = re.compile(f"[{UNSPACED}]")
WORD: Final = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
"""A word, or one character of a script without spaces."""

SEPARATOR: Final = "\u200b"
"""A space of no width, which is no part of a word."""

BEGIN: Final = "\ue010"
END: Final = "\ue011"
"""Marks that a search puts around a hit; characters for private use."""
_OURS: Final = re.compile(f"[{BEGIN}{END}{SEPARATOR}\0\ud800-\udfff]")


def word_count(text: str) -> int:
    """About how many words a text has; two characters of a script without spaces are one."""
    words = WORD.findall(text)
    alone = sum(len(word) == 1 and _UNSPACED.match(word) is not None for word in words)
    return len(words) - alone + (alone + 1) // 2


def spaced(text: str) -> str:
    """The text as FTS5 gets it: each character of a script without spaces between separators, so that it is a word.

    Signs of our own, and what SQLite cannot take, become spaces; without separators nothing has changed its place.
    """
    if _OURS.search(text) is not None:
        text = _OURS.sub(" ", text)
    return _UNSPACED.sub(lambda found: f"{SEPARATOR}{found[0]}{SEPARATOR}", text)
