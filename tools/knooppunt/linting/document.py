"""A file of records as a linter reads it: whatever can be read is, since a record with one fault may have two."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from knooppunt.errors import DataError, Problem
from knooppunt.knowledge.records import read_records
from knooppunt.knowledge.rules import DATE_PATTERN, REDIRECT_FIELDS
from knooppunt.knowledge.values import Source, load_document
from knooppunt.model import Finding, Origin
from knooppunt.yamltext import Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.config import Settings

_DATES = ("since", "until", "date")


@dataclass(frozen=True)
class Document:
    """One file."""

    path: str
    """As it is shown."""
    text: str
    places: Places
    items: tuple[Item, ...] = ()
    """Its entries, in its order; empty where the file cannot be read as a mapping."""
    broken: bool = False
    """Whether it is no YAML, so that no entry is known."""
    problems: tuple[Problem, ...] = ()
    """What the loader refuses."""

    @cached_property
    def source(self) -> Source:
        """The text with its places."""
        return Source(self.text, self.places)

    def at(self, pointer: str) -> Origin:
        """Where a value stands; of a text, its first letter; of one that is not there, what is around it."""
        if pointer in self.places:
            return self.source.exact(pointer)
        origin = self.places[pointer]
        return Origin(origin.path, origin.line, origin.column, origin.start, origin.end, pointer)


@dataclass(frozen=True, eq=False)
class Item:
    """One entry of a file: a record, a retired id, or what should be one of them."""

    id: str
    value: Any
    document: Document = field(repr=False)

    @cached_property
    def mapping(self) -> Mapping[str, Any]:
        """Its fields; none where it is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @cached_property
    def retired(self) -> bool:
        """Whether it is a retired id."""
        return any(name in self.mapping for name in REDIRECT_FIELDS)

    @cached_property
    def targets(self) -> tuple[tuple[str, str], ...]:
        """Pointer and id of each id that a retired one leads to."""
        moved, split = self.mapping.get("moved"), self.mapping.get("split")
        if "moved" in self.mapping:
            return (("moved", moved),) if isinstance(moved, str) else ()
        items = split if isinstance(split, list) else []
        return tuple((f"split[{number}]", name) for number, name in enumerate(items) if isinstance(name, str))

    def text(self, key: str) -> str:
        """A text field of the record; empty where it is absent or no text."""
        value = self.mapping.get(key)
        return value.strip() if isinstance(value, str) else ""

    def mappings(self, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Pointer and value of each mapping in a list of the record."""
        yield from _mappings(self.mapping.get(key), key)

    @cached_property
    def variants(self) -> tuple[tuple[str, str, Mapping[str, Any]], ...]:
        """Pointer, name and fields of each variant."""
        value = self.mapping.get("variants")
        entries = value.items() if isinstance(value, dict) else ()
        return tuple((f"variants.{name}", name, entry) for name, entry in entries if isinstance(entry, dict))

    @cached_property
    def statuses(self) -> tuple[str, ...]:
        """The status of each variant."""
        return tuple(str(entry.get("status")) for _, _, entry in self.variants)

    @cached_property
    def claims(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Pointer and fields of each claim of a dispute."""
        return tuple(self.mappings("disputed"))

    @cached_property
    def evidence(self) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        """Pointer and fields of all evidence: of the record, of its variants, and of claims."""
        found = list(self.mappings("evidence"))
        for pointer, _, entry in self.variants:
            found += _mappings(entry.get("evidence"), f"{pointer}.evidence")
        for pointer, claim in self.claims:
            if isinstance(claim.get("evidence"), dict):
                found.append((f"{pointer}.evidence", claim["evidence"]))
        return tuple(found)

    @cached_property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """Pointer and text of each path."""
        value = self.mapping.get("fields")
        items = value if isinstance(value, list) else []
        return tuple((f"fields[{number}]", path) for number, path in enumerate(items) if isinstance(path, str))

    @cached_property
    def sentences(self) -> tuple[tuple[str, str], ...]:
        """Pointer and text of all that readers get as sentences: statement, workaround, notes and claims."""
        found: list[tuple[str, Any]] = [(key, self.text(key)) for key in ("statement", "workaround")]
        found += [(f"{pointer}.note", entry.get("note")) for pointer, _, entry in self.variants]
        found += [(f"{pointer}.text", claim.get("text")) for pointer, claim in self.claims]
        return tuple((pointer, text) for pointer, text in found if isinstance(text, str) and text.strip())

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Pointer and text of the title and of all sentences."""
        title = self.text("title")
        return ((("title", title),) if title else ()) + self.sentences

    @cached_property
    def dates(self) -> tuple[tuple[str, Any], ...]:
        """Pointer and value of all that should be a date."""
        places = [(pointer, entry) for pointer, _, entry in self.variants]
        return tuple(
            (f"{pointer}.{key}", entry[key])
            for pointer, entry in [*places, *self.evidence]
            for key in _DATES
            if key in entry
        )

    def finding(self, pointer: str, message: str) -> Finding:
        """A finding at a value of this entry, `""` for the whole of it; the rule that yields it fills its code in."""
        whole = f"{self.id}.{pointer}" if pointer else self.id
        return Finding("", message, self.document.at(whole))


def _mappings(value: Any, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, entry in enumerate(value if isinstance(value, list) else ()):
        if isinstance(entry, dict):
            yield f"{key}[{number}]", entry


def date_of(value: Any) -> datetime.date | None:
    """A date, written plainly or in quotes; None for anything else."""
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if isinstance(value, str) and re.fullmatch(DATE_PATTERN, value):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return None
    return None


def read_document(text: str, path: str, settings: Settings) -> Document:
    """Read a file as far as it can be read. Never raises for what the text holds."""
    try:
        value, places = load_document(text, path)
    except DataError as error:
        return Document(path, text, Places(path), broken=True, problems=error.problems)
    problems: tuple[Problem, ...] = ()
    try:
        read_records(value, Source(text, places), article="", settings=settings)
    except DataError as error:
        problems = error.problems
    document = Document(path, text, places, problems=problems)
    entries = value.items() if isinstance(value, dict) else ()
    items = tuple(Item(name, entry, document) for name, entry in entries)
    object.__setattr__(document, "items", items)  # the two know each other, and nobody has the document yet
    return document


def problem_finding(document: Document, problem: Problem) -> Finding:
    """What the loader says, as a finding."""
    hint = f"; {problem.hint}" if problem.hint else ""
    place = document.places[problem.pointer]
    column = place.column if place.line == problem.line else 1
    origin = Origin(document.path, problem.line, column, place.start, place.end, problem.pointer)
    return Finding("", problem.message + hint, origin)
