"""One request to another host: checked before it connects, ended as soon as its headers are known.

This is the only module that needs aiohttp (the extra `links`) and the only one that opens a connection. Three places
refuse an address: the resolver, which hands on only addresses that may be connected to; the factory of sockets, which
sees the very address that is connected to, so that no second look-up can put another in its place; and the check of
every redirect, which is a request of its own.
"""

from __future__ import annotations

import asyncio
import errno
import re
import socket
import ssl
import zlib
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final, Self

from knooppunt import __version__
from knooppunt.errors import UsageError
from knooppunt.links.external_judge import Answer, Trouble
from knooppunt.links.hosts import encoded

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from types import TracebackType

    from aiohttp import ClientResponse, ClientSession
    from aiohttp.abc import AbstractResolver, ResolveResult

    from knooppunt.links.external_judge import Job
    from knooppunt.links.external_model import Limits
    from knooppunt.links.hosts import Allowed

HEADERS: Final = {
    "User-Agent": f"knooppunt/{__version__} (link checker)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    "Accept-Encoding": "identity",
}
_HEADER: Final = 256 * 1024
"""Bytes of the longest header that is read, as much as browsers take."""
_CERTIFICATE: Final = {10, 18, 23, 62, 64}
"""Errors of OpenSSL that every browser shows too: expired, signed by itself, revoked, for another name or address.

An unknown issuer (19, 20, 21) is none: browsers know issuers, and fetch certificates between, that Python does not."""
_HTML: Final = ("text/html", "application/xhtml+xml")


_NONAME: Final = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
"""Errors of a look-up which say that a name does not exist, or has no address."""
_FAR: Final = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}
_CHARSET: Final = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_LOOKUPS: Final = 32
"""Names that are looked up at the same time; a thread each."""


class RefusedError(OSError):
    """The address that a connection would go to may not be connected to."""


