"""What a feed is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from knooppunt.config import Settings
    from knooppunt.feed.changelog import Change
    from knooppunt.model import Redirect, Text, TranslatedRecord

FOLDER = "api/v1"
"""Where the feed is, relative to the root of the site; the number is that of SCHEMA_VERSION."""
SCHEMA_VERSION = "1.1"
"""Major: a consumer must change; minor: something was added that a consumer of the schema did not allow for."""
RECORDS_PAGE = "records"
"""The page with all records, relative to the root of a language; below it, a page for each record."""

_SITE_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s<>\"?#]*)?")


@dataclass(frozen=True, slots=True)
class FeedInput:
    """All that a feed says, as the other rooms made it."""

    site_url: str
    """Address of the site, with or without a closing slash; raises UsageError where it is not http or https."""
    project: str
    """Name of the project, the same in all languages."""
    source_locale: str
    records: Mapping[str, Sequence[TranslatedRecord]]
    """By locale, that of the source too: every record of the project."""
    redirects: Mapping[str, Redirect]
    """Retired ids, linked: each leads to a record in the end."""
    words: Mapping[str, Callable[[str], Text]]
    """By locale: the labels, by ids such as `effect.ignored`, `layer.aci`, `variant.v1`, `kind.quota`."""
    settings: Settings
    revision: str | None = None
    """Revision of the sources, such as a commit; only the index names it, so that nothing else moves with it."""
    changes: Sequence[Change] = ()
    """The log of changes, in the order in which they were written down; see `knooppunt.feed.changelog`."""
    directories: bool = True
    """Whether a page is at `records/` rather than at `records.html`: MkDocs' `use_directory_urls`."""

    def __post_init__(self) -> None:
        if not _SITE_URL.fullmatch(self.site_url):
            raise UsageError(
                f"site_url '{self.site_url}' is not the address of a site; write it like https://docs.example.org/"
            )

    @property
    def root(self) -> str:
        """Address of the site with a closing slash."""
        return self.site_url.rstrip("/") + "/"

    @property
    def locales(self) -> tuple[str, ...]:
        """The source's locale, then the others in the order of their codes."""
        return (self.source_locale, *sorted(set(self.records) - {self.source_locale}))

    def schema_url(self, name: str) -> str:
        """Address of one of the feed's schemas: `limitations`, `record`, `records`, `index`, `redirects`, `changes`,
        `news` or `diff`.
        """
        return self.root + schema_path(name)

    def file_url(self, path: str) -> str:
        """Address of one of the feed's files, by its path below `api/v1/`."""
        return f"{self.root}{FOLDER}/{path}"

    def page_url(self, locale: str, record: str | None = None) -> str:
        """Address of the page for readers of a record in a locale; that of the page with all records for None."""
        path = RECORDS_PAGE if record is None else f"{RECORDS_PAGE}/{record}"
        prefix = "" if locale == self.source_locale else f"{locale}/"
        return f"{self.root}{prefix}{path}{'/' if self.directories else '.html'}"


def schema_path(name: str) -> str:
    """Path of a schema, relative to the root of the site."""
    return f"{FOLDER}/schemas/{name}.schema.json"
