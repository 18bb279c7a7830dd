"""Learning words and terms from corrections: in the history of catalogs and pages, and in drafts that were approved."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_hash, entry_state, machine_text, parse_po
from knooppunt.deciding import word_lists, write_word_lists
from knooppunt.errors import DataError, UsageError
from knooppunt.exchange.tbx import Concept
from knooppunt.exchange.terms import plan_terms
from knooppunt.files import Writes, alone, decode, inside
from knooppunt.githistory import open_blobs, open_history
from knooppunt.model import State
from knooppunt.pages import parse_page
from knooppunt.recent import Recent
from knooppunt.remembering import locale_of
from knooppunt.repair import make_language, parse_terms
from knooppunt.repair.decisions import accept_words, reject_words, split_words
from knooppunt.repair.languages import rules_language
from knooppunt.repair.proposals import Correction, Proposal, learned_term, propose, source_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from knooppunt.catalogs import Catalog, Ledger
    from knooppunt.githistory import BlobReader, FileChange
    from knooppunt.project import Project
    from knooppunt.repair import Language

MOST_COMMITS: Final = 2000
"""Commits that are looked at, the newest ones."""
ALIKE: Final = 0.5
"""How much of a paragraph of a page must have stayed to be a correction of it."""

_DONE: Final = frozenset({State.TRANSLATED, State.APPROVED})
_CORRECTED: Final = frozenset({State.MACHINE, *_DONE})
"""States of a text that a change corrects; that of a stale one follows its source."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What corrections teach."""

    locale: str
    proposals: tuple[Proposal, ...]
    history: bool
    """Whether there is a history at all; without one, approved drafts are all there is."""
    commits: int
    """Commits with a change of these files."""
    corrections: int
    """Texts that somebody has changed."""
    unread: tuple[str, ...] = ()
    """Versions of files that could not be read, each as `path (commit)`."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written of proposals."""

    proposals: tuple[Proposal, ...]
    files: tuple[str, ...]
    """Files that changed, from the project's root."""


def learn(
    project: Project,
    locale: str | None,
    *,
    since: str | None = None,
    paths: Sequence[str] = (),
    most: int = MOST_COMMITS,
    progress: Callable[[str], None] = lambda _: None,
) -> Learned:
    """Proposals from all corrections of a locale's catalogs, and of Markdown pages below `paths` of the project.

    Nothing is written. Raises UsageError for a locale or revision that is not there and for a path that leads out of
    the project, DataError for a termbase, word list, catalog or ledger that is not valid.
    """
    code = locale_of(project, locale)
    language = _language(project, code)
    ledger = project.ledger(code)
    reader = _Reader(project, code, ledger, progress)
    history = open_history(project.settings.root)
    if history is None and since is not None:
        raise UsageError(f"there is no git history in {project.settings.root}, so no revision '{since}'")
    corrections: list[Correction] = []
    if history is not None:
        places = [f"{project.settings.locales}/{code}", *(_inside(project, path) for path in paths)]
        with open_blobs(project.settings.root) as blobs:
            for change in history.changes(places, since=since, most=most):
                corrections += reader.corrections(change, blobs)
    if since is None:
        corrections += reader.drafts()
    proposals = propose(corrections, language, reader.sources())
    return Learned(code, proposals, history is not None, len(reader.commits), len(corrections), tuple(reader.unread))


def chosen(learned: Learned, ids: Sequence[str] = (), over: int | None = None) -> tuple[Proposal, ...]:
    """The proposals with these ids, and those of more than `over` texts that nothing speaks against.

    Raises UsageError for an id that is no proposal.
    """
    by_id = {item.id: item for item in learned.proposals}
    unknown = next((name for name in ids if name not in by_id), None)
    if unknown is not None:
        raise UsageError(f"there is no proposal '{unknown}'; run 'terms learn' without --accept to see them")
    frequent = [item.id for item in learned.proposals if over is not None and item.count > over and not item.against]
    return tuple(by_id[name] for name in dict.fromkeys([*ids, *frequent]))


def take(project: Project, locale: str, proposals: Sequence[Proposal]) -> Taken:
    """Write proposals into the word lists and the termbase of a locale, all of them or none.

    Raises UsageError where one contradicts what is there, DataError for a file that is not valid.
    """
    with alone(project.settings.root), Writes() as writes:
        files = [*_take_words(project, locale, proposals, writes), *_take_terms(project, locale, proposals, writes)]
        writes.commit()
    return Taken(tuple(proposals), tuple(files))


def _take_words(project: Project, code: str, proposals: Sequence[Proposal], writes: Writes) -> Iterator[str]:
    language = _language(project, code)
    before = lists = word_lists(project, code)
    for item in proposals:
        if item.kind == "word":
            words = split_words(item.before)
            lists = accept_words(lists, words, language.rules, rules_language(code), item.after).lists
        elif item.kind == "keep":
            lists = reject_words(lists, split_words(item.after), language.rules).lists
    write_word_lists(project, code, before, lists, writes)
    if lists.words != before.words:
        yield lists.words_path
    if lists.keep != before.keep:
        yield lists.keep_path


