"""GitHub Actions' workflow commands, which annotate the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.model import Finding
    from knooppunt.reports.views.items import Items

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(items: Items) -> Iterator[str]:
    """One command a finding."""
    for item in items:
        yield command(item.finding)


def command(finding: Finding) -> str:
    """The command that annotates the line of a finding, with its newline; no text of a finding can begin another."""
    return (
        f"::{_LEVELS[finding.severity.value]} file={_property(finding.origin.path)},line={finding.origin.line},"
        f"col={finding.origin.column},title={_property(finding.check)}::{_data(finding.message)}\n"
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
