"""Sources as they are on disk: of a project, or of any folder of Markdown; their links, and where those may lead."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel import Locale as Languages
from babel.core import UnknownLocaleError

from knooppunt.checking import link_index
from knooppunt.checks import LinkIndex, page_anchors
from knooppunt.errors import DataError, UsageError
from knooppunt.files import read_text
from knooppunt.git import GitError, git
from knooppunt.links.anchors import github_anchors, made_by_macro, takes_in_text
from knooppunt.links.collect import catalog_links, config_links, page_links, record_links
from knooppunt.links.places import Places
from knooppunt.links.walking import walked
from knooppunt.mkdocsfile import parse_mkdocs
from knooppunt.pages import parse_page
from knooppunt.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.links.model import Link
    from knooppunt.model import Page
    from knooppunt.project import Project

MARKDOWN: Final = (".md", ".markdown")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_SHARED: Final = 0.2
"""Part of the pages of the smaller of two folders that the other one has too, from which on they are two languages."""
_SKIPPED_FOLDERS: Final = frozenset({"node_modules", "__pycache__", "site-packages"})


@dataclass
class Sources:
    """A set of sources: what links it has, and where they may lead."""

    root: Path
    """The folder that the paths of origins are relative to."""
    docs: str
    """Folder of the pages below it; empty where it is that folder itself."""
    names: tuple[str, ...]
    """Paths of the pages below `docs`, sorted."""
    complete: bool
    """Whether what is not here is nowhere."""
    config: Mapping[str, Any] = field(default_factory=dict)
    project: Project | None = None
    _held: Recent[str, Page] = field(default_factory=Recent)

    def page(self, path: str) -> Page:
        """A page, parsed. Raises DataError where it cannot be read."""
        if self.project is not None:
            return self._of_the_project[path]
        return self._held.get(path, lambda: self._parsed(path), lambda page: len(page.text))

    @cached_property
    def _of_the_project(self) -> Mapping[str, Page]:
        return {} if self.project is None else {item.path: item.page for item in self.project.sources}

    def _parsed(self, path: str) -> Page:
        shown = self.shown(path)
        return parse_page(read_text(self.root / shown, shown), path=shown)

    def shown(self, path: str) -> str:
        """A page's path relative to the root."""
        return f"{self.docs}/{path}" if self.docs else path

    @cached_property
    def mkdocs(self) -> bool:
        """Whether MkDocs makes a site of them."""
        return bool(self.config)

    @cached_property
    def snippet_folders(self) -> tuple[str, ...] | None:
        """Where pymdownx.snippets looks for files, relative to the root; None where it is not in use."""
        extensions = self.config.get("markdown_extensions")
        for item in extensions if isinstance(extensions, list) else ():
            if item == "pymdownx.snippets":
                return (".",)
            if isinstance(item, dict) and "pymdownx.snippets" in item:
                base = (item["pymdownx.snippets"] or {}).get("base_path", ".")
                return tuple(str(part) for part in base) if isinstance(base, list) else (str(base),)
        return None

    @cached_property
    def places(self) -> Places:
        """Where links may lead. Raises DataError with every unreadable page of a project."""
        config = self.config
        locales, without, counterparts = _languages(self.names)
        moved = {link.text: link.url.partition("#")[0] for link in self.configured if link.kind == "redirect"}
        return Places(
            self._index(),
            locales,
            counterparts,
            without,
            {**self._renamed(), **moved},
            mkdocs=self.mkdocs,
            directories=config.get("use_directory_urls") is not False,
            site_url=str(config.get("site_url") or ""),
            translated=() if self.project is None else tuple(str(item.code) for item in self.project.locales),
        )

    def open_to(self, path: str, fragment: str) -> str:
        """Why an anchor of a page may be there although it was not found; empty where nothing speaks for it."""
        page = self.page(path)
        if made_by_macro(page.text, fragment):
            return "anchors that macros make"
        return "anchors of pages that take in text from elsewhere" if takes_in_text(page) else ""

    def _index(self) -> LinkIndex:
        if self.project is not None:
            return link_index(self.project)
        pages = {}
        for path in self.names:
            try:
                page = self.page(path)
                pages[path] = page_anchors(page) if self.mkdocs else page_anchors(page) | github_anchors(page)
            except DataError:  # said where its links are read
                pages[path] = frozenset()
        built = "" if self.docs else str(self.config.get("site_dir") or "site")
        files = {path for path in _files(self.root / self.docs, built, hidden=True) if path not in pages}
        return LinkIndex(pages, frozenset(files), self.docs)

    def _renamed(self) -> dict[str, str]:
        """Old path -> new path of the pages that git says were renamed; empty without a history."""
        command = [
            "log",
            "-M",
            "--diff-filter=R",
            "--name-status",
            "--format=",
            "-z",
            "-n",
            "2000",
            "--relative",
            "--",
            ".",
        ]
        try:
            parts = git(self.root / self.docs, *command).decode("utf-8", "replace").split("\0")
        except (GitError, OSError, ValueError):
            return {}
        found: dict[str, str] = {}
        known = set(self.names)
        for at in range(0, len(parts) - 2, 3):
            status, old, new = parts[at].strip("\n"), parts[at + 1], parts[at + 2]
            if not status.startswith("R"):
                break
            new = found.get(new, new)
            if old not in known and new in known:
                found.setdefault(old, new)
        return found

    # Links -----------------------------------------------------------------------------------------------------------

    def links(self) -> Iterator[Link]:
        """Every link of every source, file by file. Raises DataError where a file cannot be read."""
        locales = self.places.locales
        snippets = self.snippet_folders is not None
        made = set() if self.project is None else {item.path for item in self.project.sources if item.made}
        for path in self.names:
            if path not in made:
                yield from page_links(self.page(path), path, locales.get(path, ""), snippets=snippets)
        yield from self.configured
        if self.project is not None:
            yield from self._of_project(self.project)

    @cached_property
    def configured(self) -> tuple[Link, ...]:
        """Links in mkdocs.yml: its navigation and its redirects."""
        path = self.root / "mkdocs.yml"
        if not self.config or not path.is_file():
            return ()
        return tuple(config_links(dict(self.config), read_text(path, "mkdocs.yml")))

    def _of_project(self, project: Project) -> Iterator[Link]:
        settings = project.settings
        records = list(project.knowledge.records.values())
        shown = sorted({record.origin.path for record in records})
        yield from record_links(records, {path: read_text(settings.root / path, path) for path in shown})
        for locale in project.locales:
            for source in project.sources:
                catalog = project.catalog(locale.code, source.name)
                if catalog is not None:
                    yield from catalog_links(catalog, source.path, str(locale.code))


