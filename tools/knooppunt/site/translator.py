"""Setting up mkdocs-static-i18n, which builds the languages one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_static_i18n.config import I18nPluginLanguage  # type: ignore[import-untyped] # the package has no types
from mkdocs_static_i18n.plugin import I18n  # type: ignore[import-untyped] # same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from knooppunt.site.languages import SiteLocale
    from knooppunt.site.prepared import Prepared

I18N = "i18n"


def set_up(config: MkDocsConfig, prepared: Prepared) -> Any:
    """The plugin, listed in mkdocs.yml or not, with the languages of the project."""
    if I18N not in config.plugins:
        new = I18n()
        new.load_config({})  # complains that it has no languages, which it gets below
        config.plugins[I18N] = new
    plugin: Any = config.plugins[I18N]
    plugin.current_language = None
    settings = plugin.config
    settings.build_only_locale = None
    settings.docs_structure = "folder"
    settings.fallback_to_default = True  # for files that are not pages: every page is there in every language
    settings.reconfigure_material = True
    settings.reconfigure_search = False  # compares every entry with every other; each language has its own index
    settings.languages = [language(item, prepared.nav_translations.get(item.code, {})) for item in prepared.locales]
    return plugin


def language(locale: SiteLocale, nav_translations: Mapping[str, str]) -> Any:
    """A language of the plugin; not validated, since the plugin refuses some that are valid, such as `es-419`."""
    item = I18nPluginLanguage()
    item.load_dict(
        {
            "locale": locale.code,
            "name": locale.name,
            "default": locale.source,
            "build": True,
            "link": f"/{locale.prefix}",
            "nav_translations": dict(nav_translations),
        }
    )
    return item
