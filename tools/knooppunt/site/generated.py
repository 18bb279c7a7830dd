"""The pages that the site makes by itself: all records, a page for each, and the state of the translations."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from html import escape
from typing import TYPE_CHECKING

from knooppunt.feed.input import FOLDER
from knooppunt.knowledge import text_fields
from knooppunt.site import records_page, status_page
from knooppunt.site.addresses import page_url, relative_url
from knooppunt.site.record_cards import Cards, record_path
from knooppunt.site.records_page import RecordsPage
from knooppunt.site.staging import with_front_matter
from knooppunt.site.status_page import Progress, StatusPage
from knooppunt.sources import SITE
from knooppunt.translated import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from knooppunt.model import Text, TranslatedRecord
    from knooppunt.project import Project
    from knooppunt.site.languages import SiteLocale

PAGES = (records_page.PATH, status_page.PATH)


class GeneratedPages:
    """Makes the pages of one project, in any of its languages."""

    def __init__(self, project: Project, locales: Sequence[SiteLocale], *, feed: bool) -> None:
        self.project = project
        self.locales = locales
        self.feed = feed
        """Whether the site has the feed, to which the pages of records link."""
        self.status = project.status()
        self._by_id: dict[str, dict[str, TranslatedRecord]] = {}
        self.ids = {record_path(name): name for name in project.knowledge.records}

    def render(self, path: str, locale: SiteLocale, titles: Mapping[str, str]) -> str:
        """The Markdown of a generated page; `titles` are those of the articles in the locale, by name."""
        if path in self.ids:
            return self.record(path, locale)
        words = self.project.words(locale.code)
        if path == records_page.PATH:
            return page("records-page", locale, words, self.records(locale), self.states(locale), search={"boost": 0.5})
        return page("status-page", locale, words, self.progress(locale, titles), {}, search={"exclude": True})

    def states(self, locale: SiteLocale) -> dict[str, int]:
        """How many texts of the records page are drafts or old; its labels are none."""
        texts = (text for item in self._records(locale.code).values() for text in item.texts.values())
        found = Counter(text.state for text in texts if text.state in {"machine", "stale"})
        return {"translated": 1, **found} if found else {}

    def records(self, locale: SiteLocale) -> str:
        """The body of the records page."""
        project = self.project
        settings, knowledge = project.settings, project.knowledge
        words = project.words(locale.code)
        cards = Cards(
            locale.code,
            settings.source_locale,
            words,
            settings.sources,
            records_page.PATH,
            directories=project.directories,
        )
        retired = {name: knowledge.resolve(name) for name in knowledge.redirects}
        return RecordsPage(cards, retired).render(project.translated_records(locale.code))

    def record(self, path: str, locale: SiteLocale) -> str:
        """The page of one record; that of the source where the language has none of its texts."""
        settings, directories = self.project.settings, self.project.directories
        name = self.ids[path]
        item = self._records(locale.code)[name]
        weights = {field: max(len(text.split()), 1) for field, text in text_fields(item.record).items()}
        done = sum(weight for field, weight in weights.items() if item.texts[field].state != FALLBACK)
        code = locale.code if done else settings.source_locale
        if not done:
            item = self._records(code)[name]
        words = self.project.words(code)
        cards = Cards(code, settings.source_locale, words, settings.sources, path, directories=directories)
        title = item.texts["title"]
        records = relative_url(records_page.PATH, path, directories=directories)
        links = [f'<a href="{records}">{cards.word("record-page.all")}</a>']
        if self.feed:
            folder = posixpath.dirname(page_url(path, locale.prefix, directories=directories))
            data = posixpath.relpath(f"{FOLDER}/records/{name}.{locale.code}.json", folder)
            links.append(f'<a href="{escape(data)}">{cards.word("record-page.data")}</a>')
        meta = {
            "title": _plain(title.value),
            "description": _plain(item.texts["statement"].value),
            "knooppunt": {
                "locale": locale.code,
                "share": round(done / sum(weights.values()), 4),
                "states": dict(Counter(text.state for text in item.texts.values())),
                "fallback": not done,
            },
            "hide": ["toc"],
            "search": {"exclude": True},
        }
        return with_front_matter(meta, cards.page_of(item, links))

    def _records(self, code: str) -> Mapping[str, TranslatedRecord]:
        if code not in self._by_id:
            self._by_id[code] = {item.record.id: item for item in self.project.translated_records(code)}
        return self._by_id[code]

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
                url=(
                    relative_url(known[item.name], status_page.PATH, directories=project.directories)
                    if item.name in known
                    else None
                ),
                words=item.words,
            )
            for item in self.status
        ]
        return StatusPage(locale.code, words).render(self.locales, articles)


def _plain(text: str) -> str:
    """A text of a record without the marks of code, links and emphasis."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("`", "").replace("**", "")


def page(
    name: str,
    locale: SiteLocale,
    words: Callable[[str], Text],
    body: str,
    states: Mapping[str, int],
    **more: object,
) -> str:
    """A page with its title and description; a fallback where the language has no words for it."""
    title = words(f"{name}.title")
    meta = {
        "title": title.value,
        "description": words(f"{name}.description").value,
        "knooppunt": {
            "locale": locale.code,
            "share": 1.0,
            "states": dict(states),
            "fallback": title.lang != locale.code,
        },
        "hide": ["toc"],
        **more,
    }
    return with_front_matter(meta, f"# {title.value}\n\n{body}")
