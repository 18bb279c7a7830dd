"""What is wrong with a built site is reported at the lines of its source, once each, with the pages that show it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from knooppunt.cli import main
from knooppunt.links.gather import folder_sources
from knooppunt.links.pagescan import Scanner
from knooppunt.links.report_site import check_site
from knooppunt.links.sitefiles import read_site

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "# Guide\n\nSee [one](missing.md) and [two](other.md#Part).\n\nAgain [three](missing.md).\n"
BUILT = (
    '<h1 id="guide">G</h1><a href="missing.md">one</a> <a href="../other/#Part">two</a> <a href="missing.md">three</a>'
    '<a href="../nav-only/">nav</a>'
)


def test_findings_are_at_their_source(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    docs.mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    (docs / "guide.md").write_text(SOURCE, "utf-8")
    (docs / "other.md").write_text("# Other\n\n## Part\n", "utf-8")
    pages = {
        "guide/index.html": BUILT,
        "other/index.html": '<h2 id="part">P</h2><a href="../nav-only/">nav</a>',
        "index.html": '<a href="guide/">g</a><a href="other/">o</a>',
    }
    for path, text in pages.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, "utf-8")
    findings = check_site(read_site(site, jobs=1), folder_sources(tmp_path))[0]
    places = [(item.check, item.origin.path, item.origin.line, item.origin.column) for item in findings]
    assert places == [
        ("broken-link", "docs/guide.md", 3, 11),
        ("broken-anchor", "docs/guide.md", 3, 33),
        ("broken-link", "docs/guide.md", 5, 15),
        ("broken-link", "guide/index.html", 1, BUILT.index("../nav-only/") + 1),
    ]
    anchor = findings[1]
    assert [edit.new for edit in anchor.edits] == ["other.md#part"]
    assert SOURCE[anchor.edits[0].start : anchor.edits[0].end] == "other.md#Part"
    assert "guide/index.html, other/index.html" in findings[3].message


def test_cache_and_processes_change_nothing(tmp_path: Path) -> None:
    """The same with what earlier runs have read, with a damaged cache, and with two processes."""
    site = tmp_path / "site"
    for number in range(20):
        place = site / f"p{number}" / "index.html"
        place.parent.mkdir(parents=True)
        place.write_text(f'<p id="a"><p id="a"><a href="../p{number + 1}/#b">x</a>', "utf-8")
    cache = tmp_path / "cache.json"
    cold = read_site(site, cache, jobs=1).pages
    assert cache.is_file()
    assert read_site(site, cache, jobs=1).pages == cold
    assert read_site(site, None, jobs=2).pages == cold
    cache.write_text('{"format": 1, "pages": 3', "utf-8")
    assert read_site(site, cache, jobs=1).pages == cold


def site_of(folder: Path, pages: dict[str, str | bytes]) -> Path:
    for path, text in pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def checks(folder: Path, base_url: str = "") -> list[tuple[str, str, str]]:
    """Check, path and message of what is wrong with a site, without pages that nobody leads to."""
    findings = check_site(read_site(folder, jobs=1), None, base_url)[0]
    return [(item.check, item.origin.path, item.message) for item in findings if item.check != "orphan-page"]


def test_bytes_that_are_no_utf_8_are_printed_and_saved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In addresses, fragments, data and names of files."""
    pages: dict[str, str | bytes] = {
        "index.html": b'<a href="caf\xe9.html">x</a> <a href="miss\xe9/">x</a> <a href="b.html#caf\xe9">x</a>',
        "b.html": "b",
        "caf\u00e9.html": "c",
        "feed.json": '{"version": "https://jsonfeed.org/version/1.1", "home_page_url": "./x\\ud83d/y"}',
        "p\udce9.html": '<a href="nope.html">x</a>',
    }
    site_of(tmp_path / "site", pages)
    for form in ("text", "json", "sarif", "github", "junit"):
        known = tmp_path / f"{form}.json"
        arguments = ["links", "--site", str(tmp_path / "site"), "--no-cache", "--format", form]
        assert main([*arguments, "--save-baseline", str(known)]) == 1
        out = capsys.readouterr().out
        out.encode()
        assert "nope.html" in out
        assert main([*arguments, "--baseline", str(known), "--new-only"]) == 0
        capsys.readouterr()
    assert {check for check, _, _ in checks(tmp_path / "site")} == {
        "wrong-encoding", "broken-anchor", "broken-link", "broken-data"
    }  # fmt: skip


def test_address_of_a_site_is_not_that_of_a_stub(tmp_path: Path) -> None:
    """An alias at the root has the canonical address of the page that it leads to."""
    stub = (
        '<link rel="canonical" href="https://x.org/en/"><meta http-equiv="refresh" content="0; url=https://x.org/en/">'
    )
    pages: dict[str, str | bytes] = {
        "index.html": stub,
        "en/index.html": '<link rel="canonical" href="https://x.org/en/"><a href="https://x.org/nl/">n</a>',
        "nl/index.html": '<link rel="canonical" href="https://x.org/nl/"><a href="/en/gone/">n</a>',
    }
    assert [message for _, _, message in checks(site_of(tmp_path, pages))] == ["'/en/gone/' does not exist"]


