"""What the feed says, against golden files and the words of its contract."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from feed_cases import GOLDEN, RECORDS, URL, documents, small_feed

from knooppunt.errors import UsageError
from knooppunt.feed import project_feed, render_feed
from knooppunt.feed.index import MEDIA_TYPES
from knooppunt.knowledge import record_schema
from knooppunt.project import Project

FILES = render_feed(small_feed())
DOCUMENTS = documents(FILES)
NEUTRAL = {"changes.json", "redirects.json", "openapi.json", "types.d.ts"}


def hosts(locale: str = "nl") -> dict[str, Any]:
    found: dict[str, Any] = DOCUMENTS[f"api/v1/limitations.{locale}.json"]["records"][1]
    assert found["id"] == "shop.till.hosts"
    return found


def test_golden() -> None:
    golden = {path.relative_to(GOLDEN).as_posix(): path.read_bytes() for path in GOLDEN.rglob("*.*")}
    assert sorted(FILES) == sorted(golden)
    for path, data in FILES.items():
        assert data.decode() == golden[path].decode(), path


def test_paths() -> None:
    names = ["changes", "diff", "index", "limitations", "news", "record", "records", "redirects"]
    stems = [
        *(f"kinds/{kind}" for kind in ("limitation", "requirement", "quota", "region", "incompatibility")),
        *(f"records/shop.till.{name}" for name in ("hosts", "coins", "aliases", "names", "money")),
        *("variants/v1", "variants/v2", "limitations", "news"),
    ]
    assert list(FILES) == sorted(
        [
            *(f"api/v1/{stem}{locale}.json" for stem in stems for locale in ("", ".en", ".nl")),
            *(f"api/v1/news{locale}.atom" for locale in ("", ".en", ".nl")),
            *(f"api/v1/{name}" for name in ("index.json", "changes.json", "redirects.json")),
            *("api/v1/openapi.json", "api/v1/types.d.ts"),
            *(f"api/v1/schemas/{name}.schema.json" for name in names),
        ]
    )
    for stem in set(stems) - {"news"}:
        assert FILES[f"api/v1/{stem}.json"] == FILES[f"api/v1/{stem}.en.json"], stem


def test_form_of_the_bytes() -> None:
    for path, data in FILES.items():
        text = data.decode()
        assert text.endswith(">\n" if path.endswith(".atom") else "}\n"), path
        if not path.endswith(".json"):
            continue
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n", path
    assert "“geen enkele keer”" in FILES["api/v1/limitations.nl.json"].decode()


def test_index_tells_every_other_file_truly() -> None:
    index = DOCUMENTS["api/v1/index.json"]
    assert [file["path"] for file in index["files"]] == [path for path in FILES if path != "api/v1/index.json"]
    for file in index["files"]:
        data = FILES[file["path"]]
        assert (file["size"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    for file in index["files"]:
        name = file["path"].rpartition("/")[2]
        neutral = "/schemas/" in file["path"] or name in {
            "changes.json",
            "redirects.json",
            "openapi.json",
            "types.d.ts",
        }
        assert file["locale"] == (None if neutral else "nl" if ".nl." in name else "en"), name
    assert {file["media_type"] for file in index["files"]} == set(MEDIA_TYPES)
    assert (index["locales"], index["source_locale"], index["revision"]) == (["en", "nl"], "en", "0a1b2c3")


def test_revision_of_the_sources_moves_the_index_alone() -> None:
    other = render_feed(small_feed(revision=None))
    assert [path for path in FILES if FILES[path] != other[path]] == ["api/v1/index.json"]
    assert json.loads(other["api/v1/index.json"])["revision"] is None


@pytest.mark.parametrize(
    ("field", "state"),
    [
        (lambda record: record["title"], "translated"),
        (lambda record: record["statement"], "approved"),
        (lambda record: record["workaround"], "machine"),
        (lambda record: record["variants"][0]["note"], "stale"),
        (lambda record: record["kind"]["label"], "translated"),
        (lambda record: record["amounts"][0]["unit"], "translated"),
        (lambda record: record["layer"]["label"], "fallback"),
        (lambda record: record["variants"][0]["label"], "fallback"),
        (lambda record: record["variants"][0]["status"]["label"], "fallback"),
        (lambda record: record["amounts"][0]["per"], "fallback"),
        (lambda record: record["disputed"][0]["text"], "fallback"),
        (lambda record: record["references"][0]["title"], "fallback"),
        (lambda record: record["evidence"][0]["note"], "fallback"),
        (lambda record: record["subject"], "fallback"),
    ],
)
def test_text_tells_its_language(field: Any, state: str) -> None:
    assert (field(hosts())["state"], field(hosts())["lang"]) == (state, "en" if state == "fallback" else "nl")
    assert (field(hosts("en"))["state"], field(hosts("en"))["lang"]) == ("source", "en")


def test_facts_are_equal_in_all_languages() -> None:
    for dutch, english in zip(
        DOCUMENTS["api/v1/limitations.nl.json"]["records"],
        DOCUMENTS["api/v1/limitations.en.json"]["records"],
        strict=True,
    ):
        for name in ("id", "fields", "revision", "modified", "article"):
            assert dutch[name] == english[name]


def test_address_of_a_record() -> None:
    assert hosts("en")["url"] == f"{URL}records/shop.till.hosts/"
    assert hosts("nl")["url"] == f"{URL}nl/records/shop.till.hosts/"


def test_address_of_a_record_without_folders() -> None:
    files = documents(render_feed(replace(small_feed(), directories=False)))
    assert files["api/v1/limitations.nl.json"]["records"][1]["url"] == f"{URL}nl/records/shop.till.hosts.html"


def test_site_url_with_or_without_slash() -> None:
    assert render_feed(small_feed(site_url=URL.rstrip("/"))) == FILES


@pytest.mark.parametrize(
    "url", ["", "docs.example", "/base/", "ftp://a.example/", "https://a.example/?q", "https://a b/", "https://a/#b"]
)
def test_site_url_that_is_none(url: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a site; write it like https"):
        small_feed(site_url=url)


def test_source_has_an_address_where_the_settings_know_its_repository() -> None:
    record = hosts()
    assert record["variants"][0]["evidence"][0]["url"] == "https://code.example/repo/blob/HEAD/v1/main%20file.go"
    assert [source["url"] for source in record["evidence"]] == [
        "https://code.example/repo/blob/d16bd42/main.go",
        "https://example.org/a",
    ]
    assert [claim["evidence"]["url"] for claim in record["disputed"]] == ["https://code.example/repo", None]


def test_whole_amounts_are_whole_numbers() -> None:
    assert '"value": 60,' in FILES["api/v1/limitations.json"].decode()
    assert '"value": 0.5,' in FILES["api/v1/limitations.json"].decode()


def test_retired_ids_lead_to_records() -> None:
    assert DOCUMENTS["api/v1/redirects.json"]["redirects"] == [
        {"id": "shop.till.aliases", "kind": "moved", "to": ["shop.till.names"], "records": ["shop.till.hosts"]},
        {
            "id": "shop.till.money",
            "kind": "split",
            "to": ["shop.till.coins", "shop.till.aliases"],
            "records": ["shop.till.coins", "shop.till.hosts"],
        },
        {"id": "shop.till.names", "kind": "moved", "to": ["shop.till.hosts"], "records": ["shop.till.hosts"]},
    ]


@pytest.mark.parametrize(
    ("old", "new", "day"),
    [
        ("title: Coins", "title: Coin", "2024-10-01"),
        ("revision: 2", "revision: 3", "2024-10-01"),
        ("date: 2024-10-01", "date: 2024-09-01", "2024-09-20"),
        ("since: 2019-01-15", "since: 2024-02-29", "2024-10-01"),
        ("until: 2024-09-20", "until: 2025-01-02", "2025-01-02"),
        ("date: 2023-05-06", "date: 2025-01-03", "2025-01-03"),
        ("version: v1.4, date: 2019-01-15", "version: v1.4, date: 2025-01-04", "2025-01-04"),
        ("title: Host aliases have no effect", "title: Host aliases do nothing", "2024-10-01"),
        ("note: It came back.", "note: It is back.", "2024-10-01"),
    ],
)
def test_modified_is_the_day_of_the_newest_fact(old: str, new: str, day: str) -> None:
    assert RECORDS.count(old) == 1
    files = documents(render_feed(small_feed(records=RECORDS.replace(old, new))))
    records = {record["id"]: record for record in files["api/v1/limitations.nl.json"]["records"]}
    assert records["shop.till.hosts"]["modified"] == day
    assert records["shop.till.coins"]["modified"] is None


def test_schema_of_authors_is_that_of_the_knowledge_room() -> None:
    feed = small_feed()
    schema = DOCUMENTS["api/v1/schemas/records.schema.json"]
    assert schema.pop("$id") == f"{URL}api/v1/schemas/records.schema.json"
    layers = schema["$defs"]["record"]["properties"]["layer"]
    variants = schema["$defs"]["record"]["properties"]["variants"]["propertyNames"]
    assert (layers["enum"], variants["enum"]) == (["aci", "provider"], ["v1", "v2"])
    layers["enum"] = list(feed.settings.layers)
    assert schema == record_schema(feed.settings)


@pytest.mark.parametrize(
    ("mkdocs", "name"),
    [
        ("site_name: Till and coins\n", "Till and coins"),
        ("site_name: !ENV [SITE, name]\n", "docs.example"),
        ("site_name: '  '\n", "docs.example"),
        ("{}\n", "docs.example"),
    ],
)
def test_feed_of_a_project(tmp_path: Path, mkdocs: str, name: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(mkdocs)
    (tmp_path / "knooppunt.yml").write_text("layers: {provider: P, aci: A}\nvariants: {v1: One, v2: Two}\n")
    (tmp_path / "docs/till").mkdir(parents=True)
    (tmp_path / "docs/till/a.yml").write_text(RECORDS)
    (tmp_path / "locales/ar").mkdir(parents=True)
    (tmp_path / "locales/ar/locale.yml").write_text("name: العربية\ndirection: rtl\n")
    files = documents(project_feed(Project.load(tmp_path), "https://docs.example:8080/base", "abc"))
    index = files["api/v1/index.json"]
    assert (index["project"], index["revision"], index["locales"]) == (name, "abc", ["en", "ar"])
    record = files["api/v1/limitations.ar.json"]["records"][0]
    assert record["url"] == "https://docs.example:8080/base/ar/records/shop.till.coins/"
    assert record["layer"] == {"id": "aci", "label": {"text": "A", "lang": "en", "state": "fallback"}}
    assert (record["article"], len(files["api/v1/redirects.json"]["redirects"])) == ("till", 3)


def test_feed_of_a_project_without_records(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Bare\n")
    (tmp_path / "docs").mkdir()
    files = documents(project_feed(Project.load(tmp_path), URL))
    assert files["api/v1/limitations.json"]["records"] == []
