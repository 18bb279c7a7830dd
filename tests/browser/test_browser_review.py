"""The review page in a real browser, over a real server: a whole review, and what goes wrong on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from review_desk import EDITOR, REFUSED, Desk, at_desk, served
from review_project import EMPTY, catalog, fresh_project, git, message

from knooppunt.site import build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser


@pytest.fixture
def root(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Path:
    """A project of one test."""
    return fresh_project(tmp_path_factory, tmp_path)


@pytest.fixture
def desk(root: Path, browser: Browser) -> Iterator[Desk]:
    """The page over that project."""
    with served(root) as link, at_desk(browser, link) as opened:
        yield opened


def notices(root: Path) -> int:
    """Machine notices on the Dutch page of the article, in the site that is built now."""
    report = build(root, site_dir=root / "site")
    return (report.site_dir / "nl" / EMPTY / "index.html").read_text("utf-8").count("kp-notice-machine")


def test_a_whole_review_with_the_keyboard_only(root: Path, desk: Desk) -> None:
    assert notices(root) == 1
    desk.to_article()
    desk.state("Machine")
    desk.press("Alt+f")
    desk.said("Fix applied: split-compound")
    desk.press("Control+Shift+Enter")
    desk.said("Approved.")

    desk.opened("2 of 8")
    assert desk.source == "Before you stop a node, move its pods to other nodes."
    desk.press("Alt+n")
    assert desk.page.evaluate(
        "(({value, selectionStart, selectionEnd}) => value.slice(selectionStart, selectionEnd))(document.activeElement)"
    ) in {"knoop punt", "peulen"}
    for _ in range(2):
        desk.press("Alt+f")
        desk.checked()
    assert desk.text == "Voordat u een knooppunt stopt, verplaatst u de pods naar andere knooppunten."
    expect(desk.page.locator(".machine .diff del").first).to_be_visible()
    desk.press("Alt+m")
    assert "peulen" in desk.text
    desk.press("Control+z")
    assert "peulen" not in desk.text
    desk.press("Alt+q")
    desk.write("Is drain the same as empty?")
    desk.press("Control+Enter")
    desk.said("Comment added.")
    assert "# Is drain the same as empty?" in catalog(root).read_text("utf-8")
    desk.press("Alt+e", "Control+Shift+Enter")

    desk.opened("3 of 8")
    desk.press("Control+a", "Delete")
    desk.write("Bekijk de ")
    desk.press("Alt+Shift+1")
    desk.write("s met ")
    desk.press("Alt+1")
    desk.write(" en lees de regels")
    desk.press(*["Shift+ArrowLeft"] * 9, "Alt+2")
    desk.write(".")
    assert desk.text == "Bekijk de pods met `ferry pods --node NAME` en lees [de regels](rules.md)."
    desk.press("Control+Shift+Enter")

    desk.opened("4 of 8")
    desk.press("Control+Shift+x")
    desk.dialog("Reject with an error")
    desk.press("m", "3")
    desk.said("Rejected: Mistranslation, Major.")

    desk.opened("5 of 8")
    desk.replace("Let op")
    desk.press("Control+Shift+Enter")
    desk.opened("6 of 8")
    desk.press("Alt+z")
    desk.said("Undone: the segment is as it was.")
    desk.opened("5 of 8")
    desk.state("Machine")
    assert (desk.text, message(root, "Note")) == ("Note", "Note")
    desk.replace("Let op")
    desk.press("Control+Shift+Enter")

    for position in ("6 of 8", "7 of 8", "8 of 8"):
        desk.opened(position)
        desk.press("Alt+f", "Control+Shift+Enter")
    desk.said("This was the last segment of the queue.")
    desk.press("Alt+s", "ArrowDown", "Home", *["ArrowDown"] * 3, "Enter")
    desk.opened("4 of 8")
    expect(desk.page.locator(".aid-history")).to_contain_text("mistranslation")
    desk.replace("Verplaats ze met `ferry move`, dat hoogstens {limit} kopieën op één knooppunt zet.")
    desk.press("Control+Shift+Enter")
    desk.said("Approved.")
    desk.filter("State", "Approved")
    expect(desk.page.locator("#queue-summary")).to_contain_text("8 segments")

    assert "fuzzy" not in catalog(root).read_text("utf-8")
    ledger = (root / "locales" / "nl" / "reviews.jsonl").read_text("utf-8")
    assert '"mistranslation"' in ledger
    assert notices(root) == 0


def test_half_of_a_chip_cannot_be_deleted_unnoticed(root: Path, desk: Desk) -> None:
    desk.to_article()
    desk.press("Alt+ArrowDown", "Alt+ArrowDown")
    desk.opened("3 of 8")
    whole = desk.text
    start = whole.index("`ferry")
    for caret, key in (
        (start + len("`ferry pods --node NAME`"), "Backspace"),
        (start + 4, "Backspace"),
        (start, "Delete"),
        (start + 4, "Delete"),
    ):
        desk.page.evaluate("at => document.getElementById('editor').setSelectionRange(at, at)", caret)
        desk.press(key)
        assert desk.text == whole.replace("`ferry pods --node NAME`", ""), (caret, key)
        desk.said("Chip removed")
        expect(desk.page.locator("#chip-warning")).to_contain_text("Not in the translation: `ferry pods --node NAME`")
        desk.press("Control+z")
        assert desk.text == whole
        expect(desk.page.locator("#chip-warning p")).to_have_count(0)
    desk.page.evaluate("at => document.getElementById('editor').setSelectionRange(at, at)", start + 5)
    desk.write("x")
    expect(desk.page.locator("#chip-warning")).to_contain_text(
        "Changed: `ferry pods --node NAME` became `ferrxy pods --node NAME`"
    )
    desk.press("Control+Enter")
    desk.dialog("A chip is missing")
    desk.press("Enter")
    desk.no_dialog()
    desk.opened("3 of 8")
    assert "ferrxy" not in message(root, desk.source)
    desk.page.get_by_role("button", name="Put back").focus()
    desk.press("Enter")
    assert desk.text == whole
    desk.press("Alt+e", "Control+a", "Delete")
    desk.write("Zonder.")
    desk.press("Control+Enter")
    desk.dialog("A chip is missing")
    desk.press("Tab", "Enter")
    desk.opened("4 of 8")


def test_many_changes_are_shown_first_and_are_one_undo(root: Path, desk: Desk) -> None:
    before = catalog(root).read_text("utf-8")
    desk.to_article()
    desk.press("Alt+b")
    desk.dialog("Bulk changes")
    desk.press("Tab", "Enter")
    expect(desk.page.locator("dialog .plan li").first).to_be_visible()
    assert catalog(root).read_text("utf-8") == before
    desk.press("Enter")
    expect(desk.page.locator("dialog .bulk-status")).to_contain_text("changed.")
    assert "knoop punt is na" not in message(root, "The node is empty after a few minutes.")
    desk.press("Enter")
    expect(desk.page.locator("dialog .bulk-status")).to_contain_text("Undone")
    assert catalog(root).read_text("utf-8") == before
    desk.press("Escape")
    desk.no_dialog()


def test_a_search_by_expression_says_what_is_wrong_with_it(root: Path, browser: Browser) -> None:
    with served(root) as link, at_desk(browser, link, expected=REFUSED) as desk:
        desk.press("Alt+s")
        desk.write("nodes?[")
        desk.press("Tab", "Space")
        expect(desk.page.locator("#search-problem")).not_to_be_empty()
        desk.press("Shift+Tab", "End", "Backspace")
        expect(desk.page.locator("#search-problem")).to_be_empty()
        expect(desk.page.locator(".row").first).to_contain_text("ode")


def test_ten_thousand_segments_are_a_few_rows(desk: Desk) -> None:
    item = {
        "locale": "nl",
        "catalog": EMPTY,
        "state": "machine",
        "source": "",
        "target": "",
        "words": 1,
        "findings": {},
        "age_days": None,
        "author": None,
        "same": 0,
    }

    def answer(route: Route) -> None:
        asked = parse_qs(urlsplit(route.request.url).query)
        offset, limit = int(asked["offset"][0]), int(asked["limit"][0])
        items = [
            {**item, "id": f"{number:016x}", "source": f"Text {number}"}
            for number in range(offset, min(offset + limit, 10_000))
        ]
        route.fulfill(
            json={
                "total": 10_000,
                "words": 10_000,
                "items": items,
                "facets": {"articles": [], "states": {}, "checks": {}, "authors": {}},
            }
        )

    desk.page.route("**/api/queue*", answer)
    desk.press("Alt+s")
    desk.write("Text")
    expect(desk.page.locator("#queue-summary")).to_contain_text("10,000 segments")
    desk.press("ArrowDown", "End")
    last = desk.page.locator("#row-9999")
    expect(last).to_contain_text("Text 9999")
    expect(last).to_have_attribute("aria-posinset", "10000")
    assert desk.page.locator(".row").count() < 40


def test_forms_stale_sources_and_directions(root: Path, browser: Browser) -> None:
    (root / "locales" / "ar").mkdir()
    (root / "locales" / "ar" / "locale.yml").write_text("name: العربية\ndirection: rtl\n", "utf-8")
    folder = root / "locales" / "ar" / "LC_MESSAGES"
    folder.mkdir()
    header = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    header += '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"\n'
    stale = '\n#, fuzzy\n#| msgid "Old rules"\nmsgid "The rules"\nmsgstr "القواعد"\n'
    forms = '\nmsgid "%d node"\nmsgid_plural "%d nodes"\nmsgstr[0] "%d أ"\nmsgstr[1] "%d ب"\nmsgstr[2] ""\n'
    (folder / "rules.po").write_text(header + stale + forms, "utf-8")
    git(root, "add", "--all", ".")
    git(root, "commit", "--quiet", "--message", "Arabic")
    with served(root, "ar") as link, at_desk(browser, link) as desk:
        desk.filter("State", "Stale")
        desk.press("Alt+s", "ArrowDown", "Enter")
        expect(desk.page.locator(".previous del")).to_contain_text("Old")
        expect(desk.page.locator(".previous ins")).to_contain_text("The")
        expect(desk.page.locator(EDITOR)).to_have_attribute("dir", "rtl")
        expect(desk.page.locator(EDITOR)).to_have_attribute("lang", "ar")
        assert desk.page.evaluate("getComputedStyle(document.getElementById('editor')).direction") == "rtl"
        desk.page.locator("#f-state").select_option("")
        expect(desk.page.locator(".row")).to_have_count(2)
        desk.press("Alt+s")
        desk.write("%d")
        expect(desk.page.locator(".row")).to_have_count(1)
        expect(desk.page.locator(".row")).to_contain_text("%d node")
        desk.press("ArrowDown", "Enter")
        expect(desk.page.locator("#segment textarea")).to_have_count(3)
        desk.press("Tab", "Tab")
        desk.write("%d ت")
        desk.press("Control+Enter")
        desk.said("Saved.")
    assert 'msgstr[2] "%d ت"' in (folder / "rules.po").read_text("utf-8")


def test_the_rendered_page_follows_what_is_typed(desk: Desk) -> None:
    desk.to_article()
    desk.press("Alt+ArrowDown")
    desk.opened("2 of 8")
    frame = desk.page.frame_locator("iframe").nth(1)
    expect(frame.locator(".knooppunt-here")).to_contain_text("verplaatst u de peulen")
    expect(desk.page.frame_locator("iframe").nth(0).locator(".knooppunt-here")).to_contain_text(
        "Before you stop a node"
    )
    desk.replace("Haal **eerst** de pods weg.")
    expect(frame.locator(".knooppunt-here strong")).to_have_text("eerst")
    for handle in desk.page.locator("iframe").all():
        assert handle.get_attribute("sandbox") == "allow-same-origin"


def test_other_keys_can_be_configured(root: Path, browser: Browser) -> None:
    with (root / "knooppunt.yml").open("a", encoding="utf-8") as settings:
        settings.write("review: {keys: {next: Alt+PageDown, insert-chip: Ctrl+Alt+1…9}}\n")
    with served(root) as link, at_desk(browser, link) as desk:
        desk.to_article()
        desk.press("Alt+PageDown")
        desk.opened("2 of 8")
        desk.press("Alt+PageDown")
        desk.opened("3 of 8")
        desk.press("Control+a", "Delete", "Control+Alt+1")
        expect(desk.page.locator(EDITOR)).to_have_value("`ferry pods --node NAME`")
        desk.press("F1")
        expect(desk.page.locator("dialog")).to_contain_text("PageDown")


def test_on_a_telephone_nothing_scrolls_sideways_and_all_can_be_reached(root: Path, browser: Browser) -> None:
    with served(root) as link, at_desk(browser, link, width=375, height=740) as desk:
        width = "document.documentElement.scrollWidth"
        assert desk.page.evaluate(width) == 375
        desk.page.locator(".row").nth(1).click()
        expect(desk.page.locator(EDITOR)).to_be_visible()
        assert desk.page.evaluate(width) == 375
        for name in ("Aids", "Page", "Queue", "Segment"):
            desk.page.get_by_role("button", name=name, exact=True).click()
            assert desk.page.evaluate(width) == 375
        expect(desk.page.get_by_role("button", name="Approve and next")).to_be_in_viewport()
        expect(desk.page.get_by_role("button", name="Save and next")).to_be_in_viewport()
