"""Which files are sources, and of which article each is; none is read before somebody asks for its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.errors import DataError, Problem
from knooppunt.files import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from knooppunt.config import Settings
    from knooppunt.model import Page

SITE = "site"
"""Name of the catalog of what belongs to no page: navigation, labels, Knooppunt's own words."""
PAGES = (".md",)
RECORDS = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One page of the source."""

    name: str
    """`virtual-nodes/network`; the name of its catalog."""
    path: str
    """Path under the docs folder: `virtual-nodes/network/index.md`."""
    shown: str
    """Path as errors and catalogs name it: `docs/virtual-nodes/network/index.md`."""
    made: bool = False
    """Whether the page is made from code, so that no file of this name exists."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page of the source, read when it is asked for."""

    file: SourceFile
    load: Callable[[], Page] = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """`virtual-nodes/network`; the name of its catalog."""
        return self.file.name

    @property
    def path(self) -> str:
        """Path under the docs folder: `virtual-nodes/network/index.md`."""
        return self.file.path

    @property
    def shown(self) -> str:
        """Path as errors and catalogs name it: `docs/virtual-nodes/network/index.md`."""
        return self.file.shown

    @property
    def made(self) -> bool:
        """Whether the page is made from code, so that no file of this name exists."""
        return self.file.made

    @property
    def page(self) -> Page:
        """The page in blocks. Raises DataError where it cannot be read."""
        return self.load()

    @property
    def text(self) -> str:
        """The Markdown text. Raises DataError where it cannot be read."""
        return self.load().text


def article_name(path: str) -> str:
    """Name of the article of a Markdown or record file: `a/b/index.md`, `a/b.md` and `a/b/limits.yml` are `a/b`."""
    stem, _, ending = path.rpartition(".")
    if ending in {"yml", "yaml"}:
        return stem.rpartition("/")[0] or "index"
    if stem.endswith("/index"):
        return stem.removesuffix("/index")
    return stem


def source_paths(settings: Settings) -> list[str]:
    """Paths under docs of all pages and record files, sorted. Raises DataError as `listed` does."""
    return listed(settings.docs_path, settings.docs, (*PAGES, *RECORDS), settings.ignore)


def source_files(settings: Settings, paths: Iterable[str], made: Iterable[str]) -> tuple[SourceFile, ...]:
    """The pages among `paths`, and those that are made from code, in the order of their paths.

    Raises DataError where two are one article.
    """
    found = [_file(settings, path, made=False) for path in paths if path.endswith(PAGES)]
    found += [_file(settings, path, made=True) for path in made]
    problems = _clashes(found)
    if problems:
        raise DataError(problems)
    return tuple(sorted(found, key=lambda file: file.path))


def _file(settings: Settings, path: str, *, made: bool) -> SourceFile:
    return SourceFile(article_name(path), path, f"{settings.docs}/{path}", made)


def _clashes(files: Iterable[SourceFile]) -> list[Problem]:
    first: dict[str, SourceFile] = {}
    problems = []
    for file in files:
        other = first.setdefault(file.name.casefold(), file)
        if other is not file:
            message = f"is the article '{file.name}' too, as {other.shown} is"
            problems.append(Problem(file.shown, 0, "", message, "rename one of the two"))
        if file.name == SITE:
            problems.append(Problem(file.shown, 0, "", f"'{SITE}' is the name of Knooppunt's own catalog", "rename it"))
    return problems
