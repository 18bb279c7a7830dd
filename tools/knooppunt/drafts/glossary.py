"""A termbase as the glossary of an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.repair.languages import plain

if TYPE_CHECKING:
    from knooppunt.repair.termbase import Termbase


def glossary(termbase: Termbase) -> tuple[tuple[str, str], ...]:
    """Terms of the source with those of the target, sorted: each in singular, and in plural where the termbase has one.

    Names that stay as they are are not among them; an engine never sees them.
    """
    found: dict[str, str] = {}
    for term in termbase.terms:
        if not term.translate:
            continue
        for source in term.source:
            found.setdefault(source, term.use)
            *before, last = source.split(" ")
            if term.plural:
                for form in plain(last):
                    found.setdefault(" ".join([*before, form]), term.plural)
    return tuple(sorted(found.items()))
