"""Reports on what changed since a revision: compared in git, shown as HTML, Markdown and annotations, all harmless."""

from __future__ import annotations

import re
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from knooppunt.catalogs import entry_hash, machine_comment, parse_po, render_decision
from knooppunt.cli import main
from knooppunt.errors import DataError, UsageError
from knooppunt.loading import load_project
from knooppunt.model import Entry, State
from knooppunt.reviewing.changed import NEW, SOURCE, STATE, TEXT, compare_catalogs
from knooppunt.reviewing.changed_git import changed_catalogs, find_base
from knooppunt.reviewing.report import Report, make_report, still
from knooppunt.reviewing.report_github import github_report
from knooppunt.reviewing.report_html import html_report
from knooppunt.reviewing.report_markdown import MARK, _code, _line, markdown_report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: nl\\n"\n'
EVIL = "<script>alert(1)</script> @octocat #12 <img src=x onerror=alert(1)> ```\n::error::x"


def po(*entries: str) -> str:
    return "\n".join([HEAD, *entries])


def entry(msgid: str, msgstr: str, *above: str) -> str:
    quoted = [text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") for text in (msgid, msgstr)]
    return "".join(f"{line}\n" for line in above) + f'msgid "{quoted[0]}"\nmsgstr "{quoted[1]}"\n'


OLD = po(
    entry("Stop the pod.", "Stop de peul.", "#, fuzzy", f"# {machine_comment('engine', 'Stop de peul.')}"),
    entry("Read **this** page.", "Lees **deze** pagina."),
    entry("Old words here.", "Oude woorden hier."),
    entry("Gone.", "Weg."),
)
NEW_PO = po(
    entry("Stop the pod.", "Stop de pod.", f"# {machine_comment('engine', 'Stop de peul.')}"),
    entry("Read **this** page.", "Lees **deze** pagina."),
    entry("New words here.", "Oude woorden hier.", "#, fuzzy", '#| msgid "Old words here."'),
    entry("Add a node.", "Voeg een knooppunt toe."),
    entry("Later.", ""),
)


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Mara Vos", "-c", "user.email=mara@docs.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def write(root: Path, catalog: str) -> None:
    place = root / "locales" / "nl" / "LC_MESSAGES" / "page.po"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(catalog, "utf-8")


def approve(root: Path, item: Entry) -> None:
    at = "2026-11-02T10:00:00Z"
    with (root / "locales" / "nl" / "reviews.jsonl").open("a", encoding="utf-8") as stream:
        stream.write(render_decision(None, entry_hash(item), "approve", by="Jan <jan@docs.example>", at=at))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with a catalog that is committed, and then changed."""
    place = tmp_path / "project"
    (place / "docs").mkdir(parents=True)
    (place / "docs" / "page.md").write_text("---\n# a comment\ntitle: The page\n---\n\n# Heading\n", "utf-8")
    (place / "mkdocs.yml").write_text("site_name: Ferry docs\ntheme: material\n", "utf-8")
    (place / "knooppunt.yml").write_text("docs: docs\n", "utf-8")
    (place / "locales" / "nl").mkdir(parents=True)
    (place / "locales" / "nl" / "locale.yml").write_text("name: Nederlands\n", "utf-8")
    write(place, OLD)
    git(place, "init", "--quiet", "--initial-branch=main")
    git(place, "add", "--all", ".")
    git(place, "commit", "--quiet", "--message", "One")
    write(place, NEW_PO)
    approve(place, Entry("Read **this** page.", "Lees **deze** pagina."))
    return place


def report_of(root: Path, since: str | None = None, most: int = 2000) -> Report:
    return make_report(load_project(root), find_base(root, since), most=most)


# Comparing -----------------------------------------------------------------------------------------------------------


def test_each_kind_of_change(root: Path) -> None:
    [change] = changed_catalogs(load_project(root), "nl", find_base(root, None))
    assert [(item.kind, item.state_before, item.state) for item in change.changed] == [
        (TEXT, State.MACHINE, State.TRANSLATED),
        (STATE, State.TRANSLATED, State.APPROVED),
        (SOURCE, State.TRANSLATED, State.STALE),
        (NEW, None, State.TRANSLATED),
    ]
    assert (change.untranslated, change.gone) == (1, 1)
    assert change.changed[2].source_before == "Old words here."


def test_wrapping_and_comments_are_no_change() -> None:
    old, new = parse_po(po(entry("Stop", "Halt")), "a.po"), parse_po(po("# Ask Ada.\n" + entry("Stop", "Halt")), "a.po")
    assert compare_catalogs("a", old, new, (), ()).empty


def test_a_former_wording_that_is_still_there_is_not_taken_twice() -> None:
    old = parse_po(po(entry("Stop", "Halt")), "a.po")
    new = parse_po(po(entry("Stop", "Halt"), entry("Stops", "Halt", "#, fuzzy", '#| msgid "Stop"')), "a.po")
    assert [item.kind for item in compare_catalogs("a", old, new, (), ()).changed] == [NEW]


def test_a_whole_catalog_may_come_or_go() -> None:
    some = parse_po(po(entry("Stop", "Halt")), "a.po")
    assert compare_catalogs("a", some, None, (), ()).gone == 1
    assert [item.kind for item in compare_catalogs("a", None, some, (), ()).changed] == [NEW]


def test_what_another_branch_did_meanwhile_is_no_change(root: Path) -> None:
    """Compared is with what both have in common, as pull requests are."""
    git(root, "switch", "--quiet", "--create", "work")
    git(root, "commit", "--quiet", "--all", "--message", "Work")
    git(root, "switch", "--quiet", "main")
    write(root, OLD.replace("Weg.", "Verdwenen."))
    git(root, "commit", "--quiet", "--all", "--message", "Elsewhere")
    git(root, "switch", "--quiet", "work")
    [change] = changed_catalogs(load_project(root), "nl", find_base(root, "main"))
    assert len(change.changed) == 4


def test_in_a_folder_of_a_repository(root: Path) -> None:
    """The project may be anywhere in its repository."""
    outer = root.parent
    for name in (".git",):
        (root / name).rename(outer / name)
    git(outer, "add", "--all", ".")
    write(root, OLD)
    git(outer, "commit", "--quiet", "--all", "--message", "Moved")
    write(root, NEW_PO)
    [change] = changed_catalogs(load_project(root), "nl", find_base(root, "HEAD"))
    assert {item.kind for item in change.changed} == {TEXT, SOURCE, NEW}


def test_nothing_changed(root: Path) -> None:
    git(root, "add", "--all", ".")
    git(root, "commit", "--quiet", "--message", "Two")
    report = report_of(root)
    assert report.total == 0
    assert "No translation has changed" in html_report(report)
    assert "No translation has changed" in markdown_report(report)
    assert github_report(report) == ""


# Refusals ------------------------------------------------------------------------------------------------------------


def test_unknown_revision(root: Path) -> None:
    with pytest.raises(UsageError, match="git knows no revision 'v9'"):
        find_base(root, "v9")
    with pytest.raises(UsageError, match="git knows no revision '--all'"):
        find_base(root, "--all")


def test_no_history(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no git history"):
        find_base(tmp_path, None)


def test_a_shallow_clone_says_how_to_get_more(root: Path, tmp_path: Path) -> None:
    """Both where the revision is not there, and where it is there and nothing is in common."""
    git(root, "commit", "--quiet", "--all", "--message", "Two")
    git(root, "tag", "old", "HEAD~1")
    git(root, "branch", "side", "HEAD~1")
    git(root, "switch", "--quiet", "side")
    write(root, OLD.replace("Weg.", "Verdwenen."))
    git(root, "commit", "--quiet", "--all", "--message", "Side")
    git(root, "switch", "--quiet", "main")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{root}", str(shallow))
    git(shallow, "tag", "--delete", "old")
    with pytest.raises(UsageError, match=r"'old'.*shallow clone.*--unshallow.*fetch-depth: 0"):
        find_base(shallow, "old")
    with pytest.raises(UsageError, match=r"does not reach back.*'origin/side' and HEAD.*fetch-depth: 0"):
        find_base(shallow, "origin/side")
    assert find_base(shallow, "HEAD").name == "HEAD"


def test_nothing_in_common(root: Path) -> None:
    git(root, "commit", "--quiet", "--all", "--message", "Two")
    git(root, "switch", "--quiet", "--orphan", "other")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "Other")
    with pytest.raises(UsageError, match="no commit in common"):
        find_base(root, "main")


def test_an_old_catalog_that_is_broken_is_named_with_its_revision(root: Path) -> None:
    write(root, "msgid broken\n")
    git(root, "commit", "--quiet", "--all", "--message", "Broken")
    write(root, OLD)
    with pytest.raises(DataError, match=r"HEAD:locales/nl/LC_MESSAGES/page\.po:1"):
        report_of(root)


# HTML ----------------------------------------------------------------------------------------------------------------


class Tags(HTMLParser):
    """All tags and their attributes, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def harmless(text: str) -> Tags:
    """An HTML page with nothing in it that acts or asks."""
    found = Tags(text)
    names = {tag for tag, _ in found.tags}
    assert not names & {"script", "iframe", "object", "embed", "form", "img", "link", "base", "svg", "button"}
    for tag, attributes in found.tags:
        assert not any(name.startswith("on") or name in {"src", "style", "srcset"} for name in attributes), (
            tag,
            attributes,
        )
        assert (attributes.get("href") or "#").startswith("#")
    return found


def test_html_shows_source_before_after_states_findings_and_rendered(root: Path) -> None:
    (root / "locales" / "nl" / "terms.yml").write_text(
        "node:\n  source: node\n  use: node\n  never: [knooppunt]\n  bad: []\n  good: []\n", "utf-8"
    )
    text = html_report(report_of(root))
    harmless(text)
    assert "Stop de <del>peul</del><ins>pod</ins>." in text
    assert "<dt>Translation before</dt>" in text
    assert "<del>Old</del><ins>New</ins> words here." in text
    assert "Lees <strong>deze</strong> pagina." in text
    assert re.search(r'<li class="error"><strong>error</strong> <code>wrong-term</code>', text)
    assert 'lang="nl"' in text
    assert ">The page<" in text  # the comment in the front matter is no title
    assert "100.0 %" not in text
    assert "words changed (HTER): 33.3 %" in text


def test_html_has_a_policy_that_lets_its_style_in_and_nothing_else(root: Path) -> None:
    text = html_report(report_of(root))
    [policy] = [attributes["content"] for tag, attributes in harmless(text).tags if attributes.get("http-equiv")]
    assert policy is not None
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'", policy
    )


