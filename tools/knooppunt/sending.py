"""Calls of engines sent over HTTP: bounded in time and size, tried again where nothing was done, silent about keys.

Only answers that say that nothing was translated are tried again (429, 500, 502, 503, 504, 529, and a connection that
was refused): a request that got lost on its way back may have been paid for. `Retry-After` is obeyed; otherwise the
wait doubles, with jitter. Redirects are not followed, for they would carry the key elsewhere.
"""

from __future__ import annotations

import http.client
import random
import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from knooppunt import __version__
from knooppunt.drafts import EngineError
from knooppunt.errors import UsageError
from knooppunt.feed.fetching import opener
from knooppunt.retry_after import retry_after

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse

    from knooppunt.drafts import Call

TIMEOUT: Final = 60.0
"""Seconds for one request, from the first try to connect to the last byte."""
LIMIT: Final = 8 * 1024 * 1024
"""Bytes of the largest answer that is read."""
TRIES: Final = 5
LONGEST_WAIT: Final = 120.0
"""Most seconds between two tries; an engine that asks for more is given up."""
_AGAIN: Final = frozenset({429, 500, 502, 503, 504, 529})
_CHUNK: Final = 1 << 16
_SHOWN: Final = 200
"""Characters of an engine's own message that are shown."""
_TELLING: Final = 4
"""Signs of a key that are too many to be shown."""
_LOCAL: Final = frozenset({"localhost", "ip6-localhost"})
_ADVICE: Final = {
    401: "; is the key right?",
    403: "; is the key right?",
    413: "; the request is too large",
    456: "; the quota of the account is used up",
}


def checked_address(address: str, *, allow_http: bool) -> str:
    """The address of an engine without a closing slash.

    Raises UsageError for one that is no address, that holds a password, and for plain HTTP to another machine unless
    `allow_http` is given: texts and keys would go over the wire for everybody to read.
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:  # a bracket that is not closed, or a port that is no number
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment or re.search(r"\s", address):
        raise UsageError(f"{address!r} is no address of an engine; write it like https://translate.example.org")
    if parts.username is not None or parts.password is not None:
        raise UsageError(
            "the address of an engine must not hold a user name or a password; keys are in the environment"
        )
    if parts.scheme == "http" and not allow_http and not is_loopback(host):
        raise UsageError(f"{address} is not encrypted, and not on this machine; use https, or give --allow-http")
    return address.rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its very name."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in _LOCAL


@dataclass
class Sender:
    """Sends the calls of one engine."""

    address: str
    """As `checked_address` gives it."""
    secret: str = field(default="", repr=False)
    """The key, which no message may show."""
    timeout: float = TIMEOUT
    limit: int = LIMIT
    tries: int = TRIES
    sleep: Callable[[float], None] = time.sleep
    progress: Callable[[str], None] = lambda _: None
    calls: int = 0
    """Requests that were sent, tries counted one by one."""

    def __call__(self, call: Call) -> bytes:
        """The body of the answer. Raises EngineError where there is none to be had."""
        for number in range(1, self.tries + 1):
            try:
                return self._once(call)
            except _Again as again:
                wait = self._wait(number, again.after)
                if number == self.tries or wait is None:
                    raise EngineError(f"{again.message}; given up after {_times(number)}") from None
                self.progress(f"{again.message}; next try in {wait:.0f} s")
                self.sleep(wait)
        raise AssertionError("unreachable")

    def _wait(self, number: int, after: float | None) -> float | None:
        """Seconds until the next try; None where the engine asks for too many."""
        if after is not None:
            return after if after <= LONGEST_WAIT else None
        return random.uniform(0.5, 1.0) * min(2.0**number, LONGEST_WAIT)  # noqa: S311 # jitter is no secret

    def _once(self, call: Call) -> bytes:
        headers = {"User-Agent": f"knooppunt/{__version__}", "Accept": "application/json", **dict(call.headers)}
        if call.body is not None:
            headers["Content-Type"] = call.kind
        url = self.address + call.path
        request = urllib.request.Request(url, call.body, headers)  # noqa: S310 # http and https alone, as was checked
        self.calls += 1
        loopback = is_loopback(urlsplit(url).hostname or "")
        try:
            with opener(follow=False, proxies=not loopback).open(request, timeout=self.timeout) as answer:
                return self._body(answer, url)
        except urllib.error.HTTPError as error:
            with error:
                message = self._told(error, url)
                if error.code in _AGAIN:
                    raise _Again(message, retry_after(error.headers.get("Retry-After"), datetime.now(UTC))) from None
                raise EngineError(message) from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            message = f"{url} could not be reached: {self._hidden(str(reason) or type(reason).__name__)}"
            if isinstance(reason, ConnectionRefusedError):
                raise _Again(message, None) from None
            raise EngineError(f"{message}; what was sent may have been counted by the engine") from None

    def _body(self, answer: HTTPResponse, url: str) -> bytes:
        end = time.monotonic() + self.timeout
        parts: list[bytes] = []
        size = 0
        while part := answer.read1(_CHUNK):
            size += len(part)
            if size > self.limit:
                raise EngineError(f"{url} answers with more than {self.limit} bytes")
            if time.monotonic() > end:
                raise EngineError(f"{url} took longer than {self.timeout:g} s")
            parts.append(part)
        expected = answer.headers.get("Content-Length")
        if expected is not None and expected.isdigit() and int(expected) != size:
            raise EngineError(f"{url} broke off after {size} of {expected} bytes")
        return b"".join(parts)

    def _told(self, error: urllib.error.HTTPError, url: str) -> str:
        """What an engine says of an error, in one line."""
        try:
            said = cast("HTTPResponse", error.fp).read1(_CHUNK).decode("utf-8", "replace")
        except (OSError, ValueError, http.client.HTTPException):
            said = ""
        plain = " ".join(re.sub(r"<[^<>]{0,200}>", " ", self._hidden(said)).split())[:_SHOWN]
        more = f": {plain}" if plain else ""
        return f"{url} answered {error.code}{more}{_ADVICE.get(error.code, '')}"

    def _hidden(self, text: str) -> str:
        """A text without the key, as it is or quoted for an address, nor with as much of it as fits at the text's end.

        This comes before a text is cut: of a key that the cut goes through, the first part would be left.
        """
        if not self.secret:
            return text
        signs = [rf"\\?(?:{re.escape(sign)}|{_percents(sign)})" for sign in self.secret]
        text = re.sub("".join(signs), "***", text, flags=re.IGNORECASE)
        for known in range(len(signs) - 1, _TELLING - 1, -1):  # what was read may have ended within the key
            found = re.search("".join(signs[:known]) + r"\Z", text, re.IGNORECASE)
            if found is not None:
                return f"{text[: found.start()]}***"
        return text


class _Again(Exception):  # noqa: N818 # not an error as long as there are tries left
    def __init__(self, message: str, after: float | None) -> None:
        super().__init__(message)
        self.message = message
        self.after = after
        """Seconds that the engine asks to wait; None where it asks for nothing."""


def _percents(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "replace"))


def _times(number: int) -> str:
    return "1 try" if number == 1 else f"{number} tries"
