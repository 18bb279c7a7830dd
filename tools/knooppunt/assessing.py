"""Manifests in files, folders and pipes, against the rules of a project or of a published feed."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.assess import Assessor, RustEngine, limits_of, limits_of_feed, parse_manifests, subjects
from knooppunt.assess.results import Assessment
from knooppunt.errors import DataError, UsageError
from knooppunt.files import decode, listed, read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from knooppunt.assess import Document, Limit, Report
    from knooppunt.errors import Problem
    from knooppunt.project import Project

ENDINGS = (".yaml", ".yml", ".json")
MAX_BYTES = 64 * 2**20
"""Of one file; a cluster's worth of manifests is far smaller."""
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Rules:
    """The records to assess by."""

    limits: tuple[Limit, ...]
    variants: tuple[str, ...]
    """All that the records name, in the order of the settings or of the feed."""
    locale: str


def project_rules(project: Project, locale: str | None = None) -> Rules:
    """The rules of a project, with texts in a locale (that of the source for None). Raises DataError or UsageError."""
    code = locale or project.settings.source_locale
    if code != project.settings.source_locale:
        project.locale(code)
    address = project.mkdocs.get("site_url")
    root = address.rstrip("/") + "/" if isinstance(address, str) and address else ""
    prefix = "" if code == project.settings.source_locale else f"{code}/"
    ending = "/" if project.directories else ".html"
    found = limits_of(
        project.translated_records(code),
        project.words(code),
        lambda name: f"{root}{prefix}records/{name}{ending}" if root else "",
    )
    known = tuple(project.settings.variants) or _variants(found)
    return Rules(found, known, code)


def feed_rules(path: Path) -> Rules:
    """The rules of `limitations.json` or `limitations.<locale>.json` of a feed. Raises DataError."""
    text = read_text(path, str(path))
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError.single(str(path), 0, f"not valid JSON: {error}", hint="give a file of a feed") from None
    found = limits_of_feed(document, str(path))
    return Rules(found, _variants(found), str(document.get("locale", "")))


def _variants(limits: Iterable[Limit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for limit in limits for name in limit.status))


def assess(
    rules: Rules,
    paths: Sequence[str],
    *,
    variants: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Assessment:
    """Assess every manifest under some paths; `-` is standard input. Documents are read one at a time.

    Files, documents and objects that cannot be read are problems of the assessment, and the rest is assessed
    nevertheless. Raises UsageError for a variant that no record names, where there is no rule, and where the paths
    hold nothing that could be assessed.
    """
    for name in variants:
        if name not in rules.variants:
            raise UsageError(f"no record names the variant '{name}' (there: {', '.join(rules.variants) or 'none'})")
    if not rules.limits:
        raise UsageError("no record has a rule; see 'Rules' in the handbook")
    chosen = tuple(name for name in rules.variants if name in variants) if variants else rules.variants
    assessor = Assessor(rules.limits, chosen, RustEngine())
    reports: list[Report] = []
    problems: list[Problem] = []
    passed_over = 0
    for shown, read in _inputs(paths, problems):
        progress(shown)
        try:
            for document in parse_manifests(read(), shown):
                found, left = _document(document, assessor, problems)
                reports.extend(found)
                passed_over += left
        except DataError as error:
            problems.extend(error.problems)
    if not reports and not problems:
        raise UsageError(f"nothing to assess in {', '.join(paths)}: no workload, and nothing else that a rule is about")
    return Assessment(chosen, rules.locale, assessor.count, tuple(reports), tuple(problems), passed_over)


def _document(document: Document, assessor: Assessor, problems: list[Problem]) -> tuple[list[Report], int]:
    found: list[Report] = []
    count = 0
    try:
        for subject in subjects(document):
            count += 1
            report = assessor.assess(subject)
            if report is not None and (report.is_workload or _says_something(report)):
                found.append(report)
    except DataError as error:
        problems.extend(error.problems)
    return found, max(count, 1) - len(found)


def _says_something(report: Report) -> bool:
    return any(verdict.hits or verdict.failures for verdict in report.verdicts)


def _inputs(paths: Sequence[str], problems: list[Problem]) -> Iterator[tuple[str, Callable[[], str]]]:
    """Name to show and reader of each file, sorted within each folder, every file once.

    A folder that cannot be searched is added to the problems.
    """
    seen: set[Path] = set()
    for name in paths:
        if name == STDIN:
            yield "stdin", _standard_input
            continue
        path = Path(name)
        if path.is_dir():
            try:
                files = [(path / found, f"{name.rstrip('/')}/{found}") for found in listed(path, name, ENDINGS)]
            except DataError as error:
                problems.extend(error.problems)
                continue
            if not files:
                raise UsageError(f"the folder '{name}' holds no {', '.join(ENDINGS)} file")
        else:
            files = [(path, name)]
        for file, shown in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield shown, _reader(file, shown)


def _reader(path: Path, shown: str) -> Callable[[], str]:
    def read() -> str:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise DataError.single(shown, 0, f"is larger than {MAX_BYTES // 2**20} MiB", hint="split the file")
        return read_text(path, shown)

    return read


def _standard_input() -> str:
    data = sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise DataError.single("stdin", 0, f"is larger than {MAX_BYTES // 2**20} MiB", hint="split the input")
    return decode(data, "stdin")
