"""What the site is made of, piece by piece."""

from __future__ import annotations

import gzip
import json
import xml.etree.ElementTree as ET
from datetime import date
from typing import TYPE_CHECKING

import pytest

from knooppunt.cldr import describe
from knooppunt.config import LocaleConfig
from knooppunt.errors import UsageError
from knooppunt.model import Locale, State, Text
from knooppunt.site.addresses import alternates, hreflang, page_url, relative_url
from knooppunt.site.content import admonition_titles, client_config, named_parts, shared_assets
from knooppunt.site.gitdates import parse_log
from knooppunt.site.languages import language_partial, nearest, site_locales
from knooppunt.site.markup import from_article, inline_markdown, tagged
from knooppunt.site.notices import PageState, notices, percent
from knooppunt.site.prepared import feed_path
from knooppunt.site.search import client, localized_index
from knooppunt.site.sitemap import SitemapEntry, compress, render_sitemap
from knooppunt.site.status_page import Progress, StatusPage, share
from knooppunt.strings import STRINGS

if TYPE_CHECKING:
    from collections.abc import Callable

THEME = {"en", "nl", "nb", "zh", "zh-Hant", "zh-TW", "pt", "pt-BR", "es", "ar"}
LOCALES = site_locales(
    "en", [LocaleConfig(Locale("nl"), "Nederlands"), LocaleConfig(Locale("ar"), "العربية", "rtl")], THEME
)


def words(lang: str = "nl") -> Callable[[str], Text]:
    return lambda name: Text(STRINGS.get(name, name), lang, "translated")


# Languages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "theme"),
    [
        ("nl", "nl"), ("nl-BE", "nl"), ("pt-BR", "pt-BR"), ("es-419", "es"), ("zh-Hant", "zh-Hant"), ("no", "nb"),
        ("zh-Hant-HK", "zh-Hant"), ("zh-Hans", "zh"), ("zh-CN", "zh"), ("zh-HK", "zh-Hant"), ("br", "en"),
        ("fil", "en"),
    ],
)  # fmt: skip
def test_the_nearest_language_of_the_theme(code: str, theme: str) -> None:
    assert nearest(code, None, THEME) == theme


def test_a_theme_language_that_does_not_exist_is_refused() -> None:
    assert nearest("fy", "nl", THEME) == "nl"
    with pytest.raises(UsageError, match="the theme has no language 'xx'"):
        nearest("fy", "xx", THEME)


def test_the_source_language_is_described_by_cldr() -> None:
    assert describe("en") == ("English", "ltr")
    assert describe("ar") == ("العربية", "rtl")
    assert describe("xq") == ("xq", "ltr")


def test_a_language_file_keeps_code_and_direction() -> None:
    text = language_partial(LOCALES[2])
    assert '"language": "ar"' in text
    assert '"direction": "rtl"' in text
    assert "partials/languages/ar.html" in text


# Addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "directories", "url"),
    [
        ("index.md", True, ""), ("a/index.md", True, "a/"), ("a/b.md", True, "a/b/"), ("a/README.md", True, "a/"),
        ("index.md", False, "index.html"), ("a/b.md", False, "a/b.html"), ("setup.py.md", True, "setup.py/"),
        ("é.md", True, "%C3%A9/"),
    ],
)  # fmt: skip
def test_addresses_are_those_of_mkdocs(path: str, directories: bool, url: str) -> None:
    assert page_url(path, directories=directories) == url
    assert page_url(path, "nl/", directories=directories) == f"nl/{url}"


def test_hreflang_is_absolute_and_names_a_default() -> None:
    pages = alternates("a/index.md", "nl", LOCALES)
    assert hreflang(pages, {"en", "nl"}, "en", "https://x.example/") == (
        ("en", "https://x.example/a/"),
        ("nl", "https://x.example/nl/a/"),
        ("x-default", "https://x.example/a/"),
    )


def test_hreflang_is_silent_about_what_it_cannot_say() -> None:
    pages = alternates("a/index.md", "nl", LOCALES)
    assert hreflang(pages, {"en"}, "en", "https://x.example/") == ()
    assert hreflang(pages, {"en", "nl"}, "en", None) == ()


# Sitemap and dates -------------------------------------------------------------------------------------------------


def test_the_sitemap_has_true_dates_or_none_and_the_other_languages() -> None:
    text = render_sitemap(
        [
            SitemapEntry("https://x.example/b/?a&b", None, ()),
            SitemapEntry("https://x.example/a/", date(2024, 2, 29), (("nl", "https://x.example/nl/a/"),)),
        ]
    )
    root = ET.fromstring(text)  # noqa: S314 # our own text
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    assert [item.text for item in root.findall("s:url/s:loc", space)] == [
        "https://x.example/a/",
        "https://x.example/b/?a&b",
    ]
    assert [item.text for item in root.findall("s:url/s:lastmod", space)] == ["2024-02-29"]
    assert [item.get("hreflang") for item in root.findall("s:url/x:link", space)] == ["nl"]


