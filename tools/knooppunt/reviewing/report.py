"""A report on what changed since a revision: each segment with its findings, and as readers will see it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.checks.unit import nplurals
from knooppunt.model import Severity, State
from knooppunt.remembering import catalog_names
from knooppunt.reviewing.changed_git import changed_catalogs
from knooppunt.reviewing.figures import Editing, editing_of
from knooppunt.reviewing.figures_input import passage
from knooppunt.reviewing.findings import MOST_SIBLINGS, FindingBook
from knooppunt.reviewing.preview import Reader
from knooppunt.reviewing.shelf import article_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Entry, Finding
    from knooppunt.project import Project
    from knooppunt.reviewing.changed import CatalogChange, Changed
    from knooppunt.reviewing.changed_git import Base

SEVERITIES: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
MOST_SEGMENTS: Final = 2000
"""Segments of one report that are shown; the others are counted."""
_PICTURE: Final = re.compile(r'<img(?:[^<>"]|"[^"]*")*>')
_ALTERNATIVE: Final = re.compile(r' alt="([^"]*)"')
_HANDLE: Final = re.compile(r' (?:id|href|data-href)="[^"]*"')


@dataclass(frozen=True, slots=True)
class Rendered:
    """Harmless HTML of one segment; empty where it would only repeat the text."""

    source: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One segment of a report."""

    changed: Changed
    path: str
    """Of its catalog, from the root of the project."""
    findings: tuple[Finding, ...]
    """What the checks say of the text as it is now, errors first; their origins tell nothing."""
    rendered: Rendered

    @property
    def said(self) -> Mapping[Finding, int]:
        """The findings as they are told: those that say the same once, with how often."""
        counts: dict[tuple[str, str], int] = {}
        first: dict[tuple[str, str], Finding] = {}
        for finding in self.findings:
            key = (finding.check, finding.message)
            counts[key] = counts.get(key, 0) + 1
            first.setdefault(key, finding)
        return {first[key]: count for key, count in counts.items()}


@dataclass(frozen=True, slots=True)
class Article:
    """The segments of one catalog."""

    name: str
    title: str
    items: tuple[Item, ...]
    """As far as they are shown."""
    total: int
    """All segments that changed."""
    words: int
    """Of the sources of all of them."""
    untranslated: int
    gone: int
    found: Counter[Severity]
    """Findings of all of them, by severity, also of those that are not shown."""

    @property
    def approved(self) -> int:
        """Segments that are shown and approved now."""
        return sum(item.changed.state is State.APPROVED for item in self.items)


@dataclass(frozen=True, slots=True)
class LocaleReport:
    """What changed in one locale."""

    code: str
    name: str
    direction: str
    articles: tuple[Article, ...]
    editing: Editing
    """What people changed in the drafts of the machine, in the segments of this report."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that changed."""

    project: str
    since: str
    commit: str
    source_locale: str
    locales: tuple[LocaleReport, ...]

    @property
    def since_said(self) -> str:
        """The revision in words."""
        return "the last commit" if self.since == "HEAD" else self.since

    @property
    def articles(self) -> Iterator[tuple[LocaleReport, Article]]:
        """All articles with their locales."""
        return ((locale, article) for locale in self.locales for article in locale.articles)

    @property
    def total(self) -> int:
        """Segments that changed."""
        return sum(article.total for _, article in self.articles)

    @property
    def shown(self) -> int:
        """Segments that are shown."""
        return sum(len(article.items) for _, article in self.articles)

    @property
    def failures(self) -> int:
        """Errors and warnings of all segments that changed."""
        return sum(
            n for _, article in self.articles for severity, n in article.found.items() if severity is not Severity.NOTE
        )


def make_report(project: Project, base: Base, codes: Sequence[str] = (), *, most: int = MOST_SEGMENTS) -> Report:
    """The report on all locales, or on those given. Raises DataError and UsageError as `changed_catalogs` does."""
    left = most
    locales = []
    reader = Reader(project.mkdocs)
    for config in project.locales:
        if codes and config.code not in codes:
            continue
        work = _Locale(project, config.code, reader)
        articles = []
        for change in changed_catalogs(project, config.code, base):
            articles.append(work.article(change, left))
            left -= len(articles[-1].items)
        locales.append(LocaleReport(config.code, config.name, config.direction, tuple(articles), work.editing))
    name = str(project.mkdocs.get("site_name") or project.settings.root.name)
    return Report(name, base.name, base.commit, project.settings.source_locale, tuple(locales))


