"""Engines over HTTP: their forms, and what becomes of errors, waits, secrets and hostile answers."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from engine_server import Fake, engine_server

from knooppunt.drafts import Call, EngineError, Setup, engine_kind, engine_kinds
from knooppunt.errors import UsageError
from knooppunt.sending import LIMIT, TIMEOUT, Sender, checked_address

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "very-secret-key"
SETUP = Setup("en", "es", KEY, (("node", "nodo"), ("pod", "pod")), "informal")
ENGINES = sorted(engine_kinds())


def ask(
    fake: Fake,
    name: str,
    texts: list[str],
    waits: list[float] | None = None,
    *,
    limit: int = LIMIT,
    timeout: float = TIMEOUT,
) -> list[str]:
    """The answer of an engine of a server, with waits noted instead of slept."""
    waits = [] if waits is None else waits
    sender = Sender(fake.address, KEY, timeout=timeout, limit=limit, sleep=waits.append)
    return engine_kind(name).make(SETUP).translate(texts, sender)


def no_wait(seconds: float) -> None:
    """What a sender must not do."""
    pytest.fail(f"waits {seconds} s")


@pytest.mark.parametrize("name", ENGINES)
def test_texts_come_back_in_order(name: str) -> None:
    with engine_server(Fake()) as fake:
        assert ask(fake, name, ["One & two", "three"]) == ["Oneo & twoo", "threeo"]


def test_deepl_has_its_key_in_a_header_and_its_terms_in_a_glossary() -> None:
    with engine_server(Fake()) as fake:
        ask(fake, "deepl", ["A node"])
        ask(fake, "deepl", ["A pod"])
    made = ["GET /v2/glossaries", "/v2/glossaries", "/v2/translate"]
    assert fake.paths == [*made, "GET /v2/glossaries", "/v2/translate"], "the glossary is made once"
    assert fake.bodies[0]["entries"] == "node\tnodo\npod\tpod"
    assert {headers["Authorization"] for headers in fake.headers} == {f"DeepL-Auth-Key {KEY}"}
    body = fake.bodies[1]
    wanted = {"source_lang": "EN", "target_lang": "ES", "tag_handling": "xml", "ignore_tags": ["k"]}
    assert wanted.items() <= {**body, "ignore_tags": body["ignore_tags"]}.items()
    assert (body["glossary_id"], body["formality"]) == ("g0", "prefer_less")


def test_deepl_looks_for_its_glossary_once_a_run() -> None:
    with engine_server(Fake()) as fake:
        engine = engine_kind("deepl").make(SETUP)
        for text in ("a", "b", "c"):
            engine.translate([text], Sender(fake.address, KEY))
    assert fake.paths.count("GET /v2/glossaries") == 1


def test_libretranslate_is_asked_for_html() -> None:
    with engine_server(Fake()) as fake:
        ask(fake, "libretranslate", ["A node"])
    assert fake.bodies == [{"q": ["A node"], "source": "en", "target": "es", "format": "html", "api_key": KEY}]


def test_free_accounts_of_deepl_have_a_host_of_their_own() -> None:
    assert engine_kind("deepl").address("abc:fx") == "https://api-free.deepl.com"
    assert engine_kind("deepl").address("abc") == "https://api.deepl.com"


# Trying again --------------------------------------------------------------------------------------------------------


def test_retry_after_is_obeyed_in_seconds_and_as_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=40), usegmt=True)
    faults = [(429, {"Retry-After": "7"}, b""), (503, {"Retry-After": soon}, b""), (500, {}, b"")]
    waits: list[float] = []
    with engine_server(Fake(faults=faults)) as fake:
        assert ask(fake, "libretranslate", ["a"], waits) == ["ao"]
    assert waits[0] == 7
    assert 30 < waits[1] <= 40
    assert 4 <= waits[2] <= 8, "two tries have failed before: 2 to the power of 3 seconds, less some jitter"


def test_an_engine_that_asks_for_too_long_a_wait_is_given_up() -> None:
    fake = Fake(faults=[(429, {"Retry-After": "86400"}, b"")])
    with engine_server(fake), pytest.raises(EngineError, match="429; given up after 1 try"):
        ask(fake, "libretranslate", ["a"])
    assert len(fake.paths) == 1


def test_five_tries_are_enough() -> None:
    waits: list[float] = []
    fake = Fake(faults=[(500, {}, b"<h1>oops</h1>")] * 9)
    with engine_server(fake), pytest.raises(EngineError, match="answered 500: oops; given up after 5 tries"):
        ask(fake, "apertium", ["a"], waits)
    assert len(fake.paths) == 5
    assert len(waits) == 4


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ((456, {}, b'{"message": "Quota exceeded"}'), "456.*Quota exceeded.*the quota of the account is used up"),
        ((403, {}, f"no {KEY} here".encode()), r"403: no \*\*\* here; is the key right"),
        ((302, {"Location": "http://127.0.0.1:1/steal"}, b""), "answered 302"),
        ((200, {}, b'{"translations": [{"te'), "is not JSON"),
        ((200, {}, b"[1]"), "no list of translations"),
        ((200, {"Content-Length": "999"}, b"{}"), "broke off after|could not be reached"),
    ],
)
def test_what_may_have_been_paid_for_is_not_sent_again(fault: tuple[int, dict[str, str], bytes], message: str) -> None:
    setup = replace(SETUP, glossary=())
    with engine_server(Fake(faults=[fault])) as fake, pytest.raises(EngineError, match=message) as caught:
        engine_kind("deepl").make(setup).translate(["a"], Sender(fake.address, KEY, sleep=no_wait, timeout=2))
    assert len(fake.paths) == 1
    assert KEY not in str(caught.value)
    assert KEY not in repr(caught.value)


@pytest.mark.parametrize("shown", [str, lambda key: quote(key, safe=""), lambda key: quote(key, safe="").lower()])
@pytest.mark.parametrize("before", range(180, 205))
def test_no_part_of_a_key_is_told(before: int, shown: Callable[[str], str]) -> None:
    """Messages of engines are cut, and a cut may go through the key; addresses hold it quoted."""
    key = "0123:abcd/efgh-ijkl:fx"
    said = f"{'.' * before} {shown(key)} is no key".encode()
    with engine_server(Fake(faults=[(403, {}, said)])) as fake, pytest.raises(EngineError) as caught:
        engine_kind("apertium").make(SETUP).translate(["a"], Sender(fake.address, key, sleep=no_wait))
    assert "0123" not in str(caught.value)
    assert "efgh" not in str(caught.value)


@pytest.mark.parametrize("known", range(4, len(KEY)))
def test_an_answer_that_ends_within_the_key_tells_nothing_of_it(known: int) -> None:
    fault: tuple[int, dict[str, str], bytes] = (403, {}, f"no {KEY[:known]}".encode())
    with engine_server(Fake(faults=[fault])) as fake, pytest.raises(EngineError, match=r"403: no \*\*\*; is"):
        ask(fake, "apertium", ["a"])


@pytest.mark.parametrize("name", ["deepl", "libretranslate"])
def test_a_wrong_number_of_texts_is_no_answer(name: str) -> None:
    """Texts that cannot be told apart would land in each other's place."""
    with engine_server(Fake(drop=1)) as fake, pytest.raises(EngineError, match="was sent 2 texts and answered 1"):
        ask(fake, name, ["a", "b"])


