"""Drafts of the records that a page could give."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knooppunt.extraction.classify import classify
from knooppunt.extraction.model import ITEM, Draft
from knooppunt.extraction.naming import draft_id, fingerprint, match_of, title_of
from knooppunt.extraction.passages import passages
from knooppunt.knowledge.matching import match_pattern
from knooppunt.sources import article_name

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from knooppunt.extraction.model import Passage, Source
    from knooppunt.model import Evidence, Page


@dataclass(slots=True)
class Known:
    """What need not be proposed again; `ids` and `fingerprints` grow with each draft."""

    ids: set[str]
    """Of records and of drafts, which no new draft may take."""
    fingerprints: set[str]
    """Of drafts that are there already, those that somebody rejected included."""
    stated: dict[str, list[re.Pattern[str]]]
    """By name of a source, the words that evidence of records quotes from it."""
    sources: dict[str, set[str]] = field(default_factory=dict)
    """Names of the documents of drafts that are there already, by their last part."""
    places: dict[str, str] = field(default_factory=dict)
    """Name of the document that a place stands for in this run, where two repositories have one of the same path."""

    def names(self, source: Source) -> tuple[str, ...]:
        """What the fingerprints of a document can begin with: first how new ones do.

        Earlier versions began with the name, in which the folder of a clone stands, or the path from where it ran.
        """
        place = source.place or source.name
        there = self.sources.get(place.rpartition("/")[2], set())
        if self.places.setdefault(place, source.name) != source.name:
            return (source.name, place) if source.name in there else (source.name,)
        alike = (name for name in sorted(there) if f"/{name}".endswith(f"/{place}") or place.endswith(f"/{name}"))
        return tuple(dict.fromkeys((place, source.name, *alike)))


@dataclass(frozen=True, slots=True)
class Proposals:
    """What one page proposes."""

    drafts: tuple[Draft, ...]
    bullets: int
    """List items in sections about limitations, prerequisites and requirements; each is a draft, known, or an
    introduction that the drafts of the items inside it quote."""
    known: int
    """Drafts that are there already."""
    stated: int
    """Passages that records of the project are evidence of."""


def known_of(
    evidence: Iterable[Evidence], ids: Iterable[str], fingerprints: Iterable[str], sources: Iterable[str] = ()
) -> Known:
    """What is known from the evidence of records, and from drafts with the documents that these name."""
    stated: dict[str, list[re.Pattern[str]]] = {}
    for item in evidence:
        if item.match is not None:
            stated.setdefault(item.source, []).append(match_pattern(item.match))
    by_file: dict[str, set[str]] = {}
    for name in sources:
        by_file.setdefault(name.rpartition("/")[2], set()).add(name)
    return Known(set(ids), set(fingerprints), stated, by_file)


def propose(page: Page, source: Source, known: Known, *, product: str = "draft") -> Proposals:
    """The drafts of a page that are not known yet; what it says twice is one draft. They are known afterwards.

    `product` is the first part of their ids.
    """
    found = list(passages(page))
    made: dict[str, Draft] = {}
    there = stated = 0
    patterns = known.stated.get(source.name, ())
    article = article_name(source.name).rpartition("/")[2]
    place, *others = known.names(source)
    for passage in found:
        verdict = classify(passage)
        if verdict is None:
            continue
        mark = fingerprint(place, passage)
        if mark in made:
            made[mark] = replace(made[mark], also=(*made[mark].also, passage.origin))
            continue
        if mark in known.fingerprints or any(fingerprint(name, passage) in known.fingerprints for name in others):
            there += 1
            continue
        written = page.text[passage.origin.start : passage.origin.end]
        if _states(patterns, written, passage):
            stated += 1
            continue
        title = title_of(passage.text) or title_of(passage.under) or passage.heading
        name = draft_id(product, article, title, known.ids)
        known.ids.add(name)
        match = match_of(passage)
        made[mark] = Draft(
            id=name,
            fingerprint=mark,
            kind=verdict.kind,
            title=title,
            statement=passage.text,
            confidence=verdict.confidence,
            reason=verdict.reason,
            passage=_exact(passage, written, match),
            source=source,
            match=match,
        )
    known.fingerprints.update(made)
    bullets = sum(1 for passage in found if passage.section and passage.place == ITEM)
    return Proposals(tuple(made.values()), bullets, there, stated)


def _states(patterns: Sequence[re.Pattern[str]], written: str, passage: Passage) -> bool:
    """Whether evidence of a record quotes these words: of a sentence, not of another one beside it."""
    text = written if passage.place == ITEM else passage.text
    return any(pattern.search(text) for pattern in patterns)


def _exact(passage: Passage, written: str, match: str | None) -> Passage:
    """The passage with the line on which its words begin, where the text that it is part of has several."""
    if match is None or "\n" not in written:
        return passage
    at = match_pattern(match).search(written)
    if at is None:
        return passage
    line = passage.origin.line + written.count("\n", 0, at.start())
    return replace(passage, origin=replace(passage.origin, line=line))
