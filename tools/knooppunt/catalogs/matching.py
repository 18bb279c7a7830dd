"""Which translation that goes away comes nearest to a text that is new.

rapidfuzz's ratio finds what msgmerge finds, some hundred times faster than Babel's difflib. Two texts can only be
70 % alike if the shorter has at least 0.35/0.65 of the length of the longer, so most pairs are never compared.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CUTOFF: Final = 70
"""Least likeness, in percent, for a translation to be offered."""

LONGEST: Final = 20_000
"""Code points of a text that is compared at all: a comparison costs the product of two lengths, and no paragraph has
as many."""

_NEAREST: Final = 6
"""Candidates looked at for each text in one round."""


def nearest(texts: Sequence[str], candidates: Sequence[str]) -> dict[int, int]:
    """Pairs of a text and a candidate, by index: the best match first, each text and each candidate once.

    Of equal matches the earlier text, then the earlier candidate, is taken, so the result depends on the input alone.
    """
    pairs: dict[int, int] = {}
    left = list(range(len(texts)))
    free = sorted(range(len(candidates)), key=lambda index: (len(candidates[index]), index))
    while left and free:
        found = sorted(_scores([texts[index] for index in left], [candidates[index] for index in free]))
        taken: set[int] = set()
        matched: set[int] = set()
        for _, text, candidate in sorted((score, left[text], free[place]) for score, text, place in found):
            if text not in matched and candidate not in taken:
                pairs[text] = candidate
                matched.add(text)
                taken.add(candidate)
        crowded = {left[text] for _, text, _ in found} - matched
        left = [index for index in left if index in crowded]
        free = [index for index in free if index not in taken]
    return pairs


def likely_lengths(text: str) -> tuple[float, float]:
    """Least and greatest length of a text that can be 70 % like this one."""
    share = CUTOFF / (200 - CUTOFF)
    return len(text) * share - 1, len(text) / share + 1


def _scores(texts: Sequence[str], candidates: Sequence[str]) -> Iterator[tuple[float, int, int]]:
    """Likeness, negative so that the best sorts first, of texts with their nearest candidates, which are by length."""
    lengths = [len(candidate) for candidate in candidates]
    for index, text in enumerate(texts):
        if len(text) > LONGEST:
            continue
        least, greatest = likely_lengths(text)
        low, high = bisect_left(lengths, least), bisect_right(lengths, greatest)
        found = process.extract(
            text, candidates[low:high], scorer=fuzz.ratio, processor=None, score_cutoff=CUTOFF, limit=_NEAREST
        )
        for _, score, place in found:
            yield -score, index, low + place
