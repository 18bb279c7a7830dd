"""The memory of a locale on disk: which files it reads, when, and what becomes of TMX files of other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_cases import ask

from knooppunt.catalogs import new_catalog, render_entry
from knooppunt.errors import DataError, UsageError
from knooppunt.exchange.memories import pairs, parse_tmx
from knooppunt.loading import load_project
from knooppunt.memory import MemoryUnit
from knooppunt.model import Entry, State
from knooppunt.remembering import (
    LocaleMemory,
    catalog_names,
    concordance,
    import_memory,
    locale_of,
    memory_counts,
    similar,
)
from knooppunt.updating import update_catalogs

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.project import Project

HEADER = (
    '<header creationtool="T" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en" srclang="en-US" '
    'datatype="plaintext"/>'
)
PLAIN = (
    '<tu><tuv xml:lang="en-US"><seg>Stop the pod.</seg></tuv><tuv xml:lang="nl-NL"><seg>Stop de pod.</seg></tuv></tu>'
)
RICH = (
    '<tu tuid="7" creationdate="20200102T030405Z" creationid="Ada"><note>about it</note><prop type="prev">Before</prop>'
    '<prop type="next">After</prop><tuv xml:lang="EN">'
    '<seg>Start  <bpt i="1">&lt;b&gt;</bpt>the\n pod<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>'
    '<tuv xml:lang="nl" changedate="20210102T030405Z" changeid="Bob"><note>yes</note><seg>Start de pod.</seg></tuv>'
    '<tuv xml:lang="fr"><seg>Démarrez.</seg></tuv></tu>'
)
FRENCH = '<tu><tuv xml:lang="en"><seg>Yes</seg></tuv><tuv xml:lang="fr"><seg>Oui</seg></tuv></tu>'


def tmx(*units: str) -> str:
    """A TMX file of some other tool."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">{HEADER}<body>\n'
        + "\n".join(units)
        + "\n</body></tmx>\n"
    )


