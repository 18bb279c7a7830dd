"""The MkDocs plugin `knooppunt`: stages the pages of every language and hands them to mkdocs-static-i18n.

MkDocs calls `on_config` once for each language, since mkdocs-static-i18n builds one after another with the same
configuration; the pages are staged before the first.
"""
# ruff: noqa: ARG002 # MkDocs passes every event these arguments by name

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from pathspec.gitignore import GitIgnoreSpec

from knooppunt.errors import DataError, KnooppuntError
from knooppunt.site import content, search
from knooppunt.site.languages import PARTIAL_PREFIX
from knooppunt.site.output import Output
from knooppunt.site.prepared import THEME, Prepared, palette, prepare
from knooppunt.site.record_cards import record_path
from knooppunt.site.redirects import OTHER_PLUGIN, redirect_problems
from knooppunt.site.translator import set_up
from knooppunt.site.views import Views, escape_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from knooppunt.site.view import View

EXTENSIONS = ("attr_list", "md_in_html", "admonition", "tables")
"""Extensions of Markdown that staged pages rely on."""
SEARCH = "material/search"


class KnooppuntConfig(Config):  # type: ignore[no-untyped-call] # MkDocs leaves __init_subclass__ untyped
    """What mkdocs.yml says under the plugin's name."""

    look = config_options.Type(bool, default=True)
    """Whether to use Knooppunt's own colours, logo and fonts."""
    feed = config_options.Type(bool, default=True)
    """Whether to write the feed of records into the site."""
    redirects = config_options.Type(dict, default={})
    """Path of a page that is gone -> the page, or the address, that took its place; for every language."""
    locales = config_options.Optional(config_options.ListOfItems(config_options.Type(str)))
    """Locales to build beside the source; all of them where absent."""


