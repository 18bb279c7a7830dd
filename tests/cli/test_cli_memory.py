"""The verb memory: what it prints for people and programs, and one clear error for what makes no sense."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from small_project import make_project, snapshot

from knooppunt.cli import main, make_parser
from knooppunt.memory import CUTOFF

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CATALOG = "locales__nl__LC_MESSAGES__index.po"
ENTRIES = (
    'msgid "Home"\nmsgstr "Begin"\n\nmsgid "A pod holds at most 60 containers."\n'
    'msgstr "Een pod bevat hoogstens 60 containers."\n\nmsgid "Read\\nme"\nmsgstr "Lees\\x1b[31m\\nmij"\n'
)
TMX = (
    '<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en"/><body>\n'
    '<tu><tuv xml:lang="en"><seg>Stop the pod.</seg></tuv><tuv xml:lang="nl"><seg>Stop de pod.</seg></tuv></tu>\n'
    '<tu><tuv xml:lang="en"><seg>Go.</seg></tuv></tu>\n</body></tmx>\n'
)


@pytest.fixture
def root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A small project with a few translations."""
    made = make_project(tmp_path / "project", **{CATALOG: HEADER + ENTRIES, "locales__nl__memory__old.tmx": TMX})
    capsys.readouterr()
    return made


def run(root: Path, *words: str) -> int:
    """The exit status of `knooppunt memory` in a project."""
    return main(["memory", *words, "--project", str(root)])


