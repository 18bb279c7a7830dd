"""A web server that does to a link checker what the web does: for each address, it is known what is right to say.

Run as a program it serves until its input ends, and prints its addresses and the right verdicts as JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import gzip
import json
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTS = 40
"""Ordinary hosts: 127.0.0.1 and so on."""
PLAN: tuple[tuple[str, str, int], ...] = (
    ("ok", "ok", 1000),
    ("empty", "ok", 10),
    ("r301", "redirected", 100),
    ("r302", "redirected", 60),
    ("r303", "redirected", 10),
    ("r307", "redirected", 10),
    ("r308", "redirected", 20),
    ("chain", "redirected", 20),
    ("mixed", "redirected", 10),
    ("bytes", "redirected", 5),
    ("cookie", "redirected", 10),
    ("r301to404", "broken", 20),
    ("loop", "broken", 10),
    ("endlesschain", "broken", 3),
    ("nowhere", "unknown", 2),
    ("e404", "broken", 150),
    ("e410", "broken", 30),
    ("e400", "broken", 5),
    ("e401", "blocked", 5),
    ("e403", "blocked", 10),
    ("e999", "blocked", 5),
    ("wait429", "ok", 50),
    ("date429", "ok", 10),
    ("wait503", "ok", 20),
    ("once500", "ok", 60),
    ("once502", "ok", 10),
    ("e500", "broken", 20),
    ("slow", "ok", 40),
    ("never", "timeout", 10),
    ("driphead", "timeout", 3),
    ("endless", "ok", 20),
    ("dripbody", "ok", 10),
    ("huge", "ok", 10),
    ("endless#there", "unknown", 3),
    ("head405", "ok", 40),
    ("head404", "ok", 20),
    ("place#here", "ok", 40),
    ("place#caf%C3%A9", "ok", 5),
    ("place#café", "ok", 5),
    ("place#named", "ok", 5),
    ("place#top", "ok", 5),
    ("place#:~:text=Some%20words", "ok", 5),
    ("place#gone", "broken", 30),
    ("place#commented", "broken", 5),
    ("place#scripted", "broken", 5),
    ("moved#here", "redirected", 10),
    ("moved#gone", "broken", 5),
    ("plain#anything", "ok", 5),
    ("latin#caf%C3%A9", "ok", 3),
    ("gzip#here", "ok", 5),
    ("bomb#here", "unknown", 2),
    ("badgzip", "ok", 3),
    ("badgzip#here", "unknown", 2),
    ("badcharset#here", "ok", 3),
    ("bighead", "ok", 5),
    ("hugehead", "unknown", 3),
    ("reset", "broken", 10),
    ("close", "broken", 5),
    ("oncereset", "ok", 10),
    ("garbage", "unknown", 3),
    ("private", "refused", 20),
    ("scheme", "refused", 6),
)
"""Kind, right verdict, and how many of 2,000; what has hosts of its own comes from `SPECIAL`."""
SPECIAL: tuple[tuple[str, str, str, int], ...] = (
    ("patience", "flood", "rate-limited", 10),
    ("aeons", "aeons", "rate-limited", 5),
    ("robots", "secret/ok", "blocked", 10),
    ("robots", "ok", "ok", 5),
    ("sick", "ok", "blocked", 3),
    ("closed", "ok", "broken", 5),
    ("selfsigned", "ok", "broken", 5),
    ("notls", "ok", "unknown", 2),
)
PRIVATE = (
    "http://10.0.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://192.168.1.1/admin",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[fd00:ec2::254]/",
    "http://[fe80::1]/",
    "http://168.63.129.16/",
    "http://172.16.0.1:8080/",
)
SCHEMES = (
    "file:///etc/passwd",
    "ftp://127.0.0.1/",
    "javascript:alert(1)",
    "http://127.0.0.1:22/",
    "data:text/html,x",
    "http://me:pw@127.0.0.1/",
)
PAGE = (
    '<!doctype html><html><head><title>T</title><!-- <p id="commented"> --></head><body>'
    '<script>\'<p id="scripted">\'</script><p title=\'a "quote\' id = here>x</p><h2 id="café">y</h2>'
    '<a name="named">z</a></body></html>'
)
BOMB = gzip.compress(b"<p>" * 10_000_000, 9)
"""Thirty megabytes in thirty kilobytes."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of all that takes time; whoever asks has a timeout between `slow` and what never comes."""

    retry: int = 3
    slow: float = 3.0
    grace: float = 1.0
    """In which a request may still arrive that was on its way when a host asked for a pause."""


