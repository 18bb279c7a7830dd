"""Attacks on the review server: each is refused, and nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knooppunt.review.security import HEADERS, MOST_BODY, Door
from knooppunt.reviewing.model import entry_id
from review_client import PORT, Client
from review_scratch import GUIDE_PO, catalog_path, po, project

REF = {"locale": "nl", "catalog": "guide", "id": entry_id(None, "Stop the node.")}
QUERY = "&".join(f"{name}={value}" for name, value in REF.items())
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    return project(tmp_path / "project")


@pytest.fixture
def client(root: Path) -> Iterator[Client]:
    made = Client(root)
    yield made
    made.close()


def code(answer: object) -> str:
    return str(json.loads(answer.body)["error"]["code"])  # type: ignore[attr-defined]


# Who asks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"127.0.0.1.nip.io:{PORT}", "", None]
)
def test_another_name_for_this_machine_is_refused(client: Client, host: str | None) -> None:
    """DNS rebinding: the page of another host, whose name now leads here."""
    for address in ("/", f"/?token={client.door.token}", "/api/session", "/static/preview.css"):
        assert client.get(address, host=host).status == 400


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"[::1]:{PORT}", f"LOCALHOST:{PORT}"])
def test_the_other_names_of_the_loopback_are_ours(client: Client, host: str) -> None:
    assert client.get("/api/session", host=host, origin=None).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": f"http://127.0.0.1:{PORT + 1}"},
        {"origin": f"https://127.0.0.1:{PORT}"},
        {"origin": "null"},
        {"origin": None},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"x_knooppunt_token": None},
        {"x_knooppunt_token": "guess"},
        {"x_knooppunt_token": "\xe9"},
        {"cookie": None},
        {"cookie": f"knooppunt-{PORT}=guess"},
        {"cookie": f"knooppunt-{PORT + 1}=" + "a" * 43},
        {"cookie": "\xff=;=;"},
    ],
)
def test_another_page_cannot_send(client: Client, root: Path, headers: dict[str, str | None]) -> None:
    """Cross-site requests, other servers on this machine, and guesses."""
    segment = client.segment(REF)
    body = {"ref": REF, "targets": ["Weg."]}
    answer = client.post("/api/save", body, if_match=segment["etag"], **headers)
    assert answer.status == 403
    assert po(root) == GUIDE_PO


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", None])
def test_a_form_is_no_json(client: Client, kind: str | None) -> None:
    assert client.post("/api/save", {}, content_type=kind).status == 415


def test_reading_needs_the_cookie_too(client: Client) -> None:
    for address in ("/", "/api/session", f"/api/segment?{QUERY}", f"/preview?{QUERY}", "/explain/wrong-term", "/asset"):
        assert client.get(address, cookie=None).status == 403
        assert client.get(address, origin=None, sec_fetch_site="cross-site", cookie=None).status == 403
    assert client.get("/api/session", origin=None, sec_fetch_site="cross-site").status == 403


def test_the_link_gives_the_cookie_and_no_other_does(client: Client) -> None:
    answer = client.get(f"/?token={client.door.token}", cookie=None, origin=None, sec_fetch_site="none")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{client.door.name}={client.door.cookie}; ")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    clicked = client.get(f"/?token={client.door.token}", cookie=None, origin=None, sec_fetch_site="cross-site")
    assert (clicked.status, "set-cookie" in clicked.headers) == (200, True)
    for wrong in ("", "guess", "%00", client.door.cookie):
        refused = client.get(f"/?token={wrong}", cookie=None, origin=None)
        assert refused.status == 403
        assert "set-cookie" not in refused.headers


@pytest.mark.parametrize(
    "query", ["xtoken=", "x=token=", "a&xtoken=guess", "%20token=", "TOKEN=", "token%3D=", "token[]="]
)
def test_what_only_looks_like_the_token_opens_nothing(client: Client, query: str) -> None:
    for address in (f"/?{query}", f"/?{query}&token=guess"):
        for method in ("GET", "HEAD"):
            answer = client.ask(method, address, b"", {"cookie": None, "origin": None, "sec_fetch_site": None})
            assert answer.status == 403
            assert client.door.token not in answer.text


def test_the_page_itself_looks_for_the_cookie(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second lock: it holds where the guard lets a request through."""
    monkeypatch.setattr("knooppunt.review.app.Guard._refusal", lambda *_: None)
    answer = client.get("/", cookie=None)
    assert answer.status == 403
    assert client.door.token not in answer.text
    assert client.get("/").status == 200


