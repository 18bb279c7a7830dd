"""The page of figures in a browser: charts and tables that say the same, for everybody, and a word for the termbase.

The test makes the picture of the handbook where the environment has KNOOPPUNT_PICTURES=1.
"""

from __future__ import annotations

import base64
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from review_desk import PATIENCE, served
from test_browser_review_access import ASSETS, PICTURES, RULES, RUN, WEBP

from figures_project import ARTICLES, write_figures_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_figures_project(tmp_path / "project")


@contextmanager
def opened(browser: Browser, link: str, *, width: int = 1280, scheme: Any = "light") -> Iterator[Page]:
    """The page of figures, in which no script fails and nothing is asked of other hosts."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    faults: list[str] = []
    context.on("request", lambda request: None if "//127.0.0.1:" in request.url else faults.append(request.url))
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    try:
        page.goto(link)
        page.goto(f"{link.partition('?')[0]}figures")
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_selector("#proposals")
        yield page
        assert faults == []
    finally:
        context.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (375, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_page(
    root: Path, browser: Browser, axe: str, width: int, scheme: str
) -> None:
    with served(root) as link, opened(browser, link, width=width, scheme=scheme) as page:
        page.evaluate(axe)
        result: Any = page.evaluate(RUN, RULES)
        assert [(item["id"], item["nodes"][0]["target"]) for item in result["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if PICTURES and scheme == "light" and width > 400:
            png = base64.b64encode(page.screenshot()).decode("ascii")
            helper = page.context.new_page()
            (ASSETS / "review-figures.webp").write_bytes(base64.b64decode(helper.evaluate(WEBP, png)))
            helper.close()


def test_charts_say_what_their_tables_say(root: Path, browser: Browser) -> None:
    """Each bar is as long as its number says, and each name and number of a chart is in the table below it."""
    with served(root) as link, opened(browser, link) as page:
        rows = page.locator("section[aria-labelledby=progress] tbody tr").all_inner_texts()
        assert len(rows) == 1 + len(ARTICLES)
        labels = page.locator("section[aria-labelledby=progress] svg.chart[role=img] text").all_text_contents()
        for title in ARTICLES.values():
            assert title in labels
            assert any(title in row for row in rows)
        machine = page.locator("section[aria-labelledby=progress] tbody tr").nth(1).locator("td")
        numbers = [int(text.replace(",", "")) for text in machine.all_inner_texts()]
        bars = page.locator("section[aria-labelledby=progress] svg[role=img] rect")
        widths = [float(bars.nth(n).get_attribute("width") or 0) for n in range(4)]
        shown = [number for number in numbers[:-1] if number]
        for number, width in zip(shown, widths, strict=False):
            assert width / sum(widths[: len(shown)]) == pytest.approx(number / numbers[-1], abs=0.01)
        for image in page.locator("svg[role=img]").all():
            assert image.get_attribute("aria-label")


def test_a_word_goes_into_the_termbase_on_one_key(root: Path, browser: Browser) -> None:
    terms = root / "locales" / "nl" / "terms.yml"
    with served(root) as link, opened(browser, link) as page:
        expect(page.locator(".terms button").first).to_contain_text("Add to the termbase")
        page.keyboard.press("Alt+1")
        expect(page.locator("#polite")).to_contain_text("pod was added: locales/nl/terms.yml")
        expect(page.locator("#proposals")).to_be_focused()
        text = terms.read_text("utf-8")
        assert "use: pod" in text
        assert "peul" in text
        expect(page.locator(".terms button", has_text="Alt+1")).to_have_count(0)


def test_the_figures_can_be_taken_along(root: Path, browser: Browser) -> None:
    with served(root) as link, opened(browser, link) as page:
        for name, start in (("CSV", "locale,kind,name"), ("JSON", "{")):
            with page.expect_download() as waiting:
                page.get_by_role("link", name=name).click()
            assert waiting.value.path().read_text("utf-8").startswith(start)
