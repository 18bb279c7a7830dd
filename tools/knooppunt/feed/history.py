"""The facts of a project, dated: evidence that names its words, looked up in the history of its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.feed.gitlog import text_at, versions
from knooppunt.feed.timeline import DISAPPEARED, Event, events, matching
from knooppunt.knowledge.matching import match_pattern
from knooppunt.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from knooppunt.feed.timeline import Version
    from knooppunt.model import Evidence, Record

HOLDS = (Status.ACTIVE, Status.PERMANENT, Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class DatedFact:
    """One piece of evidence and what its source says of it."""

    record: Record
    evidence: Evidence
    events: tuple[Event, ...]
    problems: tuple[str, ...] = ()
    """What the evidence says and its source does not."""


def evidence_of(record: Record) -> Iterator[Evidence]:
    """All evidence of a record: its own, that of its variants, and that of claims."""
    yield from record.evidence
    for variant in record.variants:
        yield from variant.evidence
    for claim in record.disputed:
        yield claim.evidence


def dated_facts(records: Iterable[Record], repositories: Mapping[str, Path]) -> Iterator[DatedFact]:
    """Each piece of evidence that has `match` and whose source is in one of the repositories, with its events.

    `repositories` are folders of git by the first part of a source's name: `azure-aks-docs`. Each file is read once.
    Raises GitError.
    """
    read: dict[tuple[str, str], tuple[Version, ...]] = {}
    for record in records:
        found = list(evidence_of(record))
        for evidence in found:
            name, _, path = evidence.source.partition("/")
            if evidence.match is None or name not in repositories:
                continue
            if (name, path) not in read:
                read[name, path] = versions(repositories[name], path)
            pattern = match_pattern(evidence.match)
            dated = events(read[name, path], pattern)
            problems = list(_problems(record, evidence, found, dated, known=bool(read[name, path])))
            if evidence.commit and dated:
                text = _at(repositories[name], evidence.commit, path, dated)
                if text is None:
                    problems.append(f"the repository has no such file at commit {evidence.commit}")
                elif not any(matching(text, pattern)):
                    problems.append(f"the words are not in the file at commit {evidence.commit}")
            yield DatedFact(record, evidence, dated, tuple(problems))


def _at(repository: Path, commit: str, path: str, dated: Sequence[Event]) -> str | None:
    """The file at a commit, under its name of today or one of those that it had."""
    for name in dict.fromkeys((path, *(event.path for event in dated))):
        text = text_at(repository, commit, name)
        if text is not None:
            return text
    return None


def _problems(
    record: Record, evidence: Evidence, others: Sequence[Evidence], dated: Sequence[Event], *, known: bool
) -> Iterator[str]:
    if not known:
        yield "the file was never in this repository"
        return
    if not dated:
        yield "no version of the file has these words"
        return
    last = dated[-1]
    if last.kind == DISAPPEARED and any(variant.status in HOLDS for variant in record.variants):
        yield f"the words are gone since {last.day} ({last.commit[:9]}); see whether the record still holds"
    if evidence.date and evidence.date < dated[0].day:
        yield f"it is dated {evidence.date}, and the words appeared on {dated[0].day} ({dated[0].commit[:9]})"
    newest = max((item.date for item in others if item.source == evidence.source and item.date), default=None)
    if newest and last.kind != DISAPPEARED and newest < last.day:
        yield f"the words changed on {last.day} ({last.commit[:9]}), after the newest evidence of {newest}"
