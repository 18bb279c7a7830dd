"""What is done with one file: it is counted, then checked and mended. Each process does this with some of the files."""

from __future__ import annotations

import pickle
import posixpath
from bisect import bisect_right
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from knooppunt.catalogs import parse_po
from knooppunt.checking.aligned import Known, aligned_units, sure_pairs
from knooppunt.checking.files import Kind, current, document_bytes
from knooppunt.checking.links import linked_anchors
from knooppunt.checking.results import ALL, FileResult, Found, found_in, in_order
from knooppunt.checking.stats import Tally, count_sentences, count_words
from knooppunt.checks import Unit, catalog_units, page_units, run_page, run_segments
from knooppunt.errors import DataError
from knooppunt.exchange.xliff_targets import read_targets
from knooppunt.files import read_text
from knooppunt.fix import fix_catalog, fix_markdown, fix_xliff, parsed_page, settle
from knooppunt.model import Edit, Origin
from knooppunt.repair import Evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from knooppunt.checking.files import Document, Task
    from knooppunt.checking.results import Wanted
    from knooppunt.checks import Language, LinkIndex
    from knooppunt.errors import Problem
    from knooppunt.fix import FixResult
    from knooppunt.model import Finding, Locale


@dataclass(frozen=True)
class Setup:
    """What is the same for all files of one round."""

    languages: Mapping[str, Language]
    """By locale."""
    site: LinkIndex
    spool: Path
    """Folder of the texts that were mended and are not written yet: `7.text` is that of the eighth file."""
    approved: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Hashes of approved entries by locale."""
    select: Collection[str] | None = None
    wanted: Wanted = ALL
    fix: bool = False
    tally: bool = False
    """Whether findings are to be counted."""
    linked: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Anchors of each page that other pages lead to."""
    known: Known | None = None
    """What is known of the languages of pages and their sources; None where no page has one."""


