"""The built scratch site: each defect of MkDocs with several languages is gone."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import pytest

from knooppunt.cli import main
from knooppunt.loading import load_project
from knooppunt.site import build
from knooppunt.site.generated import GeneratedPages
from knooppunt.site.languages import site_locales
from knooppunt.site.staging import front_matter
from scratch_site import LOCALES, MKDOCS, SITE_URL, write_scratch

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.site import BuildReport


@dataclass(frozen=True)
class Built:
    """The scratch site, built once."""

    root: Path
    site: Path
    report: BuildReport

    def text(self, path: str) -> str:
        return (self.site / path).read_text("utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = write_scratch(tmp_path_factory.mktemp("scratch"))
    report = build(root)
    return Built(root, report.site_dir, report)


CODES = ("", "ar/", "es-419/", "ja/", "nl/", "pt-BR/")


def attribute(html: str, tag: str, name: str) -> list[str]:
    return [found[1] for found in re.finditer(rf'<{tag}\b[^>]*\b{name}="([^"]*)"', html)]


def test_every_page_is_there_in_every_language(built: Built) -> None:
    for code in CODES:
        for page in ("", "guide/", "ci/", "go/", "setup.py/", "english/", "records/", "status/"):
            assert (built.site / code / page / "index.html").is_file(), code + page
    records = 2
    assert built.report.pages == (8 + records) * 6
    assert {item.locale: item.fallback_pages for item in built.report.locales}["es-419"] == 7 + records


def test_each_language_has_its_code_and_direction(built: Built) -> None:
    for code, (_, direction, _) in LOCALES.items():
        html = built.text(f"{code}/index.html")
        assert f'<html lang="{code}"' in html
        assert attribute(html, "body", "dir") == [direction]


def test_a_reader_is_told_of_what_is_not_found_in_the_own_language(built: Built) -> None:
    dutch = built.text("nl/404.html")
    assert '<html lang="nl"' in dutch
    assert "<h1>Pagina niet gevonden</h1>" in dutch
    assert 'href="/base/nl/"' in dutch
    assert "not-found.js" not in dutch
    root = built.text("404.html")
    assert "<h1>Page not found</h1>" in root
    assert '<section lang="nl" dir="ltr">' in root
    assert '<section lang="ar" dir="rtl">' in root
    assert 'data-locales="/base/ar/ /base/es-419/ /base/ja/ /base/nl/ /base/pt-BR/"' in root
    assert "404" not in "".join(attribute(root, "link", "hreflang"))


def test_each_language_has_its_own_search_index(built: Built) -> None:
    for code in CODES:
        index = json.loads(built.text(f"{code}search/search_index.json"))
        locations = [doc["location"] for doc in index["docs"]]
        assert "guide/" in locations
        assert not any(location.startswith(tuple(filter(None, CODES))) for location in locations)
        assert len({json.dumps(doc) for doc in index["docs"]}) == len(index["docs"])
    assert json.loads(built.text("nl/search/search_index.json"))["config"]["lang"] == ["nl"]
    assert json.loads(built.text("pt-BR/search/search_index.json"))["config"]["lang"] == ["pt"]
    assert "Gids voor clusters" in built.text("nl/search/search_index.json")
    assert "Gids voor clusters" not in built.text("search/search_index.json")


def test_fallback_pages_can_be_found_in_the_language_that_lacks_them(built: Built) -> None:
    assert "xylophone" in built.text("nl/search/search_index.json")


def test_headings_have_the_same_anchor_in_every_language(built: Built) -> None:
    expected = attribute(built.text("guide/index.html"), "h2", "id")
    assert expected[:2] == ["regional-availability", "limits"]
    for code in CODES:
        assert attribute(built.text(f"{code}guide/index.html"), "h2", "id") == expected


def test_a_fallback_page_says_so_and_points_to_its_source(built: Built) -> None:
    html = built.text("nl/english/index.html")
    assert "Deze pagina is nog niet vertaald; je leest het origineel." in html
    assert '<div class="kp-original" lang="en" dir="ltr">' in html
    assert f'<link rel="canonical" href="{SITE_URL}english/">' in html
    assert 'rel="alternate" hreflang' not in html
    assert "ld+json" not in html
    assert f"{SITE_URL}nl/english/" not in built.text("sitemap.xml")
    assert 'hreflang="nl"' not in "".join(re.findall("<link[^>]*>", built.text("english/index.html")))


def test_translated_pages_announce_each_other_with_full_addresses(built: Built) -> None:
    html = built.text("nl/guide/index.html")
    links = re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"', html)
    assert links == [
        ("en", f"{SITE_URL}guide/"),
        ("ar", f"{SITE_URL}ar/guide/"),
        ("ja", f"{SITE_URL}ja/guide/"),
        ("nl", f"{SITE_URL}nl/guide/"),
        ("x-default", f"{SITE_URL}guide/"),
    ]
    assert f'<link rel="canonical" href="{SITE_URL}nl/guide/">' in html


def test_notices_tell_of_machines_and_of_gaps(built: Built) -> None:
    assert "kp-notice-machine" in built.text("nl/ci/index.html")
    partly = built.text("nl/guide/index.html")
    assert "kp-notice-partial" in partly
    assert "of this page has been translated" in partly  # no Dutch words for it, and marked so
    assert '<p lang="en" dir="auto">' in partly
    assert '<a href="../../guide/" hreflang="en">Lees het origineel</a>' in partly
    assert "kp-notice" not in built.text("guide/index.html")


def test_the_page_with_all_records_tells_of_drafts_among_them(tmp_path: Path) -> None:
    """A reader of that page alone would take a draft for the word of a person."""
    root = write_scratch(tmp_path)

    def states() -> object:
        project = load_project(root)
        locales = site_locales("en", project.locales, ["en", "nl"])
        made = GeneratedPages(project, locales, feed=False)
        dutch = next(locale for locale in locales if locale.code == "nl")
        return front_matter(made.render("records.md", dutch, {}))["knooppunt"]["states"]

    assert states() == {}
    path = root / "locales/nl/LC_MESSAGES/guide.po"
    text = path.read_text("utf-8")
    note = 'msgctxt "svc.area.hosts:variants.v1.note"'
    assert note in text
    path.write_text(text.replace(note, f"# mt: engine: Nog steeds.\n#, fuzzy\n{note}"), "utf-8")
    assert states() == {"translated": 1, "machine": 1}


def test_the_sitemap_has_no_date_outside_git(built: Built) -> None:
    assert "<lastmod>" not in built.text("sitemap.xml")


def test_navigation_admonitions_palette_and_footer_are_translated(built: Built) -> None:
    html = built.text("nl/guide/index.html")
    assert "Start" in html
    assert re.search(r'<p class="admonition-title">Waarschuwing</p>', html)
    assert 'title="Naar donkere modus"' in html
    assert "Gemaakt met <a" in html
    assert "!!! note" in html  # an example in a code block
    assert re.search(r'<p class="admonition-title">Warning</p>', built.text("guide/index.html"))


def test_nothing_is_loaded_from_elsewhere(built: Built) -> None:
    for path in built.site.rglob("*.html"):
        html = path.read_text("utf-8")
        sources = attribute(html, "script", "src") + attribute(html, "img", "src")
        sheets = re.findall(r'<link rel="(?:stylesheet|preconnect|icon)" href="([^"]*)"', html)
        assert not [url for url in sources + sheets if "//" in url], path


def test_files_that_raw_html_asks_for_are_found_in_every_language(built: Built) -> None:
    for code in CODES:
        folder = built.site / code / "guide"
        images = attribute(built.text(f"{code}guide/index.html"), "img", "src")
        assert len(images) == 2
        assert all((folder / image).resolve().is_file() for image in images), (code, images)


def test_the_language_switcher_names_the_language_of_each_entry(built: Built) -> None:
    html = built.text("nl/guide/index.html")
    assert '<a href="../../ar/guide/" hreflang="ar" lang="ar" class="md-select__link"><bdi>العربية</bdi></a>' in html
    assert '<a href="./" hreflang="nl" lang="nl" class="md-select__link" aria-current="true"><bdi>' in html


def test_json_ld_ties_a_translation_to_its_source(built: Built) -> None:
    def data(path: str) -> dict[str, object]:
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', built.text(path))
        assert found
        value = json.loads(found[1])
        assert isinstance(value, dict)
        return value

    dutch = data("nl/guide/index.html")
    assert dutch["inLanguage"] == "nl"
    assert dutch["translationOfWork"] == {"@type": "TechArticle", "@id": f"{SITE_URL}guide/"}
    english = data("guide/index.html")
    assert english["workTranslation"] == [
        {"@type": "TechArticle", "@id": f"{SITE_URL}{code}/guide/", "inLanguage": code} for code in ("ar", "ja", "nl")
    ]


def test_records_have_one_anchor_each_on_the_records_page(built: Built) -> None:
    for code in CODES:
        ids = attribute(built.text(f"{code}records/index.html"), "[a-z0-9]+", "id")
        assert len(ids) == len(set(ids))
        assert {"svc.area.hosts", "svc.area.quota", "svc.area.old"} <= set(ids)
    html = built.text("nl/records/index.html")
    assert "Stil genegeerd" in html
    assert '<a href="../guide/">the guide</a>' in html
    assert "https://code.example/repo/blob/d16bd42/main.go" in html


def test_each_record_has_a_page_in_each_language(built: Built) -> None:
    for code in CODES:
        html = built.text(f"{code}records/svc.area.hosts/index.html")
        assert len(re.findall(r"<h1[ >]", html)) == 1
        (data,) = re.findall(r'<a href="([^"]*/api/v1/records/[^"]*)"', html)
        file = built.site / f"{code}records/svc.area.hosts" / data
        assert json.loads(file.read_text("utf-8"))["locale"] == (code.strip("/") or "en")
    dutch = built.text("nl/records/svc.area.hosts/index.html")
    assert "<h1>Hostaliassen hebben geen effect</h1>" in dutch
    assert "<title>Hostaliassen hebben geen effect - Scratch</title>" in dutch
    assert "Stil genegeerd" in dutch
    assert '<p class="kp-fallback" lang="en" dir="auto">The service never reads' in dutch
    assert "kp-notice-partial" in dutch
    assert '<a href="../../guide/">the guide</a>' in dutch
    assert f'<link rel="canonical" href="{SITE_URL}nl/records/svc.area.hosts/">' in dutch
    for code in ("en", "nl"):
        feed = json.loads(built.text(f"api/v1/limitations.{code}.json"))
        for record in feed["records"]:
            assert (built.site / record["url"].removeprefix(SITE_URL) / "index.html").is_file(), record["url"]


def test_a_record_without_a_translation_is_shown_as_its_source_is(built: Built) -> None:
    html = built.text("es-419/records/svc.area.hosts/index.html")
    assert '<div class="kp-original" lang="en" dir="ltr">' in html
    assert f'<link rel="canonical" href="{SITE_URL}records/svc.area.hosts/">' in html
    assert f"{SITE_URL}es-419/records/svc.area.hosts/" not in built.text("sitemap.xml")
    assert f"{SITE_URL}nl/records/svc.area.hosts/" in built.text("sitemap.xml")


def test_pages_of_records_can_be_reached_and_do_not_fill_the_search(built: Built) -> None:
    assert 'href="svc.area.hosts/"' in built.text("records/index.html")
    assert 'href="#svc.area.hosts"' in built.text("records/index.html")  # as before
    index = json.loads(built.text("search/search_index.json"))
    assert not [doc["location"] for doc in index["docs"] if doc["location"].startswith("records/svc")]


def test_a_retired_id_has_a_page_that_leads_on(built: Built) -> None:
    for code in CODES:
        stub = built.text(f"{code}records/svc.area.old/index.html")
        (target,) = re.findall(r'content="0; url=([^"]*)"', stub)
        page, _, anchor = target.partition("#")
        html = (built.site / f"{code}records/svc.area.old" / page / "index.html").read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html


def test_each_page_leads_to_the_feed_of_its_language(built: Built) -> None:
    for code in ("en", *LOCALES):
        page = "index.html" if code == "en" else f"{code}/index.html"
        (found,) = re.findall(
            r'<link rel="alternate" type="application/json" title="[^"]*" href="([^"]*)">', built.text(page)
        )
        feed = (built.site / page).parent / found
        assert feed.name == f"limitations.{code}.json"
        assert json.loads(feed.read_text("utf-8"))
        (news,) = re.findall(
            r'<link rel="alternate" type="application/atom[+]xml"[^>]* href="([^"]*)">', built.text(page)
        )
        assert f'xml:lang="{code}"' in ((built.site / page).parent / news).read_text("utf-8")
    assert built.report.feed_files > len(LOCALES)


def test_the_command_writes_what_the_site_has(built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feed", "--project", str(built.root), "--out", str(tmp_path)]) == 0
    assert tree(tmp_path / "api") == tree(built.site / "api")
    left = tmp_path / "api/v1/records/svc.area.hosts.nl.json"
    index = json.loads((tmp_path / "api/v1/index.json").read_text("utf-8"))
    index["files"].append({"path": "api/v1/records/svc.area.gone.nl.json"})
    (tmp_path / "api/v1/index.json").write_text(json.dumps(index), "utf-8")
    (left.parent / "svc.area.gone.nl.json").write_text("{}", "utf-8")
    (left.parent / "mine.json").write_text("{}", "utf-8")
    assert main(["feed", "--project", str(built.root), "--out", str(tmp_path)]) == 0
    assert (left.is_file(), (left.parent / "mine.json").is_file()) == (True, True)
    assert not (left.parent / "svc.area.gone.nl.json").exists()


def test_generated_pages_are_marked_as_records_yaml_is_not_published(built: Built) -> None:
    assert not list(built.site.rglob("*.yml"))
    assert not (built.site / "partials").exists()


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_project_makes_the_same_bytes(built: Built, tmp_path: Path) -> None:
    again = build(write_scratch(tmp_path / "elsewhere"), site_dir=tmp_path / "out")
    assert tree(again.site_dir) == tree(built.site)


def test_one_locale_can_be_built_beside_the_source(built: Built, tmp_path: Path) -> None:
    seen: list[str] = []
    report = build(built.root, locales=["nl"], site_dir=tmp_path / "out", progress=seen.append)
    assert seen == ["en", "nl"]
    assert [item.locale for item in report.locales] == ["en", "nl"]
    assert not (report.site_dir / "ar").exists()
    assert 'hreflang="ar"' not in (report.site_dir / "index.html").read_text("utf-8")


def test_a_project_without_nav_gets_all_its_pages(tmp_path: Path) -> None:
    root = write_scratch(tmp_path, mkdocs=MKDOCS.split("nav:")[0])
    report = build(root)
    html = (report.site_dir / "pt-BR" / "index.html").read_text("utf-8")
    for page in ("guide/", "ci/", "go/", "setup.py/", "english/"):
        assert f'href="{page}"' in html
    assert not (report.site_dir / "records").exists()


def test_dates_come_from_git(tmp_path: Path) -> None:
    root = write_scratch(tmp_path)
    day = {"GIT_AUTHOR_DATE": "2024-02-29T12:00:00Z", "GIT_COMMITTER_DATE": "2024-02-29T12:00:00Z"}
    names = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.example", "GIT_COMMITTER_NAME": "A"}
    environment = {**day, **names, "GIT_COMMITTER_EMAIL": "a@b.example", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run(["git", *arguments], cwd=root, env=environment, check=True)
    (root / "docs" / "go.md").write_text("# Go\n\nEdited.\n", "utf-8")
    build(root, locales=["nl"])
    entries = (root / "site" / "sitemap.xml").read_text("utf-8").split("<url>")
    assert any(f"{SITE_URL}guide/<" in entry and "<lastmod>2024-02-29<" in entry for entry in entries)
    assert any(f"{SITE_URL}nl/guide/<" in entry and "<lastmod>2024-02-29<" in entry for entry in entries)
    assert any(f"{SITE_URL}go/<" in entry and "<lastmod>" not in entry for entry in entries)


def variant(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The folder of a site whose mkdocs.yml has changes: text that stands there -> what it becomes."""
    mkdocs = MKDOCS
    for old, new in changes:
        assert old in mkdocs
        mkdocs = mkdocs.replace(old, new)
    return build(write_scratch(tmp_path, mkdocs=mkdocs), locales=["nl"]).site_dir


