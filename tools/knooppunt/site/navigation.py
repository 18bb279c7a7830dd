"""The navigation of a site: what mkdocs.yml lists, expanded, checked and translated."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from knooppunt.checking import GENERATED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from knooppunt.model import Text

Nav = list[Any]
"""As in mkdocs.yml: paths, and mappings with one title each to a path or to a nav."""


def expand(nav: Nav, pages: Sequence[str]) -> Nav:
    """A nav in which each path that ends in a slash has become the list of the pages below that folder.

    The index of the folder comes first, the others follow by name. A folder without pages becomes an empty list.
    """
    return [_expand(item, pages) for item in nav]


def _expand(item: Any, pages: Sequence[str]) -> Any:
    if isinstance(item, dict):
        return {title: _expand_value(value, pages) for title, value in item.items()}
    return item


def _expand_value(value: Any, pages: Sequence[str]) -> Any:
    if isinstance(value, list):
        return expand(value, pages)
    if isinstance(value, str) and value.endswith("/") and not is_link(value):
        return sorted((page for page in pages if page.startswith(value)), key=page_order)
    return value


def page_order(path: str) -> tuple[Any, ...]:
    """Sorts the index of a folder before its other pages, and pages before folders."""
    *folders, file = path.split("/")
    return (*((1, folder) for folder in folders), (0, "" if file in {"index.md", "README.md"} else file))


def default_nav(pages: Sequence[str], title: Callable[[str], str]) -> Nav:
    """A nav for a project that lists none: its folders as sections, `title(path)` naming them after their index."""
    return _section(sorted(pages, key=page_order), "", title)


def _section(pages: Sequence[str], folder: str, title: Callable[[str], str]) -> Nav:
    nav: Nav = []
    below: dict[str, list[str]] = {}
    for page in pages:
        name, slash, _ = page[len(folder) :].partition("/")
        if slash:
            below.setdefault(f"{folder}{name}/", []).append(page)
        else:
            nav.append(page)
    for child, members in below.items():
        index = next((page for page in members if page in {f"{child}index.md", f"{child}README.md"}), None)
        name = title(index) if index else child.rstrip("/").rpartition("/")[2].replace("-", " ").capitalize()
        nav.append(index if members == [index] else {name: _section(members, child, title)})
    return nav


def entries(nav: Nav) -> Iterator[tuple[str | None, str]]:
    """Title and target of every entry, depth first."""
    for item in nav:
        if isinstance(item, str):
            yield None, item
        elif isinstance(item, dict):
            for title, value in item.items():
                if isinstance(value, str):
                    yield str(title), value
                elif isinstance(value, list):
                    yield from entries(value)


def titles(nav: Nav) -> Iterator[str]:
    """Titles of entries and sections, depth first."""
    for item in nav:
        if isinstance(item, dict):
            for title, value in item.items():
                yield str(title)
                if isinstance(value, list):
                    yield from titles(value)


def translations(nav: Nav, words: Callable[[str], Text]) -> dict[str, str]:
    """Title in the source language -> title in a locale, for each title that differs."""
    found = {}
    for title in titles(nav):
        text = words(f"nav.{title}").value
        if text and text != title:
            found[title] = text
    return found


def is_link(target: str) -> bool:
    """Whether an entry leads to another site."""
    return "://" in target or target.startswith(("mailto:", "//"))


def escapes(target: str) -> bool:
    """Whether a path leads out of the docs folder."""
    normal = posixpath.normpath(target.replace("\\", "/"))
    return normal.startswith(("/", "../")) or normal == ".." or (len(target) > 1 and target[1] == ":")


def missing(nav: Nav, pages: Iterable[str]) -> list[str]:
    """Targets inside the docs folder that are neither a page nor made by the plugin."""
    known = {*pages, *GENERATED}
    return [
        target
        for _, target in entries(nav)
        if not is_link(target) and not escapes(target) and not target.endswith("/") and target not in known
    ]
