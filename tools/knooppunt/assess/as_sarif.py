"""An assessment as SARIF 2.1.0, for code hosts: a result for each record that applies to a workload."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from knooppunt import __version__
from knooppunt.assess.results import failures, joined
from knooppunt.assess.verdicts import Weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.assess.limits import Limit
    from knooppunt.assess.results import Assessment

_LEVELS = {Weight.BLOCKER: "error", Weight.CHANGE: "warning", Weight.STEP: "note", Weight.NOTE: "note"}


def render(assessment: Assessment) -> str:
    """One log with one run; what could not be read or evaluated is a notification, and the run has failed."""
    limits: dict[str, Limit] = {}
    results = list(_results(assessment, limits))
    rules = [_rule(limits[name]) for name in sorted(limits)]
    order = {name: index for index, name in enumerate(sorted(limits))}
    for result in results:
        result["ruleIndex"] = order[result["ruleId"]]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "knooppunt assess", "version": __version__, "rules": rules}},
                "language": assessment.locale,
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not assessment.broken,
                        "toolExecutionNotifications": list(_notifications(assessment)),
                    }
                ],
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _results(assessment: Assessment, limits: dict[str, Limit]) -> Iterator[dict[str, Any]]:
    for report in assessment.reports:
        for item in joined(report):
            limit = item.hit.limit
            limits[limit.id] = limit
            scope = ", ".join(item.heavy)
            text = f"{report.title} ({scope}): {limit.title}." + (f" {limit.workaround}" if limit.workaround else "")
            yield {
                "ruleId": limit.id,
                "level": _LEVELS[item.weight],
                "message": {"text": text},
                "locations": [_location(report.path, item.hit.line, report.title)],
                "properties": {"variants": list(item.heavy), "effect": limit.effect.value if limit.effect else None},
            }


def _rule(limit: Limit) -> dict[str, Any]:
    rule: dict[str, Any] = {
        "id": limit.id,
        "shortDescription": {"text": limit.title},
        "fullDescription": {"text": limit.statement},
    }
    if limit.workaround:
        rule["help"] = {"text": limit.workaround}
    if limit.url:
        rule["helpUri"] = limit.url
    return rule


def _notifications(assessment: Assessment) -> Iterator[dict[str, Any]]:
    for problem in assessment.problems:
        yield {
            "level": "error",
            "message": {"text": str(problem)},
            "locations": [_location(problem.path, problem.line, problem.path)],
        }
    for report in assessment.reports:
        for message in failures(report):
            yield {
                "level": "error",
                "message": {"text": f"{report.title}: {message}"},
                "locations": [_location(report.path, report.line, report.title)],
            }


def _location(path: str, line: int, title: str) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(path, errors="surrogateescape")},
            "region": {"startLine": max(line, 1)},
        },
        "logicalLocations": [{"fullyQualifiedName": title, "kind": "resource"}],
    }
