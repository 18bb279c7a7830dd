"""Entries that are read in one go are read as the reader that goes line by line reads them, faults included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from catalogs_cases import HEADER, catalogs, msgfmt_says
from hypothesis import given
from hypothesis import strategies as st
from test_catalogs_awkward import ACCEPTED, REFUSED

from corpora import corpus_files
from knooppunt.catalogs import new_catalog, parse, parse_po, render_entry, update_po
from knooppunt.catalogs.plain import PLAIN_ENTRY
from knooppunt.errors import DataError
from knooppunt.model import Entry
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from knooppunt.catalogs import Catalog
    from knooppunt.errors import Problem

_NEVER = re.compile(r"(?!)")

PIECES = (
    *(
        "# note\n",
        "#\n",
        "#note\n",
        "#. more\n",
        "#.more\n",
        "#: a.md b.md\n",
        "#: \u2068a b.md\u2069\n",
        "#, fuzzy, x\n",
    ),
    *("#,\n", '#| msgid "a"\n', '#~ msgid "a"\n', '#~ msgstr "b"\n', "#~ more\n", 'msgctxt "c"\n', 'msgid "a"\n'),
    *(
        'msgid "b"\n"more \\n"\n',
        'msgid ""\n"c"\n',
        'msgstr "b"\n',
        'msgstr ""\n"x \\" \\\\"\n',
        '"loose"\n',
        "\n",
        "\n",
    ),
    *(
        'msgstr "\\303\\251"\n',
        'msgid_plural "as"\n',
        'msgstr[0] "b"\n',
        'msgstr "b" "c"\n',
        "loose\n",
        'msgstr "b"',
        "\r\n",
    ),
)


def read(text: str) -> tuple[tuple[Entry, ...], Entry | None] | list[Problem]:
    """What is read of a text, with all places, or all that is wrong with it."""
    try:
        found: Catalog = parse_po(text, "a.po")
    except DataError as error:
        return list(error.problems)
    return found.entries, found.header_entry


def line_by_line(text: str) -> tuple[tuple[Entry, ...], Entry | None] | list[Problem]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse, "PLAIN_ENTRY", _NEVER)
        return read(text)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_order_of_lines(text: str) -> None:
    assert read(text) == line_by_line(text)


@given(catalogs, st.data())
def test_catalogs_with_a_fault(entries: list[Entry], data: st.DataObject) -> None:
    text = "\n".join([HEADER, *(f"{render_entry(entry)}\n" for entry in entries)])
    place = data.draw(st.integers(0, len(text)))
    damaged = text[:place] + data.draw(st.sampled_from(["", '"', "\\", "\n", "\r", "#", " "])) + text[place + 1 :]
    assert read(text) == line_by_line(text)
    assert read(damaged) == line_by_line(damaged)


@pytest.mark.parametrize("name", [*ACCEPTED, *REFUSED])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_awkward_files(name: str, newline: str) -> None:
    text = ((ACCEPTED | REFUSED)[name][0]).replace("\n", newline)
    for whole in (text, f"{HEADER}\n{text}", f'{text}\n\nmsgid "z"\nmsgstr "z"\n'):
        assert read(whole) == line_by_line(whole)


def test_a_comment_that_ends_with_a_backslash() -> None:
    """gettext joins the next line to it, and so would lose the msgid, unless a space is between."""
    entry = Entry("a", "b", comments=("C:\\",), extracted=("D:\\", "E"))
    text = f"{HEADER}\n{render_entry(entry)}\n"
    assert not msgfmt_says(text)
    [found] = parse_po(text, "a.po").entries
    assert (found.comments, found.extracted) == (entry.comments, entry.extracted)
    assert read(text) == line_by_line(text)


def test_most_entries_are_plain() -> None:
    """Else the reader would be slow, and no other test would fail."""
    page = parse_page(
        '# A\n\nSay "hi" `\\n`.\n\n- A long text that goes on and on, and on and on, over the end of it.\n'
    )
    text = update_po(parse_po(new_catalog("nl"), ""), page.segments, locale="nl").text
    start, plain = 0, 0
    while found := PLAIN_ENTRY.match(text, start):
        plain += 1
        start = found.end() + 2
    assert plain == 1 + len(page.segments) == 4


def test_a_hostile_file_takes_no_time() -> None:
    """What looks like an entry up to its end costs one look, not one for each line of it."""
    half = "# x\n" * 20_000 + "#. x\n" * 20_000 + 'msgid "a"\n' + '"b"\n' * 20_000
    assert isinstance(read(half + "\n" + half), list)


@pytest.mark.corpus
def test_catalogs_of_the_corpus() -> None:
    for file in corpus_files("aks-docs", "a*.md"):
        text = update_po(None, parse_page(file.read_text(encoding="utf-8")).segments, locale="nl").text
        assert read(text) == line_by_line(text)
