"""SARIF 2.1.0, which code hosts show beside the lines (OASIS sarif-v2.1.0, sections 3.13, 3.14, 3.27)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from knooppunt import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.model import Finding


def render(findings: Sequence[Finding]) -> str:
    """One log with one run."""
    rules = sorted({finding.check for finding in findings})
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "knooppunt", "version": __version__, "rules": [{"id": rule} for rule in rules]}
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, rules.index(finding.check)) for finding in findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    origin = finding.origin
    region = {"startLine": max(origin.line, 1), "startColumn": max(origin.column, 1)}
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": finding.message},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": quote(origin.path)}, "region": region}},
        ],
    }
