"""`export` and `import` from end to end on a small project."""

from __future__ import annotations

import csv
import io
import json
import os
from typing import TYPE_CHECKING

import pytest
from small_project import make_project, snapshot

from knooppunt import remembering
from knooppunt.cli import main
from knooppunt.exchange import formats

if TYPE_CHECKING:
    from pathlib import Path

HOME = "locales/nl/LC_MESSAGES/index.po"
LIMITS = "locales/nl/LC_MESSAGES/limits.po"
LEDGER = "locales/nl/reviews.jsonl"
PODS = "Pods run on [virtual nodes](limits/index.md)."
PEULEN = "Pods draaien op [virtuele knooppunten](limits/index.md)."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small project, with one text translated."""
    root = make_project(tmp_path / "project")
    path = root / HOME
    text = path.read_text(encoding="utf-8")
    assert f'msgid "{PODS}"\nmsgstr ""' in text
    path.write_text(text.replace(f'msgid "{PODS}"\nmsgstr ""', f'msgid "{PODS}"\nmsgstr "{PEULEN}"'), encoding="utf-8")
    return root


def run(root: Path, verb: str, *arguments: str | Path) -> int:
    """One verb on a project."""
    return main([verb, "--project", str(root), *map(str, arguments)])


def edit(path: Path, **targets: str) -> None:
    """Change targets in a CSV file as a spreadsheet does, by the first word of the source; states too."""
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    for row in rows:
        for word, target in targets.items():
            if row["source"].startswith(word.replace("_", " ")):
                row["target"] = target
                row["state"] = "translated"
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\r\n", delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(stream.getvalue().encode())


@pytest.mark.parametrize("name", list(formats()))
def test_out_and_back_changes_no_byte(
    root: Path, tmp_path: Path, name: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The same bytes to a file and to standard output, on every run."""
    path = tmp_path / f"x{formats()[name].ending}"
    before = snapshot(root)
    assert run(root, "export", name, "--state", "all", "--obsolete", "--out", path, "--quiet") == 0
    assert run(root, "export", name, "--state", "all", "--obsolete", "--locale", "nl") == 0
    data = path.read_bytes()
    assert capfdbinary.readouterr().out == data
    assert run(root, "import", path) == 0
    assert snapshot(root) == before
    assert b" equal" in capfdbinary.readouterr().out
    assert run(root, "export", name, "--state", "all", "--obsolete", "--out", path) == 0
    assert path.read_bytes() == data


