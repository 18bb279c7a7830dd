"""The log of changes, `changes.json`, and news for feed readers: one entry for each change of meaning."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from feed_cases import LOG, RECORDS, URL, documents, small_feed
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from knooppunt.errors import DataError
from knooppunt.feed import render_feed
from knooppunt.feed.changelog import CHANGES, Change, FieldChange, parse_log, render_log
from knooppunt.feed.index import left_over
from knooppunt.feed.news import MOST
from knooppunt.feed.typescript import declarations

FILES = render_feed(small_feed())
DOCUMENTS = documents(FILES)
NS = {"a": "http://www.w3.org/2005/Atom"}
ATOM = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="feed"><ref name="common"/><interleave>
    <ref name="head"/>
    <oneOrMore><ref name="author"/></oneOrMore>
    <oneOrMore><ref name="link"/></oneOrMore>
    <optional><element name="generator"><text/></element></optional>
    <zeroOrMore><element name="entry"><ref name="common"/><interleave>
      <ref name="head"/>
      <oneOrMore><ref name="link"/></oneOrMore>
      <zeroOrMore><element name="category"><attribute name="term"/></element></zeroOrMore>
      <optional><element name="published"><data type="dateTime"/></element></optional>
      <element name="content"><ref name="common"/><attribute name="type"><value>text</value></attribute>
        <text/></element>
    </interleave></element></zeroOrMore>
  </interleave></element></start>
  <define name="common"><optional><attribute name="xml:lang"><data type="language"/></attribute></optional></define>
  <define name="head">
    <element name="id"><data type="anyURI"/></element>
    <element name="title"><ref name="common"/><text/></element>
    <element name="updated"><data type="dateTime"/></element>
  </define>
  <define name="author"><element name="author">
    <element name="name"><text/></element><element name="uri"><data type="anyURI"/></element>
  </element></define>
  <define name="link"><element name="link">
    <attribute name="href"><data type="anyURI"/></attribute>
    <attribute name="rel"/><optional><attribute name="type"/></optional>
    <optional><attribute name="hreflang"><data type="language"/></attribute></optional>
  </element></define>
</grammar>
"""
"""What RFC 4287 asks of the elements that the feed uses."""


def items(files: dict[str, Any], locale: str = "nl") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = files[f"api/v1/news.{locale}.json"]["items"]
    return found


def ids(files: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["id"].removeprefix(f"{URL}nl/records/shop.till."), item["date_published"]) for item in items(files)]


def made(**changes: Any) -> dict[str, Any]:
    return documents(render_feed(small_feed(**changes)))


# Changes ----------------------------------------------------------------------------------------------------------


def test_changes_are_those_of_the_log_and_those_that_records_tell() -> None:
    found = [
        (item["date"], item["change"], item["id"].removeprefix("shop.till."), item["revision"])
        for item in DOCUMENTS["api/v1/changes.json"]["changes"]
    ]
    assert found == [
        ("2024-11-02", "moved", "names", None),
        ("2024-11-01", "removed", "gone", None),
        ("2024-11-01", "meaning", "hosts", 2),
        ("2024-10-02", "editorial", "hosts", 1),
        ("2023-05-06", "added", "hosts", 1),
        (None, "moved", "aliases", None),
        (None, "added", "coins", 1),
        (None, "split", "money", None),
    ]


def test_a_change_has_its_values_and_titles() -> None:
    changes = {(item["id"], item["change"]): item for item in DOCUMENTS["api/v1/changes.json"]["changes"]}
    meaning = changes["shop.till.hosts", "meaning"]
    assert meaning["fields"] == [{"field": "variants.v1.status", "before": "active", "after": "lifted"}]
    assert (meaning["release"], meaning["title"]["text"]) == ("2.0", "Host aliases have no effect")
    gone = changes["shop.till.gone", "removed"]
    assert gone["title"] == {"text": "No <gone> `thing`", "lang": "en", "state": "source"}
    assert changes["shop.till.money", "split"]["to"] == ["shop.till.coins", "shop.till.aliases"]


def test_without_a_log_each_record_tells_its_last_change() -> None:
    changes = made(log="")["api/v1/changes.json"]["changes"]
    assert [(item["id"], item["change"], item["date"]) for item in changes if item["revision"]] == [
        ("shop.till.hosts", "meaning", "2024-10-01"),
        ("shop.till.coins", "added", None),
    ]


