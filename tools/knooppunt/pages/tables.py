"""Pipe tables: the cells of a row."""

from __future__ import annotations

import re
from itertools import pairwise

from knooppunt.pages.inline import code_spans

_SIGN = re.compile(r"[|\\]|\{[{%]")


def cells(row: str) -> list[tuple[int, int]]:
    """Ranges of the cells of a row, between its pipes.

    A pipe behind a backslash, inside a code span or inside a macro separates nothing; the first and last pipe have no
    cell outside.
    """
    spans = code_spans(row)
    bars = []
    open_macros: set[str] = set()
    span = 0
    found = _SIGN.search(row)
    while found is not None:
        at = found.start()
        while span < len(spans) and spans[span][1] <= at:
            span += 1
        if span < len(spans) and spans[span][0] <= at:
            after = spans[span][1]
        elif found[0] == "|":
            bars.append(at)
            after = at + 1
        elif found[0] == "\\":
            after = at + 2
        else:
            closer = "}}" if found[0] == "{{" else "%}"
            end = -1 if closer in open_macros else row.find(closer, at + 2)
            if end < 0:
                open_macros.add(closer)
            after = max(end, at) + 2
        found = _SIGN.search(row, after)
    edges = [-1, *bars, len(row)]
    ranges = [(left + 1, right) for left, right in pairwise(edges)]
    if ranges and not row[slice(*ranges[0])].strip():
        ranges = ranges[1:]
    if ranges and not row[slice(*ranges[-1])].strip():
        ranges = ranges[:-1]
    return ranges
