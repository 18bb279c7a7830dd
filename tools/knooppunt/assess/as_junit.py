"""An assessment as JUnit XML, for CI servers: a suite for each variant, a case for each workload or object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring  # written, never parsed

from knooppunt.assess.verdicts import Answer, Weight

if TYPE_CHECKING:
    from knooppunt.assess.results import Assessment
    from knooppunt.assess.verdicts import Hit, Report, Verdict

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(assessment: Assessment) -> str:
    """The document; a case fails where the workload cannot move, or loses something."""
    suites = Element("testsuites", name="knooppunt assess")
    for variant in assessment.variants:
        _suite(suites, assessment, variant)
    if assessment.problems:
        size = str(len(assessment.problems))
        suite = SubElement(suites, "testsuite", name="files", tests=size, failures="0", errors=size)
        for problem in assessment.problems:
            case = SubElement(suite, "testcase", name=_clean(problem.path), classname="files")
            SubElement(case, "error", message=_clean(str(problem)), type="unreadable")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _suite(suites: Element, assessment: Assessment, variant: str) -> None:
    cases = [
        (report, verdict) for report in assessment.reports for verdict in report.verdicts if verdict.variant == variant
    ]
    answers = [verdict.answer for _, verdict in cases]
    suite = SubElement(
        suites,
        "testsuite",
        name=variant,
        tests=str(len(cases) or 1),
        failures=str(sum(answer in {Answer.NO, Answer.CHANGED} for answer in answers)),
        errors=str(answers.count(Answer.UNKNOWN)),
    )
    if not cases:
        SubElement(suite, "testcase", name="nothing to assess", classname=variant)
    for report, verdict in cases:
        _case(suite, report, verdict)


def _case(suite: Element, report: Report, verdict: Verdict) -> None:
    case = SubElement(
        suite,
        "testcase",
        name=_clean(report.title),
        classname=verdict.variant,
        file=_clean(report.path),
        line=str(report.line),
    )
    if verdict.answer in {Answer.NO, Answer.CHANGED}:
        heavy = [hit for hit in verdict.hits if hit.weight in {Weight.BLOCKER, Weight.CHANGE}]
        failure = SubElement(
            case, "failure", message=_clean("; ".join(hit.limit.title for hit in heavy)), type=verdict.answer.value
        )
        failure.text = _clean("\n".join(_line(report, hit) for hit in heavy))
    if verdict.failures:
        text = _clean("\n".join(f"{failure.record}: {failure.message}" for failure in verdict.failures))
        if verdict.answer is Answer.UNKNOWN:
            SubElement(case, "error", message=text.split("\n", 1)[0], type="rule").text = text
        else:
            SubElement(case, "system-err").text = text
    light = [hit for hit in verdict.hits if hit.weight in {Weight.STEP, Weight.NOTE}]
    if light:
        SubElement(case, "system-out").text = _clean("\n".join(_line(report, hit) for hit in light))


def _line(report: Report, hit: Hit) -> str:
    parts = [f"{report.path}:{hit.line}: {hit.limit.id}: {hit.limit.title}", hit.limit.workaround, hit.limit.url]
    return "\n  ".join(part for part in parts if part)


def _clean(text: str) -> str:
    return _CONTROL.sub("\ufffd", text)
