"""Any file is checked where it lies: Markdown with any line ends, catalogs, XLIFF, and pages beside their sources."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from checking_cases import checked, dutch, read, write

from knooppunt.checking import Wanted, gather_files, link_index
from knooppunt.errors import DataError, UsageError
from knooppunt.exchange.xliff_targets import read_targets
from knooppunt.fix import fix_xliff
from knooppunt.model import Edit, Finding, Origin
from knooppunt.project import Project

if TYPE_CHECKING:
    from knooppunt.checking import Found


def told(found: Found) -> tuple[str, int, str]:
    return (found.finding.check, found.finding.origin.line, found.finding.origin.pointer)


# Which files ---------------------------------------------------------------------------------------------------------


def test_folders_are_searched_and_hidden_files_passed_over(tmp_path: Path) -> None:
    names = ["b.md", "a/c.MD", "a/d.po", "e.xlf", "f.sdlxliff", "g.txt", ".git/h.md", "a/.i.md", "j.markdown"]
    write(tmp_path, dict.fromkeys(names, ""))
    (tmp_path / "link").symlink_to(tmp_path / "a")
    found = [shown for _, shown in gather_files(["."], tmp_path)]
    assert found == ["a/c.MD", "a/d.po", "b.md", "e.xlf", "f.sdlxliff", "j.markdown"]
    assert [shown for _, shown in gather_files(["a", "b.md", "a/d.po"], tmp_path)] == ["a/c.MD", "a/d.po", "b.md"]
    with pytest.raises(UsageError, match=r"'g\.txt' is neither"):
        list(gather_files(["g.txt"], tmp_path))
    with pytest.raises(UsageError, match="there is no file or folder 'x'"):
        list(gather_files(["x"], tmp_path))


def test_line_ends_and_byte_order_marks_stay(tmp_path: Path) -> None:
    """Only the words change, and so a second run changes nothing."""
    files = {
        "bom.md": b"\xef\xbb\xbf# Peul\n\nDe knoop punten.\n",
        "crlf.md": b"# Peul\r\n\r\nDe knoop\r\npunten zijn er.\r\n\r\n| Peul | b |\r\n| --- | --- |\r\n| peul | c |",
        "front.md": b"---\r\ntitle: De peul\r\ndescription: 'peulen'\r\nms.x: peul\r\n---\r\n\r\nEen peul.\r\n",
        "latin.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
        'msgid "pod é"\nmsgstr "peul é"\n'.encode("latin-1"),
    }
    write(tmp_path, files)
    checked(tmp_path, dutch(), fix=True, select=("wrong-term", "split-compound"))
    once = read(tmp_path)
    assert once == {
        "bom.md": b"\xef\xbb\xbf# Pod\n\nDe knooppunten.\n",
        "crlf.md": b"# Pod\r\n\r\nDe knooppunten\r\nzijn er.\r\n\r\n| Pod | b |\r\n| --- | --- |\r\n| pod | c |",
        "front.md": b"---\r\ntitle: De pod\r\ndescription: 'pods'\r\nms.x: peul\r\n---\r\n\r\nEen pod.\r\n",
        "latin.po": files["latin.po"].replace(b"peul", b"pod"),
    }
    _, checking = checked(tmp_path, dutch(), fix=True, select=("wrong-term", "split-compound"))
    assert checking.changed == 0


def test_catalogs_and_xliff_need_a_language(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "[a](b.md)\n", "a.xlf": XLIFF_1})
    with pytest.raises(UsageError, match=r"a\.xlf: which language is it in"):
        checked(tmp_path, None)
    (tmp_path / "a.xlf").unlink()
    results, _ = checked(tmp_path, None, fix=True)
    assert [told(found)[0] for found in results[0].found] == ["broken-link"]


def test_links_lead_to_pages_and_files_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "[a](b.md#kop) [b](b.md#geen) [c](media/c.png) [d](../out.txt) [e](b2.md)\n"
    write(tmp_path, {"nl/a.md": text, "nl/b.md": "# Kop\n", "nl/media/c.png": b"", "out.txt": ""})
    results, _ = checked(tmp_path, None, folder="nl")
    assert [(found.finding.check, found.finding.message) for found in results[0].found] == [
        ("broken-anchor", "'nl/b.md' has no anchor '#geen'"),
        ("broken-link", "'b2.md' does not exist; there is 'nl/b.md'"),
    ]


# What is wanted ------------------------------------------------------------------------------------------------------


def test_suggestions_are_written_only_where_they_are_asked_for(tmp_path: Path) -> None:
    """`Voor beeld` may be a preposition and a noun: a suggestion with a confidence."""
    write(tmp_path, {"a.md": "Voor beeld van een peul.\n"})
    results, _ = checked(tmp_path, dutch(), select=("split-compound", "wrong-term"))
    split = next(found for found in results[0].found if found.finding.check == "split-compound")
    assert split.tier == "suggest"
    assert split.confidence is not None
    assert 0.5 < split.confidence < 0.99
    results, _ = checked(tmp_path, dutch(), wanted=Wanted(min_confidence=split.confidence + 0.01))
    assert [found.finding.check for found in results[0].found] == ["wrong-term"]
    checked(tmp_path, dutch(), fix=True, wanted=Wanted(fix_above=split.confidence + 0.01))
    assert read(tmp_path) == {"a.md": b"Voor beeld van een pod.\n"}
    checked(tmp_path, dutch(), fix=True, wanted=Wanted(fix_above=split.confidence))
    assert read(tmp_path) == {"a.md": b"Voorbeeld van een pod.\n"}


def test_a_suggestion_without_a_figure_is_never_written() -> None:
    """A check that leaves the confidence as it is has not said that it is certain."""
    finding = Finding("a", "m", Origin("a.md", 1), edits=(Edit(0, 1, "b"),), safe=False)
    assert Wanted(fix_above=0.0).choose([finding]) == [finding]
    assert Wanted(min_confidence=1.0).choose([finding]) == [finding]


# XLIFF ---------------------------------------------------------------------------------------------------------------

XLIFF_1 = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE xliff PUBLIC "-//XLIFF//DTD XLIFF//EN" "http://www.oasis-open.org/committees/xliff/documents/xliff.dtd">
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version='1.2'>
 <file original="a" source-language="en" target-language="nl" datatype="plaintext"><body>
  <trans-unit id="u1" resname='a>b'><!-- peul -->
   <source>Pods &amp; <g id="1">nodes</g>.</source>
   <target state="translated"  >Peulen &amp; <g id="1">knoop punten</g>\u00e9.</target>
   <note>De peul</note>
   <alt-trans><source>Pod</source><target>Peul</target></alt-trans>
  </trans-unit>
  <trans-unit id="u2" translate="no"><source>pod</source><target>peul</target></trans-unit>
  <group id="g"><trans-unit id="u3"><source>Run <x id="7"/> in a pod</source>
   <target>Voer <x id="7"/> in <mrk mtype="x">peul</mrk> uit<ph id="8">{peul}</ph> &#112;eul <![CDATA[peul]]></target>
  </trans-unit></group>
 </body></file>
</xliff>
"""
XLIFF_2 = """\
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="nl">\r
<file id="f"><unit id="u1"><originalData><data id="d1">`peul`</data></originalData>\r
<segment id="s1"><source>A pod <ph id="1" dataRef="d1"/>.</source>\r
<target>Een peul <ph id="1" dataRef="d1"/>.</target></segment>\r
<segment id="s2"><source>Two pods.</source><target>Twee\r
 <pc id="2">peulen</pc>.</target></segment></unit></file></xliff>\r
"""