def test_an_endless_answer_ends() -> None:
    with engine_server(Fake(endless=True)) as fake, pytest.raises(EngineError, match="more than 200000 bytes"):
        ask(fake, "libretranslate", ["a"], limit=200_000)


def test_a_silent_server_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        fake = Fake(address=f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(EngineError, match=r"timed out.*may have been counted"):
            ask(fake, "libretranslate", ["a"], timeout=0.2)


def test_nobody_there_is_tried_again_and_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    waits: list[float] = []
    with pytest.raises(EngineError, match="could not be reached"):
        ask(Fake(address=address), "apertium", ["a"], waits)
    assert len(waits) == 4


# Addresses and keys --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://translate.example.org", "not encrypted"),
        ("http://127.0.0.1.example.org", "not encrypted"),
        ("ftp://127.0.0.1", "no address"),
        ("https://", "no address"),
        ("https://[::1", "no address"),
        ("https://a.example:x", "no address"),
        ("https://user:pw@a.example", "must not hold a user name"),
        ("https://a.example/?key=1", "no address"),
        ("file:///etc/passwd", "no address"),
    ],
)
def test_addresses_that_are_refused(address: str, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        checked_address(address, allow_http=False)
    assert "pw" not in str(caught.value)


def test_addresses_that_are_taken() -> None:
    for address in ("http://127.0.0.1:5000/", "http://[::1]:80", "http://localhost", "https://a.example/x"):
        assert checked_address(address, allow_http=False) == address.rstrip("/")
    assert checked_address("http://a.example", allow_http=True) == "http://a.example"


@pytest.mark.parametrize("name", ENGINES)
def test_no_text_form_shows_a_key(name: str) -> None:
    engine = engine_kind(name).make(SETUP)
    calls: list[Call] = []

    def note(call: Call) -> bytes:
        calls.append(call)
        return b"{}"

    with pytest.raises(EngineError):
        engine.translate(["a"], note)
    assert KEY not in repr(calls)
    assert KEY not in repr(engine) + repr(SETUP) + repr(Sender("https://a.example", KEY)) + engine.options


def test_an_unknown_engine_is_told() -> None:
    with pytest.raises(UsageError, match="there are apertium, deepl, libretranslate"):
        engine_kind("babelfish")
