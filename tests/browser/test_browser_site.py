"""What a reader sees and does, in a real browser."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Site

pytestmark = pytest.mark.browser

PAGES = ("", "guide/", "ci/", "english/", "records/", "records/svc.area.hosts/", "status/", "no-such-page/")


def search(page: Page, text: str) -> list[str]:
    """Addresses that the search of the current page gives for a text."""
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially(text, delay=5)
    page.locator(".md-search__input").press("End")  # the theme listens for keys, and not all letters have one
    page.locator(".md-search-result__link").first.wait_for()
    links = page.locator(".md-search-result__link")
    return [str(link.get_attribute("href")) for link in links.all()]


def test_the_switcher_leads_to_the_same_page_in_another_language(scratch: Site, page: Page) -> None:
    page.goto(scratch.url + "guide/")
    page.locator(".md-select .md-header__button").hover()
    page.locator(".md-select__link", has_text="Nederlands").click()
    expect(page).to_have_url(scratch.url + "nl/guide/")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator("h1")).to_contain_text("Gids voor clusters")
    page.locator(".md-select .md-header__button").hover()
    page.locator(".md-select__link", has_text="English").click()
    expect(page).to_have_url(scratch.url + "guide/")


def test_a_dutch_search_finds_dutch_pages_only(scratch: Site, page: Page) -> None:
    page.goto(scratch.url + "nl/guide/")
    found = search(page, "clust")
    assert found
    assert all(url.startswith(scratch.url + "nl/") for url in found)
    page.locator(".md-search-result__link").first.click()
    expect(page).to_have_url(re.compile(re.escape(scratch.url + "nl/guide/")))


def test_an_english_search_finds_no_dutch_page(scratch: Site, page: Page) -> None:
    page.goto(scratch.url + "nl/")
    page.goto(scratch.url)
    found = search(page, "cluster")
    assert found
    assert not [url for url in found if "/nl/" in url or "/ar/" in url]


@pytest.mark.parametrize("query", ["仮想ノード", "仮想ノードのガイド", "ガイド"])
def test_a_japanese_phrase_is_found(scratch: Site, page: Page, query: str) -> None:
    page.goto(scratch.url + "ja/")
    assert search(page, query)[0].startswith(scratch.url + "ja/guide/")


@pytest.mark.parametrize(
    ("path", "lang", "title"),
    [
        ("nl/weg/", "nl", "Pagina niet gevonden"),
        ("ar/x/y/", "ar", "الصفحة غير موجودة"),
        ("gone/", "en", "Page not found"),
        ("nlx/", "en", "Page not found"),
    ],
)
def test_what_is_not_found_is_said_in_the_language_of_the_reader(
    scratch: Site, page: Page, path: str, lang: str, title: str
) -> None:
    response = page.goto(scratch.url + path)
    assert response
    assert response.status == 404
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_have_text(title)
    expect(page).to_have_url(scratch.url + path)
    home = page.locator(".kp-not-found .md-button")
    home.click()
    expect(page).to_have_url(scratch.url if lang == "en" else f"{scratch.url}{lang}/")


def test_records_can_be_filtered(scratch: Site, page: Page) -> None:
    page.goto(scratch.url + "records/")
    rows, cards = page.locator("tbody tr:visible"), page.locator(".kp-card:visible")
    expect(rows).to_have_count(2)
    expect(page.locator("output")).to_have_text("2 of 2 records")
    page.get_by_label("Effect").select_option("ignored")
    expect(rows).to_have_count(1)
    expect(cards).to_have_count(1)
    expect(page.locator("output")).to_have_text("1 of 2 records")
    expect(page).to_have_url(scratch.url + "records/?effect=ignored")
    page.get_by_label("Search in records").fill("SIXTY")
    expect(rows).to_have_count(0)
    expect(page.locator("[data-kp-none]")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(rows).to_have_count(2)
    page.goto(scratch.url + "records/?text=aliases#svc.area.hosts")
    expect(rows).to_have_count(1)
    page.get_by_label("Search in records").fill("sixty")
    page.evaluate("location.hash = ''; location.hash = 'svc.area.hosts'")
    expect(page.locator("[id='svc.area.hosts']")).to_be_visible()


def test_records_are_there_without_a_script(scratch: Site, page: Page) -> None:
    browser = page.context.browser
    assert browser
    context = browser.new_context(java_script_enabled=False)
    try:
        plain = context.new_page()
        plain.goto(scratch.url + "records/")
        expect(plain.locator(".kp-card:visible")).to_have_count(2)
        expect(plain.locator("[data-kp-filters]")).to_be_hidden()
        plain.goto(scratch.url + "nl/weg/")
        expect(plain.locator("section[lang=nl]")).to_contain_text("Pagina niet gevonden")
    finally:
        context.close()


def test_an_old_id_of_a_record_still_leads_to_it(scratch: Site, page: Page) -> None:
    page.goto(scratch.url + "nl/records/#svc.area.old")
    assert page.evaluate("document.querySelector(':target').closest('.kp-card').id") == "svc.area.hosts"


def test_arabic_runs_from_right_to_left_and_code_does_not(scratch: Site, page: Page) -> None:
    page.goto(scratch.url + "ar/guide/")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('pre code')).direction") == "ltr"
    nav, content = page.locator(".md-sidebar--primary"), page.locator(".md-content")
    nav_box, content_box = nav.bounding_box(), content.bounding_box()
    if nav_box and content_box:
        assert nav_box["x"] > content_box["x"]
    page.goto(scratch.url + "ar/english/")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).direction") == "ltr"


def test_the_palette_follows_the_system_and_can_be_changed(scratch: Site, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto(scratch.url + "nl/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.locator("label[for=__palette_1]:visible").click()
    page.get_by_title("Naar donkere modus").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(scratch.url + "guide/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.parametrize("code", ["", "nl/", "ar/"])
def test_no_page_scrolls_sideways_on_a_telephone(scratch: Site, phone: Page, code: str) -> None:
    for path in PAGES:
        phone.goto(scratch.url + code + path)
        width = phone.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{code}{path} is {width} wide"


def test_paper_gets_the_text_alone(scratch: Site, page: Page) -> None:
    page.goto(scratch.url + "guide/")
    page.emulate_media(media="print")
    expect(page.locator(".md-header")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize(
    "path", ["nl/", "nl/guide/", "nl/titled/", "nl/headed/", "nl/plain/", "nl/records/", "nl/status/", "titled/"]
)
def test_a_hostile_translation_runs_nothing(hostile: Site, page: Page, path: str) -> None:
    """No script of a stranger runs on a page, in its titles, its records, its navigation or its search."""
    page.goto(hostile.url + path)
    page.wait_for_load_state("networkidle")
    acting = "[onerror], [onload], [onclick], [onfocus], [onmouseover], [href^='java'], [src='x'], title *"
    assert page.locator(acting).count() == 0
    query = "mischief" if path == "titled/" else "onheil"
    assert search(page, query)
    expect(page.locator(".md-search-result__article").first).to_be_visible()
    assert page.locator(acting).count() == 0
    assert page.evaluate("window.harm") is None


def test_titles_are_shown_as_they_are_written(hostile: Site, page: Page) -> None:
    """A title with signs of HTML is text wherever it stands, in what the page says to machines too."""
    page.goto(hostile.url + "titled/")
    title = "Bare </title></script><img src=x onerror=window.harm=1>"
    expect(page).to_have_title(f"{title} - Scratch")
    expect(page.locator("h1")).to_have_text(title)
    data = json.loads(page.locator("script[type='application/ld+json']").inner_text())
    assert data["headline"] == title