def test_secrets_are_new_at_each_start_and_not_shown() -> None:
    first, second = Door(1), Door(1)
    assert len({first.token, first.cookie, second.token, second.cookie}) == 4
    assert first.token not in repr(first)
    assert len(first.token) >= 43


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_not_answered(client: Client, method: str) -> None:
    assert client.ask(method, "/api/save", b"", {}).status == 405


def test_every_answer_has_the_headers(client: Client) -> None:
    for answer in (
        client.get("/"),
        client.get("/api/session"),
        client.get("/nothing"),
        client.get("/", host="evil.example"),
        client.get("/static/preview.css"),
        client.get(f"/preview?{QUERY}"),
        client.post("/api/save", b"{"),
    ):
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        for name in ("x-content-type-options", "referrer-policy", "cross-origin-resource-policy"):
            assert answer.headers[name] == HEADERS[name]
        assert "access-control-allow-origin" not in answer.headers
    assert "sandbox allow-same-origin" in client.get(f"/preview?{QUERY}").headers["content-security-policy"]
    assert "allow-scripts" not in client.get(f"/preview?{QUERY}").headers["content-security-policy"]


def test_a_refused_preview_is_a_page_of_its_frame(client: Client, root: Path) -> None:
    """Without scripts, escaped, and shown by the browser where the rendered page would be."""
    catalog_path(root).write_text('msgid "cut', "utf-8")
    broken = client.get(f"/preview?{QUERY}")
    gone = client.get(f"/preview?locale=nl&catalog=guide&id={'0' * 16}")
    for answer in (broken, gone, client.get(f"/preview?{QUERY}&side=<b>")):
        assert 400 <= answer.status < 500
        assert "frame-ancestors 'self'; sandbox" in answer.headers["content-security-policy"]
        assert answer.headers["content-type"].startswith("text/html")
        assert "<b>" not in answer.text
    assert "guide.po" in broken.text


# What is asked for ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2f..%2fmkdocs",
        "../guide",
        "/etc/passwd",
        "guide.po",
        "guide%00",
        "..%5c..%5cguide",
        "a" * 900,
        "%2e%2e/x",
    ],
)
def test_a_catalog_is_one_of_the_list(client: Client, name: str) -> None:
    answer = client.get(f"/api/segment?locale=nl&catalog={name}&id={REF['id']}")
    assert answer.status == 404
    assert code(answer) == "unknown"


@pytest.mark.parametrize("locale", ["..", "de", "..%2fnl", "", "nl%2f..%2fnl"])
def test_a_locale_is_one_of_the_list(client: Client, locale: str) -> None:
    assert client.get(f"/api/segment?locale={locale}&catalog=guide&id={REF['id']}").status == 404
    assert client.get(f"/api/queue?locale={locale}").status == 404


@pytest.mark.parametrize(
    "name", ["..%2fapp.py", "../app.py", "page.html", "..%2f..%2fconfig.py", "%2fetc%2fpasswd", "x.js%00"]
)
def test_a_static_file_is_one_of_the_list(client: Client, name: str) -> None:
    assert client.get(f"/static/{name}").status == 404


@pytest.mark.parametrize(
    "path",
    ["../secret.png", "..%2fsecret.png", "/etc/passwd", "guide.md", "link.png", "%00.png", "a\x00.png", "x.svg/"],
)
def test_a_picture_is_one_of_the_sources(client: Client, root: Path, path: str) -> None:
    (root.parent / "secret.png").write_bytes(b"secret")
    (root / "secret.png").write_bytes(b"secret")
    (root / "docs/link.png").symlink_to(root.parent / "secret.png")
    answer = client.get(f"/asset?path={path}")
    assert answer.status == 404
    assert b"secret" not in answer.body
    (root / "docs/a.png").write_bytes(b"picture")
    found = client.get("/asset?path=a.png")
    assert (found.status, found.body, found.headers["content-type"]) == (200, b"picture", "image/png")


def test_a_symlink_out_of_the_project_is_not_written_through(client: Client, root: Path) -> None:
    segment = client.segment(REF)
    outside = root.parent / "outside.po"
    outside.write_text(GUIDE_PO, "utf-8")
    catalog_path(root).unlink()
    catalog_path(root).symlink_to(outside)
    client.session.desk("nl", fresh=True)
    assert client.save(segment, ["Stop het knooppunt."]).status in {404, 410}
    assert outside.read_text("utf-8") == GUIDE_PO


