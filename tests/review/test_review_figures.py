"""The addresses of the figures: what they answer, to whom, and what they write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jsonschema
import pytest

from figures_project import write_figures_project
from knooppunt.reviewing.figures_schema import SCHEMA
from review_client import Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_figures_project(tmp_path / "project")


@pytest.fixture
def client(root: Path) -> Iterator[Client]:
    opened = Client(root)
    yield opened
    opened.close()


def test_the_page_has_the_policy_of_the_review(client: Client) -> None:
    answer = client.get("/figures")
    assert answer.status == 200
    assert "script-src 'self'; style-src 'self'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "<script>" not in answer.text
    assert " style=" not in answer.text
    for name in ("figures.js", "figures-charts.js", "figures-words.js", "figures.css"):
        assert client.get(f"/static/{name}").status == 200


@pytest.mark.parametrize(
    "address", ["/figures", "/figures.csv", "/figures.json", "/api/figures?locale=nl", "/api/figures/terms?locale=nl"]
)
def test_nobody_else_is_answered(client: Client, address: str) -> None:
    assert client.get(address, cookie=None).status == 403
    assert client.get(address, host="evil.example").status == 400


def test_a_term_needs_the_token_and_our_origin(client: Client, root: Path) -> None:
    [term, *_] = client.get("/api/figures/terms?locale=nl").json["proposals"]
    body = {"locale": "nl", "proposal": term["id"]}
    assert client.post("/api/figures/terms", body, x_knooppunt_token=None).status == 403
    assert client.post("/api/figures/terms", body, origin="http://evil.example").status == 403
    assert not (root / "locales" / "nl" / "terms.yml").exists()


def test_figures_follow_their_schema_and_have_titles(client: Client) -> None:
    found = client.get("/api/figures?locale=nl").json
    jsonschema.validate(found, SCHEMA)
    assert found["titles"]["locks"] == "Locks and bridges"
    [locale] = found["locales"]
    assert locale["total"]["segments"] == {
        "untranslated": 3,
        "machine": 18,
        "stale": 0,
        "translated": 36,
        "approved": 54,
    }
    assert locale["total"]["editing"]["segments"] == 90
    assert [tally["name"] for tally in locale["engines"]] == ["engine"]


def test_figures_are_those_of_the_files_as_they_are_now(client: Client, root: Path) -> None:
    before = client.get("/api/figures?locale=nl").json["locales"][0]["total"]["words"]["approved"]
    (root / "locales" / "nl" / "reviews.jsonl").write_text("", "utf-8")
    client.session.desk("nl", fresh=True)
    assert before > client.get("/api/figures?locale=nl").json["locales"][0]["total"]["words"]["approved"] == 0


def test_edited_words_and_a_term_that_is_taken(client: Client, root: Path) -> None:
    found = client.get("/api/figures/terms?locale=nl").json
    assert [(pair["before"], pair["after"], pair["texts"]) for pair in found["pairs"]] == [
        ("peul", "pod", 36),
        ("u", "je", 18),
    ]
    [term] = [item for item in found["proposals"] if item["kind"] == "term" and item["after"] == "pod"]
    assert found["pairs"][0]["proposal"] == term["id"]
    answer = client.post("/api/figures/terms", {"locale": "nl", "proposal": term["id"]})
    assert answer.status == 200
    assert answer.json["files"] == ["locales/nl/terms.yml"]
    assert "peul" in (root / "locales" / "nl" / "terms.yml").read_text("utf-8")
    assert term["id"] not in [item["id"] for item in answer.json["proposals"]]


def test_a_proposal_that_is_none_is_refused(client: Client, root: Path) -> None:
    answer = client.post("/api/figures/terms", {"locale": "nl", "proposal": "00000000"})
    assert answer.status == 409
    assert "there is no proposal '00000000'" in answer.json["error"]["message"]
    assert not (root / "locales" / "nl" / "terms.yml").exists()


@pytest.mark.parametrize("address", ["/api/figures", "/api/figures/terms"])
def test_unknown_locales(client: Client, address: str) -> None:
    assert client.get(f"{address}?locale=xx").status == 404
    assert client.get(f"{address}?locale=..%2f..%2fetc").status == 404


def test_files_to_take_along(client: Client) -> None:
    csv, json = client.get("/figures.csv"), client.get("/figures.json")
    assert csv.text.startswith("locale,kind,name,")
    assert csv.headers["content-disposition"] == 'attachment; filename="figures.csv"'
    jsonschema.validate(json.json, SCHEMA)
