"""The nouns of a review: which segment is meant, what a person decided about it, and why something is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from json.encoder import encode_basestring_ascii as _quoted
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import KnooppuntError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.catalogs import Decision
    from knooppunt.model import Entry

SAVE: Final = "save"
APPROVE: Final = "approve"
REJECT: Final = "reject"
RESTORE: Final = "restore-machine"
SUBMISSIONS: Final = (SAVE, APPROVE, REJECT, RESTORE)
"""What a person can do with the segment at hand."""

LONGEST_TEXT: Final = 200_000
"""Characters of all forms of one translation that are taken; a page is split into texts of some hundreds."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One segment of one catalog."""

    locale: str
    catalog: str
    """Name of the catalog, such as `virtual-nodes/overview`."""
    id: str
    """16 hexadecimal digits; see `entry_id`."""


@dataclass(frozen=True, slots=True)
class Error:
    """One mistake in a translation, by MQM: what kind, and how bad."""

    category: str
    severity: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a person sends: a text and what is decided about it."""

    ref: Ref
    etag: str
    """Of the segment as the person saw it."""
    targets: tuple[str, ...]
    action: str = SAVE
    seconds: float | None = None
    """Time spent on the segment."""
    mqm: tuple[Error, ...] = ()
    note: str | None = None
    comment: str | None = None
    """A translator comment to add to the entry; None for none."""


class ReviewError(KnooppuntError):
    """Something is refused; the browser is told `code`, a plain sentence and the way out."""

    def __init__(self, code: str, message: str, hint: str = "", *, facts: Mapping[str, Any] | None = None) -> None:
        """`code` is one of those that `review/` knows a status for; `facts` go along with the answer."""
        super().__init__(f"{message}; {hint}" if hint else message)
        self.code = code
        self.message = message
        self.hint = hint
        self.facts: Mapping[str, Any] = facts or {}


@dataclass(frozen=True, slots=True)
class Person:
    """Who works here, as git knows it."""

    name: str
    mail: str

    @property
    def shown(self) -> str:
        """`Name <mail>`, as ledgers have it."""
        return f"{self.name} <{self.mail}>" if self.mail else self.name

    @property
    def key(self) -> str:
        """What tells two people apart."""
        return person_key(self.shown)


def person_key(shown: str) -> str:
    """What tells the people behind two `Name <mail>` apart: the mail, or the name where there is none.

    >>> person_key("Ada <Ada@example.org>") == person_key("Ada Lovelace <ada@example.org>")
    True
    """
    name, _, rest = shown.rpartition("<")
    mail = rest.removesuffix(">").strip() if name else ""
    return (mail or shown).strip().casefold()


@dataclass(frozen=True, slots=True)
class Trace:
    """Who changed the translation of an entry last, and when."""

    by: str = ""
    """`Name <mail>`; empty where nobody knows."""
    at: str = ""
    """ISO 8601; empty where nobody knows."""
    commit: str = ""
    """Full hash; empty for a change that is in no commit yet."""
    source: str = ""
    """`ledger`, `git`, `working copy`, `shallow clone`, or empty."""


def entry_id(context: str | None, msgid: str, plural: str | None = None) -> str:
    """Id of a message within its catalog: the first 16 digits of the SHA-256 of a JSON array of its texts.

    >>> entry_id(None, "Stop")
    'ac77cccb89fdec80'
    """
    parts = ", ".join("null" if text is None else _quoted(text) for text in (context, msgid, plural))
    return sha256(f"[{parts}]".encode("ascii")).hexdigest()[:16]


def etag_of(entry: Entry, decision: Decision | None) -> str:
    """What changes when anything that a reviewer decides on changes: texts, flags, or the last decision."""
    texts = list(entry.plurals) if entry.plurals else [entry.msgstr]
    said = None if decision is None else [decision.action, decision.by, decision.at]
    parts = [entry.context, entry.msgid, entry.msgid_plural, entry.previous_msgid, texts, sorted(entry.flags), said]
    parts.append(list(entry.comments))
    return sha256(json.dumps(parts, ensure_ascii=True).encode("ascii")).hexdigest()[:32]


def targets_of(entry: Entry) -> tuple[str, ...]:
    """All texts of a translation: one, or one for each plural form."""
    return entry.plurals or (entry.msgstr,)
