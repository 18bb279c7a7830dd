"""The review page when things go wrong: two people at one text, crashes, a server that is away, texts of bad intent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from review_desk import REFUSED, Desk, at_desk, served
from review_project import EMPTY, catalog, fresh_project, git, message

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A project of one test."""
    return fresh_project(tmp_path_factory, tmp_path)


def test_two_people_at_one_text_lose_neither(root: Path, browser: Browser) -> None:
    source = "What happens next"
    with served(root) as link, at_desk(browser, link, expected=REFUSED) as desk:
        desk.to_article()
        desk.press(*["Alt+ArrowDown"] * 6)
        desk.opened("7 of 8")
        desk.replace("Wat er dan gebeurt")
        path = catalog(root)
        path.write_text(
            path.read_text("utf-8").replace('msgstr "Wat gebeurt er daarna"', 'msgstr "Wat er volgt"'), "utf-8"
        )
        desk.press("Control+Enter")
        desk.dialog("Somebody else changed this text")
        body = desk.page.locator("dialog")
        expect(body).to_contain_text("Wat er volgt")
        expect(body).to_contain_text("Wat er dan gebeurt")
        assert message(root, source) == "Wat er volgt"
        desk.press("Escape")
        desk.no_dialog()
        assert desk.text == "Wat er dan gebeurt"
        desk.press("Control+Enter")
        desk.dialog("Somebody else changed this text")
        desk.press("Tab", "Tab", "Enter")
        desk.no_dialog()
        assert desk.text == "Wat er volgt"
        expect(desk.page.locator(".banner")).to_contain_text("Wat er dan gebeurt")
        desk.page.get_by_role("button", name="Use it").focus()
        desk.press("Enter")
        assert desk.text == "Wat er dan gebeurt"
        desk.press("Control+Enter")
        desk.opened("8 of 8")
        assert message(root, source) == "Wat er dan gebeurt"


def test_what_was_typed_outlives_a_crash_of_the_browser_and_of_the_server(root: Path, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 844}) as context:
        with served(root) as link:
            desk = Desk(context.new_page(), link, REFUSED)
            desk.to_article()
            desk.press("Alt+ArrowDown")
            desk.opened("2 of 8")
            desk.replace("Half a sentence")
            desk.kept(1)
            desk.page.close()
        assert "Half" not in catalog(root).read_text("utf-8")
        with served(root, port=int(link.rpartition(":")[2].partition("/")[0])) as link:
            desk = Desk(context.new_page(), link)
            desk.page.get_by_role("button", name=f"Open nl {EMPTY}").focus()
            desk.press("Enter")
            expect(desk.page.locator(".banner")).to_contain_text("Half a sentence")
            desk.press("Alt+e", "End")
            desk.write(" Something else.")
            desk.kept(1)
            desk.page.reload()
            desk.ready()
            desk.to_article()
            desk.press("Alt+ArrowDown")
            desk.opened("2 of 8")
            expect(desk.page.locator(".banner")).to_contain_text("Something else.")
            desk.page.get_by_role("button", name="Throw away").focus()
            desk.press("Enter")
            expect(desk.page.locator(".banner")).to_contain_text("Half a sentence")
            desk.page.get_by_role("button", name="Use it").focus()
            desk.press("Enter")
            assert desk.text == "Half a sentence"
            desk.press("Control+Enter")
            desk.opened("3 of 8")
            desk.kept(0)
            assert message(root, "Before you stop a node, move its pods to other nodes.") == "Half a sentence"
            assert desk.faults == []


def test_a_server_that_does_not_answer_costs_nothing(root: Path, browser: Browser) -> None:
    with served(root) as link, at_desk(browser, link, expected=REFUSED) as desk:
        desk.to_article()
        desk.replace("Een knooppunt legen")
        desk.checked()
        desk.page.route("**/api/save", lambda route: route.abort())
        desk.press("Control+Enter")
        expect(desk.page.get_by_role("alert").first).to_contain_text("The review server does not answer.")
        assert desk.text == "Een knooppunt legen"
        desk.page.unroute("**/api/save")
        desk.page.get_by_role("button", name="Try again").focus()
        desk.press("Enter")
        desk.opened("2 of 8")
        assert message(root, "Empty a node") == "Een knooppunt legen"


def test_a_translation_that_means_harm_is_text(root: Path, browser: Browser) -> None:
    harm = (
        "<img src=x onerror=top.harm=1><script>top.harm=1</script>[a](javascript:top.harm=1)"
        "<iframe srcdoc='<script>top.harm=1</script>'></iframe>"
    )
    path = catalog(root)
    text = path.read_text("utf-8")
    for old in ("Een knoop punt leegmaken", "Wat gebeurt er daarna"):
        text = text.replace(f'msgstr "{old}"', f'msgstr "{harm}"')
    text = text.replace("# mt: microsoft: Note", f"# {harm}\n# mt: <b>{harm}</b>: {harm}")
    path.write_text(text, "utf-8")
    git(root, "commit", "--quiet", "--all", "--message", harm)
    with (
        served(root) as link,
        at_desk(browser, link, expected=("Content Security Policy", "Blocked script execution", *REFUSED)) as desk,
    ):
        desk.to_article()
        assert desk.text == harm
        for _ in range(5):
            desk.press("Alt+ArrowDown")
            desk.page.wait_for_timeout(100)
        desk.press("Alt+s", "ArrowDown", "Home", "Enter")
        desk.opened("1 of 8")
        desk.press("End")
        desk.write(harm)
        desk.checked()
        desk.press("Alt+k")
        desk.write("page")
        expect(desk.page.locator("dialog tbody tr").first).to_be_visible()
        desk.press("Escape", "Alt+b")
        desk.dialog("Bulk changes")
        desk.press("Escape")
        for frame in desk.page.frames[1:]:
            assert frame.evaluate("document.querySelectorAll('script').length") == 0
        desk.page.wait_for_timeout(200)
        assert desk.page.evaluate("'harm' in window") is False
        assert desk.page.locator("#segment img, #queue img, #aids img, #aids script").count() == 0


