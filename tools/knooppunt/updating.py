"""Sources -> catalogs, for a whole project."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.catalogs import update_po
from knooppunt.errors import DataError, UsageError
from knooppunt.files import read_text, write_atomic
from knooppunt.sources import SITE
from knooppunt.words import shipped_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from knooppunt.catalogs import Catalog
    from knooppunt.errors import Problem
    from knooppunt.model import Entry
    from knooppunt.project import Project


@dataclass(frozen=True, slots=True)
class CatalogChange:
    """What an update does to one catalog."""

    locale: str
    name: str
    path: str
    """Path from the project's root."""
    counts: Mapping[str, int]
    """Entries by what happened: `new`, `carried`, `fuzzy`, `obsolete`, `revived`, `unchanged`."""
    changed: bool
    created: bool = False


@dataclass(frozen=True, slots=True)
class Orphan:
    """A catalog whose article is gone."""

    locale: str
    path: str
    translated: int
    """Entries with a translation, which serve renamed articles until the file is removed."""


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """All that an update did, or would do."""

    changes: tuple[CatalogChange, ...]
    orphans: tuple[Orphan, ...]

    @property
    def behind(self) -> tuple[CatalogChange, ...]:
        """Catalogs that were not up to date."""
        return tuple(change for change in self.changes if change.changed)


def update_catalogs(
    project: Project,
    *,
    locales: Iterable[str] = (),
    names: Iterable[str] = (),
    write: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> UpdateReport:
    """Bring catalogs up to date with the sources; the empty choice of locales or names means all.

    A name may be given as the path of the page too, such as `docs/limits/index.md`.

    Catalogs of articles that are gone give their translations to new articles (a rename), and stay where they are.
    Everything is read and worked out before the first file is written, so bad input changes nothing.
    Raises DataError with the problems of every catalog.
    """
    codes = list(locales) or [locale.code for locale in project.locales]
    paths = {page.shown: page.name for page in project.pages}
    chosen = [paths.get(name.removeprefix("./"), name) for name in names] or list(project.names)
    unknown = sorted(set(chosen) - set(project.names))
    if unknown:
        raise UsageError(f"no article '{unknown[0]}'; 'knooppunt status' lists them")
    changes: list[CatalogChange] = []
    orphans: list[Orphan] = []
    writes: list[tuple[Path, str]] = []
    problems: list[Problem] = []
    for code in codes:
        try:
            made = _update_locale(project, code, chosen, writes, progress)
        except DataError as error:
            problems.extend(error.problems)
            continue
        changes += made.changes
        orphans += made.orphans
    if problems:
        raise DataError(problems)
    if write:
        for path, text in writes:
            write_atomic(path, text)
    return UpdateReport(tuple(changes), tuple(orphans))


def _update_locale(
    project: Project, code: str, names: list[str], writes: list[tuple[Path, str]], progress: Callable[[str], None]
) -> UpdateReport:
    project.locale(code)
    ledger = project.ledger(code)
    lost, orphans = _donors(project, code)
    changes = []
    lines: list[str] = []
    title = str(project.mkdocs.get("site_name") or "PROJECT")
    problems: list[Problem] = []
    for name in names:
        progress(f"{code} {name}")
        try:
            before = project.catalog(code, name)
        except DataError as error:
            problems.extend(error.problems)
            continue
        donors = [*lost, *shipped_words(code)] if name == SITE else lost
        path = project.catalog_path(code, name)
        shown = path.relative_to(project.settings.root).as_posix()
        update = update_po(before, project.segments(name), locale=code, ledger=ledger, donors=donors, project=title)
        changes.append(CatalogChange(code, name, shown, update.counts, update.changed, created=before is None))
        if update.changed:
            writes.append((path, update.text))
        lines += update.ledger_lines
    if problems:
        raise DataError(problems)
    if lines:
        path = project.ledger_path(code)
        old = read_text(path) if path.is_file() else ""
        writes.append((path, old + ("" if old.endswith("\n") or not old else "\n") + "".join(lines)))
    return UpdateReport(tuple(changes), orphans)


def _donors(project: Project, code: str) -> tuple[list[Entry], tuple[Orphan, ...]]:
    """Entries of catalogs whose article is gone, and of texts that left one article and may be in another now."""
    root = project.settings.locales_path / code / "LC_MESSAGES"
    known = set(project.names)
    donors: list[Entry] = []
    orphans = []
    for path in sorted(root.rglob("*.po")):
        name = path.relative_to(root).as_posix().removesuffix(".po")
        try:
            catalog = project.catalog(code, name)
        except DataError:
            if name in known:
                continue  # reported where the catalog itself is updated
            raise
        if catalog is None:
            continue
        translated = [entry for entry in catalog.active if entry.msgstr]
        if name not in known:
            donors += translated
            shown = path.relative_to(project.settings.root).as_posix()
            orphans.append(Orphan(code, shown, len(translated)))
        elif name != SITE:
            donors += _given_up(catalog, project)
    return donors, tuple(orphans)


def _given_up(catalog: Catalog, project: Project) -> list[Entry]:
    name = catalog.path.partition("LC_MESSAGES/")[2].removesuffix(".po")
    kept = {(segment.context, segment.msgid) for segment in project.segments(name)}
    return [entry for entry in catalog.active if entry.msgstr and entry.key not in kept]


def totals(changes: Iterable[CatalogChange]) -> Mapping[str, int]:
    """Entries of several catalogs together, by what happened."""
    total: Counter[str] = Counter()
    for change in changes:
        total.update(change.counts)
    return total
