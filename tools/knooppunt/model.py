"""The nouns of Knooppunt.

Every room speaks in these values. This module imports nothing of ours but `origin`, and every value is frozen:
a room makes new values out of old ones and never changes one that it was given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from knooppunt.origin import Locale as Locale  # noqa: PLC0414 # the form that says: also to be had from here
from knooppunt.origin import Origin as Origin  # noqa: PLC0414 # as above

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# Knowledge ---------------------------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What a record states."""

    LIMITATION = "limitation"
    REQUIREMENT = "requirement"
    QUOTA = "quota"
    REGION = "region"
    INCOMPATIBILITY = "incompatibility"


class Effect(StrEnum):
    """What happens to a workload that a record applies to."""

    REJECTED = "rejected"
    """Refused with an error that a user can see."""
    IGNORED = "ignored"
    """Accepted and silently without effect."""
    PENDING = "pending"
    """Accepted, but never scheduled or started."""
    UNAVAILABLE = "unavailable"
    """The feature is not there or does not work."""
    THROTTLED = "throttled"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"


class Status(StrEnum):
    """Whether a record holds for one variant of the product."""

    ACTIVE = "active"
    """Holds today and may be lifted."""
    PERMANENT = "permanent"
    """Holds by design; waiting for it to be lifted is in vain."""
    LIFTED = "lifted"
    """Held once; `until` says when it ended where that is known."""
    WITHDRAWN = "withdrawn"
    """Was published and taken back: it never held, or nobody knows that it did."""
    NOT_APPLICABLE = "not-applicable"
    """The question does not arise for this variant."""
    UNKNOWN = "unknown"
    """No public source says."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One public source for one statement."""

    source: str
    """Name of the document or file, such as `azure-aks-docs/articles/aks/virtual-nodes.md`."""
    url: str | None = None
    commit: str | None = None
    """Revision of the source in which the statement stands, abbreviated as the source gives it."""
    version: str | None = None
    date: date | None = None
    note: str | None = None
    match: str | None = None
    """The words of the source that are meant, or a regular expression between slashes; dates a fact, is not shown."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The state of a record for one variant of the product, such as `v1` or `v2`."""

    name: str
    status: Status
    since: date | None = None
    until: date | None = None
    note: str | None = None
    """One translatable sentence about this variant only."""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says where sources disagree."""

    text: str
    """One translatable sentence."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Reference:
    """A page to read on."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that a tool can compare with: `60 containers per container group`."""

    value: float
    unit: str
    per: str | None = None
    adjustable: bool | None = None
    """Whether the provider raises it on request; None where no source says."""


class Target(StrEnum):
    """What a rule reads."""

    MANIFEST = "manifest"
    """A workload or another object as it is handed to Kubernetes."""
    CLUSTER = "cluster"
    """A cluster as `az aks show` describes it."""
    TOOL = "tool"
    """A command-line tool as it describes itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a program tells whether a record applies: true means that it does."""

    target: Target
    cel: str
    """An expression in the subset of CEL that the knowledge room reads; it has no message, since the record has."""


