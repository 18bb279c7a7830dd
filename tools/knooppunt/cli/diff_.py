"""Compare two feeds: added, moved, changed in meaning, reworded, translated; and what the release has to be.

OLD and NEW are a file such as limitations.json, a folder with a feed, an address, or a git revision of the project;
without NEW, the working files. Differences are no findings: the exit status is 1 where a change is not right (facts
moved and the revision did not, a retired id is gone), or where the release has to be more than --allow says.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, root_of
from knooppunt.errors import UsageError
from knooppunt.feed.changelog import CHANGES, LOG, parse_log, render_log
from knooppunt.feed.comparing import LEVELS, MAJOR, NONE, compare
from knooppunt.feed.diff_reports import REPORTS
from knooppunt.feed.snapshots import snapshot
from knooppunt.files import read_text, write_atomic

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from knooppunt.cli.console import Console
    from knooppunt.feed.comparing import Comparison


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="the state before")
    command.add_argument("new", metavar="NEW", nargs="?", help="the state after; default: the working files")
    command.add_argument("--format", choices=tuple(REPORTS), default="text", help="default: text")
    command.add_argument(
        "--allow", choices=LEVELS[1:], default=MAJOR, help="the most that the release may be; default: major"
    )
    command.add_argument("--log", action="store_true", help=f"append the changes to {LOG}, each once")
    command.add_argument("--date", metavar="DAY", help="day of publication for --log; default: today")
    command.add_argument("--release", metavar="NAME", help="name of the release for --log")


def run(options: argparse.Namespace, console: Console) -> int:
    day = _day(options.date)
    old, new = (snapshot(side, lambda: root_of(options)) for side in (options.old, options.new))
    found = compare(old, new)
    console.write(REPORTS[options.format](found))
    if options.log:
        count = _log(root_of(options) / LOG, found, day, options.release)
        if options.format == "text":
            console.say(f"{counted(count, 'change')} added to {LOG}")
    if found.verdict != NONE and LEVELS.index(found.verdict) > LEVELS.index(options.allow):
        console.error(f"this is a {found.verdict} change, and no more than {options.allow} is allowed")
        return 1
    return 1 if found.problems else 0


def _log(path: Path, found: Comparison, day: datetime.date, release: str | None) -> int:
    """Append the changes that the log does not have; how many."""
    before = read_text(path, LOG) if path.is_file() else ""
    known = {(item.id, item.change, item.revision, item.fields) for item in parse_log(before)}
    changes = [
        replace(item.change, date=day, release=release)
        for item in found.differences
        if item.change.change in CHANGES
        and (item.change.id, item.change.change, item.change.revision, item.change.fields) not in known
    ]
    if changes:
        gap = "" if not before or before.endswith("\n") else "\n"
        write_atomic(path, before + gap + render_log(changes))
    return len(changes)


def _day(text: str | None) -> datetime.date:
    if text is None:
        return datetime.datetime.now(datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"'{text}' is no date; write it like 2026-01-31") from None
