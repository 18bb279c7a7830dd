"""A real article that a machine translated into Dutch, reviewed from its first draft to its last with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from review_desk import OPEN_DIALOG, Desk, at_desk, served
from review_project import adopted

from corpora import corpus_files
from knooppunt.catalogs import parse_po
from knooppunt.site import build

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.corpus]

ARTICLE = "preparing-tls.md"


def article(side: str) -> str:
    """The article of the corpus in one language."""
    (path,) = corpus_files(f"parallel/mim-nl/{side}", ARTICLE)
    return path.read_text("utf-8")


def notices(root: Path) -> int:
    """Machine notices on the Dutch page, in the site that is built now."""
    report = build(root, site_dir=root / "site")
    return (report.site_dir / "nl" / "article" / "index.html").read_text("utf-8").count("kp-notice-machine")


def approve(desk: Desk) -> None:
    """Apply every fix there is, and approve; where a draft has lost a chip, put all that is missing at its end."""
    for _ in range(9):
        before = desk.text
        desk.press("Alt+f")
        desk.page.wait_for_timeout(60)
        desk.checked()
        if desk.text == before:
            break
    missing = desk.page.locator("#segment .chip-button.lost kbd").all_inner_texts()
    for number in missing:
        desk.press("Alt+e", "Control+End", "Space", f"Alt+{number}")
    desk.press("Control+Shift+Enter")


def test_a_real_article_from_its_draft_to_the_site_without_a_notice(tmp_path: Path, browser: Browser) -> None:
    root = adopted(tmp_path / "project", {"index.md": ("# Start\n", ""), "article.md": (article("en"), article("nl"))})
    path = root / "locales" / "nl" / "LC_MESSAGES" / "article.po"
    drafts = path.read_text("utf-8").count("#, fuzzy")
    assert drafts > 10
    assert notices(root) == 1
    with served(root) as link, at_desk(browser, link) as desk:
        desk.filter("State", "Machine")
        desk.press("Alt+s", "ArrowDown", "Home", "Enter")
        for number in range(1, drafts + 1):
            desk.opened(f"{number} of {drafts}")
            desk.state("Machine")
            approve(desk)
            assert desk.page.locator(OPEN_DIALOG).count() == 0, desk.source
        desk.said("This was the last segment of the queue.")
        desk.filter("State", "any")
        desk.filter("State", "Approved")
        desk.page.wait_for_timeout(100)
        assert f"{drafts} segments" in desk.page.locator("#queue-summary").inner_text()
    entries = parse_po(path.read_text("utf-8"), path.name).entries
    assert [entry.msgid for entry in entries if entry.msgid and ("fuzzy" in entry.flags or not entry.msgstr)] == []
    ledger = (root / "locales" / "nl" / "reviews.jsonl").read_text("utf-8").splitlines()
    assert sum('"approve' in line for line in ledger) >= drafts
    assert notices(root) == 0
