"""The pages that the site makes by itself: all records, and the state of the translations."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from knooppunt.site import records_page, status_page
from knooppunt.site.addresses import page_url
from knooppunt.site.record_cards import Cards
from knooppunt.site.records_page import RecordsPage
from knooppunt.site.staging import with_front_matter
from knooppunt.site.status_page import Progress, StatusPage
from knooppunt.sources import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from knooppunt.model import Text
    from knooppunt.project import Project
    from knooppunt.site.languages import SiteLocale

PAGES = (records_page.PATH, status_page.PATH)


class GeneratedPages:
    """Makes the pages of one project, in any of its languages."""

    def __init__(self, project: Project, locales: Sequence[SiteLocale]) -> None:
        self.project = project
        self.locales = locales
        self.status = project.status()

    def render(self, path: str, locale: SiteLocale, titles: Mapping[str, str]) -> str:
        """The Markdown of a generated page; `titles` are those of the articles in the locale, by name."""
        words = self.project.words(locale.code)
        if path == records_page.PATH:
            return page("records-page", locale, words, self.records(locale), hide=["toc"], search={"boost": 0.5})
        return page("status-page", locale, words, self.progress(locale, titles), hide=["toc"], search={"exclude": True})

    def records(self, locale: SiteLocale) -> str:
        """The body of the records page."""
        project = self.project
        settings, knowledge = project.settings, project.knowledge
        words = project.words(locale.code)
        cards = Cards(locale.code, settings.source_locale, words, settings.sources, records_page.PATH)
        retired = {name: knowledge.resolve(name) for name in knowledge.redirects}
        return RecordsPage(cards, retired).render(project.translated_records(locale.code))

    def progress(self, locale: SiteLocale, titles: Mapping[str, str]) -> str:
        """The body of the status page."""
        project = self.project
        words = project.words(locale.code)
        known = {source.name: source.path for source in project.pages}
        articles = [
            Progress(
                locale=item.locale,
                article=item.name,
                title=words("status-page.site").value if item.name == SITE else titles.get(item.name, item.title),
                url=relative(known[item.name], status_page.PATH) if item.name in known else None,
                words=item.words,
            )
            for item in self.status
        ]
        return StatusPage(locale.code, words).render(self.locales, articles)


def relative(path: str, page: str) -> str:
    """The address of a page as seen from another."""
    return posixpath.relpath(page_url(path) or ".", page_url(page)) + "/"


def page(name: str, locale: SiteLocale, words: Callable[[str], Text], body: str, **more: object) -> str:
    """A page with its title and description; a fallback where the language has no words for it."""
    title = words(f"{name}.title")
    meta = {
        "title": title.value,
        "description": words(f"{name}.description").value,
        "knooppunt": {"locale": locale.code, "share": 1.0, "states": {}, "fallback": title.lang != locale.code},
        **more,
    }
    return with_front_matter(meta, f"# {title.value}\n\n{body}")
