"""What git knows of an entry: who changed its translation last, and how it was before."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from time import monotonic
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_state, parse_po
from knooppunt.errors import DataError
from knooppunt.files import decode
from knooppunt.git import GitError, git
from knooppunt.githistory import open_blobs, open_history
from knooppunt.reviewing.model import Person, Trace, targets_of

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.reviewing.desk import Row
    from knooppunt.reviewing.live import LiveCatalog

MOST_COMMITS: Final = 200
"""Commits of one catalog that are looked at for the history of an entry."""
PATIENCE: Final = 8.0
"""Seconds after which a history is given as far as it is known."""
WORKING_COPY: Final = "working copy"

_LINE: Final = re.compile(r"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?")
_ZONE: Final = re.compile(r"([+-])(\d\d)(\d\d)")


def identity(root: Path) -> Person:
    """Who works here: `user.name` and `user.email` of git; empty where git knows neither."""
    try:
        printed = git(root, "config", "--null", "--get-regexp", r"^user\.(name|email)$").decode("utf-8", "replace")
    except GitError:
        printed = ""
    values = dict(item.split("\n", 1) for item in printed.split("\0") if "\n" in item)
    found = [values.get(key, "").strip() for key in ("user.name", "user.email")]
    name, mail = (re.sub(r"[\x00-\x1f\x7f<>]", "", text) for text in found)
    return Person(name or mail, mail)


def blame(root: Path, catalog: LiveCatalog, rows: list[Row]) -> dict[str, Trace]:
    """Who changed each of these translations last, by the hash of the entry; none where git does not know the file.

    Of an entry the lines of its msgstr count, and of several commits the latest.
    """
    try:
        printed = git(root, "blame", "--porcelain", "--", catalog.shown).decode("utf-8", "replace")
    except GitError:
        return {}
    by_line = _parsed(printed)
    lines = printed_lines(printed)
    found: dict[str, Trace] = {}
    if lines is None:
        return {}
    try:
        seen = parse_po("\n".join(lines) + "\n", catalog.shown)
    except DataError:
        return {}
    wanted = {row.entry.key: row for row in rows}
    starts = {entry.origin.line: entry for entry in seen.active}
    for line, entry in starts.items():
        row = wanted.get(entry.key)
        if row is None or targets_of(entry) != targets_of(row.entry):
            continue
        first = line
        while not lines[first - 1].startswith("msgstr"):
            first += 1
        last = first
        while last < len(lines) and lines[last].startswith(('"', "msgstr")):
            last += 1
        traces = [by_line[number] for number in range(first, last + 1) if number in by_line]
        if traces:
            found[row.hash] = max(traces, key=lambda trace: (trace.source == WORKING_COPY, _moment(trace.at)))
    return found


def printed_lines(printed: str) -> list[str] | None:
    """The text of the file in what `git blame --porcelain` prints: the lines behind a tab."""
    return [line[1:].rstrip("\r") for line in printed.split("\n") if line.startswith("\t")]


def _parsed(printed: str) -> dict[int, Trace]:
    commits: dict[str, dict[str, str]] = {}
    traces: dict[str, Trace] = {}
    found: dict[int, Trace] = {}
    commit, number = "", 0
    for line in printed.split("\n"):
        if line.startswith("\t"):
            if commit not in traces:
                traces[commit] = _trace(commit, commits[commit])
            found[number] = traces[commit]
        elif head := _LINE.fullmatch(line):
            commit, number = head[1], int(head[2])
            commits.setdefault(commit, {})
        elif commit:
            key, _, value = line.partition(" ")
            commits[commit].setdefault(key, value)
    return found


def _trace(commit: str, facts: dict[str, str]) -> Trace:
    if not commit.strip("0"):
        return Trace("", "", "", WORKING_COPY)
    name, mail = facts.get("author", ""), facts.get("author-mail", "").strip("<>")
    zone = _ZONE.fullmatch(facts.get("author-tz", ""))
    away = timedelta(hours=int(zone[2]), minutes=int(zone[3])) if zone else timedelta()
    offset = timezone(-away if zone and zone[1] == "-" else away)
    at = datetime.fromtimestamp(int(facts.get("author-time", "0")), offset).isoformat()
    return Trace(Person(name, mail).shown, at, commit, "git")


def _moment(at: str) -> float:
    return datetime.fromisoformat(at).timestamp() if at else 0.0


def age_in_days(at: str, now: datetime) -> int | None:
    """Whole days since a moment in ISO 8601; None where it says none."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return max((now - (moment if moment.tzinfo else moment.replace(tzinfo=UTC))).days, 0)


def git_history(root: Path, catalog: LiveCatalog, row: Row) -> list[tuple[Trace, str, tuple[str, ...], str]]:
    """How a translation has changed, the latest first: who, subject of the commit, the texts, their state by itself.

    Empty where the project has no history.
    """
    if open_history(root) is None:
        return []
    try:
        form = "--format=%H%x00%an%x00%ae%x00%aI%x00%s"
        printed = git(root, "log", form, f"--max-count={MOST_COMMITS}", "--", catalog.shown).decode("utf-8", "replace")
    except GitError:
        return []
    end = monotonic() + PATIENCE
    versions: list[tuple[Trace, str, tuple[str, ...], str]] = []
    with open_blobs(root) as blobs:
        for line in printed.splitlines():
            commit, name, mail, at, subject = line.split("\0")
            data = blobs.read(f"{commit}:./{catalog.shown}")
            if data is None or monotonic() > end:
                break
            try:
                entry = parse_po(decode(data, catalog.shown), catalog.shown).get(row.entry.context, row.entry.msgid)
            except DataError:
                continue
            if entry is None:
                break
            state = entry_state(entry, ()).value
            versions.append((Trace(Person(name, mail).shown, at, commit, "git"), subject, targets_of(entry), state))
    return [
        version
        for version, older in zip(versions, [*versions[1:], None], strict=True)
        if older is None or (version[2], version[3]) != (older[2], older[3])
    ]
