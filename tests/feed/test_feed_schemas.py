"""Every output follows its schema, and the schemas refuse what is broken."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from feed_cases import documents, schema_names, small_feed, validator
from jsonschema import Draft202012Validator
from test_feed_laws import leaves

from knooppunt.feed import project_feed, render_feed
from knooppunt.project import Project

ROOT = Path(__file__).parents[2]
FILES = render_feed(small_feed())
NAMES = schema_names(FILES)
DOCUMENTS = {path: value for path, value in documents(FILES).items() if path in NAMES}
NL = "api/v1/limitations.nl.json"
INDEX = "api/v1/index.json"
REDIRECTS = "api/v1/redirects.json"
CHANGES = "api/v1/changes.json"
NEWS = "api/v1/news.nl.json"
ONE = "api/v1/records/shop.till.money.nl.json"
GONE = object()
OTHERS: tuple[object, ...] = ({}, "", -1.5, [3])


@cache
def checker(path: str) -> Draft202012Validator:
    return validator(FILES, NAMES[path])


@pytest.mark.parametrize("path", DOCUMENTS)
def test_outputs_follow_their_schemas(path: str) -> None:
    assert [error.message for error in checker(path).iter_errors(DOCUMENTS[path])] == []
    if "/news." not in path:  # whose form is not ours
        assert DOCUMENTS[path]["$schema"] == checker(path).schema["$id"]  # type: ignore[index] # never a boolean here


def test_every_json_file_follows_a_schema_or_is_one() -> None:
    others = {path for path in documents(FILES) if path not in NAMES}
    assert {path for path in others if "/schemas/" not in path} == {"api/v1/openapi.json"}


def test_own_feed_follows_its_schemas() -> None:
    project = Project.load(ROOT)
    files = project_feed(project, "https://knooppunt.example/")
    made = documents(files)
    validators: dict[str, Draft202012Validator] = {}
    for path, name in schema_names(files).items():
        if path.count("/") > 2 and "ipv6" not in path:  # the same records again, and this validator is slow
            continue
        checker = validators.setdefault(name, validator(files, name))
        assert [error.message for error in checker.iter_errors(made[path])] == [], path
    records = documents(files)["api/v1/limitations.json"]["records"]
    assert [record["id"] for record in records] == sorted(project.knowledge.records)


def changed(path: str, place: tuple[str | int, ...], value: object) -> Any:
    """A copy of a document with one value changed, or gone."""
    document = copy.deepcopy(DOCUMENTS[path])
    *way, last = place
    inner: Any = document
    for step in way:
        inner = inner[step]
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return document


RECORD = ("records", 1)
ENGLISH = {"text": "Coins", "lang": "en", "state": "fallback"}
DUTCH = {"text": "Munten", "lang": "nl", "state": "translated"}

BROKEN: tuple[tuple[str, tuple[str | int, ...], object], ...] = (
    (NL, ("schema_version",), "2.0"),
    (NL, ("locale",), "dutch"),
    (NL, ("locale",), "nl_NL"),
    (NL, ("source_locale",), "nl"),
    (NL, ("$schema",), "limitations.schema.json"),
    (NL, ("project",), " "),
    (NL, ("records",), {}),
    (NL, (*RECORD, "id"), "hosts"),
    (NL, (*RECORD, "id"), "shop.till.Hosts"),
    (NL, (*RECORD, "kind", "id"), "limit"),
    (NL, (*RECORD, "kind"), "limitation"),
    (NL, (*RECORD, "title"), "Hostaliassen"),
    (NL, (*RECORD, "title"), None),
    (NL, (*RECORD, "title", "text"), ""),
    (NL, (*RECORD, "title", "lang"), "en"),
    (NL, (*RECORD, "title", "state"), "fallback"),
    (NL, (*RECORD, "title", "state"), "fuzzy"),
    (NL, (*RECORD, "title", "state"), "untranslated"),
    (NL, (*RECORD, "title"), DUTCH | {"state": "source"}),
    (NL, (*RECORD, "title"), ENGLISH | {"state": "approved"}),
    (NL, (*RECORD, "layer", "id"), "The provider"),
    (NL, (*RECORD, "effect", "id"), "broken"),
    (NL, (*RECORD, "effect"), None),
    (NL, (*RECORD, "fields"), "spec.hostAliases"),
    (NL, (*RECORD, "fields", 0), ""),
    (NL, (*RECORD, "variants"), []),
    (NL, (*RECORD, "variants", 0, "id"), "V 1"),
    (NL, (*RECORD, "variants", 0, "status", "id"), "gone"),
    (NL, (*RECORD, "variants", 0, "since"), "2019-02-30"),
    (NL, (*RECORD, "variants", 0, "since"), "2019-1-5"),
    (NL, (*RECORD, "variants", 0, "until"), "2024-09-20T00:00:00Z"),
    (NL, (*RECORD, "variants", 0, "note"), "It came back."),
    (NL, (*RECORD, "amounts", 0, "value"), -1),
    (NL, (*RECORD, "amounts", 0, "value"), "60"),
    (NL, (*RECORD, "amounts", 0, "adjustable"), "no"),
    (NL, (*RECORD, "amounts", 0, "unit"), None),
    (NL, (*RECORD, "evidence"), []),
    (NL, (*RECORD, "evidence", 0, "source"), None),
    (NL, (*RECORD, "evidence", 0, "url"), "javascript:alert(1)"),
    (NL, (*RECORD, "evidence", 0, "date"), "yesterday"),
    (NL, (*RECORD, "disputed", 1), GONE),
    (NL, (*RECORD, "references", 0, "url"), "#here"),
    (NL, (*RECORD, "revision"), 0),
    (NL, (*RECORD, "revision"), 1.5),
    (NL, (*RECORD, "modified"), "2024-13-01"),
    (NL, (*RECORD, "url"), "nl/records/#shop.till.hosts"),
    (NL, (*RECORD, "severity"), "high"),
    (INDEX, ("locales",), ["nl"]),
    (INDEX, ("locales",), ["en", "nl", "nl"]),
    (INDEX, ("revision",), ""),
    (INDEX, ("url",), "/"),
    (INDEX, ("files",), []),
    (INDEX, ("files", 0, "path"), "../secret.json"),
    (INDEX, ("files", 0, "path"), "/api/v1/limitations.json"),
    (INDEX, ("files", 0, "path"), "api/v1/records/../x.json"),
    (INDEX, ("files", 0, "path"), "api/v1/.htaccess"),
    (INDEX, ("files", 0, "schema"), "schemas/index.schema.json"),
    (INDEX, ("files", 0, "sha256"), "d41d8cd98f00b204e9800998ecf8427e"),
    (INDEX, ("files", 0, "sha256"), "A" * 64),
    (INDEX, ("files", 0, "size"), 0),
    (INDEX, ("files", 0, "media_type"), "text/html"),
    (INDEX, ("files", 0, "locale"), ""),
    (REDIRECTS, ("redirects", 0, "kind"), "removed"),
    (REDIRECTS, ("redirects", 0, "to"), []),
    (REDIRECTS, ("redirects", 0, "to"), ["shop.till.a", "shop.till.b"]),
    (REDIRECTS, ("redirects", 0, "to"), "shop.till.names"),
    (REDIRECTS, ("redirects", 1, "to"), ["shop.till.coins"]),
    (REDIRECTS, ("redirects", 1, "to"), ["shop.till.coins", "shop.till.coins"]),
    (REDIRECTS, ("redirects", 0, "records"), []),
    (REDIRECTS, ("redirects", 0, "id"), "aliases"),
    (ONE, ("id",), "money"),
    (ONE, ("redirect", "kind"), "gone"),
    (ONE, ("records",), []),
    (CHANGES, ("changes", 0, "change"), "translated"),
    (CHANGES, ("changes", 0, "date"), "2024-11-31"),
    (CHANGES, ("changes", 0, "revision"), 0),
    (CHANGES, ("changes", 0, "to"), "shop.till.hosts"),
    (CHANGES, ("changes", 2, "fields", 0, "after"), 1),
    (CHANGES, ("changes", 2, "title", "lang"), "nl"),
    (NEWS, ("version",), "https://jsonfeed.org/version/1"),
    (NEWS, ("items", 0, "id"), "shop.till.hosts"),
    (NEWS, ("items", 0, "date_published"), "2024-11-01"),
    (NEWS, ("items", 0, "content_text"), ""),
    (NEWS, ("items", 0, "tags"), []),
    (NEWS, ("items", 0, "_knooppunt", "change"), "editorial"),
)
DOCUMENTS[INDEX]["files"] = DOCUMENTS[INDEX]["files"][::7]  # enough of its many files to break
STRICT = [NL, INDEX, REDIRECTS, CHANGES, NEWS, ONE]


@pytest.mark.parametrize(("path", "place", "value"), BROKEN)
def test_broken_document_is_refused(path: str, place: tuple[str | int, ...], value: object) -> None:
    assert not checker(path).is_valid(changed(path, place, value))


def containers(path: str) -> set[tuple[str | int, ...]]:
    """Place of every object and list in a document."""
    return {place[:depth] for place, _ in leaves(DOCUMENTS[path]) for depth in range(len(place))}


def at(path: str, place: tuple[str | int, ...]) -> Any:
    value = DOCUMENTS[path]
    for step in place:
        value = value[step]
    return value


@pytest.mark.parametrize("path", STRICT)
def test_no_object_may_lose_a_field_or_gain_one(path: str) -> None:
    for place in containers(path):
        value = at(path, place)
        if isinstance(value, dict):
            assert not checker(path).is_valid(changed(path, (*place, "x"), "y")), place
            for key in value:
                assert not checker(path).is_valid(changed(path, (*place, key), GONE)), (*place, key)


@pytest.mark.parametrize("path", STRICT)
def test_no_value_may_be_of_another_type(path: str) -> None:
    for place, value in leaves(DOCUMENTS[path]):
        for other in OTHERS:
            if other != value:
                assert not checker(path).is_valid(changed(path, place, other)), (place, other)
