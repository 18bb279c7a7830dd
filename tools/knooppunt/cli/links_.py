"""Find broken links in sources or in a built site, and mend what is certain.

Without paths the project's pages, catalogs, records and mkdocs.yml are looked at; with a path any folder of Markdown.
With --site a built site of any generator is: its HTML, CSS, sitemap, feeds and JSON. Each broken link is reported once,
at the line of its source where the source is known, with the pages that show it.

examples:
  knooppunt links                          the project's sources
  knooppunt links --fix                    write the edits that are certain: moved pages, case, renamed anchors
  knooppunt links docs/                    any folder of Markdown
  knooppunt links --site site              a built site, beside the project's sources where there is a project
  knooppunt links --site out --source docs beside the sources of any generator
  knooppunt links --save-baseline links.json
  knooppunt links --baseline links.json --new-only
                                           fail for what is new since
  knooppunt links --external               ask other hosts too, politely: 10 requests a second to each
  knooppunt links --external --runs 3      fail for a link to another host when it is broken for the third time
  knooppunt links --external --fix         write the new address of what has moved for good

Exit status 1 means findings; notes, such as pages that no other page leads to, do not count.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, project_of
from knooppunt.cli.external import add_external, external_of
from knooppunt.config import find_root
from knooppunt.errors import UsageError
from knooppunt.links.run import LinkRun, Request
from knooppunt.loading import load_project
from knooppunt.model import Severity
from knooppunt.reports import formats, render
from knooppunt.reports.text import parts
from knooppunt.reports.views import diff

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console
    from knooppunt.project import Project

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("path", metavar="DIR", nargs="?", help="a folder of Markdown; default: the project")
    command.add_argument("--site", metavar="DIR", help="check this built site")
    command.add_argument("--source", metavar="DIR", help="with --site: the folder of the site's Markdown")
    command.add_argument(
        "--base-url", metavar="URL", help="with --site: where it is published; default: as it says itself"
    )
    command.add_argument("--fix", action="store_true", help="write the edits that are certain")
    command.add_argument("--diff", action="store_true", help="show what --fix would write; write nothing")
    command.add_argument("--baseline", metavar="FILE", help="findings that are known")
    command.add_argument("--new-only", action="store_true", help="with --baseline: pass over what is known")
    command.add_argument("--save-baseline", metavar="FILE", help="write the findings of this run as known ones")
    command.add_argument(
        "--jobs", "-j", metavar="N", type=int, help="processes; default: one, or all cores for large sites"
    )
    command.add_argument("--no-cache", action="store_true", help="read every page anew")
    command.add_argument("--format", choices=formats(), default="text", help="default: text")
    add_external(command)


def run(options: argparse.Namespace, console: Console) -> int:
    if options.new_only and options.baseline is None:
        raise UsageError("--new-only needs the list of what is known: --baseline FILE")
    if options.site is None and (options.source is not None or options.base_url is not None):
        raise UsageError("--source and --base-url go with --site DIR; a folder of Markdown is given as it is")
    if options.site is not None and options.path is not None:
        raise UsageError("--site has its sources from --source DIR, not from a path")
    project = None if options.path is not None or options.source is not None else _project(options)
    run = LinkRun(
        Request(
            project=project,
            folder=None if options.path is None else Path(options.path),
            site=None if options.site is None else Path(options.site),
            source=None if options.source is None else Path(options.source),
            base_url=options.base_url or "",
            fix=options.fix or options.diff,
            baseline=None if options.baseline is None else Path(options.baseline),
            new_only=options.new_only,
            save_baseline=None if options.save_baseline is None else Path(options.save_baseline),
            jobs=options.jobs,
            cache=not options.no_cache,
            external=external_of(options, project),
        ),
        console.progress,
    )
    results = run.results()
    console.clear()
    if options.format != "text":
        for part in render(results, options.format):
            console.write(part)
        if run.offline:
            console.error(run.offline, lead=False)
    elif options.diff:
        for found in [*results.made(), *results]:
            for line in diff.lines(found, console.style, colored=console.colored, made=found in results.fixed):
                console.print(line)
    else:
        for found in results:
            place, check, message = parts(found.finding)
            more = f" (not written: {found.refused})" if found.refused else ""
            console.print(f"{place}: {console.style(check, _COLORS[found.finding.severity])}: {message}{more}")
    if options.fix and not options.diff:
        run.write()
    if options.format == "text":
        for line in run.summary(results, counted, written=options.fix and not options.diff):
            console.say(line)
    return int(results.failures > 0)


def _project(options: argparse.Namespace) -> Project | None:
    """The project; None where a site is checked without one."""
    if options.site is None or options.project is not None:
        return project_of(options)
    try:
        return load_project(find_root(Path.cwd()))
    except UsageError:
        return None
