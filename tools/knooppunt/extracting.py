"""Drafts of records out of articles in files and folders, with what a project and a file of drafts know already."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError, UsageError
from knooppunt.extraction import LIKELY, DraftsFile, Source, known_of, parse_drafts, propose, with_drafts
from knooppunt.feed.history import evidence_of
from knooppunt.files import Writes, alone, decode, listed, read_text
from knooppunt.git import git
from knooppunt.githistory import open_blobs
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from knooppunt.errors import Problem
    from knooppunt.extraction import Draft
    from knooppunt.githistory import BlobReader
    from knooppunt.project import Project

ARTICLES: Final = (".md", ".markdown")
ENDINGS: Final = (".yml", ".yaml")
"""Of a file of drafts."""
_NO_DRAFTS: Final = DraftsFile(frozenset(), {})


@dataclass(frozen=True, slots=True)
class Extraction:
    """What some articles propose."""

    drafts: tuple[Draft, ...]
    """What is new, in the order of the articles."""
    pages: int
    bullets: int
    """List items in sections about limitations, prerequisites and requirements."""
    known: int
    """Drafts that the file of drafts has already, rejected ones included."""
    stated: int
    """Passages that evidence of the project's records quotes."""
    problems: tuple[Problem, ...]
    """Articles that could not be read; the others are read nevertheless."""


def read_drafts(path: Path) -> tuple[str, DraftsFile]:
    """The text of a file of drafts and what it has; empty where there is no such file. Raises DataError."""
    if not path.exists():
        return "", _NO_DRAFTS
    text = read_text(path)
    return text, parse_drafts(text, str(path))


def refuse_published(path: Path, project: Project | None) -> None:
    """Raise UsageError where a file of drafts would be read as records, or is no YAML by its name."""
    if path.suffix not in ENDINGS:
        raise UsageError(f"'{path}' is no YAML file by its name; call it drafts.yml, for instance")
    if project is not None and path.resolve().is_relative_to(project.settings.docs_path.resolve()):
        docs = project.settings.docs
        raise UsageError(f"'{path}' is below {docs}/, where files are records; put the drafts beside it: drafts.yml")