def test_html_escapes_whatever_a_catalog_says(root: Path) -> None:
    write(root, po(entry(EVIL, EVIL + ' " onmouseover=x')))
    (root / "mkdocs.yml").write_text('site_name: "<script>alert(2)</script>"\ntheme: material\n', "utf-8")
    found = harmless(html_report(report_of(root)))
    assert "<script>alert(1)</script> @octocat" in found.words  # as text


def test_pictures_and_links_lead_nowhere() -> None:
    html = (
        '<p id="x"><a data-href="https://evil.example" href="#a">See</a><img src="/asset?path=a.png" alt="A > B"></p>'
    )
    assert still(html) == '<p><a>See</a><span class="picture">A > B</span></p>'


def test_segments_beyond_the_bound_are_counted(root: Path) -> None:
    assert report_of(root, most=0).failures == report_of(root).failures > 0
    report = report_of(root, most=1)
    assert (report.total, report.shown) == (4, 1)
    text = html_report(report)
    assert "4 texts changed; the first 1 are shown" in text
    assert "3 more are not shown." in text


# Markdown ------------------------------------------------------------------------------------------------------------


def outside_code(text: str) -> str:
    """What CommonMark reads outside of code, as plain text, links and HTML."""
    found: list[str] = []
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        code = {"code_inline", "fence", "code_block"}
        found += [child.content for child in token.children or [token] if child.type not in code]
    return "\n".join(found)


