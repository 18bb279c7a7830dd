"""What pages of a site say of one another: stubs, canonical addresses, translations, and pages that nobody leads to."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from knooppunt.links.check_site import Fault
from knooppunt.links.siteindex import address_of

if TYPE_CHECKING:
    from knooppunt.links.check_site import SiteCheck
    from knooppunt.links.model import SitePage

_NO_ORPHANS: Final = frozenset({"404.html", "index.html", "offline.html", "search.html"})


def stubs(check: SiteCheck) -> None:
    """Pages that send their readers on in a circle, through other stubs, or to a place that the target lacks.

    A stub whose target does not exist is found among the links of its page.
    """
    for path, page in sorted(check.site.pages.items()):
        if not page.refresh:
            continue
        place = check.index.place(posixpath.dirname(path), page.refresh, path)
        target = address_of(place.path)
        if place.skipped or (place.fault and place.fault != "loop"):
            continue
        if place.fault == "loop" or path in place.hops:
            message = f"sends its readers in a circle, by '{page.refresh}'"
            check.add(Fault("redirect-loop", "refresh", page.refresh, target, message), path)
        elif place.hops:
            message = f"sends its readers on through {len(place.hops)} more to '{target or '/'}'"
            check.add(Fault("redirect-chain", "refresh", page.refresh, target, message, target), path)


def announcements(check: SiteCheck) -> None:
    """Canonical addresses and translations that lead to nothing, or to a page that says otherwise."""
    pages = check.site.pages
    for path, page in sorted(pages.items()):
        folder = posixpath.dirname(path)
        if page.canonical:
            place = check.index.at_once(folder, page.canonical, path)
            target = address_of(place.path)
            if not place.skipped:
                other = pages.get(place.path)
                if place.fault or other is None:
                    message = f"the canonical address '{page.canonical}' is no page of the site"
                    check.add(Fault("broken-canonical", "canonical", page.canonical, target, message), path)
                elif other.refresh and place.path != path:
                    message = f"the canonical address '{page.canonical}' only sends its readers on"
                    check.add(Fault("broken-canonical", "canonical", page.canonical, target, message), path)
                elif place.path != path and other.canonical and not _same(check, other.canonical, place.path):
                    message = f"the canonical address '{page.canonical}' is a page that names another as its own"
                    check.add(Fault("broken-canonical", "canonical", page.canonical, target, message), path)
        for lang, url in page.alternates:
            _alternate(check, path, lang, url)


def _alternate(check: SiteCheck, path: str, lang: str, url: str) -> None:
    place = check.index.at_once(posixpath.dirname(path), url, path)
    if place.skipped:
        return
    target = address_of(place.path)
    other = check.site.pages.get(place.path)
    if place.fault or other is None:
        message = f"the page in '{lang}' that is announced, '{url}', does not exist"
    elif lang.lower() == "x-default" or not other.lang:
        return
    elif other.lang.lower().split("-")[0] != lang.lower().split("-")[0]:
        message = f"'{url}' is announced as '{lang}' and says of itself that it is in '{other.lang}'"
    elif (
        place.path != path
        and other.alternates
        and not any(_same(check, back, path, place.path) for _, back in other.alternates)
    ):
        message = f"'{url}', announced as '{lang}', does not announce this page in turn"
    else:
        return
    check.add(Fault("broken-hreflang", "hreflang", url, target, message), path)


def _same(check: SiteCheck, url: str, path: str, own: str = "") -> bool:
    place = check.index.at_once(posixpath.dirname(own or path), url, own or path)
    return not place.skipped and place.path == path


def locales(check: SiteCheck) -> None:
    """Links from a page in one language to a page in another that the site has in the first one too.

    What is the same article is told by the translations that pages announce, else by equal paths below folders that
    have the names of the languages. The switcher of languages, which every page of an article shows, is no such link.
    """
    pages = check.site.pages
    if len({page.lang for page in pages.values() if page.lang}) < 2:
        return
    for path, page in sorted(pages.items()):
        if not page.lang or page.refresh:
            continue
        folder = posixpath.dirname(path)
        announced = {check.index.at_once(folder, url, path).path for _, url in page.alternates}
        folder = check.folder(path, page)
        for kind, url in page.urls:
            if kind != "a[href]":
                continue
            target = check.target(folder, url)
            other = pages.get(target)
            if other is None or not other.lang or other.lang == page.lang or target in announced or other.refresh:
                continue
            right = _counterpart(check, target, other, page.lang)
            if right and right != path:
                message = f"'{url}' leads to a page in '{other.lang}'; this one is in '{page.lang}', as '{right}' is"
                check.add(Fault("wrong-locale", kind, url, address_of(target), message, address_of(right)), path)


def _counterpart(check: SiteCheck, path: str, page: SitePage, lang: str) -> str:
    for code, url in page.alternates:
        if code.lower() == lang.lower():
            place = check.index.at_once(posixpath.dirname(path), url, path)
            found = check.site.pages.get(place.path)
            if found is not None and found.lang == lang:
                return place.path
    rest = path.removeprefix(f"{page.lang}/")
    for name in (f"{lang}/{rest}", rest):
        found = check.site.pages.get(name)
        if name != path and found is not None and found.lang == lang:
            return name
    return ""


def orphans(check: SiteCheck) -> None:
    """Pages that no other page leads to, but for those that ask not to be found and that only send readers on."""
    for path, page in sorted(check.site.pages.items()):
        name = path.rpartition("/")[2]
        if path in check.linked or page.refresh or page.quiet or path in _NO_ORPHANS or name == "404.html":
            continue
        check.add(Fault("orphan-page", "page", "", address_of(path), "no other page leads here"), path)