def extract(
    paths: Sequence[str],
    base: Path,
    *,
    there: DraftsFile | None = None,
    project: Project | None = None,
    repositories: Mapping[str, Path] | None = None,
    product: str = "draft",
    likely: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Extraction:
    """The drafts that the Markdown files at some paths propose, without those that are known.

    `there` is what a file of drafts has. `project` has records whose evidence need not be proposed again.
    `repositories` are folders by the first part of the names that their files have as sources. `likely` leaves out
    what is merely possible. Raises UsageError for a path that is not there and for a file of another kind, DataError
    for records that are not right, GitError where git fails.
    """
    records = project.knowledge.records if project is not None else {}
    evidence = (item for record in records.values() for item in evidence_of(record))
    there = there or _NO_DRAFTS
    known = known_of(evidence, [*there.ids, *records], there.fingerprints, there.sources)
    found: list[Draft] = []
    problems: list[Problem] = []
    pages = bullets = before = stated = 0
    with ExitStack() as stack:
        sources = _Sources(repositories or {}, (base / given for given in paths), stack, project)
        for path, shown in _articles(paths, base):
            progress(shown)
            try:
                data = path.read_bytes()
                page = parse_page(decode(data, shown), path=shown)
            except DataError as error:
                problems.extend(error.problems)
                continue
            made = propose(page, sources.of(path, shown, data), known, product=product)
            found += (draft for draft in made.drafts if draft.confidence == LIKELY or not likely)
            pages += 1
            bullets += made.bullets
            before += made.known
            stated += made.stated
    if not pages and not problems:
        raise UsageError(f"there is no Markdown in {', '.join(paths)}")
    return Extraction(tuple(found), pages, bullets, before, stated, tuple(problems))


def write_drafts(path: Path, before: str, drafts: tuple[Draft, ...]) -> bool:
    """Add drafts to the end of a file of drafts that was `before` when it was read; False where there are none.

    Raises DataError where the file is another one by now, or cannot be added to.
    """
    if not drafts:
        return False
    text = with_drafts(before, str(path), drafts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with alone(path.parent), Writes() as writes:
        if not before and path.exists():
            before = read_text(path)
            if before.strip():
                raise DataError.single(str(path), 0, "was made by another program while this ran", hint="run it again")
        writes.add(path, text, before=before if path.exists() else None)
        writes.commit()
    return True


def _articles(paths: Sequence[str], base: Path) -> Iterator[tuple[Path, str]]:
    """The Markdown files that paths name, each with its path as given, sorted within each folder, none twice."""
    seen: set[Path] = set()
    for given in paths:
        path = base / given
        if path.is_dir():
            lead = f"{given.rstrip('/')}/" if given.rstrip("/") not in {"", "."} else ""
            found = [(path / name, f"{lead}{name}") for name in listed(path, given, ARTICLES)]
        elif not path.is_file():
            raise UsageError(f"there is no file or folder '{given}'")
        elif path.suffix not in ARTICLES:
            raise UsageError(f"'{given}' is no article; give Markdown files ({', '.join(ARTICLES)}) or folders")
        else:
            found = [(path, given)]
        for file, shown in found:
            if (place := file.resolve()) not in seen:
                seen.add(place)
                yield file, shown


class _Repository:
    """A working tree of git as far as evidence needs it."""

    def __init__(self, top: Path, stack: ExitStack) -> None:
        self.top = top
        self._stack = stack

    @cached_property
    def _head(self) -> tuple[str, date] | None:
        """The commit that is checked out and its day in UTC; None before the first one."""
        if not git(self.top, "rev-list", "--all", "--max-count=1").strip():
            return None
        commit, seconds = git(self.top, "log", "-1", "--format=%H %ct").decode("ascii").split()
        return commit, datetime.fromtimestamp(int(seconds), UTC).date()

    @cached_property
    def _blobs(self) -> BlobReader:
        return self._stack.enter_context(open_blobs(self.top))

    def source(self, name: str, path: str, data: bytes) -> Source:
        """A file of the tree; its commit is named where it is there as it was read, whatever its line ends."""
        if self._head is None or "\n" in path:
            return Source(name)
        committed = self._blobs.read(f"{self._head[0]}:{path}")
        if committed is None or committed.replace(b"\r\n", b"\n") != data.replace(b"\r\n", b"\n"):
            return Source(name)
        return Source(name, *self._head)


class _Sources:
    """What evidence calls each file."""

    def __init__(
        self, repositories: Mapping[str, Path], roots: Iterable[Path], stack: ExitStack, project: Project | None
    ) -> None:
        self._project = project.settings.root.resolve() if project is not None else None
        self._roots = [root.resolve() for root in roots if root.is_dir()]
        for folder in repositories.values():
            if not folder.is_dir():
                raise UsageError(f"there is no folder '{folder}'")
        self._names = {folder.resolve(): name for name, folder in repositories.items()}
        self._stack = stack
        self._tops: dict[Path, _Repository | None] = {}

    def of(self, path: Path, shown: str, data: bytes) -> Source:
        """The source of a file: its path in its repository behind the repository's name, or its path as given.

        Its place names no folder that is called otherwise on another machine.
        """
        place = path.resolve()
        repository = self._repository(place.parent)
        found = self._named(place, shown, data, repository)
        top = repository.top if repository is not None else None
        within = next((root for root in (self._project, top) if root is not None and place.is_relative_to(root)), None)
        return found if within is None else replace(found, place=place.relative_to(within).as_posix())

    def _named(self, place: Path, shown: str, data: bytes, repository: _Repository | None) -> Source:
        named = next((folder for folder in self._names if place.is_relative_to(folder)), None)
        if repository is None:
            if named is None:
                return Source(self._below(place, shown))
            return Source(f"{self._names[named]}/{place.relative_to(named).as_posix()}")
        inner = place.relative_to(repository.top).as_posix()
        name = repository.top.name if named is None else self._names[named]
        return repository.source(f"{name}/{inner}", inner, data)

    def _below(self, place: Path, shown: str) -> str:
        """The path of a file as given; behind the name of its folder where that tells of one machine."""
        given = PurePath(shown)
        if not given.is_absolute() and ".." not in given.parts:
            return given.as_posix()
        root = next((folder for folder in self._roots if place.is_relative_to(folder)), place.parent)
        return f"{root.name}/{place.relative_to(root).as_posix()}"

    def _repository(self, folder: Path) -> _Repository | None:
        """The repository that a folder is in."""
        if folder not in self._tops:
            if (folder / ".git").exists():
                self._tops[folder] = _Repository(folder, self._stack)
            else:
                self._tops[folder] = None if folder.parent == folder else self._repository(folder.parent)
        return self._tops[folder]
