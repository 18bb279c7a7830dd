"""What `draft` does: empty entries of a locale, filled from the memory first and then by an engine.

Nothing is paid for twice: an answer is written to a journal in `.knooppunt/drafts/`, and synced, before the next
request is sent, and a run that comes later takes what is there. Catalogs are written once, at the end, from what they
hold by then; while the engine works, nobody else is kept from them.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import Suggestion, fill_po, parse_po
from knooppunt.checking import load_language
from knooppunt.drafts import (
    EngineError,
    Journal,
    Setup,
    apply_drafts,
    engine_kind,
    glossary,
    guard,
    in_batches,
    journal_key,
    restore,
)
from knooppunt.drafts.entries import is_outdated, is_vacant
from knooppunt.drafts.guard import Names
from knooppunt.errors import Problem, UsageError
from knooppunt.files import Writes, alone, read_text
from knooppunt.remembering import LocaleMemory
from knooppunt.sending import Sender, checked_address
from knooppunt.sources import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from knooppunt.catalogs import Catalog, Key, Question
    from knooppunt.drafts import Engine, Guarded, Plan
    from knooppunt.project import Project

FOLDER: Final = "drafts"
"""Folder below `.knooppunt/` for the journals."""
MEMORY: Final = "memory"
"""What stands as the engine of a draft that the translation memory gave."""


@dataclass(frozen=True, slots=True)
class DraftOptions:
    """What to draft, and how."""

    locale: str
    engine: str
    names: tuple[str, ...] = ()
    """Names or paths of articles, or folders of them; all where empty."""
    address: str | None = None
    """Where the engine is; its own default for None."""
    budget: int | None = None
    """Most characters to send in this run."""
    dry_run: bool = False
    stale: bool = False
    """Whether translations that are older than their source get a draft beside them, in a comment."""
    allow_http: bool = False
    again: bool = False
    """Whether texts are sent anew whose answer came back broken; it may be the same, and is paid for again."""


@dataclass
class DraftReport:
    """What a run did, or would do."""

    engine: str
    remembered: int = 0
    """Entries that the memory had a translation for, which a person answers for."""
    suggested: int = 0
    """Entries that took the translation of the same text in another place as their draft."""
    texts: int = 0
    """Different texts that the engine has to translate; those that the journal knows are not among them."""
    known: int = 0
    """Different texts that the journal had an answer for."""
    characters: int = 0
    """Characters that were sent, or would be, marks included."""
    batches: int = 0
    filled: int = 0
    """Entries that hold a draft now."""
    beside: int = 0
    mended: Counter[str] = field(default_factory=Counter)
    """Exact fixes in drafts, by check."""
    files: tuple[str, ...] = ()
    """Catalogs that were written."""
    refused: list[Problem] = field(default_factory=list)
    """Texts that stay untranslated, with the reason."""
    plurals: int = 0
    """Empty entries with plural forms, which no engine is asked for."""
    next: str = ""
    """`path:line` of the first text that the budget did not reach."""
    waiting: int = 0
    """Texts that were not sent: behind the end of the budget, or after an engine gave up."""
    stopped: str = ""
    """Why the engine gave up; empty where it did not."""


def draft(
    project: Project,
    options: DraftOptions,
    environment: Mapping[str, str],
    *,
    progress: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] | None = None,
) -> DraftReport:
    """Fill the empty entries of a locale. Raises UsageError and DataError; then no catalog has changed.

    An engine that gives up in the middle is no error here: what it had answered by then is written, and the report
    says why it stopped. `environment` holds the key, under the name that the engine gives it.
    """
    run = _Run(project, options, environment, progress)
    if sleep is not None:
        run.sender.sleep = sleep
    with alone(run.folder()):
        run.gather()
        if not options.dry_run:
            run.translate()
    if not options.dry_run:
        run.write()
    return run.report


@dataclass(frozen=True, slots=True)
class _Task:
    """One entry that wants a draft."""

    name: str
    key: Key
    shown: str
    """`path:line`."""
    text: str


class _Run:
    def __init__(
        self,
        project: Project,
        options: DraftOptions,
        environment: Mapping[str, str],
        progress: Callable[[str], None],
    ) -> None:
        self.project = project
        self.options = options
        self.progress = progress
        self.code = project.locale(options.locale).code
        self.language = load_language(project, self.code)
        kind = engine_kind(options.engine)
        key = environment.get(kind.variable, "").strip() if kind.variable else ""
        if kind.key_needed and not key and not options.dry_run:
            raise UsageError(f"the engine '{kind.name}' needs a key: put it into the environment as {kind.variable}")
        if any(sign.isspace() or not sign.isprintable() for sign in key):
            raise UsageError(f"the key in {kind.variable} has a space or a sign that cannot be printed in it")
        if options.budget is not None and options.budget < 1:
            raise UsageError(f"a budget of {options.budget} characters buys nothing; give 1 or more")
        address = checked_address(options.address or kind.address(key), allow_http=options.allow_http)
        config = project.locale(self.code)
        terms = glossary(self.language.termbase)
        setup = Setup(project.settings.source_locale, self.code, key, terms, config.register)
        self.engine: Engine = kind.make(setup)
        self.sender = Sender(address, key, progress=progress)
        self.names = Names({source for term in self.language.termbase.names for source in (*term.source, term.use)})
        self.report = DraftReport(kind.name)
        self.memory = LocaleMemory(project, self.code, strict=False, progress=progress)
        self.tasks: list[_Task] = []
        self.guarded: dict[str, Guarded] = {}
        self.chosen = _chosen(project, options.names)
        self.journal = Journal()
        self.plan: Plan = in_batches((), self.engine.limits)

    # Paths -----------------------------------------------------------------------------------------------------------

    def folder(self) -> Path:
        """The folder of the journals, which is made; two runs that share it go one after the other."""
        folder = self.project.settings.cache_path / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def journal_path(self) -> Path:
        return self.folder() / f"{self.report.engine}-{self.code}.jsonl"

    def shown(self, name: str) -> str:
        return f"{self.project.settings.locales}/{self.code}/LC_MESSAGES/{name}.po"

    # What is wanted --------------------------------------------------------------------------------------------------

    def gather(self) -> None:
        """The texts that nobody and nothing has translated, and what it costs to have them translated."""
        path = self.journal_path()
        if path.is_file():
            self.journal = Journal(path.read_text("utf-8", "replace"))
        for name in self.chosen:
            self.progress(f"{self.code} {name}")
            catalog = self.project.catalog(self.code, name)
            if catalog is not None:
                catalog, remembered, same = self.filled(catalog, name)
                self.report.remembered += remembered
                self.report.suggested += len(same)
                self.tasks += (task for task in self.wanted(catalog, name) if task.key not in same)
        unsent = []
        for task in self.tasks:
            if task.text not in self.guarded:
                made = self.guarded[task.text] = guard(task.text, self.names, self.engine.marks)
                if made.sent and self.known(made):
                    self.report.known += 1
                elif made.sent:
                    unsent.append(made.sent)
        self.plan = in_batches(dict.fromkeys(unsent), self.engine.limits, self.options.budget)
        self.report.texts = len(dict.fromkeys(unsent))
        self.report.characters = self.plan.characters
        self.report.batches = len(self.plan.batches)
        self.report.waiting = len(self.plan.over_budget)
        if self.plan.over_budget:
            first = self.plan.over_budget[0]
            self.report.next = next(task.shown for task in self.tasks if self.guarded[task.text].sent == first)

    def filled(self, catalog: Catalog, name: str) -> tuple[Catalog, int, dict[Key, str]]:
        """A catalog with what the memory is sure of, as an update fills it; how many entries; and drafts of its own.

        A translation of the very same text in another place is as good as a draft, and costs nothing. What the memory
        has for a text that is merely alike is not.
        """
        suggest = self.memory.article(name)
        same: dict[Key, str] = {}

        def sure(question: Question) -> Suggestion | None:
            offer = suggest(question)
            if offer is not None and not offer.final and offer.source == question.msgid:
                same[question.context, question.msgid] = offer.msgstr
            return offer if offer is not None and offer.final else None

        result = fill_po(catalog, self.project.segments(name), sure)
        if result.text != catalog.text:
            catalog = parse_po(result.text, catalog.path)
        return catalog, result.remembered, same

    def wanted(self, catalog: Catalog, name: str) -> Iterator[_Task]:
        """Entries of a catalog, in use by the source, that want a draft."""
        current = {(segment.context, segment.msgid) for segment in self.project.segments(name)}
        for entry in catalog.active:
            if entry.key not in current:
                continue
            if not entry.msgstr and entry.msgid_plural is not None:
                self.report.plurals += 1
            elif is_vacant(entry) or (self.options.stale and is_outdated(entry)):
                yield _Task(name, entry.key, f"{self.shown(name)}:{entry.origin.line}", entry.msgid)

    def known(self, guarded: Guarded) -> bool:
        """Whether the journal has an answer, and one that need not be asked for again."""
        answer = self.journal.answers.get(self.key(guarded.sent))
        if answer is None:
            return False
        return not self.options.again or restore(guarded, answer, self.engine.marks)[0] is not None

    def key(self, sent: str) -> str:
        return journal_key(self.report.engine, self.sender.address, self.engine.options, sent)

    # The engine ------------------------------------------------------------------------------------------------------

    def translate(self) -> None:
        """Send batch after batch; each answer is in the journal, and on disk, before the next is asked for."""
        done = sent = 0
        with self.journal_path().open("a+b") as stream:
            if stream.tell():
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":  # a line that a crash has cut short
                    stream.write(b"\n")
            for batch in self.plan.batches:
                try:
                    answers = self.engine.translate(batch, self.sender)
                except EngineError as error:
                    self.report.stopped = str(error)
                    self.report.waiting += sum(map(len, self.plan.batches)) - done
                    break
                keys = [self.key(text) for text in batch]
                stream.write(self.journal.lines(zip(keys, answers, strict=True)).encode("ascii"))
                stream.flush()
                os.fsync(stream.fileno())
                done += len(batch)
                sent += sum(map(len, batch))
                self.progress(f"{self.report.engine}: {done} of {self.report.texts} texts, {sent} characters")
        self.report.characters = sent

    # Catalogs --------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Fill the catalogs, as they are now."""
        texts = self.drafts()
        problems = {problem for problem in self.report.refused if problem.line}
        changed = []
        self.report.remembered = self.report.suggested = 0
        with alone(self.project.settings.root), Writes() as writes:
            for name in self.chosen:
                path = self.project.catalog_path(self.code, name)
                if not path.is_file():
                    continue
                shown = self.shown(name)
                before = parse_po(read_text(path, shown), shown)
                catalog, remembered, same = self.filled(before, name)
                if same:
                    remembering = apply_drafts(catalog, MEMORY, same, self.language)
                    catalog = parse_po(remembering.text, shown)
                    self.report.suggested += remembering.filled
                own = {task.key: texts[task.text] for task in self.tasks if task.name == name and task.text in texts}
                result = apply_drafts(catalog, self.report.engine, own, self.language)
                self.report.remembered += remembered
                self.report.filled += result.filled
                self.report.beside += result.beside
                self.report.mended.update(result.mended)
                problems.update(_problem(shown, refusal.line, refusal.reason) for refusal in result.refusals)
                if writes.add(path, result.text, before=before.text):
                    changed.append(shown)
            writes.commit()
        self.report.files = tuple(changed)
        self.report.refused = sorted(problems)

    def drafts(self) -> dict[str, str]:
        """Translations by source text; texts whose answer is not fit are among the problems instead."""
        found: dict[str, str] = {}
        reasons: dict[str, str] = {}
        for text, guarded in self.guarded.items():
            answer = self.journal.answers.get(self.key(guarded.sent)) if guarded.sent else None
            if not guarded.sent:
                found[text] = text  # nothing but names and code
            elif guarded.sent in self.plan.too_long:
                reasons[text] = f"is longer than the {self.engine.limits.characters} characters that the engine takes"
            elif answer is not None:
                restored, reason = restore(guarded, answer, self.engine.marks)
                if restored is None:
                    reasons[text] = f"the engine's answer {reason}"
                else:
                    found[text] = restored
        for task in self.tasks:
            if task.text in reasons:
                path, _, line = task.shown.rpartition(":")
                self.report.refused.append(_problem(path, int(line), reasons[task.text]))
        return found


def _problem(path: str, line: int, reason: str) -> Problem:
    return Problem(path, line, "", f"left untranslated: {reason}")


def _chosen(project: Project, wanted: Collection[str]) -> list[str]:
    """Names of the articles that are meant. Raises UsageError for a name or path of none."""
    if not wanted:
        return list(project.names)
    paths = {page.shown: page.name for page in project.sources}
    found: dict[str, None] = {}
    for item in wanted:
        plain = item.removeprefix("./")
        own = [plain] if plain in project.names else _below(plain.rstrip("/"), paths, project)
        if not own:
            raise UsageError(f"no article '{item}'; 'knooppunt status' lists them")
        found.update(dict.fromkeys(own))
    return list(found)


def _below(plain: str, paths: Mapping[str, str], project: Project) -> list[str]:
    """The article of a path, or those of a folder, given from the root or below the folder of the pages."""
    if plain in paths:
        return [paths[plain]]
    inner = plain.removeprefix(project.settings.docs).strip("/")
    return [name for name in project.names if name != SITE and f"{name}/".startswith(f"{inner}/".lstrip("/"))]
