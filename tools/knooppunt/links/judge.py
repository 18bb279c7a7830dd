"""Verdicts on the links of sources: what is broken, what is nearest, and an edit where one target is certain.

Text in, findings out. Where a link leads is decided by the index that `knooppunt check` uses, so the two agree.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from babel import Locale as Languages
from babel.core import UnknownLocaleError

from knooppunt.checks.link_index import located
from knooppunt.links.htmltext import resolved
from knooppunt.links.places import address, fold, folded_anchor, on_site, parts_of, relative, split
from knooppunt.model import Edit, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from knooppunt.links.model import Link
    from knooppunt.links.places import Places

_SCHEMES: Final = ("mailto:", "tel:", "data:", "javascript:", "sms:", "ftp:", "xref:", "vscode:", "blob:", "about:")
_CHECKS: Final = {
    "image": "broken-image",
    "include": "broken-include",
    "nav": "broken-nav",
    "redirect": "broken-redirect",
}
_SEVERITIES: Final = {"wrong-locale": Severity.WARNING, "untranslated-target": Severity.NOTE}
_PLACEHOLDER = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
"""What a script replaces: `ENGLISH_VERSION_URL`."""
_MARKDOWN: Final = (".md", ".markdown")


@dataclass
class Judge:
    """Looks at links one by one; `skipped` counts what could not be judged, by why."""

    places: Places
    complete: bool = True
    """Whether all files of the site are at hand; where not, what leads out of them is not judged."""
    open_to: Callable[[str, str], str] = lambda _path, _fragment: ""
    """Why an anchor of a page may be there although it was not found; empty where nothing speaks for it."""
    skipped: Counter[str] = field(default_factory=Counter)

    def findings(self, link: Link) -> Iterator[Finding]:
        """What is wrong with a link; nothing where it is right, or where nobody can tell."""
        url = link.url.strip()
        if link.external:
            yield from self._own_site(link, url)
            return
        if url.lower().startswith("file:") or url[1:3] in {":\\", ":/"}:
            yield _finding(link, "local-link", f"'{url}' is a file of one machine")
            return
        if _PLACEHOLDER.fullmatch(url):
            self.skipped["placeholders"] += 1
            return
        if not url or url.lower().startswith(_SCHEMES) or "{{" in url or "{%" in url or "${" in url:
            return
        if url.startswith("/"):
            yield from self._absolute(link, url)
            return
        options = list(self._readings(link, url))
        if not options:
            self.skipped["not understood"] += 1
            return
        known = [
            (path, fragment, found) for path, fragment in options if (found := self._resolve(link, path)) is not None
        ]
        if not known:
            yield from self._missing(link, *options[0])
            return
        right = [item for item in known if not self.places.index.lacks(item[2], item[1])]
        if not right:
            yield from self._anchor(link, known[0][2], known[0][1])
        else:
            yield from self._language(link, right[0][2], right[0][1])

    # Where it leads --------------------------------------------------------------------------------------------------

    def _readings(self, link: Link, url: str) -> Iterator[tuple[str, str]]:
        """Path and fragment that a URL may mean, the likeliest first; the path is empty for the page itself."""
        places = self.places
        if link.kind in {"nav", "redirect"} and not link.page:
            path, rest = split(url)
            yield posixpath.normpath(unquote(path)) + ("/" if path.endswith("/") else ""), rest.partition("#")[2]
            return
        in_source = located(link.page, url)
        if link.kind in {"html", "switch"}:
            if places.mkdocs or in_source is None:
                place = on_site(link.page, url, places.directories)
                if place is not None:
                    yield self._from_address(place[0]), place[1]
                return
            yield in_source
            place = on_site(link.page, url, True)
            if place is not None:
                yield place
            return
        if in_source is None:
            return
        yield in_source
        path = in_source[0]
        if path and (path.endswith("/") or not posixpath.splitext(path)[1]):  # left as it is by MkDocs and others
            place = on_site(link.page, url, places.directories)
            if place is not None:
                yield self._from_address(place[0]), place[1]

    def _from_address(self, path: str) -> str:
        if not path:
            return path
        plain = path.removesuffix("index.html") if self.places.directories else path
        return self.places.addresses.get(path) or self.places.addresses.get(plain) or path

    def _resolve(self, link: Link, path: str) -> str | None:
        index = self.places.index
        if not path:
            return link.page
        found = index.resolve(path)
        if found is None and not posixpath.splitext(path)[1] and link.kind != "nav":
            found = index.resolve(f"{path.rstrip('/')}/")
        if found is None and not self.places.mkdocs and path.rstrip("/") in self.places.folders:
            return path  # shown as a list of its files
        if found is None and link.kind == "nav" and path.endswith("/"):
            found = next((page for page in index.pages if page.startswith(path)), None)
        return found

    # Links that are broken -------------------------------------------------------------------------------------------

    def _missing(self, link: Link, path: str, fragment: str) -> Iterator[Finding]:
        places = self.places
        if not self.complete:
            if path.startswith("../") or path == "..":
                self.skipped["leads out of the folder"] += 1
                return
            ending = posixpath.splitext(path)[1].lower()
            if ending and ending not in _MARKDOWN and ending not in places.endings:
                self.skipped[f"the folder holds no {ending} files"] += 1
                return
        other = places.elsewhere(link.page, path)
        if other is not None:
            lang = places.locales[link.page]
            message = f"'{link.url}' is not there in '{lang}'; there is '{other}', which a site may fall back to"
            yield _finding(link, "untranslated-target", message)
            return
        check = _CHECKS.get(link.kind, "broken-link")
        same = places.folded.get(fold(path), [])
        if same and same[0] != path:
            right = same[0]
            if fold(path) == path.casefold() and path.casefold() == right.casefold():
                message, check = f"'{link.url}' differs from '{right}' in case", "wrong-case"
            else:
                message = f"'{link.url}' differs from '{right}' in the form of its letters"
                check = "wrong-encoding"
            yield self._to(link, check, message, right, fragment, certain=len(same) == 1)
            return
        moved = places.moved.get(path)
        twice = unquote(path)
        if moved is not None and moved in places.index.pages:
            yield self._to(link, check, f"'{link.url}' has moved to '{moved}'", moved, fragment, certain=True)
        elif twice != path and places.index.resolve(twice):
            message = f"'{link.url}' is quoted twice; there is '{twice}'"
            yield self._to(
                link, "wrong-encoding", message, places.index.resolve(twice) or twice, fragment, certain=True
            )
        else:
            yield from self._nearest(link, check, path, fragment)

    def _nearest(self, link: Link, check: str, path: str, fragment: str) -> Iterator[Finding]:
        places = self.places
        same = places.same_name(path, link.page) or (
            places.same_name(f"{path}.md", link.page) if "." not in path else None
        )
        if same is not None:
            fits = not places.index.lacks(same, fragment)
            message = f"'{link.url}' does not exist; the only page of that name is '{same}'"
            yield self._to(link, check, message, same, fragment if fits else "", certain=fits)
            return
        near = places.index.near(path)
        if near is None:
            yield _finding(link, check, f"'{link.url}' does not exist")
        else:
            message = f"'{link.url}' does not exist; there is '{near}'"
            yield self._to(link, check, message, near, fragment, certain=False)

    def _anchor(self, link: Link, path: str, fragment: str) -> Iterator[Finding]:
        why = self.open_to(path, fragment)
        if why:
            self.skipped[why] += 1
            return
        anchors = self.places.index.pages[path]
        wanted = folded_anchor(fragment)
        same = sorted(anchor for anchor in anchors if folded_anchor(anchor) == wanted) if wanted else []
        where = "this page" if path == link.page else f"'{path}'"
        message = f"{where} has no anchor '#{fragment}'"
        if len(same) == 1:
            yield self._fragment(link, f"{message}; it is written '#{same[0]}'", same[0], certain=True)
            return
        near = self.places.index.near_anchor(path, fragment)
        if near is None:
            yield _finding(link, "broken-anchor", message)
        else:
            yield self._fragment(link, f"{message}; there is '#{near}'", near, certain=False)

    def _fragment(self, link: Link, message: str, anchor: str, *, certain: bool) -> Finding:
        head = link.url.partition("#")[0]
        return _finding(link, "broken-anchor", message, f"{head}#{_fragment(anchor)}", certain=certain)

    def _to(self, link: Link, check: str, message: str, path: str, fragment: str, *, certain: bool) -> Finding:
        return _finding(link, check, message, self._written(link, path, fragment), certain=certain)

    def _written(self, link: Link, path: str, fragment: str) -> str:
        """A page or file as this link would be written."""
        _, rest = split(link.url)
        query = rest.partition("#")[0]
        tail = query + (f"#{_fragment(fragment)}" if fragment else "")
        if link.kind in {"nav", "redirect"} and not link.page:
            return path + tail
        if link.kind in {"html", "switch"} and self.places.mkdocs:
            directories = self.places.directories
            own = address(link.page, directories)
            target = address(path, directories) if path in self.places.index.pages else path
            return (
                relative(target or ".", f"{own}x" if own.endswith("/") or not own else own)
                + ("/" if target.endswith("/") or not target else "")
                + tail
            )
        return relative(path, link.page) + tail

    # Languages -------------------------------------------------------------------------------------------------------

    def _language(self, link: Link, path: str, fragment: str) -> Iterator[Finding]:
        """A link from a page of one language to a page of another that exists in the first one too."""
        places = self.places
        own, other = places.locales.get(link.page, ""), places.locales.get(path, "")
        if not own or not other or own == other or link.kind in {"switch", "nav", "redirect"}:
            return
        right = places.counterparts.get((own, places.without[path]))
        if right is None or right == link.page or names_language(link.text, other, own):
            return
        message = f"'{link.url}' leads to a page in '{other}'; this one is in '{own}', and so is '{right}'"
        fits = not places.index.lacks(right, fragment)
        yield self._to(link, "wrong-locale", message, right, fragment if fits else "", certain=fits)

    def _absolute(self, link: Link, url: str) -> Iterator[Finding]:
        """A path from the root of the host; judged where MkDocs makes the site and its address is known."""
        places = self.places
        base = parts_of(places.site_url)
        if not places.mkdocs or base is None:
            self.skipped["paths from the root of the host"] += 1
            return
        head, rest = split(url)
        yield from self._at(link, base[1], unquote(head), unquote(rest.partition("#")[2]))

    def _own_site(self, link: Link, url: str) -> Iterator[Finding]:
        """A full address, which may be one of the site itself."""
        places = self.places
        base, parts = parts_of(places.site_url), parts_of(url)
        if (
            base is None
            or parts is None
            or parts[0] != base[0]
            or not places.mkdocs
            or link.kind in {"switch", "record"}
        ):
            return
        yield from self._at(link, base[1], parts[1], parts[2])

    def _at(self, link: Link, root: str, path: str, fragment: str) -> Iterator[Finding]:
        places = self.places
        root = f"{root.rstrip('/')}/"
        if not path.startswith(root):
            return
        path = posixpath.normpath(path[len(root) :]) + ("/" if path.endswith("/") else "")
        path = "" if path in {"./", "."} else path.removesuffix("index.html")
        lang, _, rest = path.partition("/")
        translated = lang in places.translated
        page = places.addresses.get(rest if translated else path)
        if page is None:
            folder = places.addresses.get(f"{path}/")
            if folder is None and not self._is_made(path):
                yield _finding(link, "broken-link", f"'{link.url}' is no address of this site")
            return
        if places.index.lacks(page, fragment):
            yield from self._anchor(link, page, fragment)
        elif (
            places.translated
            and link.page
            and page in places.index.pages
            and not names_language(link.text, lang or "en", link.locale)
        ):
            if (lang if translated else "") == link.locale and link.locale:
                return
            which = f"the page in '{lang}'" if translated else "the source's page"
            message = f"'{link.url}' leads readers of every language to {which}; '{page}' is there in each"
            if link.kind in {"link", "definition"}:
                yield self._to(link, "wrong-locale", message, page, fragment, certain=True)

    def _is_made(self, path: str) -> bool:
        """Whether an address is one of what MkDocs, its theme or Knooppunt make beside the pages."""
        made = ("assets/", "api/", "search/", "feed", "sitemap.xml", "robots.txt", "404.html")
        return path.startswith(made) or path.partition("/")[0] in self.places.translated


def names_language(text: str, code: str, own: str = "en") -> bool:
    """Whether the text of a link says that it leads to another language: its code, or its name in either language.

    >>> names_language("Lees dit in het Engels", "en", "nl"), names_language("the guide", "en", "nl")
    (True, False)
    """
    words = text.casefold()
    if not code or not words:
        return False
    try:
        language = Languages.parse(code, sep="-")
        here = language.get_display_name(own.replace("-", "_") or "en")
    except (UnknownLocaleError, ValueError):
        return False
    names = {name.casefold() for name in (language.display_name, language.english_name, here) if name}
    return code.casefold() in words.split() or any(name in words for name in names)


def _fragment(anchor: str) -> str:
    """An anchor as it is written in a URL: letters of every language stay, what would end the URL is quoted."""
    return "".join(quote(sign) if sign in " ()<>\"'[]%" else sign for sign in anchor)


def _finding(link: Link, check: str, message: str, new: str | None = None, *, certain: bool = False) -> Finding:
    """A finding on a link, mended by `new`; a suggestion only where that is not certain."""
    severity = _SEVERITIES.get(check, Severity.ERROR)
    edits = () if new is None else (Edit(link.start, link.start + len(link.url), new),)
    # `shows` is empty where the text has other letters than the URL, such as `&amp;`.
    if not link.shows or new == link.url or (link.kind in {"html", "switch"} and new and resolved(new) != new):
        edits = ()
    return Finding(check, message, link.where, severity, link.locale or None, edits, safe=certain, subject=link.url)