def document(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The JSON document that it prints."""
    assert run(root, *words, "--format", "json") == 0
    output = capsys.readouterr()
    assert output.err == ""
    found: dict[str, Any] = json.loads(output.out)
    assert found["version"] == 1
    return found


def test_search_shows_texts_with_translations(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Score, text, translation as it may be used, and where it is from."""
    assert run(root, "search", "A pod holds", "at most 5 containers.", "--locale", "nl") == 0
    assert capsys.readouterr().out == (
        " 99 %  A pod holds at most 60 containers.\n"
        "       Een pod bevat hoogstens 5 containers.\n"
        "       index, translated; 5 put in for 60\n"
    )
    assert run(root, "search", "Nothing is like this") == 0
    assert capsys.readouterr().out == "Nothing is 70 % like this text.\n"


def test_a_hostile_translation_cannot_steer_the_terminal(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters are replaced, and a text of several lines is one line."""
    assert run(root, "search", "Read me", "--least", "50") == 0
    output = capsys.readouterr().out
    assert "       Lees\ufffd[31m mij\n" in output


def test_search_for_programs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All that is known of a match."""
    found = document(root, capsys, "search", "Stop the pods.", "--limit", "1")
    assert found == {
        "version": 1,
        "locale": "nl",
        "text": "Stop the pods.",
        "matches": [
            {
                "score": 96,
                "source": "Stop the pod.",
                "target": "Stop de pod.",
                "translation": "Stop de pod.",
                "swaps": [],
                "left": [],
                "count": 1,
                "origin": "memory/old.tmx",
                "context": None,
                "state": None,
                "obsolete": False,
                "imported": True,
                "author": "",
                "date": "",
            }
        ],
    }


def test_concordance_marks_the_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal in colour, elsewhere plainly; in the texts or in the translations."""
    assert run(root, "concordance", "po*", "--color", "always", "--limit", "1") == 0
    output = capsys.readouterr().out
    assert "Stop the \x1b[33mpod\x1b[0m.\n    Stop de pod.\n" in output
    assert output.endswith("2 texts, 1 of them shown; see --limit\n")
    assert run(root, "concordance", '"stop de"', "--target") == 0
    assert capsys.readouterr().out == "Stop the pod.\n    Stop de pod.\n    memory/old.tmx\n1 text\n"


def test_concordance_for_programs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ranges are in the text that was searched."""
    found = document(root, capsys, "concordance", "pod", "OR", "home", "--target")
    assert (found["searched"], found["query"], found["total"]) == ("target", "pod OR home", 2)
    for hit in found["hits"]:
        assert [hit["target"][start:end] for start, end in hit["ranges"]] == ["pod"]
        assert hit["units"][0]["origin"] in {"index", "memory/old.tmx"}


def test_import_says_what_it_took(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And a second time that it is there."""
    file = tmp_path / "new.tmx"
    file.write_text(TMX, encoding="utf-8")
    assert run(root, "import", str(file)) == 0
    assert capsys.readouterr().out == (
        "locales/nl/memory/new.tmx: 1 unit, written; 1 unit without both languages passed over\n"
    )
    assert run(root, "import", str(file)) == 0
    assert "1 unit, there already" in capsys.readouterr().out


def test_stats_count_each_locale(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table for people, the same for programs."""
    assert run(root, "stats") == 0
    head, row = capsys.readouterr().out.splitlines()
    counts = dict(zip(head.replace("in two ways", "two").split(), row.split(), strict=True))
    own = int(counts["translated"])
    assert own > 3  # words of Knooppunt's own are translated too
    assert counts == {
        "locale": "nl",
        "units": str(own + 1),
        "texts": str(own),  # "Withdrawn" is the word for a status and for a change
        "approved": "0",
        "translated": str(own),
        "obsolete": "0",
        "imported": "1",
        "two": "0",
    }
    found = document(root, capsys, "stats", "--locale", "nl")
    assert found["locales"][0]["imported"] == {"memory/old.tmx": 1}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("search", " "), "give the text to search for"),
        (("search", "a", "--limit", "0"), "0 is not a number"),
        (("search", "a", "--least", "200"), "200 % like"),
        (("search", "a", "--locale", "fr"), "no locale 'fr'"),
        (("concordance", '"'), "nothing to search for"),
        (("concordance", "a" * 3000), "at most 50 and 2000 characters"),
        (("concordance", "a", "--limit", "-1"), "-1 is not a number"),
        (("import", "gone.tmx"), "gone.tmx: there is no such file"),
        (("import", "BROKEN"), "broken.tmx:2: not XML"),
        (("import", "OTHER"), "locales/nl/memory/old.tmx is there already"),
        (("stats", "--locale", "fr"), "no locale 'fr'"),
    ],
)
def test_what_makes_no_sense_has_one_clear_error(
    words: tuple[str, ...], says: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, nothing on standard output, and the project as it was."""
    names = {"BROKEN": tmp_path / "broken.tmx", "OTHER": tmp_path / "old.tmx"}
    names["BROKEN"].write_text('<tmx version="1.4">\n<body', encoding="utf-8")
    names["OTHER"].write_text(TMX.replace("Stop de", "Eindig de"), encoding="utf-8")
    before = snapshot(root)
    assert run(root, *(str(names.get(word, word)) for word in words)) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert says in output.err
    assert "Traceback" not in output.err
    assert snapshot(root) == before


def test_searching_leaves_nothing_behind(root: Path) -> None:
    """No cache and no index on disk: the memory is made of the catalogs each time."""
    before = snapshot(root)
    cached = sorted(root.rglob("*"))
    assert run(root, "search", "pod") == run(root, "concordance", "pod") == run(root, "stats") == 0
    assert snapshot(root) == before
    assert sorted(root.rglob("*")) == cached


def test_the_verb_itself_needs_no_memory() -> None:
    """Only who searches waits for what searching needs; the default is that of the memory all the same."""
    code = "import sys, knooppunt.cli.memory_; print('knooppunt.memory' in sys.modules)"
    made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert made.stdout == "False\n"
    assert make_parser().parse_args(["memory", "search", "a"]).least == CUTOFF


def test_several_locales_have_to_be_told_apart(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Only the one locale of a project needs no name."""
    assert main(["locale", "add", "de", "--project", str(root), "--quiet"]) == 0
    assert run(root, "search", "pod") == 2
    assert "say which locale with --locale (there: de, nl)" in capsys.readouterr().err
