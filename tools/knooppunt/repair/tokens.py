"""Words of a text, and how a replacement takes over their case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.repair.termbase import normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.repair.text import Mask

WORD = re.compile(r"\w+(?:['\u2019.-]\w+)*")
"""A word: letters and digits, with hyphens, points and apostrophes inside."""
_LETTERS = re.compile(r"[^\W\d_]+")
_REST_OF_WORD = re.compile(r"((?:-[^\W\d_]{1,40})?[.,;:!?]?) (?=[^\s])")
_RUNS = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[ \t\u00a0]+|[ \t]*\r?\n[ \t>]*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:]['\")\]*_]*[ \t]|\n\n|\|)[\s*_(\"'>\u201c-]*$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of prose: letters, digits, and inner hyphens, points and apostrophes."""

    start: int
    end: int
    text: str
    key: str
    """As it is looked up."""


def tokens(mask: Mask) -> list[Token]:
    """The words of a text that touch nothing protected."""
    return [
        Token(found.start(), found.end(), found[0], normal(found[0]))
        for found in WORD.finditer(mask.text)
        if mask.free(found.start(), found.end())
    ]


def letter_runs(mask: Mask) -> list[Token]:
    """The unbroken runs of letters of a text that touch nothing protected."""
    return [
        Token(found.start(), found.end(), found[0], found[0].casefold())
        for found in _LETTERS.finditer(mask.text)
        if mask.free(found.start(), found.end())
    ]


def word_runs(mask: Mask) -> list[Token]:
    """The unbroken runs of letters and digits of a text that touch nothing protected."""
    return [
        Token(found.start(), found.end(), found[0], found[0].casefold())
        for found in _RUNS.finditer(mask.text)
        if mask.free(found.start(), found.end())
    ]


def is_gap(text: str, start: int, end: int) -> bool:
    """Whether the text between two words is white space, at most one line break with what begins the next line."""
    return 0 < end - start < 40 and _GAP.fullmatch(text, start, end) is not None


def phrases(mask: Mask, words: list[Token], at: int, longest: int) -> Iterator[tuple[int, int, str]]:
    """Phrases that begin at a word, longest first: number of words, end, and the phrase as it is looked up."""
    reach = 1
    while reach < longest and at + reach < len(words):
        if not is_gap(mask.text, words[at + reach - 1].end, words[at + reach].start):
            break
        reach += 1
    for count in range(reach, 0, -1):
        chosen = words[at : at + count]
        yield count, chosen[-1].end, " ".join(word.key for word in chosen)


def keep_case(old: str, new: str) -> str:
    """`new` in the case of `old`: `Peul` -> `Pod`, `PEULEN` -> `PODS`; capitals of `new` itself stay."""
    letters = [sign for sign in old if sign.isalpha()]
    if len(letters) > 1 and all(sign.isupper() for sign in letters):
        return new.upper()
    if letters and letters[0].isupper() and new[:1].islower():
        return new[0].upper() + new[1:]
    return new


def starts_sentence(text: str, at: int) -> bool:
    """Whether a word at this position begins a sentence, a cell or the text."""
    return _SENTENCE_END.search(text[max(0, at - 40) : at]) is not None if at else True


def moved_break(text: str, start: int, end: int) -> tuple[int, str]:
    """For a replacement of [start, end): where it ends and what follows it, so that a line break inside moves behind.

    `knoop<newline>punten zijn` becomes `knooppunten<newline>zijn`: the space behind the words is taken by the break.
    """
    line_break = re.search(r"[ \t]*(\r?\n[ \t>]*)", text[start:end])
    behind = _REST_OF_WORD.match(text, end)
    if line_break is None or behind is None:
        return end, ""
    return behind.end(), behind[1] + line_break[1]
