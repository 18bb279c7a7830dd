"""Where links may lead: of a project, and of any set of files, whose pages are read when a link asks for them."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING

from knooppunt.checking.files import Kind, current
from knooppunt.checks import LinkIndex, page_anchors
from knooppunt.checks.link_index import targets
from knooppunt.errors import DataError
from knooppunt.pages import parse_page, records_directives
from knooppunt.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from knooppunt.checking.files import Task
    from knooppunt.model import Page
    from knooppunt.project import Project

GENERATED = ("records.md", "status.md")
"""Pages that the site makes, besides one for each record: links to them are no broken links."""

_HELD = 100_000
"""Anchors that are held in memory, about 10 MB."""


def link_index(project: Project) -> LinkIndex:
    """Where the links of a project's pages may lead."""
    docs = project.settings.docs_path
    pages: dict[str, frozenset[str]] = {}
    for source in project.pages:
        shown = {
            record.id
            for directive in records_directives(source.page)
            for record in project.knowledge.select(**directive.filters)
        }
        pages[source.path] = page_anchors(source.page, shown)
    for path in GENERATED:
        pages.setdefault(path, frozenset({*project.knowledge.records, *project.knowledge.redirects}))
    for name in project.knowledge.records:
        pages.setdefault(f"records/{name}.md", frozenset())
    files = {path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()}
    return LinkIndex(pages, frozenset(files - set(pages)), project.settings.docs)


class PagesOnDisk(Mapping[str, frozenset[str]]):
    """Anchors of a set of pages by their paths, read when they are asked for; only the last ones are held."""

    def __init__(self, tasks: Sequence[Task], spool: Path) -> None:
        self._pages = {
            posixpath.normpath(task.shown): (task, number)
            for number, task in enumerate(tasks)
            if task.kind is Kind.MARKDOWN
        }
        self._spool = spool
        self._held: Recent[str, frozenset[str]] = Recent(_HELD)

    def __getitem__(self, path: str) -> frozenset[str]:
        if path not in self._pages:
            raise KeyError(path)
        return self._held.get(path, lambda: self._anchors(path), len)

    def _anchors(self, path: str) -> frozenset[str]:
        task, number = self._pages[path]
        try:
            return page_anchors(parse_page(current(task, number, self._spool).text, path=task.shown))
        except DataError:  # it is reported where it is checked itself
            return frozenset()

    def __contains__(self, path: object) -> bool:
        return path in self._pages

    def __iter__(self) -> Iterator[str]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)


class FilesOnDisk(Set[str]):
    """The files of a folder by their paths: whether one is there is asked of the disk, so none is listed."""

    def __init__(self, base: Path) -> None:
        self._base = base

    def __contains__(self, path: object) -> bool:
        try:
            return isinstance(path, str) and (self._base / path).is_file()
        except (OSError, ValueError):  # a name that no file can have
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def linked_anchors(page: Page, site: LinkIndex) -> set[tuple[str, str]]:
    """Path and anchor of what a page links to in other pages."""
    found = set()
    for target in targets(page, site):
        if target.fragment and target.path:
            path = site.resolve(target.path)
            if path is not None and path in site.pages and path != posixpath.normpath(site.own_path(page)):
                found.add((path, target.fragment))
    return found
