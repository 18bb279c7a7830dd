"""Drafts of the records that a page could give."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


def known_of(evidence: Iterable[Evidence], ids: Iterable[str], fingerprints: Iterable[str]) -> Known:
    """What is known from the evidence of records, and from drafts."""
    stated: dict[str, list[re.Pattern[str]]] = {}
    for item in evidence:
        if item.match is not None:
            stated.setdefault(item.source, []).append(match_pattern(item.match))
    return Known(set(ids), set(fingerprints), stated)


def propose(page: Page, source: Source, known: Known, *, product: str = "draft") -> Proposals:
    """The drafts of a page that are not known yet; what it says twice is one draft. They are known afterwards.

    `product` is the first part of their ids.
    """
    found = list(passages(page))
    made: dict[str, Draft] = {}
    there = stated = 0
    patterns = known.stated.get(source.name, ())
    article = article_name(source.name).rpartition("/")[2]
    for passage in found:
        verdict = classify(passage)
        if verdict is None:
            continue
        mark = fingerprint(source.name, passage)
        if mark in made:
            made[mark] = replace(made[mark], also=(*made[mark].also, passage.origin))
            continue
        if mark in known.fingerprints:
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
