"""A report as annotations of GitHub Actions: one for each finding of a text that changed, at its line of a catalog."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knooppunt.model import Origin
from knooppunt.reports.github import command

if TYPE_CHECKING:
    from knooppunt.reviewing.report import Report


def github_report(report: Report) -> str:
    """Workflow commands, a line each, the errors first: GitHub shows the first ten of each level of a step."""
    found = [
        replace(finding, origin=Origin(item.path, item.changed.entry.origin.line))
        for _, article in report.articles
        for item in article.items
        for finding in item.findings
    ]
    order = ["error", "warning", "note"]
    return "".join(command(finding) for finding in sorted(found, key=lambda item: order.index(item.severity.value)))
