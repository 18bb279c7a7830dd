"""Add a language: its folder with settings, an empty termbase and empty catalogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.cli.common import add_common, root_of
from knooppunt.starting import add_locale

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)
    adding = actions.add_parser("add", help="add a locale", description="Add a locale.")
    add_common(adding)
    adding.set_defaults(parser=adding)
    adding.add_argument("code", metavar="CODE", help="BCP 47 tag, such as nl, ja or pt-BR")


def run(options: argparse.Namespace, console: Console) -> int:
    for path in add_locale(root_of(options), options.code):
        console.say(f"made {path}")
    console.say(f"Translate the catalogs in locales/{options.code}/LC_MESSAGES with any PO editor.")
    return 0
