"""Findings as JSON, version 1; `views.schemas` has the schema.

`{"version": 1, "findings": [...], "fixes": [...]}`: what is left to mend, and what `--fix` wrote or would write. Keys
may be added to a version; one that goes or changes its meaning makes a new version. Positions of edits count code
points in the text that was checked: the translation of an entry or unit, or the whole of a page.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knooppunt.checking import Found
    from knooppunt.reports.views.items import Items

VERSION = 1


def render(items: Items) -> Iterator[str]:
    """One JSON document."""
    yield f'{{\n  "version": {VERSION},\n  "findings": '
    yield from _array(items)
    yield ',\n  "fixes": '
    yield from _array(items.made())
    yield "\n}\n"


def _array(items: Iterable[Found]) -> Iterator[str]:
    first = True
    for item in items:
        text = json.dumps(_item(item), ensure_ascii=False, indent=2).replace("\n", "\n    ")
        yield f"{'[' if first else ','}\n    {text}"
        first = False
    yield "[]" if first else "\n  ]"


def _item(found: Found) -> dict[str, Any]:
    finding = found.finding
    origin = finding.origin
    tier = found.tier.value
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "message": finding.message,
        "locale": finding.locale,
        "path": origin.path,
        "line": origin.line,
        "column": origin.column,
        "pointer": origin.pointer or None,
        "fixable": bool(finding.safe and finding.edits) and not found.refused,
        "tier": tier,
        "confidence": found.confidence,
        "refused": found.refused or None,
        "edits": [
            {
                "start": edit.start,
                "end": edit.end,
                "old": mark.old,
                "new": edit.new,
                "tier": tier,
                "confidence": found.confidence,
                "before": f"{mark.before}{mark.left}",
                "after": f"{mark.right}{mark.after}",
            }
            for edit, mark in zip(finding.edits, found.marks, strict=True)
        ],
    }
