"""Sources -> catalogs, for a whole project."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from knooppunt.caching import Inputs, UpdateCache, text_digest
from knooppunt.catalogs import Donors, fill_po, parse_po, update_po
from knooppunt.errors import DataError, UsageError
from knooppunt.files import Writes, alone, read_text, sweep
from knooppunt.remembering import LocaleMemory, memory_files
from knooppunt.sources import SITE
from knooppunt.update_report import CatalogChange, Orphan, UpdateReport
from knooppunt.words import shipped_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from knooppunt.catalogs import Update
    from knooppunt.errors import Problem
    from knooppunt.model import Entry
    from knooppunt.project import Project


def update_catalogs(
    project: Project,
    *,
    locales: Iterable[str] = (),
    names: Iterable[str] = (),
    write: bool = True,
    fill: bool = False,
    cached: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> UpdateReport:
    """Bring catalogs up to date with the sources; the empty choice of locales or names means all.

    A name may be given as the path of the page too, such as `docs/limits/index.md`.

    Catalogs of articles that are gone give their translations to new articles (a rename), and stay where they are.
    Everything is read and worked out before the first file takes its name, so bad input changes nothing; only one
    article at a time is in memory. The project is held against other runs that write, and what a killed run left
    beside the catalogs is swept. `cached` passes over catalogs that an earlier update has found up to date.
    Texts that are new are looked up in the translation memory of the locale; with `fill`, older ones without a
    translation too. Raises DataError with the problems of every catalog.
    """
    codes = list(dict.fromkeys(locales)) or [locale.code for locale in project.locales]
    for code in codes:
        project.locale(code)
    paths = {page.shown: page.name for page in project.sources}
    chosen = [paths.get(name.removeprefix("./"), name) for name in names] or list(project.names)
    unknown = sorted(set(chosen) - set(project.names))
    if unknown:
        raise UsageError(f"no article '{unknown[0]}'; 'knooppunt status' lists them")
    root = project.settings.root
    with alone(root) if write else contextlib.nullcontext(), Writes() as writes:
        cache = UpdateCache(Inputs(project.settings, codes), empty=fill or not cached)
        run = _Run(project, codes, frozenset(chosen), cache, writes if write else None, fill, progress)
        report = run.report()
        writes.commit()
        if write:
            run.remember()
        if write and report.behind:
            sweep(project.settings.locales_path)
    return report


class _Run:
    """One update: a survey of all catalogs, which settles those that need nothing from others, then the rest."""

    def __init__(
        self,
        project: Project,
        codes: Sequence[str],
        chosen: frozenset[str],
        cache: UpdateCache,
        writes: Writes | None,
        fill: bool,
        progress: Callable[[str], None],
    ) -> None:
        self.project = project
        self.codes = codes
        self.chosen = chosen
        self.cache = cache
        self.writes = writes
        self.fill = fill
        self.progress = progress
        self.memories = {code: self.memory(code) for code in codes}
        self.title = str(project.mkdocs.get("site_name") or "PROJECT")
        self.problems: list[Problem] = []
        self.donors: dict[str, list[Entry]] = {code: [] for code in codes}
        self.orphans: dict[str, list[Orphan]] = {code: [] for code in codes}
        self.changes: dict[tuple[str, str], CatalogChange] = {}
        self.lines: dict[str, dict[str, tuple[str, ...]]] = {code: {} for code in codes}
        self.written: dict[str, dict[str, str]] = {code: {} for code in codes}
        self.ledgers: dict[str, str] = {}

    def memory(self, code: str) -> LocaleMemory | None:
        """The translation memory of a locale; None where there is nothing that it could be made of."""
        filled = self.cache.inputs.catalogs[code] or any(memory_files(self.project, code))
        return LocaleMemory(self.project, code, strict=False, progress=self.progress) if filled else None

    def report(self) -> UpdateReport:
        """Work everything out, and write it beside its place."""
        for code in self.codes:
            with self.noting():
                self.project.ledger(code)
            self.survey_orphans(code)
        waiting = [pair for name in self.project.names for pair in self.survey(name)]
        if not self.problems:
            shared = {code: Donors(entries) for code, entries in self.donors.items()}
            for code, name in waiting:
                with self.noting():
                    self.update(code, name, shared[code])
        if self.problems:
            raise DataError(self.problems)
        for code in self.codes:
            self.write_ledger(code)
        order = {name: place for place, name in enumerate(self.project.names)}
        places = {code: place for place, code in enumerate(self.codes)}
        changes = sorted(self.changes.values(), key=lambda change: (places[change.locale], order[change.name]))
        return UpdateReport(tuple(changes), tuple(orphan for code in self.codes for orphan in self.orphans[code]))

    def survey_orphans(self, code: str) -> None:
        """Catalogs whose article is gone: their translations serve a page that takes its place."""
        known = set(self.project.names)
        for name in sorted(set(self.cache.inputs.catalogs[code]) - known):
            with self.noting():
                catalog = self.project.catalog(code, name)
                translated = [entry for entry in catalog.active if entry.msgstr] if catalog else []
                self.donors[code] += translated
                self.orphans[code].append(Orphan(code, self.shown(code, name), len(translated)))

    def survey(self, name: str) -> Iterable[tuple[str, str]]:
        """Locale and name of the catalogs of an article that have to wait until all donors are known."""
        for code in self.codes:
            messages = self.cache.current(code, name)
            if messages is not None:
                self.note(code, name, {"unchanged": messages})
                continue
            self.progress(f"{code} {name}")
            with self.noting():
                segments = self.project.segments(name)
                catalog = self.project.catalog(code, name)
                wanted = {(segment.context, segment.msgid) for segment in segments if segment.msgid}
                if catalog is not None and name != SITE:
                    self.donors[code] += [e for e in catalog.active if e.msgstr and e.key not in wanted]
                if name not in self.chosen:
                    continue
                # A locale without any catalog has no donors to wait for.
                first = not self.cache.inputs.catalogs[code]
                if first or (catalog is not None and wanted <= catalog.by_key.keys()):
                    self.update(code, name, Donors(()))
                else:
                    yield code, name

    def update(self, code: str, name: str, donors: Donors) -> None:
        """Bring one catalog up to date."""
        project = self.project
        before = project.catalog(code, name)
        if name == SITE:
            donors = Donors([*donors.entries, *shipped_words(code)])
        memory = self.memories[code]
        update = update_po(
            before,
            project.segments(name),
            locale=code,
            ledger=project.ledger(code),
            donors=donors,
            project=self.title,
            suggest=memory.article(name) if memory else None,
        )
        if self.fill and memory:
            update = self.filled(update, name, memory)
        self.note(code, name, update.counts, changed=update.changed, created=before is None)
        if update.changed:
            self.written[code][name] = text_digest(update.text)
            if self.writes is not None:
                self.writes.add(project.catalog_path(code, name), update.text, before=before.text if before else None)
        text = update.text if update.changed or before is not None else None
        self.cache.keep(code, name, text, sum(update.counts.values()) - update.counts["obsolete"])
        if update.ledger_lines:
            self.lines[code][name] = update.ledger_lines

    def filled(self, update: Update, name: str, memory: LocaleMemory) -> Update:
        """An update with what a memory offers for the empty entries that were there before."""
        filled = fill_po(parse_po(update.text, name), self.project.segments(name), memory.article(name))
        if not filled.remembered + filled.suggested:
            return update
        counts = dict(update.counts)
        counts["unchanged"] -= filled.remembered + filled.suggested
        counts["remembered"] += filled.remembered
        counts["suggested"] += filled.suggested
        return replace(update, text=filled.text, changed=True, counts=counts)

    def note(
        self, code: str, name: str, counts: Mapping[str, int], *, changed: bool = False, created: bool = False
    ) -> None:
        """Put one catalog of those asked for into the report."""
        if name in self.chosen:
            self.changes[code, name] = CatalogChange(code, name, self.shown(code, name), counts, changed, created)

    def write_ledger(self, code: str) -> None:
        """Append the approvals that were carried over, in the order of the articles."""
        lines = [line for name in sorted(self.lines[code]) for line in self.lines[code][name]]
        if lines and self.writes is not None:
            path = self.project.ledger_path(code)
            old = read_text(path) if path.is_file() else ""
            text = old + ("" if old.endswith("\n") or not old else "\n") + "".join(lines)
            self.ledgers[code] = text_digest(text)
            # Before the catalogs: a run that is cut short leaves approvals of texts to come, and never the reverse.
            self.writes.add(path, text, before=old or None, first=True)

    def remember(self) -> None:
        """Keep what is known to be up to date now."""
        for code in self.codes:
            verdict = self.cache.locale(code)
            whole = self.chosen == set(self.project.names)
            inputs = self.cache.inputs
            verdict.everything = inputs.everything(code, self.written[code], self.ledgers.get(code)) if whole else ""
            verdict.orphans = [(orphan.path, orphan.translated) for orphan in self.orphans[code]]
            known = set(self.project.names)
            verdict.articles = {name: value for name, value in verdict.articles.items() if name in known}
        self.cache.save()

    def shown(self, code: str, name: str) -> str:
        return f"{self.project.settings.locales}/{code}/LC_MESSAGES/{name}.po"

    @contextlib.contextmanager
    def noting(self) -> Iterator[None]:
        """Collect problems, so that all of them are told at once."""
        try:
            yield
        except DataError as error:
            self.problems.extend(error.problems)
