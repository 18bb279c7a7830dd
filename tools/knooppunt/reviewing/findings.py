"""What the checks say of each segment: at once for the one at hand, and bit by bit for all others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_state
from knooppunt.checking import load_language
from knooppunt.checks import run_segments
from knooppunt.checks.unit import Unit, parse_ignores
from knooppunt.errors import KnooppuntError
from knooppunt.model import Origin, Severity
from knooppunt.repair import Evidence
from knooppunt.repair.edits import apply
from knooppunt.repair.proof import prove
from knooppunt.reviewing.model import targets_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from knooppunt.checks import Language
    from knooppunt.model import Entry, Finding, State
    from knooppunt.project import Project
    from knooppunt.reviewing.desk import Row

FILES: Final = ("terms.yml", "words.txt", "keep.txt", "locale.yml")
"""What the checks of a locale know, besides its texts."""
LONGEST: Final = 20_000
"""Characters of a text up to which it is checked as one types."""
MOST_SIBLINGS: Final = 50
"""Other texts of one catalog with the same source that are compared."""

Counts = tuple[int, int, int]
"""Errors, warnings, notes."""


class FindingBook:
    """Findings of one locale, by segment; those of a text that has changed since are not there."""

    def __init__(self, project: Project, code: str) -> None:
        self.code = code
        self.problem = ""
        """Why the termbase or a word list cannot be read; the checks then know those of before."""
        self.evidence = Evidence()
        """Counts of all texts of the locale, as far as they have been counted."""
        self._project = project
        self._stamps: tuple[object, ...] = ()
        self._language: Language | None = None
        self._found: dict[tuple[str, str], tuple[str, State, tuple[Finding, ...]]] = {}
        self._counted: dict[tuple[str, str], tuple[str, str]] = {}

    def refresh(self) -> bool:
        """Read the termbase and the word lists anew where they have changed."""
        folder = self._project.settings.locales_path / self.code
        stamps = tuple(_stamp(folder / name) for name in FILES)
        if stamps == self._stamps and self._language is not None:
            return False
        try:
            self._language = replace(load_language(self._project, self.code), evidence=self.evidence)
            self.problem = ""
        except KnooppuntError as error:
            self.problem = str(error)
            if self._language is None:
                raise
        self._stamps = stamps
        self._found = {}
        return True

    @property
    def language(self) -> Language:
        """What the checks know."""
        if self._language is None:
            self.refresh()
        assert self._language is not None
        return self._language

    # One text --------------------------------------------------------------------------------------------------------

    def check(
        self,
        entry: Entry,
        approved: Collection[str],
        *,
        before: Iterable[Entry] = (),
        after: Iterable[Entry] = (),
        forms: int = 1,
    ) -> list[tuple[int, Finding]]:
        """Findings of an entry, each with the index of the plural form that it is in.

        `before` and `after` are the other entries of the catalog with the same source, which some checks compare;
        `forms` is how many plural forms the catalog asks for.
        """
        if sum(map(len, targets_of(entry))) > LONGEST:
            return []
        found: list[tuple[int, Finding]] = []
        for form, text in enumerate(targets_of(entry)):
            source = entry.msgid_plural if form and entry.msgid_plural else entry.msgid
            units = [self._unit(replace(entry, msgstr=text), 0, approved, source, forms=forms)]
            if not form:
                earlier = [self._unit(other, n, approved, other.msgid) for n, other in enumerate(before, 1)]
                later = [self._unit(other, n, approved, other.msgid) for n, other in enumerate(after, 1 + len(earlier))]
                units = [*earlier, *units, *later]
            found.extend(
                (form, item)
                for item in run_segments(units, self.language)
                if item.origin.line == 1 and (not form or item.check not in _OF_ENTRY)
            )
        return found

    def _unit(self, entry: Entry, number: int, approved: Collection[str], source: str, *, forms: int = 1) -> Unit:
        return Unit(
            target=entry.msgstr,
            source=source,
            context=entry.context,
            origin=Origin(f"{self.code}", number + 1, 1, number, number),
            state=entry_state(entry, approved),
            locale=self.language.locale,
            ignores=parse_ignores(entry.comments),
            forms=len(entry.plurals) or 1,
            wanted_forms=forms if entry.plurals else 1,
        )

    # All texts -------------------------------------------------------------------------------------------------------

    def known(self, row: Row) -> tuple[Finding, ...] | None:
        """The findings of a segment as it stands in its catalog; None where they are not known yet."""
        found = self._found.get((row.ref.catalog, row.ref.id))
        return found[2] if found is not None and found[0] == row.hash and found[1] is row.state else None

    def keep(self, row: Row, findings: Iterable[Finding]) -> None:
        """Remember the findings of a segment."""
        self._found[row.ref.catalog, row.ref.id] = (row.hash, row.state, tuple(findings))

    def unknown(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Segments whose findings are not known."""
        return (row for row in rows if self.known(row) is None)

    def uncounted(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Segments whose text is not among the evidence as it is now."""
        counted = self._counted
        return (row for row in rows if counted.get((row.ref.catalog, row.ref.id), _NOTHING)[0] != row.hash)

    def count(self, rows: Sequence[Row]) -> None:
        """Count the words of texts, in place of those that stood there before."""
        for row in rows:
            key = (row.ref.catalog, row.ref.id)
            before = self._counted.get(key)
            if before is not None:
                self.evidence.add(before[1], times=-1)
            self.evidence.add(row.entry.msgstr)
            self._counted[key] = (row.hash, row.entry.msgstr)

    def counts(self, row: Row) -> Counts | None:
        """How many findings a segment has; None where they are not known yet."""
        found = self.known(row)
        if found is None:
            return None
        by = Counter(finding.severity for finding in found)
        return by[Severity.ERROR], by[Severity.WARNING], by[Severity.NOTE]


_OF_ENTRY: Final = frozenset({"refused-by-gettext", "stale-entry", "untranslated", "needless-ignore"})
"""Checks of an entry as a whole, which its first form answers for."""


_NOTHING: Final = ("", "")


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_size


def fixed(text: str, finding: Finding) -> tuple[str, str | None]:
    """The text with the edits of a finding made in it, and why that is not harmless; None where it is."""
    edits = list(finding.edits)
    return apply(text, edits), prove(text, apply(text, edits), edits)
