"""Start in the folder of an existing MkDocs project.

Makes knooppunt.yml, adds the plugin to mkdocs.yml, and with --locale the first language with its catalogs.
Nothing that is there is overwritten.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.starting import add_locale, start_project

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--locale", "-l", metavar="CODE", action="append", default=[], help="a language to begin with")


def run(options: argparse.Namespace, console: Console) -> int:
    root = (options.project or Path.cwd()).resolve()
    for path in start_project(root, options.locale):
        console.say(f"made or changed {path}")
    for code in options.locale:
        for path in add_locale(root, code):
            console.say(f"made {path}")
    if not options.locale:
        console.say("Next: knooppunt locale add CODE")
    else:
        console.say("Next: translate the catalogs, then 'knooppunt build'.")
    return 0