# News -------------------------------------------------------------------------------------------------------------


def test_an_entry_for_each_change_of_meaning_and_none_for_editorial_ones() -> None:
    assert ids(DOCUMENTS) == [
        ("names/#moved", "2024-11-02T00:00:00Z"),
        ("gone/#removed", "2024-11-01T00:00:00Z"),
        ("hosts/#2", "2024-11-01T00:00:00Z"),
        ("hosts/#1", "2023-05-06T00:00:00Z"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("statement: The provider never reads", "statement: The provider does not read"),
        ("title: Host aliases have no effect", "title: Host aliases do nothing"),
        ("note: It came back.", "note: It is back."),
    ],
)
def test_an_editorial_change_makes_and_moves_no_entry(old: str, new: str) -> None:
    assert ids(made(records=RECORDS.replace(old, new))) == ids(DOCUMENTS)


def test_a_change_of_meaning_makes_one_entry() -> None:
    after = ids(made(records=RECORDS.replace("revision: 2", "revision: 3")))
    assert [entry for entry in after if entry not in ids(DOCUMENTS)] == [("hosts/#3", "2024-10-01T00:00:00Z")]


def test_texts_of_entries() -> None:
    moved, gone, second, first = items(DOCUMENTS)
    assert moved["content_text"] == "`shop.till.names` → `shop.till.hosts`"
    assert moved["url"] == f"{URL}nl/records/shop.till.hosts/"
    assert (gone["title"], gone["language"], gone["url"]) == ("Removed: No <gone> thing", "en", f"{URL}nl/records/")
    assert second["title"] == "Gewijzigd: Hostaliassen hebben geen effect"
    assert second["content_text"] == (
        "De provider leest `spec.hostAliases` nooit, “geen enkele keer”.\n\n"
        "Voeg een record toe aan je DNS-zone.\n\nvariants.v1.status: active → lifted"
    )
    assert first["content_text"] == "`shop.till.hosts`"  # what it said then, no record says any more
    assert DOCUMENTS["api/v1/news.nl.json"]["title"] == "Shop: wat er veranderde"


def test_long_values_are_not_told() -> None:
    line = render_log([replace(parse_log(LOG)[2], fields=(FieldChange("statement", "x" * 41, None),))])
    assert items(made(log=line))[0]["content_text"].endswith("\n\nstatement")


def test_atom_is_atom_and_has_the_entries_of_json_feed() -> None:
    schema = etree.RelaxNG(etree.fromstring(ATOM))
    for locale in ("en", "nl"):
        root = etree.fromstring(FILES[f"api/v1/news.{locale}.atom"])
        assert schema.validate(root), schema.error_log
        entries = root.findall("a:entry", NS)
        for entry, item in zip(entries, items(DOCUMENTS, locale), strict=True):
            pairs = [("id", "id"), ("title", "title"), ("updated", "date_published"), ("content", "content_text")]
            assert all(entry.findtext(f"a:{atom}", namespaces=NS) == item[name] for atom, name in pairs)
        assert root.findtext("a:updated", namespaces=NS) == "2024-11-02T00:00:00Z"
        links = {link.get("rel"): link.get("href") for link in root.findall("a:link", NS)}
        assert links["self"] == f"{URL}api/v1/news.{locale}.atom"
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [title.get(lang) for title in root.findall("a:entry/a:title", NS)] == [None, "en", None, None]


def test_atom_without_entries_and_with_signs_that_xml_has_not() -> None:
    schema = etree.RelaxNG(etree.fromstring(ATOM))
    bare = etree.fromstring(render_feed(small_feed(log="", records="{}"))["api/v1/news.atom"])
    assert schema.validate(bare), schema.error_log
    assert len(bare.findall("a:entry", NS)) == 0
    gone = Change("a.b.c", "removed", parse_log(LOG)[0].date, title="a \x00 ]]> & <b>")
    root = etree.fromstring(render_feed(small_feed(log=render_log([gone])))["api/v1/news.atom"])
    assert root.findall("a:entry/a:title", NS)[1].text == "Removed: a \ufffd ]]> & <b>"


