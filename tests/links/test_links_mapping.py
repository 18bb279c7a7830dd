"""What is wrong with a built site is reported at the lines of its source, once each, with the pages that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knooppunt.cli import main
from knooppunt.links.gather import folder_sources
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
