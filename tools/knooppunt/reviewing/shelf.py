"""The project as the review sees it: catalogs and ledgers as they are on disk now, whatever the page shows of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError, UsageError
from knooppunt.files import read_text
from knooppunt.pages import front_matter_end
from knooppunt.project import Project
from knooppunt.recent import Recent
from knooppunt.remembering import catalog_names
from knooppunt.reviewing.ledgers import LiveLedger
from knooppunt.reviewing.live import LiveCatalog
from knooppunt.reviewing.marking import preview_policy
from knooppunt.reviewing.sanitize import MARK
from knooppunt.sources import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knooppunt.catalogs import Catalog, Ledger
    from knooppunt.model import TranslatedRecord
    from knooppunt.reviewing.marking import Key
    from knooppunt.sources import SourcePage
    from knooppunt.translated import Insert, Policy

_TITLE: Final = re.compile(
    r"^title:[ \t]*[\"']?(?P<matter>[^\n]+?)[\"']?[ \t]*$|^#[ \t]+(?P<heading>[^\n]+)$", re.MULTILINE
)
_ATTRIBUTES: Final = re.compile(r"[ \t]*\{[^{}]*\}[ \t]*$|[ \t]+#+[ \t]*$")
_HEAD: Final = 4000
"""Characters of a page in which its title is looked for."""


class Shelf:
    """The catalogs and the ledger of one locale."""

    def __init__(self, project: Project, code: str) -> None:
        self.project = project
        self.code = code
        self.ledger = LiveLedger(project.ledger_path(code), f"{project.settings.locales}/{code}/reviews.jsonl")
        self.catalogs: dict[str, LiveCatalog] = {}
        """By name; `site` last. Names come from the folder, never from a request."""

    def refresh(self) -> bool:
        """Look at all files; whether anything has changed."""
        changed = self.ledger.refresh()
        found = self._names()
        if found != list(self.catalogs):
            self.catalogs = {name: self.catalogs.get(name) or self._open(name) for name in found}
            changed = True
        for catalog in self.catalogs.values():
            changed = catalog.refresh() or changed
        return changed

    def _names(self) -> list[str]:
        names = []
        for name in sorted(catalog_names(self.project, self.code), key=lambda name: (name == SITE, name)):
            try:
                self.project.catalog_path(self.code, name)
            except UsageError:  # a link that leads out of the project
                continue
            names.append(name)
        return names

    def _open(self, name: str) -> LiveCatalog:
        path = self.project.catalog_path(self.code, name)
        return LiveCatalog(path, path.relative_to(self.project.settings.root).as_posix())


class ReviewProject(Project):
    """A project whose catalogs and ledgers are the live ones; what was made of older ones is forgotten."""

    shelves: Mapping[str, Shelf] = {}
    marked: Key | None = None
    """The text that a preview marks, while one is being made."""

    def forget(self) -> None:
        """Make all texts anew from the catalogs of now."""
        self._records.clear()
        self._words.clear()

    def forget_sources(self) -> None:
        """Pages or records have changed: read them when asked."""
        for name in ("paths", "sources", "pages", "by_name", "knowledge", "names", "_articles", "mkdocs"):
            self.__dict__.pop(name, None)
        self._pages = Recent()
        self.forget()

    def policy(self, code: str) -> Policy:
        """What a locale publishes; while a preview is made, all that is safe."""
        found = super().policy(code)
        return found if self.marked is None else preview_policy(found, self.marked)

    def inserts(self, source: SourcePage, locale: str) -> Sequence[Insert]:
        """What stands in place of the directives of a page."""
        return self._inserts(source, locale)(False)

    def _records_of(self, locale: str) -> dict[str, TranslatedRecord]:
        found = super()._records_of(locale)
        if self.marked is None or locale != self.settings.source_locale:
            return found
        name, _, field = (self.marked[0] or "").rpartition(":")
        record = found.get(name)
        if record is not None and field in record.texts:
            text = record.texts[field]
            texts = {**record.texts, field: replace(text, value=text.value + MARK)}
            found = {**found, name: replace(record, texts=texts)}
        return found

    def catalog(self, code: str, name: str) -> Catalog | None:
        """The live catalog; None where there is none. Raises DataError where it cannot be read."""
        shelf = self.shelves.get(code)
        if shelf is None:
            return super().catalog(code, name)
        found = shelf.catalogs.get(name)
        if found is None:
            return None
        if found.problem is not None:
            raise found.problem
        return found.catalog

    def ledger(self, code: str) -> Ledger:
        """The decisions of now."""
        shelf = self.shelves.get(code)
        if shelf is None:
            return super().ledger(code)
        return shelf.ledger.ledger


def article_title(project: Project, name: str) -> str:
    """The title of an article, read from the head of its page; its name where it has none, or no page."""
    source = project.by_name.get(name)
    if source is None:
        return name
    if source.made:
        return name.rpartition("/")[2]
    try:
        text = read_text(project.settings.docs_path / source.path, source.shown)[:_HEAD]
    except DataError:
        return name
    matter = front_matter_end(text) if text.startswith("---") else 0
    titles = (item for item in _TITLE.finditer(text) if bool(item["matter"]) == (item.start() < matter))
    found = next(titles, None)  # a comment in front matter is no heading
    return _ATTRIBUTES.sub("", found["matter"] or found["heading"]) if found is not None else name
