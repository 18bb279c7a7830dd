"""The word lists of a locale: joined words that machine translation splits, and pairs that are two words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Pair = tuple[str, str]


def parse_words(text: str, path: str) -> frozenset[str]:
    """The words of a words.txt, in lower case.

    One word a line; `#` begins a comment. Raises DataError for a line of several words and for a word given twice.
    """
    found: dict[str, int] = {}
    problems = []
    for line, content in _lines(text):
        word = content.casefold()
        if len(content.split()) > 1:
            problems.append(Problem(path, line, "", f"'{content}' is more than one word", "write one word a line"))
        elif word in found:
            problems.append(Problem(path, line, "", f"'{content}' is listed twice, first on line {found[word]}"))
        found.setdefault(word, line)
    if problems:
        raise DataError(problems)
    return frozenset(found)


def parse_keep(text: str, path: str) -> frozenset[Pair]:
    """The pairs of a keep.txt, in lower case.

    Two words a line; `#` begins a comment. Raises DataError for any other line and for a pair given twice.
    """
    found: dict[Pair, int] = {}
    problems = []
    for line, content in _lines(text):
        words = content.casefold().split()
        if len(words) != 2:
            problems.append(Problem(path, line, "", f"'{content}' is not a pair", "write two words a line"))
            continue
        pair = (words[0], words[1])
        if pair in found:
            problems.append(Problem(path, line, "", f"'{content}' is listed twice, first on line {found[pair]}"))
        found.setdefault(pair, line)
    if problems:
        raise DataError(problems)
    return frozenset(found)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        content = line.split("#", maxsplit=1)[0].strip()
        if content:
            yield number, content
