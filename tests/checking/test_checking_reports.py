"""What people and programs are told: word by word differences, JSON by its schema, figures, and a page of them."""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from checking_cases import checked, dutch, read, write
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from knooppunt.checking import Stats, Tally, count_sentences, score
from knooppunt.cli import main
from knooppunt.model import Severity
from knooppunt.reports.views import schemas, stats_page
from knooppunt.reports.views.diff import percent

WORDS = "knooppunt\nknooppunten\nvoorbeeld\n"
TERMS = "pod:\n  source: pod\n  use: pod\n  plural: pods\n  never: [peul, peulen]\n"
SELECT = ("--select", "split-compound,wrong-term,broken-link")
TEXT = "# Peul\n\nDe knoop punten van `a  b` <b>&amp; peulen</b>.\n\nVoor beeld. [a](b.md)\n"
MENDED = "# Pod\n\nDe knooppunten van `a  b` <b>&amp; pods</b>.\n\nVoor beeld. [a](b.md)\n"
FILES = {
    "mkdocs.yml": "site_name: Klein\ntheme: {name: material}\nplugins: [knooppunt]\n",
    "docs/index.md": "# Home\n",
    "locales/nl/locale.yml": "name: Nederlands\n",
    "locales/nl/terms.yml": TERMS,
    "locales/nl/words.txt": WORDS,
    "tree/a.md": TEXT,
    "tree/b/c.md": "Goed.\n",
}


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(write(tmp_path, FILES))
    return tmp_path


def run(*words: str) -> int:
    return main(["check", "tree", "--locale", "nl", *SELECT, *words])


