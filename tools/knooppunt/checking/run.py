"""What `check` does: for the catalogs and pages of a project, or for any files."""

from __future__ import annotations

import heapq
import pickle
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.checking.aligned import Known, sources_of
from knooppunt.checking.files import Kind, Task, kind_of
from knooppunt.checking.language import load_language
from knooppunt.checking.links import FilesOnDisk, PagesOnDisk, link_index
from knooppunt.checking.results import ALL, FileResult, found_in, in_order
from knooppunt.checking.rounds import Rounds
from knooppunt.checking.stats import Stats, Tally
from knooppunt.checking.work import Setup
from knooppunt.checks import LinkIndex, run_page
from knooppunt.errors import UsageError
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from knooppunt.checking.results import Found, Wanted
    from knooppunt.checks import Language
    from knooppunt.project import Project


@dataclass(frozen=True, slots=True)
class Options:
    """How to check."""

    select: Collection[str] | None = None
    """Ids of the checks to run; all where None."""
    fix: bool = False
    """Whether the safe edits are worked out; `Checking.write` writes them."""
    wanted: Wanted = ALL
    jobs: int | None = None
    """Processes; as many as are worth their start where None. The results are the same with any number."""
    stats: bool = False
    """Whether findings are counted, before the fixes and after."""


class Collected:
    """Results that wait on disk; they can be gone through as long as the check is open."""

    def __init__(self, place: Path, results: Iterable[FileResult]) -> None:
        self._place = place
        self.failures = self.notes = 0
        """Findings that are left: errors and warnings; notes."""
        self._results = 0
        with place.open("wb") as stream:
            for result in results:
                pickle.dump(result, stream)
                self._results += 1
                notes = sum(found.finding.severity is Severity.NOTE for found in result.found)
                self.notes += notes
                self.failures += len(result.found) - notes

    def __len__(self) -> int:
        """Findings that are left."""
        return self.failures + self.notes

    def __iter__(self) -> Iterator[Found]:
        """The findings that are left, in order."""
        for result in self._all():
            yield from result.found

    def made(self) -> Iterator[Found]:
        """The fixes, in the order of the files."""
        for result in self._all():
            yield from result.made

    def _all(self) -> Iterator[FileResult]:
        with self._place.open("rb") as stream:
            for _ in range(self._results):
                yield pickle.load(stream)  # noqa: S301 # our own file, which nobody else can read


@dataclass
class Checking:
    """A check that goes on: its results come file by file, in the order of their paths."""

    rounds: Rounds
    pages: Iterable[FileResult] = ()
    """Results of the pages of a project, which are not checked in rounds."""
    stats: Stats | None = None
    """Complete when all results have been taken; None where nothing is counted."""
    files: int = 0
    """Files whose results have been taken."""
    fixes: int = 0
    """Fixes that were made in them."""

    def results(self) -> Iterator[FileResult]:
        """What is found in each file. Raises DataError with every broken file."""
        for result in heapq.merge(self.rounds.results(), self.pages, key=lambda result: result.shown):
            self.files += 1
            self.fixes += len(result.made)
            if self.stats is not None and result.before is not None and result.after is not None:
                self.stats.add(result.shown, result.before, result.after)
            yield result

    def collected(self) -> Collected:
        """All results, taken and kept on disk, so that they can be gone through more than once."""
        return Collected(self.rounds.setup.spool / "collected", self.results())

    @property
    def changed(self) -> int:
        """Files that the fixes change."""
        return self.rounds.changed

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """Each of these files: its path as shown, its text before, and after."""
        yield from self.rounds.changes()

    def write(self) -> None:
        """Write the fixes. Raises DataError, and writes nothing, where a file has changed since it was checked."""
        self.rounds.write()


@contextmanager
def check_files(
    files: Iterable[tuple[Path, str]],
    *,
    language: Language | None,
    source: Path | None = None,
    translated: Path | None = None,
    options: Options = Options(),
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Checking]:
    """Check Markdown, PO and XLIFF files that need not belong to a project: (path, path as shown), sorted.

    Without a language only the checks of pages run. `source` is the page or folder that `translated` is a translation
    of; texts that belong together with confidence are checked beside their source. Raises UsageError where a catalog
    has no language, or where no page of the two belongs together.
    """
    code = "" if language is None else str(language.locale)
    sources = sources_of(source, translated, code) if source is not None and translated is not None else {}
    tasks = []
    for path, shown in files:
        kind = kind_of(shown) or Kind.MARKDOWN
        if kind is not Kind.MARKDOWN and language is None:
            raise UsageError(f"{shown}: which language is it in? give --locale")
        own = sources.get(path.resolve()) if sources and kind is Kind.MARKDOWN else None
        tasks.append(Task(path, shown, kind, code, own))

    def setup(folder: Path) -> Setup:
        return Setup(
            languages={} if language is None else {code: language},
            site=LinkIndex(PagesOnDisk(tasks, folder), FilesOnDisk(Path.cwd())),
            spool=folder,
            select=options.select,
            wanted=options.wanted,
            fix=options.fix,
            tally=options.stats,
            known=Known() if sources else None,
        )

    with Rounds(tasks, setup, jobs=options.jobs, progress=progress) as rounds:
        yield Checking(rounds, stats=Stats() if options.stats else None)


@contextmanager
def check_project(
    project: Project,
    *,
    locales: Collection[str] = (),
    options: Options = Options(),
    others: Iterable[FileResult] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Checking]:
    """Check every catalog of the locales (all where none is given) and every page of the source.

    `others` are results of files that are checked elsewhere, in the order of their paths.
    Raises DataError or UsageError for settings, termbases and word lists that are not right, and with every broken
    page.
    """
    codes = list(locales) or [str(locale.code) for locale in project.locales]
    languages = {code: load_language(project, code) for code in codes}
    tasks = []
    for code in codes:
        for name in project.names:
            path = project.catalog_path(code, name)
            if path.is_file():
                shown = path.relative_to(project.settings.root).as_posix()
                tasks.append(Task(path, shown, Kind.CATALOG, code))
    tasks.sort(key=lambda task: task.shown)
    site = link_index(project)

    def setup(folder: Path) -> Setup:
        return Setup(
            languages=languages,
            site=LinkIndex(),
            spool=folder,
            approved={code: project.ledger(code).approved for code in codes},
            select=options.select,
            wanted=options.wanted,
            fix=options.fix,
            tally=options.stats,
        )

    with Rounds(tasks, setup, jobs=options.jobs, progress=progress) as rounds:
        pages = heapq.merge(_pages(project, site, options), others, key=lambda result: result.shown)
        yield Checking(rounds, pages, Stats() if options.stats else None)


def _pages(project: Project, site: LinkIndex, options: Options) -> Iterator[FileResult]:
    """What is found in the pages of the source, which are in the order of their paths."""
    for source in sorted(project.pages, key=lambda source: source.shown):
        findings = [] if source.made else options.wanted.choose(run_page(source.page, site, options.select))
        found = in_order(found_in(source.page.text, finding) for finding in findings)
        tally = None
        if options.stats:
            tally = Tally(files=1)
            tally.add(found)
        yield FileResult(source.shown, found, (), tally, tally)