def project_sources(project: Project) -> Sources:
    """The sources of a project."""
    settings = project.settings
    names = tuple(item.path for item in project.sources)
    return Sources(settings.root, settings.docs, names, True, project.mkdocs, project)


def folder_sources(folder: Path) -> Sources:
    """The Markdown files below a folder; with a mkdocs.yml in it, those of its pages' folder.

    Raises DataError where the mkdocs.yml is not valid.
    """
    config: Mapping[str, Any] = {}
    docs = ""
    if (folder / "mkdocs.yml").is_file():
        config = parse_mkdocs(read_text(folder / "mkdocs.yml", "mkdocs.yml"), "mkdocs.yml")
        docs = str(config.get("docs_dir") or "docs").strip("/")
        if not (folder / docs).is_dir() or ".." in docs.split("/"):
            raise DataError.single("mkdocs.yml", 0, f"there is no folder '{docs}'", hint="set docs_dir")
    built = "" if docs else "site"
    names = tuple(sorted(path for path in _files(folder / docs, built) if path.lower().endswith(MARKDOWN)))
    if not names:
        raise UsageError(f"{folder} holds no Markdown; name the folder of the pages")
    return Sources(folder, docs, names, bool(config), config)


def source_links(project: Project) -> Iterator[Link]:
    """Every link of a project's pages, catalogs, records and settings. Raises DataError as reading them does."""
    return project_sources(project).links()


def tree_links(folder: Path) -> Iterator[Link]:
    """Every link of the Markdown files below a folder, which need not be a project."""
    return folder_sources(folder).links()


def _files(folder: Path, built: str = "", *, hidden: bool = False) -> Iterator[str]:
    """Paths below a folder of all files, without what tools install and the folder of the built site, `built`.

    Hidden ones are among them where that is asked for, but for those of git.
    """
    for path in walked(
        folder,
        lambda lead, name: (
            (hidden or not name.startswith("."))
            and name not in _SKIPPED_FOLDERS | {".git", ".venv"}
            and (lead + name != built or not built)
        ),
    ):
        if hidden or not path.rpartition("/")[2].startswith("."):
            yield path


def _languages(names: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str], dict[tuple[str, str], str]]:
    """Language and path without it of each page in a folder of a language, and the page by both.

    Folders are languages where two or more of them, side by side, have the names of languages and share pages.
    """
    groups: dict[str, dict[str, set[str]]] = {}
    for path in names:
        parts = path.split("/")
        for depth in range(min(len(parts) - 1, 3)):
            if _CODE.fullmatch(parts[depth]) and _is_language(parts[depth]):
                folder = posixpath.join(*parts[:depth], "") if depth else ""
                groups.setdefault(folder, {}).setdefault(parts[depth], set()).add("/".join(parts[depth + 1 :]))
                break
    locales: dict[str, str] = {}
    without: dict[str, str] = {}
    counterparts: dict[tuple[str, str], str] = {}
    for folder, codes in groups.items():
        for code, pages in codes.items():
            others = [other for name, other in codes.items() if name != code]
            if not any(len(pages & other) >= max(1, _SHARED * min(len(pages), len(other))) for other in others):
                continue
            for page in pages:
                path = f"{folder}{code}/{page}"
                locales[path], without[path] = code, f"{folder}{page}"
                counterparts[code, without[path]] = path
    return locales, without, counterparts


def _is_language(code: str) -> bool:
    try:
        Languages.parse(code.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True
