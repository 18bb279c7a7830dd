"""An assessment for programs, with the schema that it follows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from knooppunt.assess.verdicts import Answer, Weight
from knooppunt.knowledge.rules import EFFECTS, ID_PATTERN, KINDS, TARGETS
from knooppunt.knowledge.schema import DIALECT, strict

if TYPE_CHECKING:
    from knooppunt.assess.results import Assessment
    from knooppunt.assess.verdicts import Hit, Report, Verdict

FORMAT = "1.0"
"""Version of the document: major where a reader must change, minor where something was added."""


def render(assessment: Assessment) -> str:
    """The document, ending with a newline."""
    document = {
        "format": FORMAT,
        "locale": assessment.locale,
        "variants": list(assessment.variants),
        "rules": assessment.rules,
        "passed_over": assessment.passed_over,
        "summary": {
            variant: {answer.value: assessment.counts(variant)[answer] for answer in Answer}
            for variant in assessment.variants
        },
        "reports": [_report(report) for report in assessment.reports],
        "problems": [
            {"path": problem.path, "line": problem.line, "message": str(problem)} for problem in assessment.problems
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _report(report: Report) -> dict[str, Any]:
    return {
        "subject": report.title,
        "target": report.target.value,
        "workload": report.is_workload,
        "path": report.path,
        "line": report.line,
        "answer": report.answer.value,
        "verdicts": [_verdict(verdict) for verdict in report.verdicts],
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "variant": verdict.variant,
        "answer": verdict.answer.value,
        "records": [_hit(hit) for hit in verdict.hits],
        "errors": [{"record": failure.record, "message": failure.message} for failure in verdict.failures],
    }


def _hit(hit: Hit) -> dict[str, Any]:
    limit = hit.limit
    return {
        "id": limit.id,
        "kind": limit.kind.value,
        "effect": limit.effect.value if limit.effect else None,
        "weight": hit.weight.value,
        "reason": hit.reason or None,
        "title": limit.title,
        "statement": limit.statement,
        "workaround": limit.workaround,
        "url": limit.url or None,
        "line": hit.line,
        "field": hit.pointer or None,
    }


def assessment_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the document."""
    text, number = {"type": "string"}, {"type": "integer", "minimum": 0}
    answer, maybe = {"enum": [item.value for item in Answer]}, {"type": ["string", "null"]}
    identifier = {"type": "string", "pattern": ID_PATTERN}

    def whole(**properties: Any) -> dict[str, Any]:
        return strict(properties, required=properties)

    def many(item: Any) -> dict[str, Any]:
        return {"type": "array", "items": item}

    record = whole(
        id=identifier,
        kind={"enum": list(KINDS)},
        effect={"enum": [*EFFECTS, None]},
        weight={"enum": [item.value for item in Weight]},
        reason={"enum": ["disputed", "unknown", None]},
        title=text,
        statement=text,
        workaround=maybe,
        url=maybe,
        line=number,
        field=maybe,
    )
    verdict = whole(
        variant=text, answer=answer, records=many(record), errors=many(whole(record=identifier, message=text))
    )
    report = whole(
        subject=text,
        target={"enum": list(TARGETS)},
        workload={"type": "boolean"},
        path=text,
        line=number,
        answer=answer,
        verdicts=many(verdict),
    )
    counts = whole(**{item.value: number for item in Answer})
    return {"$schema": DIALECT, "title": "An assessment of workloads"} | whole(
        format={"const": FORMAT},
        locale=text,
        variants=many(text),
        rules=number,
        passed_over=number,
        summary={"type": "object", "additionalProperties": counts},
        reports=many(report),
        problems=many(whole(path=text, line=number, message=text)),
    )
