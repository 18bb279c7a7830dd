"""Who may ask the review server: a browser on this machine that was given the link, and no other page in it.

The server listens on the loopback address only. What remains are other pages in the same browser, which can send
requests to it: by their own name for 127.0.0.1 (DNS rebinding: the Host gives it away), by forms and images
(the cookie is SameSite=Strict, and Origin and Sec-Fetch-Site tell), and by guessing (a token of 256 bits).
See <https://fetch.spec.whatwg.org/>, <https://www.w3.org/TR/fetch-metadata/> and
<https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html>.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BODY: Final = 4 << 20
"""Bytes of the body of one request."""
LONGEST_ADDRESS: Final = 16_384
"""Bytes of a path with its query."""
TOKEN_HEADER: Final = "x-knooppunt-token"  # noqa: S105 # the name of a header

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
FRAME_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""For what comes out of catalogs and pages: no script runs in it, whatever it holds."""
HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


@dataclass(frozen=True)
class Door:
    """What opens the server: its port, and secrets that are new at each start."""

    port: int
    token: str = field(default_factory=lambda: token_urlsafe(32), repr=False)
    """Stands in the link, and in the page."""
    cookie: str = field(default_factory=lambda: token_urlsafe(32), repr=False)
    """What the cookie holds: another secret, so that neither gives the other away."""

    @property
    def name(self) -> str:
        """Name of the cookie: cookies do not tell ports apart."""
        return f"knooppunt-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What browsers call this server."""
        return frozenset(f"{host}:{self.port}" for host in ("127.0.0.1", "localhost", "[::1]"))

    @property
    def link(self) -> str:
        """What a person opens."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    def knows_token(self, value: str) -> bool:
        """Whether this is the token; takes as long for any value."""
        return hmac.compare_digest(value.encode(), self.token.encode())

    def knows_cookie(self, header: str) -> bool:
        """Whether the cookies of a request hold ours."""
        try:
            found = SimpleCookie(header).get(self.name)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self.cookie.encode())


class Guard:
    """Lets requests through to the application, or refuses them before it sees them."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await _refuse(send, *refusal)
            return
        await self.app(scope, _bounded(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        headers: dict[str, list[str]] = {}
        for name, value in scope["headers"]:
            headers.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
        host = headers.get("host", [])
        if len(host) != 1 or host[0].lower() not in self.door.hosts:
            return 400, "host", "this server answers to its own address on this machine only"
        if len(scope.get("raw_path") or b"") + len(scope.get("query_string") or b"") > LONGEST_ADDRESS:
            return 414, "address", "the address is too long"
        method, path = scope["method"], scope["path"]
        if method not in {"GET", "HEAD", "POST"}:
            return 405, "method", "only GET and POST are answered"
        if method != "POST" and path.startswith("/static/"):
            return None
        return self._stranger(headers, method, scope)

    def _stranger(self, headers: dict[str, list[str]], method: str, scope: Scope) -> tuple[int, str, str] | None:
        origin = headers.get("origin", [])
        ours = {f"http://{host}" for host in self.door.hosts}
        if any(value.lower() not in ours for value in origin) or (method == "POST" and len(origin) != 1):
            return 403, "origin", "the request comes from another page"
        opening = method != "POST" and scope["path"] == "/"
        sites = {"same-origin", "none"} | ({"cross-site", "same-site"} if opening else set())
        if any(value.lower() not in sites for value in headers.get("sec-fetch-site", [])):
            return 403, "origin", "the request comes from another page"
        query = parse_qs((scope.get("query_string") or b"").decode("latin-1"), keep_blank_values=True)
        if opening and "token" in query:
            return None  # the route looks at the token
        if not self.door.knows_cookie("; ".join(headers.get("cookie", []))):
            return 403, "token", "open the link that 'knooppunt review' has printed"
        if method == "POST":
            token = headers.get(TOKEN_HEADER, [])
            if len(token) != 1 or not self.door.knows_token(token[0]):
                return 403, "token", "the token is missing or not that of this server; reload the page"
            kind = headers.get("content-type", [""])[0].partition(";")[0].strip().lower()
            if kind != "application/json":
                return 415, "type", "the body must be application/json"
            length = headers.get("content-length", [""])[0]
            if length.isascii() and length.isdigit() and int(length[:12]) > MOST_BODY:
                return 413, "large", f"the body is larger than {MOST_BODY >> 20} MiB"
        return None


class TooLarge(Exception):  # noqa: N818 # answered with 413
    """The body of a request is larger than it says or may be."""


def _bounded(receive: Receive) -> Receive:
    left = MOST_BODY

    async def bounded() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise TooLarge
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            more = {**HEADERS, "content-security-policy": PAGE_POLICY}
            added = [(name.encode(), value.encode()) for name, value in more.items() if name.encode() not in there]
            message = {**message, "headers": [*message["headers"], *added]}
        await send(message)

    return sending


async def _refuse(send: Send, status: int, code: str, text: str) -> None:
    body = json.dumps({"error": {"code": code, "message": text, "hint": ""}}).encode()
    kind = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await _with_headers(send)({"type": "http.response.start", "status": status, "headers": kind})
    await send({"type": "http.response.body", "body": body})