def _take_terms(project: Project, code: str, proposals: Sequence[Proposal], writes: Writes) -> Iterator[str]:
    place, shown, before = _terms(project, code)
    text = before
    for item in proposals:
        if item.kind != "term":
            continue
        if item.against:
            raise UsageError(f"{item.id}: {item.against} for '{item.source}'; change {shown} by hand if it is wrong")
        term = learned_term(parse_terms(text, shown), item)
        plan = plan_terms(text, shown, [Concept(term, 0, ours=True)])
        if plan.refusals:
            raise UsageError(f"{item.id}: {plan.refusals[0].message}; change {shown} by hand")
        text = plan.text
    if text != before:
        writes.add(place, text, before=before if place.is_file() else None)
        yield shown


def _language(project: Project, code: str) -> Language:
    """Termbase and word lists of a locale, without the lexicon."""
    lists = word_lists(project, code)
    terms = _terms(project, code)[2]
    folder = f"{project.settings.locales}/{code}"
    return make_language(project.locale(code), terms=terms, words=lists.words, keep=lists.keep, folder=folder)


def _terms(project: Project, code: str) -> tuple[Path, str, str]:
    """Where the termbase is, how that is shown, and its text."""
    place = project.settings.locales_path / code / "terms.yml"
    shown = f"{project.settings.locales}/{code}/terms.yml"
    return place, shown, project.locale_text(code, "terms.yml")


def _inside(project: Project, path: str) -> str:
    inside(project.settings.root, path, "path")
    return path


class _Reader:
    """Reads the versions of files, each once or twice."""

    def __init__(self, project: Project, code: str, ledger: Ledger, progress: Callable[[str], None]) -> None:
        self.project = project
        self.code = code
        self.ledger = ledger
        self.progress = progress
        self.commits: set[str] = set()
        self.unread: list[str] = []
        self._catalogs: Recent[str, Catalog | None] = Recent()

    def corrections(self, change: FileChange, blobs: BlobReader) -> Iterator[Correction]:
        """The texts that a commit changed in a file."""
        if not change.path.endswith((".po", ".md")):
            return
        self.commits.add(change.commit)
        self.progress(f"{change.date} {change.path}")
        if change.path.endswith(".po"):
            before, after = (self._catalog(change, blob, blobs) for blob in (change.before, change.after))
            if before is not None and after is not None:
                yield from self._of_catalogs(before, after, change)
        else:
            texts = [self._text(change, blob, blobs) for blob in (change.before, change.after)]
            if texts[0] is not None and texts[1] is not None:
                yield from _of_pages(texts[0], texts[1], change)

    def _of_catalogs(self, before: Catalog, after: Catalog, change: FileChange) -> Iterator[Correction]:
        for new in after.active:
            old = before.get(new.context, new.msgid)
            if old is None or old.msgstr == new.msgstr or entry_state(new, ()) not in _DONE:
                continue
            if entry_state(old, ()) in _CORRECTED:
                decision = self.ledger.latest.get(entry_hash(new))
                by = decision.by if decision is not None and decision.approves else ""
                yield Correction(old.msgstr, new.msgstr, new.msgid, change.path, change.commit, change.date, by)

    def _catalog(self, change: FileChange, blob: str, blobs: BlobReader) -> Catalog | None:
        return self._catalogs.get(
            blob, lambda: self._parsed(change, blob, blobs), lambda catalog: len(catalog.text) if catalog else 0
        )

    def _parsed(self, change: FileChange, blob: str, blobs: BlobReader) -> Catalog | None:
        text = self._text(change, blob, blobs)
        try:
            return None if text is None else parse_po(text, change.path)
        except DataError:
            self.unread.append(f"{change.path} ({change.commit[:8]})")
            return None

    def _text(self, change: FileChange, blob: str, blobs: BlobReader) -> str | None:
        data = blobs.read(blob)
        try:
            return None if data is None else decode(data, change.path)
        except DataError:
            self.unread.append(f"{change.path} ({change.commit[:8]})")
            return None

    def drafts(self) -> Iterator[Correction]:
        """Machine drafts that were corrected and approved: the comment has the draft, the ledger who approved."""
        for name in self.project.names:
            catalog = self.project.catalog(self.code, name)
            for entry in catalog.active if catalog else ():
                draft = machine_text(entry)
                decision = self.ledger.latest.get(entry_hash(entry)) if draft else None
                if draft is None or decision is None or not decision.approves or draft[1] == entry.msgstr:
                    continue
                assert catalog is not None
                yield Correction(draft[1], entry.msgstr, entry.msgid, catalog.path, "", decision.at[:10], decision.by)

    def sources(self) -> Mapping[str, int]:
        """In how many texts of the catalogs each word of the source stands."""
        counts: Counter[str] = Counter()
        for name in self.project.names:
            catalog = self.project.catalog(self.code, name)
            for entry in catalog.active if catalog else ():
                counts.update(source_words(entry.msgid))
        return counts


def _of_pages(before: str, after: str, change: FileChange) -> Iterator[Correction]:
    """The paragraphs of a page that were changed, not written anew."""
    old, new = ([segment.msgid for segment in parse_page(text).segments] for text in (before, after))
    for tag, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "replace" and end - start == stop - begin:
            for first, second in zip(old[start:end], new[begin:stop], strict=True):
                if SequenceMatcher(None, first.split(), second.split(), autojunk=False).ratio() >= ALIKE:
                    yield Correction(first, second, None, change.path, change.commit, change.date)
