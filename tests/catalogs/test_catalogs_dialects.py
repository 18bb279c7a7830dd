"""Law 4 over catalogs in the dialects of many tools: wrapped anywhere, with comments and blank lines anywhere."""

from __future__ import annotations

from dataclasses import replace

from catalogs_cases import HEADER
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.catalogs import Catalog, Key, edit_po, parse_po
from knooppunt.catalogs.quoting import escape
from knooppunt.model import Entry

WORDS = st.sampled_from(
    ["pod", "node pool", "é", "仮想ノード", '"', "\\", "\n", "\t", "`a`", "%d", "# no", "msgid", " ", "."]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=25).map("".join)
COMMENTS = st.sampled_from([
    "# a", "#", "#no space", "#. note", "#: a.md", "#: a.md:3 b.md", "#, fuzzy", "#, x-mine,no-wrap", "#= c-format",
    "#@ x", "#  two spaces", '# msgid "no"', "#:", "#.",
])  # fmt: skip


@st.composite
def strings(draw: st.DrawFn, keyword: str, mark: str = "") -> list[str]:
    """A keyword and a text as some tool writes it: on one line, wrapped at a width, or broken anywhere."""
    text = draw(TEXTS)
    gap = draw(st.sampled_from([" ", "", "  ", "\t"]))
    match draw(st.integers(0, 3)):
        case 0:
            pieces = [text]
        case 1:
            pieces = ["", *text.splitlines(keepends=True)] if "\r" not in text else [text]
        case 2:
            width = draw(st.sampled_from([4, 77, 80]))
            pieces = ["", *(text[at : at + width] for at in range(0, len(text), width))]
        case _:
            cut = draw(st.integers(0, len(text)))
            pieces = [text[:cut], text[cut:], ""]
    first, *rest = pieces
    indent = draw(st.sampled_from(["", "", "  "]))
    return [f'{mark}{keyword}{gap}"{escape(first)}"', *(f'{mark}{indent}"{escape(piece)}"' for piece in rest)]


@st.composite
def entries(draw: st.DrawFn) -> str:
    """The lines of an entry, in use or obsolete."""
    mark = draw(st.sampled_from(["", "", "#~ "]))
    lines = draw(st.lists(COMMENTS, max_size=4))
    if "#, fuzzy" in lines:
        lines += draw(st.just([]) | strings("msgid", f"#{'~' if mark else ''}| "))
    if draw(st.booleans()):
        lines += draw(strings("msgctxt", mark))
    lines += draw(strings("msgid", mark))
    if draw(st.integers(0, 4)) == 0:
        lines += draw(strings("msgid_plural", mark))
        for form in range(draw(st.integers(1, 3))):
            lines += draw(strings(f"msgstr[{form}]", mark))
    else:
        lines += draw(strings("msgstr", mark))
    return "\n".join(lines)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A catalog of such entries, no two with one key."""
    found: dict[Key, str] = {}
    for text in draw(st.lists(entries(), min_size=1, max_size=5)):
        entry = parse_po(text + "\n", "a.po").entries
        if entry:
            found.setdefault(entry[0].key, text)
    blanks = st.sampled_from(["\n\n", "\n", "\n\n\n", "\n \n", "\n\n# apart\n\n"])
    text = draw(st.sampled_from([HEADER.rstrip(), f"# Licence\n#\n#, fuzzy\n{HEADER}".rstrip()]))
    for part in found.values():
        text += draw(blanks) + part
    text += draw(st.sampled_from(["\n", "", "\n\n", "\n# the end\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


def read(text: str) -> Catalog:
    return parse_po(text, "a.po")


@given(files())
@settings(max_examples=150)
def test_read_and_written_back_it_is_the_file(text: str) -> None:
    assert edit_po(read(text), {}) == text


@given(files(), TEXTS, st.data())
@settings(max_examples=150)
def test_an_edit_of_one_entry_leaves_every_other_byte(text: str, msgstr: str, data: st.DataObject) -> None:
    """Outside of the entry nothing changes; inside, its other fields and the lines that are not read stay."""
    catalog = read(text)
    old = data.draw(st.sampled_from(catalog.entries))
    plurals = (msgstr, *old.plurals[1:])[: len(old.plurals)]
    after = edit_po(catalog, {old.key: replace(old, msgstr=msgstr, plurals=plurals)})
    start, end = old.origin.start, old.origin.end
    assert after.startswith(text[:start])
    assert after.endswith(text[end:])
    middle = after[start : len(after) - len(text) + end]
    before = [
        line for line in text[start:end].split("\n") if line.startswith(("#", " #")) and not line.startswith("#~ ")
    ]
    assert [
        line for line in middle.split("\n") if line.startswith(("#", " #")) and not line.startswith("#~ ")
    ] == before
    again = read(after).by_key[old.key]
    assert replace(again, origin=old.origin) == replace(old, msgstr=msgstr, plurals=plurals)
    if msgstr != old.msgstr:
        assert edit_po(read(after), {old.key: replace(again, msgstr=old.msgstr, plurals=old.plurals)}) != after


@given(files(), st.data())
@settings(max_examples=100)
def test_flags_and_comments_change_alone(text: str, data: st.DataObject) -> None:
    """Taking `fuzzy` away, or adding a comment, leaves the strings of the entry as they were wrapped."""
    catalog = read(text)
    old = data.draw(st.sampled_from(catalog.entries))
    flags = tuple(flag for flag in old.flags if flag != "fuzzy")
    after = edit_po(catalog, {old.key: replace(old, flags=flags, comments=(*old.comments, "by Ada"))})
    again = read(after).by_key[old.key]
    assert replace(again, origin=old.origin) == replace(old, flags=flags, comments=(*old.comments, "by Ada"))

    def strings_of(whole: str) -> list[str]:
        return [line for line in whole.split("\n") if '"' in line and not line.startswith(("# ", "#:", "#.", "#,"))]

    assert strings_of(after) == strings_of(text)
    assert read(after).newline == catalog.newline


@given(
    files(),
    st.lists(st.builds(Entry, TEXTS.map(lambda text: f"new {text}"), TEXTS), max_size=2, unique_by=lambda e: e.key),
)
@settings(max_examples=100)
def test_what_is_added_and_removed_again_leaves_the_file(text: str, new: list[Entry]) -> None:
    catalog = read(text)
    place = catalog.entries[0].key
    new = [entry for entry in new if entry.key not in catalog.by_key]
    added = edit_po(catalog, {}, [(place, entry) for entry in new])
    keys = [entry.key for entry in read(added).entries]
    assert keys == [place, *(entry.key for entry in new), *(entry.key for entry in catalog.entries[1:])]
    if new and len(catalog.entries) > 1 and text[catalog.entries[0].origin.end :].startswith(catalog.newline * 2):
        back = edit_po(read(added), {entry.key: None for entry in new})
        assert back.replace("\r", "").split() == text.replace("\r", "").split()
