"""Public sources of a statement, and the dates that they give to a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from knooppunt.feed.texts import day
from knooppunt.knowledge.rules import URL_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from knooppunt.feed.texts import Json, Texts
    from knooppunt.model import Evidence, Record


def evidence_json(evidence: Evidence, texts: Texts, sources: Mapping[str, str]) -> Json:
    """One source; its note is in the language of the project's sources, whatever the locale."""
    return {
        "source": evidence.source,
        "url": evidence.url or source_url(evidence, sources),
        "commit": evidence.commit,
        "version": evidence.version,
        "date": day(evidence.date),
        "note": texts.source(evidence.note),
    }


def source_url(evidence: Evidence, sources: Mapping[str, str]) -> str | None:
    """Address of a source in a repository that the settings name, at the commit that was read; None elsewhere."""
    prefix, _, path = evidence.source.partition("/")
    base = sources.get(prefix, "").rstrip("/")
    url = f"{base}/blob/{quote(evidence.commit or 'HEAD', safe='')}/{quote(path)}" if path else base
    return url if re.fullmatch(URL_PATTERN, url) else None


def modified(record: Record) -> date | None:
    """Day of the newest event that the record itself tells of; no edit of a text and no translation moves it."""
    return max(_days(record), default=None)


def _days(record: Record) -> Iterator[date]:
    evidence = [*record.evidence, *(claim.evidence for claim in record.disputed)]
    for variant in record.variants:
        evidence += variant.evidence
        yield from (value for value in (variant.since, variant.until) if value)
    yield from (source.date for source in evidence if source.date)
