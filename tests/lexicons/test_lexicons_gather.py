"""Running text of packages: what of it is counted, and what is not."""

from __future__ import annotations

import gzip
import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.lexicons.gather import Counts, count_packages, files_of, is_english, main
from knooppunt.lexicons.texts import HOLE, manual_page, marked_up, plain, running_text

if TYPE_CHECKING:
    from pathlib import Path

OWN = frozenset(["de", "het", "een", "en", "van", "is", "niet"])


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Het &bestand openen", "Het bestand openen"),
        ("_Bestand", "Bestand"),
        ("Lees <b>dit</b> eerst", "Lees dit eerst"),
        ("Map <code>/etc</code> wissen", f"Map {HOLE} wissen"),
        ("%(name)s is weg", f"{HOLE} is weg"),
        ("{count} items gewist", f"{HOLE} items gewist"),
        ("100 % zeker", "100 % zeker"),
        ("Zie https://example.org/a voor meer", f"Zie {HOLE} voor meer"),
        ("brood &amp; spelen", "brood & spelen"),
    ],
)
def test_markup_placeholders_and_access_keys_are_no_text(message: str, text: str) -> None:
    assert plain(message) == text


def test_blocks_of_a_page_are_texts_and_its_code_is_not() -> None:
    page = """<html><head><title>x</title></head><body><!-- weg --><h1>De <em>eerste</em> stap</h1>
    <p>Open <kbd>F1</kbd> het venster.<pre>code code</pre></p><li>Einde &ent; hier</li></body></html>"""
    found = [" ".join(text.replace(HOLE, "*").split()) for text in marked_up(page)]
    assert found == ["De eerste stap", "Open * het venster.*", "Einde * hier"]


def test_names_in_a_manual_page_are_no_text() -> None:
    page = ".TH LS 1\n.SH NAAM\nls \\- toon\n.B \\-a\nalle bestanden\n.PP\nZie \\fBcat\\fR(1).\n.nf\n$ ls\n.fi\nKlaar\n"
    found = [text.replace(HOLE, "*") for text in manual_page(page) if text]
    assert found == ["ls - toon\n*\nalle bestanden", "Zie *(1).", "Klaar"]


def package(place: Path) -> Path:
    """A package with one text in each format, all in Dutch and some in English."""
    (place / "usr/share/help/nl").mkdir(parents=True)
    (place / "usr/share/help/nl/a.page").write_text("<page><p>De knooppunten staan in het rek.</p></page>")
    (place / "usr/share/help/de").mkdir()
    (place / "usr/share/help/de/a.page").write_text("<page><p>Die Knoten stehen dort.</p></page>")
    messages = place / "usr/share/locale/nl_NL/LC_MESSAGES"
    messages.mkdir(parents=True)
    catalog = Catalog("nl")
    catalog.add("Open the file", "Het bestand openen")
    catalog.add("Server", "Server")
    with (messages / "a.mo").open("wb") as stream:
        write_mo(stream, catalog)
    (messages / "b.po").write_text('msgid "Stop"\nmsgstr "De dienst stoppen"\n\n#, fuzzy\nmsgid "Go"\nmsgstr "Weg"\n')
    (place / "i18n").mkdir()
    (place / "i18n/nl.json").write_text(json.dumps({"@metadata": {"authors": ["Jan"]}, "a": {"b": "Een lijst"}}))
    manual = place / "usr/share/man/nl/man1"
    manual.mkdir(parents=True)
    (manual / "x.1.gz").write_bytes(gzip.compress(b".SH NAAM\nHet beeld van een schijf\n"))
    (place / "ext").mkdir()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as pack:
        pack.writestr("a.ftl", "# niet dit\nknop = Het venster\nlang =\n    Nog een regel\n")
    (place / "ext/langpack-nl@example.org.xpi").write_bytes(packed.getvalue())
    (place / "usr/share/help/nl/b.html").write_text("<p>The nodes of the rack are in this place.</p>")
    (place / "usr/share/help/nl/broken.json").write_text("{")
    return place


def test_all_formats_of_a_package_are_read_for_one_language(tmp_path: Path) -> None:
    package(tmp_path / "own")
    counts, given_words = count_packages(tmp_path, "nl")
    manuals, catalogs = counts["manuals"], counts["catalogs"]
    assert set(manuals.words) == {"de", "knooppunten", "staan", "in", "het", "rek", "beeld", "van", "een", "schijf"}
    of_messages = {"het", "bestand", "openen", "de", "dienst", "stoppen", "een", "lijst", "venster", "nog", "regel"}
    assert set(catalogs.words) == of_messages
    assert manuals.pairs["knooppunten", "staan"] == 1
    assert given_words == {"own": manuals.words.total() + catalogs.words.total()}
    german, _ = count_packages(tmp_path, "de")
    assert set(german["manuals"].words) == {"die", "knoten", "stehen", "dort"}
    assert not list(files_of(tmp_path / "own", "sv"))


def test_a_text_counts_once_and_pairs_need_a_gap_of_white_space() -> None:
    counts = Counts()
    text = "De Knoop\u2011punten, de knoop\npunten v2 printPreview e-mail sturen"
    assert counts.add(text, OWN) == counts.words.total()
    assert counts.add(text, OWN) == 0
    assert ("knoop", "punten") in counts.pairs
    assert ("punten", "de") not in counts.pairs
    assert ("e-mail", "sturen") in counts.pairs
    assert not {"v2", "printpreview"} & set(counts.words)
    assert ("punten", "e-mail") not in counts.pairs


def test_english_is_told_by_its_small_words() -> None:
    assert is_english(["the", "nodes", "of", "the", "rack"], OWN)
    assert not is_english(["de", "server", "is", "niet", "up"], OWN)
    assert not is_english(["knooppunten"], OWN)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    list(marked_up(text))
    list(manual_page(text))
    counted = Counts()
    counted.add(plain(text), OWN)
    assert all(count > 0 for count in counted.words.values())


def test_a_file_that_is_none_gives_nothing(tmp_path: Path) -> None:
    for name in ("a.mo", "a.po", "a.xpi", "man1/x.1.gz", "a.json", "a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        for content in (b"\xff\x00 msgid", b"", b"\xde\x12\x04\x95", b"PK\x03\x04", b"\x1f\x8b\x08"):
            path.write_bytes(content)
            assert not any(map(str.strip, running_text(path)))


def test_lists_are_written_most_frequent_first_and_the_same_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        folder = tmp_path / "packages" / name / "nl"
        folder.mkdir(parents=True)
        (folder / "a.html").write_text(f"<p>de bak en de kast van {name}</p>")
    for out in ("first", "second"):
        assert main(["nl", str(tmp_path / "packages"), str(tmp_path / out)]) == 0
    first = (tmp_path / "first/manuals-words.tsv.gz").read_bytes()
    assert first == (tmp_path / "second/manuals-words.tsv.gz").read_bytes()
    rows = gzip.decompress(first).decode().split("\n")
    assert rows == ["de\t4", "bak\t2", "en\t2", "kast\t2", "van\t2", ""]
    pairs = gzip.decompress((tmp_path / "first/manuals-pairs.tsv.gz").read_bytes()).decode()
    assert "de\tkast\t2\n" in pairs
    assert "nl manuals" in capsys.readouterr().out


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nl", str(tmp_path / "none"), str(tmp_path / "out")])
    assert "there is no such folder" in capsys.readouterr().err
