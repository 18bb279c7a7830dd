"""Links of sources: defects with their place and edit, and traps that stay silent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from knooppunt.catalogs import parse_po
from knooppunt.cli import main
from knooppunt.fix import prove_urls
from knooppunt.links.check_sources import check_sources
from knooppunt.links.collect import catalog_links, page_links
from knooppunt.links.gather import folder_sources
from knooppunt.links.htmltext import tags
from knooppunt.links.pagescan import Scanner, decoded, scan_whole
from knooppunt.model import Edit
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.model import Finding

PAGES = {
    "index.md": "# Home\n\n[guide](guide/network.md)\n",
    "guide/network.md": "# Network\n\n## Limits {#limits}\n\n## Grenzen überall\n",
    "guide/storage-classes.md": "# Storage\n",
    "img/picture.png": "",
    "mkdocs.yml": "",
}

DEFECTS = [
    ("[x](guide/none-such.md)", "broken-link", None),
    ("[x](storage-classes.md)", "broken-link", "guide/storage-classes.md"),
    ("[x](guide/Network.md)", "wrong-case", "guide/network.md"),
    ("[x](guide/network.md#nothing)", "broken-anchor", None),
    ("[x](guide/network.md#Limits)", "broken-anchor", "guide/network.md#limits"),
    ("[x](#none)", "broken-anchor", None),
    ("![x](img/none.png)", "broken-image", None),
    ("![x](img/Picture.PNG)", "wrong-case", "img/picture.png"),
    ("[x][a]\n\n[a]: guide/gone-away.md", "broken-link", None),
    ("[x][undefined label]", "undefined-reference", None),
    ('<a href="nowhere-html/">x</a>', "broken-link", None),
    ('<img src="img/none-html.png" alt="">', "broken-link", None),
    ("[x](guide/network%252Emd)", "wrong-encoding", None),
    ("[x](file:///C:/a.md)", "local-link", None),
]

TRAPS = [
    "[x](guide/network.md#limits)",
    "[x](guide/network.md#grenzen-%C3%BCberall)",
    "[x](guide/network.md#grenzen-überall)",
    "[x](guide/network.md?plain=1)",
    "[x](guide/)",
    "[x](#)",
    "[x](mailto:a@example.com)",
    "[x](https://example.com/none.md)",
    "`[x](none.md)`",
    "    [x](none.md)",
    "```\n[x](none.md)\n```",
    "<!-- [x](none.md) -->",
    "[x]({{ url }}/none.md)",
    "[x](guide/network.md 'a title')",
    "[x](<guide/network.md>)",
    "![x](img/picture.png){ width=3 }",
    "[x](PLACEHOLDER_URL)",
    "a[0][1] and [ ] a task",
]


def tree(folder: Path, extra: dict[str, str]) -> Path:
    for path, text in {**PAGES, **extra}.items():
        if path != "mkdocs.yml" or text:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    return folder


def found(folder: Path) -> list[Finding]:
    return check_sources(folder_sources(folder))[0]


@pytest.mark.parametrize(("text", "check", "right"), DEFECTS)
def test_defect(tmp_path: Path, text: str, check: str, right: str | None) -> None:
    """The check, the place, and an edit where one target is certain."""
    [finding] = found(tree(tmp_path, {"page.md": f"# Page\n\nSee {text}\n"}))
    assert (finding.check, finding.origin.path) == (check, "page.md")
    assert finding.origin.line >= 3
    written = (tmp_path / "page.md").read_text("utf-8")
    certain = [edit for edit in finding.edits if finding.safe]
    if right is None:
        assert certain == [] or check == "wrong-encoding"
    else:
        assert [edit.new for edit in certain] == [right]
        assert written[certain[0].start : certain[0].end] in text


@pytest.mark.parametrize("text", TRAPS)
def test_trap(tmp_path: Path, text: str) -> None:
    body = text if text.startswith(("`", "    ", "<!--")) else f"See {text}"
    assert found(tree(tmp_path, {"page.md": f"# Page\n\n{body}\n"})) == []


def test_nav_and_redirects_of_mkdocs(tmp_path: Path) -> None:
    """Entries lead to pages, and what has moved by a redirect is mended where it is linked."""
    config = (
        "site_name: x\ndocs_dir: docs\nnav:\n  - Home: index.md\n  - Gone: none.md\n"
        "plugins:\n  - redirects:\n      redirect_maps:\n        old.md: new.md\n        older.md: nowhere.md\n"
    )
    docs = {"docs/index.md": "# Home\n\n[old](old.md#a)\n", "docs/new.md": "# New\n\n## A\n"}
    for path, text in {"mkdocs.yml": config, **docs}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    findings = found(tmp_path)
    assert [(item.origin.path, item.origin.line, item.check) for item in findings] == [
        ("docs/index.md", 3, "broken-link"),
        ("mkdocs.yml", 5, "broken-nav"),
        ("mkdocs.yml", 10, "broken-redirect"),
    ]
    assert [edit.new for edit in findings[0].edits] == ["new.md#a"]
    assert findings[0].safe


def test_locale_parity(tmp_path: Path) -> None:
    """A link from a Dutch page to an English one goes to the Dutch one where that exists."""
    pages = {
        f"{code}/{name}.md": f"# {name}\n" for code in ("en", "nl") for name in ("index", "guide", "network", "storage")
    }
    pages["nl/index.md"] = (
        "# x\n\n[gids](../en/guide.md)\n[Lees in het Engels](../en/guide.md)\n[weg](only.md)\n[goed](guide.md)\n"
    )
    pages["en/only.md"] = "# Only\n"
    for path, text in pages.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    findings = found(tmp_path)
    assert [(item.check, item.origin.line) for item in findings] == [("wrong-locale", 3), ("untranslated-target", 5)]
    assert [edit.new for edit in findings[0].edits] == ["guide.md"]


def test_fix_writes_what_is_certain_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# Page\n\n[a](guide/Network.md#Limits) `guide/Network.md` [b](none.md)\r\n"
    tree(tmp_path, {})
    (tmp_path / "page.md").write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    assert main(["links", str(tmp_path), "--fix", "-q"]) == 1
    assert main(["links", str(tmp_path), "--fix", "-q"]) == 1
    mended = text.replace("(guide/Network.md#Limits)", "(guide/network.md#limits)")
    assert (tmp_path / "page.md").read_bytes() == mended.encode()


def test_diff_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree(tmp_path, {"page.md": "[a](guide/Network.md)\n"})
    main(["links", str(tmp_path), "--diff"])
    assert "guide/network.md" in capsys.readouterr().out
    assert (tmp_path / "page.md").read_text("utf-8") == "[a](guide/Network.md)\n"


def test_what_is_known_stays_so_when_its_message_changes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Near names and the pages that show a link come and go; the link is the same."""
    tree(tmp_path, {"page.md": "# Page\n\n[a](gone-for-good.md) [b](#lost-place) [c][long-label]\n"})
    baseline = str(tmp_path / "known.json")
    command = ["links", str(tmp_path), "-q"]
    assert main([*command, "--save-baseline", baseline]) == 1
    before = capsys.readouterr().out
    (tmp_path / "page.md").write_text(
        "# Page\n\n[a](gone-for-good.md) [b](#lost-place) [c][long-label]\n\n"
        "# Lost places\n\n[long-labels]: https://a.example/\n",
        "utf-8",
    )
    (tmp_path / "gone-for-goods.md").write_text("# Near\n", "utf-8")
    assert main(command) == 1
    assert capsys.readouterr().out.count("; there is '") > before.count("; there is '"), "the messages are others"
    assert main([*command, "--baseline", baseline, "--new-only"]) == 0


