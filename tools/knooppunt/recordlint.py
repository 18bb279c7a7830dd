"""The rules for records over a project, or over any YAML files."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.checking.results import FileResult, found_in, in_order
from knooppunt.errors import DataError, Problem, UsageError
from knooppunt.feed.changelog import MOVED, REMOVED, SPLIT
from knooppunt.feed.history import dated_facts
from knooppunt.feed.of_project import logged_changes
from knooppunt.files import listed, read_text
from knooppunt.knowledge import holds_records, parse_records
from knooppunt.linting import Around, Fields, find, lint, parse_fields, select
from knooppunt.linting.suite import FOLDER, suite_files
from knooppunt.sources import RECORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from knooppunt.checking.results import Found
    from knooppunt.config import Settings
    from knooppunt.feed.changelog import Change
    from knooppunt.model import Finding
    from knooppunt.project import Project

_GONE = (MOVED, SPLIT, REMOVED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rules run, and what they are told."""

    selected: Collection[str] | None = None
    """Codes or names; all where None."""
    ignored: Collection[str] = ()
    versions: tuple[str, ...] = ()
    """Versions of Kubernetes that the records are about; all that are known where empty."""
    today: datetime.date | None = None
    """The day on which this machine is where None."""
    clones: Mapping[str, Path] = field(default_factory=dict)
    """Clones of sources, by the first part of their names."""


class Linted:
    """Findings of files of records, for a report."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._found = in_order(found_in("", finding) for finding in findings)

    @property
    def failures(self) -> int:
        """All of them: no rule has mere notes."""
        return len(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Found]:
        return iter(self._found)

    def made(self) -> Iterator[Found]:
        """No rule has a fix."""
        return iter(())


def lint_project(project: Project, wanted: Wanted = Wanted()) -> tuple[Linted, int]:
    """What the rules find in the records of a project, and in how many files they looked.

    The log of changes tells which ids were published and retired. Raises DataError for what cannot be read, UsageError
    for an unknown rule or version, and GitError for a clone.
    """
    settings = project.settings
    paths = [path for path in project.paths if path.endswith(RECORDS)]
    texts = _read((settings.docs_path / path, f"{settings.docs}/{path}") for path in paths)
    retired, published = _told(logged_changes(project))
    findings = _lint(texts, settings, wanted, retired, published)
    return Linted(findings), len(texts)


def lint_files(paths: Iterable[str], base: Path, settings: Settings, wanted: Wanted = Wanted()) -> tuple[Linted, int]:
    """The same for YAML files, or for those in folders that hold records. Raises UsageError where there are none."""
    texts = _read(_gathered(paths, base), only_records=True)
    if not texts:
        raise UsageError("there is no file of records here; a record begins with 'product.area.slug:'")
    return Linted(_lint(texts, settings, wanted, {}, {})), len(texts)


def record_results(project: Project, selected: Collection[str] | None) -> Iterator[FileResult]:
    """What the rules find in each file of records, in the order of the files, for `knooppunt check`."""
    found: dict[str, list[Found]] = {}
    for path in project.paths:
        if path.endswith(RECORDS):
            found[f"{project.settings.docs}/{path}"] = []
    if found and selected != []:
        for item in lint_project(project, Wanted(selected))[0]:
            found[item.finding.origin.path].append(item)
    for shown in sorted(found):
        yield FileResult(shown, tuple(found[shown]))


def split_selected(names: Collection[str] | None) -> tuple[list[str] | None, list[str] | None]:
    """The names of checks, and those of rules, out of both; None for all of each."""
    if names is None:
        return None, None
    rules = [name for name in names if find(name) is not None]
    return [name for name in names if name not in rules], rules


@cache
def kubernetes_fields() -> Fields:
    """The fields of Kubernetes' objects, from the data that ships with the package."""
    return parse_fields(json.loads(_fields_data()))


def fixture_files(root: Path) -> dict[str, bytes]:
    """The suite of fixtures, by name; `root` is any folder."""
    return suite_files(_fields_data(), root)


def published_suite(root: Path) -> dict[str, bytes]:
    """The same by path in a site."""
    return {f"{FOLDER}/{name}": data for name, data in fixture_files(root).items()}


def _fields_data() -> bytes:
    return (files("knooppunt.linting") / "kubernetes.json").read_bytes()


def _lint(
    texts: list[tuple[str, str]],
    settings: Settings,
    wanted: Wanted,
    retired: Mapping[str, str],
    published: Mapping[str, str],
) -> list[Finding]:
    known = kubernetes_fields()
    for version in wanted.versions:
        if version not in known.versions:
            span = f"{known.versions[0]} to {known.versions[-1]}"
            raise UsageError(f"Kubernetes '{version}' is not known; there are {span}")
    around = Around(
        settings=settings,
        today=wanted.today or datetime.datetime.now(datetime.UTC).date(),
        kubernetes=known,
        versions=wanted.versions,
        retired=retired,
        published=published,
        changed=_changed(texts, settings, wanted.clones) if wanted.clones else {},
    )
    return lint(texts, around, select(wanted.selected, wanted.ignored))


def _changed(
    texts: Iterable[tuple[str, str]], settings: Settings, clones: Mapping[str, Path]
) -> dict[tuple[str, str], datetime.date]:
    """Day of the last event of each piece of evidence that has `match`, as far as its file can be read."""
    found: dict[tuple[str, str], datetime.date] = {}
    for text, path in ((text, path) for path, text in texts):
        try:
            records, _ = parse_records(text, path, article="", settings=settings)
        except DataError:
            continue  # the rules say what is wrong with it
        for fact in dated_facts(records, clones):
            if fact.events and fact.evidence.match is not None:
                found[fact.evidence.source, fact.evidence.match] = fact.events[-1].day
    return found


def _told(changes: Iterable[Change]) -> tuple[dict[str, str], dict[str, str]]:
    """Ids that a log says are retired, and those that it says are published, each with the change and its day."""
    retired: dict[str, str] = {}
    published: dict[str, str] = {}
    for change in changes:
        day = f" on {change.date}" if change.date else ""
        gone = change.change in _GONE
        retired.pop(change.id, None)
        published.pop(change.id, None)
        (retired if gone else published)[change.id] = f"{change.change if gone else 'published'}{day}"
        if change.change in (MOVED, SPLIT):
            published[change.id] = f"{change.change}{day}"
    return retired, published


def _gathered(paths: Iterable[str], base: Path) -> Iterator[tuple[Path, str]]:
    for given in paths:
        path = base / given
        if path.is_dir():
            lead = "" if given.rstrip("/") in {"", "."} else f"{given.rstrip('/')}/"
            yield from ((path / name, f"{lead}{name}") for name in listed(path, given, RECORDS))
        elif not path.is_file():
            raise UsageError(f"there is no file or folder '{given}'")
        elif not given.endswith(RECORDS):
            raise UsageError(f"'{given}' is no YAML file; records are in {' and '.join(RECORDS)} files")
        else:
            yield path, given


def _read(places: Iterable[tuple[Path, str]], *, only_records: bool = False) -> list[tuple[str, str]]:
    """Path and text of each file, sorted, each once. Raises DataError with every file that cannot be read."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for path, shown in places:
        try:
            text = read_text(path, shown)
        except DataError as error:
            problems += error.problems
            continue
        if holds_records(text) or not only_records:
            texts[shown] = text
    if problems:
        raise DataError(problems)
    return sorted(texts.items())