def test_a_file_of_a_translation_tool_is_mended_in_its_targets_only(tmp_path: Path) -> None:
    """Comments, notes, other translations, codes and references keep every byte."""
    write(
        tmp_path, {"a.xlf": XLIFF_1, "b.xliff": XLIFF_2, "c.xlf": XLIFF_1.replace("UTF-8", "UTF-16").encode("utf-16")}
    )
    select = ("wrong-term", "split-compound")
    results, _ = checked(tmp_path, dutch(), select=select)
    assert [told(found) for found in results[0].found] == [
        ("split-compound", 7, "u1"),
        ("wrong-term", 7, "u1"),
        ("wrong-term", 13, "u3"),
        ("wrong-term", 13, "u3"),
        ("wrong-term", 13, "u3"),
    ]
    assert [told(found) for found in results[1].found] == [("wrong-term", 4, "u1/s1"), ("wrong-term", 5, "u1/s2")]
    results, _ = checked(tmp_path, dutch(), select=select, fix=True)
    mended = XLIFF_1.replace("Peulen &amp;", "Pods &amp;").replace("knoop punten", "knooppunten")
    mended = mended.replace('<mrk mtype="x">peul</mrk>', '<mrk mtype="x">pod</mrk>').replace("&#112;eul", "pod")
    assert read(tmp_path) == {
        "a.xlf": mended.encode("utf-8"),
        "b.xliff": XLIFF_2.replace("Een peul <", "Een pod <").replace(">peulen<", ">pods<").encode("utf-8"),
        "c.xlf": mended.replace("UTF-8", "UTF-16").encode("utf-16"),
    }
    assert {found.refused for found in results[0].found} == {"an inline code or a CDATA section is in the way"}
    _, checking = checked(tmp_path, dutch(), select=select, fix=True)
    assert checking.changed == 0