@dataclass(frozen=True, slots=True)
class Record:
    """One fact with a stable id, its history and its evidence."""

    id: str
    """`<product>.<area>.<slug>`, stable for ever."""
    kind: Kind
    title: str
    statement: str
    layer: str
    """Who imposes it; one of the project's layers."""
    variants: tuple[Variant, ...]
    origin: Origin
    workaround: str | None = None
    effect: Effect | None = None
    subject: str | None = None
    """What it is about in the words of the product, not translated: a field, a resource, an annotation."""
    fields: tuple[str, ...] = ()
    """Paths in a Kubernetes object or a cluster description: `spec.containers[].lifecycle.postStart`."""
    amounts: tuple[Amount, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    disputed: tuple[Claim, ...] = ()
    """Empty, or the claims of at least two sources that contradict each other."""
    references: tuple[Reference, ...] = ()
    rule: Rule | None = None
    """None for the many facts that no program can see in a manifest, a cluster or a tool."""
    revision: int = 1
    """Bumped when the meaning changes, not for an editorial change."""
    article: str = ""
    """Name of the article that owns the record, such as `virtual-nodes/limitations`."""
    origins: Mapping[str, Origin] = field(default_factory=dict)
    """Place of each translatable text, by field: `title`, `statement`, `variants.v1.note`, `disputed[0].text`."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """A retired id, which stays for ever."""

    id: str
    kind: str
    """`moved` (one target) or `split` (two or more)."""
    to: tuple[str, ...]
    origin: Origin


# Pages -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Segment:
    """One text to translate, with its place in the source."""

    msgid: str
    """The text with its inline Markdown; soft line breaks are spaces, hard ones stay."""
    origin: Origin
    """Exact range of the text in the source, without markers, attribute lists and trailing space."""
    kind: str = "paragraph"
    """`paragraph`, `heading`, `item`, `cell`, `title`, `term`, `definition`, `footnote`, `abbreviation`, `html`,
    `alt` (any text between quotes, in a tag, a directive or the head of a fence), `front-matter` or `record`."""
    context: str | None = None
    """msgctxt; None for the text of a page."""
    prefix: str = ""
    """What each further line of the text starts with in the source: indentation and `> ` of its containers."""
    comment: str = ""
    """A note by the author to the translator."""
    revision: int | None = None
    """Revision of the record that the text belongs to; None for the text of a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of whole lines of a page: joined, the blocks of a page are the page."""

    kind: str
    """`blank`, `front-matter`, `heading`, `paragraph`, `item`, `row`, `fence`, `code`, `html`, `comment`,
    `directive`, `definition`, `rule`, `marker` and so on."""
    start: int
    end: int
    line: int
    container: tuple[str, ...] = ()
    """Kinds of the containers around it, outermost first: `("quote", "item")`."""
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown text and its blocks."""

    path: str
    text: str
    blocks: tuple[Block, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in the order of the page."""
        return tuple(segment for block in self.blocks for segment in block.segments)


# Catalogs ----------------------------------------------------------------------------------------------------------


class State(StrEnum):
    """How far a translation is, in the order of trust."""

    UNTRANSLATED = "untranslated"
    MACHINE = "machine"
    """A draft of an engine that nobody has looked at."""
    STALE = "stale"
    """The source has changed its meaning since."""
    TRANSLATED = "translated"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a PO catalog, as it stands in the file."""

    msgid: str
    msgstr: str
    """The translation; the first form where there are plurals."""
    context: str | None = None
    msgid_plural: str | None = None
    plurals: tuple[str, ...] = ()
    """All plural forms where `msgid_plural` is given, else empty."""
    flags: tuple[str, ...] = ()
    previous_msgid: str | None = None
    previous_context: str | None = None
    obsolete: bool = False
    comments: tuple[str, ...] = ()
    """Translator comments, a line each, without `# `."""
    extracted: tuple[str, ...] = ()
    """Extracted comments, without `#. `."""
    references: tuple[str, ...] = ()
    origin: Origin = field(default_factory=lambda: Origin("", 1))
    """Span of the whole entry; the column is 1."""

    @property
    def fuzzy(self) -> bool:
        return "fuzzy" in self.flags

    @property
    def key(self) -> tuple[str | None, str]:
        """What identifies a message in a catalog: msgctxt and msgid."""
        return (self.context, self.msgid)


# Translated --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """One text as a reader is given it, with the language that it is really in."""

    value: str
    lang: str
    """BCP 47 tag of the language of `value`: that of the source for `source` and `fallback`, else the locale's."""
    state: str
    """`source` (the locale is the source's own), `translated`, `approved`, `machine`, `stale`, or `fallback`
    (the text of the source, since the locale has none that its policy publishes)."""


@dataclass(frozen=True, slots=True)
class TranslatedRecord:
    """A record in one locale: the facts of the record, the texts of the locale."""

    record: Record
    locale: Locale
    texts: Mapping[str, Text]
    """By field, one for each of the record's translatable texts: `title`, `variants.v1.note`, `disputed[0].text`."""


# Checks ------------------------------------------------------------------------------------------------------------


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace [start, end) of the text that a check was given."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, where, and how to mend it."""

    check: str
    """Id of the check: `wrong-term`."""
    message: str
    origin: Origin
    severity: Severity = Severity.ERROR
    locale: str | None = None
    edits: tuple[Edit, ...] = ()
    """Positions are in the text that the check was given: the msgstr of an entry, or the text of a page."""
    safe: bool = True
    """Whether `--fix` may apply the edits; a suggestion is shown only."""
    confidence: float = 1.0
    """Probability, from 0 to 1, that the edits are right; 1 where a rule is exact."""
    subject: str = field(default="", compare=False)
    """What it is about, like an address: the same where the message tells of more and changes; empty for the message.
    Two findings that differ in it alone are equal."""
