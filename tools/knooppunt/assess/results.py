"""All that one run of an assessment found, and how its parts are put together for readers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.assess.verdicts import Answer, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.assess.verdicts import Hit, Report
    from knooppunt.errors import Problem

_ORDER = tuple(Weight)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The reports of all files, in the order of the files."""

    variants: tuple[str, ...]
    locale: str
    """Of the texts of records."""
    rules: int
    reports: tuple[Report, ...]
    problems: tuple[Problem, ...] = ()
    """Files, documents and objects that could not be read, so that nothing is known of them."""
    passed_over: int = 0
    """Documents that are no objects of Kubernetes, and objects that no rule is about."""

    @property
    def workloads(self) -> tuple[Report, ...]:
        """The reports on things that run pods."""
        return tuple(report for report in self.reports if report.is_workload)

    @property
    def broken(self) -> bool:
        """Whether something could not be read or evaluated."""
        return bool(self.problems) or any(report.failed for report in self.reports)

    @property
    def clean(self) -> bool:
        """Whether everything can move as it is, to one variant at least."""
        return all(report.answer is Answer.YES for report in self.reports)

    def counts(self, variant: str) -> Counter[Answer]:
        """How many workloads have each answer for a variant."""
        return Counter(
            verdict.answer for report in self.workloads for verdict in report.verdicts if verdict.variant == variant
        )


@dataclass(frozen=True, slots=True)
class Joined:
    """A record that applies to a subject, with what it means for each variant."""

    hit: Hit
    """The heaviest one."""
    weights: dict[str, Weight]
    """By variant."""
    reasons: dict[str, str]

    @property
    def weight(self) -> Weight:
        """The heaviest weight of all variants."""
        return self.hit.weight

    @property
    def heavy(self) -> tuple[str, ...]:
        """The variants for which it weighs that much."""
        return tuple(variant for variant, weight in self.weights.items() if weight is self.weight)


def joined(report: Report) -> tuple[Joined, ...]:
    """The records that apply to a subject, each once, the heaviest first."""
    found: dict[str, dict[str, Hit]] = {}
    for verdict in report.verdicts:
        for hit in verdict.hits:
            found.setdefault(hit.limit.id, {})[verdict.variant] = hit
    records = [
        Joined(
            min(hits.values(), key=lambda hit: _ORDER.index(hit.weight)),
            {variant: hit.weight for variant, hit in hits.items()},
            {variant: hit.reason for variant, hit in hits.items() if hit.reason},
        )
        for hits in found.values()
    ]
    return tuple(sorted(records, key=lambda item: (_ORDER.index(item.weight), item.hit.line, item.hit.limit.id)))


def failures(report: Report) -> tuple[str, ...]:
    """What could not be evaluated on a subject, each message once, with the records that it concerns."""
    found: dict[str, list[str]] = {}
    for verdict in report.verdicts:
        for failure in verdict.failures:
            names = found.setdefault(failure.message, [])
            if failure.record not in names:
                names.append(failure.record)
    return tuple(f"{message} ({_few(names)})" for message, names in found.items())


def _few(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - 3} more" if len(listed) > 3 else ""
    return ", ".join(listed[:3]) + more