def test_the_compressed_sitemap_has_no_date_in_it() -> None:
    data = compress("text")
    assert data[4:8] == b"\0\0\0\0"
    assert gzip.decompress(data) == b"text"


def test_dates_come_from_the_newest_commit_and_never_from_one_that_hides_its_past() -> None:
    log = "\x01aaa 1700000000\n\ndocs/a.md\ndocs/b.md\n\x01bbb 1600000000\n\ndocs/a.md\ndocs/c.md\n"
    assert parse_log(log, set(), {"docs/b.md"}) == {"docs/a.md": date(2023, 11, 14), "docs/c.md": date(2020, 9, 13)}
    assert parse_log(log, {"bbb"}, set()) == {"docs/a.md": date(2023, 11, 14), "docs/b.md": date(2023, 11, 14)}


def test_a_feed_is_found_by_its_language() -> None:
    paths = ["api/v1/nl/changes.json", "api/v1/limitations.nl.json", "api/v1/limitations.json", "api/v1/index.json"]
    assert feed_path(paths, "nl") == "api/v1/limitations.nl.json"
    assert feed_path(["api/v1/limitations.pt-BR.json"], "pt-BR") == "api/v1/limitations.pt-BR.json"
    assert feed_path(paths, "ja") is None


# Notices -----------------------------------------------------------------------------------------------------------


def kinds(**state: object) -> list[str]:
    meta = {"locale": "nl", **state}
    return [notice.kind for notice in notices(PageState.parse(meta, "nl"), "en", words())]


def test_notices_tell_what_a_reader_must_know_and_nothing_else() -> None:
    assert kinds(states={"approved": 3}) == []
    assert kinds(states={"machine": 3}) == ["machine"]
    assert kinds(states={"translated": 1, "stale": 2, "fallback": 1}, share=0.755) == ["stale", "partial"]
    assert kinds(fallback=True, share=0.0, states={"fallback": 9}) == ["fallback"]
    assert notices(PageState("en", 0.5, {"machine": 1}), "en", words()) == ()


def test_a_page_that_people_worked_on_is_not_called_a_machine_translation() -> None:
    (whole,) = notices(PageState("nl", 1, {"machine": 3}), "en", words())
    (part,) = notices(PageState("nl", 1, {"machine": 3, "approved": 1}), "en", words())
    assert whole.text.value == STRINGS["notice.machine"]
    assert part.text.value == STRINGS["notice.machine-part"]


def test_percentages_are_rounded_down_in_the_way_of_the_language() -> None:
    assert percent(0.999, "nl") == "99%"
    assert percent(1, "de") == "100\xa0%"
    assert percent(0.5, "xq") == "50%"
    (notice,) = notices(PageState("nl", 0.42), "en", words())
    assert notice.text.value.startswith("42% of this page")


# Content -----------------------------------------------------------------------------------------------------------


def test_only_titles_that_nobody_wrote_are_translated() -> None:
    html = (
        '<div class="admonition note">\n<p class="admonition-title">Note</p>'
        '<div class="admonition note inline end">\n<p class="admonition-title">Mine</p>'
        '<details class="warning" open="open"><summary>Warning</summary>'
        "<code>!!! note</code>"
    )
    changed = admonition_titles(html, lambda kind: {"note": "Let op", "warning": "Waarschuwing"}[kind])
    assert ">Let op</p>" in changed
    assert ">Mine</p>" in changed
    assert "<summary>Waarschuwing</summary>" in changed
    assert "<code>!!! note</code>" in changed


def test_raw_html_of_a_translated_page_finds_the_files_of_the_source() -> None:
    files = {"img/a.png", "nl/img/b.png"}
    html = '<img src="../img/a.png"><img src="../img/b.png"><a href="../img/a.png#x">x</a><img src="https://x/y.png">'
    assert shared_assets(html, "nl/page/", "nl/", files) == (
        '<img src="../../img/a.png"><img src="../img/b.png"><a href="../../img/a.png#x">x</a><img src="https://x/y.png">'
    )
    assert shared_assets(html, "page/", "", files) == html


def test_the_search_dialog_is_named_after_its_field() -> None:
    html = '<div class="md-search" role="dialog"><input class="md-search__input" aria-label="Zoeken">'
    assert 'role="dialog" aria-label="Zoeken">' in named_parts(html)
    assert named_parts("<p>none</p>") == "<p>none</p>"


