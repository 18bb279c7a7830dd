"""Records of a feed as typed values, for programs that read one.

What a later minor version adds is passed over; what version 1 promises must be there.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from knooppunt.feed.fetching import FeedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text with the language that it is really in."""

    text: str
    """Markdown."""
    lang: str
    """BCP 47 tag."""
    state: str
    """`source`, `translated`, `approved`, `machine`, `stale` or `fallback`."""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the data: its id for programs, its label for readers."""

    id: str
    label: LocalText

    def __str__(self) -> str:
        return self.label.text


@dataclass(frozen=True, slots=True)
class Evidence:
    """One public source."""

    source: str
    url: str | None
    commit: str | None
    version: str | None
    date: datetime.date | None
    note: LocalText | None


@dataclass(frozen=True, slots=True)
class Variant:
    """The state of a record for one variant of the product."""

    id: str
    label: LocalText
    status: Word
    since: datetime.date | None
    until: datetime.date | None
    note: LocalText | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number to compare with."""

    value: float
    unit: LocalText
    per: LocalText | None
    adjustable: bool | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says where sources disagree."""

    text: LocalText
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Reference:
    """A page to read on."""

    title: LocalText
    url: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How a program tells whether the record applies."""

    target: str
    cel: str


@dataclass(frozen=True, slots=True)
class Record:
    """One fact, in one language."""

    id: str
    kind: Word
    title: LocalText
    statement: LocalText
    workaround: LocalText | None
    layer: Word
    effect: Word | None
    subject: LocalText | None
    fields: tuple[str, ...]
    variants: tuple[Variant, ...]
    amounts: tuple[Amount, ...]
    evidence: tuple[Evidence, ...]
    disputed: tuple[Claim, ...]
    references: tuple[Reference, ...]
    rule: Rule | None
    revision: int
    modified: datetime.date | None
    article: str
    url: str

    def status(self, variant: str) -> str | None:
        """Status of a variant by its id, such as `active`; None where the record says nothing of the variant."""
        return next((item.status.id for item in self.variants if item.id == variant), None)


def record_of(value: Any, where: str) -> Record:
    """A record out of JSON; `where` names it in messages. Raises FeedError with the field that is not as promised."""
    field = _Field(value, where)
    return Record(
        id=field.text("id"),
        kind=field.part("kind", _word),
        title=field.part("title", _local),
        statement=field.part("statement", _local),
        workaround=field.maybe("workaround", _local),
        layer=field.part("layer", _word),
        effect=field.maybe("effect", _word),
        subject=field.maybe("subject", _local),
        fields=tuple(str(item) for item in field.items("fields")),
        variants=field.each("variants", _variant),
        amounts=field.each("amounts", _amount),
        evidence=field.each("evidence", _evidence),
        disputed=field.each("disputed", _claim),
        references=field.each("references", _reference),
        rule=field.maybe("rule", _rule, optional=True),
        revision=field.number("revision"),
        modified=field.day("modified"),
        article=field.text("article"),
        url=field.text("url"),
    )


class _Field:
    """Reads the members of an object."""

    def __init__(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise FeedError(f"{where} is not an object")
        self.value = value
        self.where = where

    def get(self, name: str) -> Any:
        if name not in self.value:
            raise FeedError(f"{self.where} has no '{name}'")
        return self.value[name]

    def text(self, name: str) -> str:
        value = self.get(name)
        if not isinstance(value, str):
            raise FeedError(f"{self.where}.{name} is {value!r}, not a text")
        return value

    def maybe_text(self, name: str) -> str | None:
        return None if self.get(name) is None else self.text(name)

    def number(self, name: str) -> int:
        value = self.get(name)
        if type(value) is not int:
            raise FeedError(f"{self.where}.{name} is {value!r}, not a whole number")
        return value

    def day(self, name: str) -> datetime.date | None:
        value = self.maybe_text(name)
        try:
            return datetime.date.fromisoformat(value) if value else None
        except ValueError:
            raise FeedError(f"{self.where}.{name} is {value!r}, not a date") from None

    def part(self, name: str, read: Callable[[_Field], _T]) -> _T:
        return read(_Field(self.get(name), f"{self.where}.{name}"))

    def maybe(self, name: str, read: Callable[[_Field], _T], *, optional: bool = False) -> _T | None:
        """A member that may be null, or, where `optional`, absent: the first feeds of version 1 had no such member."""
        if optional and name not in self.value:
            return None
        return None if self.get(name) is None else self.part(name, read)

    def items(self, name: str) -> Sequence[Any]:
        value = self.get(name)
        if not isinstance(value, list):
            raise FeedError(f"{self.where}.{name} is {value!r}, not a list")
        return value

    def each(self, name: str, read: Callable[[_Field], _T]) -> tuple[_T, ...]:
        items = enumerate(self.items(name))
        return tuple(read(_Field(item, f"{self.where}.{name}[{number}]")) for number, item in items)


def _local(field: _Field) -> LocalText:
    return LocalText(field.text("text"), field.text("lang"), field.text("state"))


def _word(field: _Field) -> Word:
    return Word(field.text("id"), field.part("label", _local))


def _evidence(field: _Field) -> Evidence:
    return Evidence(
        field.text("source"),
        field.maybe_text("url"),
        field.maybe_text("commit"),
        field.maybe_text("version"),
        field.day("date"),
        field.maybe("note", _local),
    )


def _variant(field: _Field) -> Variant:
    return Variant(
        field.text("id"),
        field.part("label", _local),
        field.part("status", _word),
        field.day("since"),
        field.day("until"),
        field.maybe("note", _local),
        field.each("evidence", _evidence),
    )


def _amount(field: _Field) -> Amount:
    value = field.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FeedError(f"{field.where}.value is {value!r}, not a number")
    adjustable = field.get("adjustable")
    known = None if adjustable is None else bool(adjustable)
    return Amount(value, field.part("unit", _local), field.maybe("per", _local), known)


def _claim(field: _Field) -> Claim:
    return Claim(field.part("text", _local), field.part("evidence", _evidence))


def _reference(field: _Field) -> Reference:
    return Reference(field.part("title", _local), field.text("url"))


def _rule(field: _Field) -> Rule:
    return Rule(field.text("target"), field.text("cel"))
