"""Every kind of awkward catalog that tools and teams make: kept byte for byte, or refused with its line.

A catalog that is kept stays as it is, also when a neighbour of the awkward entry is edited. One that is refused would
lose somebody's work in a reader that mends it silently.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from catalogs_cases import HEADER, gettext, msgfmt_says

from knooppunt.catalogs import Catalog, Key, edit_po, entry_hash, entry_state, parse_po, update_po
from knooppunt.charsets import encode_po
from knooppunt.errors import DataError
from knooppunt.files import decode
from knooppunt.model import Entry, Origin, Segment, State

NEIGHBOURS = 'msgid "before"\nmsgstr "voor"\n', 'msgid "after"\nmsgstr "na"\n'

KEPT: dict[str, str] = {
    "previous msgid": '#, fuzzy\n#| msgid "old"\nmsgid "new"\nmsgstr "x"\n',
    "previous msgid longer than a line": '#, fuzzy\n#| msgid ""\n#| "a long "\n#| "text"\nmsgid "new"\nmsgstr "x"\n',
    "previous msgctxt": '#, fuzzy\n#| msgctxt "b"\n#| msgid "old"\nmsgctxt "c"\nmsgid "new"\nmsgstr "x"\n',
    "previous msgid without fuzzy, as OmegaT leaves it": '#| msgid "old"\nmsgid "new"\nmsgstr "x"\n',
    "previous msgid as Babel writes it, in a comment": '# | msgid "old"\n#, fuzzy\nmsgid "new"\nmsgstr "x"\n',
    "obsolete": '#~ msgid "a"\n#~ msgstr "x"\n',
    "obsolete with its previous msgid": '#, fuzzy\n#~| msgid "old"\n#~ msgid "a"\n#~ msgstr "x"\n',
    "empty msgctxt": 'msgctxt ""\nmsgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"\n',
    "per cent that is no format": 'msgid "a %d b"\nmsgstr "x %d y"\n',
    "escapes that few write": 'msgid "a"\nmsgstr "\\a\\v\\007\\x41\\303\\251"\n',
    "sticky flags": '#, fuzzy\n#= c-format\nmsgid "a"\nmsgstr "x"\n',
    "a mark that nobody knows": '#@ anything\nmsgid "a"\nmsgstr "x"\n',
    "a flag that nobody knows": '#, x-reviewed, fuzzy\nmsgid "a"\nmsgstr "x"\n',
    "line separators inside a line": 'msgid "a\u2028b\x85c"\nmsgstr "x\u2029"\n',
    "more plural forms": 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\nmsgstr[1] "y"\nmsgstr[2] ""\n',
    "fewer plural forms": 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n',
    "line break at the end of one of the two": 'msgid "a"\nmsgstr "x\\n"\n',
    "references with line numbers": '#: a.md:1 b.md:22\n#: c.md:3\nmsgid "a"\nmsgstr "x"\n',
    "references with spaces": '#: \u2068my page.md\u2069:3\nmsgid "a"\nmsgstr "x"\n',
    "comments of a translator": '# Ask Ada.\n#\n#no space\nmsgid "a"\nmsgstr "x"\n',
    "comments of the extraction": '#. note\n#.\n#.no space\nmsgid "a"\nmsgstr "x"\n',
    "comments in any order": '#, fuzzy\n#: a.md\n# b\n#. c\n# d\nmsgid "a"\nmsgstr "x"\n',
    "wrapped at 77": 'msgid ""\n"aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj kkkk llll "\n"oooo"\nmsgstr "x"\n',
    "not wrapped at all": f'msgid "{"word " * 60}"\nmsgstr "{"woord " * 60}"\n',
    "wrapped in the middle of words": 'msgid ""\n"a"\n"b"\n""\n"c"\nmsgstr ""\n"x"\n',
    "empty lines inside an entry's comments": '# a\n\n# b\nmsgid "a"\nmsgstr "x"\n',
    "several blank lines": '\n\n\nmsgid "a"\nmsgstr "x"\n\n\n',
    "space around": '  msgid   "a"  \n\tmsgstr\t"x"\n',
}

WHOLE: dict[str, bytes] = {
    "CRLF": f'{HEADER}\nmsgid "a"\nmsgstr "x"\n'.replace("\n", "\r\n").encode(),
    "ISO-8859-1": f'{HEADER}\n# caf\u00e9\nmsgid "a"\nmsgstr "\u00e9"\n'.replace("UTF-8", "ISO-8859-1").encode(
        "latin-1"
    ),
    "no newline at the end": f'{HEADER}\nmsgid "a"\nmsgstr "x"'.encode(),
    "no header": b'msgid "a"\nmsgstr "x"\n',
    "fields of the header that others write": (
        HEADER.replace('"X-Generator', '"X-Poedit-Basepath: ..\\n"\n"Last-Translator: A <a@b.c>\\n"\n"X-Generator')
        + '\nmsgid "a"\nmsgstr "x"\n'
    ).encode(),
    "an ISO date in the header": (
        HEADER.replace('"X-Gen', '"POT-Creation-Date: 2026-01-31T12:00:00+01:00\\n"\n"X-Gen')
        + '\nmsgid "a"\nmsgstr ""\n'
    ).encode(),
    "an emptied date": (
        HEADER.replace('"X-Gen', '"POT-Creation-Date: \\n"\n"X-Gen') + '\nmsgid "a"\nmsgstr ""\n'
    ).encode(),
    "a fuzzy header": f'#, fuzzy\n{HEADER}\nmsgid "a"\nmsgstr "x"\n'.encode(),
    "a header behind a comment": f'# Licence.\n# FIRST AUTHOR <a@b.c>\n#\n{HEADER}\nmsgid "a"\nmsgstr "x"\n'.encode(),
}

REFUSED: dict[str, tuple[bytes, int, str]] = {
    "conflict markers": (
        b'msgid "a"\n<<<<<<< HEAD\nmsgstr "x"\n=======\nmsgstr "y"\n>>>>>>> b\n', 2, "conflict marker of git"),
    "truncated": (b'msgid "a"\nmsgstr "x"\n\nmsgid "b"\nmsgs', 5, "text outside of an entry"),
    "truncated inside a string": (b'msgid "a"\nmsgstr "x', 2, "no closing quote"),
    "msgstr without quotes": (b'msgid "a"\nmsgstr x\n', 2, "text outside quotes"),
    "msgstr without its first quote": (b'msgid "a"\nmsgstr * (asterisco)"\n', 2, "text outside quotes"),
    "duplicate": (b'msgid "a"\nmsgstr "x"\n\nmsgid "a"\nmsgstr "y"\n', 4, "already in line 1"),
    "byte order mark": (b'\xef\xbb\xbfmsgid "a"\nmsgstr "x"\n', 1, "byte order mark"),
    "another charset than the header says": (
        f'{HEADER}\nmsgid "a"\nmsgstr "\u00e9"\n'.encode("latin-1"), HEADER.count("\n") + 3, "byte 0xe9 is not UTF-8"),
    "a charset that no catalog can be in": (HEADER.replace("UTF-8", "UTF-16").encode(), 1, "the charset is 'UTF-16'"),
}  # fmt: skip


def read(data: bytes) -> Catalog:
    return parse_po(decode(data, "a.po"), "a.po")


def written(text: str) -> bytes:
    return encode_po(text, "a.po")


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("name", KEPT)
def test_kept_byte_for_byte(name: str, newline: str) -> None:
    """Written back, and when the entries around it are edited; and edited, only its msgstr is another."""
    text = "\n".join([HEADER, NEIGHBOURS[0], KEPT[name], NEIGHBOURS[1]]).replace("\n", newline)
    catalog = read(text.encode())
    assert written(edit_po(catalog, {})) == text.encode()
    around: dict[Key, Entry | None] = {
        (None, msgid): replace(catalog.by_key[None, msgid], msgstr="anders", flags=("fuzzy",), comments=("new",))
        for msgid in ("before", "after")
    }
    after = edit_po(catalog, around)
    assert KEPT[name].replace("\n", newline) in after
    assert (
        after.replace(f"# new{newline}#, fuzzy{newline}", "").replace("anders", "voor", 1).replace("anders", "na")
        == text
    )
    for entry in catalog.entries[1:-1]:
        plurals = ("\u00e9\u00e9n", *entry.plurals[1:])[: len(entry.plurals)]
        edited = edit_po(catalog, {entry.key: replace(entry, msgstr="\u00e9\u00e9n", plurals=plurals)})
        again = read(edited.encode())
        assert again.by_key[entry.key].msgstr == "\u00e9\u00e9n"
        assert (
            replace(again.by_key[entry.key], msgstr=entry.msgstr, plurals=entry.plurals, origin=entry.origin) == entry
        )
        assert edited[: entry.origin.start] == text[: entry.origin.start]
        assert edited.endswith(text[entry.origin.end :])


@pytest.mark.parametrize("name", WHOLE)
def test_a_whole_file_is_kept(name: str) -> None:
    data = WHOLE[name]
    catalog = read(data)
    assert written(edit_po(catalog, {})) == data
    entry = catalog.by_key[None, "a"]
    after = edit_po(catalog, {entry.key: replace(entry, msgstr="anders")})
    assert written(after).startswith(data[: data.index(b"msgstr", data.index(b'msgid "a"'))])
    assert b'msgstr "anders"' in written(after)
    added = edit_po(catalog, {}, [(entry.key, Entry("more", "meer"))])
    assert [item.msgid for item in read(written(added)).entries] == ["a", "more"]


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_line(name: str) -> None:
    data, line, message = REFUSED[name]
    with pytest.raises(DataError, match=message) as raised:
        read(data)
    assert [problem.line for problem in raised.value.problems] == [line]


def test_all_kinds_are_here() -> None:
    """As many as tools were measured with, at the least."""
    assert len(KEPT) + len(WHOLE) + len(REFUSED) >= 34


def test_a_previous_msgid_longer_than_a_line_is_valid() -> None:
    """Babel writes one that msgfmt rejects."""
    old = " ".join(f"word{number}" for number in range(40))
    catalog = read(f'{HEADER}\nmsgid "{old}"\nmsgstr "x"\n'.encode())
    update = update_po(catalog, [Segment(f"{old} more", Origin("a.md", 1))], locale="nl")
    assert update.counts["fuzzy"] == 1
    assert not msgfmt_says(update.text)
    assert read(update.text.encode()).entries[0].previous_msgid == old


# What other tools make of a catalog when they save it ----------------------------------------------------------------

STATES = f"""{HEADER}
# mt: engine: een
#: docs/a.md
#, fuzzy
msgid "machine"
msgstr "een"

