"""When a fact appeared in a source, changed, and disappeared: from the versions of a file to dated events.

What counts is the words: the block of text around each match, without case, markup, punctuation and the targets of
links. So a line that is broken elsewhere or gets a full stop is no event, and one that names another product is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.knowledge.matching import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

APPEARED, CHANGED, DISAPPEARED = "appeared", "changed", "disappeared"
_START: Final = re.compile(r"[ \t]*(?:[-*+>|#]|\d+[.)]|//|\"|$)")
"""How a line begins that ends the block above it: item, quote, row, heading, comment, or nothing at all."""


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was after a commit."""

    commit: str
    day: date
    """Day of the commit in UTC."""
    path: str
    text: str | None
    """None where the commit took the file away."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a fact."""

    kind: str
    """`appeared`, `changed` or `disappeared`."""
    day: date
    commit: str
    path: str
    text: str
    """The blocks around the matches after the commit; before it, of what disappeared."""


def events(versions: Iterable[Version], pattern: re.Pattern[str]) -> tuple[Event, ...]:
    """The events of a fact, oldest first; `versions` are those of the file that holds it, oldest first.

    >>> from datetime import date
    >>> texts = ["- No hosts.", "- No **hosts**", "- No hosts or names.", ""]
    >>> versions = [Version(str(n), date(2026, 1, n), "a.md", text) for n, text in enumerate(texts, 1)]
    >>> [(event.kind, event.commit) for event in events(versions, re.compile("hosts"))]
    [('appeared', '1'), ('changed', '3'), ('disappeared', '4')]
    """
    found: list[Event] = []
    before: tuple[str, ...] = ()
    shown = ""
    for version in versions:
        blocks = tuple(matching(version.text or "", pattern))
        words = tuple(sorted(map(words_of, blocks)))
        if words != before:
            kind = APPEARED if not before else CHANGED if words else DISAPPEARED
            now = "\n".join(blocks)
            found.append(Event(kind, version.day, version.commit, version.path, now or shown))
        before, shown = words, "\n".join(blocks)
    return tuple(found)


def matching(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """The blocks of a text that have a match, each once and on one line."""
    end = -1
    for found in pattern.finditer(text):
        if found.start() >= end and found[0].strip():
            start, end = _block(text, found.start(), found.end())
            yield " ".join(text[start:end].split())


def _block(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the block around a match: back to the line that begins it, on to the line before the next one."""
    first = text.rfind("\n", 0, start) + 1
    while first and not _START.match(text, first, _line_end(text, first)):
        above = text.rfind("\n", 0, first - 1) + 1
        if not text[above : first - 1].strip():
            break
        first = above
    last = _line_end(text, end)
    while last < len(text):
        following = _line_end(text, last + 1)
        if _START.match(text, last + 1, following):
            break
        last = following
    return first, last


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end
