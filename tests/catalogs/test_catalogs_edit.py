"""Law 4: PO read and written back is byte-equal, and an edit changes only its entry."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from catalogs_cases import HEADER, PATH, bare, catalog, catalogs, entries_of, msgfmt_says, plain
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogs import Catalog, edit_po, parse_po, render_entry
from knooppunt.model import Entry

MESSY = f"""{HEADER}
# A note.
#. extracted
#:  docs/a.md   docs/b.md
#, fuzzy
#= no-wrap
#| msgid "old "
#|  "text"
msgctxt "id:title"
msgid ""
"One two "
"three."
msgstr   "Een "
   "twee drie."
# between

#~ msgid "gone"
#~ msgstr "weg"
msgid "next"
msgstr ""

#@ unknown
msgid "plural"
msgid_plural "plurals"
msgstr[0] "meer"
msgstr[1]
""".replace("msgstr[1]\n", 'msgstr[1] "meren"\n')


def disorder(text: str, seed: int) -> str:
    """The same entries in another layout: lines broken elsewhere, fields of comments shuffled, spaces, blank lines."""
    pick = random.Random(seed)  # noqa: S311 # a test's disorder, no secret
    result: list[str] = []
    comments: list[str] = []
    for line in text.split("\n"):
        if line.startswith("#") and not line.startswith(("#~", "#|")):
            comments.append(line)
            continue
        order = pick.sample(" .:,", 4)
        comments.sort(key=lambda comment: order.index(comment[1:2] or " "))
        result += [comment.replace(":", ":  ", 1) if comment.startswith("#:") else comment for comment in comments]
        comments.clear()
        found = re.match(r'(#~ |#~\| |#\| )?((?:msg\w+(?:\[\d\])? )?)"(.*)"$', line)
        if found and found[3] and "\\" not in found[3] and pick.random() < 0.5:
            cut = pick.randrange(len(found[3]))
            mark = found[1] or ""
            result += [f'{mark}{found[2]}"{found[3][:cut]}"', f'{mark}{pick.choice(["", "  "])}"{found[3][cut:]}"']
        else:
            result.append(line)
        if not line and pick.random() < 0.3:
            result.append("")
    return "\n".join(result + comments)


@given(catalogs, st.integers(0, 3), st.sampled_from(["\n", "\r\n"]))
def test_unchanged_is_byte_equal(entries: list[Entry], seed: int, newline: str) -> None:
    text = disorder("\n".join([HEADER, *(f"{render_entry(entry)}\n" for entry in entries)]), seed)
    text = text.replace("\n", newline)
    read = parse_po(text, PATH)
    assert bare(read.entries) == entries
    assert edit_po(read, {}) == text
    assert edit_po(read, {entry.key: entry for entry in read.entries}) == text
    assert edit_po(read, {entry.key: plain(entry) for entry in read.entries}) == text


@given(catalogs.filter(bool), entries_of(), st.data(), st.sampled_from(["\n", "\r\n"]))
def test_an_edit_changes_only_its_entry(entries: list[Entry], new: Entry, data: st.DataObject, newline: str) -> None:
    text = disorder("\n".join([HEADER, *(f"{render_entry(entry)}\n" for entry in entries)]), len(entries))
    read = parse_po(text.replace("\n", newline), PATH)
    place = data.draw(st.integers(0, len(entries) - 1))
    old = read.entries[place]
    kept = data.draw(st.sampled_from(["msgid", "msgstr", "comments", "flags", "previous_msgid", "obsolete", "none"]))
    new = replace(new, context=old.context, msgid=old.msgid) if kept == "msgid" else new
    if kept not in {"msgid", "none"}:
        new = replace(old, **{kept: getattr(new, kept)})
        if old.plurals:
            new = replace(new, msgstr=old.plurals[0])
    if new.key != old.key and new.key in read.by_key:
        return
    after = edit_po(read, {old.key: new})
    assert after.startswith(read.text[: old.origin.start])
    assert after.endswith(read.text[old.origin.end :])
    assert bare(parse_po(after, PATH).entries) == [*entries[:place], plain(new), *entries[place + 1 :]]
    assert after.count("\r\n") == (after.count("\n") if newline == "\r\n" else 0)


@given(catalogs.filter(bool), st.data())
def test_a_removal_and_an_addition_leave_the_others(entries: list[Entry], data: st.DataObject) -> None:
    read = catalog(*entries)
    chosen = data.draw(st.sets(st.sampled_from(range(len(entries)))))
    new = [Entry(f"new {index}", "nieuw") for index in range(3)]
    keys = [data.draw(st.sampled_from([None, *(entry.key for entry in entries)])) for _ in new]
    after = edit_po(read, {entries[index].key: None for index in chosen}, list(zip(keys, new, strict=True)))
    expected = [entry for key, entry in zip(keys, new, strict=True) if key is None]
    for index, entry in enumerate(entries):
        expected += [] if index in chosen else [entry]
        expected += [added for key, added in zip(keys, new, strict=True) if key == entry.key]
    read_again = parse_po(after, PATH)
    assert bare(read_again.entries) == expected
    assert "\n\n\n" not in after
    assert after.endswith("\n")
    assert not after.endswith("\n\n")
    back = edit_po(read_again, {entry.key: None for entry in new})
    if not chosen:
        assert back == read.text


def test_spans_are_whole_entries() -> None:
    read = parse_po(MESSY, PATH)
    first, gone, following, plural = (MESSY[entry.origin.start : entry.origin.end] for entry in read.entries)
    assert (first[:9], first[-11:]) == ("# A note.", 'twee drie."')
    assert gone == '# between\n\n#~ msgid "gone"\n#~ msgstr "weg"'
    assert following == 'msgid "next"\nmsgstr ""'
    assert plural.startswith("#@ unknown\n")
    assert [entry.origin.line for entry in read.entries] == [11, 24, 28, 31]
    assert all(MESSY[: entry.origin.start].count("\n") + 1 == entry.origin.line for entry in read.entries)


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came."""
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_fields_that_stay_keep_their_bytes() -> None:
    read = parse_po(MESSY, PATH)
    entry = read.entries[0]
    after = edit_po(read, {entry.key: replace(entry, msgstr="Een, twee, drie.")})
    assert changed_lines(MESSY, after) == (
        ['msgstr   "Een "', '   "twee drie."'],
        ['msgstr "Een, twee, drie."'],
    )
    after = edit_po(read, {entry.key: replace(entry, flags=(), previous_msgid=None, comments=("A", "B"))})
    assert changed_lines(MESSY, after) == (
        ["# A note.", "#, fuzzy", '#| msgid "old "', '#|  "text"'],
        ["# A", "# B"],
    )
    assert '#= no-wrap\nmsgctxt "id:title"\nmsgid ""\n"One two "' in after