@dataclass
class Looked:
    """What the first look at some files gives."""

    evidence: dict[str, Evidence] = field(default_factory=dict)
    """By locale."""
    links: set[tuple[str, str]] = field(default_factory=set)
    """Paths and anchors that pages lead to in other pages."""
    pairs: list[tuple[int, int, frozenset[str], frozenset[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Checked:
    """What a round gives for one file."""

    result: FileResult
    changed: bool = False
    digest: bytes = b""
    """SHA-256 of the file's own bytes, where this round is the first to change it."""
    codec: str = ""
    grown: Evidence | None = None
    """What the change adds to the evidence, and what it takes away."""
    problems: Sequence[Problem] = ()


def look(task: Task, number: int, setup: Setup, *, learn: bool = False) -> Looked:
    """Count the texts of a file, and read what others must know of it; problems of the file are among the result."""
    looked = Looked()
    try:
        text = current(task, number, setup.spool).text
        if task.kind is Kind.MARKDOWN and setup.fix:
            looked.links = linked_anchors(parsed_page(text, task.shown), setup.site)
        if task.locale:
            evidence = looked.evidence[task.locale] = Evidence()
            for unit in _units(task, text, setup):
                evidence.add(unit.target, unit.mask)
        if learn and task.source is not None:
            looked.pairs = sure_pairs(read_text(*task.source), text)
    except DataError as error:
        looked.problems += error.problems
    return looked


def check(task: Task, number: int, setup: Setup) -> Checked:
    """Check a file, and mend it where that is asked for; the new text waits in the spool."""
    try:
        document = current(task, number, setup.spool)
        return _check(task, number, document, setup)
    except DataError as error:
        return Checked(FileResult(task.shown, ()), problems=error.problems)


def _check(task: Task, number: int, document: Document, setup: Setup) -> Checked:
    text = document.text
    seen: dict[Finding, Found] = {}
    before: list[Found] = []
    last: list[Found] = []

    finder = Finder(task, setup)

    def find(current_text: str) -> list[Finding]:
        nonlocal before, last
        last = finder.find(current_text)
        before = before or last
        seen.update((found.finding, found) for found in last)
        return [found.finding for found in last]

    if not setup.fix or not task.locale:
        find(text)
        pages = _find_in_page(task, text, setup)
        return Checked(_result(task, text, [*last, *pages], setup, (), [*last, *pages]))
    result = settle(text, find, lambda new, findings: _fix(task, new, findings, setup))
    refused = dict(result.refused)
    left = [Found(found.finding, found.marks, refused.get(found.finding, "")) for found in last]
    pages = _find_in_page(task, result.text, setup)
    earlier = pages if result.text == text else _find_in_page(task, text, setup) if setup.tally else []
    made = [seen[finding] for finding in result.applied]
    checked = Checked(_result(task, text, [*left, *pages], setup, made, [*before, *earlier]))
    if result.text != text:
        _keep(checked, task, number, document, result, made, setup)
    return checked


def _keep(
    checked: Checked,
    task: Task,
    number: int,
    document: Document,
    result: FixResult,
    made: list[Found],
    setup: Setup,
) -> None:
    """Put a mended text into the spool, and say what it changes."""
    checked.changed = True
    checked.codec = document.codec
    place = setup.spool / f"{number}.text"
    if not place.exists():
        checked.digest = document.digest
    place.write_bytes(document_bytes(task, result.text, document.codec))
    with (setup.spool / f"{number}.made").open("ab") as stream:
        pickle.dump(made, stream)
    checked.grown = Evidence()
    for text, times in ((document.text, -1), (result.text, 1)):
        for unit in _units(task, text, setup):
            checked.grown.add(unit.target, unit.mask, times=times)


def made_before(number: int, setup: Setup) -> tuple[Found, ...]:
    """The fixes of a file in all rounds so far."""
    found: list[Found] = []
    with suppress(FileNotFoundError, EOFError), (setup.spool / f"{number}.made").open("rb") as stream:
        while True:
            found += pickle.load(stream)  # noqa: S301 # our own file, in a folder that nobody else can read
    return tuple(found)


def _result(
    task: Task, text: str, left: list[Found], setup: Setup, made: Iterable[Found], before: Iterable[Found]
) -> FileResult:
    """The result of a file; `text` is what its sentences and words are counted in, as it was before this round."""
    if not setup.tally:
        return FileResult(task.shown, in_order(left), tuple(made))
    first, after = Tally(files=1), Tally(files=1)
    for unit in _units(task, text, setup) if task.locale else ():
        prose = unit.mask.prose()
        first.sentences += count_sentences(prose)
        first.words += count_words(prose)
    after.sentences, after.words = first.sentences, first.words
    first.add(before)
    after.add(left)
    return FileResult(task.shown, in_order(left), tuple(made), first, after)


# By kind of file -----------------------------------------------------------------------------------------------------


def _units(task: Task, text: str, setup: Setup) -> tuple[Unit, ...]:
    """The texts of a file, without their sources where it is a page."""
    locale = setup.languages[task.locale].locale
    if task.kind is Kind.CATALOG:
        return tuple(catalog_units(parse_po(text, task.shown), locale, setup.approved.get(task.locale, frozenset())))
    if task.kind is Kind.XLIFF:
        return tuple(_xliff_units(task, text, locale))
    return _page_units(text, task.shown, locale)


@lru_cache(maxsize=4)
def _page_units(text: str, path: str, locale: Locale) -> tuple[Unit, ...]:
    """Of the texts that are being worked on, so that what is protected in them is found out once."""
    return tuple(page_units(parsed_page(text, path), locale))


def _xliff_units(task: Task, text: str, locale: Locale) -> Iterator[Unit]:
    for unit in read_targets(text, task.shown):
        place = Origin(task.shown, unit.line, unit.column, unit.start, unit.end, unit.id)
        yield Unit(target=unit.target, source=unit.source, origin=place, state=unit.state, locale=locale)


class Finder:
    """Runs the checks of texts over one file, again and again while it is being mended.

    A check of a text looks at that text alone. So of a page without a source, texts that are as they were have the
    findings that they had, moved to where they stand now.
    """

    def __init__(self, task: Task, setup: Setup) -> None:
        self.task = task
        self.setup = setup
        self.units: tuple[Unit, ...] = ()
        self.findings: list[Finding] = []

    def find(self, text: str) -> list[Found]:
        """What the checks find, as far as it is wanted."""
        task, setup = self.task, self.setup
        if not task.locale:
            return []
        units = _units(task, text, setup)
        if task.kind is Kind.MARKDOWN and setup.known is None:
            self.findings = self._moved(units)
            self.units = units
        elif task.source is not None and setup.known is not None:
            page, source = parsed_page(text, task.shown), parsed_page(read_text(*task.source), task.source[1])
            self.findings = self._run(aligned_units(page, source, setup.known, units[0].locale) if units else ())
        else:
            self.findings = self._run(units)
        if task.kind is Kind.MARKDOWN:
            return [found_in(text, finding) for finding in self.findings]
        texts = {unit.origin: unit.target for unit in units}
        return [found_in(texts[finding.origin], finding) for finding in self.findings]

    def _run(self, units: Iterable[Unit]) -> list[Finding]:
        setup = self.setup
        return setup.wanted.choose(run_segments(units, setup.languages[self.task.locale], setup.select))

    def _moved(self, units: tuple[Unit, ...]) -> list[Finding]:
        """The findings of all texts, of which only those are checked that have changed."""
        if len(units) != len(self.units):
            return self._run(units)
        same = {
            old.base: (old, new)
            for old, new in zip(self.units, units, strict=True)
            if (old.target, old.kind, old.context) == (new.target, new.kind, new.context) and old.base is not None
        }
        bases = sorted(same)
        found = self._run([new for old, new in zip(self.units, units, strict=True) if old.base not in same])
        for finding in self.findings:
            at = bisect_right(bases, finding.origin.start) - 1
            old, new = same[bases[at]] if at >= 0 else (None, None)
            if old is None or new is None or finding.origin.start > (old.base or 0) + len(old.target):
                continue  # of a text that has changed
            found.append(_moved(finding, old, new))
        return found


def _moved(finding: Finding, old: Unit, new: Unit) -> Finding:
    """A finding of a text that stands elsewhere now."""
    by = (new.base or 0) - (old.base or 0)
    edits = tuple(Edit(edit.start + by, edit.end + by, edit.new) for edit in finding.edits)
    return replace(finding, origin=new.place(finding.origin.start - (old.base or 0)), edits=edits)


def _find_in_page(task: Task, text: str, setup: Setup) -> list[Found]:
    """What the checks of pages find; none of it has a fix."""
    if task.kind is not Kind.MARKDOWN:
        return []
    found = setup.wanted.choose(run_page(parsed_page(text, task.shown), setup.site, setup.select))
    return [found_in(text, finding) for finding in found]


def _fix(task: Task, text: str, findings: Iterable[Finding], setup: Setup) -> FixResult:
    if task.kind is Kind.CATALOG:
        return fix_catalog(text, task.shown, findings)
    if task.kind is Kind.XLIFF:
        return fix_xliff(text, task.shown, findings)
    return fix_markdown(text, findings, path=task.shown, linked=setup.linked.get(posixpath.normpath(task.shown), ()))