# approved by Ada, says this comment
#. revision: 1
#: docs/a.md
msgctxt "a.b:title"
msgid "approved"
msgstr "twee"

#, fuzzy
#| msgid "old"
msgid "stale and long enough for a tool to break the line after some seventy columns of it"
msgstr "drie"

#= no-wrap
#: docs/a.md
msgid "translated"
msgstr "vier"

msgid "untranslated"
msgstr ""

msgid "one"
msgid_plural "many"
msgstr[0] "\u00e9\u00e9n"
msgstr[1] "veel"

#~ msgid "gone"
#~ msgstr "weg"
"""
APPROVED = {entry_hash(parse_po(STATES, "a.po").by_key["a.b:title", "approved"])}
EXPECTED = [State.MACHINE, State.APPROVED, State.STALE, State.TRANSLATED, State.UNTRANSLATED, State.TRANSLATED]
PEERS = Path(__file__).parents[2] / ".venv/peers/bin/python"


def states(text: str) -> list[State]:
    return [entry_state(entry, APPROVED) for entry in parse_po(text, "a.po").active]


@pytest.mark.parametrize(
    "options", [(), ("--no-wrap",), ("--width=77",), ("--force-po", "--width=40"), ("--no-location",)]
)
def test_saved_by_msgcat_as_poedit_saves(options: tuple[str, ...]) -> None:
    """Every state survives, the approval too: wrapping, places and the marks that it drops are not part of the text."""
    saved = gettext("msgcat", STATES, *options).stdout
    assert saved != STATES
    assert states(saved) == states(STATES) == EXPECTED
    assert [entry_hash(entry) for entry in parse_po(saved, "a.po").entries] == [
        entry_hash(entry) for entry in parse_po(STATES, "a.po").entries
    ]


def test_saved_by_babel(tmp_path: Path) -> None:
    """Its reader takes our file, and ours takes what it writes; previous msgids it loses, as it always does."""
    from io import BytesIO  # noqa: PLC0415 # used here only

    from babel.messages.pofile import read_po, write_po  # noqa: PLC0415 # same

    saved = BytesIO()
    write_po(saved, read_po(BytesIO(STATES.encode()), abort_invalid=True), width=77)
    found = states(saved.getvalue().decode())
    assert found[1] is State.APPROVED
    assert found[3:] == EXPECTED[3:]


@pytest.mark.skipif(not PEERS.exists(), reason="the peers' environment is made by make bench")
def test_saved_by_the_toolkit_as_weblate_saves(tmp_path: Path) -> None:
    """translate-toolkit's pypo writes the file back byte for byte, and after an edit only that entry is another."""
    path = tmp_path / "a.po"
    text = STATES.replace("#= no-wrap\n", "")  # which it makes a `#,`
    path.write_text(text, encoding="utf-8")
    script = (
        "import sys; from translate.storage.pypo import pofile; store = pofile.parsefile(sys.argv[1])\n"
        "if len(sys.argv) > 2:\n    unit = store.findunit('translated'); unit.target = 'anders'\nstore.save()\n"
    )
    subprocess.run([PEERS, "-c", script, path], check=True, capture_output=True)
    assert path.read_text(encoding="utf-8") == text
    subprocess.run([PEERS, "-c", script, path, "edit"], check=True, capture_output=True)
    after = path.read_text(encoding="utf-8")
    assert states(after) == EXPECTED
    assert parse_po(after, "a.po").by_key[None, "translated"].msgstr == "anders"


def test_merged_by_msgmerge_an_approval_ends_though_its_comment_stays(tmp_path: Path) -> None:
    """The hash wins over whatever a comment says."""
    (tmp_path / "a.po").write_text(STATES, encoding="utf-8")
    pot = STATES.replace('msgid "approved"', 'msgid "approved again"')
    (tmp_path / "a.pot").write_text(pot, encoding="utf-8")
    command = ["msgmerge", "-q", "--previous", str(tmp_path / "a.po"), str(tmp_path / "a.pot")]
    merged = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    entry = parse_po(merged, "a.po").by_key["a.b:title", "approved again"]
    assert "approved by Ada, says this comment" in entry.comments
    assert entry_state(entry, APPROVED) is State.STALE
    bare = replace(entry, flags=(), previous_msgid=None)
    assert entry_state(bare, APPROVED) is State.TRANSLATED