def test_every_letter_of_a_translation_has_its_place() -> None:
    for text in (XLIFF_1, XLIFF_2):
        for unit in read_targets(text, "a.xlf"):
            assert "".join(piece.text for piece in unit.pieces) == unit.target
            for piece in unit.pieces:
                assert not piece.editable or text[piece.start : piece.end] == piece.text
    assert [unit.target for unit in read_targets(XLIFF_1, "a.xlf")] == [
        'Peulen & <g id="1">knoop punten</g>\u00e9.',
        'Voer <x id="7"/> in peul uit{peul} peul peul',
    ]


def test_new_letters_are_written_as_xml() -> None:
    unit = read_targets(XLIFF_1, "a.xlf")[0]
    origin = Origin("a.xlf", unit.line, 1, unit.start, unit.end)
    edits = (Edit(0, 6, "R&D, 1"),)
    result = fix_xliff(XLIFF_1, "a.xlf", [Finding("a", "m", origin, edits=edits)])
    assert result.text == XLIFF_1.replace("Peulen &amp;", "R&amp;D, 1 &amp;")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<a/>", "a.xlf:1: <a> is not the start of an XLIFF file"),
        ("<xliff version='1.2'><file>", "a.xlf:1: not XML"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><xliff>&a;</xliff>", "defines an entity"),
        ("", "a.xlf:1: not XML"),
        ("<?xml version='1.0' encoding='x-none'?><xliff/>", "is not in 'x-none'"),
    ],
)
def test_what_is_no_xliff_has_one_clear_error(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path, {"a.xlf": text})
    with pytest.raises(DataError) as caught:
        checked(tmp_path, dutch())
    assert message in str(caught.value)
    assert len(caught.value.problems) == 1


# Beside the source ---------------------------------------------------------------------------------------------------

SOURCE = (
    "---\ntitle: Pods\n---\n\n# Pods\n\nRun `az login` in **the shell**.\n\n- One pod\n- Two pods\n\nSee 4.0 and 12.\n"
)
TRANSLATION = (
    "---\ntitle: Peulen\n---\n\n# Peulen\n\nVoer uit in **de shell**.\n\n- Een peul\n- Twee peulen\n\nZie 4.0 en 12.\n"
)


def test_pages_are_checked_beside_their_source(tmp_path: Path) -> None:
    """Checks that compare run, and fixes go into the page."""
    files = {"en/a.md": SOURCE, "nl/a.md": TRANSLATION, "nl/only.md": "Een peul, met `code`.\n"}
    write(tmp_path, files)
    select = ("lost-placeholder", "wrong-term")
    results, _ = checked(tmp_path, dutch(), folder="nl", select=select)
    assert {found.finding.check for result in results for found in result.found} == {"wrong-term"}
    results, _ = checked(tmp_path, dutch(), folder="nl", source="en", select=select)
    lost = [found.finding for found in results[0].found if found.finding.check == "lost-placeholder"]
    assert [(finding.origin.line, "az login" in finding.message) for finding in lost] == [(7, True)]
    checked(tmp_path, dutch(), folder="nl", source="en", select=select, fix=True)
    made = read(tmp_path)
    assert made["nl/a.md"].decode() == TRANSLATION.replace("Peulen", "Pods").replace("peulen", "pods").replace(
        "peul", "pod"
    )
    assert made["nl/only.md"] == b"Een pod, met `code`.\n"
    assert made["en/a.md"].decode() == SOURCE
    _, checking = checked(tmp_path, dutch(), folder="nl", source="en", select=select, fix=True)
    assert checking.changed == 0


def test_a_single_page_has_a_source_too(tmp_path: Path) -> None:
    write(tmp_path, {"en.md": SOURCE, "nl.md": TRANSLATION})
    results, _ = checked(tmp_path, dutch(), folder="nl.md", source="en.md", select=("lost-placeholder",))
    assert [found.finding.origin.line for found in results[0].found] == [7]
    with pytest.raises(UsageError, match="there is no file or folder"):
        checked(tmp_path, dutch(), folder="nl.md", source="gone.md")


def test_what_does_not_belong_together_is_checked_without_source(tmp_path: Path) -> None:
    other = "# Something else\n\nA page about `kubectl` and 17 other things [here](x.md).\n"
    write(tmp_path, {"en/a.md": other, "nl/a.md": "Een peul.\n\nNog een peul.\n\nEn [hier](x.md) een peul van 5.\n"})
    results, _ = checked(tmp_path, dutch(), folder="nl", source="en", select=("lost-placeholder", "wrong-term"))
    assert [found.finding.check for found in results[0].found] == ["wrong-term"] * 3


def test_pages_that_the_site_makes_are_no_broken_links() -> None:
    """That of all records, that of each one, and that of the states."""
    project = Project.load(Path(__file__).parents[2])
    known = link_index(project).pages
    assert {"records.md", "status.md", *(f"records/{name}.md" for name in project.knowledge.records)} <= set(known)
