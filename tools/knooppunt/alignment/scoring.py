"""How well two items go together: the sum of what each kind of evidence says, as log-likelihood ratios."""

from __future__ import annotations

import math
from collections import Counter
from string import digits
from typing import TYPE_CHECKING, Final

from knooppunt.alignment.lengths import Lengths

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knooppunt.alignment.items import Item
    from knooppunt.alignment.lexicon import Lexicon

NEVER: Final = -50.0
"""Score of what cannot be a pair."""
_PROSE: Final = frozenset(["paragraph", "item", "definition", "html", "footnote", "term"])
"""Kinds that a translator may turn into one another."""
_TITLED: Final = frozenset(["marker", "title", "admonition", "tab"])
"""A box may get a title in the translation that it lacks in the source, where the theme gives it one."""
_TOKENS_LEAST: Final = -6.0
_TOKENS_MOST: Final = 10.0
_MISSING: Final = 0.6
"""Weight of a token that only one side has, against one that both have: drift is more common than chance."""
_TAG: Final = 0.4
"""Weight of a tag against other tokens: translators add tags and leave them out more than code and links."""
_LENGTH_MOST: Final = 1.0
_LENGTH_LEAST: Final = -5.0
_COGNATE: Final = 0.35
_COGNATES_MOST: Final = 4.0
_LEAST_SIZE: Final = 30
"""Items that even the shortest page counts as: a name is rare, also where little else stands."""
_SAME_ID: Final = 5.0
_OTHER_ID: Final = -4.0
"""A translation keeps the ids of its source, unless the source has got another heading since."""
_SAME_BLOCK: Final = 1.5
_SAME_CODE: Final = 0.5
"""Least share of common words for two blocks of code to be one."""


class Scorer:
    """Scores of the pairs of two pages; each is worked out once."""

    def __init__(
        self, source: Sequence[Item], target: Sequence[Item], lengths: Lengths, lexicon: Lexicon | None = None
    ) -> None:
        self.source = source
        self.target = target
        self.lengths = lengths
        self.lexicon = lexicon
        self._known: dict[tuple[int, int], float] = {}
        self._weights = _rarity([[item.tokens for item in page] for page in (source, target)], 0.8)
        self._stems = _rarity([[item.cognates for item in page] for page in (source, target)], 1.0)

    def score(self, first: int, second: int) -> float:
        """Score of the pair of items at these places: above 0 speaks for it."""
        key = (first, second)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self.form(first, second)
            if found > NEVER:
                found = self._known[key] = found + self.content(first, second)
        return found

    def forget(self) -> None:
        """Give the memory of the scores so far back; they will not be asked for again."""
        self._known.clear()

    def form(self, first: int, second: int) -> float:
        """What kind, container and level say; NEVER where no translation could make one of the other."""
        one, other = self.source[first], self.target[second]
        total = 0.0
        if one.kind != other.kind:
            pair = {one.kind, other.kind}
            if not (pair <= _PROSE or pair <= _TITLED):
                return NEVER
            total -= 2.0
        elif one.level != other.level:
            total -= 2.0 if one.kind == "heading" else 4.0
        else:
            total += 0.8
        if one.container != other.container:
            total -= 0.5 + 0.5 * abs(len(one.container) - len(other.container))
        if one.key and one.key == other.key:
            total += _SAME_ID
        elif other.named and one.kind == other.kind == "heading" and one.key.rstrip(digits) != other.key.rstrip(digits):
            total += _OTHER_ID
        return total

    def content(self, first: int, second: int) -> float:
        """What the two texts say, their form apart."""
        one, other = self.source[first], self.target[second]
        if one.kind == "code":
            return _code(one, other)
        total = self.tokens(one, other)
        if one.segment is None and one.text == other.text:
            total = max(total, 0.0) + _SAME_BLOCK
        if one.length and other.length:
            total += self.length(one.length, other.length)
        total += min(_COGNATES_MOST, _COGNATE * sum(self._stems[stem] for stem in one.cognates & other.cognates))
        if self.lexicon is not None:
            total += self.lexicon.score(one.words, other.words)
        return total

    def tokens(self, one: Item, other: Item) -> float:
        """What code, links, numbers, tags and names say."""
        mine, theirs = one.tokens, other.tokens
        if not mine and not theirs:
            return 0.0
        total = 0.0
        weights = self._weights
        for token, count in mine.items():
            both = min(count, theirs.get(token, 0))
            total += weights[token] * ((1 + 0.2 * (both - 1) if both else 0) - _MISSING * (count > both))
        for token, count in theirs.items():
            if count > mine.get(token, 0):
                total -= weights[token] * _MISSING
        return max(_TOKENS_LEAST, min(_TOKENS_MOST, total))

    def length(self, source: int, target: int) -> float:
        """What the lengths say."""
        deviation = self.lengths.deviation(source, target)
        return max(_LENGTH_LEAST, _LENGTH_MOST - deviation * deviation / 2)


def _code(one: Item, other: Item) -> float:
    if one.text == other.text:
        return 4.0
    if not one.words or not other.words:
        return 0.0
    common = 2 * len(one.words & other.words) / (len(one.words) + len(other.words))
    return 6.0 * (common - _SAME_CODE)


def _rarity(pages: Sequence[Iterable[Iterable[str]]], scale: float) -> dict[str, float]:
    """What a feature is worth: the rarer it is on the page that has it more often, the more it says."""
    counts: Counter[str] = Counter()
    size = _LEAST_SIZE
    for page in pages:
        own: Counter[str] = Counter()
        number = 0
        for features in page:
            own.update(set(features))
            number += 1
        counts |= own
        size = max(size, number)
    return {
        feature: scale * (_TAG if feature.startswith("t:") else 1) * math.log1p(size / count)
        for feature, count in counts.items()
    }
