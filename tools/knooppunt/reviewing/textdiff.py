"""How two texts differ, word by word, and by how much: for people to read, and as an edit distance.

Words, white space and signs are tokens; scripts without spaces are cut into single characters. The edit distance is
Levenshtein's over words (rapidfuzz). HTER is that distance between the machine's text and the final one, divided by
the words of the final one (Snover et al., "A Study of Translation Edit Rate with Targeted Human Annotation", 2006,
here without shifts of whole phrases).
"""

from __future__ import annotations

import re
from typing import Final

from rapidfuzz.distance import Indel, Levenshtein

Diff = list[tuple[str, str]]
"""Pairs of `=`, `-` or `+` and a text: `=` and `-` joined are the old text, `=` and `+` the new one."""

MOST_TOKENS: Final = 20_000
"""Beyond them two texts are shown as replaced as a whole."""

_SPACELESS: Final = "\u0e00-\u0e7f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TOKEN: Final = re.compile(rf"[{_SPACELESS}]|[^\W_{_SPACELESS}]+|\s+|.", re.DOTALL)
_WORD: Final = re.compile(rf"[{_SPACELESS}]|[^\s{_SPACELESS}]+")


def word_diff(old: str, new: str) -> Diff:
    """The difference of two texts, in words.

    >>> word_diff("Stop de pod.", "Stop die pod.")
    [('=', 'Stop '), ('-', 'de'), ('+', 'die'), ('=', ' pod.')]
    """
    if old == new:
        return [("=", old)] if old else []
    first, second = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(first) + len(second) > MOST_TOKENS:
        return [(sign, text) for sign, text in (("-", old), ("+", new)) if text]
    parts: Diff = []
    for code in Indel.opcodes(first, second):
        if code.tag == "equal":
            parts.append(("=", "".join(first[code.src_start : code.src_end])))
        else:
            if code.src_end > code.src_start:
                parts.append(("-", "".join(first[code.src_start : code.src_end])))
            if code.dest_end > code.dest_start:
                parts.append(("+", "".join(second[code.dest_start : code.dest_end])))
    return _joined(parts)


def _joined(parts: Diff) -> Diff:
    """Between two equal parts one removal and one addition, and no lone space that is equal between two changes."""
    found: Diff = []
    removed = added = ""
    for number, (sign, text) in enumerate(parts):
        inner = sign == "=" and text.isspace() and (removed or added) and number + 1 < len(parts)
        if sign == "-":
            removed += text
        elif sign == "+":
            added += text
        elif inner and removed and added:
            removed += text
            added += text
        else:
            found += _flushed(removed, added)
            removed = added = ""
            found.append((sign, text))
    return found + _flushed(removed, added)


def _flushed(removed: str, added: str) -> Diff:
    return [(sign, text) for sign, text in (("-", removed), ("+", added)) if text]


def words_of(text: str) -> list[str]:
    """The words of a text, with the signs that touch them; of scripts without spaces the characters."""
    return _WORD.findall(text)


def word_distance(old: str, new: str) -> int:
    """How many words have to be put in, taken away or replaced.

    >>> word_distance("Stop de pod.", "Stop die pod nu.")
    3
    """
    return 0 if old == new else int(Levenshtein.distance(words_of(old), words_of(new)))


def hter(machine: str, final: str) -> float:
    """Share of the final words that a person had to change in the machine's text; may be above 1.

    >>> hter("Stop de pod", "Stop die pod")
    0.3333
    """
    return round(word_distance(machine, final) / max(len(words_of(final)), 1), 4)


def utf16(text: str, offset: int) -> int:
    """An offset in code points as JavaScript counts it, in UTF-16 code units."""
    head = text[:offset]
    return len(head) if head.isascii() else len(head) + sum(sign > "\uffff" for sign in head)