def test_headers_cannot_be_smuggled_in(client: Client) -> None:
    for address in ("/static/a%0d%0aset-cookie:%20a=b", "/explain/a%0d%0ax:%20y", "/%0d%0aset-cookie:a=b"):
        answer = client.get(address)
        assert answer.status == 404
        assert "set-cookie" not in answer.headers


# What is sent --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"ref": 1}',
        b'{"ref": {"locale": "nl", "catalog": "guide"}}',
        b'{"ref": {"locale": ["nl"], "catalog": "guide", "id": "0"}}',
        b'{"ref": {"locale": "nl", "catalog": "guide", "id": "0000000000000000"}, "targets": "text"}',
        b'{"ref": {"locale": "nl", "catalog": "guide", "id": "0000000000000000"}, "targets": [1]}',
        b'{"ref": {"locale": "nl", "catalog": "guide", "id": "0000000000000000"}, "targets": ["a"], "seconds": NaN}',
        b'{"ref": {"locale": "nl", "catalog": "guide", "id": "0000000000000000"}, "targets": ["a"], "mqm": [1]}',
        b'{"ref": {"locale": "nl", "catalog": "guide", "id": "0000000000000000"}, "targets": ["a"], "action": 7}',
        b'{"action": "replace", "locale": "nl", "find": "a", "replace": "b", "filter": {"older": []}}',
        b'{"action": [], "regex": []}',
    ],
)
def test_nonsense_is_one_clear_refusal(client: Client, root: Path, body: bytes) -> None:
    for address in ("/api/save", "/api/check", "/api/comment", "/api/undo", "/api/bulk/preview", "/api/bulk/apply"):
        answer = client.post(address, body, if_match="x")
        assert 400 <= answer.status < 500, (address, answer.body)
        assert answer.json["error"]["message"]
    assert po(root) == GUIDE_PO


@pytest.mark.parametrize(
    "more",
    [
        {"seconds": 10**400},
        {"comment": "mt: engine: Stop"},
        {"comment": "a\x1b[2Jb"},
        {"comment": "x" * 5001},
        {"comment": "half \ud800"},
        {"note": "half \ud800"},
        {"note": "nul \x00"},
        {"mqm": [{"category": "accuracy", "severity": "minor", "note": "half \udc00"}]},
    ],
)
def test_what_no_file_can_hold_is_refused(client: Client, root: Path, more: dict[str, Any]) -> None:
    """With a save as without one, in the same words, and nothing is written."""
    segment = client.segment(REF)
    answer = client.save(segment, ["Stop het knooppunt."], **more)
    assert (answer.status, code(answer)) == (400, "invalid")
    if "comment" in more:
        body = {"ref": REF, "text": more["comment"]}
        assert client.post("/api/comment", body, if_match=f'"{segment["etag"]}"').status == 400
    assert po(root) == GUIDE_PO


@pytest.mark.parametrize("query", ["", "%00", "..."])
def test_a_concordance_needs_a_word(client: Client, query: str) -> None:
    answer = client.get(f"/api/concordance?locale=nl&q={query}")
    assert (answer.status, code(answer)) == (400, "invalid")


def test_a_body_that_is_too_large_is_not_read(client: Client, root: Path) -> None:
    headers = [(name.encode(), value.encode()) for name, value in client.headers.items()]
    said = client.raw("POST", "/api/save", [b"{}"], [*headers, (b"content-length", b"99999999999")])
    assert (said.status, code(said)) == (413, "large")
    piece = b" " * (1 << 20)
    sent = client.raw("POST", "/api/save", [piece] * 12, headers)  # says nothing of its length
    assert sent.status == 413
    text = "a" * 10_000_000
    ten = client.post("/api/save", {"ref": REF, "targets": [text]}, if_match="x")
    assert ten.status == 413
    assert MOST_BODY < 10_000_000
    nearly = client.save(client.segment(REF), ["a" * 1_000_000])
    assert (nearly.status, code(nearly)) == (422, "refused")
    assert po(root) == GUIDE_PO


