"""What git knows of an entry: who changed its translation last, and how it was before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from time import monotonic
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_state, parse_po
from knooppunt.errors import DataError
from knooppunt.files import decode
from knooppunt.git import GitError, git, is_shallow
from knooppunt.githistory import open_blobs, open_history
from knooppunt.reviewing.model import Person, Trace, targets_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from knooppunt.catalogs import Catalog
    from knooppunt.githistory import BlobReader
    from knooppunt.model import Entry
    from knooppunt.reviewing.desk import Row
    from knooppunt.reviewing.live import LiveCatalog

MOST_COMMITS: Final = 200
"""Commits of one catalog that are looked at for the history of an entry."""
PATIENCE: Final = 8.0
"""Seconds after which a history is given as far as it is known."""
WORKING_COPY: Final = "working copy"
SHALLOW: Final = "shallow clone"
"""Of a text that is as old as the oldest commit of a history that is cut off: anybody may have written it."""

_LINE: Final = re.compile(r"([0-9a-f]{40,64}) \d+ (\d+)(?: \d+)?")
_ZONE: Final = re.compile(r"([+-])(\d\d)(\d\d)")
_IDENT: Final = re.compile(r"(.*?) ?<([^<>\n]*)> \d+ [+-]\d+\s*")
_PLAIN_BLAME: Final = ("-c", "blame.showRoot=false", "-c", "blame.ignoreRevsFile=")
"""No setting of a user makes git tell of another author."""


def identity(root: Path) -> Person:
    """Who works here: whom git would name as the author of a commit, by the mailmap; empty where git knows nobody.

    Those are GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL of the environment before `user.name` and `user.email`. What git
    would guess from the machine counts for nothing.
    """
    try:
        ident = git(root, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT").decode("utf-8", "replace")
    except GitError:
        ident = ""
    if found := _IDENT.fullmatch(ident):
        return mapped(root, _person(found[1], found[2]))
    try:
        printed = git(root, "config", "--null", "--get-regexp", r"^user\.(name|email)$").decode("utf-8", "replace")
    except GitError:
        printed = ""
    values = dict(item.split("\n", 1) for item in printed.split("\0") if "\n" in item)
    return _person(values.get("user.name", ""), values.get("user.email", ""))


def _person(name: str, mail: str) -> Person:
    name, mail = (re.sub(r"[\x00-\x1f\x7f<>]", "", text).strip() for text in (name, mail))
    return Person(name or mail, mail)


def mapped(root: Path, person: Person) -> Person:
    """Somebody by the name and mail that the project's mailmap gives them, as `git blame` names authors."""
    if not person.mail:
        return person
    try:
        given = f"{person.shown}\n".encode("utf-8", "replace")
        said = git(root, "check-mailmap", "--stdin", given=given).decode("utf-8", "replace").strip()
    except GitError:
        return person
    name, _, mail = said.removesuffix(">").rpartition("<")
    return _person(name, mail) if mail else person


def person_of(shown: str) -> Person:
    """Somebody as a ledger names them: `Name <mail>`."""
    name, _, mail = shown.strip().removesuffix(">").rpartition("<")
    return _person(name, mail) if name and shown.strip().endswith(">") else Person(shown.strip(), "")


def blame(root: Path, catalog: LiveCatalog, rows: list[Row]) -> dict[str, Trace]:
    """Who made each of these translations what it is, by the id of the segment; none where git does not know the file.

    Of an entry the lines of its msgstr count, and of several commits the latest. Where a draft lost its flag `fuzzy`
    later, whoever took the flag away answers for the text.
    """
    try:
        printed = git(root, *_PLAIN_BLAME, "blame", "--porcelain", "--", catalog.shown)
        lines = _decoded_lines(printed, catalog.shown)
        seen = parse_po("\n".join(lines) + "\n", catalog.shown)
    except (GitError, DataError):
        return {}
    by_line, paths = _parsed(printed.decode("utf-8", "replace"), cut_off=is_shallow(root))
    found: dict[str, Trace] = {}
    wanted = {row.entry.key: row for row in rows}
    starts = {entry.origin.line: entry for entry in seen.active}
    for line, entry in starts.items():
        row = wanted.get(entry.key)
        if row is None or targets_of(entry) != targets_of(row.entry):
            continue
        first = line
        while first < len(lines) and not lines[first - 1].lstrip().startswith("msgstr"):
            first += 1
        last = first
        while last < len(lines) and lines[last].lstrip().startswith(('"', "msgstr")):
            last += 1
        traces = [by_line[number] for number in range(first, last + 1) if number in by_line]
        if traces:
            found[row.ref.id] = max(traces, key=lambda trace: (trace.source == WORKING_COPY, _moment(trace.at)))
    return {**found, **_confirmed(root, catalog, {row.ref.id: row for row in rows}, found, paths)}


def _decoded_lines(printed: bytes, shown: str) -> list[str]:
    """The text of the file in what `git blame --porcelain` prints: the lines behind a tab, in the file's charset."""
    data = b"\n".join(line[1:].removesuffix(b"\r") for line in printed.split(b"\n") if line.startswith(b"\t"))
    return decode(data, shown).split("\n")


