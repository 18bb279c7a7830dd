"""What a person decides about split words, written into the word lists of a locale: `words.txt` and `keep.txt`.

A decision is for a pair of words wherever it stands: accepted, the joined word goes to `words.txt`; rejected, the pair
goes to `keep.txt`. Lines, comments, order and line ends of the files stay as they are. In a file with comments, new
lines stand in a part of their own at its end, for the comments above say what stands below them; in one without, a new
line takes its place in the order of the file.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.errors import UsageError
from knooppunt.repair.names import letters
from knooppunt.repair.tokens import WORD
from knooppunt.repair.words import parse_keep, parse_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.repair.languages import LanguageRules

HEADING: Final = "# Decided with 'knooppunt terms'"
"""First line of the part for decisions."""

_MOST_WORDS: Final = 6
_CLASHES: Final = frozenset({"aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "ui", "uu"})
"""Vowels that would be read as one sound where two parts of a Dutch compound meet: `update-id`."""


@dataclass(frozen=True, slots=True)
class WordLists:
    """The texts of both lists and how they are called."""

    words: str = ""
    keep: str = ""
    words_path: str = "words.txt"
    keep_path: str = "keep.txt"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision does."""

    lists: WordLists
    """Both lists as they are afterwards."""
    path: str
    """The list that it is written in."""
    entry: str
    """The word, or the pair."""
    line: int
    """1-based line where it stands afterwards."""
    added: bool
    """False where the list says so already, in this form or in another one of the word."""


def split_words(text: str) -> tuple[str, ...]:
    """The words of a pair as a person writes it. Raises UsageError where it is not two to six words.

    >>> split_words("knoop  punten")
    ('knoop', 'punten')
    """
    words = tuple(text.split())
    odd = next((word for word in words if not WORD.fullmatch(word)), "")
    if odd:
        raise UsageError(f"'{odd}' is not a word; write the words as they stand in the text, such as \"knoop punten\"")
    if not 1 < len(words) <= _MOST_WORDS:
        raise UsageError(f"'{text}' is not a pair; write two words or more, such as \"knoop punten\"")
    return words


def joined_word(words: Sequence[str], language: str) -> str:
    """The words as one, in the spelling of a language (`nl`, `de`); German nouns keep their capital.

    Raises UsageError for initials, behind which most languages write a hyphen.

    >>> joined_word(("Knoop", "punten"), "nl"), joined_word(("update", "id"), "nl")
    ('knooppunten', 'update-id')
    """
    first, *rest = words
    shouted = next((word for word in words if len(word) > 1 and word.isupper()), "")
    if shouted:
        raise UsageError(
            f"'{shouted}' is in capitals, and such words take a hyphen; say how it is written: --as {'-'.join(words)}"
        )
    joined = first if language == "de" else first.lower()
    for word in (word.lower() for word in rest):
        hyphen = language == "nl" and (joined[-1] + word[0]).casefold() in _CLASHES
        joined += ("-" if hyphen else "") + word
    return joined


def accept_words(
    lists: WordLists, words: Sequence[str], rules: LanguageRules, language: str, written: str | None = None
) -> Decided:
    """Enter the joined form of words into `words.txt`; `written` where it is not the words side by side.

    Raises UsageError where `keep.txt` says that they stay apart, and where `written` is not made of the words;
    DataError where a list is not valid.
    """
    word = joined_word(words, language) if written is None else _checked(written, words)
    known = _forms(lists.words, lists.words_path, rules)
    parse_keep(lists.keep, lists.keep_path)
    for pair, line in _pairs(lists.keep):
        if pair == tuple(part.casefold() for part in words) or "".join(pair) == letters(word):
            raise UsageError(
                f"'{' '.join(pair)}' is in {lists.keep_path}:{line} as a pair that stays two words;"
                " take that line out first if it is one word"
            )
    if word.casefold() in known:
        return Decided(lists, lists.words_path, word, known[word.casefold()], added=False)
    text, line = insert_line(lists.words, word)
    parse_words(text, lists.words_path)
    return Decided(
        WordLists(text, lists.keep, lists.words_path, lists.keep_path), lists.words_path, word, line, added=True
    )


