"""What a check or a rule for records is: what it finds, why, examples of bad and good, and how it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.checks import explain, load
from knooppunt.checks.registry import select
from knooppunt.linting import explain as explain_rule
from knooppunt.linting import find
from knooppunt.linting import load as load_rules
from knooppunt.linting.explanation import summary
from knooppunt.pages import front_matter_end

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "check", metavar="CHECK", nargs="?", help="id of a check, or code or name of a rule; without it, all are listed"
    )


def run(options: argparse.Namespace, console: Console) -> int:
    if options.check is None:
        for name, check in load().items():
            console.print(f"{name}: {check.documentation.strip().splitlines()[0]}")
        for code, known in load_rules().items():
            console.print(f"{code} {known.name}: {summary(known)}")
        return 0
    rule = find(options.check)
    if rule is not None:
        page = explain_rule(rule)
    else:
        (check,) = select([options.check]).values()
        page = explain(check)
    console.write(page[front_matter_end(page) :].lstrip("\n"))
    return 0
