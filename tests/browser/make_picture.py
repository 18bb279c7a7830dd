"""Makes the picture of the README from the built site: `python tests/browser/make_picture.py`, behind `make site`."""

from __future__ import annotations

import base64
import functools
import http.server
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
PAGE = "virtual-nodes/limitations/#silently-ignored"
WIDTH, HEIGHT = 620, 760
FRAME = """<body style="margin:0;display:flex;gap:16px;padding:16px;background:#e4e9e6;width:max-content">
{pictures}</body>"""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the name of the base class
        """Say nothing."""


def main() -> None:
    """Write docs/assets/page-and-twin.png: a page and its Dutch twin side by side."""
    handler = functools.partial(QuietHandler, directory=str(ROOT / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        pictures = []
        for prefix in ("", "nl/"):
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
            page.goto(f"http://127.0.0.1:{server.server_port}/{prefix}{PAGE}", wait_until="networkidle")
            picture = base64.b64encode(page.screenshot()).decode("ascii")
            pictures.append(f'<img src="data:image/png;base64,{picture}" width="{WIDTH}" style="border-radius:6px">')
        page = browser.new_page(viewport={"width": 2 * WIDTH + 48, "height": HEIGHT + 32})
        page.set_content(FRAME.format(pictures="".join(pictures)))
        page.screenshot(path=ROOT / "docs/assets/page-and-twin.png", full_page=True)
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