def reject_words(lists: WordLists, words: Sequence[str], rules: LanguageRules) -> Decided:
    """Enter a pair into `keep.txt`.

    Raises UsageError where `words.txt` has its joined form, and for more than two words; DataError where a list is not
    valid.
    """
    if len(words) != 2:
        raise UsageError(f"'{' '.join(words)}' is more than a pair; reject the two words that must stay apart")
    pair = (words[0].casefold(), words[1].casefold())
    parse_keep(lists.keep, lists.keep_path)
    known = _forms(lists.words, lists.words_path, rules)
    for form, line in known.items():
        if letters(form) == letters("".join(pair)):
            raise UsageError(
                f"'{form}' is in {lists.words_path}:{line} as one word; take that line out first if it is two"
            )
    for kept, line in _pairs(lists.keep):
        if kept == pair:
            return Decided(lists, lists.keep_path, " ".join(pair), line, added=False)
    text, line = insert_line(lists.keep, " ".join(pair))
    parse_keep(text, lists.keep_path)
    changed = WordLists(lists.words, text, lists.words_path, lists.keep_path)
    return Decided(changed, lists.keep_path, " ".join(pair), line, added=True)


def insert_line(text: str, line: str) -> tuple[str, int]:
    r"""A list with one line more, all others as they were, and the 1-based number of the new line.

    >>> insert_line("aap\nnoot\n", "mies")
    ('aap\nmies\nnoot\n', 2)
    """
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if "\r\n" in text else "\n"
    if any(_is_comment(item) for item in lines):
        start = next((at + 1 for at, item in enumerate(lines) if item.strip() == HEADING), 0)
        if not start:
            _finish(lines, newline)
            lines += [newline] * bool(lines[-1].strip()) + [HEADING + newline]
            start = len(lines)
    else:
        start = 0
    end = start
    while end < len(lines) and lines[end].strip() and not _is_comment(lines[end]):
        end += 1
    if not start:
        end = max((at + 1 for at, item in enumerate(lines) if item.strip()), default=0)
    keys = [_content(item) for item in lines[start:end]]
    at = start + bisect_left(keys, line.casefold()) if keys == sorted(keys) else end
    if at == len(lines):
        _finish(lines, newline)
    lines.insert(at, line + newline)
    return "".join(lines), at + 1


def _finish(lines: list[str], newline: str) -> None:
    """End the last line, where it has no end."""
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += newline


def _is_comment(line: str) -> bool:
    return line.lstrip("\ufeff \t").startswith("#")


def _content(line: str) -> str:
    return " ".join(line.removeprefix("\ufeff").split("#", maxsplit=1)[0].split()).casefold()


def _pairs(keep: str) -> Iterator[tuple[tuple[str, ...], int]]:
    for number, line in enumerate(keep.splitlines(), start=1):
        if _content(line):
            yield tuple(_content(line).split()), number


def _forms(words: str, path: str, rules: LanguageRules) -> dict[str, int]:
    """Every word of a words.txt and its inflected forms, with the line; what the file itself lists goes first."""
    parse_words(words, path)
    listed = {_content(line): number for number, line in enumerate(words.splitlines(), start=1) if _content(line)}
    derived: dict[str, int] = {}
    for word, number in listed.items():
        for form in rules.inflect(word):
            derived.setdefault(form.casefold(), number)
    return {**derived, **listed}


def _checked(written: str, words: Sequence[str]) -> str:
    """A joined word that a person has written. Raises UsageError where it is not made of the words."""
    first, last = letters(words[0]), letters(words[-1])
    whole = letters(written)
    if not WORD.fullmatch(written):
        raise UsageError(f"'{written}' is not one word")
    if not (whole.startswith(first) and whole.endswith(last) and len(whole) <= len(letters("".join(words))) + 3):
        raise UsageError(f"'{written}' is not made of '{' '.join(words)}'")
    return written
