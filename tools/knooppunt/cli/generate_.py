"""Write the translated Markdown pages, for any site generator.

The pages of each locale go to DIR/CODE/. A page says in its front matter how it was made: hash of its source and
catalog, share translated, texts by state. Other files are left alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import add_locale, counted, project_of
from knooppunt.generating import generate_pages

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", metavar="DIR", type=Path, required=True, help="folder for the pages")
    add_locale(command)


def run(options: argparse.Namespace, console: Console) -> int:
    project = project_of(options)
    if not project.locales:
        console.say("No locales yet; add one with 'knooppunt locale add CODE'.")
    written = generate_pages(project, options.out, locales=options.locale, progress=console.progress)
    for code, count in written.items():
        console.say(f"{options.out / code}: {counted(count, 'page')}")
    return 0
