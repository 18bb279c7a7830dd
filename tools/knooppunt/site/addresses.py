"""Where a page is on the site, in each language, and who points to whom."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from knooppunt.site.languages import SiteLocale


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page in one language."""

    lang: str
    name: str
    url: str
    """Relative to the root of the site, without a leading slash."""
    current: bool


def page_url(path: str, prefix: str = "", *, directories: bool = True) -> str:
    """The address of a page, relative to the root of the site: `virtual-nodes/network/` for `.../network/index.md`.

    `path` is relative to the docs folder; `directories` is MkDocs' `use_directory_urls`.
    """
    folder, _, file = path.rpartition("/")
    stem = file.removesuffix(".md")
    if stem in {"index", "README"}:
        target = posixpath.join(folder, "" if directories else "index.html")
    elif directories:
        target = posixpath.join(folder, stem, "")
    else:
        target = posixpath.join(folder, f"{stem}.html")
    return quote(prefix + target)


def relative_url(target: str, page: str, *, directories: bool = True) -> str:
    """The address of a page as seen from another of the same language; both are paths relative to the docs folder."""
    own, other = (page_url(path, directories=directories) for path in (page, target))
    found = posixpath.relpath(other or ".", posixpath.dirname(own) or ".")
    return f"{found}/" if directories else found


def absolute(site_url: str | None, url: str) -> str | None:
    """The full address of a page; None where the site does not know its own address."""
    return site_url.rstrip("/") + "/" + url if site_url else None


def alternates(
    path: str, locale: str, locales: Sequence[SiteLocale], *, directories: bool = True
) -> tuple[Alternate, ...]:
    """The same page in every language, for the language switcher."""
    return tuple(
        Alternate(
            lang=item.code,
            name=item.name,
            url=page_url(path, item.prefix, directories=directories),
            current=item.code == locale,
        )
        for item in locales
    )


def hreflang(
    pages: Sequence[Alternate], translated: Collection[str], source: str, site_url: str | None
) -> tuple[tuple[str, str], ...]:
    """Pairs of language and full address that a page in `translated` announces, with `x-default` for the source.

    Empty where there is no other language to announce, or where the site does not know its own address: a relative
    address is not valid here.
    """
    known = [item for item in pages if item.lang in translated]
    if site_url is None or len(known) < 2:
        return ()
    pairs = [(item.lang, absolute(site_url, item.url) or "") for item in known]
    default = [("x-default", url) for lang, url in pairs if lang == source]
    return (*pairs, *default)
