"""Checks of a whole project or of any files given, and the fixes of what they find, written at their origin."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.catalogs import parse_po
from knooppunt.checks import LinkIndex, catalog_units, page_anchors, page_units, run_page, run_segments
from knooppunt.config import LocaleConfig
from knooppunt.errors import DataError, UsageError
from knooppunt.files import Writes, read_text
from knooppunt.fix import FixResult, fix_catalog, fix_markdown, settle
from knooppunt.model import Locale
from knooppunt.pages import parse_page, records_directives
from knooppunt.repair.language import Language, make_language

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from knooppunt.errors import Problem
    from knooppunt.model import Finding
    from knooppunt.project import Project
    from knooppunt.sources import SourcePage

GENERATED = ("records.md", "status.md")
"""Pages that the site makes: links to them are no broken links."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file that a fix changed, or would change."""

    path: Path
    shown: str
    before: str
    result: FixResult


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What checks found, and what fixes did about it."""

    findings: tuple[Finding, ...]
    """What is left to mend, sorted by place."""
    fixed: tuple[Fixed, ...] = ()
    checked: int = 0
    """Files that were looked at."""


def load_language(project: Project | None, locale: str) -> Language:
    """Termbase and word lists of a locale; empty ones where there is no project. Raises DataError or UsageError."""
    if project is None:
        return Language(Locale(locale), LocaleConfig(Locale(locale), locale))
    config = project.locale(locale)
    folder = project.settings.locales_path / locale
    shown = f"{project.settings.locales}/{locale}"

    def text(name: str) -> str:
        path = folder / name
        return read_text(path, f"{shown}/{name}") if path.is_file() else ""

    return make_language(config, terms=text("terms.yml"), words=text("words.txt"), keep=text("keep.txt"), folder=shown)


def check_project(
    project: Project,
    *,
    locales: Collection[str] = (),
    select: Collection[str] | None = None,
    fix: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckReport:
    """Check every catalog of the locales (all where none is given) and every page of the source.

    With `fix`, the safe edits are worked out; `write_fixes` writes them. Raises DataError with every broken file.
    """
    findings: list[Finding] = []
    fixed: list[Fixed] = []
    problems: list[Problem] = []
    checked = 0
    for code in locales or [locale.code for locale in project.locales]:
        language = load_language(project, code)
        approved = project.ledger(code).approved
        for name in project.names:
            progress(f"{code} {name}")
            try:
                catalog = project.catalog(code, name)
            except DataError as error:
                problems.extend(error.problems)
                continue
            if catalog is None:
                continue
            checked += 1

            def find(text: str, path: str = catalog.path, language: Language = language) -> list[Finding]:
                units = catalog_units(parse_po(text, path), language.locale, approved)  # noqa: B023 # called at once
                return run_segments(units, language, select)

            place = project.catalog_path(code, name)
            _take(place, catalog.path, catalog.text, find, fixed if fix else None, findings, catalog=True)
    if problems:
        raise DataError(problems)
    site = link_index(project)
    for source in project.pages:
        progress(source.path)
        checked += 1
        findings += _page_findings(source, site, select)
    return CheckReport(_sorted(findings), tuple(fixed), checked)


def check_files(
    files: Iterable[tuple[Path, str]],
    *,
    language: Language | None,
    select: Collection[str] | None = None,
    fix: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> CheckReport:
    """Check Markdown and PO files that need not belong to a project: (path, path as shown).

    Without a language only the checks of pages run. Raises DataError with every unreadable file.
    """
    findings: list[Finding] = []
    fixed: list[Fixed] = []
    problems: list[Problem] = []
    given = list(files)
    site = _index_of(given)
    for path, shown in given:
        progress(shown)
        try:
            text = read_text(path, shown)
            find = _finder(shown, language, site, select)
            _take(path, shown, text, find, fixed if fix else None, findings, catalog=shown.endswith(".po"))
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return CheckReport(_sorted(findings), tuple(fixed), len(given))


def _finder(
    shown: str, language: Language | None, site: LinkIndex, select: Collection[str] | None
) -> Callable[[str], list[Finding]]:
    def find(text: str) -> list[Finding]:
        if shown.endswith(".po"):
            if language is None:
                raise UsageError(f"{shown}: which language is it in? give --locale")
            return run_segments(catalog_units(parse_po(text, shown), language.locale), language, select)
        page = parse_page(text, path=shown)
        found = run_page(page, site, select)
        if language is not None:
            found += run_segments(page_units(page, language.locale), language, select)
        return found

    return find


def _take(
    path: Path,
    shown: str,
    text: str,
    find: Callable[[str], list[Finding]],
    fixed: list[Fixed] | None,
    findings: list[Finding],
    *,
    catalog: bool,
) -> None:
    """Add what is found in one file; with `fixed`, what is left after its fix."""
    if fixed is None:
        findings += find(text)
        return

    def mend(current: str, found: Iterable[Finding]) -> FixResult:
        return fix_catalog(current, shown, found) if catalog else fix_markdown(current, found, path=shown)

    result = settle(text, find, mend)
    if result.text != text:
        fixed.append(Fixed(path, shown, text, result))
    findings += find(result.text)


def write_fixes(report: CheckReport) -> None:
    """Write the fixed files, so that nothing half-written is ever seen.

    Raises DataError, and writes nothing, where a file has changed since it was checked.
    """
    with Writes() as writes:
        for item in report.fixed:
            writes.add(item.path, item.result.text, before=item.before)
        writes.commit()


def _page_findings(source: SourcePage, site: LinkIndex, select: Collection[str] | None) -> list[Finding]:
    return [] if source.made else run_page(source.page, site, select)


def link_index(project: Project) -> LinkIndex:
    """Where the links of a project's pages may lead."""
    docs = project.settings.docs_path
    pages: dict[str, frozenset[str]] = {}
    for source in project.pages:
        shown = {
            record.id
            for directive in records_directives(source.page)
            for record in project.knowledge.select(**directive.filters)
        }
        pages[source.path] = page_anchors(source.page, shown)
    for path in GENERATED:
        pages.setdefault(path, frozenset({*project.knowledge.records, *project.knowledge.redirects}))
    files = {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}
    return LinkIndex(pages, frozenset(files - set(pages)), project.settings.docs)


