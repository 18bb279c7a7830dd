"""The verb `adopt`: two trees in, catalogs and a report out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from small_project import make_project, snapshot

from knooppunt.catalogs import entry_state, parse_po
from knooppunt.cli import main
from knooppunt.model import State

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.catalogs import Catalog

HOME_NL = "---\ntitle: Start\n---\n\n# Start\n\nPods draaien op [virtuele knooppunten](limits/index.md).\n"
LIMITS_NL = "# Limieten\n\n## Volgende stappen\n\nLees verder.\n"
HOME = "locales/nl/LC_MESSAGES/index.po"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project, and the Dutch site that was there before it."""
    root = make_project(tmp_path / "project")
    (root / "old/limits").mkdir(parents=True)
    (root / "old/index.md").write_text(HOME_NL, encoding="utf-8")
    (root / "old/limits/index.md").write_text(LIMITS_NL, encoding="utf-8")
    return root


def adopt(root: Path, *arguments: str, source: str = "docs", old: str = "old") -> int:
    """The verb on the project, Dutch."""
    words = ["adopt", str(root / source), str(root / old), "--locale", "nl", "--project", str(root)]
    return main([*words, *arguments])


def catalog(root: Path, name: str = HOME) -> Catalog:
    """A catalog of the project."""
    return parse_po((root / name).read_text(encoding="utf-8"), name)


def text_of(root: Path, msgid: str, name: str = HOME) -> str:
    """The translation of one text."""
    entry = catalog(root, name).get(None, msgid)
    assert entry is not None
    return entry.msgstr


