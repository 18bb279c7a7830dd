"""Decisions on words, written into the word lists of a locale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.files import Writes, alone
from knooppunt.remembering import locale_of
from knooppunt.repair import rules_for
from knooppunt.repair.decisions import Decided, WordLists, accept_words, reject_words, split_words
from knooppunt.repair.languages import rules_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from knooppunt.project import Project


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """What decisions did."""

    locale: str
    decided: tuple[Decided, ...]
    """In the order in which they were given."""


def accept(project: Project, pairs: Sequence[str], *, locale: str | None, written: str | None = None) -> DecisionReport:
    """Write the joined forms of pairs such as `knoop punten` into words.txt, all of them or none.

    `written` is how the one pair given is joined, where that is not side by side. The locale may be left out where the
    project has one only. Raises UsageError for what is no pair and for one that keep.txt keeps apart, DataError for a
    list that is not valid.
    """
    code = locale_of(project, locale)
    rules, language = rules_for(code), rules_language(code)

    def decide(lists: WordLists, words: tuple[str, ...]) -> Decided:
        return accept_words(lists, words, rules, language, written)

    return _decide(project, code, [split_words(pair) for pair in pairs], decide)


def reject(project: Project, pairs: Sequence[str], *, locale: str | None) -> DecisionReport:
    """Write pairs that stay two words into keep.txt, all of them or none.

    Raises UsageError for what is no pair and for one whose joined form words.txt has, DataError for a list that is not
    valid.
    """
    code = locale_of(project, locale)
    rules = rules_for(code)
    return _decide(
        project, code, [split_words(pair) for pair in pairs], lambda lists, words: reject_words(lists, words, rules)
    )


def _decide(
    project: Project,
    code: str,
    pairs: Sequence[tuple[str, ...]],
    decide: Callable[[WordLists, tuple[str, ...]], Decided],
) -> DecisionReport:
    with alone(project.settings.root), Writes() as writes:
        before = word_lists(project, code)
        lists, decided = before, []
        for words in pairs:
            done = decide(lists, words)
            lists = done.lists
            decided.append(done)
        write_word_lists(project, code, before, lists, writes)
        writes.commit()
    return DecisionReport(code, tuple(decided))


def word_lists(project: Project, code: str) -> WordLists:
    """The word lists of a locale; empty where a file is not there. Raises DataError for one that cannot be read."""
    words, keep = (project.locale_text(code, name) for name in ("words.txt", "keep.txt"))
    shown = f"{project.settings.locales}/{code}"
    return WordLists(words, keep, f"{shown}/words.txt", f"{shown}/keep.txt")


def write_word_lists(project: Project, code: str, before: WordLists, after: WordLists, writes: Writes) -> None:
    """Add the lists that have changed to what is written together."""
    folder = project.settings.locales_path / code
    for name, old, new in (("words.txt", before.words, after.words), ("keep.txt", before.keep, after.keep)):
        if new != old:
            path = folder / name
            writes.add(path, new, before=old if path.is_file() else None)
