"""Everything that a build knows before MkDocs reads the first page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knooppunt.errors import DataError, UsageError
from knooppunt.feed import project_feed
from knooppunt.feed.input import FOLDER
from knooppunt.feed.revision import source_revision
from knooppunt.files import read_text
from knooppunt.loading import load_project
from knooppunt.recordlint import published_suite
from knooppunt.site import navigation
from knooppunt.site.generated import PAGES, GeneratedPages
from knooppunt.site.gitdates import GitDates, git_dates
from knooppunt.site.languages import PARTIAL_PREFIX, SiteLocale, language_partial, site_locales
from knooppunt.site.notices import PageState
from knooppunt.site.preflight import CONFIG, home_page, preflight
from knooppunt.site.record_cards import record_path
from knooppunt.site.records_page import PATH as RECORDS
from knooppunt.site.staging import Staging, assets, front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from knooppunt.model import Text
    from knooppunt.project import Project

CHECKS = Path(__file__).parent.parent / "checks"
"""The checks, whose own documentation makes pages."""
THEME = Path(__file__).parent / "theme"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A project whose pages are staged."""

    project: Project
    locales: tuple[SiteLocale, ...]
    """The source first."""
    nav: navigation.Nav
    nav_translations: Mapping[str, Mapping[str, str]]
    """By locale: title in the source language -> title."""
    pages: tuple[str, ...]
    """Paths of all pages of a language, generated ones too."""
    states: Mapping[tuple[str, str], PageState]
    """By locale and path."""
    dates: GitDates
    folder: Path
    """The staging folder."""
    theme: Path
    """The folder of the language files that were made for the theme."""
    feed: Mapping[str, bytes]
    """Files of the feed by path relative to the root of the site."""
    suite: Mapping[str, bytes]
    """Fixtures of the rules for records, likewise, where the site has pages about the rules."""

    @property
    def source(self) -> SiteLocale:
        return self.locales[0]

    def locale(self, code: str) -> SiteLocale:
        """One of the languages by its code."""
        return next(item for item in self.locales if item.code == code)

    def words(self, code: str) -> Callable[[str], Text]:
        """Knooppunt's own words in a language."""
        return self.project.words(code)

    def translated(self, path: str) -> tuple[str, ...]:
        """Codes of the languages in which a page is more than a copy of its source."""
        return tuple(item.code for item in self.locales if not self.states[item.code, path].fallback)

    def feed_of(self, code: str) -> str | None:
        """The path of the feed in a language, relative to the root of the site; None where there is none."""
        return feed_path(self.feed, code)

    def news_of(self, code: str) -> str | None:
        """The path of what a feed reader reads in a language; None where there is no feed."""
        return news_path(self.feed, code)

    def retired(self) -> dict[str, str]:
        """Path of the page that a retired id would have -> where to lead; empty where records have no pages."""
        knowledge = self.project.knowledge
        found = {}
        for name in knowledge.redirects:
            ends = [path for path in map(record_path, knowledge.resolve(name)) if path in self.pages]
            if ends:
                found[record_path(name)] = ends[0] if len(ends) == 1 else f"{RECORDS}#{name}"
        return found

    def watched(self) -> tuple[Path, ...]:
        """Folders whose changes make a new build."""
        settings = self.project.settings
        return tuple(path for path in (settings.docs_path, settings.locales_path, CHECKS) if path.is_dir())

    def changed(self, code: str, path: str) -> date | None:
        """Day of the last change to a page's source or catalog; None where git does not know."""
        settings = self.project.settings
        if path not in {source.path for source in self.project.pages}:
            return None
        source = f"{settings.docs}/{path}"
        files = [source]
        if code != self.source.code:
            name = path.removesuffix(".md").removesuffix("/index")
            files.append(f"{settings.locales}/{code}/LC_MESSAGES/{name}.po")
        return self.dates.newest(files)


