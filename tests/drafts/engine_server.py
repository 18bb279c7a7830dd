"""A server that answers as LibreTranslate, DeepL and apertium-apy do, and misbehaves as it is told to."""

from __future__ import annotations

import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORD = re.compile(r"(<[^<>]*>|&[a-z]+;|\bkz[a-z]{2}\b)|([^\W\d_]+)")


def o_behind(text: str) -> str:
    """A translation that anybody can check: an `o` behind every word, and marks as they are."""
    return _WORD.sub(lambda found: found[1] or f"{found[2]}o", text)


@dataclass
class Fake:
    """What a server was asked, and how it is to answer."""

    translate: Callable[[str], str] = o_behind
    faults: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    """Answers (status, headers, body) that come before any good one, in order."""
    endless: bool = False
    drop: int = 0
    """Texts that are missing from each answer."""
    paths: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """Every text that was translated, and so paid for."""
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    glossaries: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""


@contextmanager
def engine_server(fake: Fake) -> Iterator[Fake]:  # noqa: C901 # a handler with one short method for each thing
    """The server, on a free port of this machine, while the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server asks for
            fake.paths.append(f"GET {self.path}")
            self.answer({"glossaries": fake.glossaries})

        def do_POST(self) -> None:  # as above
            body = self.rfile.read(int(self.headers["Content-Length"]))
            fake.paths.append(self.path)
            fake.headers.append(dict(self.headers))
            if fake.faults:
                status, headers, content = fake.faults.pop(0)
                self.raw(status, headers, content)
            elif fake.endless:
                self.forever()
            elif self.headers["Content-Type"] == "application/x-www-form-urlencoded":
                text = parse_qs(body.decode())["q"][0]
                fake.texts.append(text)
                self.answer({"responseData": {"translatedText": fake.translate(text)}, "responseStatus": 200})
            else:
                self.json(json.loads(body))

        def json(self, body: dict[str, Any]) -> None:
            fake.bodies.append(body)
            if self.path == "/v2/glossaries":
                made = {"glossary_id": f"g{len(fake.glossaries)}", "name": body["name"]}
                fake.glossaries.append(made)
                self.answer(made)
                return
            texts = body["text"] if "text" in body else body["q"]
            fake.texts += texts
            answers = [fake.translate(text) for text in texts][: len(texts) - fake.drop]
            if "text" in body:
                self.answer({"translations": [{"text": text, "detected_source_language": "EN"} for text in answers]})
            else:
                self.answer({"translatedText": answers})

        def answer(self, value: Any) -> None:
            self.raw(200, {}, json.dumps(value).encode())

        def raw(self, status: int, headers: dict[str, str], content: bytes) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def forever(self) -> None:
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b" " * 65536)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Nothing on standard error."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        fake.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
