"""Review translations in the browser, on this machine only; stop it with Ctrl+C.

It prints one link; the token in it is new at each start, and without it nobody gets in.
What you save goes straight into the catalogs and the ledger of the locale, so 'git diff' shows it.

examples:
  knooppunt review --open            all locales, in your browser
  knooppunt review --locale nl       Dutch only
  knooppunt review --port 8100       the same port each time
  knooppunt review --figures         words, pace, HTER and errors, without a browser
  knooppunt review --report --since main --out report
                                     a page of what changed since a revision, to read or print
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import add_locale, counted, project_of, root_of
from knooppunt.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    add_locale(command, "the locales to review; default: all")
    command.add_argument("--port", type=int, default=0, help="port on this machine; default: any that is free")
    command.add_argument("--open", action="store_true", help="open a browser")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--figures", action="store_true", help="print figures, and start no server")
    what.add_argument("--report", action="store_true", help="tell what changed since a revision, and start no server")
    command.add_argument(
        "--since", metavar="REV", help="for --report: a commit, tag or branch; default: the last commit"
    )
    command.add_argument("--out", metavar="DIR", type=Path, help="for --report: folder for index.html")
    command.add_argument(
        "--format",
        choices=("text", "json", "csv", "schema", "html", "markdown", "github"),
        help="--figures: text, json, csv, schema (of the JSON); --report: html, markdown, github (annotations)",
    )


def run(options: argparse.Namespace, console: Console) -> int:
    if options.figures:
        return _figures(options, console)
    if options.report:
        return _report(options, console)
    for name in ("since", "out", "format"):
        if getattr(options, name) is not None:
            raise UsageError(f"--{name} is for --figures or --report")
    return _serve(options, console)


def _figures(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.reviewing.figures_input import project_figures  # noqa: PLC0415 # --help needs none of it
    from knooppunt.reviewing.figures_show import SHOWN  # noqa: PLC0415 # as above

    kind = options.format or "text"
    if options.since is not None or options.out is not None:
        raise UsageError("--since and --out are for --report")
    if kind not in SHOWN:
        raise UsageError(f"--format {kind} is for --report; for --figures: {', '.join(SHOWN)}")
    console.write(SHOWN[kind](project_figures(project_of(options), options.locale)))
    return 0


def _report(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.reviewing.changed_git import find_base  # noqa: PLC0415 # as above
    from knooppunt.reviewing.report import make_report  # noqa: PLC0415 # as above
    from knooppunt.reviewing.report_files import REPORTS, write_report  # noqa: PLC0415 # as above

    kind = options.format or "html"
    if kind not in REPORTS:
        raise UsageError(f"--format {kind} is for --figures; for --report: {', '.join(REPORTS)}")
    project = project_of(options)
    report = make_report(project, find_base(project.settings.root, options.since), options.locale)
    text = REPORTS[kind](report)
    if options.out is None:
        console.write(text)
    else:
        console.say(f"{write_report(options.out, kind, text)}: {counted(report.total, 'changed text')}")
    return 1 if report.failures else 0


def _serve(options: argparse.Namespace, console: Console) -> int:
    try:
        from knooppunt.review.serving import serve  # noqa: PLC0415 # an extra, and other verbs need not wait for it
    except ModuleNotFoundError as error:
        if error.name not in {"starlette", "uvicorn", "jinja2", "anyio"}:
            raise
        raise UsageError("the review page needs more packages: pip install 'knooppunt[review]'") from None
    if not 0 <= options.port < 65536:
        raise UsageError(f"--port {options.port} is not a port; give one from 1 to 65535, or 0 for any")

    def say(link: str) -> None:
        console.print(link)
        console.say("Open this link; stop with Ctrl+C.")
        sys.stdout.flush()  # whoever reads it from a pipe need not wait

    serve(root_of(options), port=options.port, locales=options.locale, browser=options.open, say=say)
    return 0
