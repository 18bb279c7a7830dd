"""The nouns of links. This module imports nothing of ours but the nouns of the project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from knooppunt.model import Origin

EXTERNAL: Final = re.compile(r"(?:https?:)?//[^/?#\s]", re.IGNORECASE)
"""How an address of another host begins."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it was found: what is written, and where."""

    url: str
    """As it is written, but for character references of HTML, which are resolved."""
    where: Origin
    """Of the URL itself, with its range in the file; of the whole entry for one in a catalog."""
    page: str
    """The page that shows it: path under the pages' folder of a source, path under the folder of a built site."""
    kind: str = "link"
    """In a source: `link`, `image`, `definition`, `html`, `include`, `nav`, `redirect`, `record`. In a built site:
    the element and its attribute (`a[href]`, `img[srcset]`), or `css`, `refresh`, `sitemap`, `feed`, `json`."""
    text: str = ""
    """What the reader clicks on, or the alternative text of an image, on one line; empty where that is not known."""
    locale: str = ""
    """Of the page; empty for the language of the source, or where there is but one."""
    shows: str = ""
    """The text that edits of the URL are made in: `page` (the file at `where`), `entry` (its msgstr) or empty."""
    start: int = 0
    """Offset of the URL in that text."""

    @property
    def external(self) -> bool:
        """Whether it leads to another host."""
        return EXTERNAL.match(self.url) is not None


@dataclass(frozen=True, slots=True)
class SitePage:
    """What one file of a built site says of links, without places: those are looked up for what is broken."""

    urls: tuple[tuple[str, str], ...] = ()
    """Kind and URL of each link to elsewhere, none twice."""
    own: tuple[str, ...] = ()
    """URLs that lead to a place of the page itself: `#top`; none twice."""
    links: int = 0
    """Links, each as often as it is written."""
    ids: frozenset[str] = frozenset()
    """What a fragment can lead to."""
    doubles: tuple[str, ...] = ()
    """Ids that two elements or more have."""
    base: str = ""
    """What `<base href>` says; empty where there is none."""
    refresh: str = ""
    """Where the page sends its readers at once; empty where it does not."""
    lang: str = ""
    """Language of the page, as `<html lang>` says."""
    canonical: str = ""
    quiet: bool = False
    """Whether the page asks not to be found (`noindex`)."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Language and address of each translation that the page announces."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was looked at."""

    pages: int = 0
    links: int = 0
    """Links, each as often as it is written."""
    external: int = 0
    """Different addresses of other hosts, which were not asked."""
    skipped: dict[str, int] = field(default_factory=dict)
    """What could not be judged, by why."""
