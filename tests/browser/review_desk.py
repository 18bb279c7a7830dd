"""The review page in a browser, over a real server on a project: where a script error or a warning is a failure."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn
from playwright.sync_api import expect

from knooppunt.review.app import make_app
from knooppunt.review.security import Door
from knooppunt.review.serving import listening
from knooppunt.reviewing import open_session

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Page

EDITOR = "#editor"
OPEN_DIALOG = "dialog[open]"
DRAFTS = "Object.keys(localStorage).filter(key => key.startsWith('knooppunt:draft:')).length"
REFUSED = ("Failed to load resource",)
"""What the browser itself says of an answer that is a refusal."""
PATIENCE = 10_000
"""Milliseconds; a machine may be busy with other things."""


@contextmanager
def served(root: Path, *locales: str, port: int = 0) -> Iterator[str]:
    """The server of a review on a project, in a thread; its link."""
    session = open_session(root, locales)
    with listening(port) as listener:
        door = Door(listener.getsockname()[1])
        config = uvicorn.Config(
            make_app(session, door), log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=5
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield door.link
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive()


class Desk:
    """One tab with the review page, used by its keys."""

    def __init__(self, page: Page, link: str, expected: Sequence[str] = ()) -> None:
        self.page = page
        self.link = link
        self.expected = tuple(expected)
        """Parts of messages of the console that this test asks for, such as the status of a refused request."""
        self.faults: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(f"error in a script: {error}"))
        page.on("console", self._heard)
        page.goto(link)
        self.ready()

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(part in message.text for part in self.expected):
            self.faults.append(f"console: {message.text}")

    def ready(self) -> None:
        """Wait until the page has its queue and its first segment."""
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """Type a text where the focus is."""
        self.page.keyboard.type(text)

    def replace(self, text: str) -> None:
        """The translation becomes a text, by keys."""
        self.press("Alt+e", "Control+a")
        self.write(text)

    @property
    def source(self) -> str:
        """The source of the segment that is open."""
        return " ".join(self.page.locator("#segment .source .text").first.inner_text().split())

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.page.locator(EDITOR).input_value()

    @property
    def position(self) -> str:
        """Which segment of the queue is open, such as `2 of 8`."""
        return self.page.locator("#segment .position").inner_text()

    def opened(self, position: str) -> None:
        """Wait for a segment of the queue."""
        expect(self.page.locator("#segment .position")).to_have_text(position)

    def state(self, name: str) -> None:
        """Wait for a state of the segment that is open."""
        expect(self.page.locator("#state")).to_have_text(name)

    def said(self, text: str | re.Pattern[str]) -> None:
        """Wait until something has been announced politely."""
        expect(self.page.locator("#polite")).to_contain_text(text)

    def dialog(self, title: str) -> None:
        """Wait for a dialog."""
        expect(self.page.locator(f"{OPEN_DIALOG} h2")).to_have_text(title)

    def no_dialog(self) -> None:
        """Wait until no dialog is open."""
        expect(self.page.locator(OPEN_DIALOG)).to_have_count(0)

    def checked(self) -> None:
        """Wait until the findings are about the text in the field."""
        expect(self.page.locator(".aid-findings.stale")).to_have_count(0)

    def kept(self, number: int) -> None:
        """Wait until the browser keeps the unsaved text of so many segments."""
        for _ in range(50):
            if self.page.evaluate(DRAFTS) == number:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(self.page.evaluate(DRAFTS))

    def to_article(self) -> None:
        """The queue shows the article, its first segment is open, and the caret is in the translation."""
        self.filter("Article", "Empty")
        self.press("Alt+s", "ArrowDown", "Home", "Enter")
        self.opened("1 of 8")
        expect(self.page.locator(EDITOR)).to_be_focused()

    def filter(self, label: str, value: str) -> None:
        """Choose in a filter of the queue, by keys: from the search, Tab by Tab."""
        self.press("Alt+s")
        for _ in range(12):
            if self.page.evaluate("document.activeElement.labels?.[0]?.innerText") == label:
                break
            self.press("Tab")
        else:
            raise AssertionError(f"no field {label}")
        self.write(value)
        expect(self.page.locator(".list")).not_to_have_attribute("aria-busy", "true")


@contextmanager
def at_desk(
    browser: Browser,
    link: str,
    *,
    width: int = 1280,
    height: int = 844,
    scheme: Any = "light",
    expected: Sequence[str] = (),
) -> Iterator[Desk]:
    """A tab with the page, in which nothing may go wrong that is not expected, and which asks nobody else."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", color_scheme=scheme
    )
    elsewhere: list[str] = []
    context.on("request", lambda request: None if "//127.0.0.1:" in request.url else elsewhere.append(request.url))
    try:
        desk = Desk(context.new_page(), link, expected)
        yield desk
        assert not desk.faults, desk.faults
    finally:
        context.close()
    assert [url for url in elsewhere if not url.startswith(("data:", "blob:", "about:"))] == []