def prepare(
    config_file: Path,
    *,
    nav: navigation.Nav | None,
    docs_dir: Path,
    excluded: Callable[[str], bool],
    only: Collection[str] | None = None,
    theme_dirs: Sequence[str] = (),
    site_url: str | None = None,
    with_feed: bool = True,
) -> Prepared:
    """Check a project, and write its pages in all languages into the staging folder.

    `only` are the locales to build beside the source (None for all); `excluded` says of a path under docs whether
    mkdocs.yml keeps it out. Raises DataError or UsageError, with everything that is wrong.
    """
    root = config_file.parent
    project = load_project(root)
    settings = project.settings
    if docs_dir.resolve() != settings.docs_path.resolve():
        raise UsageError(f"{CONFIG}: docs_dir is {docs_dir}, but Knooppunt's setting 'docs' is '{settings.docs}'")
    paths = [page.path for page in project.pages if not excluded(page.path)]
    made = _made(nav, paths)
    has_feed = bool(with_feed and site_url and project.knowledge.records)
    nav = navigation.default_nav(paths, _titles(project)) if nav is None else navigation.expand(nav, [*paths, *made])
    problems = preflight(
        pages=paths,
        nav=nav,
        source=settings.source_locale,
        locales=[item.code for item in project.locales],
        docs=settings.docs,
        config_text=read_text(config_file, CONFIG),
    )
    problems = (*problems, *home_page(paths, settings.docs))
    if problems:
        raise DataError(problems)
    chosen = [project.locale(code) for code in only] if only is not None else project.locales
    locales = site_locales(settings.source_locale, chosen, theme_languages(theme_dirs))
    if RECORDS in made:
        made = (*made, *(path for path in map(record_path, project.knowledge.records) if path not in paths))
    staging = Staging(settings.cache_path / ("staging" if only is None else f"staging-{'-'.join(sorted(only))}"))
    states = _stage(project, locales, paths, made, staging, feed=has_feed)
    for path, file in assets(settings.docs_path, root, _records(project)):
        if not excluded(path):
            staging.asset(settings.source_locale, path, file)
    staging.sweep()
    return Prepared(
        project=project,
        locales=locales,
        nav=nav,
        nav_translations={
            item.code: navigation.translations(nav, project.words(item.code)) for item in locales if not item.source
        },
        pages=(*paths, *made),
        states=states,
        dates=git_dates(root),
        folder=staging.folder,
        theme=_language_files(settings.cache_path / "theme", locales),
        feed=project_feed(project, site_url or "", source_revision(root)) if has_feed else {},
        suite=published_suite(root) if settings.check_pages is not None else {},
    )


def _made(nav: navigation.Nav | None, paths: Sequence[str]) -> tuple[str, ...]:
    named = {target for _, target in navigation.entries(nav or [])}
    return tuple(path for path in PAGES if path in named and path not in paths)


def _titles(project: Project) -> Callable[[str], str]:
    source = project.settings.source_locale
    by_path = {page.path: page for page in project.pages}
    return lambda path: project.rendered(by_path[path], source).title


def _records(project: Project) -> set[str]:
    prefix = f"{project.settings.docs}/"
    knowledge = project.knowledge
    origins = [item.origin for item in knowledge.records.values()]
    origins += [item.origin for item in knowledge.redirects.values()]
    return {origin.path.removeprefix(prefix) for origin in origins}


def _stage(
    project: Project,
    locales: Sequence[SiteLocale],
    paths: Sequence[str],
    made: Sequence[str],
    staging: Staging,
    *,
    feed: bool,
) -> dict[tuple[str, str], PageState]:
    states: dict[tuple[str, str], PageState] = {}
    generated = GeneratedPages(project, locales, feed=feed) if made else None
    chosen = set(paths)

    def put(locale: SiteLocale, path: str, markdown: str) -> None:
        staging.page(locale.code, path, markdown)
        states[locale.code, path] = PageState.parse(front_matter(markdown).get("knooppunt"), locale.code)

    for locale in locales:
        titles = {}
        for source in project.pages:
            if source.path in chosen:
                rendered = project.rendered(source, locale.code)
                titles[source.name] = rendered.title or source.name
                put(locale, source.path, rendered.markdown)
        for path in made if generated else ():
            put(locale, path, generated.render(path, locale, titles))  # type: ignore[union-attr] # as the loop says
    return states


def _language_files(folder: Path, locales: Sequence[SiteLocale]) -> Path:
    staging = Staging(folder)
    for locale in locales:
        staging.page("partials", f"languages/{PARTIAL_PREFIX}{locale.code}.html", language_partial(locale))
    staging.sweep()
    return folder


def feed_path(paths: Collection[str], code: str) -> str | None:
    """The file of records of a language among the files of a feed; None where there is none."""
    path = f"{FOLDER}/limitations.{code}.json"
    return path if path in paths else None


def news_path(paths: Collection[str], code: str) -> str | None:
    """The same for what a feed reader reads."""
    path = f"{FOLDER}/news.{code}.atom"
    return path if path in paths else None


def theme_languages(folders: Sequence[str]) -> set[str]:
    """Names of the language files that the theme's folders have."""
    return {path.stem for folder in folders for path in Path(folder).glob("partials/languages/*.html")}


def palette(words: Callable[[str], Text]) -> list[dict[str, Any]]:
    """The theme's palette: the system's choice, light and dark, with the names of its buttons in a language."""
    base = {"primary": "custom", "accent": "custom"}

    def option(media: str, scheme: str, icon: str, name: str) -> dict[str, Any]:
        toggle = {"icon": f"material/{icon}", "name": escape(words(f"site.palette.{name}").value)}
        return {"media": media, "scheme": scheme, **base, "toggle": toggle}

    return [
        option("(prefers-color-scheme)", "default", "brightness-auto", "light"),
        option("(prefers-color-scheme: light)", "default", "brightness-7", "dark"),
        option("(prefers-color-scheme: dark)", "slate", "brightness-4", "system"),
    ]
