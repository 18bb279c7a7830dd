"""Check records against the rules KR101 to KR607.

Without paths the records of the project are checked, and its log of changes tells which ids were retired. YAML files
that are given, or folders of them, need not belong to a project. 'knooppunt check' runs the same rules.

examples:
  knooppunt lint                                     the records of the project
  knooppunt lint limits.yml more/                    any files, and all in a folder that hold records
  knooppunt lint --select KR501,KR502 --kubernetes 1.33,1.34
                                                     only paths of fields, for these versions
  knooppunt lint --source azure-aks-docs=../azure-aks-docs
                                                     is the evidence older than what the source says today?
  knooppunt lint --fixtures out/                     write the fixtures of all rules, for another program

'knooppunt explain KR302' tells what a rule is about. A comment '# lint: ignore KR405: reason' passes over a line.
Exit status 1 means findings.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, folder_by_name, project_of
from knooppunt.config import Settings, find_root, load_settings
from knooppunt.errors import UsageError
from knooppunt.files import Writes, alone
from knooppunt.recordlint import Wanted, fixture_files, lint_files, lint_project
from knooppunt.reports import formats, render

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", metavar="PATH", nargs="*", help="YAML files, or folders of them")
    command.add_argument("--select", metavar="RULE,...", help="run these rules only, by code or name")
    command.add_argument("--ignore", metavar="RULE,...", default="", help="do not run these rules")
    command.add_argument(
        "--kubernetes", metavar="VERSION,...", default="", help="versions that the records are about; default: all"
    )
    command.add_argument(
        "--source", metavar="NAME=DIR", action="append", default=[], help="the clone of a source; may be given again"
    )
    command.add_argument("--today", metavar="DATE", help="the day after which no date may be; default: today")
    command.add_argument("--fixtures", metavar="DIR", help="write the fixtures of all rules there, and check nothing")
    command.add_argument("--format", choices=formats(), default="text", help="default: text")


def run(options: argparse.Namespace, console: Console) -> int:
    if options.fixtures is not None:
        return _fixtures(Path(options.fixtures), console)
    wanted = Wanted(
        selected=None if options.select is None else _names(options.select),
        ignored=_names(options.ignore),
        versions=_names(options.kubernetes),
        today=_day(options.today),
        clones=dict(folder_by_name(text) for text in options.source),
    )
    if options.paths:
        linted, files = lint_files(options.paths, Path.cwd(), _settings(options), wanted)
    else:
        linted, files = lint_project(project_of(options), wanted)
    for part in render(linted, options.format):
        console.write(part)
    if options.format == "text":
        console.say(f"{counted(len(linted), 'finding')} in {counted(files, 'file')}.")
    return int(linted.failures > 0)


def _fixtures(folder: Path, console: Console) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    made = fixture_files(folder)
    with alone(folder), Writes() as writes:
        for name, data in made.items():
            writes.add(folder / name, data)
        writes.commit()
    console.say(f"{counted(len(made), 'file')} written to {folder}.")
    return 0


def _settings(options: argparse.Namespace) -> Settings:
    """Those of the project around, whose layers and variants are known; without one, any word is right."""
    if options.project is not None:
        return load_settings(options.project)
    try:
        return load_settings(find_root(Path.cwd()))
    except UsageError:
        return Settings(root=Path.cwd())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _day(text: str | None) -> datetime.date | None:
    try:
        return None if text is None else datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--today {text} is not a date; write one such as 2026-01-31") from None