@dataclass
class Seen:
    """What the server has seen."""

    requests: int = 0
    by_method: Counter[str] = field(default_factory=Counter)
    peak: Counter[str] = field(default_factory=Counter)
    """Most requests at once, by host."""
    early: list[str] = field(default_factory=list)
    """Requests that came before a pause was over that their host had asked for."""
    sent: int = 0
    """Bytes of bodies that were taken off our hands."""
    paths: list[str] = field(default_factory=list)
    """Host and path of each request."""


class Hostile:
    """The server, in a thread of its own; as a context it starts and ends."""

    def __init__(self, folder: Path, times: Times = Times()) -> None:
        self.folder = folder
        self.times = times
        self.seen = Seen()
        self.bases: dict[str, str] = {}
        """Base address by name: `1` to `40`, and those of `SPECIAL`."""
        self.tls = shutil.which("openssl") is not None
        self._hits: Counter[str] = Counter()
        self._now: Counter[str] = Counter()
        self._until: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._servers: list[asyncio.Server] = []

    def __enter__(self) -> Hostile:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(30)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    async def _start(self) -> None:
        names = [*map(str, range(1, HOSTS + 1)), "patience", "aeons", "robots", "sick"]
        for number, name in enumerate(names, 1):
            self.bases[name] = f"http://{await self._listen(name, f'127.0.0.{number}')}"
        if self.tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*_certificate(self.folder))
            self.bases["selfsigned"] = f"https://{await self._listen('selfsigned', '127.0.0.60', context)}"
        self.bases["notls"] = f"https://{await self._listen('notls', '127.0.0.61')}"
        with socket.socket() as closed:  # a port that nobody listens on, as nobody was given it
            closed.bind(("127.0.0.62", 0))
            self.bases["closed"] = f"http://127.0.0.62:{closed.getsockname()[1]}"

    async def _listen(self, name: str, address: str, context: ssl.SSLContext | None = None) -> str:
        server = await asyncio.start_server(
            lambda reader, writer: self._serve(name, reader, writer),
            address,
            0,
            ssl=context,
            limit=1 << 16,
            backlog=500,
        )
        self._servers.append(server)
        return f"{address}:{server.sockets[0].getsockname()[1]}"

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)

    def urls(self, share: float = 1.0) -> dict[str, str]:
        """The right verdict by address: of each kind its share of 2,000, one at the least."""
        found = {}
        number = 0
        for kind, verdict, count in PLAN:
            path, _, fragment = kind.partition("#")
            for _ in range(max(round(count * share), 1)):
                number += 1
                base = self.bases[str(number % HOSTS + 1)]
                found[f"{base}/{path}/{number}" + (f"#{fragment}" if fragment else "")] = verdict
        for name, path, verdict, count in SPECIAL:
            for _ in range(max(round(count * share), 1)):
                number += 1
                if name in self.bases:
                    found[f"{self.bases[name]}/{path}/{number}"] = verdict
        return found

    # One request ------------------------------------------------------------------------------------------------

    async def _serve(self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(
            OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError
        ):
            if name == "notls":  # speaks before it is spoken to, and no TLS
                await _send(writer, 400, [])
            head = await reader.readuntil(b"\r\n\r\n")
            self._now[name] += 1
            try:
                await self._answer(name, head.decode("latin-1"), writer)
            finally:
                self._now[name] -= 1
        with contextlib.suppress(OSError, asyncio.CancelledError):
            writer.close()

    async def _answer(self, name: str, head: str, writer: asyncio.StreamWriter) -> None:
        method, path, *_ = head.split(" ", 2)
        now = time.monotonic()
        seen = self.seen
        seen.requests += 1
        seen.by_method[method] += 1
        seen.peak[name] = max(seen.peak[name], self._now[name])
        seen.paths.append(f"{name} {path}")
        asked, until = self._until[name]
        if asked + self.times.grace < now < until - 0.02:
            seen.early.append(f"{name} {path}: {now - asked:.2f} s after it was asked to wait {until - asked:.2f} s")
        if path == "/robots.txt":
            await self._robots(name, writer)
            return
        kind = path.split("/")[1]
        self._hits[f"{name}{path}"] += 1
        hit = self._hits[f"{name}{path}"]
        simple = self._simple(kind, path, method, head, hit)
        if simple is not None:
            await _send(writer, *simple)
        elif kind in {"wait429", "date429", "wait503"}:
            await self._wait(name, kind, path, writer)
        elif name == "patience":
            await _send(writer, 429, [("Retry-After", "0")])
        elif name == "aeons":
            await _send(writer, 429, [("Retry-After", "86400")])
        else:
            await self._strange(kind, hit, writer)

    def _simple(
        self, kind: str, path: str, method: str, head: str, hit: int
    ) -> tuple[int, list[tuple[str, str]], bytes] | None:
        """Status, headers and body of what can be said at once."""
        number = path.rsplit("/", 1)[-1]
        page = PAGE.encode()
        html = ("Content-Type", "text/html; charset=utf-8")
        if method == "HEAD" and kind in {"head405", "head404"}:
            return int(kind[4:]), [], b""
        if kind in {"ok", "secret", "head405", "head404", "place"} or (kind == "once500" and hit > 1):
            return 200, [html], page
        if kind in {"once500", "once502"}:
            return (int(kind[4:]), [], b"") if hit == 1 else (200, [html], page)
        if kind[0] == "e" and kind[1:].isdigit():
            return int(kind[1:]), [html], page
        if kind in {"r301", "r302", "r303", "r307", "r308"}:
            return int(kind[1:]), [("Location", f"/ok/from{number}")], b""
        hops = {
            "r301to404": (301, f"/e404/{number}"),
            "chain": (301, f"/r308/{number}"),
            "mixed": (301, f"/r302/{number}"),
            "moved": (301, f"/place/{number}"),
            "loop": (302, f"/pool/{number}"),
            "pool": (302, f"/loop/{number}"),
            "endlesschain": (302, f"/endlesschain/{number}x"),
            "bytes": (301, f"/ok/caf\u00c3\u00a9-{number}"),
            "private": (302, PRIVATE[int(number) % len(PRIVATE)] if number.isdigit() else ""),
            "scheme": (302, SCHEMES[int(number) % len(SCHEMES)] if number.isdigit() else ""),
        }
        if kind in hops:
            status, to = hops[kind]
            return status, [("Location", to)], b""
        if kind == "cookie":
            if "k=v" in head:
                return 200, [html], page
            return 302, [("Location", path), ("Set-Cookie", "k=v; Path=/")], b""
        more: dict[str, tuple[int, list[tuple[str, str]], bytes]] = {
            "empty": (204, [], b""),
            "nowhere": (302, [], b""),
            "plain": (200, [("Content-Type", "application/pdf")], b"%PDF"),
            "latin": (200, [("Content-Type", "text/html; charset=iso-8859-1")], PAGE.encode("latin-1")),
            "badgzip": (200, [html, ("Content-Encoding", "gzip")], b"no gzip"),
            "badcharset": (200, [("Content-Type", "text/html; charset=klingon")], page),
            "bighead": (200, [html, ("X-Long", "x" * 40_000)], page),
        }
        return more.get(kind)

    async def _robots(self, name: str, writer: asyncio.StreamWriter) -> None:
        if name == "robots":
            await _send(writer, 200, [("Content-Type", "text/plain")], b"User-agent: *\nDisallow: /secret/\n")
        else:
            await _send(writer, 503 if name == "sick" else 404, [])

    async def _wait(self, name: str, kind: str, path: str, writer: asyncio.StreamWriter) -> None:
        """Refuse until as much time has passed since the first request as was asked for."""
        now = time.monotonic()
        key = f"{name}{path} since"
        since = self._until.setdefault(key, (now, now + self.times.retry))
        if now >= since[1] - 0.02:
            await _send(writer, 200, [("Content-Type", "text/html")], PAGE.encode())
            return
        left = self.times.retry
        # a date has whole seconds, and may be up to one early: ask for one more
        when = email.utils.formatdate(time.time() + left + 1, usegmt=True)
        self._until[name] = (now, max(self._until[name][1], now + left))
        value = when if kind == "date429" else str(left)
        await _send(writer, 503 if kind == "wait503" else 429, [("Retry-After", value)])

    async def _strange(self, kind: str, hit: int, writer: asyncio.StreamWriter) -> None:
        page = PAGE.encode()
        start = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"
        if kind == "slow":
            await asyncio.sleep(self.times.slow)
            await _send(writer, 200, [("Content-Type", "text/html")], page)
        elif kind == "never":
            await asyncio.sleep(3600)
        elif kind == "driphead":
            await self._pour(writer, start, lambda: b"X-Drip: x\r\n", 0.2)
        elif kind == "endless":
            await self._pour(writer, start + b"\r\n", lambda: b"<p>endless</p>" * 4000, 0)
        elif kind == "dripbody":
            await self._pour(writer, start + b"\r\n", lambda: b"x", 0.2)
        elif kind == "huge":
            await self._pour(writer, start + b"Content-Length: 10000000000\r\n\r\n", lambda: b"x" * 60_000, 0)
        elif kind == "hugehead":
            await self._pour(writer, start, lambda: b"X-Long: " + b"x" * 60_000, 0)
        elif kind in {"gzip", "bomb"}:
            data = gzip.compress(page) if kind == "gzip" else BOMB
            await _send(writer, 200, [("Content-Type", "text/html"), ("Content-Encoding", "gzip")], data)
        elif kind == "garbage":
            writer.write(b"SSH-2.0-OpenSSH_9.6\r\n")
            await writer.drain()
        elif kind == "reset" or (kind == "oncereset" and hit == 1):
            sock = writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            writer.transport.abort()
        elif kind == "oncereset":
            await _send(writer, 200, [("Content-Type", "text/html")], page)
        # `close` says nothing at all

    async def _pour(self, writer: asyncio.StreamWriter, start: bytes, more: Callable[[], bytes], pause: float) -> None:
        """Send without end, as long as somebody takes it."""
        writer.write(start)
        while not writer.is_closing():
            part = more()
            writer.write(part)
            await writer.drain()
            self.seen.sent += len(part)
            await asyncio.sleep(pause)


async def _send(writer: asyncio.StreamWriter, status: int, headers: list[tuple[str, str]], body: bytes = b"") -> None:
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers)]
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    writer.write("\r\n".join(lines).encode("latin-1") + body)
    await writer.drain()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that is signed by itself, and its key."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    what = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.60"
    more = ["-addext", "subjectAltName=IP:127.0.0.60", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *what.split(), *more], check=True, capture_output=True)
    return certificate, key


def main() -> None:
    """Serve until the input ends."""
    with Hostile(Path(sys.argv[1])) as server:
        print(json.dumps({"urls": server.urls(float(sys.argv[2]))}), flush=True)
        sys.stdin.read()
        seen = server.seen
        print(
            json.dumps({"requests": seen.requests, "early": len(seen.early), "peak": max(seen.peak.values())}),
            flush=True,
        )


if __name__ == "__main__":
    main()
