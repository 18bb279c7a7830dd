"""Write the limitations feed: JSON in every language, with its schemas."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, project_of
from knooppunt.errors import UsageError
from knooppunt.feed import project_feed
from knooppunt.files import inside, write_atomic

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="folder for api/v1/; default: here")
    command.add_argument("--site-url", metavar="URL", help="address of the site; default: as mkdocs.yml says")


def run(options: argparse.Namespace, console: Console) -> int:
    project = project_of(options)
    address = options.site_url or project.mkdocs.get("site_url")
    if not isinstance(address, str) or not address.startswith(("https://", "http://")):
        raise UsageError("the feed links to the site: set site_url in mkdocs.yml, or give --site-url")
    files = project_feed(project, address)
    for path, data in files.items():
        write_atomic(inside(options.out, path, "feed file"), data)
    made = f"{counted(len(files), 'file')} with {counted(len(project.knowledge.records), 'record')}"
    console.say(f"{made} in {options.out / 'api/v1'}")
    return 0
