"""A catalog that is written one entry at a time is the catalog that the file holds, byte for byte."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.catalogs import edit_po, parse_po
from knooppunt.errors import DataError
from knooppunt.model import Entry, Origin
from knooppunt.reviewing.live import MOST_WINDOWS, LiveCatalog
from knooppunt.reviewing.model import entry_id
from knooppunt.reviewing.textdiff import hter, utf16, word_diff, word_distance
from review_scratch import GUIDE_PO

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n"\\#~'), max_size=40)
LOOSE = GUIDE_PO.replace("\n\n", "\n").replace("\nmsgid", "\n\nmsgid", 1) + '#~ msgid "Gone"\n#~ msgstr "Weg"\n'
"""No blank lines between entries, and an obsolete one."""


def bare(entries: object) -> list[Entry]:
    return [replace(entry, origin=Origin("", 1)) for entry in entries]  # type: ignore[attr-defined]


@settings(max_examples=40)
@given(
    st.sampled_from([GUIDE_PO, LOOSE, GUIDE_PO.replace("\n", "\r\n"), GUIDE_PO.replace("# mt", "# Old.\n# mt")]),
    st.lists(st.dictionaries(st.integers(0, 5), TEXT, min_size=1, max_size=4), min_size=1, max_size=5),
)
def test_any_saves_leave_the_file_that_one_edit_would_leave(text: str, saves: list[dict[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "guide.po"
        path.write_bytes(text.encode())
        live = LiveCatalog(path, "guide.po")
        assert live.refresh()
        names = list(live.ids)
        for save in saves:
            catalog = parse_po(path.read_bytes().decode(), "guide.po")
            changes, keyed = {}, {}
            for number, words in save.items():
                old = live.entry(names[number])
                assert old is not None
                flags = tuple(flag for flag in old.flags if flag != "fuzzy")
                new = replace(old, msgstr=words, flags=flags, plurals=(words, "b") if old.plurals else ())
                changes[names[number]] = new
                keyed[catalog.by_key[old.key].key] = new
            edited = live.edited(changes)
            assert edited.text == edit_po(catalog, keyed)
            path.write_bytes(edited.data)
            live.wrote(edited)
            assert bare(live.entries) == bare(parse_po(edited.text, "guide.po").entries)
            live.refresh(sure=True)
            assert live.reads == 1  # nobody else has written


def test_many_changes_are_read_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "many.po"
    path.write_text("\n".join(f'msgid "{n}"\nmsgstr "{n}"\n' for n in range(3 * MOST_WINDOWS)), "utf-8")
    live = LiveCatalog(path, "many.po")
    live.refresh()
    edited = live.edited({name: replace(live.entries[place], msgstr="x") for name, place in live.ids.items()})
    path.write_bytes(edited.data)
    live.wrote(edited)
    assert {entry.msgstr for entry in live.entries} == {"x"}


def test_what_would_be_another_catalog_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text('msgid "a"\nmsgstr "a"\n\nmsgid "b"\nmsgstr "b"\n', "utf-8")
    live = LiveCatalog(path, "a.po")
    live.refresh()
    name = entry_id(None, "a")
    with pytest.raises(DataError, match="not be the same catalog"):
        live.edited({name: replace(live.entries[0], comments=("x\nmsgid evil",))})


def test_a_catalog_in_another_charset_stays_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n\n'
    path.write_bytes(f'{head}msgid "a"\nmsgstr "caf\xe9"\n'.encode("latin-1"))
    live = LiveCatalog(path, "a.po")
    live.refresh()
    edited = live.edited({entry_id(None, "a"): replace(live.entries[0], msgstr="th\xe9")})
    assert edited.data == f'{head}msgid "a"\nmsgstr "th\xe9"\n'.encode("latin-1")
    with pytest.raises(DataError):
        live.edited({entry_id(None, "a"): replace(live.entries[0], msgstr="\u20ac")})


@given(TEXT, TEXT)
def test_a_difference_holds_both_texts(old: str, new: str) -> None:
    parts = word_diff(old, new)
    assert "".join(text for sign, text in parts if sign != "+") == old
    assert "".join(text for sign, text in parts if sign != "-") == new
    assert all(text for _, text in parts)
    assert word_distance(old, new) == word_distance(new, old)
    assert hter(old, old) == 0


@given(st.text(max_size=30), st.integers(0, 30))
def test_offsets_are_those_of_javascript(text: str, offset: int) -> None:
    assert utf16(text, offset) == len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
