"""A hostile server on loopback: every verdict is right, nothing is asked too early, nothing private is reached."""

from __future__ import annotations

import socket
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hostile_server import PLAN, SPECIAL, Hostile, Times

from knooppunt.links import external_http
from knooppunt.links.external import External, check_external, check_urls
from knooppunt.links.external_http import Client, RefusedError
from knooppunt.links.external_model import Limits, Verdict
from knooppunt.links.hosts import allowed_of
from knooppunt.links.model import Link
from knooppunt.origin import Origin

if TYPE_CHECKING:
    from pathlib import Path

    from aiohttp import ClientResponse

pytest.importorskip("aiohttp", reason="the extra 'links' is not installed")

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIMITS = Limits(rate=0, timeout=3.0, backoff=0.2, patience=30.0, per_host=3, total=60, timeout_tries=2)
LOOPBACK = ("127.0.0.0/8",)


def test_every_verdict_is_right(tmp_path: Path) -> None:
    """Each kind of answer there is, from 44 hosts; the whole of 2,000 addresses is in the benchmarks."""
    with Hostile(tmp_path, Times(retry=2, slow=0.5)) as server:
        urls = server.urls(0.02)
        found, outcome = check_urls(sorted(urls), External(limits=LIMITS, allow=LOOPBACK), now=NOW)
        seen = server.seen
    wrong = {
        url: (found[url].verdict.value, found[url].reason) for url, right in urls.items() if found[url].verdict != right
    }
    assert wrong == {}
    assert {verdict.value for verdict in Verdict} == set(urls.values())
    assert not outcome.offline
    assert seen.early == [], "a request before the pause was over that its host had asked for"
    assert max(seen.peak.values()) <= LIMITS.per_host
    assert seen.by_method == Counter(GET=seen.by_method["GET"]), "HEAD says other things than GET"
    assert len([path for path in seen.paths if path.startswith("aeons ")]) <= 1 + LIMITS.per_host
    assert not [path for path in seen.paths if "/secret/" in path], "robots.txt refuses these"
    assert seen.sent < 200_000_000, "pages are not read to their end"
    assert len(urls) >= len(PLAN) + len(SPECIAL) - 2


def test_nothing_private_is_reached_unless_it_is_allowed(tmp_path: Path) -> None:
    """Not by its number, however it is written, and not by its name."""
    with Hostile(tmp_path) as server:
        port = server.bases["1"].rsplit(":", 1)[1]
        forms = ("127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::ffff:127.0.0.1]", "localhost", "0")
        urls = [f"http://{form}:{port}/ok/1" for form in forms]
        found, _ = check_urls(urls, External(limits=LIMITS), now=NOW)
        assert server.seen.requests == 0
        assert {url: checked.verdict for url, checked in found.items() if checked.verdict is not Verdict.REFUSED} == {}
        by_name, _ = check_urls(urls, External(limits=LIMITS, allow=("localhost",)), now=NOW)
        assert by_name[f"http://localhost:{port}/ok/1"].verdict is Verdict.OK
        assert by_name[f"http://127.0.0.1:{port}/ok/1"].verdict is Verdict.REFUSED


def test_a_name_that_changes_its_address_after_the_check_is_not_connected_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public when it is looked up first, private from then on."""
    with Hostile(tmp_path) as server:
        port = int(server.bases["1"].rsplit(":", 1)[1])
        answers = iter(["192.0.32.7"])

        def lookup(*_: object, **__: object) -> list[object]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "127.0.0.1"), port))]

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        external = External(limits=Limits(rate=0, timeout=0.5, tries=1, timeout_tries=1))
        found, _ = check_urls([f"http://rebind.example:{port}/ok/1"], external, now=NOW)
        assert server.seen.requests == 0
        assert next(iter(found.values())).verdict is not Verdict.OK


def test_the_socket_itself_is_refused_to_a_private_address() -> None:
    """Whatever a resolver has said before."""
    client = Client(Limits(), allowed_of(()))
    for family, address in ((socket.AF_INET, "169.254.169.254"), (socket.AF_INET6, "::ffff:127.0.0.1")):
        with pytest.raises(RefusedError):
            client.make_socket((family, socket.SOCK_STREAM, 6, "", (address, 80)))
    client.make_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.32.7", 80))).close()


def test_the_order_of_a_report_is_that_of_the_links(tmp_path: Path) -> None:
    """Whatever is answered first; and twice the same is said."""
    with Hostile(tmp_path, Times(slow=0.3)) as server:
        base = server.bases["1"]
        paths = ["slow/1", "e404/2", "ok/3", "r308/4", "e410/5", "e404/6", "slow/7"]
        links = [
            Link(
                f"{base}/{path}",
                Origin("a.md", line, 1, line, line + len(f"{base}/{path}")),
                "a.md",
                shows="page",
                start=line,
            )
            for line, path in enumerate(paths, 1)
        ]
        external = External(limits=LIMITS, allow=LOOPBACK)
        reports = [check_external(order, external, now=NOW) for order in (links, links[::-1])]
    assert [finding.origin.line for finding in reports[0].findings] == [2, 4, 5, 6]
    assert reports[0].findings == reports[1].findings
    moved = reports[0].findings[1]
    assert moved.safe
    assert moved.edits[0].new == f"{base}/ok/from4"


def test_a_body_is_read_only_for_a_place_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An endless page costs no more than its headers."""
    read: list[str] = []
    body = external_http._body

    async def watched(response: ClientResponse, most: int, parts: list[bytes]) -> bool:
        read.append(response.url.path)
        return await body(response, most, parts)

    monkeypatch.setattr(external_http, "_body", watched)
    with Hostile(tmp_path) as server:
        base = server.bases["1"]
        urls = [f"{base}/endless/1", f"{base}/huge/2", f"{base}/place/3#here", f"{base}/e404/4#here"]
        check_urls(urls, External(limits=LIMITS, allow=LOOPBACK), now=NOW)
    assert read == ["/place/3"]
