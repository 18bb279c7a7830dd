"""What helps a person with one segment: the parts that a translation must hold, and the terms of the termbase."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.repair import mask
from knooppunt.repair.markup import elements
from knooppunt.repair.term_forms import forms_of

if TYPE_CHECKING:
    from knooppunt.checks import Language
    from knooppunt.repair import Mask, Term

_KINDS: Final = {
    "code": "code",
    "macro": "macro",
    "target": "link",
    "label": "link",
    "tag": "html",
    "url": "link",
    "shortcode": "placeholder",
    "footnote": "placeholder",
}
_MARKS: Final = {"bold": "**", "italic": "*"}
MOST_TERMS: Final = 60


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the source that a translation must hold, and that one key puts in."""

    kind: str
    """`code`, `link`, `image`, `html`, `macro`, `placeholder` or `emphasis`."""
    text: str
    """What is put in; for a link without its text, which belongs between."""
    caret: int | None
    """Where in `text` the translator goes on, in UTF-16 code units; None for behind it."""
    present: bool
    """Whether the translation has it."""


@dataclass(frozen=True, slots=True)
class TermHint:
    """A concept of the termbase that the source speaks of."""

    term: Term
    forms: tuple[str, ...]
    """Further forms of its translation that are right."""
    ranges: tuple[tuple[int, int], ...]
    """Where it stands in the source, in code points."""


def chips(source: str, target: str) -> tuple[Chip, ...]:
    """The chips of a source, in its order, each with whether the target has it, as often as it is there.

    >>> [(chip.text, chip.present) for chip in chips("See `a` and [it](b.md).", "Zie `a`.")]
    [('`a`', True), ('[](b.md)', False)]
    """
    there = Counter(key for _, key, _, _ in _parts(mask(target)))
    found = []
    for _, key, text, caret in _parts(mask(source)):
        there[key] -= 1
        found.append(Chip(key[0], text, caret, there[key] >= 0))
    return tuple(found)


def _parts(masked: Mask) -> list[tuple[int, tuple[str, str], str, int | None]]:
    """Place, identity, text to put in and caret of each part."""
    images = {link.text_end + 1: link.image for link in masked.links}
    parts: list[tuple[int, tuple[str, str], str, int | None]] = []
    for span in masked.spans:
        kind = _KINDS.get(span.kind)
        if kind is None:
            continue
        written = masked.text[span.start : span.end]
        if span.kind == "target" or (span.kind == "label" and written.startswith("[") and span.start in images):
            image = images.get(span.start, False)
            lead = "![" if image else "["
            parts.append((span.start, ("image" if image else "link", span.value), f"{lead}]{written}", len(lead)))
        else:
            parts.append((span.start, (kind, span.value), written, None))
    for element in elements(masked):
        mark = _MARKS.get(element.kind)
        if mark is not None:
            parts.append((element.start, ("emphasis", element.kind), mark * 2, len(mark)))
    return sorted(parts, key=lambda part: part[0])


def term_hints(source: str, language: Language) -> tuple[TermHint, ...]:
    """The concepts that a source speaks of, in the order of the text; of two that overlap, the longer."""
    masked = mask(source)
    finder = language.terms
    found: list[tuple[int, int, Term]] = []
    for term in language.termbase.terms:
        for pattern in (finder.singular[term.id], finder.plural[term.id]):
            spans = (match.span() for match in pattern.finditer(source))
            found.extend((*span, term) for span in spans if span[1] > span[0] and masked.free(*span))
    found.sort(key=lambda item: (item[0], -item[1]))
    ranges: dict[str, list[tuple[int, int]]] = {}
    terms: dict[str, Term] = {}
    stop = -1
    for start, end, term in found:
        if start >= stop:
            stop = end
            terms[term.id] = term
            ranges.setdefault(term.id, []).append((start, end))
    return tuple(
        TermHint(term, _forms(term, language), tuple(ranges[name])) for name, term in list(terms.items())[:MOST_TERMS]
    )


def _forms(term: Term, language: Language) -> tuple[str, ...]:
    if not term.translate:
        return ()
    return tuple(form for form in dict.fromkeys(forms_of(term, language.rules)) if form != term.use)
