"""The nested parts of a record: variants, evidence, claims, references and amounts.

Each function gathers its problems in the reader that it is given, and leaves faulty parts out or fills stand-ins in;
the caller throws the whole away when there is any problem.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.knowledge.matching import match_pattern
from knooppunt.knowledge.rules import (
    AMOUNT_FIELDS,
    CLAIM_FIELDS,
    EVIDENCE_FIELDS,
    HINTS,
    REFERENCE_FIELDS,
    RULE_FIELDS,
    STATUSES,
    TARGETS,
    VARIANT_FIELDS,
    WITHOUT_SINCE,
    WITHOUT_UNTIL,
    WORD_PATTERN,
)
from knooppunt.knowledge.values import Source, read_amount, read_date, read_flag, read_text, read_url
from knooppunt.model import Amount, Claim, Evidence, Reference, Rule, Status, Target, Variant
from knooppunt.yamltext import Reader, describe, join

if TYPE_CHECKING:
    from knooppunt.config import Settings


def read_variants(reader: Reader, source: Source, settings: Settings) -> tuple[Variant, ...]:
    """The variants, in the order of the settings, or of the file where the settings name none."""
    value = reader.value.get("variants")
    if value is None or value == {}:
        reader.fault("variants", "'variants' is missing" if "variants" not in reader.value else "'variants' is empty")
        return ()
    if not isinstance(value, dict):
        reader.fault("variants", f"must map variants to their status, not be {describe(value)}")
        return ()
    found: dict[str, Variant] = {}
    for name, entry in value.items():
        pointer = f"variants.{name}"
        if settings.variants and name not in settings.variants:
            reader.fault(pointer, f"unknown variant '{name}'", f"one of {', '.join(settings.variants)}")
        elif not re.fullmatch(WORD_PATTERN, name):
            reader.fault(pointer, f"'{name}' is not a word", "write it with a-z, 0-9 and hyphens")
        inner = Reader(entry, source.places, join(reader.pointer, pointer))
        if isinstance(entry, dict):
            found[name] = _variant(name, inner, source)
        else:
            inner.problems.clear()
            inner.fault("", f"must be a mapping with a status, not {describe(entry)}", "write {status: active}")
        reader.take(inner)
    order = [name for name in settings.variants if name in found] or list(found)
    return tuple(found[name] for name in order)


def _variant(name: str, reader: Reader, source: Source) -> Variant:
    reader.known(*VARIANT_FIELDS)
    status = reader.choice("status", STATUSES, required=True)
    since, until = read_date(reader, "since", source), read_date(reader, "until", source)
    if since and status in WITHOUT_SINCE:
        reader.fault("since", f"a variant that is {status} has no date", "remove the date or change the status")
    if until and status in WITHOUT_UNTIL:
        reader.fault("until", f"a variant that is {status} has no end", "remove the date or make the status 'lifted'")
    elif since and until and until < since:
        reader.fault("until", f"{until} is before 'since' {since}", "swap the dates or mend the wrong one")
    return Variant(
        name=name,
        status=Status(status or STATUSES[0]),
        since=since,
        until=until,
        note=read_text(reader, "note"),
        evidence=read_evidence_list(reader, source),
    )


def read_evidence_list(reader: Reader, source: Source, *, required: bool = False) -> tuple[Evidence, ...]:
    """The list under `evidence`; an empty one is a fault where it is required."""
    if required and reader.value.get("evidence") == []:
        reader.fault("evidence", "'evidence' is empty")
    elif required and "evidence" not in reader.value:
        reader.fault("evidence", "'evidence' is missing")
    found = []
    for item in reader.mappings("evidence"):
        found.append(_evidence(item, source))
        reader.take(item)
    return tuple(found)


def _evidence(reader: Reader, source: Source) -> Evidence:
    if reader.problems:
        return Evidence("")
    reader.known(*EVIDENCE_FIELDS)
    return Evidence(
        source=reader.text("source", required=True) or "",
        url=read_url(reader, "url"),
        commit=reader.text("commit"),
        version=reader.text("version"),
        date=read_date(reader, "date", source),
        note=reader.text("note"),
        match=_match(reader),
    )


def _match(reader: Reader) -> str | None:
    """The words that are meant, which must be something that can be looked for."""
    text = reader.text("match")
    if text is not None:
        try:
            match_pattern(text)
        except ValueError as error:
            reader.fault("match", str(error))
    return text


def read_claims(reader: Reader, source: Source) -> tuple[Claim, ...]:
    """The claims under `disputed`: none, or two and more."""
    found = []
    before = len(reader.problems)
    items = reader.mappings("disputed")
    if len(reader.problems) == before and "disputed" in reader.value and len(items) < 2:
        reader.fault("disputed", f"a dispute needs two claims or more, here is {len(items)}", HINTS["disputed"])
    for item in items:
        if not item.problems:
            item.known(*CLAIM_FIELDS)
            text = read_text(item, "text", required=True) or ""
            found.append(Claim(text, _claim_evidence(item, source)))
        reader.take(item)
    return tuple(found)


def _claim_evidence(reader: Reader, source: Source) -> Evidence:
    if "evidence" not in reader.value:
        reader.fault("evidence", "'evidence' is missing")
        return Evidence("")
    inner = Reader(reader.value["evidence"], source.places, join(reader.pointer, "evidence"))
    found = _evidence(inner, source)
    reader.take(inner)
    return found


def read_references(reader: Reader) -> tuple[Reference, ...]:
    """The pages to read on."""
    found = []
    for item in reader.mappings("references"):
        if not item.problems:
            item.known(*REFERENCE_FIELDS)
            title = read_text(item, "title", required=True) or ""
            found.append(Reference(title, read_url(item, "url", required=True) or ""))
        reader.take(item)
    return tuple(found)


def read_amounts(reader: Reader, source: Source) -> tuple[Amount, ...]:
    """The amounts of a quota, or of any record that states one."""
    found = []
    for item in reader.mappings("amounts"):
        if not item.problems:
            item.known(*AMOUNT_FIELDS)
            value = read_amount(item, "value", source)
            unit = read_text(item, "unit", required=True) or ""
            found.append(Amount(value, unit, read_text(item, "per"), read_flag(item, "adjustable")))
        reader.take(item)
    return tuple(found)


def read_rule(reader: Reader, source: Source) -> Rule | None:
    """The rule of a record, sound for its target; None where there is none or it is faulty."""
    value = reader.value.get("rule")
    if "rule" not in reader.value:
        return None
    if not isinstance(value, dict):
        reader.fault("rule", f"must be a mapping with a target and an expression, not {describe(value)}")
        return None
    inner = Reader(value, source.places, join(reader.pointer, "rule"))
    inner.known(*RULE_FIELDS)
    target, cel = inner.choice("target", TARGETS, required=True), inner.text("cel", required=True)
    if target and cel:
        from knooppunt.knowledge.cel import CelError  # noqa: PLC0415 # only where a record has a rule
        from knooppunt.knowledge.cel_lint import check_cel  # noqa: PLC0415 # as above

        try:
            check_cel(cel, Target(target))
        except CelError as error:
            inner.fault("cel", f"{error.message}, at {_excerpt(cel, error.offset)}", error.hint)
    reader.take(inner)
    return Rule(Target(target or TARGETS[0]), cel.strip() if cel else "")


def _excerpt(text: str, offset: int) -> str:
    """The words of a rule from an offset on, short enough for a message."""
    words = " ".join(text[offset : offset + 60].split())
    return f"'{words[:39]}…'" if len(words) > 40 else f"'{words}'" if words else "its end"
