"""The best way through two sequences, in their order, with items left out on either side.

Dynamic programming as in Gale and Church 1993 and Needleman and Wunsch 1970, over items instead of sentences, within a
band around the diagonal so that the cost grows with the length of a page and not with its square.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from knooppunt.alignment.scoring import NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knooppunt.alignment.anchors import Pair

SKIP: Final = -1.2
"""Score of an item that is left out: two items are paired if that is better than leaving both out."""
_SQUARE: Final = 3_600
"""Cells up to which the whole square is looked at."""
_BAND: Final = 40
"""Items to each side of the diagonal that are looked at anyway."""
_WIDEST: Final = 80
"""Items to each side that the difference of the two lengths may add: a longer run without any anchor is left out."""
NOTHING: Final = -1e9
"""Logarithm of a probability of 0."""
_PAIR, _UP, _LEFT = range(3)


def best_path(source: range, target: range, score: Callable[[int, int], float]) -> list[Pair]:
    """The pairs of places with the highest sum of scores; both places ascend.

    At a tie two items are rather paired than left out, and the earlier ones are paired.
    """
    rows, columns = len(source), len(target)
    if not rows or not columns:
        return []
    band = _band(rows, columns)
    diagonal = _diagonal(rows, columns)
    previous = [SKIP * column for column in range(columns + 1)]
    moves: list[tuple[int, bytearray]] = []
    for row in range(1, rows + 1):
        middle = diagonal[row]
        low, high = max(1, middle - band), min(columns, middle + band)
        current = [NOTHING] * (columns + 1)
        if low == 1:
            current[0] = SKIP * row
        taken = bytearray(high - low + 1)
        for column in range(low, high + 1):
            value, move = previous[column - 1] + score(source[row - 1], target[column - 1]), _PAIR
            if previous[column] + SKIP > value:
                value, move = previous[column] + SKIP, _UP
            if current[column - 1] + SKIP > value:
                value, move = current[column - 1] + SKIP, _LEFT
            current[column] = value
            taken[column - low] = move
        moves.append((low, taken))
        previous = current
    pairs = []
    row, column = rows, columns
    while row and column:
        low, taken = moves[row - 1]
        move = taken[column - low] if low <= column < low + len(taken) else _LEFT if column >= low else _UP
        if move == _PAIR:
            row, column = row - 1, column - 1
            pairs.append((source[row], target[column]))
        elif move == _UP:
            row -= 1
        else:
            column -= 1
    return [pair for pair in reversed(pairs) if score(*pair) > NEVER / 2]


def posteriors(source: range, target: range, score: Callable[[int, int], float], pairs: Sequence[Pair]) -> list[float]:
    """How probable each of these pairs of the best path is, over all paths: 0 to 1.

    The forward-backward sums of a pair hidden Markov model (Durbin et al., "Biological Sequence Analysis", 1998,
    chapter 4) with the scores as logarithms. Of the orders in which a run of items may be left out only one is counted,
    those of the source first.
    """
    rows, columns = len(source), len(target)
    band = _band(rows, columns)
    spans = [range(max(0, at - band), min(columns, at + band) + 1) for at in _diagonal(rows, columns)]
    # Of each cell: the sum over ways to it whose last step was no skip of the target, and over all ways.
    strict, any_way = _Table(spans), _Table(spans)
    for row, span in enumerate(spans):
        for column in span:
            value = 0.0 if row == column == 0 else NOTHING
            if row and column:
                value = any_way.get(row - 1, column - 1) + score(source[row - 1], target[column - 1])
            if row:
                value = _add(value, strict.get(row - 1, column) + SKIP)
            strict.put(row, column, value)
            any_way.put(row, column, _add(value, any_way.get(row, column - 1) + SKIP))
    # The same from the end: what is still to come behind a cell, after any step and after a skip of the target.
    after, after_skip = _Table(spans), _Table(spans)
    for row in range(rows, -1, -1):
        for column in reversed(spans[row]):
            value = 0.0 if row == rows and column == columns else NOTHING
            if row < rows and column < columns:
                value = after.get(row + 1, column + 1) + score(source[row], target[column])
            value = _add(value, after_skip.get(row, column + 1) + SKIP)
            after_skip.put(row, column, value)
            after.put(row, column, _add(value, after.get(row + 1, column) + SKIP))
    total = any_way.get(rows, columns)
    found = []
    for one, other in pairs:
        row, column = one - source.start, other - target.start
        value = any_way.get(row, column) + score(one, other) + after.get(row + 1, column + 1) - total
        found.append(math.exp(min(0.0, value)))
    return found


def _band(rows: int, columns: int) -> int:
    """Items to each side of the diagonal."""
    return columns if rows * columns <= _SQUARE else min(abs(rows - columns), _WIDEST) + _BAND


def _diagonal(rows: int, columns: int) -> list[int]:
    """Column of the diagonal in each row, from row 0 to `rows`."""
    return [row * columns // max(rows, 1) for row in range(rows + 1)]


class _Table:
    """Logarithms of sums by row and column, within a band; outside of it they are of nothing."""

    def __init__(self, spans: Sequence[range]) -> None:
        self._spans = spans
        self._rows: list[list[float]] = [[NOTHING] * len(span) for span in spans]

    def get(self, row: int, column: int) -> float:
        if 0 <= row < len(self._rows) and column in self._spans[row]:
            return self._rows[row][column - self._spans[row].start]
        return NOTHING

    def put(self, row: int, column: int, value: float) -> None:
        self._rows[row][column - self._spans[row].start] = value


def _add(one: float, other: float) -> float:
    """Logarithm of the sum of two numbers that are given as logarithms."""
    if one < other:
        one, other = other, one
    difference = other - one
    return one if difference < -30 else one + math.log1p(math.exp(difference))
