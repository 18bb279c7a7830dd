"""The site of this project: anchors, widths and accessibility of every kind of page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knooppunt.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Site

pytestmark = pytest.mark.browser

ARTICLES = ("virtual-nodes/network/", "virtual-nodes/limitations/")
RECORD = "records/aks.virtual-nodes.ipv6/"
KINDS = ("", *ARTICLES, "records/", RECORD, "status/", "handbook/checking/", "no-such-page/")
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
SHORTEN = """
for (const box of document.querySelectorAll("tbody, [data-kp-records], .md-nav__list")) {
  const items = [...box.children].filter((item) => item.matches("tr, .kp-card, .md-nav__item"));
  items.slice(8).forEach((item) => item.remove());
}
"""
"""Leaves the first of what a page has many of: rows, records and entries of the navigation, made by the same lines."""
WHOLE = ("", ARTICLES[1])
"""Pages in English that are looked at as they are."""
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""All that differs between light and dark."""
LANGUAGES = ("", "nl/", "ja/")
PREFIX = "aks.virtual-nodes."
RECORDS = ("init-containers", "ports-per-ip", "host-aliases", "private-clusters")
"""With claims that contradict each other; amounts and a status that nobody knows; a rule, fields and dates; what was
withdrawn."""


def violations(page: Page, axe: str, run_only: dict[str, Any]) -> list[str]:
    """What axe-core finds, a line each."""
    page.evaluate(axe)
    result: Any = page.evaluate("runOnly => axe.run(document, {runOnly})", run_only)
    return [
        f"{page.url} {item['id']}: {node['target']} {node['failureSummary'].splitlines()[1].strip()}"
        for item in result["violations"]
        for node in item["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("code", LANGUAGES)
def test_axe_finds_nothing(real: Site, page: Page, axe: str, code: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = []
    for path in KINDS:
        if code and path == ARTICLES[1]:
            continue  # the longest page, of the same elements
        page.goto(real.url + code + path)
        if code or scheme == "dark" or path not in WHOLE:
            page.evaluate(SHORTEN)
        found += violations(page, axe, RULES if scheme == "light" else COLOURS)
    assert not found, "\n".join(found)


def test_axe_finds_nothing_from_right_to_left(scratch: Site, page: Page, axe: str) -> None:
    found = []
    for path in ("ar/", "ar/guide/", "ar/english/", "ar/records/", "ar/status/"):
        page.goto(scratch.url + path)
        found += violations(page, axe, RULES)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ARTICLES)
def test_anchors_are_the_same_in_all_languages(real: Site, page: Page, path: str) -> None:
    script = "Array.from(document.querySelectorAll('article [id]'), e => e.id).filter(id => !id.startsWith('__'))"
    page.goto(real.url + path)
    expected = page.evaluate(script)
    assert len(expected) > 5
    for code in ("nl/", "de/", "ja/"):
        page.goto(real.url + code + path)
        assert page.evaluate(script) == expected, code


def test_the_records_have_all_that_a_page_of_a_record_shows() -> None:
    there = Project.load(Path(__file__).parents[2]).knowledge.records
    records = [there[PREFIX + name] for name in RECORDS]
    for part in ("disputed", "amounts", "rule", "fields", "workaround", "references", "evidence", "effect"):
        assert any(getattr(record, part) for record in records), part
    statuses = {variant.status.value for record in records for variant in record.variants}
    assert {"active", "lifted", "withdrawn", "unknown"} <= statuses


@pytest.mark.parametrize("code", ["", "nl/", "de/", "ja/", "es/"])
def test_axe_finds_nothing_on_pages_of_records(real: Site, page: Page, axe: str, code: str) -> None:
    found = []
    for name in RECORDS[: 1 if code else None]:  # in the other locales the same elements, with other letters
        for scheme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type] # one of the two
            page.goto(f"{real.url}{code}records/{PREFIX}{name}/")
            assert page.locator("html").get_attribute("lang") == (code.strip("/") or "en")
            dark = page.locator("body").get_attribute("data-md-color-scheme") == "slate"
            assert dark == (scheme == "dark")
            page.evaluate(SHORTEN)
            found += violations(page, axe, rules)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("code", ["", "nl/", "de/", "ja/", "es/"])
def test_no_page_scrolls_sideways_on_a_telephone(real: Site, phone: Page, code: str) -> None:
    for path in KINDS if code in {"", "nl/"} else KINDS[:4]:
        phone.goto(real.url + code + path)
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{code}{path} is {width} wide"


def test_a_dutch_word_is_found_in_both_spellings_of_its_vowel(real: Site, page: Page) -> None:
    """`virtueel` finds more pages than those that say `virtueel`: those with `virtuele` too."""
    texts: dict[str, str] = {}
    for item in json.loads((real.folder / "nl/search/search_index.json").read_text("utf-8"))["docs"]:
        address = item["location"].partition("#")[0]
        texts[address] = f"{texts.get(address, '')} {item['title']} {item['text']}".lower()
    same = sum("virtueel" in text for text in texts.values())
    page.goto(real.url + "nl/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("virtueel", delay=5)
    page.locator(".md-search-result__link").first.wait_for()
    (count,) = re.findall(r"\d+", page.locator(".md-search-result__meta").inner_text())
    assert int(count) > same
