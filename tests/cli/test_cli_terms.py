"""The verbs export and import on termbases and files for OmegaT."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_project import make_project, snapshot

from knooppunt.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def run(root: Path, *arguments: str | Path) -> int:
    return main([str(arguments[0]), "--project", str(root), *(str(item) for item in arguments[1:])])


def test_a_termbase_goes_out_and_comes_back(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "terms.tbx"
    assert run(root, "export", "tbx", "--out", file) == 0
    before = snapshot(root)
    assert run(root, "import", file) == 0
    assert snapshot(root) == before
    assert "0 new, 0 changed, 1 equal, 0 refused" in capsys.readouterr().out
    file.write_text(file.read_text(encoding="utf-8").replace("<term>pods</term>", "<term>podjes</term>"), "utf-8")
    assert run(root, "import", "--dry-run", file) == 0
    assert snapshot(root) == before
    assert run(root, "import", file) == 0
    terms = (root / "locales/nl/terms.yml").read_text(encoding="utf-8")
    assert terms == before["locales/nl/terms.yml"].decode().replace("plural: pods", "plural: podjes")
    assert "locales/nl/terms.yml: pod: plural changed" in capsys.readouterr().out


def test_a_foreign_terminology_is_added_and_what_does_not_fit_is_named(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = (
        '<termEntry><langSet xml:lang="en"><tig><term>{}</term></tig></langSet>'
        '<langSet xml:lang="{}"><tig><term>{}</term></tig></langSet></termEntry>\n'
    )
    body = entry.format("node", "nl", "knooppunt") + entry.format("pod", "nl", "peul") + entry.format("x", "de", "x")
    file = tmp_path / "theirs.tbx"
    file.write_text(f'<martif type="TBX-Basic"><text><body>\n{body}</body></text></martif>', encoding="utf-8")
    assert run(root, "import", file) == 1
    out = capsys.readouterr().out
    assert "theirs.tbx:3: pod: 'pod' is 'pod' here and 'peul' in the file" in out
    assert "theirs.tbx:4: x: has no term in 'nl' that may be used" in out
    assert "1 concept added: node" in out
    assert (
        (root / "locales/nl/terms.yml")
        .read_text(encoding="utf-8")
        .endswith("\n\nnode:\n  source: node\n  use: knooppunt\n")
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<martif type="TBX"><text><body><termEntry>', "terms.tbx:1: not XML: no element found"),
        ('<!DOCTYPE m [<!ENTITY a "b">]><martif>&a;</martif>', "terms.tbx:1: the file defines an entity 'a'"),
    ],
)
def test_a_damaged_terminology_is_one_clear_error(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, message: str
) -> None:
    file = tmp_path / "terms.tbx"
    file.write_text(content, encoding="utf-8")
    before = snapshot(root)
    assert run(root, "import", file) == 2
    assert message in capsys.readouterr().err
    assert snapshot(root) == before


def test_options_for_texts_are_none_for_terms(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "terms.tbx"
    assert run(root, "export", "tbx", "--out", file) == 0
    assert run(root, "import", "--force", file) == 2
    assert "a termbase knows no states" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("tbx", "index"), "no articles and states can be chosen for tbx"),
        (("tbx", "--state", "all"), "no articles and states can be chosen for tbx"),
        (("csv", "--omegat"), "for OmegaT there are tmx and xliff12, not csv"),
        (("tbx", "--out", "x.po"), "'x.po' has the ending of another format; write TBX-Basic to a .tbx"),
    ],
)
def test_choices_that_cannot_be(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert run(root, "export", *arguments) == 2
    assert message in capsys.readouterr().err


def test_files_for_omegat_and_what_it_gives_back(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without OmegaT: what it does to a target, and the memory that it writes."""
    source = tmp_path / "nl.xlf"
    assert run(root, "export", "xliff12", "--omegat", "--out", source) == 0
    before = snapshot(root)
    assert run(root, "import", source) == 0
    assert snapshot(root) == before
    text = source.read_text(encoding="utf-8")
    sentence = 'Pods run on <bpt id="1" ctype="link">[</bpt>virtual nodes<ept id="1">](limits/index.md)</ept>.</target>'
    assert sentence in text
    done = text.replace(sentence, sentence.replace("Pods run on", "Pods draaien op").replace("virtual nodes", "knopen"))
    source.write_text(done, encoding="utf-8")
    assert run(root, "import", source) == 0
    catalog = (root / "locales/nl/LC_MESSAGES/index.po").read_text(encoding="utf-8")
    assert 'msgstr "Pods draaien op [knopen](limits/index.md)."' in catalog
    memory = tmp_path / "project_save.tmx"
    memory.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE tmx SYSTEM "tmx11.dtd"><tmx version="1.1">'
        '<header creationtool="OmegaT" o-tmf="OmegaT TMX" adminlang="EN-US" datatype="plaintext" segtype="paragraph" '
        'srclang="EN" creationtoolversion="3.6"/><body>'
        '<tu><tuv lang="EN"><seg>Pods have no IPv6 address.</seg></tuv><tuv lang="NL"><seg>Pods: geen IPv6.</seg></tuv></tu>'
        '<tu><tuv lang="EN"><seg>Of another day</seg></tuv><tuv lang="NL"><seg>Anders</seg></tuv></tu>'
        "</body></tmx>",
        encoding="utf-8",
    )
    capsys.readouterr()
    assert run(root, "import", memory) == 0
    assert "1 changed" in capsys.readouterr().out
    limits = (root / "locales/nl/LC_MESSAGES/limits.po").read_text(encoding="utf-8")
    assert 'msgstr "Pods: geen IPv6."' in limits