class _Locale:
    """Makes the parts of a report on one locale."""

    def __init__(self, project: Project, code: str, reader: Reader) -> None:
        self.project = project
        self.code = code
        self.reader = reader
        self.approved = project.ledger(code).approved
        self.editing = Editing()
        self._book: FindingBook | None = None
        self._texts: tuple[Catalog, Mapping[str, list[Entry]]] | None = None

    @property
    def book(self) -> FindingBook:
        """The checks, with the words of all texts of the locale as evidence; made when the first text is checked."""
        if self._book is None:
            self._book = FindingBook(self.project, self.code)
            for name in catalog_names(self.project, self.code):
                catalog = self.project.catalog(self.code, name)
                for entry in catalog.active if catalog is not None else ():
                    self._book.evidence.add(entry.msgstr)
        return self._book

    def article(self, change: CatalogChange, most: int) -> Article:
        catalog = self.project.catalog(self.code, change.name)
        passages = [passage(change.name, item.entry, item.state) for item in change.changed]
        self.editing = self.editing.plus(editing_of(passages))
        items: list[Item] = []
        found = Counter[Severity]()
        for item in change.changed:
            if catalog is None:
                break
            findings = self._checked(item, catalog)
            found.update(finding.severity for finding in findings)
            if len(items) < most:
                items.append(Item(item, catalog.path, findings, self._rendered(item)))
        return Article(
            change.name,
            article_title(self.project, change.name),
            tuple(items),
            len(change.changed),
            sum(item.words for item in change.changed),
            change.untranslated,
            change.gone,
            found,
        )

    def _checked(self, changed: Changed, catalog: Catalog) -> tuple[Finding, ...]:
        entry = changed.entry
        same = self._same(catalog).get(entry.msgid, [entry])
        at = next((place for place, other in enumerate(same) if other.key == entry.key), 0)
        around = {"before": same[max(at - MOST_SIBLINGS, 0) : at], "after": same[at + 1 : at + 1 + MOST_SIBLINGS]}
        forms = nplurals(catalog.header) or max(len(entry.plurals), 1)
        found = (finding for _, finding in self.book.check(entry, self.approved, **around, forms=forms))
        return tuple(sorted(found, key=lambda item: (SEVERITIES.index(item.severity), item.check, item.message)))

    def _same(self, catalog: Catalog) -> Mapping[str, list[Entry]]:
        """The entries of a catalog by their source; those of the last catalog are kept."""
        if self._texts is None or self._texts[0] is not catalog:
            found: dict[str, list[Entry]] = {}
            for entry in catalog.active:
                found.setdefault(entry.msgid, []).append(entry)
            self._texts = (catalog, found)
        return self._texts[1]

    def _rendered(self, changed: Changed) -> Rendered:
        source, after = self._html(changed.entry.msgid), self._html(changed.targets[0])
        before = self._html(changed.targets_before[0]) if changed.targets_before else ""
        if not (source or after or before):
            return Rendered()
        return Rendered(source, before if changed.targets_before[:1] != changed.targets[:1] else "", after)

    def _html(self, text: str) -> str:
        """The text as readers see it; nothing where that is just the text."""
        html = still(self.reader.fragment(text)) if text else ""
        return "" if re.sub(r"\s+|</?p>", "", html) == re.sub(r"\s+", "", _plain(text)) else html


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def still(html: str) -> str:
    """Sanitized HTML without what leads elsewhere: pictures become their words, and links and ids are taken off.

    >>> still('<p id="a"><a href="#b">See</a> <img alt="a &amp; b" src="/asset?path=x.png"></p>')
    '<p><a>See</a> <span class="picture">a &amp; b</span></p>'
    """
    worded = _PICTURE.sub(_worded, html)
    return re.sub(r"<[a-z][^<>]*>", lambda tag: _HANDLE.sub("", tag[0]), worded)


def _worded(picture: re.Match[str]) -> str:
    words = _ALTERNATIVE.search(picture[0])
    return f'<span class="picture">{words[1] if words is not None else ""}</span>'
