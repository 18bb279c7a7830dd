"""Take translations back from a file of a translation tool.

The format is recognized. Each text is found by its id; only its translation, its state and its translator comments
are taken. What has changed in the catalog only, stays. A text is refused if its source has been edited or is gone, if
the import would blank a translation, or if the translation has changed here and in the file; then nothing is written.

  knooppunt import work.csv --dry-run     what would happen
  knooppunt import work.csv --partial     take all but what is refused
  knooppunt import work.csv --force       also blank, and put the file's texts over newer ones
  knooppunt import work.xlf --approve-as 'Ada <ada@example.org>'

A TBX file goes into the termbase of the locale: new concepts are added at its end, and the changed fields of a concept
are rewritten. Its comments and all other lines stay, and nothing is removed.

  knooppunt import terms.tbx --locale nl

Exit status: 0 if all was taken, 1 if anything is refused, 2 for a file that cannot be read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, project_of
from knooppunt.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", metavar="FILE", type=Path, help="the file that came back")
    command.add_argument("--locale", "-l", dest="code", metavar="CODE", help="the locale; default: what the file says")
    command.add_argument("--dry-run", "-n", action="store_true", help="write nothing")
    command.add_argument("--partial", action="store_true", help="take the rest where texts are refused")
    command.add_argument("--force", action="store_true", help="blank and overwrite what would be refused for that")
    command.add_argument(
        "--reviewed", action="store_true", help="edited texts count as translated, whatever state the file gives them"
    )
    command.add_argument("--approve-as", metavar="'NAME <MAIL>'", help="approve in the ledger what the file approves")


def run(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.exchanging import import_file  # noqa: PLC0415 # --help needs no project
    from knooppunt.termbases import holds_terms  # noqa: PLC0415 # as above

    if holds_terms(options.file):
        return _terms(options, console)
    report = import_file(
        project_of(options),
        options.file,
        locale=options.code,
        force=options.force,
        partial=options.partial,
        reviewed=options.reviewed,
        approver=options.approve_as,
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        write=not options.dry_run,
    )
    plan = report.plan
    for refusal in plan.refusals:
        for line in refusal.lines(report.path):
            console.print(line)
    for name, path in report.paths.items():
        console.say(f"{path}: {counted(len(plan.changes[name]), 'entry', 'entries')} {_taken(report.written)}")
    if report.approved:
        console.say(f"{counted(report.approved, 'approval')} in the ledger, by {options.approve_as}")
    elif plan.approvals and not options.approve_as:
        number = counted(len(plan.approvals), "text")
        console.say(f"{number} came back as approved, and only as translated into the catalog; see --approve-as")
    if plan.ended:
        console.say(f"{counted(plan.ended, 'approval')} {'ends' if plan.ended == 1 else 'end'}, for the text changes")
    counts = ", ".join(f"{number} {word}" for word, number in plan.counts.items()) or "no texts"
    console.say(f"{report.path} ({report.format.title}, {report.locale}): {counts}")
    if plan.refusals and not report.written and not options.dry_run:
        console.error("nothing was written; --partial takes the rest" + _hint(plan.forceable))
    return 1 if plan.refusals else 0


def _terms(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.termbases import import_terms  # noqa: PLC0415 # as above

    if options.partial or options.force or options.reviewed or options.approve_as:
        raise UsageError("a termbase knows no states: --partial, --force, --reviewed and --approve-as are for texts")
    report = import_terms(project_of(options), options.file, locale=options.code, write=not options.dry_run)
    plan = report.plan
    for refusal in plan.refusals:
        console.print(f"{report.path}:{refusal.line}: {refusal.id}: {refusal.message}")
    for name, fields in plan.changed:
        console.say(f"{report.termbase}: {name}: {', '.join(fields)} {_taken(report.written)}")
    if plan.added:
        added = "added" if report.written else "would be added"
        console.say(f"{report.termbase}: {counted(len(plan.added), 'concept')} {added}: {', '.join(plan.added)}")
    counts = f"{len(plan.added)} new, {len(plan.changed)} changed, {plan.equal} equal, {len(plan.refusals)} refused"
    console.say(f"{report.path} (TBX-Basic, {report.locale}): {counts}")
    return 1 if plan.refusals else 0


def _taken(written: bool) -> str:
    return "changed" if written else "would change"


def _hint(forceable: int) -> str:
    return f", and --force {counted(forceable, 'text')} of those refused" if forceable else ""