class Client:
    """Asks; to be used as an asynchronous context. Raises UsageError where aiohttp is not installed."""

    def __init__(self, limits: Limits, allowed: Allowed) -> None:
        self._limits = limits
        self._allowed = allowed
        self._session: ClientSession | None = None
        self._threads = ThreadPoolExecutor(_LOOKUPS, "knooppunt-dns")
        self._approved: set[str] = set()
        """Private addresses that a host stands for which may be asked by name."""

    async def __aenter__(self) -> Self:
        try:
            import aiohttp  # noqa: PLC0415 # an extra, which only external links need
        except ImportError:
            raise UsageError(
                "external links need the package aiohttp, which is not installed: pip install 'knooppunt[links]'"
            ) from None
        connector = aiohttp.TCPConnector(
            limit=0, resolver=_resolver(self.resolve), socket_factory=self.make_socket, ttl_dns_cache=300
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers=HEADERS,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            max_line_size=_HEADER,
            max_field_size=_HEADER,
            max_headers=1000,
            timeout=aiohttp.ClientTimeout(total=None),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def get(self, job: Job) -> Answer:
        """The answer of the address that the job is at, with the beginning of the page where the job reads it."""
        if _is_address(job.at.host) and (refusal := self._allowed.refusal(job.at.host, job.at.host)) is not None:
            return Answer(trouble=Trouble.REFUSED, detail=refusal)
        try:
            async with asyncio.timeout(self._limits.timeout):
                response = await self._ask(job)
        except Exception as error:  # noqa: BLE001 # a hostile host makes the library raise anything; all is an answer
            return trouble_of(error, self._limits.timeout)
        try:
            return await self._read(response, reads=job.reads)
        finally:
            response.close()  # the rest of the page is not read

    async def resolve(self, host: str, port: int, family: int) -> list[ResolveResult]:
        """The addresses of a host that may be connected to. Raises RefusedError where there are only others."""
        loop = asyncio.get_running_loop()
        infos = await loop.run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, socket.AddressFamily(family), socket.SOCK_STREAM)
        )
        refusal = None
        found: list[ResolveResult] = []
        for kind, _, protocol, _, address in infos:
            text = str(address[0])
            refusal = self._allowed.refusal(host, text) or refusal
            if self._allowed.refusal(host, text) is None:
                if self._allowed.refusal(text, text) is not None:
                    self._approved.add(text)
                found.append(
                    {
                        "hostname": host,
                        "host": text,
                        "port": port,
                        "family": kind,
                        "proto": protocol,
                        "flags": socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                    }
                )
        if not found:
            raise RefusedError(refusal or f"{host} has no address")
        return found

    async def _ask(self, job: Job) -> ClientResponse:
        from yarl import URL  # noqa: PLC0415 # comes with aiohttp

        assert self._session is not None
        headers = {"Cookie": cookie} if (cookie := job.cookie()) else {}
        return await self._session.get(URL(job.at.url, encoded=True), headers=headers, allow_redirects=False)

    async def _read(self, response: ClientResponse, *, reads: bool) -> Answer:
        headers = response.headers
        kind, _, more = headers.get("Content-Type", "").partition(";")
        charset = _CHARSET.search(more)
        parts: list[bytes] = []
        whole = True
        if reads and 200 <= response.status < 300:
            try:
                async with asyncio.timeout(self._limits.timeout):
                    whole = await _body(response, self._limits.body, parts)
            except Exception:  # noqa: BLE001 # as above; the page is there, only not all of it could be read
                whole = False
        location = headers.get("Location")
        return Answer(
            status=response.status,
            location=None if location is None else encoded(location.strip()),
            retry_after=headers.get("Retry-After"),
            cookies=tuple(headers.getall("Set-Cookie", []))[:20],
            html=kind.strip().lower() in _HTML,
            charset=charset[1] if charset else "",
            body=b"".join(parts),
            whole=whole,
        )

    def make_socket(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for an address that a connection is about to be made to, which is checked a last time."""
        family, kind, protocol, _, (address, *_) = info
        refusal = None if address in self._approved else self._allowed.refusal(str(address), str(address))
        if refusal is not None:
            raise RefusedError(refusal)
        return socket.socket(family, kind, protocol)


def _resolver(resolve: Callable[[str, int, int], Awaitable[list[ResolveResult]]]) -> AbstractResolver:
    """A resolver as aiohttp wants it."""
    from aiohttp.abc import AbstractResolver  # noqa: PLC0415 # an extra

    class Resolver(AbstractResolver):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
        ) -> list[ResolveResult]:
            return await resolve(host, port, family)

        async def close(self) -> None:
            """There is nothing to close."""

    return Resolver()


async def _body(response: ClientResponse, most: int, parts: list[bytes]) -> bool:
    """Gather the first `most` bytes of a page, unpacked; whether they are all of it."""
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        return False
    unpack = zlib.decompressobj(47) if packed not in {"", "identity"} else None  # 47: either of the two kinds
    read = size = 0
    while chunk := await response.content.readany():
        read += len(chunk)
        part = (chunk if unpack is None else unpack.decompress(chunk, most - size))[: most - size]
        parts.append(part)
        size += len(part)
        if size >= most or read >= most:
            return False
    return True


def trouble_of(error: BaseException, timeout: float) -> Answer:
    """What an exception says about the host."""
    import aiohttp  # noqa: PLC0415 # an extra

    inner = getattr(error, "os_error", error)
    if isinstance(inner, RefusedError):
        return Answer(trouble=Trouble.REFUSED, detail=str(inner))
    if isinstance(error, TimeoutError):
        return Answer(trouble=Trouble.TIMEOUT, detail=f"no answer within {timeout:g} s")
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return _certificate(error.certificate_error)
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return Answer(trouble=Trouble.TLS, detail="no TLS connection: the two sides could not agree")
    if isinstance(inner, socket.gaierror):
        if inner.errno in _NONAME:
            return Answer(trouble=Trouble.DNS, detail="the name of the host does not exist")
        return Answer(trouble=Trouble.DNS_LATER, detail="the name of the host could not be looked up")
    if isinstance(inner, OSError):
        if inner.errno in _FAR:
            return Answer(trouble=Trouble.UNREACHABLE, detail="there is no way to the host's network")
        if inner.errno == errno.ECONNREFUSED:
            return Answer(trouble=Trouble.CONNECTION, detail="the host refuses the connection")
        return Answer(trouble=Trouble.CONNECTION, detail="the host closed the connection without an answer")
    if isinstance(error, aiohttp.ClientConnectionError):
        return Answer(trouble=Trouble.CONNECTION, detail="the host closed the connection without an answer")
    return Answer(trouble=Trouble.PROTOCOL, detail=f"its answer is not HTTP as it should be ({type(error).__name__})")


def _certificate(error: BaseException) -> Answer:
    code = getattr(error, "verify_code", 0)
    detail = f"its certificate is not accepted: {getattr(error, 'verify_message', 'unknown error')}"
    return Answer(trouble=Trouble.CERTIFICATE if code in _CERTIFICATE else Trouble.TLS, detail=detail)


def _is_address(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
