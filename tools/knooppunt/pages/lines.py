"""A text as lines with exact offsets, and views of those lines from inside a container."""

from __future__ import annotations

import re
from itertools import accumulate

TAB = 4
"""Columns of a tab stop, as Python-Markdown and CommonMark have it."""

INDENTED = ("    ", "\t", " \t", "  \t", "   \t")
"""What a line begins with that is indented by the four columns of code."""

_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")

View = list[tuple[int, int]]
"""Lines as a container sees them: (line number from 0, offset at which the container's own text begins)."""


class Lines:
    """Offsets of the lines of a text; `\\n`, `\\r\\n` and `\\r` end a line, nothing else does.

    Line i is `text[starts[i]:ends[i]]` without its ending and `text[starts[i]:stops[i]]` with it.
    The stops of one line are the starts of the next, so the lines joined are the text.
    """

    __slots__ = ("ends", "starts", "stops", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.stops: list[int] = []
        if "\r" in text:
            self._split_mixed(text)
            return
        self.stops = [*accumulate([len(line) + 1 for line in text.split("\n")])]
        self.starts = [0, *self.stops[:-1]]
        self.ends = [stop - 1 for stop in self.stops]
        self._close(len(text))

    def _split_mixed(self, text: str) -> None:
        for found in _LINE.finditer(text):
            self.starts.append(found.start())
            self.ends.append(found.end(1))
            self.stops.append(found.end())
            if found.end() == len(text):
                break
        self._close(len(text))

    def _close(self, length: int) -> None:
        self.stops[-1] = length
        if self.starts[-1] == length:  # what follows the last newline is no line
            del self.starts[-1], self.ends[-1], self.stops[-1]

    def __len__(self) -> int:
        return len(self.starts)

    def view(self) -> View:
        """All lines, from their first column."""
        return list(enumerate(self.starts))


def indent_of(line: str) -> int:
    """Columns of white space at the start of a line; a tab reaches to the next multiple of TAB."""
    lead = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" not in lead:
        return len(lead)
    columns = 0
    for character in lead:
        columns += 1 if character == " " else TAB - columns % TAB
    return columns


def skip_columns(line: str, columns: int) -> int:
    """How many characters of white space stand for at most `columns` columns; a tab is taken whole."""
    if line.startswith(" " * columns):
        return columns
    seen = 0
    for count, character in enumerate(line):
        if seen >= columns or character not in " \t":
            return count
        seen += 1 if character == " " else TAB - seen % TAB
    return len(line)
