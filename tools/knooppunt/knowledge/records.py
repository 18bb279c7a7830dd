"""A file of records: YAML text in, validated records out, or every problem of the file at once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from knooppunt.errors import DataError, Problem
from knooppunt.knowledge.parts import (
    read_amounts,
    read_claims,
    read_evidence_list,
    read_references,
    read_rule,
    read_variants,
)
from knooppunt.knowledge.rules import (
    DRAFT,
    EFFECTS,
    ENTRY_HINT,
    HINTS,
    ID_PATTERN,
    KINDS,
    NEED_EFFECT,
    RECORD_FIELDS,
    REDIRECT_FIELDS,
    WORD_PATTERN,
)
from knooppunt.knowledge.texts import text_fields
from knooppunt.knowledge.values import Source, load_document, read_revision, read_text
from knooppunt.model import Effect, Kind, Record, Redirect
from knooppunt.yamltext import Places, Reader, describe

if TYPE_CHECKING:
    from knooppunt.config import Settings

_DOTTED_KEY = re.compile(r"^\ufeff?[\"']?[\w-]+\.[\w.-]+[\"']?[ \t]*:", re.MULTILINE)
_EXAMPLE = "product.area.slug"


def holds_records(text: str) -> bool:
    """Whether a YAML text is meant to hold records: a key at the head of a line has a dot in it, as an id has."""
    return _DOTTED_KEY.search(text) is not None


def parse_records(
    text: str, path: str, *, article: str, settings: Settings
) -> tuple[tuple[Record, ...], tuple[Redirect, ...]]:
    """The records and retired ids of one file, in the order of the file; an empty file has none.

    `path` is shown in messages and origins; `article` is the name of the article that owns the file.
    Layers and variants are those of the settings, or any word where the settings name none.
    Raises DataError with every problem of the file, each with its line, pointer and way out.
    """
    value, places = load_document(text, path)
    return read_records(value, Source(text, places), article=article, settings=settings)


def read_records(
    value: Any, source: Source, *, article: str, settings: Settings
) -> tuple[tuple[Record, ...], tuple[Redirect, ...]]:
    """The same of a text that is loaded already. Raises DataError."""
    text, places = source.text, source.places
    path = places.path
    if value is None:
        return (), ()
    if not isinstance(value, dict):
        message = f"must be a mapping of ids to records, not {describe(value)}"
        raise DataError.single(path, places[""].line, message, hint="write 'product.area.slug:' before each record")
    if value and not holds_records(text):
        hint = f"if it is not meant to, put it under 'ignore' in the settings; a record begins with '{_EXAMPLE}:'"
        raise DataError.single(path, places[next(iter(value))].line, "holds no records", hint=hint)
    records: list[Record] = []
    redirects: list[Redirect] = []
    problems: list[Problem] = []
    for name, entry in value.items():
        reader = Reader(entry, places, name)
        if not re.fullmatch(ID_PATTERN, name):
            reader.fault("", f"'{name}' is not an id", "write product.area.slug with a-z, 0-9 and hyphens")
        if any(field in reader.value for field in REDIRECT_FIELDS):
            redirects.append(_redirect(name, reader, places))
        elif isinstance(entry, dict):
            records.append(_record(name, reader, source, article, settings))
        problems.extend(_with_hint(problem) for problem in reader.problems)
    if problems:
        raise DataError(problems)
    return tuple(records), tuple(redirects)


def _record(name: str, reader: Reader, source: Source, article: str, settings: Settings) -> Record:
    """A record; where the reader has problems, faulty fields have stand-ins and the record is to be thrown away."""
    reader.known(*RECORD_FIELDS, *(field for field in (DRAFT,) if field in reader.value))
    if DRAFT in reader.value:
        hint = "say the fact in your own words, see that it is true, and delete 'draft'"
        reader.fault(DRAFT, "marks what 'knooppunt extract' proposed, which is no record yet", hint)
    kind = reader.choice("kind", KINDS, required=True)
    effect = reader.choice("effect", EFFECTS)
    if kind in NEED_EFFECT and "effect" not in reader.value:
        reader.fault("effect", f"'effect' is missing, and a record of kind {kind} must say it")
    record = Record(
        id=name,
        kind=Kind(kind or KINDS[0]),
        title=read_text(reader, "title", required=True) or "",
        statement=read_text(reader, "statement", required=True) or "",
        workaround=read_text(reader, "workaround"),
        layer=_layer(reader, settings),
        effect=Effect(effect) if effect else None,
        subject=reader.text("subject"),
        fields=reader.texts("fields"),
        variants=read_variants(reader, source, settings),
        amounts=read_amounts(reader, source),
        evidence=read_evidence_list(reader, source, required=True),
        disputed=read_claims(reader, source),
        references=read_references(reader),
        rule=read_rule(reader, source),
        revision=read_revision(reader, "revision"),
        article=article,
        origin=source.places[name],
    )
    return replace(record, origins={field: source.exact(f"{name}.{field}") for field in text_fields(record)})


def _layer(reader: Reader, settings: Settings) -> str:
    if settings.layers and "layer" not in reader.value:
        reader.fault("layer", "'layer' is missing", f"one of {', '.join(settings.layers)}")
        return ""
    if settings.layers:
        return reader.choice("layer", tuple(settings.layers), required=True) or ""
    layer = reader.text("layer", required=True) or ""
    if layer and not re.fullmatch(WORD_PATTERN, layer):
        reader.fault("layer", f"'{layer}' is not a word", "write it with a-z, 0-9 and hyphens")
    return layer


def _redirect(name: str, reader: Reader, places: Places) -> Redirect:
    kind = "moved" if "moved" in reader.value else "split"
    if "moved" in reader.value and "split" in reader.value:
        reader.fault("split", "an id is either moved or split, not both", "keep one of the two")
        return Redirect(name, kind, (), places[name])
    for field in reader.value:
        if field not in REDIRECT_FIELDS:
            reader.fault(field, f"unknown field '{field}' of a retired id", f"a retired id has only '{kind}'")
    if kind == "moved":
        target = reader.text("moved")
        targets: tuple[str, ...] = (target,) if target else ()
    else:
        targets = _split_targets(reader)
    for index, target in enumerate(targets):
        pointer = "moved" if kind == "moved" else f"split[{index}]"
        if target == name:
            reader.fault(pointer, f"'{name}' is {kind} to itself", "name the id that took its place")
        elif not re.fullmatch(ID_PATTERN, target):
            reader.fault(pointer, f"'{target}' is not an id", "write product.area.slug with a-z, 0-9 and hyphens")
    return Redirect(name, kind, targets, places[name])


def _split_targets(reader: Reader) -> tuple[str, ...]:
    before = len(reader.problems)
    targets = reader.texts("split")
    if len(reader.problems) == before and len(set(targets)) < 2:
        reader.fault("split", "must name two different ids or more", "write {moved: ID} for a single one")
    elif len(set(targets)) < len(targets):
        reader.fault("split", "names an id twice", "remove one of them")
    return targets


def _with_hint(problem: Problem) -> Problem:
    if problem.hint:
        return problem
    field = re.sub(r"(\[[0-9]+\])+$", "", problem.pointer).rsplit(".", 1)[-1]
    return replace(problem, hint=HINTS.get(field, ENTRY_HINT))
