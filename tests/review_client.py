"""A browser for tests of the review server, without a socket: it speaks ASGI with the application."""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from knooppunt.review.app import make_app
from knooppunt.review.security import Door
from knooppunt.reviewing import open_session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from starlette.types import Message

PORT = 8123


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


class Client:
    """One browser tab that has opened the link."""

    def __init__(self, root: Path, locales: Sequence[str] = ()) -> None:
        self.session = open_session(root, locales)
        self.door = Door(PORT)
        self.app = make_app(self.session, self.door)
        self.origin = f"http://127.0.0.1:{PORT}"
        self.headers = {
            "host": f"127.0.0.1:{PORT}",
            "cookie": f"{self.door.name}={self.door.cookie}",
            "origin": self.origin,
            "sec-fetch-site": "same-origin",
            "x-knooppunt-token": self.door.token,
            "content-type": "application/json",
        }

    def close(self) -> None:
        """End the session."""
        self.session.close()

    def get(self, address: str, **headers: str | None) -> Answer:
        """Ask for an address; a header that is None is left out."""
        return self.ask("GET", address, b"", headers)

    def post(self, address: str, body: object, **headers: str | None) -> Answer:
        """Send JSON, or bytes as they are."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.ask("POST", address, data, headers)

    def segment(self, ref: Mapping[str, str]) -> Any:
        """A segment."""
        return self.get(f"/api/segment?{_query(ref)}").json

    def check(self, ref: Mapping[str, str], targets: Sequence[str]) -> Answer:
        """What there is to say of a text."""
        return self.post("/api/check", {"ref": ref, "targets": targets})

    def save(self, segment: Mapping[str, Any], targets: Sequence[str], **more: Any) -> Answer:
        """Save a text for a segment as it was seen."""
        body = {"ref": segment["ref"], "targets": targets, "seconds": 4.5, **more}
        return self.post("/api/save", body, if_match=f'"{segment["etag"]}"')

    def search(self, pattern: str, *, locale: str = "nl", expect: Sequence[int] = (200,)) -> Answer:
        """The queue of a regular expression."""
        answer = self.get(f"/api/queue?locale={locale}&regex=1&q={quote(pattern, safe='')}")
        assert answer.status in expect, answer.body
        return answer

    def ask(self, method: str, address: str, body: bytes, headers: Mapping[str, str | None]) -> Answer:
        """One request as it is."""
        own = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        raw = [(name.encode(), value.encode("latin-1")) for name, value in own.items() if value is not None]
        return self.raw(method, address, [body], raw)

    def raw(self, method: str, address: str, chunks: Sequence[bytes], headers: Sequence[tuple[bytes, bytes]]) -> Answer:
        """One request with a body in pieces and any headers."""
        path, _, query = address.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": _unquoted(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": list(headers),
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", PORT),
        }
        # In a thread of its own: where a browser's test ran before in this process, its loop still runs in this one.
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(self._exchange(scope, list(chunks)))).result()

    async def _exchange(self, scope: dict[str, Any], chunks: list[bytes]) -> Answer:
        sent: list[Message] = []

        async def receive() -> Message:
            if not chunks:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

        async def send(message: Message) -> None:
            sent.append(message)

        try:
            await self.app(scope, receive, send)
        except Exception:  # a server writes it into its log; the browser has its answer
            if not sent:
                raise
        head = {name.decode().lower(): value.decode("latin-1") for name, value in sent[0]["headers"]}
        return Answer(sent[0]["status"], head, b"".join(item.get("body", b"") for item in sent[1:]))


def _query(ref: Mapping[str, str]) -> str:
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in ref.items())


def _unquoted(path: str) -> str:
    from urllib.parse import unquote  # noqa: PLC0415 # beside its one use

    return unquote(path)