def _index_of(files: Iterable[tuple[Path, str]]) -> LinkIndex:
    """The index of a set of files: the pages given, and whatever lies in their folders."""
    pages: dict[str, frozenset[str]] = {}
    others: set[str] = set()
    folders: set[tuple[Path, str]] = set()
    for path, shown in files:
        if shown.endswith(".md"):
            pages[shown] = page_anchors(parse_page(read_text(path, shown), path=shown))
            folders.add((path.parent, shown.rpartition("/")[0]))
    for folder, prefix in folders:
        for path in folder.iterdir():
            if path.is_file():
                others.add(f"{prefix}/{path.name}" if prefix else path.name)
    return LinkIndex(pages, frozenset(others - set(pages)))


def gather_files(paths: Iterable[str], base: Path) -> Iterator[tuple[Path, str]]:
    """The Markdown and PO files that paths name, folders searched; each with its path as given.

    Raises UsageError for a path that is not there, and for a file of another kind.
    """
    for given in paths:
        path = base / given
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.suffix in {".md", ".po"} and file.is_file():
                    yield file, f"{given.rstrip('/')}/{file.relative_to(path).as_posix()}"
        elif not path.is_file():
            raise UsageError(f"there is no file or folder '{given}'")
        elif path.suffix not in {".md", ".po"}:
            raise UsageError(f"'{given}' is neither Markdown (.md) nor a catalog (.po)")
        else:
            yield path, given


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.origin, finding.check, finding.message)))