def test_an_obsolete_entry_comes_back_byte_for_byte() -> None:
    read = parse_po(MESSY, PATH)
    gone = edit_po(read, {entry.key: replace(entry, obsolete=True) for entry in read.active})
    assert not parse_po(gone, PATH).active
    assert '#= no-wrap\n#~| msgid "old "\n#~|  "text"\n#~ msgctxt "id:title"\n#~ msgid ""\n#~ "One two "' in gone
    assert not msgfmt_says(gone)
    there = parse_po(gone, PATH)
    keys = {entry.key for entry in read.active}
    back = edit_po(there, {key: replace(there.by_key[key], obsolete=False) for key in keys})
    assert back == MESSY


def test_additions_follow_their_entry_in_order() -> None:
    read = parse_po(MESSY, PATH)
    key = (None, "next")
    after = edit_po(read, {}, [(key, Entry("x", "")), (None, Entry("first", "")), (key, Entry("y", ""))])
    ids = [entry.msgid for entry in parse_po(after, PATH).entries]
    assert ids == ["first", "One two three.", "gone", "next", "x", "y", "plural"]
    assert 'msgid "next"\nmsgstr ""\n\nmsgid "x"\nmsgstr ""\n\nmsgid "y"\nmsgstr ""\n\n#@ unknown' in after


def test_into_an_empty_file() -> None:
    assert edit_po(parse_po("", PATH), {}, [(None, Entry("a", "b"))]) == 'msgid "a"\nmsgstr "b"\n'


def test_an_unknown_key_is_an_error() -> None:
    empty: Catalog = catalog()
    with pytest.raises(KeyError):
        edit_po(empty, {(None, "x"): None})
    with pytest.raises(KeyError):
        edit_po(empty, {}, [((None, "x"), Entry("a", "b"))])


def test_index_of_a_plural_form_with_a_zero() -> None:
    text = 'msgid "a"\nmsgid_plural "as"\nmsgstr[00] "x"\nmsgstr[01] "y"\n'
    read = parse_po(text, PATH)
    after = edit_po(read, {(None, "a"): replace(read.entries[0], plurals=("x", "z"))})
    assert after == 'msgid "a"\nmsgid_plural "as"\nmsgstr[00] "x"\nmsgstr[1] "z"\n'


def test_an_indented_obsolete_entry() -> None:
    read = parse_po('  # note\n  #~ msgid "a"\n\t#~ msgstr "x"\n', PATH)
    after = edit_po(read, {(None, "a"): replace(read.entries[0], comments=("other",))})
    assert after == '# other\n#~ msgid "a"\n#~ msgstr "x"\n'
