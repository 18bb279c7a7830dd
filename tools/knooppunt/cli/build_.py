"""Build the whole site, in every language, with the feed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import add_locale, counted, root_of

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    add_locale(command, "the locales to build beside the source; default: all")
    command.add_argument("--site-dir", metavar="DIR", type=Path, help="folder for the site; default: mkdocs.yml's")
    command.add_argument("--no-strict", action="store_true", help="build even where MkDocs warns")
    command.add_argument("--verbose", action="store_true", help="print MkDocs' own messages")


def run(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.site import build  # noqa: PLC0415 # MkDocs takes a second to import; other verbs need not wait

    report = build(
        root_of(options),
        locales=options.locale or None,
        strict=not options.no_strict,
        site_dir=options.site_dir,
        quiet=not options.verbose,
        progress=lambda code: console.progress(f"building {code}"),
    )
    for warning in report.warnings:
        console.print(f"warning: {warning}")
    made = f"{counted(report.pages, 'page')} and {counted(report.feed_files, 'feed file')}"
    console.say(f"Built {made} in {report.seconds:.0f} s:")
    if not options.quiet:
        rows = [("locale", "pages", "translated", "in the source's language")]
        rows += [
            (item.locale, str(item.pages), f"{int(item.share * 100)} %", str(item.fallback_pages))
            for item in report.locales
        ]
        console.table(rows, right=(1, 2, 3))
    console.say(f"The site is in {report.site_dir}; look at it with 'make serve' or 'knooppunt serve'.")
    return 0