def _confirmed(
    root: Path, catalog: LiveCatalog, rows: Mapping[str, Row], traces: Mapping[str, Trace], paths: Mapping[str, str]
) -> dict[str, Trace]:
    """Who took the flag `fuzzy` from texts that had it when they were written, by id.

    `paths` are the names of the file at commits where it may have had another.
    """
    left = {name: trace for name, trace in traces.items() if trace.source == "git" and not rows[name].entry.fuzzy}
    found: dict[str, Trace] = {}
    if not left:
        return found
    with open_blobs(root) as blobs:
        versions = _Versions(blobs, f"./{catalog.shown}", paths)
        drafts = []
        for name, trace in left.items():
            if not versions.confirmed("HEAD", rows[name].entry):
                found[name] = Trace("", "", "", WORKING_COPY)
            elif not versions.confirmed(trace.commit, rows[name].entry):
                drafts.append(name)
        if drafts:
            commits, end = _commits(root, catalog.shown), monotonic() + PATIENCE
            found |= {name: _flagged_off(versions, commits, rows[name].entry, end) for name in drafts}
    return found


class _Versions:
    """What a catalog said at commits."""

    def __init__(self, blobs: BlobReader, path: str, paths: Mapping[str, str]) -> None:
        self._blobs = blobs
        self._path = path
        self._paths = paths
        self._read: dict[str, tuple[Catalog | None, frozenset[tuple[str, ...]]]] = {}

    def confirmed(self, commit: str, entry: Entry) -> bool:
        """Whether the text of an entry stood there without being fuzzy; its source may have been another."""
        if commit not in self._read:
            catalog = _version(self._blobs, f"{commit}:{self._paths.get(commit, self._path)}", self._path)
            texts = frozenset(targets_of(old) for old in catalog.active if not old.fuzzy) if catalog else frozenset()
            self._read[commit] = (catalog, texts)
        catalog, texts = self._read[commit]
        old = None if catalog is None else catalog.get(entry.context, entry.msgid)
        if old is None:
            return targets_of(entry) in texts
        return not old.fuzzy and targets_of(old) == targets_of(entry)


def _flagged_off(versions: _Versions, commits: Mapping[str, Commit], entry: Entry, end: float) -> Trace:
    """Who made a text count, going back from commit to commit as long as it does; nobody where that is not clear."""
    at = next(iter(commits), "")
    nobody = Trace("", "", at, "git")
    while at in commits and monotonic() < end and versions.confirmed(at, entry):
        commit = commits[at]
        before = next((parent for parent in commit.parents if versions.confirmed(parent, entry)), None)
        if before is None:
            return commit.trace if commit.parents else nobody
        at = before
    return nobody


def _version(blobs: BlobReader, blob: str, shown: str) -> Catalog | None:
    data = blobs.read(blob)
    try:
        return None if data is None else parse_po(decode(data, shown), shown)
    except DataError:
        return None


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit of a file."""

    trace: Trace
    subject: str
    parents: tuple[str, ...]
    """The commits of the file before it."""


def _commits(root: Path, shown: str) -> dict[str, Commit]:
    """The commits of a file by hash, the latest first; none where git knows none."""
    form = "--format=%H%x00%P%x00%aN%x00%aE%x00%aI%x00%s"
    options = ("--parents", "--topo-order", f"--max-count={MOST_COMMITS}")
    try:
        printed = git(root, "log", form, *options, "--", shown).decode("utf-8", "replace")
    except GitError:
        return {}
    found = {}
    for line in filter(None, printed.split("\n")):  # a subject may hold what Python takes for the end of a line
        commit, parents, name, mail, at, subject = line.split("\0")
        found[commit] = Commit(Trace(Person(name, mail).shown, at, commit, "git"), subject, tuple(parents.split()))
    return found


def _parsed(printed: str, *, cut_off: bool) -> tuple[dict[int, Trace], dict[str, str]]:
    """Traces by line, and the names that the file had at the commits."""
    commits: dict[str, dict[str, str]] = {}
    traces: dict[str, Trace] = {}
    found: dict[int, Trace] = {}
    commit, number = "", 0
    for line in printed.split("\n"):
        if line.startswith("\t"):
            if commit not in traces:
                traces[commit] = _trace(commit, commits[commit], cut_off=cut_off)
            found[number] = traces[commit]
        elif head := _LINE.fullmatch(line):
            commit, number = head[1], int(head[2])
            commits.setdefault(commit, {})
        elif commit:
            key, _, value = line.partition(" ")
            commits[commit].setdefault(key, value)
    paths = {
        name: facts["filename"] for name, facts in commits.items() if not facts.get("filename", '"').startswith('"')
    }
    return found, paths


def _trace(commit: str, facts: dict[str, str], *, cut_off: bool) -> Trace:
    if not commit.strip("0"):
        return Trace("", "", "", WORKING_COPY)
    name, mail = facts.get("author", ""), facts.get("author-mail", "").strip("<>")
    zone = _ZONE.fullmatch(facts.get("author-tz", ""))
    away = timedelta(hours=int(zone[2]), minutes=int(zone[3])) if zone else timedelta()
    offset = timezone(-away if zone and zone[1] == "-" else away)
    at = datetime.fromtimestamp(int(facts.get("author-time", "0")), offset).isoformat()
    if cut_off and "boundary" in facts:
        return Trace("", at, commit, SHALLOW)
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
    end = monotonic() + PATIENCE
    versions: list[tuple[Trace, str, tuple[str, ...], str]] = []
    with open_blobs(root) as blobs:
        for commit, facts in _commits(root, catalog.shown).items():
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
            versions.append((facts.trace, facts.subject, targets_of(entry), state))
    return [
        version
        for version, older in zip(versions, [*versions[1:], None], strict=False)
        if older is None or (version[2], version[3]) != (older[2], older[3])
    ]
