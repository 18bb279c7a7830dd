"""The formats of a report, and the file that each is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.errors import UsageError
from knooppunt.files import write_atomic
from knooppunt.reviewing.report_github import github_report
from knooppunt.reviewing.report_html import html_report
from knooppunt.reviewing.report_markdown import markdown_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from knooppunt.reviewing.report import Report

REPORTS: Final[Mapping[str, Callable[[Report], str]]] = {
    "html": html_report,
    "markdown": markdown_report,
    "github": github_report,
}
FILES: Final = {"html": "index.html", "markdown": "report.md", "github": "annotations.txt"}


def write_report(folder: Path, kind: str, text: str) -> Path:
    """Write a report into a folder, which is made; the file. Raises UsageError where that cannot be."""
    place = folder / FILES[kind]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomic(place, text)
    except OSError as error:
        raise UsageError(f"{place} cannot be written: {error.strerror}; give another folder with --out") from None
    return place