def test_the_catalogs_of_the_project_are_filled(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pages are found by their paths; records keep their place in the catalog; a second run changes nothing."""
    assert adopt(root, "--verify") == 0
    output = capsys.readouterr().out
    assert text_of(root, "Pods run on [virtual nodes](limits/index.md).").startswith("Pods draaien op")
    assert text_of(root, "Next steps", "locales/nl/LC_MESSAGES/limits.po") == "Volgende stappen"
    assert "2 pages: 6 of 6 texts taken (100.0 %)." in output
    assert "0 without a note." in output
    assert "2 catalogs written." in output
    assert any(entry.context for entry in catalog(root, "locales/nl/LC_MESSAGES/limits.po").entries)
    before = snapshot(root)
    assert adopt(root) == 0
    assert snapshot(root) == before
    assert main(["update", "--check", "--project", str(root)]) == 0


def test_a_dry_run_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what would be written."""
    before = snapshot(root)
    assert adopt(root, "--dry-run") == 0
    assert "2 catalogs would change." in capsys.readouterr().out
    assert snapshot(root) == before


def test_machine_pages_become_drafts(root: Path) -> None:
    """As the front matter says, or as the command says for every page."""
    page = root / "old/index.md"
    page.write_text(HOME_NL.replace("title: Start", "title: Start\nms.translationtype: MT"), encoding="utf-8")
    assert adopt(root, "--quiet") == 0
    states = {entry_state(entry, ()) for entry in catalog(root).active}
    assert states == {State.MACHINE}
    limits = catalog(root, "locales/nl/LC_MESSAGES/limits.po").get(None, "Read on.")
    assert limits is not None
    assert entry_state(limits, ()) is State.TRANSLATED
    assert adopt(root, "--human", "--force", "--quiet") == 0
    assert {entry_state(entry, ()) for entry in catalog(root).active} == {State.TRANSLATED}
    assert adopt(root, "--machine", "deepl", "--force", "--quiet") == 0
    assert {entry_state(entry, ()) for entry in catalog(root).active} == {State.MACHINE}
    assert "# mt: deepl: Lees verder." in (root / "locales/nl/LC_MESSAGES/limits.po").read_text(encoding="utf-8")


def test_what_is_translated_stays_unless_it_is_forced(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The other translation is listed with both places."""
    path = root / HOME
    old = 'msgid "Pods run on [virtual nodes](limits/index.md)."\nmsgstr ""'
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, f'{old[:-1]}Mijn eigen tekst."'), encoding="utf-8")
    assert adopt(root) == 0
    assert text_of(root, "Pods run on [virtual nodes](limits/index.md).") == "Mijn eigen tekst."
    output = capsys.readouterr().out
    line = next(line for line in output.splitlines() if " kept: " in line)
    assert line.startswith(f"{root}/docs/index.md:7: {root}/old/index.md:7: kept: the catalog has 'Mijn eigen tekst.'")
    assert adopt(root, "--force", "--quiet") == 0
    assert text_of(root, "Pods run on [virtual nodes](limits/index.md).").startswith("Pods draaien op")


def test_the_report_as_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts and notes of each page, with places; pages that are on one side only."""
    (root / "old/gone.md").write_text("# Weg\n", encoding="utf-8")
    (root / "docs/new.md").write_text("# New\n", encoding="utf-8")
    with (root / "old/index.md").open("a", encoding="utf-8") as stream:
        stream.write("\nEen alinea die de bron niet heeft.\n")
    capsys.readouterr()
    assert adopt(root, "--format", "json", "--dry-run", "--verify") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["version"], report["locale"]) == (1, "nl")
    assert report["without_source"] == [f"{root}/old/gone.md"]
    assert report["without_translation"] == [f"{root}/docs/new.md"]
    page = report["pages"][0]
    assert (page["name"], page["segments"], page["taken"], page["unsure"], page["left"]) == ("index", 3, 3, 0, 0)
    assert page["verdict"]["unexplained"] == []
    (note,) = [note for note in page["notes"] if note["reason"] == "no-source"]
    assert note["source"] is None
    assert note["translated"] == {"path": f"{root}/old/index.md", "line": 9, "column": 1}
    assert note["translated_text"] == "Een alinea die de bron niet heeft."


def test_catalogs_go_to_any_folder_without_a_project(root: Path, tmp_path: Path) -> None:
    """Named by the paths below SOURCE; two single files do too."""
    out = tmp_path / "catalogs"
    words = ["--locale", "nl", "--out", str(out), "--quiet"]
    assert main(["adopt", str(root / "docs"), str(root / "old"), *words]) == 0
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.po")) == ["index.po", "limits.po"]
    assert text_of(out, "Read on.", "limits.po") == "Lees verder."
    assert "#: limits/index.md\n" in (out / "limits.po").read_text(encoding="utf-8")
    assert main(["adopt", str(root / "docs/index.md"), str(root / "old/index.md"), *words]) == 0


def test_translations_beside_their_source_are_found(root: Path) -> None:
    """`index.nl.md`, as mkdocs-static-i18n has it, and a folder of a language below the docs."""
    (root / "docs/index.nl.md").write_text(HOME_NL, encoding="utf-8")
    (root / "docs/nl/limits").mkdir(parents=True)
    (root / "docs/nl/limits/index.md").write_text(LIMITS_NL, encoding="utf-8")
    out = root / "out"
    assert adopt(root, "--out", str(out), "--quiet", old="docs") == 0
    assert sorted(path.name for path in out.rglob("*.po")) == ["index.po"]
    assert adopt(root, "--out", str(out), "--quiet", old="docs/nl") == 0
    assert text_of(out, "Next steps", "limits.po") == "Volgende stappen"


def test_what_is_listed_can_be_chosen(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Texts that were not taken, everything, or nothing."""
    page = root / "old/limits/index.md"
    page.write_text(LIMITS_NL.replace("Lees verder.", "Lees [verder](meer.md)."), encoding="utf-8")
    (root / "docs/limits/index.md").write_text("# Limits\n\n## Next steps\n\nRead [on](more.md).\n", encoding="utf-8")
    (root / "old/gone.md").write_text("# Weg\n", encoding="utf-8")
    capsys.readouterr()
    assert adopt(root, "--dry-run", "--notes", "all", "--confidence", "0.1") == 0
    assert "link without more, with meer" in capsys.readouterr().out
    assert adopt(root, "--dry-run", "--confidence", "0.1") == 0
    output = capsys.readouterr().out
    assert "link without" not in output
    assert "gone.md: no source page" in output
    assert adopt(root, "--dry-run", "--notes", "none") == 0
    assert "gone.md" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["{docs}", "{old}", "--locale", "fr"], "no locale 'fr' in locales/ (there: nl); add it with 'locale add'"),
        (["{docs}", "{old}", "--locale", "NL", "--out", "x"], "'NL' is not a BCP 47 tag"),
        (["{docs}", "{none}", "--locale", "nl"], "there is no file or folder '{none}'"),
        (["{docs}/index.md", "{old}", "--locale", "nl"], "give two folders or two files"),
        (["{docs}", "{locales}", "--locale", "nl"], "give the two roots"),
        (["{docs}", "{old}", "--locale", "nl", "--machine", "a:b"], "'a:b' is not a name for an engine"),
        (["{docs}", "{old}", "--locale", "nl", "--confidence", "7"], "a confidence of 7.0 is not one"),
    ],
)
def test_what_does_not_fit_is_one_clear_error(
    root: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the way out, and nothing written."""
    places = {"docs": root / "docs", "old": root / "old", "none": root / "none", "locales": root / "locales"}
    before = snapshot(root)
    capsys.readouterr()
    assert main(["adopt", *(word.format(**places) for word in words), "--project", str(root)]) == 2
    error = capsys.readouterr().err
    assert said.format(**places) in error
    assert error.count("\n") == 1
    assert snapshot(root) == before


def test_every_broken_page_is_named_and_nothing_is_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is not UTF-8 among the good ones; front matter that is never closed; a catalog with a conflict."""
    before = snapshot(root)
    (root / "old/limits/index.md").write_bytes(b"# Limieten\n\n\xff\n")
    capsys.readouterr()
    assert adopt(root) == 2
    assert f"{root}/old/limits/index.md:3: byte 0xff is not UTF-8" in capsys.readouterr().err
    (root / "old/limits/index.md").write_text("---\ntitle: x\n", encoding="utf-8")
    (root / "old/index.md").write_text("---\ntitle: [x\n---\n", encoding="utf-8")
    assert adopt(root) == 2
    error = capsys.readouterr().err
    assert f"{root}/old/limits/index.md:1: front matter is never closed" in error
    assert f"{root}/old/index.md" in error
    after = snapshot(root)
    assert {name for name in after if before.get(name) != after[name]} == {"old/index.md", "old/limits/index.md"}


def test_a_link_out_of_a_tree_is_not_read(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page that is a link to a file elsewhere would put a stranger's text into a catalog."""
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    (root / "old/limits/index.md").unlink()
    (root / "old/limits/index.md").symlink_to(tmp_path / "secret.md")
    assert adopt(root) == 2
    assert "leads out of" in capsys.readouterr().err


def test_two_pages_of_one_name_are_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They would share a catalog."""
    for side in ("docs", "old"):
        (root / side / "limits.md").write_text("# Limits\n", encoding="utf-8")
    assert adopt(root, "--out", str(root / "out")) == 2
    assert "has the catalog 'limits', as" in capsys.readouterr().err
    assert not (root / "out").exists()


def test_an_older_source_gives_entries_that_update_carries_over(root: Path) -> None:
    """The source of the day of the translation; `update` brings its texts to those of today."""
    (root / "then").mkdir()
    (root / "then/index.md").write_text(
        "---\ntitle: Home\n---\n\n# Home\n\nPods run on [Virtual Nodes](limits/index.md)\n", encoding="utf-8"
    )
    assert adopt(root, "--quiet", source="then") == 0
    assert text_of(root, "Pods run on [Virtual Nodes](limits/index.md)").startswith("Pods draaien op")
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    assert text_of(root, "Pods run on [virtual nodes](limits/index.md).").startswith("Pods draaien op")
