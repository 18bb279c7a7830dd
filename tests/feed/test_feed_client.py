"""The client, over files, folders and a real server on loopback, well behaved and not."""

from __future__ import annotations

import datetime
import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from feed_cases import small_feed

from knooppunt.feed import Feed, FeedError, render_feed
from knooppunt.feed.fetching import Address, Folder
from knooppunt.feed.typed import record_of

FILES = render_feed(small_feed())
RECORD: dict[str, Any] = json.loads(FILES["api/v1/limitations.nl.json"])["records"][1]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    for path, data in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


@dataclass
class Host:
    """A server of files that counts what it was asked for."""

    url: str
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    etags: bool = True
    files: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture
def host() -> Iterator[Host]:
    state = Host("", files=dict(FILES))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.removeprefix("/base/")
            if path.startswith("to-"):
                return self.answer(HTTPStatus.FOUND, b"", Location=TARGETS[path.partition("/")[0]])
            if path.startswith("slow"):
                return self.slow()
            if path.startswith("short"):
                return self.answer(HTTPStatus.OK, b"{", **{"Content-Length": "9"})
            if path.startswith("broken"):
                return self.answer(HTTPStatus.INTERNAL_SERVER_ERROR, b"")
            data = state.files.get(path)
            if data is None:
                return self.answer(HTTPStatus.NOT_FOUND, b"no")
            etag = f'"{hashlib.sha256(data).hexdigest()}"'
            if state.etags and self.headers.get("If-None-Match") == etag:
                return self.answer(HTTPStatus.NOT_MODIFIED, b"", ETag=etag)
            return self.answer(HTTPStatus.OK, data, **({"ETag": etag} if state.etags else {}))

        def answer(self, status: HTTPStatus, body: bytes, **headers: str) -> None:
            state.answers[self.path.removeprefix("/base/").removeprefix("api/v1/"), status.value] += 1
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def slow(self) -> None:
            self.send_response(HTTPStatus.OK)
            self.end_headers()
            for _ in range(20):
                try:
                    self.wfile.write(b" " * 10)
                    self.wfile.flush()
                except OSError:
                    return
                time.sleep(0.05)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}/base/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


TARGETS = {"to-file": "file:///etc/passwd", "to-ftp": "ftp://127.0.0.1/x", "to-here": "/base/api/v1/limitations.json"}


# What it gives ----------------------------------------------------------------------------------------------------


def places(site: Path) -> list[Path]:
    return [site, site / "api/v1", site / "api/v1/limitations.nl.json"]


@pytest.mark.parametrize("number", range(3))
def test_a_file_and_both_folders_give_the_same_records(site: Path, number: int) -> None:
    feed = Feed.open(places(site)[number], locale="nl")
    assert feed.records == Feed.open(site, locale="nl").records
    assert [record.id for record in feed] == ["shop.till.coins", "shop.till.hosts"]
    assert (feed.locale, feed.project, len(feed)) == ("nl", "Shop", 2)


def test_all_that_a_record_has_is_typed(site: Path) -> None:
    record = Feed.open(site, locale="nl")["shop.till.hosts"]
    assert (record.kind.id, str(record.kind)) == ("limitation", "Beperking")
    assert (record.title.text, record.title.lang, record.title.state) == (
        "Hostaliassen hebben geen effect",
        "nl",
        "translated",
    )
    assert record.effect is not None
    assert (record.effect.id, record.layer.id, record.fields) == ("ignored", "provider", ("spec.hostAliases",))
    assert record.variants[0].until == datetime.date(2024, 9, 20)
    assert (record.status("v1"), record.status("v2"), record.status("v3")) == ("lifted", "unknown", None)
    assert [(amount.value, str(amount.unit), amount.adjustable) for amount in record.amounts] == [
        (60, "vermeldingen", False),
        (0.5, "GB", None),
    ]
    assert record.evidence[0].date == datetime.date(2019, 1, 15)
    assert (record.disputed[1].evidence.source, record.references[0].url) == ("two", "https://example.org/")
    assert (record.revision, record.modified, record.article) == (2, datetime.date(2024, 10, 1), "till")


