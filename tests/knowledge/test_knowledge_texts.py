from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_cases import ID, PATH, SETTINGS, WHOLE

from knooppunt.knowledge import fold, parse_records, record_segments, text_fields


def test_fields_in_a_stable_order() -> None:
    (record,), _ = parse_records(WHOLE, PATH, article="a", settings=SETTINGS)
    assert text_fields(record) == {
        "title": "Host aliases have no effect",
        "statement": "The provider never reads them.",
        "workaround": "Add a record to your DNS zone.",
        "variants.v2.note": "A kubelet writes them, at last.",
        "disputed[0].text": "It does not work.",
        "disputed[1].text": "It works.",
        "references[0].title": "Host aliases",
        "amounts[0].unit": "entries",
        "amounts[0].per": "pod",
    }
    assert list(text_fields(record)) == [
        segment.context.removeprefix(f"{ID}:") for segment in record_segments(record) if segment.context
    ]


def test_segments_carry_the_place_and_the_revision() -> None:
    (record,), _ = parse_records(WHOLE, PATH, article="a", settings=SETTINGS)
    segments = record_segments(record)
    assert {segment.kind for segment in segments} == {"record"}
    assert {segment.revision for segment in segments} == {2}
    assert {segment.comment for segment in segments} == {"limitation"}
    for segment in segments:
        assert WHOLE[segment.origin.start : segment.origin.end] == segment.msgid
        lines = WHOLE.splitlines()
        assert lines[segment.origin.line - 1][segment.origin.column - 1 :].startswith(segment.msgid)


FORMS = {
    "plain": ("The provider drops it.", "The provider drops it."),
    "double quotes": ('"The provider drops it."', "The provider drops it."),
    "single quotes": ("'The provider drops it.'", "The provider drops it."),
    "plain, two lines": ("The provider\n    drops it.", "The provider\n    drops it."),
    "folded": (">-\n    The provider\n    drops it.", "The provider\n    drops it."),
    "folded with a last newline": (">\n    The provider\n    drops it.\n", "The provider\n    drops it."),
    "literal": ("|\n    The provider\n    drops it.\n\n", "The provider\n    drops it."),
    "quotes, two lines": ('"The provider\n    drops it."', "The provider\n    drops it."),
    "space in quotes": ('" The provider drops it. "', "The provider drops it."),
    "folded with a comment": (">-  # why\n    The provider\n    drops it.", "The provider\n    drops it."),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("form", FORMS)
def test_origin_is_the_exact_range_in_every_form_of_yaml(form: str, newline: str) -> None:
    written, exact = (text.replace("\n", newline) for text in FORMS[form])
    text = WHOLE.replace("\n", newline).replace("The provider never reads them.", written)
    (record,), _ = parse_records(text, PATH, article="a", settings=SETTINGS)
    segment = record_segments(record)[1]
    assert segment.msgid == record.statement == "The provider drops it."
    assert text[segment.origin.start : segment.origin.end] == exact
    assert text.split(newline)[segment.origin.line - 1][segment.origin.column - 1 :].startswith("The provider")


def test_record_without_places_points_at_itself() -> None:
    (record,), _ = parse_records(WHOLE, PATH, article="a", settings=SETTINGS)
    bare = replace(record, origins={})
    assert {segment.origin for segment in record_segments(bare)} == {record.origin}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("one\ntwo", "one two"),
        ("one\r\n  two \n", "one two"),
        ("one\rtwo\\\r\r\n\n\\", "one two\\\n\n\n\\"),
        ("one  \ntwo", "one  \ntwo"),
        ("one\\\ntwo", "one\\\ntwo"),
        ("one\n\ntwo\nthree", "one\n\ntwo three"),
        ("one\n   \ntwo", "one\n\ntwo"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(alphabet="ab \\\n\r\t"))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
