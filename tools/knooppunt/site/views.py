"""Making the views of a site's pages."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from knooppunt.site.addresses import absolute, alternates, hreflang, page_url
from knooppunt.site.notices import notices
from knooppunt.site.structured import json_ld
from knooppunt.site.view import View

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

    from knooppunt.site.prepared import Prepared


def escape_title(page: Page) -> None:
    """Make the title that front matter gives HTML, once for all templates: the theme's own print it as it is.

    A template that escapes it leaves it as it is then. The title that MkDocs takes from a heading is HTML already.
    """
    title = page.meta.get("title")
    if title:
        page.meta["title"] = escape(title)


def plain_title(page: Page) -> str:
    """The title of a page as text, wherever it comes from."""
    title = page.meta.get("title")
    if title:
        return title.unescape() if isinstance(title, Markup) else str(title)
    return Markup(page.title or "").striptags()  # noqa: S704 # what comes out is text


class Views:
    """Knows a prepared site and its configuration."""

    def __init__(self, prepared: Prepared, config: MkDocsConfig, *, look: bool) -> None:
        self.prepared = prepared
        self.look = look
        self.site_url = config.site_url or None
        self.site_name = config.site_name
        self.directories = config.use_directory_urls
        self.edit_base = _edit_base(config)

    def url(self, path: str, code: str) -> str:
        """The address of a page in a language, relative to the root of the site."""
        return page_url(path, self.prepared.locale(code).prefix, directories=self.directories)

    def page(self, page: Page) -> View:
        """The view of a page of the staging folder."""
        prepared = self.prepared
        code, _, path = page.file.src_uri.partition("/")
        locale, source = prepared.locale(code), prepared.source
        state = prepared.states[code, path]
        languages = alternates(path, code, prepared.locales, directories=self.directories)
        shown = code if not state.fallback else source.code
        canonical = absolute(self.site_url, self.url(path, shown))
        announced = hreflang(languages, prepared.translated(path), source.code, self.site_url)
        return View(
            locale=locale,
            source=source,
            words=prepared.words(code),
            look=self.look,
            alternates=languages,
            hreflang=() if state.fallback else announced,
            canonical=canonical,
            original=None if locale.source else self.url(path, source.code) or ".",
            notices=notices(state, source.code, prepared.words(code)),
            fallback=state.fallback,
            home=path in {"index.md", "README.md"},
            feed=prepared.feed_of(code),
            news=prepared.news_of(code),
            title=plain_title(page),
            json_ld=None if state.fallback or canonical is None else self.structured(page, code, path, canonical),
        )

    def structured(self, page: Page, code: str, path: str, url: str) -> dict[str, Any]:
        """What the page says about itself to machines."""
        prepared = self.prepared
        source = prepared.source.code
        others = [
            (other, absolute(self.site_url, self.url(path, other)) or "")
            for other in prepared.translated(path)
            if other != source
        ]
        description = page.meta.get("description")
        return json_ld(
            url=url,
            title=plain_title(page) or self.site_name,
            description=str(description) if description else None,
            lang=code,
            site_name=self.site_name,
            site_url=self.site_url or "",
            changed=prepared.changed(code, path),
            original=None if code == source else absolute(self.site_url, self.url(path, source)),
            translations=others if code == source else [],
        )

    def not_found(self, code: str) -> View:
        """The view of the page for what is not found."""
        prepared = self.prepared
        others = [item for item in prepared.locales if item.code != code]
        view = View(
            locale=prepared.locale(code),
            source=prepared.source,
            words=prepared.words(code),
            look=self.look,
            alternates=alternates("index.md", code, prepared.locales, directories=self.directories),
            feed=prepared.feed_of(code),
            news=prepared.news_of(code),
        )
        if code != prepared.source.code:
            return view
        more = tuple(self.not_found(item.code) for item in others)
        return View(
            locale=view.locale,
            source=view.source,
            words=view.words,
            look=self.look,
            alternates=view.alternates,
            feed=view.feed,
            news=view.news,
            others=more,
        )

    def edit_url(self, src_uri: str) -> str | None:
        """Where a reader can edit a page: its source, or the catalog of its translation."""
        code, _, path = src_uri.partition("/")
        prepared = self.prepared
        source = next((page for page in prepared.project.pages if page.path == path), None)
        if self.edit_base is None or source is None or source.made:
            return None
        settings = prepared.project.settings
        state = prepared.states[code, path]
        if code == prepared.source.code or state.fallback:
            return self.edit_base + source.path
        docs = settings.docs.strip("/") + "/"
        if not self.edit_base.endswith("/" + docs):
            return self.edit_base + source.path
        catalog = posixpath.join(settings.locales, code, "LC_MESSAGES", f"{source.name}.po")
        return self.edit_base.removesuffix(docs) + catalog


def _edit_base(config: MkDocsConfig) -> str | None:
    if not config.repo_url or not config.edit_uri:
        return None
    if "://" in config.edit_uri:
        return config.edit_uri.rstrip("/") + "/"
    return config.repo_url.rstrip("/") + "/" + config.edit_uri.strip("/") + "/"