def test_markdown_shows_what_changed(root: Path) -> None:
    text = markdown_report(report_of(root))
    assert text.startswith(MARK)
    assert "| `nl` | `page` | 4 | 12 | 1 |" in text
    assert "- Stop de peul.\n+ Stop de pod." in text
    assert "  source before: Old words here.\n  source: New words here." in text
    assert "machine → translated" in text


def test_markdown_lets_no_mention_link_or_tag_out(root: Path) -> None:
    write(root, po(entry(EVIL, EVIL), entry("````` [x](https://evil.example)", "| @all | ~~~ [y](javascript:x)")))
    (root / "docs" / "page.md").write_text("# @octocat `code` <b>bold</b> | #3\n", "utf-8")
    outside = outside_code(markdown_report(report_of(root)))
    for word in ("@", "<script", "<img", "<b>", "#12", "#3", "evil.example", "javascript"):
        assert word not in outside.replace(MARK, ""), word


@given(st.text(min_size=1, max_size=80))
def test_a_code_span_holds_any_text(text: str) -> None:
    """The law that the reports stand on: one code span, whatever is in it."""
    spans = [child for token in MarkdownIt().parse(f"x {_code(text)} y") for child in token.children or []]
    kinds = [child.type for child in spans]
    assert kinds == (["text", "code_inline", "text"] if _line(text) and text.strip() else ["text"])


