"""One entry and what a tool did to it: texts that fit, states with their marks, comments of both sides."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import machine_comment
from knooppunt.catalogs.states import MACHINE_MARK
from knooppunt.catalogs.suggestions import SUGGESTION_MARK
from knooppunt.exchange.codes import completed, damage
from knooppunt.exchange.units import comments_hash, texts_of, with_texts
from knooppunt.model import State

if TYPE_CHECKING:
    from knooppunt.model import Entry

_MARKS: Final = (MACHINE_MARK, SUGGESTION_MARK)
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffd\ufffe\uffff\ud800-\udfff]")


def settle(entry: Entry, texts: tuple[str, ...], state: State | None, engine: str = "") -> Entry:
    """The entry with this translation, in this state; None leaves flags and marks as they are.

    A finished text loses the flag, the previous msgid and the mark of a suggestion, and keeps what an engine wrote,
    from which the effort of its editor is measured. A text that is to be looked at again is fuzzy.
    """
    new = with_texts(entry, texts)
    if not any(texts) or state in {State.TRANSLATED, State.APPROVED}:
        flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
        kept = tuple(line for line in entry.comments if not line.startswith(SUGGESTION_MARK))
        return replace(new, flags=flags, previous_msgid=None, previous_context=None, comments=kept)
    if state is None or entry.fuzzy:
        return new
    flags = ("fuzzy", *entry.flags)
    drafted = any(line.startswith(MACHINE_MARK) for line in entry.comments)
    if state is State.MACHINE and not drafted:
        name = " ".join(engine.replace(":", " ").split()) or "import"
        return replace(new, flags=flags, comments=(*entry.comments, machine_comment(name, texts[0])))
    if state is not State.MACHINE and drafted:  # to be looked at again, and no draft any more: so it is stale
        return replace(new, flags=flags, previous_msgid=entry.msgid)
    return replace(new, flags=flags)


def target_fault(entry: Entry, new: Entry) -> str:
    """Why a translation cannot stand in a catalog, or an empty text; msgfmt refuses such a file, or text is lost."""
    known = "".join((entry.msgid, entry.msgid_plural or "", *texts_of(entry)))
    for text in texts_of(new):
        if not text:
            continue
        for edge, there, here in (
            ("begin", text[0] == "\n", entry.msgid.startswith("\n")),
            ("end", text[-1] == "\n", entry.msgid.endswith("\n")),
        ):
            if there != here:
                return f"must {'not ' if there else ''}{edge} with a line break, to be like its source"
        for found in _CONTROL.finditer(text):
            if found[0] not in known:
                return f"has the character U+{ord(found[0]):04X}, which the source does not have"
    return ""


def lost_codes(entry: Entry, new: Entry) -> str:
    """What a new translation has lost of the inline codes of its source, in words; an empty text where nothing.

    What the translation in the catalog lacks as well is no news.
    """
    sources = (entry.msgid, *(entry.msgid_plural or "" for _ in entry.plurals[1:]))
    for source, old, text in zip(sources, texts_of(entry), texts_of(new), strict=False):
        lost = damage(source, text, old) if text else ""
        if lost:
            return lost
    return ""


def completed_texts(entry: Entry, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The edited texts of an entry with what could be lost at their end and has no other place; see `completed`."""
    sources = (entry.msgid, *(entry.msgid_plural or "" for _ in texts[1:]))
    return tuple(
        text if text == old else completed(source, text)
        for source, old, text in zip(sources, texts_of(entry), texts, strict=True)
    )


def merged_comments(
    entry: Entry, taken: Entry, theirs: tuple[str, ...] | None, base: str, ours: str
) -> tuple[str, ...]:
    """Translator comments of both sides.

    `entry` is what the catalog has, `taken` the same after its text and state are settled, `theirs` what the file
    says, `base` and `ours` the hashes of the stamps. What one side alone has changed is taken from it; where both
    have, or the file has lost its stamp, lines of the file are added. Marks of drafts and suggestions are never the
    file's to write.
    """
    if theirs is None or theirs == entry.comments or (base and comments_hash(theirs) == base):
        return taken.comments
    lines = tuple(line for line in theirs if not line.startswith(_MARKS))
    if base == ours:
        marks = [line for line in taken.comments if line.startswith(_MARKS)]
        return (*lines, *marks)
    return (*taken.comments, *(line for line in lines if line not in taken.comments))