def test_a_catalog_with_a_text_of_ten_megabytes(client: Client, root: Path) -> None:
    """Somebody else has put it there; the page still answers."""
    huge = po(root) + f'\nmsgid "Huge"\nmsgstr "{"ab " * 3_400_000}"\n'
    catalog_path(root).write_text(huge, "utf-8")
    place = {**REF, "id": entry_id(None, "Huge")}
    client.session.desk("nl", fresh=True)
    queue = client.get("/api/queue?locale=nl")
    assert queue.status == 200
    assert len(queue.body) < 100_000
    assert client.get(f"/api/segment?locale=nl&catalog=guide&id={place['id']}").status == 200
    segment = client.segment(REF)
    assert client.save(segment, ["Stop het knooppunt."]).status == 200


def test_the_address_has_an_end(client: Client) -> None:
    assert client.get("/api/queue?locale=nl&q=" + "a" * 20_000).status == 414


@pytest.mark.parametrize("pattern", ["(a%2B)%2B%24", "(", "a{99999999999}"])
def test_a_search_cannot_hold_up_the_server(client: Client, root: Path, pattern: str) -> None:
    evil = po(root) + f'\nmsgid "{"a" * 80}!"\nmsgstr "x"\n'
    catalog_path(root).write_text(evil, "utf-8")
    client.session.desk("nl", fresh=True)
    answer = client.get(f"/api/queue?locale=nl&regex=1&q={pattern}")
    assert (answer.status, code(answer)) == (422, "pattern")
    assert client.get("/api/queue?locale=nl").status == 200


# What is shown -------------------------------------------------------------------------------------------------------


def test_markup_in_a_catalog_is_text_everywhere(client: Client, root: Path) -> None:
    """A msgstr by a stranger, through page, JSON and preview."""
    evil = po(root).replace("Stop de knoop.", f"Stop {EVIL.replace(chr(34), chr(39))} [x](javascript:alert(3)).")
    catalog_path(root).write_text(evil, "utf-8")
    client.session.desk("nl", fresh=True)
    for address in ("/", f"/api/segment?{QUERY}", "/api/queue?locale=nl", f"/api/history?{QUERY}"):
        body = client.get(address).text
        assert "<script>alert" not in body
        assert "<img src=x" not in body  # the page has a picture of its own
    checked = client.check(REF, [f"{EVIL} [x](javascript:alert(3)) <svg onload=alert(4)> <a href='data:x'>b</a>"])
    assert "<" not in checked.text  # JSON that no browser takes for a page
    shown = checked.json["html"]["target"]
    preview = client.get(f"/preview?{QUERY}").text
    for html in (shown, preview):
        for bad in ("<script", "onerror", "onload", "<svg", ' href="javascript', ' href="data', "alert(1)<"):
            assert bad not in html
    assert client.get("/api/session").headers["content-type"] == "application/json"


def test_markup_in_the_source_and_the_project_is_harmless_too(client: Client, root: Path) -> None:
    (root / "docs/guide.md").write_text(f"# Nodes\n\n{EVIL}\n\nStop the node.\n", "utf-8")
    page = client.get(f"/preview?{QUERY}&side=source").text
    assert "knooppunt-here" in page
    assert "<script" not in page
    assert "onerror" not in page


def test_a_save_of_markup_is_refused_with_both_texts_kept(client: Client, root: Path) -> None:
    answer = client.save(client.segment(REF), [EVIL])
    assert answer.status == 422
    assert "could act in a page" in answer.json["problems"][0]["message"]
    assert po(root) == GUIDE_PO


def test_a_conflict_shows_both(client: Client, root: Path) -> None:
    segment = client.segment(REF)
    catalog_path(root).write_text(po(root).replace("Stop de knoop.", "Stop dat ding."), "utf-8")
    answer = client.save(segment, ["Stop het knooppunt."])
    assert (answer.status, code(answer)) == (409, "conflict")
    assert answer.json["theirs"]["targets"] == ["Stop dat ding."]
    assert answer.json["yours"]["targets"] == ["Stop het knooppunt."]


def test_a_disk_that_is_full_is_told_of(client: Client, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    segment = client.segment(REF)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "guide.po")

    monkeypatch.setattr("knooppunt.files.os.fsync", full)
    answer = client.save(segment, ["Stop het knooppunt."])
    assert (answer.status, code(answer)) == (507, "disk")
    assert po(root) == GUIDE_PO


def test_a_mistake_of_ours_is_an_answer_without_a_traceback(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.session, "save", lambda _: 1 / 0)
    answer = client.post("/api/save", {"ref": REF, "targets": ["x"]}, if_match="x")
    assert (answer.status, code(answer)) == (500, "internal")
    assert "Traceback" not in answer.text
