"""One line a finding: `path:line:col: check: message`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.model import Finding


def render(findings: Sequence[Finding]) -> str:
    """The lines, in the order given."""
    return "".join(f"{line(finding)}\n" for finding in findings)


def line(finding: Finding) -> str:
    """One finding on one line."""
    message = " ".join(finding.message.split())
    return f"{finding.origin}: {finding.check}: {message}"
