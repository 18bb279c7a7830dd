"""One line a finding: `path:line:col: check: message`, with the place inside a file, if any, before the message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.model import Finding
    from knooppunt.reports.views.items import Items


def render(items: Items) -> Iterator[str]:
    """The lines, in the order given."""
    for item in items:
        yield f"{line(item.finding)}\n"


def line(finding: Finding) -> str:
    """One finding on one line."""
    place, check, message = parts(finding)
    return f"{place}: {check}: {message}"


def parts(finding: Finding) -> tuple[str, str, str]:
    """Place, check and message of a finding, as they are shown; the message is one line."""
    pointer = f"{finding.origin.pointer}: " if finding.origin.pointer else ""
    return str(finding.origin), finding.check, pointer + " ".join(finding.message.split())