def test_retired_ids_lead_to_records(site: Path) -> None:
    feed = Feed.open(site)
    assert feed["shop.till.aliases"].id == "shop.till.hosts"
    assert [record.id for record in feed.resolve("shop.till.money")] == ["shop.till.coins", "shop.till.hosts"]
    with pytest.raises(KeyError, match=r"was split into shop.till.coins, shop.till.hosts; ask for resolve"):
        feed["shop.till.money"]
    with pytest.raises(KeyError, match=r"shop.till.none"):
        feed["shop.till.none"]
    assert (feed.get("shop.till.money"), feed.get("shop.till.none")) == (None, None)
    assert "shop.till.money" in feed
    assert "shop.till.none" not in feed
    assert 3 not in feed


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({}, "coins hosts"),
        ({"kind": "quota"}, ""),
        ({"kind": ["quota", "limitation"]}, "hosts"),
        ({"variant": "v2"}, "coins hosts"),
        ({"variant": "v2", "status": "active"}, "coins"),
        ({"variant": "v1", "status": "active"}, ""),
        ({"status": {"lifted"}}, "hosts"),
        ({"layer": "aci"}, "coins"),
        ({"effect": "ignored"}, "hosts"),
        ({"field": ["spec.hostAliases", "x"]}, "hosts"),
        ({"kind": "limitation", "layer": "aci"}, ""),
    ],
)
def test_filters(site: Path, filters: dict[str, Any], names: str) -> None:
    found = Feed.open(site).select(**filters)
    assert [record.id.rpartition(".")[2] for record in found] == names.split()


def test_index_and_changes(site: Path) -> None:
    feed = Feed.open(site)
    assert feed.locales == ("en", "nl")
    assert feed.index["revision"] == "0a1b2c3"
    assert feed.changes[0]["change"] == "moved"
    alone = Feed.open(site / "api/v1/limitations.json")
    assert alone.get("shop.till.aliases") is None  # a single file has no redirects
    with pytest.raises(FeedError, match=r"there is no changes.json"):
        alone.changes  # noqa: B018 # asking is what fails


def test_what_a_later_minor_version_adds_is_passed_over(site: Path, tmp_path: Path) -> None:
    document = json.loads((site / "api/v1/limitations.json").read_text("utf-8"))
    document["schema_version"] = "1.99"
    document["records"][0]["severity"] = {"id": "high"}
    document["records"][0].pop("rule", None)
    (tmp_path / "limitations.json").write_text(json.dumps(document))
    assert len(Feed.open(tmp_path / "limitations.json")) == 2


def test_the_import_is_light() -> None:
    code = "import sys; from knooppunt.feed import Feed; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"yaml", "babel", "mkdocs", "markdown", "jsonschema", "knooppunt.project"} & set(loaded)


# Over HTTP --------------------------------------------------------------------------------------------------------


def test_the_site_over_http(host: Host, site: Path) -> None:
    for address in (host.url, host.url.rstrip("/"), f"{host.url}api/v1/", f"{host.url}api/v1/limitations.nl.json"):
        assert Feed.open(address, locale="nl").records == Feed.open(site, locale="nl").records
    assert Feed.open(host.url)["shop.till.names"].id == "shop.till.hosts"


def test_what_has_not_changed_is_not_sent_again(host: Host, tmp_path: Path) -> None:
    name = "limitations.nl.json"
    first = Feed.open(host.url, locale="nl", cache=tmp_path / "cache")
    second = Feed.open(host.url, locale="nl", cache=tmp_path / "cache")
    assert second.records == first.records
    assert host.answers == {(name, 200): 1, (name, 304): 1}
    host.files[f"api/v1/{name}"] = host.files[f"api/v1/{name}"].replace(b"Hostaliassen", b"Gastheren")
    third = Feed.open(host.url, locale="nl", cache=tmp_path / "cache")
    assert third["shop.till.hosts"].title.text.startswith("Gastheren")
    assert host.answers[name, 200] == 2


def test_a_damaged_cache_is_read_anew(host: Host, tmp_path: Path) -> None:
    Feed.open(host.url, cache=tmp_path)
    (kept,) = tmp_path.iterdir()
    for damage in (kept.read_bytes()[:-9], b"", b"{}\n{}", b"null\nx"):
        kept.write_bytes(damage)
        assert len(Feed.open(host.url, cache=tmp_path)) == 2
    assert host.answers == {("limitations.json", 200): 5}


def test_without_etag_or_with_a_cache_that_cannot_be_written_all_is_read(host: Host, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert len(Feed.open(host.url, cache=tmp_path / "file")) == 2
    host.etags = False
    assert len(Feed.open(host.url, cache=tmp_path / "cache")) == 2
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("to-file", "Redirection to url 'file:///etc/passwd' is not allowed"),
        ("to-ftp", "it leads to ftp://127.0.0.1/x, which is not followed"),
        ("slow", "took longer than 0.3 s"),
        ("short", "broke off after 1 of 9 bytes"),
        ("broken", "answered 500 Internal Server Error"),
        ("empty", "there is no limitations.json"),
    ],
)
def test_a_host_that_does_not_behave(host: Host, address: str, message: str) -> None:
    with pytest.raises(FeedError) as caught:
        Feed.open(host.url + address, timeout=0.3)
    assert message in str(caught.value)


