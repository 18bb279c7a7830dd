"""The review page for everybody: axe-core on every state of it, light, dark and on a telephone.

The same walk makes the pictures of the handbook where the environment has KNOOPPUNT_PICTURES=1.
"""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from review_desk import EDITOR, OPEN_DIALOG, Desk, at_desk, served
from review_project import catalog, fresh_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parents[2] / "docs" / "assets"
PICTURES = bool(os.environ.get("KNOOPPUNT_PICTURES"))
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
RUN = "runOnly => axe.run(document, {runOnly, resultTypes: ['violations'], iframes: false})"
WEBP = """async png => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), {width: image.width, height: image.height});
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.82).split(',')[1];
}"""


STOP = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const box = element.closest("header, #queue, #segment, #aids, #preview, .skip");
  const name = element.getAttribute("aria-label") || element.labels?.[0]?.innerText || element.title
    || element.innerText;
  const ring = getComputedStyle(element).outlineStyle !== "none" || element.closest(".editor") !== null;
  return {box: box?.id || box?.tagName || "", name, ring, tag: element.tagName};
}"""


class Walk:
    """Looks at one state after another: what axe-core finds, and a picture where one is wanted."""

    def __init__(self, desk: Desk, axe: str, *, pictures: bool) -> None:
        self.desk = desk
        self.pictures = pictures
        self.found: list[str] = []
        desk.page.evaluate(axe)

    def look(self, state: str, picture: str = "", part: str = "") -> None:
        """Note what is wrong in this state; the picture is of a part of the page, or of all of it."""
        result: Any = self.desk.page.evaluate(RUN, RULES)
        for item in result["violations"]:
            for node in item["nodes"]:
                self.found.append(
                    f"{state} {item['id']}: {node['target']} {node['failureSummary'].splitlines()[1].strip()}"
                )
        if self.pictures and picture:
            seen = self.desk.page.locator(part).first if part else self.desk.page
            png = base64.b64encode(seen.screenshot()).decode("ascii")
            helper = self.desk.page.context.new_page()
            data = base64.b64decode(helper.evaluate(WEBP, png))
            helper.close()
            (ASSETS / f"review-{picture}.webp").write_bytes(data)


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A project of one test."""
    return fresh_project(tmp_path_factory, tmp_path)


def second_segment(desk: Desk) -> None:
    """The segment with the most to see is open, and all that is asked for it is there."""
    desk.filter("Article", "Empty")
    desk.press("Alt+s", "ArrowDown", "Home", "ArrowDown", "Enter")
    desk.opened("2 of 8")
    expect(desk.page.locator(EDITOR)).to_be_focused()
    expect(desk.page.locator(".aid-history")).not_to_contain_text("Asking git")
    expect(desk.page.frame_locator("iframe").nth(1).locator(".knooppunt-here")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_state(root: Path, browser: Browser, axe: str, scheme: str) -> None:
    expected = ("Failed to load resource",)
    with served(root) as link, at_desk(browser, link, height=800, scheme=scheme, expected=expected) as desk:
        walk = Walk(desk, axe, pictures=PICTURES and scheme == "light")
        second_segment(desk)
        desk.press("Alt+f")
        desk.checked()
        walk.look("segment", "page")
        desk.press("F1")
        desk.dialog("Keys")
        walk.look("help", "keys", OPEN_DIALOG)
        desk.press("Escape", "Control+Shift+x")
        desk.dialog("Reject with an error")
        walk.look("category")
        desk.press("m")
        walk.look("severity", "reject", OPEN_DIALOG)
        desk.press("Escape", "Alt+b")
        desk.dialog("Bulk changes")
        desk.press("Tab", "Enter")
        expect(desk.page.locator("dialog .plan li").first).to_be_visible()
        walk.look("bulk", "bulk", OPEN_DIALOG)
        desk.press("Escape", "Alt+k")
        desk.write("page")
        expect(desk.page.locator("dialog tbody tr").first).to_be_visible()
        walk.look("concordance")
        desk.press("Escape", "Alt+ArrowDown")
        desk.opened("3 of 8")
        desk.press("Alt+e", "Control+End", *["ArrowLeft"] * 2, "Backspace")
        expect(desk.page.locator("#chip-warning p")).to_have_count(1)
        desk.checked()
        walk.look("lost chip", "chip", "#segment")
        desk.press("Control+Enter")
        desk.dialog("A chip is missing")
        walk.look("missing")
        desk.press("Escape", "Control+z")
        path = catalog(root)
        path.write_text(path.read_text("utf-8").replace('"Geef de pods weer met', '"Toon de pods met'), "utf-8")
        desk.press("End")
        desk.write(" Doe dat eerst.")
        desk.press("Control+Enter")
        desk.dialog("Somebody else changed this text")
        walk.look("conflict", "conflict", OPEN_DIALOG)
        desk.press("Escape", "Alt+ArrowDown")
        desk.opened("4 of 8")
        desk.press("Alt+ArrowUp")
        desk.opened("3 of 8")
        expect(desk.page.locator(".banner")).to_be_visible()
        walk.look("draft")
        desk.press("Alt+s")
        desk.write("nothing like this")
        expect(desk.page.locator(".empty").first).to_be_visible()
        walk.look("empty queue")
        desk.page.route("**/api/queue*", lambda route: route.abort())
        desk.write("x")
        expect(desk.page.locator(".notice.error")).to_be_visible()
        walk.look("no server")
    assert not walk.found, "\n".join(walk.found)


def test_axe_finds_nothing_on_a_telephone(root: Path, browser: Browser, axe: str) -> None:
    with served(root) as link, at_desk(browser, link, width=375, height=740) as desk:
        walk = Walk(desk, axe, pictures=PICTURES)
        second_segment_on_telephone(desk)
        walk.look("segment", "phone")
        for name in ("Aids", "Page", "Queue"):
            desk.page.get_by_role("button", name=name, exact=True).click()
            walk.look(name)
        desk.press("F1")
        desk.dialog("Keys")
        walk.look("help")
    assert not walk.found, "\n".join(walk.found)


def second_segment_on_telephone(desk: Desk) -> None:
    """The same, where one part is seen at a time."""
    desk.filter("Article", "Empty")
    desk.page.locator(".row").nth(1).click()
    desk.opened("2 of 8")


def test_the_focus_goes_from_left_to_right_and_every_stop_is_seen_and_named(root: Path, browser: Browser) -> None:
    with served(root) as link, at_desk(browser, link) as desk:
        second_segment(desk)
        desk.page.evaluate("document.activeElement.blur(); document.body.tabIndex = -1; document.body.focus()")
        stops = []
        for _ in range(60):
            desk.press("Tab")
            stop = desk.page.evaluate(STOP)
            if stop is None:
                break
            stops.append(stop)
        order = list(dict.fromkeys(stop["box"] for stop in stops))
        assert order == ["A", "HEADER", "queue", "segment", "aids", "preview"]
        assert [stop for stop in stops if not stop["name"]] == []
        assert [stop for stop in stops if not stop["ring"] and stop["tag"] != "IFRAME"] == []
