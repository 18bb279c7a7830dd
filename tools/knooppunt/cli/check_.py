"""Find mistakes in translations and pages, and mend what is certain.

Without paths the project's catalogs and pages are checked. Markdown and PO files that are given need not belong to a
project; name their language with --locale. A fix is written only if it is proven to change nothing but its words.
`knooppunt explain CHECK` tells what a check is about. Exit status 1 means findings; notes alone do not count.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.checking import check_files, check_project, gather_files, load_language, write_fixes
from knooppunt.cli.common import add_locale, counted, project_of
from knooppunt.errors import UsageError
from knooppunt.model import Severity
from knooppunt.reports import formats, render
from knooppunt.reports.text import line

if TYPE_CHECKING:
    import argparse

    from knooppunt.checking import CheckReport
    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", metavar="PATH", nargs="*", help="Markdown and PO files, or folders of them")
    add_locale(command, "the locales to check; with paths: the language of the files")
    command.add_argument("--select", metavar="CHECK,...", help="run these checks only")
    command.add_argument("--fix", action="store_true", help="write the fixes that are safe")
    command.add_argument("--diff", action="store_true", help="print what --fix would change, and write nothing")
    command.add_argument("--format", choices=formats(), default="text", help="default: text")


def run(options: argparse.Namespace, console: Console) -> int:
    select = None
    if options.select is not None:
        select = [name for name in options.select.split(",") if name]
        if not select:
            raise UsageError("--select names no check; 'knooppunt explain' lists them")
    fix = options.fix or options.diff
    if options.paths:
        report = _files(options, console, select, fix=fix)
    else:
        project = project_of(options)
        report = check_project(project, locales=options.locale, select=select, fix=fix, progress=console.progress)
    if options.diff:
        _diff(report, console)
    elif options.fix:
        write_fixes(report)
    console.clear()
    if options.format == "text":
        _text(report, console, wrote=options.fix and not options.diff)
    else:
        console.write(render(report.findings, options.format))
    return int(any(finding.severity is not Severity.NOTE for finding in report.findings))


def _files(options: argparse.Namespace, console: Console, select: list[str] | None, *, fix: bool) -> CheckReport:
    if len(options.locale) > 1:
        raise UsageError("files are in one language: give --locale once")
    language = None
    if options.locale:
        language = load_language(project_of(options), options.locale[0])
    files = list(gather_files(options.paths, Path.cwd()))
    return check_files(files, language=language, select=select, fix=fix, progress=console.progress)


def _text(report: CheckReport, console: Console, *, wrote: bool) -> None:
    colors = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
    for finding in report.findings:
        text = line(finding)
        place, _, message = text.partition(": ")
        check, _, rest = message.partition(": ")
        console.print(f"{place}: {console.style(check, colors[finding.severity])}: {rest}")
    applied = sum(len(item.result.applied) for item in report.fixed)
    if wrote and applied:
        console.say(f"{counted(applied, 'fix', 'fixes')} written to {counted(len(report.fixed), 'file')}.")
    fixable = sum(bool(finding.safe and finding.edits) for finding in report.findings)
    more = f", {fixable} of them can be mended with --fix" if fixable else ""
    console.say(f"{counted(len(report.findings), 'finding')} in {counted(report.checked, 'file')}{more}.")


def _diff(report: CheckReport, console: Console) -> None:
    for item in report.fixed:
        lines = difflib.unified_diff(
            item.before.splitlines(keepends=True),
            item.result.text.splitlines(keepends=True),
            item.shown,
            f"{item.shown} (fixed)",
        )
        console.write("".join(text if text.endswith("\n") else f"{text}\n" for text in lines))
