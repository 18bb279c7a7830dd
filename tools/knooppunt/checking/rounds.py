"""Rounds over a set of files: they are counted, checked and mended, until no file changes any more.

What the texts say themselves is evidence for a fix in any of them, and a fix changes what they say. So after a round
that changed something, the evidence is brought up to date and all files are checked again. A run over the mended files
starts with the very evidence that the last round had, and so it changes nothing (law 5, for a whole set).
"""

from __future__ import annotations

import pickle
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knooppunt.checking.aligned import Learning
from knooppunt.checking.files import current, document_bytes, read_document
from knooppunt.checking.pool import each, jobs_for
from knooppunt.checking.results import FileResult
from knooppunt.checking.work import Checked, Looked, check, look, made_before
from knooppunt.errors import DataError, Problem
from knooppunt.files import Writes
from knooppunt.repair import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from types import TracebackType

    from knooppunt.checking.files import Task
    from knooppunt.checking.work import Setup
    from knooppunt.checks import Language

MOST_ROUNDS: Final = 10
"""Rounds over all files after which fixing stops; two or three are usual."""


class Rounds:
    """The check of a set of files; use it in a `with`, for what is mended waits in a folder of its own.

    `setup` is what all files have in common, made for the folder that it is given.
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        setup: Callable[[Path], Setup],
        *,
        jobs: int | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.tasks = tasks
        self.jobs = jobs_for(len(tasks), jobs)
        self._progress = progress
        self._folder = tempfile.TemporaryDirectory(prefix="knooppunt-")
        self.setup = setup(Path(self._folder.name))
        self._changed: dict[int, tuple[bytes, str]] = {}
        """Number of each file that is to change -> SHA-256 of its own bytes, and its encoding."""
        self._evidence: dict[str, Evidence] = {}

    def __enter__(self) -> Rounds:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    # Checking --------------------------------------------------------------------------------------------------------

    def results(self) -> Iterator[FileResult]:
        """What is found in each file, in the order of the files; after the fixes where those are asked for.

        Raises DataError with every broken file before the first result.
        """
        self._look()
        if not self.setup.fix:
            for checked in self._round():
                yield checked.result
            return
        first, last = self.setup.spool / "first", self.setup.spool / "last"
        changed = self._spooled_round(first)
        if not changed:
            last = first
        for _ in range(MOST_ROUNDS):
            if not changed:
                break
            self._renew()
            changed = self._spooled_round(last)
        with first.open("rb") as earlier, last.open("rb") as later:
            for number in range(len(self.tasks)):
                before: FileResult = pickle.load(earlier)  # noqa: S301 # our own file, which nobody else can read
                result: FileResult = pickle.load(later)  # noqa: S301 # same
                yield replace(result, made=made_before(number, self.setup), before=before.before)

    def _spooled_round(self, place: Path) -> bool:
        """Check all files once, with the results in a file; whether one of them changed."""
        changed = False
        with place.open("wb") as stream:
            for number, checked in enumerate(self._round()):
                pickle.dump(checked.result, stream)
                if not checked.changed:
                    continue
                changed = True
                if checked.digest:
                    self._changed[number] = (checked.digest, checked.codec)
                if checked.grown is not None:
                    self._evidence[self.tasks[number].locale].merge(checked.grown)
        return changed

    def _round(self) -> Iterator[Checked]:
        problems: list[Problem] = []
        for numbers, found in each(_check_all, len(self.tasks), (self.tasks, self.setup), self.jobs):
            self._tell("", numbers)
            for checked in found:
                problems += checked.problems
                yield checked
        if problems:
            raise DataError(problems)

    def _look(self) -> None:
        """The first look at all files: what they say, and what they link to."""
        learning = Learning()
        links: dict[str, set[str]] = {}
        problems: list[Problem] = []
        self._evidence = {locale: Evidence() for locale in self.setup.languages}
        arguments = (self.tasks, self.setup, self.setup.known is not None)
        for numbers, looked in each(_look_all, len(self.tasks), arguments, self.jobs):
            self._tell("reading ", numbers)
            problems += looked.problems
            learning.add(looked.pairs)
            for locale, evidence in looked.evidence.items():
                self._evidence[locale].merge(evidence)
            for path, anchor in looked.links:
                links.setdefault(path, set()).add(anchor)
        if problems:
            raise DataError(problems)
        known = learning.known() if self.setup.known is not None else None
        self.setup = replace(self.setup, languages=self._languages(), linked=links, known=known)

    def _languages(self) -> Mapping[str, Language]:
        """The languages with what is known now; what is made of that is made once, before processes share it."""
        languages = {
            locale: replace(language, evidence=self._evidence[locale])
            for locale, language in self.setup.languages.items()
        }
        if self.jobs > 1:
            for language in languages.values():
                _ = (language.splits, language.terms)
        return languages

    def _renew(self) -> None:
        """Bring up to date what all files say, after some were mended."""
        if self.setup.known is not None or any(evidence.pruned for evidence in self._evidence.values()):
            self._look()
        else:
            self.setup = replace(self.setup, languages=self._languages())

    def _tell(self, what: str, numbers: range) -> None:
        self._progress(f"{what}{numbers.stop} of {len(self.tasks)}: {self.tasks[numbers.start].shown}")

    # Writing ---------------------------------------------------------------------------------------------------------

    @property
    def changed(self) -> int:
        """Files that are to change."""
        return len(self._changed)

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """Each file that is to change: its path as shown, its text before, and after."""
        for number in sorted(self._changed):
            task = self.tasks[number]
            yield task.shown, read_document(task).text, current(task, number, self.setup.spool).text

    def write(self) -> None:
        """Write the mended files, so that nothing half-written is ever seen.

        Raises DataError, and writes nothing, where a file has changed since it was checked.
        """
        with Writes() as writes:
            problems = []
            for number in sorted(self._changed):
                task = self.tasks[number]
                digest, codec = self._changed[number]
                data = task.path.read_bytes()
                if sha256(data).digest() != digest:
                    message = "was changed by another program while this ran; nothing was written"
                    problems.append(Problem(task.shown, 0, "", message, "run it again"))
                    continue
                text = current(task, number, self.setup.spool).text
                writes.add(task.path, document_bytes(task, text, codec), before=data)
            if problems:
                raise DataError(problems)
            writes.commit()


def _look_all(numbers: range, tasks: Sequence[Task], setup: Setup, learn: bool) -> Looked:
    """The first look at a run of files; counts are summed up."""
    total = Looked()
    for number in numbers:
        looked = look(tasks[number], number, setup, learn=learn)
        for locale, evidence in looked.evidence.items():
            total.evidence.setdefault(locale, Evidence()).merge(evidence)
        total.links |= looked.links
        total.pairs += looked.pairs
        total.problems += looked.problems
    return total


def _check_all(numbers: range, tasks: Sequence[Task], setup: Setup) -> list[Checked]:
    return [check(tasks[number], number, setup) for number in numbers]