def test_an_edit_comes_back(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "work.csv"
    assert run(root, "export", "csv", "--state", "untranslated", "--out", path) == 0
    assert PODS not in path.read_text(encoding="utf-8")
    edit(path, Read_on="Lees verder.")
    before = snapshot(root)
    assert run(root, "import", path, "--dry-run") == 0
    assert snapshot(root) == before
    assert f"{LIMITS}: 1 entry would change" in capsys.readouterr().out
    assert run(root, "import", path) == 0
    assert f"{LIMITS}: 1 entry changed" in capsys.readouterr().out
    after = snapshot(root)
    assert [name for name in after if after[name] != before[name]] == [LIMITS]
    assert after[LIMITS].decode().replace('"Lees verder."', '""') == before[LIMITS].decode()
    assert run(root, "import", path) == 0
    assert snapshot(root) == after


def test_one_refusal_stops_all_unless_partial(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The translation was edited here and in the file; both texts are shown, with their places."""
    path = tmp_path / "work.csv"
    assert run(root, "export", "csv", "--out", path) == 0
    home = root / HOME
    home.write_text(home.read_text(encoding="utf-8").replace("Pods draaien", "Alle pods draaien"), encoding="utf-8")
    other = "Pods lopen op [virtuele knooppunten](limits/index.md)."
    edit(path, Pods_run=other, Read_on="Lees verder.")
    before = snapshot(root)
    capsys.readouterr()
    assert run(root, "import", path) == 1
    shown = capsys.readouterr()
    assert snapshot(root) == before
    assert f"{path}:" in shown.out
    assert "index: the translation has changed in the catalog since the export" in shown.out
    assert "Alle pods draaien" in shown.out
    assert f"({HOME}:" in shown.out
    assert other in shown.out
    assert "nothing was written; --partial takes the rest, and --force 1 text" in shown.err
    assert run(root, "import", path, "--partial") == 1
    assert "Lees verder." in (root / LIMITS).read_text(encoding="utf-8")
    assert home.read_bytes() == before[HOME]
    assert run(root, "import", path, "--force") == 0
    assert other in home.read_text(encoding="utf-8")


def test_a_blank_needs_force(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "work.csv"
    assert run(root, "export", "csv", "index", "--out", path) == 0
    edit(path, Pods_run="")
    before = snapshot(root)
    assert run(root, "import", path) == 1
    assert snapshot(root) == before
    assert run(root, "import", path, "--force") == 0
    assert PEULEN not in (root / HOME).read_text(encoding="utf-8")


def test_approvals_are_made_only_in_somebodys_name(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "work.csv"
    assert run(root, "export", "csv", "docs/index.md", "--out", path) == 0
    text = path.read_bytes().decode()
    assert text.count(",translated,") == 1
    path.write_bytes(text.replace(",translated,", ",approved,").encode())
    assert run(root, "import", path) == 0
    assert "1 text came back as approved" in capsys.readouterr().out
    assert not (root / LEDGER).exists()
    assert run(root, "import", path, "--approve-as", "Ada") == 2
    assert "write it like 'Ada <ada@example.org>'" in capsys.readouterr().err
    assert run(root, "import", path, "--approve-as", "Ada <ada@example.org>", "--dry-run") == 0
    assert not (root / LEDGER).exists()
    for _ in range(2):
        assert run(root, "import", path, "--approve-as", "Ada <ada@example.org>") == 0
    (line,) = (root / LEDGER).read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["by"] == "Ada <ada@example.org>"
    capsys.readouterr()
    assert run(root, "export", "csv", "--state", "approved") == 0
    assert ",approved," in capsys.readouterr().out
    edit(path, Pods_run="Pods lopen op [virtuele knooppunten](limits/index.md).")
    assert run(root, "import", path) == 0
    assert "1 approval ends" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["po"], "unknown format 'po'; one of csv"),
        (["csv", "--locale", "fr"], "no locale 'fr'"),
        (["csv", "--state", "done"], "there is no state 'done'"),
        (["csv", "gone"], "there is no catalog 'gone' in nl"),
        (["csv", "--out", "x.po"], "has the ending of a source"),
    ],
)
def test_exports_that_cannot_be(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], word: str
) -> None:
    before = snapshot(root)
    assert run(root, "export", *arguments) == 2
    assert word in capsys.readouterr().err
    assert snapshot(root) == before


def test_a_file_without_an_end_is_no_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A device gives bytes for ever, and a pipe nobody writes to none: both are refused at once."""
    pipe = root / "pipe.csv"
    os.mkfifo(pipe)
    for path in ("/dev/zero", pipe):
        for words in (("import", path), ("memory", "import", path)):
            assert run(root, *words) == 2
            assert "is a pipe or a device, and no file" in capsys.readouterr().err


def test_a_project_of_several_locales_wants_one(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "locale", "add", "pt-BR", "--quiet") == 0
    assert run(root, "export", "csv") == 2
    assert "say which locale with --locale (there: nl, pt-BR)" in capsys.readouterr().err
    path = tmp_path / "pt.csv"
    assert run(root, "export", "csv", "--locale", "pt-BR", "--out", path) == 0
    text = path.read_bytes()
    for tag, status in ((b"PT-br", 0), (b"pt", 0), (b"pt-PT", 2), (b"fr", 2)):
        path.write_bytes(text.replace(b",pt-BR,", b",%s," % tag))
        assert run(root, "import", path) == status, tag
    assert run(root, "import", path, "--locale", "nl") == 2
    assert "its translations are in 'fr', not in 'nl'" in capsys.readouterr().err
    path.write_bytes(text.replace(b",pt-BR,", b",,"))
    assert run(root, "import", path) == 2
    assert "say it with --locale" in capsys.readouterr().err
    assert run(root, "import", path, "--locale", "pt-BR") == 0


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (None, "there is no such file"),
        (b"", "is empty"),
        (b"<?xml version='1.0'?><!DOCTYPE tmx [<!ENTITY a 'x'>]><tmx/>", "defines an entity 'a'"),
        (
            b'<tmx><header srclang="en"/><body><tu><tuv xml:lang="nl"><seg>b</seg></tuv></tu></body></tmx>',
            "a memory of another tool goes into locales/nl/memory/",
        ),
        (b'id,source,target\r\n"k1', ":2: a quote that is not closed"),
    ],
)
def test_files_that_cannot_be_read(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes | None, word: str
) -> None:
    """One clear error, and no catalog is touched."""
    path = tmp_path / ("back.csv" if data and data.startswith(b"id") else "back.tmx")
    if data is not None:
        path.write_bytes(data)
    before = snapshot(root)
    assert run(root, "import", path) == 2
    error = capsys.readouterr().err
    assert word in error
    assert len(error.splitlines()) == 1
    assert snapshot(root) == before
    assert run(root, "import", tmp_path) == 2
    assert "cannot be read: Is a directory" in capsys.readouterr().err


def test_a_file_that_is_too_large(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MAX_BYTES", 10)
    path = tmp_path / "big.csv"
    path.write_bytes(b"id,source,target\r\n")
    assert run(root, "import", path) == 2
    assert "is larger than" in capsys.readouterr().err


def test_the_name_of_a_catalog_is_never_a_path(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = tmp_path / "outside.po"
    outside.write_bytes((root / HOME).read_bytes())
    path = tmp_path / "work.csv"
    assert run(root, "export", "csv", "--out", path) == 0
    for name in ("../../../../outside", str(outside.with_suffix("")), "..", "\x00", "index.po"):
        rows = path.read_bytes().decode().replace("\r\nindex,", f'\r\n"{name}",').replace(PEULEN, "Anders")
        (tmp_path / "evil.csv").write_bytes(rows.encode())
        assert run(root, "import", tmp_path / "evil.csv") == 1
        assert "there is no catalog" in capsys.readouterr().out
    assert outside.read_bytes() == (root / HOME).read_bytes()