def test_a_redirect_to_http_is_followed(host: Host) -> None:
    assert len(Feed.open(f"{host.url}to-here/limitations.json")) == 2


def test_a_file_that_is_too_large(host: Host, site: Path) -> None:
    for place in (host.url, site):
        with pytest.raises(FeedError, match="is larger than 100 bytes; allow more with 'limit'"):
            Feed.open(place, limit=100)


def test_a_host_that_is_not_there() -> None:
    with pytest.raises(FeedError, match=r"http://127.0.0.1:9/api/v1/limitations.json could not be read: "):
        Feed.open("http://127.0.0.1:9/", timeout=1)


# What is no feed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["ftp://docs.example/", "file:///etc/", "https:///x", "data://x", "http://[x"])
def test_no_address(address: str) -> None:
    with pytest.raises(FeedError, match=r"is no address of a feed; write it like https://docs.example.org/"):
        Feed.open(address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:abc/", "http://127.0.0.1:9/a b"])
def test_an_address_that_cannot_be_asked(address: str) -> None:
    with pytest.raises(FeedError, match="could not be read"):
        Feed.open(address, timeout=1)


@pytest.mark.parametrize("text", ['{"schema_version": "1.0"}', '{"schema_version": "1.0", "redirects": [{}]}'])
def test_redirects_that_are_none(site: Path, tmp_path: Path, text: str) -> None:
    shutil.copytree(site, tmp_path / "site")
    (tmp_path / "site/api/v1/redirects.json").write_text(text, encoding="utf-8")
    feed = Feed.open(tmp_path / "site")
    with pytest.raises(FeedError, match="redirects"):
        _ = "shop.till.none" in feed


def test_no_place(tmp_path: Path) -> None:
    with pytest.raises(FeedError, match="is neither a file nor a folder"):
        Feed.open(tmp_path / "none")
    with pytest.raises(FeedError, match=r"is no feed: it has neither api/v1/index.json nor index.json"):
        Feed.open(tmp_path)


def test_a_language_that_is_not_there(site: Path) -> None:
    with pytest.raises(FeedError, match=r"there is no limitations.fr.json; it has en, nl"):
        Feed.open(site, locale="fr")
    with pytest.raises(FeedError, match="is in 'en', not in 'nl'"):
        Feed.open(site / "api/v1/limitations.en.json", locale="nl")
    with pytest.raises(FeedError, match="is no code of a language"):
        Feed.open(site, locale="../nl")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a JSON object"),
        ("[" * 100_000, "is not JSON"),
        ("{}", "has the schema version None; this program reads version 1"),
        ('{"schema_version": "2.0"}', "has the schema version '2.0'"),
        ('{"schema_version": "1.0"}', "has no list of records"),
        ('{"schema_version": "1.0", "records": [3]}', "records[0] is not an object with an id"),
        ('{"schema_version": "1.0", "records": [{"id": "a.b.c"}]}', "records[0] has no 'kind'"),
    ],
)
def test_a_file_that_is_no_feed(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(FeedError) as caught:
        Feed.open(tmp_path / "x.json")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("title", "x", "record.title is not an object"),
        ("title", {"text": 1, "lang": "en", "state": "source"}, "record.title.text is 1, not a text"),
        ("revision", True, "record.revision is True, not a whole number"),
        ("modified", "yesterday", "record.modified is 'yesterday', not a date"),
        ("fields", None, "record.fields is None, not a list"),
        ("amounts", [{"value": "60"}], "record.amounts[0].value is '60', not a number"),
        ("url", None, "record.url is None, not a text"),
    ],
)
def test_a_record_that_is_not_as_promised(name: str, value: object, message: str) -> None:
    with pytest.raises(FeedError) as caught:
        record_of(RECORD | {name: value}, "record")
    assert str(caught.value) == message


@pytest.mark.parametrize("path", ["../x.json", "/etc/passwd", "a/b/c.json", "a\n.json", ""])
def test_no_path_leads_out_of_a_feed(tmp_path: Path, path: str) -> None:
    for place in (Folder(tmp_path), Address("https://docs.example/")):
        with pytest.raises(FeedError, match="is no path of a feed"):
            place.read(path)
