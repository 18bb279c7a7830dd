"""What the history of an article asks of its translators: `PYTHONPATH=tests python -m benchmarks.replay REPO PATH`.

Plays the git history of a page, and with `--records` that of the records in its folder, through an update of its
catalog. After each revision a translator is supposed to finish the catalog. Counted is what each revision reopens, that
is the entries that were not there in the words they have now: by Knooppunt, by msgmerge, and by msgmerge without fuzzy
matching, both of which know a text by its words alone.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from knooppunt.catalogs import edit_po, entry_state, parse_po, update_po
from knooppunt.config import Settings
from knooppunt.errors import DataError
from knooppunt.knowledge import holds_records, parse_records, record_segments
from knooppunt.model import Segment, State
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Entry

DONE = (State.TRANSLATED, State.APPROVED)
BASELINES = {"msgmerge": (), "msgmerge -N": ("--no-fuzzy-matching",)}
TOOLS = ("Knooppunt", *BASELINES)


@dataclass(frozen=True, slots=True)
class Revision:
    """An article as one commit has it."""

    date: str
    """Day of the commit: `2026-01-31`."""
    commit: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Reopened:
    """What a revision leaves to do in the catalog of one tool."""

    entries: int
    helped: int
    """Of these, entries that show an old translation: fuzzy ones, suggestions too."""
    records: frozenset[str]
    """Ids of the records whose texts they are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One revision, and what it reopens by each of the TOOLS."""

    revision: Revision
    messages: int
    reopened: dict[str, Reopened]
    counts: dict[str, int] = field(default_factory=dict)
    """What Knooppunt did, by the names of its counts."""


def history(repo: Path, path: str, *, records: bool) -> Iterator[Revision]:
    """The revisions of a page, oldest first, through renames; with `records`, those of all records in its folder.

    A revision whose records cannot be read today, such as those of an older form, is passed over with a note.
    """
    folder = PurePosixPath(path).parent.as_posix()
    what = ["--", f"{folder}/"] if records else ["--follow", "--name-status", "--", path]
    log = _git(repo, "log", "--diff-filter=AMR", "--format=%x00%H %cs", *what).split("\0")[1:]
    at = path
    names: dict[str, str] = {}
    for chunk in log:  # newest first, since a rename tells the name before it
        head, *changes = [line for line in chunk.splitlines() if line.strip()]
        names[head.split()[0]] = at
        for change in changes:
            status, _, rest = change.partition("\t")
            at = rest.split("\t")[0] if status.startswith("R") else at
    for chunk in reversed(log):
        commit, date = chunk.split()[:2]
        try:
            segments = tuple(_segments(repo, commit, names[commit], folder if records else None))
        except DataError as error:
            print(f"{date} {commit[:9]} is passed over: {error.problems[0]}", file=sys.stderr)
            continue
        if segments:
            yield Revision(date, commit, segments)


def _segments(repo: Path, commit: str, page: str, folder: str | None) -> Iterator[Segment]:
    names = _git(repo, "ls-tree", "-r", "--name-only", commit).splitlines()
    if page in names:
        yield from parse_page(_git(repo, "show", f"{commit}:{page}"), path=page).segments
    for name in names:
        if folder is not None and name.endswith(".yml") and PurePosixPath(name).parent.as_posix() == folder:
            text = _git(repo, "show", f"{commit}:{name}")
            if holds_records(text):
                for record in parse_records(text, name, article=folder, settings=Settings(repo))[0]:
                    yield from record_segments(record)


def _git(repo: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", repo, *arguments], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def replay(revisions: Sequence[Revision], locale: str = "nl") -> list[Step]:
    """What each revision reopens; the first one, in which all is new, is only the start and not among the steps."""
    catalogs: dict[str, Catalog] = {}
    steps = []
    for revision in revisions:
        counts: dict[str, int] = {}
        reopened = {}
        for tool in TOOLS:
            before = catalogs.get(tool)
            if tool in BASELINES:
                text = merge(before, revision.segments, locale, BASELINES[tool])
            else:
                update = update_po(before, revision.segments, locale=locale)
                text, counts = update.text, dict(update.counts)
            now = parse_po(text, tool)
            reopened[tool] = _reopened(now, revision.segments)
            catalogs[tool] = finish(now)
        messages = len({(segment.context, segment.msgid) for segment in revision.segments})
        steps.append(Step(revision, messages, reopened, counts))
    return steps[1:]


def merge(before: Catalog | None, segments: Sequence[Segment], locale: str, options: Sequence[str]) -> str:
    """The catalog of plain gettext: texts known by their words, brought up to date by msgmerge."""
    plain = [Segment(segment.msgid, segment.origin) for segment in segments]
    template = update_po(None, plain, locale=locale).text
    if before is None:
        return template
    with tempfile.TemporaryDirectory() as folder:
        old, new = Path(folder, "old.po"), Path(folder, "new.pot")
        old.write_text(before.text, encoding="utf-8")
        new.write_text(template, encoding="utf-8")
        done = subprocess.run(["msgmerge", "--quiet", *options, "-o", "-", old, new], check=True, capture_output=True)
    return done.stdout.decode("utf-8")


def finish(catalog: Catalog) -> Catalog:
    """The catalog after a translator has done all that was left to do."""
    changes = {entry.key: _finished(entry) for entry in catalog.active if entry_state(entry, ()) not in DONE}
    return parse_po(edit_po(catalog, changes), catalog.path)


def _finished(entry: Entry) -> Entry:
    """A pseudo translation that tells which text it was made for."""
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    return replace(entry, msgstr=f"» {entry.msgid}", flags=flags, previous_msgid=None, previous_context=None)


def _reopened(catalog: Catalog, segments: Sequence[Segment]) -> Reopened:
    left = [entry for entry in catalog.active if entry_state(entry, ()) not in DONE]
    keys = {entry.key for entry in left}
    records = {
        segment.context.partition(":")[0]
        for segment in segments
        if segment.context is not None and {(segment.context, segment.msgid), (None, segment.msgid)} & keys
    }
    return Reopened(len(left), sum(bool(entry.msgstr) for entry in left), frozenset(records))


def table(steps: Sequence[Step]) -> Iterator[str]:
    """The lines of a report."""
    yield f"{'date':10} {'commit':9} {'messages':>8}" + "".join(f" {tool:>22}" for tool in TOOLS)
    totals: Counter[str] = Counter()
    for step in steps:
        cells = []
        for tool in TOOLS:
            found = step.reopened[tool]
            totals[tool] += found.entries
            totals[f"{tool} helped"] += found.helped
            cells.append(f"{found.entries} ({found.helped} with help)")
        revision = step.revision
        yield f"{revision.date:10} {revision.commit[:9]:9} {step.messages:8}" + "".join(
            f" {cell:>22}" for cell in cells
        )
    cells = [f"{totals[tool]} ({totals[f'{tool} helped']} with help)" for tool in TOOLS]
    yield f"{len(steps)} revisions reopen".ljust(29) + "".join(f" {cell:>22}" for cell in cells)
    if any(step.reopened[tool].records for step in steps for tool in TOOLS):
        records = [sum(len(step.reopened[tool].records) for step in steps) for tool in TOOLS]
        yield "records among them".ljust(29) + "".join(f" {number:>22}" for number in records)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what the history of one article asks of its translators."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repo", type=Path, metavar="REPO", help="a git repository")
    parser.add_argument("path", metavar="PATH", help="a page in it, from its root")
    parser.add_argument("--locale", default="nl", help="the locale to translate into (nl)")
    parser.add_argument("--records", action="store_true", help="the records in the folder of the page too")
    given = parser.parse_args(arguments)
    steps = replay(list(history(given.repo, given.path, records=given.records)), given.locale)
    print("entries that a revision reopens, by tool")
    for line in table(steps):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