def test_news_have_an_end() -> None:
    day = parse_log(LOG)[0].date
    log = render_log(Change(f"a.b.c{number}", "removed", day, title="Gone") for number in range(MOST + 5))
    files = made(log=log)
    assert len(items(files)) == MOST
    assert len(files["api/v1/changes.json"]["changes"]) > MOST + 5


# The log ----------------------------------------------------------------------------------------------------------

IDS = st.from_regex(r"[a-z]{1,4}(-[a-z]{1,2})?\.[a-z]{1,4}\.[a-z]{1,4}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
FIELDS = st.builds(FieldChange, TEXTS, st.none() | TEXTS, st.none() | TEXTS)


@given(
    st.lists(
        st.builds(
            Change,
            IDS,
            st.sampled_from(CHANGES),
            st.dates(),
            release=st.none() | TEXTS,
            revision=st.none() | st.integers(1, 99),
            title=st.none() | TEXTS,
            to=st.lists(IDS, max_size=2).map(tuple),
            fields=st.lists(FIELDS, max_size=2).map(tuple),
        ),
        max_size=3,
    )
)
def test_a_log_written_and_read_back_is_the_log(changes: list[Change]) -> None:
    assert list(parse_log(render_log(changes))) == changes


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a JSON object"),
        ('{"id": "a.b.c", "change": "added"}', "has no 'date'"),
        ('{"date": "2026-01-31", "change": "added"}', "has no 'id'"),
        (
            '{"date": "2026-02-30", "id": "a.b.c", "change": "added"}',
            "has the date '2026-02-30', which no calendar has",
        ),
        ('{"date": "31 January", "id": "a.b.c", "change": "added"}', "has the date '31 January', which is none"),
        ('{"date": "2026-01-31", "id": "abc", "change": "added"}', "has the id 'abc', which is none"),
        ('{"date": "2026-01-31", "id": "a.b.c", "change": "gone"}', "has the change 'gone', which is not one of added"),
        ('{"date": "2026-01-31", "id": "a.b.c", "change": "added", "revision": true}', "has the revision True"),
        ('{"date": "2026-01-31", "id": "a.b.c", "change": "added", "title": ""}', "has a 'title' that is no text"),
        ('{"date": "2026-01-31", "id": "a.b.c", "change": "moved", "to": "a.b.d"}', "has a 'to' that is not a list"),
        ('{"date": "2026-01-31", "id": "a.b.c", "change": "meaning", "fields": ["x"]}', "has 'fields' that are not"),
        ('{"date": "2026-01-31", "id": "a.b.c", "change": "added", "by": "me"}', "has a key 'by' that is not one of"),
    ],
)
def test_a_line_that_is_no_change(line: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_log(f"\n{line}\n")
    assert str(caught.value).startswith(f"changes.jsonl:2: {message}")
    assert str(caught.value).endswith("; let 'knooppunt diff --log' write this file")


# Types and index --------------------------------------------------------------------------------------------------


def test_types_of_documents_are_made_of_their_schemas() -> None:
    types = FILES["api/v1/types.d.ts"].decode()
    for name in ("Index", "Limitations", "RecordFile", "Redirects", "Changes", "News", "Record", "LocalText"):
        assert f"export interface {name} {{" in types
    assert "  readonly kind: Kind;\n" in types
    assert '  readonly id: "limitation" | "requirement" | "quota" | "region" | "incompatibility";\n' in types
    assert "  readonly workaround: LocalText | null;\n" in types
    assert "  readonly adjustable: boolean | null;\n" in types


@pytest.mark.parametrize(
    ("schemas", "message"),
    [
        ({name: {"type": name, "$defs": {"x": {"type": name}}} for name in ("string", "null")}, "two schemas define X"),
        ({"A": {"type": "object"}}, "no type says this"),
    ],
)
def test_what_types_cannot_say(schemas: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        declarations(schemas)


def test_what_an_older_feed_left_is_known_by_its_index() -> None:
    index = FILES["api/v1/index.json"]
    assert left_over(index, FILES) == []
    fewer = set(FILES) - {"api/v1/records/shop.till.coins.nl.json"}
    assert left_over(index, fewer) == ["api/v1/records/shop.till.coins.nl.json"]
    hostile = json.dumps({"files": [{"path": path} for path in ("/etc/x.json", "api/v1/../x.json", "x.json", None)]})
    assert left_over(hostile.encode(), FILES) == []
    assert left_over(b"<html>", FILES) == []
