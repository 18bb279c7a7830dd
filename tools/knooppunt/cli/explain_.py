"""What a check is: what it finds, why, examples of bad and good text, and what its fix may touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.checks import explain, load
from knooppunt.checks.registry import select
from knooppunt.pages import front_matter_end

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("check", metavar="CHECK", nargs="?", help="id of a check; without it, all are listed")


def run(options: argparse.Namespace, console: Console) -> int:
    if options.check is None:
        for name, check in load().items():
            console.print(f"{name}: {check.documentation.strip().splitlines()[0]}")
        return 0
    (check,) = select([options.check]).values()
    page = explain(check)
    console.write(page[front_matter_end(page) :].lstrip("\n"))
    return 0
