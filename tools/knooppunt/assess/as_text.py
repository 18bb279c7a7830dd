"""An assessment for people: the answer for each workload, why, and what then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.assess.results import failures, joined
from knooppunt.assess.verdicts import Answer, Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from knooppunt.assess.results import Assessment, Joined
    from knooppunt.assess.verdicts import Report

    Style = Callable[[str, str], str]
    """A text and a style (`red`, `green`, `yellow`, `bold`, `dim`) -> the text in it."""

ANSWERS: Mapping[Answer, tuple[str, str]] = {
    Answer.YES: ("yes", "green"),
    Answer.CHANGED: ("yes, but not all of it works", "yellow"),
    Answer.NO: ("no", "red"),
    Answer.UNKNOWN: ("not known", "red"),
}
_COLORS = {Weight.BLOCKER: "red", Weight.CHANGE: "yellow", Weight.STEP: "bold", Weight.NOTE: "dim"}
REASONS = {"disputed": "sources disagree", "unknown": "no source says"}


def render(assessment: Assessment, style: Style = lambda text, _: text, *, everything: bool = False) -> str:
    """The report as lines of text; with `everything`, the notes too."""
    lines = [line for report in assessment.reports for line in _report(report, style, everything=everything)]
    return "\n".join([*lines, *_summary(assessment, style)]) + "\n"


def _report(report: Report, style: Style, *, everything: bool) -> Iterator[str]:
    place = style(f"{report.path}:{report.line}", "dim")
    yield f"{style(report.title, 'bold')}  {place}  {_answers(report, style)}"
    found = joined(report)
    for item in found:
        if item.weight in {Weight.BLOCKER, Weight.CHANGE} or everything:
            yield from _record(report, item, style)
    hidden = sum(item.weight is Weight.NOTE for item in found)
    if hidden and not everything:
        yield style(f"    and {hidden} {'note' if hidden == 1 else 'notes'}, which --all shows", "dim")
    for message in failures(report):
        yield f"    {style('error', 'red')}: {message}"


def _answers(report: Report, style: Style) -> str:
    if not report.is_workload:
        return ""
    return ", ".join(f"{verdict.variant}: {style(*ANSWERS[verdict.answer])}" for verdict in report.verdicts)


def _record(report: Report, item: Joined, style: Style) -> Iterator[str]:
    limit = item.hit.limit
    label = "to do" if item.weight is Weight.STEP else limit.effect_label or item.weight.value
    where = f"{report.path}:{item.hit.line}" + (f" {item.hit.pointer}" if item.hit.pointer else "")
    sure = [name for name in item.heavy if name not in item.reasons]
    doubts = [f"{variant}: {REASONS[reason]}" for variant, reason in item.reasons.items()]
    scope = "; ".join([*([", ".join(sure)] if sure else []), *doubts])
    yield f"    {style(label, _COLORS[item.weight])}: {limit.title} ({scope})"
    yield style(f"        {where}", "dim")
    if limit.workaround:
        yield f"        what to do: {limit.workaround}"
    yield style(f"        {limit.url or limit.id}", "dim")


def _summary(assessment: Assessment, style: Style) -> Iterator[str]:
    total = len(assessment.workloads)
    if assessment.reports:
        yield ""
    steps = {
        (item.hit.limit.title, item.hit.limit.url or item.hit.limit.id)
        for report in assessment.reports
        for item in joined(report)
        if item.weight is Weight.STEP
    }
    for title, url in sorted(steps):
        yield f"What a move needs: {title}. {style(url, 'dim')}"
    yield f"{total} {'workload' if total == 1 else 'workloads'}, {assessment.rules} rules."
    for variant in assessment.variants if total else ():
        counts = assessment.counts(variant)
        parts = [f"{counts[Answer.YES]} can move as they are", f"{counts[Answer.CHANGED]} lose something"]
        parts.append(f"{counts[Answer.NO]} cannot")
        if counts[Answer.UNKNOWN]:
            parts.append(f"{counts[Answer.UNKNOWN]} not known")
        yield f"{style(variant, 'bold')}: {', '.join(parts)}."