def test_a_section_of_the_navigation_is_named_after_its_title() -> None:
    html = (
        '<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_2_label" aria-expanded="true">'
        '<label class="md-nav__title" for="__nav_2"><span class="md-nav__icon md-icon"></span>\n  "Nodes" \n</label>'
    )
    assert '<nav class="md-nav" data-md-level="1" aria-label="&quot;Nodes&quot;" aria-expanded="true">' in named_parts(
        html
    )


def test_a_search_index_holds_one_language_with_addresses_from_its_first_page() -> None:
    docs = [{"location": "nl/a/", "title": "A", "text": "x"}, {"location": "b/", "title": "B", "text": "y"}] * 2
    index = json.loads(localized_index(json.dumps({"config": {"lang": ["nl"]}, "docs": docs}), "nl/"))
    assert index == {"config": {"lang": ["nl"]}, "docs": [{"location": "a/", "title": "A", "text": "x"}]}


@pytest.mark.parametrize(("base", "own"), [("..", "../nl/"), ("../../..", "../../../nl/"), ("/x/", "/x/nl/")])
def test_the_client_searches_the_index_of_its_language(base: str, own: str) -> None:
    config = json.dumps({"base": base, "search": "../assets/workers/search.abc.min.js"})
    assert json.loads(client(config, "nl/", ["nl"]))["base"] == own
    assert json.loads(client(config, "", ["en"]))["base"] == base
    assert json.loads(client(config, "", ["en"]))["search"] == "../assets/workers/search.abc.min.js"
    worker = json.loads(client(config, "ja/", ["ja"]))["search"]
    assert worker == "../assets/workers/knooppunt-search.js?worker=search.abc.min.js"


def test_the_configuration_is_changed_in_its_place() -> None:
    html = '<p></p><script id="__config" type="application/json">{}</script><script>1</script>'
    assert client_config(html, lambda text: text + "!") == html.replace("{}", "{}!")
    assert client_config("<p></p>", str.upper) == "<p></p>"


# Markup ------------------------------------------------------------------------------------------------------------


def test_a_text_says_which_language_it_is_in() -> None:
    assert tagged(Text("a < b", "nl", "translated"), "nl") == "a &lt; b"
    assert tagged(Text("x", "en", "fallback"), "nl") == '<span class="kp-fallback" lang="en" dir="auto">x</span>'
    assert tagged(Text("x", "nl", "stale"), "nl") == '<span class="kp-stale">x</span>'
    assert tagged(Text("`x`", "nl", "translated"), "nl", "p", inline=True) == "<p><code>x</code></p>"
    assert tagged(Text("x\n\ny", "nl", "translated"), "nl", "p", inline=True) == "<p>x<br>y</p>"


def test_inline_markdown_has_no_paragraph_around_it() -> None:
    assert inline_markdown("a *b*\nc") == "a <em>b</em> c"


def test_links_of_a_record_are_led_from_the_page_that_shows_it() -> None:
    html = '<a href="../net/index.md#x">n</a> <a href="https://x.example/a.md">e</a>'
    assert from_article(html, "vn/limits", "records.md") == (
        '<a href="../vn/net/#x">n</a> <a href="https://x.example/a.md">e</a>'
    )


# Status page -------------------------------------------------------------------------------------------------------


def test_only_what_is_in_step_with_its_source_counts_as_done() -> None:
    assert share({State.TRANSLATED: 1, State.APPROVED: 2, State.STALE: 3, State.MACHINE: 4}) == pytest.approx(0.3)
    assert share({}) == 1


def test_the_status_page_says_in_words_what_its_bars_show() -> None:
    item = Progress("nl", "a", "Article A", "../a/", {State.TRANSLATED: 30, State.UNTRANSLATED: 10})
    html = StatusPage("en", words("en")).render(LOCALES, [item])
    assert 'aria-label="75% of 40 words translated"' in html
    assert "<p>75% of 40 words translated</p>" in html
    assert '<th scope="row"><a href="../a/">Article A</a></th>' in html
    assert html.count("<section") == 2


@pytest.mark.parametrize(
    ("target", "page", "directories", "url"),
    [
        ("records.md", "records/a.b.c.md", True, "../"),
        ("records.md", "records/a.b.c.md", False, "../records.html"),
        ("records/a.b.c.md", "records.md", True, "a.b.c/"),
        ("records/a.b.c.md", "records.md", False, "records/a.b.c.html"),
        ("index.md", "status.md", True, "../"),
        ("index.md", "status.md", False, "index.html"),
        ("vn/net/index.md", "records.md", False, "vn/net/index.html"),
    ],
)
def test_addresses_from_one_page_to_another(target: str, page: str, directories: bool, url: str) -> None:
    assert relative_url(target, page, directories=directories) == url