def test_markdown_is_bounded(root: Path) -> None:
    write(
        root, po(*(entry(f"Text {number} {'word ' * 90}", f"Tekst {number} {'woord ' * 90}") for number in range(90)))
    )
    text = markdown_report(report_of(root))
    assert 55_000 < len(text) <= 60_000
    shown = text.count("```diff")
    assert f"{90 - shown} more changed texts have no room here" in text


def test_turning_characters_are_taken_out() -> None:
    assert _line("a\u202eb\u2028c\td") == "a\ufffdb c d"


# GitHub --------------------------------------------------------------------------------------------------------------


def test_annotations_stand_at_the_line_of_the_entry_and_cannot_be_forged(root: Path) -> None:
    write(root, po(entry("Stop %s now.", "Stop nu\n::error file=a::b, 100%: c.")))
    lines = github_report(report_of(root)).splitlines()
    assert lines
    for line in lines:
        assert re.fullmatch(
            r"::(error|warning|notice) file=locales/nl/LC_MESSAGES/page\.po,line=6,col=1,title=[\w-]+::.+", line
        )


# The verb ------------------------------------------------------------------------------------------------------------


def run(root: Path, *arguments: str) -> int:
    return main(["review", *arguments, "--project", str(root)])


def test_the_verb_writes_a_page(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "--report", "--out", str(tmp_path / "out")) == 1  # one text is older than its source
    assert (tmp_path / "out" / "index.html").read_text("utf-8").startswith("<!doctype html>")
    assert "4 changed texts" in capsys.readouterr().out


def test_the_verb_prints_each_format(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, OLD.replace("Weg.", "Verdwenen."))
    assert run(root, "--report", "--format", "markdown", "--since", "main") == 0
    assert capsys.readouterr().out.startswith(MARK)
    write(root, po(entry("Stop the pod of the node.", "Stop de de pod van het knooppunt.")))
    assert run(root, "--report", "--format", "github") == 1
    assert capsys.readouterr().out.startswith("::")


def test_the_verb_prints_figures(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "--figures") == 0
    assert "nl: 13 words in 5 texts" in capsys.readouterr().out
    assert run(root, "--figures", "--format", "csv", "--locale", "nl") == 0
    assert capsys.readouterr().out.startswith("locale,kind,name,")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--figures", "--format", "html"], "--format html is for --report"),
        (["--report", "--format", "csv"], "--format csv is for --figures"),
        (["--figures", "--since", "main"], "--since and --out are for --report"),
        (["--since", "main"], "--since is for"),
        (["--report", "--since", "nowhere"], "git knows no revision 'nowhere'"),
        (["--figures", "--locale", "xx"], "no locale 'xx'"),
    ],
)
def test_the_verb_refuses_what_makes_no_sense(
    root: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, *arguments) == 2
    assert said in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_one_clear_error(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert run(root, "--report", "--out", str(tmp_path / "file" / "out")) == 2
    assert "give another folder with --out" in capsys.readouterr().err


def limits(values: Iterable[str]) -> list[str]:
    return [f"name: Nederlands\nmqm-limit: {value}\n" for value in values]


@pytest.mark.parametrize("text", limits(["-1", "yes", "many", "[3]", "25001"]))
def test_a_limit_that_is_none(root: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "locales" / "nl" / "locale.yml").write_text(text, "utf-8")
    assert run(root, "--figures") == 2
    assert "locales/nl/locale.yml:2: mqm-limit: must be a number from 0 to 25,000" in capsys.readouterr().err


def test_a_limit_is_taken(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "locales" / "nl" / "locale.yml").write_text(limits(["2.5"])[0], "utf-8")
    assert run(root, "--figures", "--format", "json") == 0
    assert '"limit": 2.5' in capsys.readouterr().out
