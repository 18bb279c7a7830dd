"""SARIF 2.1.0, which code hosts show beside the lines (OASIS sarif-v2.1.0, sections 3.13, 3.14, 3.27)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from knooppunt import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.model import Finding
    from knooppunt.reports.views.items import Items


def render(items: Items) -> Iterator[str]:
    """One log with one run."""
    rules = sorted({item.finding.check for item in items})
    driver = {"name": "knooppunt", "version": __version__, "rules": [{"id": rule} for rule in rules]}
    head = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0"}
    yield _dump(head, 0).removesuffix("\n}") + ',\n  "runs": [\n    {\n'
    yield f'      "tool": {_dump({"driver": driver}, 6)},\n      "columnKind": "unicodeCodePoints",\n      "results": '
    first = True
    for item in items:
        result = _result(item.finding, rules.index(item.finding.check))
        yield f"{'[' if first else ','}\n        {_dump(result, 8)}"
        first = False
    yield ("[]" if first else "\n      ]") + "\n    }\n  ]\n}\n"


def _dump(value: dict[str, Any], indent: int) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n" + " " * indent)


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    origin = finding.origin
    region = {"startLine": max(origin.line, 1), "startColumn": max(origin.column, 1)}
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(origin.path, errors="surrogateescape")},
                    "region": region,
                }
            },
        ],
    }
