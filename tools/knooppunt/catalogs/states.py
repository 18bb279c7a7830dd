"""How far a translation is, and what its approval is bound to."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs.suggestions import is_suggestion
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Collection

    from knooppunt.model import Entry

MACHINE_MARK: Final = "mt: "
"""Start of the translator comment that keeps what an engine wrote; the only kind of mark that every PO tool keeps."""

_MACHINE: Final = re.compile(r"mt: ([^:\s][^:]*): ?(.*)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(x[0-9a-f]{2}|.)", re.DOTALL)
_AWKWARD: Final = re.compile(r"[\\\x00-\x1f\x7f]|^ | $")
_NAMED: Final = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_WRITTEN: Final = {text: f"\\{name}" for name, text in _NAMED.items()}


def entry_hash(entry: Entry) -> str:
    """SHA-256, in hexadecimal, of all that an approval vouches for: msgctxt, msgid and every msgstr.

    Hashed is a JSON array, in which no two different entries look the same. Flags, comments, references, wrapping
    and `#~` are not part of it.

    >>> from dataclasses import replace
    >>> from knooppunt.model import Entry
    >>> entry = Entry("Stop", "Stoppen")
    >>> entry_hash(entry)[:16]
    'be8a731781784337'
    >>> entry_hash(entry) == entry_hash(replace(entry, comments=("Ask Ada.",), flags=("no-wrap",)))
    True
    """
    texts = list(entry.plurals) if entry.msgid_plural is not None else [entry.msgstr]
    value = json.dumps([entry.context, entry.msgid, entry.msgid_plural, texts], ensure_ascii=True)
    return sha256(value.encode("ascii")).hexdigest()


def is_translated(entry: Entry) -> bool:
    """Whether there is a translation at all, in every plural form, fuzzy or not.

    >>> from knooppunt.model import Entry
    >>> is_translated(Entry("Stop", "")), is_translated(Entry("Stop", "Stoppen", flags=("fuzzy",)))
    (False, True)
    """
    return all(entry.plurals) if entry.plurals else bool(entry.msgstr)


def entry_state(entry: Entry, approved: Collection[str]) -> State:
    """The state of an entry; `approved` holds the hashes of approved entries, such as `Ledger.approved`.

    A fuzzy entry is never approved, whatever the ledger says. It is a machine draft if a comment keeps what the engine
    wrote and there is no previous msgid, untranslated if it holds a mere suggestion; any other fuzzy entry is stale.

    >>> from knooppunt.model import Entry
    >>> entry = Entry("Stop", "Stoppen")
    >>> entry_state(entry, ()), entry_state(entry, {entry_hash(entry)})
    (<State.TRANSLATED: 'translated'>, <State.APPROVED: 'approved'>)
    >>> entry_state(Entry("Stop", "Halt", flags=("fuzzy",), comments=("mt: engine: Halt",)), ())
    <State.MACHINE: 'machine'>
    """
    if not is_translated(entry) or is_suggestion(entry):
        return State.UNTRANSLATED
    if entry.fuzzy:
        machine = entry.previous_msgid is None and any(line.startswith(MACHINE_MARK) for line in entry.comments)
        return State.MACHINE if machine else State.STALE
    return State.APPROVED if approved and entry_hash(entry) in approved else State.TRANSLATED


def machine_comment(engine: str, text: str) -> str:
    r"""The translator comment that keeps what an engine wrote: `mt: ENGINE: text`, a text of several lines with `\n`.

    Raises ValueError for an engine without a name, with a colon in it or with a space or line break at an end.

    >>> machine_comment("engine", "Stop de pod")
    'mt: engine: Stop de pod'
    """
    if not re.fullmatch(r"[^:\s](?:[^:\n\r]*[^:\s])?", engine):
        raise ValueError(f"not a name for an engine: {engine!r}")
    return f"{MACHINE_MARK}{engine}: {_AWKWARD.sub(_write, text)}".rstrip(" ")


def machine_text(entry: Entry) -> tuple[str, str] | None:
    """Engine and text of the machine draft that an entry began with, or None.

    It stays for good: after a person has edited the translation it tells what the edit changed.

    >>> from knooppunt.model import Entry
    >>> machine_text(Entry("Stop", "Stoppen", comments=("Ask Ada.", "mt: engine: Halt")))
    ('engine', 'Halt')
    """
    for line in entry.comments:
        found = _MACHINE.fullmatch(line)
        if found is not None:
            return found[1], _ESCAPED.sub(_resolve, found[2])
    return None


def without_machine(comments: tuple[str, ...]) -> tuple[str, ...]:
    """Translator comments without those that keep machine text."""
    return tuple(line for line in comments if not line.startswith(MACHINE_MARK))


def _write(found: re.Match[str]) -> str:
    return _WRITTEN.get(found[0]) or f"\\x{ord(found[0]):02x}"


def _resolve(found: re.Match[str]) -> str:
    code = found[1]
    if len(code) == 3:
        return chr(int(code[1:], 16))
    return _NAMED.get(code, found[0])
