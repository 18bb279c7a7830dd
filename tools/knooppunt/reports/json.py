"""Findings as JSON, version 1.

`{"version": 1, "findings": [{"check", "severity", "message", "locale", "path", "line", "column", "pointer",
"fixable", "edits": [{"start", "end", "new"}]}]}`; positions of edits count code points in the text that was checked:
the translation of a catalog's entry, or the whole of a page.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.model import Finding

VERSION = 1


def render(findings: Sequence[Finding]) -> str:
    """One JSON document."""
    document = {"version": VERSION, "findings": [_item(finding) for finding in findings]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _item(finding: Finding) -> dict[str, Any]:
    origin = finding.origin
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "message": finding.message,
        "locale": finding.locale,
        "path": origin.path,
        "line": origin.line,
        "column": origin.column,
        "pointer": origin.pointer or None,
        "fixable": bool(finding.safe and finding.edits),
        "edits": [{"start": edit.start, "end": edit.end, "new": edit.new} for edit in finding.edits],
    }