def test_the_look_can_be_left_to_the_project(tmp_path: Path) -> None:
    site = variant(tmp_path, ("knooppunt]", "{knooppunt: {look: false}}]"))
    html = (site / "nl" / "guide" / "index.html").read_text("utf-8")
    assert "look.css" not in html
    assert "site.css" in html
    assert "kp-notice" in html


def test_addresses_without_directories(tmp_path: Path) -> None:
    site = variant(tmp_path, ("site_name: Scratch", "site_name: Scratch\nuse_directory_urls: false"))
    html = (site / "nl" / "setup.py.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{SITE_URL}setup.py.html">' in html
    assert (site / "nl" / "guide" / "index.html").is_file()
    found = {}
    for page in (site / "nl" / "records.html", *(site / "nl" / "records").glob("*.html")):
        article = re.search(r"<article.*</article>", page.read_text("utf-8"), re.DOTALL)
        if article is not None:  # a retired id has a stub
            found[page] = {unescape(link) for link in re.findall(r'href="([^":#]+)[#"]', article[0])}
    assert len(found) > 1
    assert all(found.values())
    assert [link for page, links in found.items() for link in links if not (page.parent / link).is_file()] == []


def test_mkdocs_static_i18n_may_be_listed_with_languages_of_its_own(tmp_path: Path) -> None:
    languages = "{i18n: {languages: [{locale: en, name: Anglais, default: true}]}}"
    site = variant(tmp_path, ("[search, knooppunt]", f"[search, {languages}, knooppunt]"))
    assert '<html lang="nl"' in (site / "nl" / "index.html").read_text("utf-8")


def test_a_project_may_have_a_template_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "overrides").mkdir()
    text = '{% extends "knooppunt.html" %}{% block announce %}Hear ye{% endblock %}'
    (tmp_path / "overrides" / "main.html").write_text(text, "utf-8")
    site = variant(tmp_path, ("name: material,", "name: material, custom_dir: overrides,"))
    html = (site / "nl" / "guide" / "index.html").read_text("utf-8")
    assert "Hear ye" in html
    assert "kp-notice" in html


def test_a_page_is_edited_where_it_is_written(tmp_path: Path) -> None:
    repository = "site_name: Scratch\nrepo_url: https://code.example/r\nedit_uri: edit/main/docs/"
    features = ("features: [", "features: [content.action.edit, ")
    site = variant(tmp_path, ("site_name: Scratch", repository), features)

    def edit(path: str) -> list[str]:
        return re.findall(r'<a href="([^"]*)"[^>]*rel="edit"', (site / path).read_text("utf-8"))

    assert edit("guide/index.html") == ["https://code.example/r/edit/main/docs/guide/index.md"]
    assert edit("nl/guide/index.html") == ["https://code.example/r/edit/main/locales/nl/LC_MESSAGES/guide.po"]
    assert edit("nl/english/index.html") == ["https://code.example/r/edit/main/docs/english.md"]
    assert edit("nl/records/index.html") == []
