"""What the theme's templates are told about a page, as `kp`."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from knooppunt.model import Text
    from knooppunt.site.addresses import Alternate
    from knooppunt.site.languages import SiteLocale
    from knooppunt.site.notices import Notice

KNOOPPUNT_URL = "https://knooppunt.example/"
THEME_URL = "https://squidfunk.github.io/mkdocs-material/"


@dataclass(frozen=True, slots=True)
class View:
    """One page, or the page for what is not found."""

    locale: SiteLocale
    source: SiteLocale
    words: Callable[[str], Text]
    look: bool
    """Whether Knooppunt's own colours and logo are used."""
    alternates: tuple[Alternate, ...]
    """For the language switcher."""
    hreflang: tuple[tuple[str, str], ...] = ()
    canonical: str | None = None
    original: str | None = None
    """Address of the source, on a page that is not in the source's language."""
    notices: tuple[Notice, ...] = ()
    fallback: bool = False
    home: bool = False
    """Whether this is the first page of a language."""
    feed: str | None = None
    """Address of the language's feed, relative to the root of the site."""
    news: str | None = None
    """Address of what a feed reader reads in the language, relative to the root of the site."""
    json_ld: dict[str, Any] | None = None
    title: str = ""
    """Of the page, as plain text."""
    others: tuple[View, ...] = field(default=())
    """On the root's page for what is not found: the same in the other languages."""

    def t(self, name: str) -> str:
        """One of Knooppunt's own words."""
        return self.words(name).value

    @property
    def home_url(self) -> str:
        """Address of the first page of the language, relative to the root of the site."""
        return self.locale.prefix or "."

    @property
    def made_with(self) -> str:
        """The line at the foot of the page, as HTML."""
        return (
            escape(self.t("site.made-with"))
            .replace("{knooppunt}", f'<a href="{KNOOPPUNT_URL}" hreflang="en">Knooppunt</a>')
            .replace("{theme}", f'<a href="{THEME_URL}" hreflang="en">Material for MkDocs</a>')
        )