def catalog(*entries: Entry) -> str:
    """The text of a PO file with these entries."""
    return "\n".join([new_catalog("nl"), *(f"{render_entry(entry)}\n" for entry in entries)])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with two catalogs, one of an article that is gone."""
    files = {
        "mkdocs.yml": "site_name: Small\n",
        "docs/index.md": "# Home\n",
        "locales/nl/locale.yml": "name: Nederlands\n",
        "locales/nl/LC_MESSAGES/index.po": catalog(Entry("Home", "Start"), Entry("Stop", "", flags=("fuzzy",))),
        "locales/nl/LC_MESSAGES/old/gone.po": catalog(Entry("Pods have no IPv6.", "Pods hebben geen IPv6.")),
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_project(tmp_path)


def put(project: Project, name: str, text: str | bytes) -> Path:
    """Write a file into the project."""
    path = project.settings.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def test_the_memory_is_all_catalogs_and_all_tmx_files(project: Project) -> None:
    """Also of articles that are gone; units of a TMX file say so, with author, day and neighbours."""
    put(project, "locales/nl/memory/old.tmx", tmx(PLAIN, RICH, FRENCH))
    assert catalog_names(project, "nl") == ["index", "old/gone"]
    assert LocaleMemory(project, "nl").units == (
        MemoryUnit("Home", "Start", "index", None, "", "Stop"),
        MemoryUnit("Pods have no IPv6.", "Pods hebben geen IPv6.", "old/gone", None, "", ""),
        MemoryUnit("Stop the pod.", "Stop de pod.", "memory/old.tmx", state=None, imported=True),
        MemoryUnit(
            "Start the pod.", "Start de pod.", "memory/old.tmx", None, "Before", "After", None,
            imported=True, author="Bob", date="2021-01-02",
        ),
    )  # fmt: skip
    counts = memory_counts(LocaleMemory(project, "nl"))
    assert (counts.units, counts.sources, counts.translated, counts.approved) == (4, 4, 2, 0)
    assert counts.imported == {"memory/old.tmx": 2}


def test_units_of_our_own_exports_keep_what_they_say(project: Project) -> None:
    """State, msgctxt and obsolete; what is not finished is left out."""

    def unit(text: str, **props: str) -> str:
        listed = "".join(f'<prop type="x-knooppunt:{name}">{value}</prop>' for name, value in props.items())
        return f'<tu>{listed}<tuv xml:lang="en"><seg>{text}</seg></tuv><tuv xml:lang="nl"><seg>x</seg></tuv></tu>'

    put(
        project,
        "locales/nl/memory/own.tmx",
        tmx(
            unit("A  b", state="approved", context="aks.a:title", before="B", after="C"),
            unit("Gone", state="translated", obsolete="yes"),
            unit("Stale", state="stale"),
            unit("Draft", state="machine"),
            unit("Fuzzy", state="translated", flag="fuzzy"),
        ),
    )
    own = [unit for unit in LocaleMemory(project, "nl").units if unit.imported]
    origin = "memory/own.tmx"
    assert own == [
        MemoryUnit("A  b", "x", origin, "aks.a:title", "B", "C", State.APPROVED, imported=True),
        MemoryUnit("Gone", "x", origin, obsolete=True, imported=True),
    ]


def test_nothing_is_read_before_the_first_question(project: Project) -> None:
    """An update without new texts pays nothing for the memory."""
    memory = LocaleMemory(project, "nl")
    suggest = memory.article("new")
    assert "units" not in vars(memory)
    found = suggest(ask("Pods have no IPv6!"))
    assert found is not None
    assert found.note == "94 % like a text of old/gone"
    first = memory.memory
    assert memory.article("other")(ask("Nothing like it")) is None
    assert memory.memory is first


def test_files_that_cannot_be_read_are_named_all_at_once(project: Project) -> None:
    """With their lines; an update, which tells of catalogs itself, is told of TMX files only."""
    put(project, "locales/nl/LC_MESSAGES/index.po", 'msgid "a"\n')
    put(project, "locales/nl/memory/a.tmx", tmx("<tu>"))
    put(project, "locales/nl/memory/b.tmx", b"<tmx>\xff")
    with pytest.raises(DataError) as caught:
        LocaleMemory(project, "nl").units  # noqa: B018 # reading it is the point
    assert sorted({problem.path for problem in caught.value.problems}) == [
        "locales/nl/LC_MESSAGES/index.po",
        "locales/nl/memory/a.tmx",
        "locales/nl/memory/b.tmx",
    ]
    with pytest.raises(DataError) as caught:
        LocaleMemory(project, "nl", strict=False).units  # noqa: B018 # same
    assert {problem.path for problem in caught.value.problems} == {"locales/nl/memory/a.tmx", "locales/nl/memory/b.tmx"}


def test_an_import_is_normalised_and_repeatable(project: Project) -> None:
    """Two languages, one order, doubles gone, everything that is said of a unit kept; twice is once."""
    file = put(project, "in/My memory (1).TMX", tmx(RICH, PLAIN, FRENCH, PLAIN))
    done = import_memory(project, file, "nl")
    assert (done.path, done.units, done.passed, done.double, done.changed) == (
        "locales/nl/memory/My-memory-1.tmx", 2, 1, 1, True,
    )  # fmt: skip
    path = project.settings.root / done.path
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[5:14] == [
        '    <tu tuid="7" segtype="sentence" creationdate="20200102T030405Z" creationid="Ada">',
        "      <note>about it</note>",
        '      <prop type="prev">Before</prop>',
        '      <prop type="next">After</prop>',
        '      <tuv xml:lang="en"><seg>Start  the',
        " pod.</seg></tuv>",
        (
            '      <tuv xml:lang="nl" changedate="20210102T030405Z" changeid="Bob">'
            "<note>yes</note><seg>Start de pod.</seg></tuv>"
        ),
        "    </tu>",
        '    <tu segtype="sentence">',
    ]
    assert not import_memory(project, put(project, "in/My memory (1).tmx", tmx(PLAIN, RICH)), "nl").changed
    again = import_memory(project, path, "nl")
    assert (again.changed, path.read_text(encoding="utf-8")) == (False, text)
    assert [unit.target for unit in LocaleMemory(project, "nl").units if unit.imported] == [
        "Start de pod.",
        "Stop de pod.",
    ]


def test_an_import_puts_nothing_over_another_file(project: Project) -> None:
    """Unless it is asked to."""
    import_memory(project, put(project, "in/a.tmx", tmx(PLAIN)), "nl")
    other = put(project, "in/a.tmx", tmx(RICH))
    with pytest.raises(UsageError, match=r"locales/nl/memory/a\.tmx is there already .* --force"):
        import_memory(project, other, "nl")
    assert import_memory(project, other, "nl", force=True).changed
    assert [unit.source for unit in LocaleMemory(project, "nl").units if unit.imported] == ["Start the pod."]


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 1, "not"),
        ("no XML", 1, "is not a TMX file"),
        ("<xliff/>", 1, "<tmx>"),
        (tmx("<tu>"), 4, "not XML"),
        (tmx('<tu><tuv xml:lang="en"/></tu>'), 3, "has no segment"),
        (tmx("<tu><tuv><seg>a</seg></tuv></tu>"), 3, "does not say its language"),
        ('<!DOCTYPE tmx [<!ENTITY a "b">]>' + tmx(PLAIN).partition("?>\n")[2], 1, "entity"),
        (tmx(FRENCH), 0, "has no text in en with its translation into nl; it has en, fr"),
        (tmx(), 0, "it has no units"),
    ],
)
def test_what_is_no_memory_is_refused(project: Project, content: str, line: int, says: str) -> None:
    """One problem with the line, and nothing written."""
    file = put(project, "in/a.tmx", content)
    with pytest.raises(DataError, match=says) as caught:
        import_memory(project, file, "nl")
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [(str(file), line)]
    assert not (project.settings.root / "locales/nl/memory").exists()


def test_a_memory_folder_that_leads_out_is_refused(project: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither read nor written through."""
    away = tmp_path_factory.mktemp("away")
    folder = project.settings.root / "locales/nl/memory"
    folder.symlink_to(away)
    with pytest.raises(UsageError, match="leads out"):
        import_memory(project, put(project, "in/a.tmx", tmx(PLAIN)), "nl")
    assert list(away.iterdir()) == []
    folder.unlink()
    folder.mkdir()
    (away / "a.tmx").write_text(tmx(PLAIN), encoding="utf-8")
    (folder / "a.tmx").symlink_to(away / "a.tmx")
    with pytest.raises(UsageError, match="leads out"):
        LocaleMemory(project, "nl").units  # noqa: B018 # reading it is the point


SEGMENTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).filter(str.strip)


@given(st.lists(st.tuples(SEGMENTS, SEGMENTS), min_size=1, max_size=4))
def test_texts_survive_an_import(tmp_path_factory: pytest.TempPathFactory, texts: list[tuple[str, str]]) -> None:
    """Any text that a TMX file can hold is there after it, whatever signs it has."""
    root = tmp_path_factory.mktemp("project")
    (root / "docs").mkdir()
    (root / "mkdocs.yml").write_text("site_name: S\n", encoding="utf-8")
    (root / "locales/nl").mkdir(parents=True)
    (root / "locales/nl/locale.yml").write_text("name: N\n", encoding="utf-8")
    body = ET.Element("tmx", version="1.4")
    ET.SubElement(body, "header", srclang="en")
    inner = ET.SubElement(body, "body")
    kept = []
    for pair in texts:
        if all(sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff") for text in pair for sign in text):
            unit = ET.SubElement(inner, "tu")
            for code, text in zip(("en", "nl"), pair, strict=True):
                ET.SubElement(ET.SubElement(unit, "tuv", {"xml:lang": code}), "seg").text = text
            kept.append(pair)
    if kept:
        file = root / "a.tmx"
        file.write_bytes(ET.tostring(body, encoding="utf-8"))
        read = {(pair.source, pair.target) for pair in pairs(parse_tmx(file.read_bytes(), "a").units, "en", "nl")}
        import_memory(load_project(root), file, "nl")
        stored = parse_tmx((root / "locales/nl/memory/a.tmx").read_bytes(), "a")
        assert {(pair.source, pair.target) for pair in pairs(stored.units, "en", "nl")} == read


def test_searching_a_project(project: Project) -> None:
    """What the command line asks; nothing is left on disk."""
    before = sorted(project.settings.root.rglob("*"))
    assert [match.score for match in similar(project, "nl", " Pods  have no IPv6! ")] == [94]
    assert [hit.source for hit in concordance(project, "nl", "geen", target=True).hits] == ["Pods have no IPv6."]
    assert locale_of(project, None) == "nl"
    assert sorted(project.settings.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("text", "limit", "least", "says"),
    [
        (" \n", 5, 70, "give the text"),
        ("a\ud800", 5, 70, "is not UTF-8 text"),
        ("a", 0, 70, "0 is not a number of texts"),
        ("a", 5, 0, "0 % like"),
        ("a", 5, 101, "101 % like"),
    ],
)
def test_questions_that_make_no_sense(project: Project, text: str, limit: int, least: int, says: str) -> None:
    """One clear line each."""
    with pytest.raises(UsageError, match=says):
        similar(project, "nl", text, limit=limit, least=least)


def test_a_locale_that_is_not_there(project: Project) -> None:
    """The error lists those that are."""
    with pytest.raises(UsageError, match=r"no locale 'fr' .*nl"):
        LocaleMemory(project, "fr")
    with pytest.raises(UsageError, match="no locale 'fr'"):
        locale_of(project, "fr")


def test_an_update_takes_a_copied_passage_and_suggests_the_rest(project: Project) -> None:
    """Through files: from another article, and with fill from a TMX file; a second update changes nothing."""
    passage = ("Each pod has an address of its own.", "It is taken from the subnet.", "It goes back when the pod ends.")
    root = project.settings.root
    put(project, "docs/one.md", "\n\n".join(passage))
    update_catalogs(load_project(root))
    path = root / "locales/nl/LC_MESSAGES/one.po"
    text = path.read_text(encoding="utf-8")
    for number, source in enumerate(passage):
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "Vertaling {number}."')
    path.write_text(text, encoding="utf-8")
    put(project, "docs/two.md", "\n\n".join(["# Two", *passage, "Stop the pods."]))
    report = update_catalogs(load_project(root))
    counts = {change.name: dict(change.counts) for change in report.changes}["two"]
    assert (counts["remembered"], counts["suggested"], counts["new"]) == (1, 2, 2)
    assert update_catalogs(load_project(root), cached=False).behind == ()
    put(project, "locales/nl/memory/old.tmx", tmx(PLAIN))
    assert update_catalogs(load_project(root), cached=False).behind == ()
    report = update_catalogs(load_project(root), cached=False, fill=True)
    assert {change.name: change.counts["suggested"] for change in report.behind} == {"two": 1}
    text = (root / "locales/nl/LC_MESSAGES/two.po").read_text(encoding="utf-8")
    assert 'msgid "It is taken from the subnet."\nmsgstr "Vertaling 1."' in text
    assert "# suggestion: 96 % like a text of memory/old.tmx\n" in text
    assert update_catalogs(load_project(root), cached=False, fill=True).behind == ()
