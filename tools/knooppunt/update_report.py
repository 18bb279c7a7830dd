"""What an update did, and the answer that costs next to nothing when there is nothing to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.caching import Inputs, UpdateCache

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knooppunt.config import Settings


@dataclass(frozen=True, slots=True)
class CatalogChange:
    """What an update does to one catalog."""

    locale: str
    name: str
    path: str
    """Path from the project's root."""
    counts: Mapping[str, int]
    """Entries by what happened: `new`, `carried`, `fuzzy`, `obsolete`, `revived`, `unchanged`."""
    changed: bool
    created: bool = False


@dataclass(frozen=True, slots=True)
class Orphan:
    """A catalog whose article is gone."""

    locale: str
    path: str
    translated: int
    """Entries with a translation, which serve renamed articles until the file is removed."""


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """All that an update did, or would do."""

    changes: tuple[CatalogChange, ...]
    orphans: tuple[Orphan, ...]

    @property
    def behind(self) -> tuple[CatalogChange, ...]:
        """Catalogs that were not up to date."""
        return tuple(change for change in self.changes if change.changed)


def quick_report(settings: Settings, codes: Sequence[str]) -> UpdateReport | None:
    """The report of an update of all articles where the cache knows that nothing has changed; else None.

    Raises DataError where the sources have a file that no update could read.
    """
    cache = UpdateCache(Inputs(settings, codes))
    changes: list[CatalogChange] = []
    orphans: list[Orphan] = []
    for code in codes:
        verdict = cache.unchanged(code)
        if verdict is None:
            return None
        for name, (_, messages) in sorted(verdict.articles.items()):
            shown = f"{settings.locales}/{code}/LC_MESSAGES/{name}.po"
            changes.append(CatalogChange(code, name, shown, {"unchanged": messages}, changed=False))
        orphans += [Orphan(code, path, count) for path, count in verdict.orphans]
    return UpdateReport(tuple(changes), tuple(orphans))


def totals(changes: Iterable[CatalogChange]) -> Mapping[str, int]:
    """Entries of several catalogs together, by what happened."""
    total: Counter[str] = Counter()
    for change in changes:
        total.update(change.counts)
    return total