def test_redirect_rules_with_a_pattern_serve_what_they_match(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "_redirects": "/old/* /b/:splat\n/blog/:year/x /b\n/* /index.html 200\n",
        "index.html": '<a href="old/a/b.html">1</a><a href="blog/2020/x">2</a><a href="older/">3</a>',
    }
    assert [message.split(";")[0] for _, _, message in checks(site_of(tmp_path, pages))] == ["'older/' does not exist"]


def test_refresh_for_readers_without_scripts_makes_no_stub(tmp_path: Path) -> None:
    refresh = '<meta http-equiv="refresh" content="0; url=nojs.html">'
    pages: dict[str, str | bytes] = {
        "index.html": f'<noscript>{refresh}</noscript><a href="nojs.html">x</a>',
        "nojs.html": '<a href="index.html">home</a>',
    }
    assert checks(site_of(tmp_path, pages)) == []
    assert checks(site_of(tmp_path, {"index.html": f'{refresh}<a href="nojs.html">x</a>'}))[0][0] == "redirected-link"


def test_base_counts_for_places_of_the_page_itself(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "index.html": '<p id="here"><a href="sub/">s</a>',
        "sub/index.html": '<base href="../"><p id="own"><a href="#here">h</a><a href="#own">o</a>',
    }
    assert [message for _, _, message in checks(site_of(tmp_path, pages))] == ["'/' has no place '#own'"]


def test_data_in_css_holds_no_addresses(tmp_path: Path) -> None:
    drawing = "url(data:image/svg+xml;utf8,<svg xmlns='x'><path fill='url(#a)'/></svg>)"
    pages: dict[str, str | bytes] = {
        "index.html": '<link rel="stylesheet" href="a.css">',
        "a.css": f".a {{ background: {drawing} }} .b {{ background: url(gone.png) }}",
    }
    assert [message for _, _, message in checks(site_of(tmp_path, pages))] == ["'gone.png' does not exist"]


def test_an_odd_page_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """An iframe, or a comment full of links, sends the page to the tokenizer before its parts are joined again."""
    size = 0
    read = Scanner._read

    def counted(self: Scanner, data: bytes) -> object:
        nonlocal size
        size += len(data)
        return read(self, data)

    monkeypatch.setattr(Scanner, "_read", counted)
    links = b"".join(b'<a href="p%d.html">p</a>' % number for number in range(2000))
    for lead in (b"<iframe src=x></iframe>", b'<p title="a < b">', b"<template>x</template>", b"<!--", b"<script>"):
        size = 0
        Scanner().scan(lead + links)
        assert size < 2 * len(links)


def test_links_to_folders_are_followed_within_the_tree(tmp_path: Path) -> None:
    """Once, so that they cannot multiply; what leads nowhere and what is no file is passed over."""
    for name in ("site/1.2/a", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text("x", "utf-8")
    site = tmp_path / "site"
    (site / "index.html").write_text('<a href="latest/a/">a</a><a href="out/">o</a><a href="dead.html">d</a>', "utf-8")
    for name, target in (("latest", "1.2"), ("out", "../elsewhere"), ("dead.html", "none.html"), ("1.2/up", "..")):
        (site / name).symlink_to(target)
    os.mkfifo(site / "pipe.html")
    assert set(read_site(site, jobs=1).files) == {"index.html", "1.2/a/index.html", "latest/a/index.html"}
    messages = sorted(message.split(";")[0] for _, _, message in checks(site))
    assert messages == ["'dead.html' does not exist", "'out/' does not exist"]


def test_sources_have_hidden_files_and_folders_named_site(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "mkdocs.yml": (
            "site_name: x\nnav:\n  # - Old: Guide.md\n  - Home: index.md\n  - Guide.md: Guide.md\n  - Again: Guide.md\n"
        ),
        "docs/index.md": "![a](.assets/a.png) [s](site/x.md)\n",
        "docs/guide.md": "# Guide\n",
        "docs/.assets/a.png": "",
        "docs/site/x.md": "# X\n",
    }
    site_of(tmp_path, pages)
    assert main(["links", str(tmp_path), "--fix", "-q"]) == 0
    mended = "  - Guide.md: guide.md\n  - Again: guide.md\n"
    assert (tmp_path / "mkdocs.yml").read_text("utf-8").endswith(f"  # - Old: Guide.md\n  - Home: index.md\n{mended}")


def test_a_folder_without_markdown_is_an_error(tmp_path: Path) -> None:
    assert main(["links", str(tmp_path)]) == 2