def test_frequent_words_are_spelled_as_they_are_written(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name keeps its capitals; a word that now and then begins a sentence does not get one."""
    (tree / "tree" / "a.md").write_text(
        "Gebruik power shell.\n\nVoor beeld: het voor beeld, een voor beeld.\n\nDat power shell.\n", encoding="utf-8"
    )
    run("--stats", "--format", "json")
    types = json.loads(capsys.readouterr().out)["types"]
    assert {item["old"]: item["new"] for item in types} == {"power shell": "PowerShell", "voor beeld": "voorbeeld"}


def test_differences_are_shown_word_by_word(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what speaks for each, and what is not written."""
    assert run("--diff") == 1
    lines = capsys.readouterr().out.splitlines()
    assert "    # [-Peul-]{+Pod+}" in lines
    assert any(
        re.match(r"tree/a\.md:3:4: split-compound: fix [\d.]+ %: 'knoop punten' is one word", line) for line in lines
    )
    assert "    De [-knoop punten-]{+knooppunten+} van `a  b` <b>&amp; peulen</b>." in lines
    assert any(re.match(r"tree/a\.md:5:1: split-compound: suggest [\d.]+ %, not written: ", line) for line in lines)
    assert "    [-Voor beeld-]{+Voorbeeld+}. [a](b.md)" in lines
    assert "tree/a.md:5:13: broken-link: 'tree/b.md' does not exist" not in lines
    assert any("broken-link" in line for line in lines)
    assert lines[-1] == "3 fixes in 1 file would be written by --fix, 1 suggestion not."
    assert read(tree)["tree/a.md"].decode() == TEXT


def test_colours_take_the_place_of_brackets(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--diff", "--color", "always")
    assert "De \x1b[31mknoop punten\x1b[0m\x1b[32mknooppunten\x1b[0m van" in capsys.readouterr().out


def test_a_patch_is_one_and_nothing_else(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--patch") == 1
    assert capsys.readouterr().out == (
        "--- tree/a.md\n+++ tree/a.md (fixed)\n@@ -1,5 +1,5 @@\n-# Peul\n+# Pod\n \n"
        "-De knoop punten van `a  b` <b>&amp; peulen</b>.\n+De knooppunten van `a  b` <b>&amp; pods</b>.\n \n"
        " Voor beeld. [a](b.md)\n"
    )
    assert read(tree)["tree/a.md"].decode() == TEXT


def test_fixes_are_written_and_told(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--fix") == 1
    output = capsys.readouterr().out
    assert read(tree)["tree/a.md"].decode() == MENDED
    assert "2 findings in 2 files." in output
    assert "3 fixes written to 1 file." in output
    assert run("--fix", "--fix-above", "0.5") == 1
    assert read(tree)["tree/a.md"].decode() == MENDED.replace("Voor beeld", "Voorbeeld")


def test_json_has_every_edit_and_is_by_its_schema(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("--format", "json")
    before = json.loads(capsys.readouterr().out)
    run("--diff", "--format", "json")
    after = json.loads(capsys.readouterr().out)
    for document in (before, after):
        Draft202012Validator(schemas.REPORT).validate(document)
    assert before["fixes"] == []
    assert len(before["findings"]) == 5
    assert [item["fixable"] for item in before["findings"]] == [True, True, True, False, False]
    fix = after["fixes"][1]
    assert fix["tier"] == "fix"
    assert fix["confidence"] > 0.99
    edit = fix["edits"][0]
    assert TEXT[edit["start"] : edit["end"]] == edit["old"]
    assert (edit["old"], edit["new"]) == ("knoop punten", "knooppunten")
    assert (edit["before"], edit["after"]) == ("De ", " van `a  b` <b>&amp; peulen</b>.")
    assert after["findings"][0]["edits"][0]["tier"] == "suggest"


def test_every_format_gives_the_same_with_more_processes(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(20):
        (tree / f"tree/{number}.md").write_text(TEXT, encoding="utf-8")
    for words in (("--format", "sarif"), ("--format", "junit"), ("--stats",), ("--diff",), ("--format", "github")):
        outputs = []
        for jobs in ("1", "2"):
            run(*words, "--jobs", jobs)
            outputs.append(capsys.readouterr().out)
        assert outputs[0] == outputs[1]
        assert "19.md" in outputs[0] or "--stats" in words


def test_figures_before_and_after(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--stats") == 1
    text = capsys.readouterr().out
    assert text.startswith("2 files, 4 sentences, ")
    assert re.search(r"^ +1  knoop punten +knooppunten +split-compound +[\d.]+ % +1$", text, re.MULTILINE)
    assert read(tree)["tree/a.md"].decode() == TEXT
    assert run("--stats", "--format", "json") == 1
    document = json.loads(capsys.readouterr().out)
    Draft202012Validator(schemas.STATS).validate(document)
    assert document["before"]["classes"]["wrong-term"] == {
        "count": 2, "per_1000_sentences": 500.0, "severities": {"error": 2},
    }  # fmt: skip
    assert "wrong-term" not in document["after"]["classes"]
    assert document["after"]["score"] > document["before"]["score"]
    assert [item["path"] for item in document["worst"]] == ["tree/a.md"]
    assert run("--stats", "--format", "sarif") == 2
    assert run("--stats", "--fix", "--quiet") == 1
    assert read(tree)["tree/a.md"].decode() == MENDED


class Page(HTMLParser):
    """Tags and what could load something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "srcset", "onclick", "onerror"}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_needs_nothing_and_escapes_everything(tree: Path) -> None:
    (tree / "tree/<img src=x onerror=alert(1)>.md").write_text("Een peul.\n", encoding="utf-8")
    (tree / "tree/b/d.md").write_text("Een knoop punt & peulen.\n", encoding="utf-8")
    assert run("--stats-page", "page.html", "--quiet") == 1
    text = (tree / "page.html").read_text(encoding="utf-8")
    page = Page()
    page.feed(text)
    assert page.open == []
    assert "img" not in page.tags
    assert "&lt;img src=x onerror=alert(1)&gt;.md" in text
    assert "url(" not in text
    assert "@import" not in text
    assert "prefers-color-scheme: dark" in text
    assert stats_page.render(Stats()).count("<table>") == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--min-confidence", "2"), "--min-confidence 2 is no confidence"),
        (("--fix-above", "0.9"), "--fix-above says which suggestions are written"),
        (("--jobs", "0"), "--jobs 0 is no number of processes"),
        (("--source", "gone"), "there is no file or folder"),
        (("--locale", "de"), "give --locale once"),
    ],
)
def test_wrong_options_have_one_clear_error(
    tree: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str
) -> None:
    assert run(*words) == 2
    assert message in capsys.readouterr().err


def test_a_source_goes_with_one_translation(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "tree", "tree/a.md", "--locale", "nl", "--source", "docs"]) == 2
    assert "--source goes with one page or folder" in capsys.readouterr().err
    assert main(["check", "--source", "docs"]) == 2
    assert "--source needs the page or folder that is its translation" in capsys.readouterr().err


def test_any_folder_is_checked_without_a_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And a locale that a project around does not have is no error."""
    monkeypatch.chdir(write(tmp_path, {"a.md": "Zie [dit](https://example.org) , en dat.\n"}))
    assert main(["check", "a.md", "--locale", "nl", "--fix", "--select", "stray-space"]) == 0
    assert "1 fix written to 1 file." in capsys.readouterr().out
    assert read(tmp_path)["a.md"] == b"Zie [dit](https://example.org), en dat.\n"
    assert main(["check", "a.md", "--locale", "Dutch"]) == 2
    assert "'Dutch' is not a BCP 47 tag" in capsys.readouterr().err
    write(tmp_path, FILES)
    assert main(["check", "a.md", "--locale", "sv"]) == 0


# Figures -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("12 - 14", 0),
        ("Een kop", 1),
        ("Een zin.", 1),
        ("Een zin. Nog een! En? Ja.", 4),
        ("Versie 4.0 van b.v. dit, enz. en zo.", 1),
        ("一つ目の文。二つ目の文。", 2),
        ("جملة أولى؟ جملة ثانية.", 2),
        ("\ufffc is code. \ufffc too.", 1),
    ],
)
def test_sentences_are_counted_alike_in_every_language(text: str, count: int) -> None:
    assert count_sentences(text) == count


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_score_falls_with_every_finding(sentences: int, findings: int) -> None:
    assert 0 <= score(sentences, findings + 1) <= score(sentences, findings) <= 100
    assert (score(sentences, findings) == 100) == (findings == 0)


def test_a_tally_is_a_sum(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "Een peul. Een peul.\n", "b.md": "Een peul ligt daar.\n"})
    results, checking = checked(tmp_path, dutch(), stats=True, fix=True, select=("wrong-term",))
    assert checking.stats is not None
    total = Tally()
    for result in results:
        assert result.before is not None
        total.merge(result.before)
    assert checking.stats.before == total
    assert total.classes == {("wrong-term", Severity.ERROR): 3}
    assert (total.count("wrong-term"), total.rate("wrong-term"), total.score) == (3, 1000.0, 50.0)
    assert checking.stats.after.score == 100


def test_percent_is_never_rounded_up() -> None:
    assert [percent(value) for value in (0.99999, 1.0, 0.97, 0.9951, None)] == ["99.9 %", "100 %", "97 %", "99.5 %", ""]


def keys(schema: Any) -> set[str]:
    """Names of all properties of a schema."""
    if isinstance(schema, dict):
        own = set(schema.get("properties", {}))
        return own.union(*(keys(value) for value in schema.values()))
    return set().union(*(keys(value) for value in schema)) if isinstance(schema, list) else set()


def test_every_key_of_the_reports_is_in_the_handbook() -> None:
    root = Path(__file__).parents[2]
    text = (root / "docs/handbook/checking-anything.md").read_text(encoding="utf-8")
    for key in keys([schemas.REPORT, schemas.STATS]):
        assert f"`{key}`" in text, key


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_patch_can_be_applied(tree: Path, capsys: pytest.CaptureFixture[str], end: str) -> None:
    """Whatever else looks like the end of a line: U+2028, a form feed, a carriage return alone."""
    text = f"Een peul.\u2028Nog een\x0cpeul, en een peul.{end}"
    (tree / "tree" / "a.md").write_bytes(text.encode("utf-8"))
    assert run("--patch", "--quiet") == 0
    patch = capsys.readouterr().out
    subprocess.run(["git", "apply", "-p0", "-"], input=patch.encode("utf-8"), check=True, cwd=tree)
    assert (tree / "tree" / "a.md").read_bytes() == text.replace("peul", "pod").encode("utf-8")


def test_a_file_name_of_other_bytes_is_shown(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "tree" / "a.md").rename(tree / "tree" / "\udcff.md")
    assert run("--format", "sarif") == 1
    assert "%FF.md" in capsys.readouterr().out
    assert run("--stats-page", "page.html", "--quiet") == 1