class KnooppuntPlugin(BasePlugin[KnooppuntConfig]):  # type: ignore[no-untyped-call] # same
    """One build, and in a live preview each build again."""

    prepared: Prepared | None = None
    progress: Callable[[str], None] | None = None
    """Called with the code of each language when its build begins."""
    views: Views
    output: Output
    assets: frozenset[str]
    i18n: Any
    """The plugin of mkdocs-static-i18n, which is not typed."""

    @property
    def code(self) -> str:
        """The language that is being built."""
        return str(self.i18n.current_language)

    # Configuration ---------------------------------------------------------------------------------------------------

    @event_priority(100)
    def _on_config_first(self, config: MkDocsConfig) -> MkDocsConfig:
        if self.prepared is None or not self.i18n.building:
            try:
                self._start(config)
            except KnooppuntError as error:
                raise PluginError(str(error)) from error
        self._begin(config)
        return config

    def _start(self, config: MkDocsConfig) -> None:
        if config.theme.name != "material":
            raise PluginError("knooppunt: set 'theme: {name: material}' in mkdocs.yml; no other theme is supported")
        if OTHER_PLUGIN in config.plugins:
            raise PluginError(
                "mkdocs.yml: the plugin 'redirects' leads to addresses that do not exist in several languages; "
                "give its map to Knooppunt: '- knooppunt: {redirects: {old.md: new.md}}'"
            )
        spec = config.exclude_docs
        self.prepared = prepare(
            Path(config.config_file_path),
            nav=config.nav,
            docs_dir=Path(config.docs_dir),
            excluded=lambda path: bool(spec and spec.match_file(path)),
            only=self.config.locales,
            theme_dirs=config.theme.dirs,
            site_url=config.site_url,
            with_feed=self.config.feed,
        )
        text = Path(config.config_file_path).read_text("utf-8")
        if problems := redirect_problems(self.config.redirects, self.prepared.pages, text):
            raise DataError(problems)
        config.docs_dir = str(self.prepared.folder)
        config.nav = self.prepared.nav
        config.exclude_docs = None
        own = 1 if config.theme.custom_dir else 0
        config.theme.dirs[own:own] = [str(self.prepared.theme), str(THEME)]
        config.theme.static_templates.discard("sitemap.xml")  # ours has true dates
        for name in EXTENSIONS:
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
        if self.config.look:
            config.theme["font"] = False
            config.theme["favicon"] = "assets/knooppunt/favicon.svg"
        self.i18n = set_up(config, self.prepared)
        self.views = Views(self.prepared, config, look=self.config.look)
        config.not_in_nav = unlisted(config.not_in_nav)
        redirects = {**self.prepared.retired(), **self.config.redirects}
        self.output = Output(
            self.prepared, Path(config.site_dir), config.site_url, config.use_directory_urls, redirects
        )
        self._search = _search_settings(config)

    def _begin(self, config: MkDocsConfig) -> None:
        assert self.prepared is not None
        code = self.i18n.current_language or self.prepared.source.code
        words = self.prepared.words(code)
        if self.progress is not None:
            self.progress(code)
        config.theme["language"] = PARTIAL_PREFIX + code
        if self.config.look:
            config.theme["palette"] = palette(words)
        if config.site_description:
            config.site_description = words("site.description").value
        if SEARCH in config.plugins:  # the theme fills these in for the first language and would keep them
            for name, value in self._search.items():
                config.plugins[SEARCH].config[name] = value

    @event_priority(-200)
    def _on_config_last(self, config: MkDocsConfig) -> MkDocsConfig:
        config.theme["language"] = PARTIAL_PREFIX + self.code
        return config

    on_config = CombinedEvent(_on_config_first, _on_config_last)

    # Pages -----------------------------------------------------------------------------------------------------------

    @event_priority(-200)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Remember the addresses of files that are not pages, where mkdocs-static-i18n has put them."""
        self.assets = frozenset(file.url for file in files if not file.is_documentation_page())
        return files

    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Lead the edit button to the source or the catalog."""
        page.edit_url = self.views.edit_url(page.file.src_uri)
        return page

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Titles of admonitions, and files that raw HTML asks for."""
        assert self.prepared is not None
        words = self.prepared.words(self.code)
        html = content.admonition_titles(html, lambda kind: escape(words(f"admonition.{kind}").value, quote=False))
        return content.shared_assets(html, page.url, self.prepared.locale(self.code).prefix, self.assets)

    @event_priority(-50)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Make titles safe before the first template prints one, its own or that of another page."""
        for file in files.documentation_pages():
            if file.page is not None:
                escape_title(file.page)
        return env

    @event_priority(-50)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the templates what they need."""
        tabs = "navigation.tabs" in config.theme.get("features", ())
        if tabs and page.parent is None:  # a sidebar with one entry leads nowhere
            page.meta["hide"] = [*page.meta.get("hide", ()), "navigation"]
        view = self.views.page(page)
        page.canonical_url = view.canonical
        return _with_view(context, view)

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The same for the page of what is not found."""
        return _with_view(context, self.views.not_found(self.code))

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str | None:
        """Keep each language's page of what is not found; MkDocs would write them over one another."""
        if template_name != "404.html":
            return output_content
        self.output.not_found[self.code] = self._finish(output_content, config)
        return ""

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Lead the search to the language's index."""
        return self._finish(output, config)

    def _finish(self, html: str, config: MkDocsConfig) -> str:
        assert self.prepared is not None
        prefix = self.prepared.locale(self.code).prefix
        languages = config.plugins[SEARCH].config.lang or () if SEARCH in config.plugins else ()
        html = content.client_config(html, lambda text: search.client(text, prefix, languages))
        return content.named_parts(html)

    # Files -----------------------------------------------------------------------------------------------------------

    @event_priority(-50)
    def _on_post_build_locale(self, config: MkDocsConfig) -> None:
        self.output.keep_index(self.code)

    @event_priority(-200)
    def _on_post_build_all(self, config: MkDocsConfig) -> None:
        if not self.i18n.building:
            self.output.write()

    on_post_build = CombinedEvent(_on_post_build_locale, _on_post_build_all)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch what people edit, not what is made of it."""
        assert self.prepared is not None
        server.unwatch(str(self.prepared.folder))
        for path in self.prepared.watched():
            server.watch(str(path))
        return server


def _with_view(context: TemplateContext, view: View) -> TemplateContext:
    context["kp"] = view  # type: ignore[typeddict-unknown-key] # plugins add what their templates need
    return context


def unlisted(spec: GitIgnoreSpec | None) -> GitIgnoreSpec:
    """Pages that no navigation needs to name: those of mkdocs.yml, and the pages of single records."""
    ours = GitIgnoreSpec.from_lines([f"/*/{record_path('*')}"])
    return ours if spec is None else GitIgnoreSpec([*spec.patterns, *ours.patterns])


def _search_settings(config: MkDocsConfig) -> dict[str, Any]:
    if SEARCH not in config.plugins:
        return {}
    given = config.plugins[SEARCH].config
    return {name: given[name] for name in ("lang", "separator", "pipeline")}