@pytest.mark.parametrize(
    "text", ['{"version": 1, "known": []}', '{"version": 2, "known": [{"check": "a"}]}', "[]", "{"]
)
def test_a_baseline_of_another_form_is_refused(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    tree(tmp_path, {})
    (tmp_path / "known.json").write_text(text, "utf-8")
    assert main(["links", str(tmp_path), "--baseline", str(tmp_path / "known.json")]) == 2
    error = capsys.readouterr().err
    assert "known.json:" in error
    assert "anew" in error or "--save-baseline" in error


def test_baseline(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is known passes, also when it moves by a line; what is new does not."""
    tree(tmp_path, {"page.md": "[a](gone-for-good.md)\n"})
    baseline = str(tmp_path / "known.json")
    assert main(["links", str(tmp_path), "--save-baseline", baseline, "-q"]) == 1
    (tmp_path / "page.md").write_text("# New\n\n[a](gone-for-good.md)\n", "utf-8")
    capsys.readouterr()
    assert main(["links", str(tmp_path), "--baseline", baseline, "--new-only", "-q"]) == 0
    assert capsys.readouterr().out == ""
    (tmp_path / "page.md").write_text("[a](gone-for-good.md) [b](gone-for-good.md)\n", "utf-8")
    assert main(["links", str(tmp_path), "--baseline", baseline, "--new-only", "-q"]) == 1
    assert main(["links", str(tmp_path), "--baseline", str(tmp_path / "none.json")]) == 2
    assert main(["links", str(tmp_path), "--new-only"]) == 2


@pytest.mark.parametrize("form", ["json", "sarif", "github", "junit"])
def test_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    tree(tmp_path, {"page.md": "[a](gone-for-good.md)\n"})
    assert main(["links", str(tmp_path), "--format", form]) == 1
    out = capsys.readouterr().out
    assert "gone-for-good" in out
    if form in {"json", "sarif"}:
        json.loads(out)


def test_parts_and_whole_page_agree() -> None:
    """Reading a page in parts gives what the tokenizer gives."""
    pieces = [
        '<a href="a">', "<A HREF=b>",
        "<p id=x>", "<!-- ", " -->", "<script>", "</script>", "<style>p{background:url(c)}",
        "</style>", '<a title="<a ">', '<img src="d" srcset="e 2x, f">', "text", "<", "<a ", '">', "</a>", "<title>",
        "</title>", '<link rel="canonical" href="g">', "<template>", "</template>", "<b", ">", "'",
    ]  # fmt: skip
    scanner = Scanner()
    number = 7
    for _ in range(1500):
        chosen = []
        for _ in range(9):
            number = (number * 1103515245 + 12345) % 2**31
            chosen.append(pieces[(number >> 8) % len(pieces)])
        data = "".join(chosen).encode()
        assert scanner.scan(data) == scan_whole(decoded(data)), data


def test_tokenizer_is_linear() -> None:
    for hostile in ("<a " * 50_000, "<a b='" * 20_000, "<!--" * 50_000, "<script>" * 20_000, "<a " + "x=" * 50_000):
        list(tags(hostile))


ESCAPED = [
    '<img src="img/One.png?a=1&amp;b=2&amp;c=3">',
    '<img srcset="img/two.png?a=1&amp;b=2 1x, img/Two.png?c&amp;d 2x">',
    '<p style="background:url(img/Two.png?a&amp;b)">x</p>',
    r"[x](foo\_Bar.md)",
]


@pytest.mark.parametrize("text", ESCAPED)
def test_no_edit_where_the_text_has_other_letters(tmp_path: Path, text: str) -> None:
    """With `&amp;` or a backslash it is not known where the URL ends: it is reported, and stays as it is."""
    for name in ("img/one.png", "img/two.png", "foo_bar.md", "mkdocs.yml"):
        place = tmp_path / ("" if name == "mkdocs.yml" else "docs") / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("site_name: x\nuse_directory_urls: false\n" if name == "mkdocs.yml" else "# x\n", "utf-8")
    page = tmp_path / "docs" / "index.md"
    page.write_text(f"# Home\n\n{text}\n", "utf-8")
    assert [item.check for item in found(tmp_path)] == ["wrong-case"]
    assert main(["links", str(tmp_path), "--fix", "-q"]) == 1
    assert page.read_text("utf-8") == f"# Home\n\n{text}\n"


def test_new_address_of_another_host_is_not_written_over_other_letters() -> None:
    """A link in a page or a catalog that is escaped in its text shows no text that could be edited."""
    page = parse_page('<a href="https://x.org/?a&amp;b">x</a> <a href="https://x.org/?a&c">y</a>\n', path="a.md")
    assert [link.shows for link in page_links(page, "a.md")] == ["", "page"]
    catalog = parse_po('msgid "a"\nmsgstr "b <a href=\\"https://x.org/?a&amp;b\\">c</a> [d](https://x.org/)"\n', "a.po")
    assert [link.shows for link in catalog_links(catalog, "a.md", "nl")] == ["entry", ""]


@pytest.mark.parametrize("after", ["mp;b=2", "/x", "?a", "#a", "&amp;x", ".b"])
def test_an_edit_ends_where_a_url_ends(after: str) -> None:
    text = f'<a href="old{after}">'
    start = text.index("old")
    assert prove_urls(text, text, [Edit(start, start + 3, "new")])
    assert prove_urls('<a href="old">', '<a href="new">', [Edit(9, 12, "new")]) is None


def test_escapes_and_definitions_are_read_as_the_page_shows_them(tmp_path: Path) -> None:
    """Backslashes before signs are none of the URL; of a label the last definition counts; a URL may be behind it."""
    text = "# Page\n\n[x](a\\_b\\(c\\).md) [one] [two]\n\n"
    text += "[one]: gone-1.md\n[one]: guide/network.md\n\n[two]:\n  gone-2.md\n"
    findings = found(tree(tmp_path, {"page.md": text, "a_b(c).md": "# A\n"}))
    assert [(item.check, item.origin.line, item.origin.column) for item in findings] == [("broken-link", 9, 3)]
