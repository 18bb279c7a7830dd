"""Pipe tables: the cells of a row."""

from __future__ import annotations

from itertools import pairwise

from knooppunt.pages.inline import code_spans


def cells(row: str) -> list[tuple[int, int]]:
    """Ranges of the cells of a row, between its pipes.

    A pipe behind a backslash, inside a code span or inside a macro separates nothing; the first and last pipe have no
    cell outside.
    """
    spans = code_spans(row)
    bars = []
    open_macros: set[str] = set()
    at = 0
    span = 0
    length = len(row)
    while at < length:
        if span < len(spans) and at == spans[span][0]:
            at = spans[span][1]
            span += 1
            continue
        character = row[at]
        if character == "\\":
            at += 2
            continue
        if character == "{" and row.startswith(("{{", "{%"), at):
            closer = "}}" if row[at + 1] == "{" else "%}"
            end = -1 if closer in open_macros else row.find(closer, at + 2)
            if end < 0:
                open_macros.add(closer)
            at = max(end, at) + 2
            continue
        if character == "|":
            bars.append(at)
        at += 1
    edges = [-1, *bars, length]
    ranges = [(left + 1, right) for left, right in pairwise(edges)]
    if ranges and not row[slice(*ranges[0])].strip():
        ranges = ranges[1:]
    if ranges and not row[slice(*ranges[-1])].strip():
        ranges = ranges[:-1]
    return ranges
