"""Built sites on loopback, Debian's Chromium, axe-core; and no time limit for a property, which a pause would break."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from knooppunt.site import build
from scratch_site import write_hostile, write_scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
AXE = Path(__file__).parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"
ROOT = Path(__file__).parents[1]

settings.register_profile("knooppunt", deadline=None)
settings.load_profile("knooppunt")


@dataclass(frozen=True)
class Site:
    """A built site and its address, which ends in a slash."""

    folder: Path
    url: str


class _Handler(SimpleHTTPRequestHandler):
    """A static host: files below a prefix, and /404.html with status 404 for all that is not there."""

    def __init__(self, *arguments: Any, prefix: str, **keywords: Any) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **keywords)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "no such file")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        data = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 # the name is that of the base class
        pass


@contextmanager
def _served(folder: Path, prefix: str) -> Iterator[Site]:
    handler = partial(_Handler, directory=str(folder), prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield Site(folder, f"http://127.0.0.1:{server.server_port}{prefix}")
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of this project."""
    report = build(ROOT, site_dir=tmp_path_factory.mktemp("real") / "site")
    with _served(report.site_dir, "/") as site:
        yield site


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The scratch site, hosted below a folder as its site_url says."""
    root = write_scratch(tmp_path_factory.mktemp("scratch"))
    report = build(root)
    with _served(report.site_dir, "/base/") as site:
        yield site


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The scratch site with the catalogs of somebody who means harm."""
    root = write_hostile(tmp_path_factory.mktemp("hostile"))
    report = build(root)
    with _served(report.site_dir, "/base/") as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium for one file of tests: Playwright's loop would be in the way of others that run later."""
    if not CHROMIUM.is_file():
        pytest.fail(f"there is no {CHROMIUM}; install the Debian package 'chromium'", pytrace=False)
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-component-update", "--disable-sync"]
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=options)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page at the width of a desk, which may ask for nothing but what is on loopback."""
    with _context(browser, 1280) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page at the width of a telephone."""
    with _context(browser, 390) as opened:
        yield opened


@contextmanager
def _context(browser: Browser, width: int) -> Iterator[Page]:
    elsewhere: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 844}, reduced_motion="reduce")
    context.on("request", lambda request: None if "//127.0.0.1:" in request.url else elsewhere.append(request.url))
    try:
        yield context.new_page()
    finally:
        context.close()
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:"))] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.fail(f"there is no {AXE}; run 'npm ci' in tests/browser (npm package 'axe-core')", pytrace=False)
    return AXE.read_text("utf-8")
