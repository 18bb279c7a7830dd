"""What a person has changed in a text: words joined, words taken apart, words put in the place of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from knooppunt.repair.text import mask
from knooppunt.repair.tokens import WORD, is_gap, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.repair.tokens import Token

MOST_PARTS: Final = 4
"""Words that are joined to one."""
MOST_WORDS: Final = 3
"""Words on either side of a replacement that may be a term."""
LONGEST: Final = 2000
"""Words of a text beyond which it is not compared; no sentence is that long."""
LONGEST_BLOCK: Final = 24
"""Words side by side beyond which a text was written anew, and nothing can be learned of single words."""
ALIKE: Final = 0.5
"""How much of a text must have stayed (twice the common words, by all words) for a replaced word to tell anything."""
MOST_LINKING: Final = 3
"""Letters that may link the parts of a compound: `klantenondersteuning`."""
SHORTEST_PART: Final = 2
"""Letters that each part of a join has."""
_LETTERS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of words."""

    kind: str
    """`join`, `split` or `replace`."""
    before: tuple[str, ...]
    after: tuple[str, ...]


def changes(before: str, after: str) -> Iterator[Change]:
    """The changes of words between two versions of a text, in order; what is in code or links does not count.

    >>> [change.kind for change in changes("De knoop punten van de peul", "De knooppunten van de pod")]
    ['join', 'replace']
    """
    old, new = _words(before), _words(after)
    if max(len(old), len(new)) > LONGEST:
        return
    matcher = SequenceMatcher(None, [word.key for word in old], [word.key for word in new], autojunk=False)
    anew = matcher.ratio() < ALIKE
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag == "replace" and max(end - start, stop - begin) <= LONGEST_BLOCK:
            found = _of_block(_Side(before, old[start:end]), _Side(after, new[begin:stop]))
            yield from (change for change in found if change.kind != "replace" or not anew)


@dataclass(frozen=True, slots=True)
class _Side:
    text: str
    words: Sequence[Token]

    def part(self, start: int, end: int) -> _Side:
        return _Side(self.text, self.words[start:end])

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @property
    def together(self) -> bool:
        """Whether nothing but spaces is between the words."""
        pairs = zip(self.words, self.words[1:], strict=False)
        return all(is_gap(self.text, left.end, right.start) for left, right in pairs)


def _words(text: str) -> list[Token]:
    return tokens(mask(text))


def letters(words: Sequence[str]) -> str:
    """The letters of words, joined, in lower case."""
    return _LETTERS.sub("", "".join(words)).casefold()


def joined_pieces(parts: Sequence[str], whole: str) -> list[tuple[tuple[str, ...], str]]:
    """Words and what they became, without what only a hyphen joins; all of it where nothing else joins any.

    >>> joined_pieces(("power", "shell-script"), "powershell-script"), joined_pieces(("AKS", "cluster"), "AKS-cluster")
    ([(('power', 'shell'), 'powershell')], [(('AKS', 'cluster'), 'AKS-cluster')])
    """
    single = [piece for part in parts for piece in part.split("-")]
    found, at = [], 0
    for piece in whole.split("-"):
        start, wanted = at, letters([piece])
        while at < len(single) and len(letters(single[start:at])) < len(wanted):
            at += 1
        if letters(single[start:at]) != wanted:
            return [(tuple(parts), whole)]
        if at - start > 1:
            found.append((tuple(single[start:at]), piece))
    return found or ([] if any("-" in part for part in parts) else [(tuple(parts), whole)])


def _of_block(old: _Side, new: _Side) -> Iterator[Change]:
    """The changes in a run of words that was replaced by another: the joins and splits in it, and what is between."""
    for shorter, longer, kind in ((new, old, "join"), (old, new, "split")):
        for at in range(len(shorter.words)):
            for start in range(len(longer.words)):
                for end in range(start + 2, min(start + MOST_PARTS, len(longer.words)) + 1):
                    parts, whole = longer.part(start, end), shorter.part(at, at + 1)
                    if not _is_join(parts, whole.texts[0], exact=kind == "split"):
                        continue
                    lead, rest = (longer.part(0, start), shorter.part(0, at)), (end, at + 1)
                    tail = (longer.part(rest[0], len(longer.words)), shorter.part(rest[1], len(shorter.words)))
                    if kind == "join":
                        yield from _of_block(*lead)
                        yield Change(kind, parts.texts, whole.texts)
                        yield from _of_block(*tail)
                    else:
                        yield from _of_block(*reversed(lead))
                        yield Change(kind, whole.texts, parts.texts)
                        yield from _of_block(*reversed(tail))
                    return
    if _is_replacement(old, new):
        yield Change("replace", old.texts, new.texts)


def _is_join(parts: _Side, whole: str, *, exact: bool) -> bool:
    """Whether words are the parts of one word; for a join with letters that link two of them."""
    if not parts.together or min(map(len, parts.texts)) < SHORTEST_PART or not WORD.fullmatch(whole):
        return False
    first, last, all_of_it = letters(parts.texts[:1]), letters(parts.texts[-1:]), letters([whole])
    if letters(parts.texts) == all_of_it:
        return True
    more = len(all_of_it) - len(letters(parts.texts))
    linked = len(parts.words) == 2 and 0 < more <= MOST_LINKING and min(len(first), len(last)) > MOST_LINKING
    return not exact and linked and all_of_it.startswith(first) and all_of_it.endswith(last)


def _is_replacement(old: _Side, new: _Side) -> bool:
    sizes = (len(old.words), len(new.words))
    if not min(sizes) or max(sizes) > MOST_WORDS or not (old.together and new.together):
        return False
    if letters(old.texts) == letters(new.texts):
        return False
    return all(any(sign.isalpha() for sign in word) for word in (*old.texts, *new.texts))
