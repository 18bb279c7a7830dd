from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from knowledge_cases import BROKEN, PATH, REDIRECT, SETTINGS, WHOLE, Broken

from knooppunt.config import Settings, load_settings
from knooppunt.errors import DataError
from knooppunt.knowledge import link, parse_records, record_schema, record_segments
from knooppunt.knowledge.rules import (
    AMOUNT_FIELDS,
    CLAIM_FIELDS,
    EVIDENCE_FIELDS,
    RECORD_FIELDS,
    REFERENCE_FIELDS,
    VARIANT_FIELDS,
)
from knooppunt.knowledge.values import load_document

ROOT = Path(__file__).parents[2]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.yml"))


@cache
def validator() -> Draft202012Validator:
    schema = record_schema(SETTINGS)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def plain(value: Any) -> Any:
    """The value as JSON has it: dates are strings."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def loaded(text: str) -> Any:
    return plain(load_document(text, PATH)[0])


@pytest.mark.parametrize("text", [WHOLE, REDIRECT, WHOLE + "aks.nodes.b: {split: [aks.a.b, aks.a.c]}\n", "{}\n"])
def test_schema_takes_what_the_loader_takes(text: str) -> None:
    parse_records(text, PATH, article="a", settings=SETTINGS)
    assert list(validator().iter_errors(loaded(text))) == []


@pytest.mark.parametrize("case", [case for case in BROKEN if case.schema], ids=lambda case: case.name)
def test_schema_refuses_what_the_loader_refuses(case: Broken) -> None:
    assert list(validator().iter_errors(loaded(case.text)))


@pytest.mark.parametrize("case", [case for case in BROKEN if not case.schema], ids=lambda case: case.name)
def test_what_the_schema_cannot_say_is_listed_truly(case: Broken) -> None:
    """A case that the schema has come to refuse must lose its exception."""
    if case.name == "duplicate field":
        with pytest.raises(DataError):
            loaded(case.text)
    else:
        assert list(validator().iter_errors(loaded(case.text))) == []


def test_schema_and_loader_know_the_same_fields() -> None:
    definitions = record_schema(SETTINGS)["$defs"]
    for name, fields in (
        ("record", RECORD_FIELDS),
        ("variant", VARIANT_FIELDS),
        ("evidence", EVIDENCE_FIELDS),
        ("claim", CLAIM_FIELDS),
        ("reference", REFERENCE_FIELDS),
        ("amount", AMOUNT_FIELDS),
    ):
        assert tuple(definitions[name]["properties"]) == fields
        assert definitions[name]["additionalProperties"] is False


def test_schema_without_layers_takes_any_word() -> None:
    free = Draft202012Validator(record_schema(Settings(Path())))
    assert free.is_valid(loaded(WHOLE.replace("layer: provider", "layer: moon")))
    assert not free.is_valid(loaded(WHOLE.replace("layer: provider", "layer: The moon")))


def test_schema_is_json_and_always_the_same() -> None:
    assert json.dumps(record_schema(SETTINGS)) == json.dumps(record_schema(SETTINGS))


@pytest.mark.parametrize("file", FILES)
def test_own_records_load_and_follow_the_schema(file: str) -> None:
    settings = load_settings(ROOT)
    text = (ROOT / file).read_text(encoding="utf-8")
    records, _ = parse_records(text, file, article="a", settings=settings)
    checker = Draft202012Validator(record_schema(settings), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message for error in checker.iter_errors(loaded(text))] == []
    for record in records:
        for segment in record_segments(record):
            assert " ".join(text[segment.origin.start : segment.origin.end].split()) == segment.msgid


def test_own_records_link() -> None:
    settings = load_settings(ROOT)
    parts = [
        parse_records((ROOT / file).read_text(encoding="utf-8"), file, article="a", settings=settings) for file in FILES
    ]
    assert len(link(parts).records) == sum(len(records) for records, _ in parts)
