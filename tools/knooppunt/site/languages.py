"""The languages of a site: their names, directions and the theme's own words in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.cldr import describe
from knooppunt.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from knooppunt.config import LocaleConfig

NEAREST: Mapping[str, str] = {
    "no": "nb",
    "zh-Hans": "zh",
    "zh-CN": "zh",
    "zh-SG": "zh",
    "zh-HK": "zh-Hant",
    "zh-MO": "zh-Hant",
}
"""Languages that the theme has under another name than their own or that of their language."""

PARTIAL_PREFIX = "knooppunt-"
"""Language files that we make are called after this, so that they can import one that the theme has."""


@dataclass(frozen=True, slots=True)
class SiteLocale:
    """One language of the site."""

    code: str
    name: str
    """In the language itself."""
    direction: str
    theme: str
    """The theme's language file that the words of the theme come from."""
    source: bool
    """Whether the pages were written in it."""

    @property
    def prefix(self) -> str:
        """What the URLs of its pages start with: nothing for the source, else `nl/`."""
        return "" if self.source else f"{self.code}/"


def site_locales(source: str, locales: Sequence[LocaleConfig], available: Collection[str]) -> tuple[SiteLocale, ...]:
    """The languages of a site, the source first; `available` are the languages of the theme."""
    name, direction = describe(source)
    first = SiteLocale(source, name, direction, nearest(source, None, available), True)
    rest = (
        SiteLocale(item.code, item.name, item.direction, nearest(item.code, item.theme, available), False)
        for item in locales
    )
    return (first, *rest)


def nearest(code: str, wanted: str | None, available: Collection[str]) -> str:
    """The theme's language file for a locale: the one wanted, its own, that of its script or language, or `en`.

    Raises UsageError where the one wanted does not exist.
    """
    if wanted is not None:
        if wanted not in available:
            raise UsageError(
                f"locale '{code}': the theme has no language '{wanted}'; take 'theme' out of its locale.yml, "
                f"or name one of {', '.join(sorted(available))}"
            )
        return wanted
    parts = code.split("-")
    for length in range(len(parts), 0, -1):
        candidate = "-".join(parts[:length])
        candidate = candidate if candidate in available else NEAREST.get(candidate, "")
        if candidate in available:
            return candidate
    return "en"


def language_partial(locale: SiteLocale) -> str:
    """A language file for the theme: the words of the nearest that it has, the code and direction of the locale.

    The theme lacks most regional languages, calls Brazilian Portuguese `pt`, and fails where a file is missing.
    """
    own = json.dumps({"language": locale.code, "direction": locale.direction}, ensure_ascii=False)
    return (
        f'{{% import "partials/languages/{locale.theme}.html" as nearest %}}'
        f"{{% macro t(key) %}}{{{{ {own}[key] or nearest.t(key) }}}}{{% endmacro %}}\n"
    )
