"""Find mistakes in translations, pages and records, and mend what is certain.

Without paths the project's catalogs, pages and records are checked. Markdown, PO and XLIFF files that are given, or
folders of them, need not belong to a project; name their language with --locale. A fix is written only if it is proven
to change nothing but its words. For records that are given as files, see 'knooppunt lint'.

examples:
  knooppunt check                                    the project's catalogs and pages
  knooppunt check --fix                              the same, and write the fixes that are safe
  knooppunt check --locale nl docs/nl --diff         any tree: what would change, word by word
  knooppunt check --locale nl docs/nl --fix          write it
  knooppunt check --locale nl docs/nl --source docs/en --fix
                                                     beside its source, which tells more
  knooppunt check --locale nl docs/nl --patch > a.patch
                                                     as a patch, for other tools
  knooppunt check --locale nl docs/nl --stats        how good it is, before and after the fixes
  knooppunt check --locale nl from-agency.xlf --fix  a file of a translation tool

'knooppunt explain CHECK' tells what a check is about. Exit status 1 means findings; notes alone do not count.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.checking import Options, Stats, Tier, Wanted, check_files, check_project, gather_files, load_language
from knooppunt.cli.common import add_locale, counted, project_of
from knooppunt.config import find_root
from knooppunt.errors import UsageError
from knooppunt.files import write_atomic
from knooppunt.loading import load_project
from knooppunt.model import Severity
from knooppunt.recordlint import record_results, split_selected
from knooppunt.reports import formats, render
from knooppunt.reports.text import parts
from knooppunt.reports.views import diff, stats_json, stats_page, stats_text

if TYPE_CHECKING:
    import argparse
    from contextlib import AbstractContextManager

    from knooppunt.checking import Checking, Found
    from knooppunt.checks import Language
    from knooppunt.cli.console import Console

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
"""A line as git and patch know it: nothing but a line feed ends one."""
_NO_NEWLINE = "\\ No newline at end of file\n"


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", metavar="PATH", nargs="*", help="Markdown, PO and XLIFF files, or folders of them")
    add_locale(command, "the locales to check; with paths: the language of the files")
    command.add_argument("--source", metavar="PATH", help="the page or folder that PATH is a translation of")
    command.add_argument("--select", metavar="CHECK,...", help="run these checks only")
    command.add_argument("--fix", action="store_true", help="write the fixes that are safe")
    command.add_argument("--diff", action="store_true", help="show word by word what --fix would write; write nothing")
    command.add_argument("--patch", action="store_true", help="print the same as a unified diff; write nothing")
    command.add_argument(
        "--fix-above", metavar="P", type=float, help="with one of these: take suggestions of this confidence for fixes"
    )
    command.add_argument("--min-confidence", metavar="P", type=float, default=0.0, help="pass over less sure findings")
    command.add_argument("--stats", action="store_true", help="print figures: artifacts, score, frequent types")
    command.add_argument("--stats-page", metavar="FILE", help="write these figures as an HTML page")
    command.add_argument("--jobs", metavar="N", type=int, help="processes; default: one, or all cores for large sets")
    command.add_argument("--format", choices=formats(), default="text", help="default: text")


def run(options: argparse.Namespace, console: Console) -> int:
    with _checking(options, console) as checking:
        if options.stats or options.stats_page is not None:
            failed = _stats(checking, options, console)
        elif options.patch:
            failed = _patch(checking, console)
        elif options.format != "text":
            failed = _report(checking, options.format, console)
        elif options.diff:
            failed = _diff(checking, console)
        else:
            failed = _text(checking, console)
        if options.fix and not (options.diff or options.patch):
            checking.write()
            if checking.fixes and options.format == "text":
                files = counted(checking.changed, "file")
                console.say(f"{counted(checking.fixes, 'fix', 'fixes')} written to {files}.")
    return int(failed)


def _checking(options: argparse.Namespace, console: Console) -> AbstractContextManager[Checking]:
    select = None
    if options.select is not None:
        select = [name for name in options.select.split(",") if name]
        if not select:
            raise UsageError("--select names no check; 'knooppunt explain' lists them")
    stats = options.stats or options.stats_page is not None
    if stats and options.format not in {"text", "json"}:
        raise UsageError(f"--stats has the formats text and json, not '{options.format}'")
    fix = options.fix or options.diff or options.patch
    for name, value in (("--min-confidence", options.min_confidence), ("--fix-above", options.fix_above)):
        if value is not None and not 0 <= value <= 1:
            raise UsageError(f"{name} {value:g} is no confidence; give a number from 0 to 1, such as 0.95")
    if options.fix_above is not None and not (fix or stats):
        raise UsageError("--fix-above says which suggestions are written; give --fix, --diff, --patch or --stats too")
    wanted = Wanted(options.min_confidence, options.fix_above)
    settings = Options(select, fix or stats, wanted, options.jobs, stats)
    if not options.paths:
        if options.source is not None:
            raise UsageError("--source needs the page or folder that is its translation; a project knows its sources")
        project = project_of(options)
        checks, rules = split_selected(select)
        others = record_results(project, rules)
        settings = replace(settings, select=checks)
        return check_project(
            project, locales=options.locale, options=settings, others=others, progress=console.progress
        )
    if len(options.locale) > 1:
        raise UsageError("files are in one language: give --locale once")
    if options.source is not None and (len(options.paths) > 1 or not options.locale):
        raise UsageError("--source goes with one page or folder, and with --locale for the language of that")
    files = list(gather_files(options.paths, Path.cwd()))
    return check_files(
        files,
        language=_language(options),
        source=None if options.source is None else Path(options.source),
        translated=Path(options.paths[0]),
        options=settings,
        progress=console.progress,
    )


def _language(options: argparse.Namespace) -> Language | None:
    """The language of files: that of the project around where it has it, else what is known without one."""
    if not options.locale:
        return None
    code = options.locale[0]
    if options.project is not None:
        return load_language(project_of(options), code)
    try:
        root = find_root(Path.cwd())
    except UsageError:
        return load_language(None, code)
    project = load_project(root)
    return load_language(project if any(locale.code == code for locale in project.locales) else None, code)


# Output --------------------------------------------------------------------------------------------------------------


def _text(checking: Checking, console: Console) -> bool:
    """One line a finding, as they come; whether one of them is more than a note."""
    count = fixable = failures = 0
    for result in checking.results():
        for found in result.found:
            _line(found, console)
            count += 1
            fixable += found.tier is Tier.FIX and not found.refused
            failures += found.finding.severity is not Severity.NOTE
    more = f", {fixable} of them can be mended with --fix" if fixable else ""
    console.say(f"{counted(count, 'finding')} in {counted(checking.files, 'file')}{more}.")
    return failures > 0


def _line(found: Found, console: Console) -> None:
    place, check, message = parts(found.finding)
    more = f" (not written: {found.refused})" if found.refused else ""
    console.print(f"{place}: {console.style(check, _COLORS[found.finding.severity])}: {message}{more}")


def _diff(checking: Checking, console: Console) -> bool:
    """What would be written, and what is left, word by word."""
    failures = suggestions = 0
    colored = console.colored
    for result in checking.results():
        for found in result.made:
            for line in diff.lines(found, console.style, colored=colored):
                console.print(line)
        for found in result.found:
            failures += found.finding.severity is not Severity.NOTE
            suggestions += found.tier is Tier.SUGGEST
            if found.tier is Tier.NONE:
                _line(found, console)
                continue
            for line in diff.lines(found, console.style, colored=colored, made=False):
                console.print(line)
    fixes, files = counted(checking.fixes, "fix", "fixes"), counted(checking.changed, "file")
    console.say(f"{fixes} in {files} would be written by --fix, {counted(suggestions, 'suggestion')} not.")
    return failures > 0


def _patch(checking: Checking, console: Console) -> bool:
    failures = sum(
        found.finding.severity is not Severity.NOTE for result in checking.results() for found in result.found
    )
    console.clear()
    for shown, before, after in checking.changes():
        lines = difflib.unified_diff(_LINE.findall(before), _LINE.findall(after), shown, f"{shown} (fixed)")
        console.write("".join(text if text.endswith("\n") else f"{text}\n{_NO_NEWLINE}" for text in lines))
    return failures > 0


def _report(checking: Checking, name: str, console: Console) -> bool:
    collected = checking.collected()
    console.clear()
    for part in render(collected, name):
        console.write(part)
    return collected.failures > 0


def _stats(checking: Checking, options: argparse.Namespace, console: Console) -> bool:
    failures = sum(
        found.finding.severity is not Severity.NOTE for result in checking.results() for found in result.found
    )
    stats = checking.stats or Stats()
    console.clear()
    if options.format == "json":
        console.write(stats_json.render(stats))
    else:
        for line in stats_text.lines(stats):
            console.print(line)
    if options.stats_page is not None:
        write_atomic(Path(options.stats_page), stats_page.render(stats).encode("utf-8", "backslashreplace"))
        console.say(f"{options.stats_page} written.")
    return failures > 0
