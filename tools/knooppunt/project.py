"""A project on disk: the one place that knows where its files are.

Everything is read at most once and only when asked for; what the other rooms make of it is text.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from knooppunt.catalogs import Catalog, Ledger, entry_state, parse_ledger, parse_po
from knooppunt.config import LocaleConfig, Settings, load_locales, load_settings
from knooppunt.errors import DataError, Problem, UsageError
from knooppunt.files import inside, read_text
from knooppunt.knowledge import Knowledge, link, parse_records, record_segments
from knooppunt.mkdocsfile import navigation_titles, parse_mkdocs
from knooppunt.model import Origin, Segment, State, Text
from knooppunt.pages import parse_front_matter, parse_page, records_directives
from knooppunt.recent import Recent
from knooppunt.sources import RECORDS, SITE, SourcePage, article_name, source_files, source_paths
from knooppunt.strings import STRINGS, string_segments
from knooppunt.translated import (
    Insert,
    Inserts,
    Policy,
    RenderedPage,
    indented,
    publish_page,
    render_records,
    source_page,
    source_record,
    translate_record,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from knooppunt.model import Page, Record, Redirect, TranslatedRecord
    from knooppunt.sources import SourceFile


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """How far one article is in one locale."""

    locale: str
    name: str
    title: str
    entries: Mapping[State, int]
    words: Mapping[State, int]
    """Words of the source text, by the state of their translation."""


class Project:
    """The sources, catalogs and settings under one folder."""

    def __init__(
        self, settings: Settings, locales: tuple[LocaleConfig, ...], made: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.settings = settings
        self.locales = locales
        self._made = dict(made)
        self._pages: Recent[str, Page] = Recent()
        self._catalogs: Recent[tuple[str, str], Catalog | None] = Recent()
        self._ledgers: dict[str, Ledger] = {}
        self._words: dict[str, Callable[[str], Text]] = {}
        self._records: dict[str, dict[str, TranslatedRecord]] = {}

    @classmethod
    def load(cls, root: Path, made: Iterable[tuple[str, str]] = (), settings: Settings | None = None) -> Project:
        """The project at `root`; `made` are pages that come from code: (path under docs, text).

        `settings` are those of its files where None. Raises DataError or UsageError where settings or locales are
        not right.
        """
        settings = settings or load_settings(root)
        if not settings.docs_path.is_dir():
            raise UsageError(f"there is no folder '{settings.docs}' in {root}; set 'docs' to where your pages are")
        return cls(settings, load_locales(settings), made)

    # Sources ---------------------------------------------------------------------------------------------------------

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Paths under docs of all pages and record files, sorted."""
        return tuple(source_paths(self.settings))

    @cached_property
    def sources(self) -> tuple[SourcePage, ...]:
        """All pages of the source, in the order of their paths; none of them has been read."""
        files = source_files(self.settings, self.paths, self._made)
        return tuple(SourcePage(file, partial(self._page, file)) for file in files)

    @cached_property
    def pages(self) -> tuple[SourcePage, ...]:
        """All pages of the source, in the order of their paths. Raises DataError with every unreadable page."""
        problems: list[Problem] = []
        for source in self.sources:
            try:
                source.load()
            except DataError as error:
                problems.extend(error.problems)
        if problems:
            raise DataError(problems)
        return self.sources

    def _page(self, file: SourceFile) -> Page:
        return self._pages.get(file.path, lambda: self._parsed(file), lambda page: len(page.text))

    def _parsed(self, file: SourceFile) -> Page:
        if file.made:
            text = self._made[file.path]
        else:
            self._stays(file.path, file.shown)
            text = read_text(self.settings.docs_path / file.path, file.shown)
            parse_front_matter(text, file.shown)
        return parse_page(text, path=file.shown, front_matter=self.settings.front_matter)

    def _stays(self, path: str, shown: str) -> None:
        """Refuse a link that leads out of the project: it would publish a file that nobody meant to publish."""
        if not (self.settings.docs_path / path).resolve().is_relative_to(self.settings.root.resolve()):
            raise DataError.single(shown, 0, "is a link that leads out of the project", hint="copy the file instead")

    @cached_property
    def by_name(self) -> Mapping[str, SourcePage]:
        """The pages by name."""
        return {page.name: page for page in self.sources}

    @cached_property
    def knowledge(self) -> Knowledge:
        """All records, validated one by one and against one another. Raises DataError with every problem."""
        problems: list[Problem] = []
        parts: list[tuple[tuple[Record, ...], tuple[Redirect, ...]]] = []
        for path in self.paths:
            if not path.endswith(RECORDS):
                continue
            shown = f"{self.settings.docs}/{path}"
            try:
                self._stays(path, shown)
                text = read_text(self.settings.docs_path / path, shown)
                parts.append(parse_records(text, shown, article=article_name(path), settings=self.settings))
            except DataError as error:
                problems.extend(error.problems)
        if problems:
            raise DataError(problems)
        return link(parts)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of all catalogs that the sources ask for, `site` last."""
        return (*sorted({page.name for page in self.sources} | set(self._articles)), SITE)

    @cached_property
    def _articles(self) -> Mapping[str, Sequence[Record]]:
        """Records by the article that owns them."""
        found: dict[str, list[Record]] = {}
        for record in self.knowledge.records.values():
            found.setdefault(record.article, []).append(record)
        return found

    def segments(self, name: str) -> tuple[Segment, ...]:
        """What the catalog of this name holds: the texts of the page, then those of its records."""
        if name == SITE:
            return tuple(self._site_segments())
        page = self.by_name.get(name)
        found = list(page.page.segments) if page else []
        for record in self._articles.get(name, ()):
            found += record_segments(record)
        return tuple(found)

    def _site_segments(self) -> Iterator[Segment]:
        settings = self.settings
        for group, labels in (("layer", settings.layers), ("variant", settings.variants)):
            for key, label in labels.items():
                yield _string(f"{group}.{key}", label, "pyproject.toml")
        for title in navigation_titles(self.mkdocs):
            yield _string(f"nav.{title}", title, "mkdocs.yml")
        description = self.mkdocs.get("site_description")
        if isinstance(description, str) and description.strip():
            yield _string("site.description", description.strip(), "mkdocs.yml")
        yield from string_segments("knooppunt")

    @cached_property
    def mkdocs(self) -> Mapping[str, Any]:
        """What mkdocs.yml says; empty where there is none. Raises DataError."""
        path = self.settings.root / "mkdocs.yml"
        return parse_mkdocs(read_text(path, "mkdocs.yml"), "mkdocs.yml") if path.is_file() else {}

    @property
    def directories(self) -> bool:
        """Whether a page is at `records/` rather than at `records.html`: MkDocs' `use_directory_urls`."""
        return self.mkdocs.get("use_directory_urls") is not False

    # Translations ----------------------------------------------------------------------------------------------------

    def locale_text(self, code: str, name: str) -> str:
        """A file of a locale's folder, such as `terms.yml`; empty where it is not there. Raises DataError."""
        path = self.settings.locales_path / code / name
        return read_text(path, f"{self.settings.locales}/{code}/{name}") if path.is_file() else ""

    def locale(self, code: str) -> LocaleConfig:
        """The settings of one target locale. Raises UsageError where the project has none of this code."""
        for locale in self.locales:
            if locale.code == code:
                return locale
        known = ", ".join(locale.code for locale in self.locales) or "none yet"
        raise UsageError(f"no locale '{code}' in {self.settings.locales}/ (there: {known}); add it with 'locale add'")

    def catalog_path(self, code: str, name: str) -> Path:
        """Where the catalog of an article is, or will be."""
        relative = f"{self.settings.locales}/{code}/LC_MESSAGES/{name}.po"
        return inside(self.settings.root, relative, "catalog")

    def catalog(self, code: str, name: str) -> Catalog | None:
        """The catalog of an article; None where it does not exist. Raises DataError where it is not valid."""
        return self._catalogs.get(
            (code, name), lambda: self._read_catalog(code, name), lambda catalog: len(catalog.text) if catalog else 0
        )

    def _read_catalog(self, code: str, name: str) -> Catalog | None:
        path = self.catalog_path(code, name)
        shown = path.relative_to(self.settings.root).as_posix()
        return parse_po(read_text(path, shown), shown) if path.is_file() else None

    def ledger_path(self, code: str) -> Path:
        """Where the ledger of a locale is, or will be."""
        return self.settings.locales_path / code / "reviews.jsonl"

    def ledger(self, code: str) -> Ledger:
        """The decisions on a locale's entries; empty where there is no ledger. Raises DataError."""
        if code not in self._ledgers:
            path = self.ledger_path(code)
            shown = path.relative_to(self.settings.root).as_posix()
            self._ledgers[code] = parse_ledger(read_text(path, shown), shown) if path.is_file() else Ledger(shown)
        return self._ledgers[code]

    def policy(self, code: str) -> Policy:
        """What a locale publishes."""
        return Policy(self.locale(code), self.settings.source_locale, self.ledger(code).approved)

    def words(self, locale: str) -> Callable[[str], Text]:
        """Knooppunt's own words, labels and navigation titles by id, in a locale.

        An id such as `nav.Home` that is not known gives the part behind its first dot, in the source's language.
        """
        if locale not in self._words:
            self._words[locale] = self._make_words(locale)
        return self._words[locale]

    def _make_words(self, locale: str) -> Callable[[str], Text]:
        source = self.settings.source_locale
        segments = {segment.context: segment for segment in self.segments(SITE)}
        policy = None if locale == source else self.policy(locale)
        catalog = None if policy is None else self.catalog(locale, SITE)
        known: dict[str, Text] = {}

        def word(name: str) -> Text:
            if name not in known:
                segment = segments.get(name)
                if segment is None:
                    known[name] = Text(STRINGS.get(name, name.partition(".")[2] or name), source, "source")
                elif policy is None:
                    known[name] = Text(segment.msgid, source, "source")
                else:
                    known[name] = policy.choose(segment, catalog)
            return known[name]

        return word

    def translated_records(self, locale: str) -> tuple[TranslatedRecord, ...]:
        """All records in one locale, which may be the source's, in the order of the sources."""
        return tuple(self._records_of(locale).values())

    def _records_of(self, locale: str) -> dict[str, TranslatedRecord]:
        if locale not in self._records:
            records = self.knowledge.records
            if locale == self.settings.source_locale:
                made = {name: source_record(record, locale) for name, record in records.items()}
            else:
                policy = self.policy(locale)
                made = {
                    name: translate_record(record, self.catalog(locale, record.article), policy)
                    for name, record in records.items()
                }
            self._records[locale] = made
        return self._records[locale]

    def rendered(self, source: SourcePage, locale: str) -> RenderedPage:
        """A page as readers of a locale get it, directives replaced; the locale may be the source's.

        Raises DataError for a directive that asks for what is not there, and for a record shown twice on the page.
        """
        inserts = self._inserts(source, locale)
        if locale == self.settings.source_locale:
            return source_page(source.page, locale, inserts)
        policy = self.policy(locale)
        catalog = self.catalog(locale, source.name)
        return publish_page(
            source.page,
            policy,
            lambda segment: policy.choose(segment, catalog),
            stale_note=self.words(locale)("block.stale").value,
            catalog_text=catalog.text if catalog else None,
            inserts=inserts,
        )

    def _inserts(self, source: SourcePage, locale: str) -> Inserts:
        shown: dict[str, int] = {}
        chosen = []
        for directive in records_directives(source.page):
            records = self.knowledge.select(**directive.filters)
            if not records:
                raise DataError.single(source.shown, directive.line, "this directive selects no record")
            for record in records:
                if record.id in shown:
                    message = f"record '{record.id}' is already shown on line {shown[record.id]}"
                    hint = "a page has one anchor per record; make the filters narrower"
                    raise DataError.single(source.shown, directive.line, message, hint=hint)
                shown[record.id] = directive.line
            chosen.append((directive, [self._records_of(locale)[record.id] for record in records]))
        words = self.words(locale)

        def inserts(mark: bool) -> list[Insert]:  # the type of a callback has no names
            return [
                Insert(
                    directive.start,
                    directive.end,
                    _placed(render_records(records, directive.form, words, mark=mark), source.text, directive.start),
                    tuple(text for record in records for text in record.texts.values()),
                )
                for directive, records in chosen
            ]

        return inserts

    def status(self) -> tuple[ArticleStatus, ...]:
        """How far each article is in each locale, locales in order, `site` last."""
        found = []
        for locale in self.locales:
            approved = self.ledger(locale.code).approved
            for name in self.names:
                catalog = self.catalog(locale.code, name)
                entries: Counter[State] = Counter()
                words: Counter[State] = Counter()
                for segment in _unique(self.segments(name)):
                    entry = catalog.get(segment.context, segment.msgid) if catalog else None
                    state = entry_state(entry, approved) if entry else State.UNTRANSLATED
                    entries[state] += 1
                    words[state] += max(len(segment.msgid.split()), 1)
                found.append(ArticleStatus(locale.code, name, self._title(name), entries, words))
        return tuple(found)

    def _title(self, name: str) -> str:
        page = self.by_name.get(name)
        if page is None:
            return name
        title = parse_front_matter(page.text, page.shown).get("title")
        headings = (block.segments[0].msgid for block in page.page.blocks if block.kind == "heading" and block.segments)
        return str(title or next(headings, name))


def _placed(markdown: str, page: str, start: int) -> str:
    """Markdown as it stands at `start` of a page: indented as that line is, with the page's line endings."""
    text = indented(markdown, page[page.rfind("\n", 0, start) + 1 : start])
    return text.replace("\n", "\r\n") if "\r\n" in page else text


def _unique(segments: Iterable[Segment]) -> list[Segment]:
    return list({(segment.context, segment.msgid): segment for segment in segments}.values())


def _string(context: str, text: str, path: str) -> Segment:
    return Segment(text, Origin(path, 1, pointer=context), "string", context)
