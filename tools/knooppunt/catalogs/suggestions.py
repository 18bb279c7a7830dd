"""Translations that a memory of other texts offers for a new entry.

A text that stands between the same neighbours as in another article takes its translation as it is. All else is a
suggestion: it fills the entry as fuzzy, with the text that it was made for as the previous msgid and a translator
comment that says where it is from, and counts as untranslated until a person has taken the flag away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from knooppunt.catalogs.wanted import Wanted
    from knooppunt.model import Entry

SUGGESTION_MARK: Final = "suggestion: "
"""Start of the translator comment of an entry that is filled with a suggestion."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text without a translation, and where it stands."""

    context: str | None
    """msgctxt; None for the text of a page."""
    msgid: str
    before: str = ""
    """msgid of the message before it in the source; empty at the start."""
    after: str = ""
    """msgid of the message after it; empty at the end."""
    certain: bool = False
    """Whether only a final answer is of use, since the search for any other takes long."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a memory offers for a text."""

    msgstr: str
    source: str
    """The text that `msgstr` was made for."""
    note: str
    """Where it is from, for the translator: `83 % like a text of virtual-nodes/network`."""
    final: bool = False
    """Whether it is the same text between the same neighbours, so that it may be taken without a person."""


Suggest = Callable[[Question], Suggestion | None]


def suggested(message: Wanted, entry: Entry, suggestion: Suggestion) -> Entry:
    """A new entry filled with a suggestion; a final one is a translation, any other one is marked."""
    if suggestion.final:
        return message.refresh(replace(entry, msgstr=suggestion.msgstr))
    return message.refresh(
        replace(
            entry,
            msgstr=suggestion.msgstr,
            flags=("fuzzy", *entry.flags),
            previous_msgid=suggestion.source if suggestion.source != entry.msgid else None,
            comments=(*entry.comments, suggestion_comment(suggestion.note)),
        )
    )


def suggestion_comment(note: str) -> str:
    """The translator comment that marks an entry as filled with a suggestion."""
    return SUGGESTION_MARK + " ".join(note.split())


def is_suggestion(entry: Entry) -> bool:
    """Whether an entry holds a suggestion that no person has taken yet.

    >>> from knooppunt.model import Entry
    >>> note = suggestion_comment("83 % like a text of network")
    >>> is_suggestion(Entry("Stop the pod", "Stop", flags=("fuzzy",), comments=(note,)))
    True
    """
    return entry.fuzzy and any(line.startswith(SUGGESTION_MARK) for line in entry.comments)


def settled(entry: Entry) -> Entry:
    """The entry without the mark of a suggestion and the text that it was made for, once a person has taken the flag.

    Where somebody else has changed the entry into a text of their own, the mark would tell the next reader a lie.
    """
    if entry.fuzzy or not any(line.startswith(SUGGESTION_MARK) for line in entry.comments):
        return entry
    comments = tuple(line for line in entry.comments if not line.startswith(SUGGESTION_MARK))
    return replace(entry, comments=comments, previous_msgid=None, previous_context=None)