HOLD = """() => {
    const ask = window.fetch;
    window.held = {};
    window.fetch = async (address, options) => {
        for (const [part, gate] of Object.entries(window.held)) if (String(address).includes(part)) await gate.promise;
        return ask(address, options);
    };
}"""
"""Answers can be held back: `held[part of an address]`, until it is resolved."""


def hold(desk: Desk, part: str) -> None:
    """The page waits for answers from addresses with `part`."""
    desk.page.evaluate("part => { window.held[part] = Promise.withResolvers() }", part)


def let_go(desk: Desk, part: str) -> None:
    """What was held back is sent."""
    desk.page.evaluate("part => { const gate = window.held[part]; delete window.held[part]; gate.resolve() }", part)


def test_a_late_answer_touches_no_other_text(root: Path, browser: Browser) -> None:
    second = "Voordat u een knoop punt stopt, verplaatst u de peulen naar andere knooppunten."
    with served(root) as link, at_desk(browser, link, expected=REFUSED) as desk:
        desk.to_article()
        desk.page.evaluate(HOLD)
        desk.replace("Een knooppunt legen")
        hold(desk, "/api/save")
        desk.press("Control+Enter", "Alt+ArrowDown")
        desk.opened("2 of 8")
        desk.press("Control+Enter")
        desk.said("Wait a moment")
        hold(desk, "/api/segment")
        let_go(desk, "/api/save")
        desk.said("Saved.")
        desk.kept(0)
        assert desk.text == second
        desk.press("End")
        desk.write(" Echt.")
        desk.kept(1)
        desk.press("Control+Enter")
        desk.said("Saved.")
        let_go(desk, "/api/segment")
        desk.opened("3 of 8")
        assert message(root, "Empty a node") == "Een knooppunt legen"
        assert message(root, "Before you stop a node, move its pods to other nodes.") == f"{second} Echt."
        # A refusal of one text is told beside the other, which stays.
        desk.press("Alt+ArrowUp", "Alt+ArrowUp")
        desk.opened("1 of 8")
        desk.replace("Knooppunt legen")
        hold(desk, "/api/save")
        desk.press("Control+Enter", "Alt+ArrowDown")
        desk.opened("2 of 8")
        path = catalog(root)
        path.write_text(path.read_text("utf-8").replace('"Een knooppunt legen"', '"Leeg een knooppunt"'), "utf-8")
        let_go(desk, "/api/save")
        expect(desk.page.get_by_role("alert").first).to_contain_text("changed since you opened it")
        assert desk.text == f"{second} Echt."
        desk.page.get_by_role("button", name=f"Open nl {EMPTY}").focus()
        desk.press("Enter")
        desk.opened("1 of 8")
        assert desk.text == "Leeg een knooppunt"
        expect(desk.page.locator(".banner")).to_contain_text("Knooppunt legen")


def test_letters_typed_before_the_next_text_is_there_go_into_that_text(root: Path, browser: Browser) -> None:
    with served(root) as link, at_desk(browser, link) as desk:
        desk.to_article()
        desk.page.evaluate(HOLD)
        desk.replace("Een knooppunt legen")
        hold(desk, "/api/save")
        hold(desk, "/api/segment")
        desk.press("Control+Enter")
        desk.write(" En")
        let_go(desk, "/api/save")
        desk.said("Saved.")
        desk.write(" doox")
        desk.press("Backspace", "Alt+c")
        desk.write("r")
        expect(desk.page.locator("#segment")).to_have_attribute("aria-busy", "true")
        assert desk.text == "Een knooppunt legen"
        let_go(desk, "/api/segment")
        desk.opened("2 of 8")
        assert desk.text.endswith("andere knooppunten. En door")
        expect(desk.page.locator("#segment")).not_to_have_attribute("aria-busy", "true")
        desk.write("!")
        assert desk.text.endswith(" En door!")
        assert message(root, "Empty a node") == "Een knooppunt legen"


def test_what_another_program_wrote_over_is_offered_again(root: Path, browser: Browser) -> None:
    with served(root) as link, at_desk(browser, link) as desk:
        desk.to_article()
        desk.replace("Een knooppunt legen")
        desk.press("Control+Enter")
        desk.opened("2 of 8")
        git(root, "checkout", "--quiet", "--", "locales/nl/LC_MESSAGES")
        desk.press("Alt+ArrowUp")
        desk.opened("1 of 8")
        expect(desk.page.locator(".overwritten")).to_contain_text("Een knooppunt legen")
        desk.page.get_by_role("button", name="Use it").focus()
        desk.press("Enter")
        assert desk.text == "Een knooppunt legen"
        desk.press("Alt+ArrowDown")
        desk.opened("2 of 8")
        desk.press("Alt+e", "End")
        desk.write("!")
        desk.press("Control+Enter")
        expect(desk.page.locator("#notices")).to_contain_text("another program has written over what you saved")
        desk.press("Alt+ArrowUp", "Alt+ArrowUp")
        desk.opened("1 of 8")
        expect(desk.page.locator(".banner").first).to_contain_text("Een knooppunt legen")
        desk.page.get_by_role("button", name="Use it").first.focus()
        desk.press("Enter", "Control+Enter")
        desk.opened("2 of 8")
        expect(desk.page.locator("#notices")).not_to_contain_text("written over")
