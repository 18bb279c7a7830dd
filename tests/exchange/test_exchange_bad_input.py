"""Files that no tool should send: each gives one clear error with its line, and nothing is fetched or expanded."""

from __future__ import annotations

import time

import pytest
from exchange_cases import exported, small

from knooppunt.errors import DataError, UsageError
from knooppunt.exchange import format_named, format_of, formats, parse_tmx
from knooppunt.exchange.xmltext import MAX_DEPTH, elements, parse_xml

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
BODY = (
    '<tmx version="1.4">\n<header srclang="en"/>\n<body>\n<tu><tuv xml:lang="en"><seg>é</seg></tuv></tu></body></tmx>'
)
TABLE = "id,source,target\r\nk1,One,Een\r\n"


def problem(data: bytes, path: str = "dir/back.tmx") -> str:
    """What is wrong with a file."""
    with pytest.raises(DataError) as caught:
        format_of(data, path).parse(data, path)
    assert len(caught.value.problems) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (b"", 0, "is empty"),
        (b"hello", 1, "is no XML"),
        (b"<!DOCTYPE html>\n<html><body>x</body></html>", 1, "<html> is the start of no format"),
        (b"\n<xliff xmlns='urn:x'/>", 1, "<xliff> of urn:x is the start of no format"),
        (f"{HEAD}<!DOCTYPE tmx [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>\n{BODY}".encode(), 2, "defines an entity 'a'"),
        (f"{HEAD}<!DOCTYPE tmx [\n<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n{BODY}".encode(), 3, "entity 'x'"),
        (f"{HEAD}<!DOCTYPE tmx [<!ENTITY % x SYSTEM 'http://localhost/x'> %x;]>{BODY}".encode(), 2, "entity 'x'"),
        (f"{HEAD}<!DOCTYPE tmx SYSTEM 'tmx14.dtd'>\n{BODY.replace('é', '&nbsp;')}".encode(), 6, "undefined entity"),
        (f"{HEAD}{BODY}".encode("latin-1"), 5, "bytes in another encoding"),
        (f"{HEAD.replace('UTF-8', 'klingon')}{BODY}".encode(), 1, "unknown encoding: klingon"),
        (f"{HEAD.replace('UTF-8', 'Shift_JIS')}{BODY}".encode(), 1, "save it as UTF-8"),
        (f"{HEAD}{BODY}"[:120].encode(), 5, "cut short"),
        (f"{HEAD}{BODY}"[:20].encode(), 1, "cut short"),
        (f"{HEAD}<tmx>\n<body>\n".encode(), 4, "cut short"),
        (f"{HEAD}<tmx>\n<body>\n</tmx>".encode(), 4, "mismatched tag"),
        (f"{HEAD}{BODY.replace('é', 'a & b')}".encode(), 5, "a bare & or <"),
        (f"{HEAD}{BODY.replace('é', chr(0))}".encode(), 5, "a control character"),
        (f"{HEAD}{BODY.replace('é', '&#27;')}".encode(), 5, "invalid character number"),
        (f"{HEAD}<tmx><body><tu>{'<a>' * 100_000}".encode(), 2, "nested too deeply"),
        (f"{HEAD}<tmx><body>\n<tu><tuv xml:lang='en'/></tu></body></tmx>".encode(), 3, "has no segment"),
        (f"{HEAD}<tmx><body>\n<tu><tuv><seg/></tuv></tu></body></tmx>".encode(), 3, "does not say its language"),
    ],
)
def test_xml(data: bytes, line: int, word: str) -> None:
    message = problem(data)
    assert message.startswith(f"dir/back.tmx:{line}: " if line else "dir/back.tmx: ")
    assert word in message


@pytest.mark.parametrize(
    ("data", "line", "word"),
    [
        (b"\xef\xbb\xbf", 1, "name the columns"),
        (b"a,b,c\r\n1,2,3\r\n", 1, "id, source, target must be there"),
        (b"id,source,target,id\r\n", 1, "two columns are called 'id'"),
        (TABLE.encode() + b'k2,"Two,Twee\r\nk3,Three,Drie\r\n', 3, "not closed"),
        (TABLE.encode() + b'k2,"Two"x,Twee\r\n', 3, "text beside a quoted cell"),
        (TABLE.encode() + b'k2,Two "2",Twee\r\n', 3, "text beside a quoted cell"),
        (TABLE.encode() + b"k2,Two, or more,Twee\r\n", 3, "has 4 cells"),
        (TABLE.encode() + "k2,Two,Eén\r\n".encode("cp1252"), 3, "CSV UTF-8"),
        (b"\xff\xfei\x00d", 0, "UTF-16 though"),
        (b"id,source,target,state\r\nk1,One,Een,klaar\r\n", 2, "unknown state 'klaar'"),
        (b"id,source,target,forms\r\nk1,One,Een,x\r\n", 2, "'x' is not a number of plural forms"),
        (b"id,source,target,locale\r\nk1,One,Een,nl\r\nk1,One,Een,de\r\n", 3, "locale 'de' after 'nl'"),
    ],
)  # fmt: skip
def test_csv(data: bytes, line: int, word: str) -> None:
    message = problem(data, "back.csv")
    assert message.startswith(f"back.csv:{line}: " if line else "back.csv: ")
    assert word in message


def test_a_document_type_is_passed_over_and_never_fetched() -> None:
    """There is no such host, so a fetch would be an error."""
    data = f"{HEAD}<!DOCTYPE tmx SYSTEM 'http://no.such.host.invalid/tmx14.dtd'>\n{BODY}".encode()
    assert parse_tmx(data, "x").units[0].variants[0].text == "é"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "cp1252"])
def test_encodings_that_xml_names(encoding: str) -> None:
    name = {"cp1252": "windows-1252", "utf-8-sig": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
    data = f"{HEAD.replace('UTF-8', name.get(encoding, encoding))}{BODY}".encode(encoding)
    assert format_of(data, "x.bin").name == "tmx"
    assert parse_tmx(data, "x").units[0].variants[0].text == "é"


@pytest.mark.parametrize("name", list(formats()))
def test_every_format_breaks_off_with_a_line(name: str) -> None:
    """A file cut short anywhere is an error or what is before the cut, never a traceback."""
    item = format_named(name)
    data = exported(small(), name).encode()
    whole = len(item.parse(data, "x").units)
    for cut in range(0, len(data), 97):
        errors: list[str] = []
        try:
            found = len(item.parse(data[:cut], "x").units)
        except DataError as error:
            errors.append(str(error))
            found = 0
        assert all(text.startswith("x") for text in errors)
        assert found <= whole
        assert errors or not item.roots or cut == len(data)


def test_formats_are_told_by_what_is_in_the_file() -> None:
    for name in formats():
        data = exported(small(), name).encode()
        assert format_of(data, f"x{formats()[name].ending}").name == name
        if formats()[name].roots:
            assert format_of(data, "x.xml").name == name
    with pytest.raises(UsageError, match="unknown format 'po'; one of csv"):
        format_named("po")
    with pytest.raises(DataError, match=r"x\.doc:1: is of no format"):
        format_of(b"text", "x.doc")


def test_depth_is_limited_and_width_is_not() -> None:
    node = parse_xml(("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH).encode(), "x")
    assert node.name == "a"
    assert sum(1 for _ in elements(b"<r>" + b"<u/>" * 50_000 + b"</r>", "x", {"u"})) == 50_000


def test_a_long_text_costs_as_much_as_it_is_long() -> None:
    """Expat tells of it in pieces; putting each to all before it would take minutes for a hundred megabytes."""
    seconds = []
    for size in (2_000_000, 16_000_000):
        data = b"<tmx><seg>%b</seg></tmx>" % (b"a text\n" * (size // 7))
        tries = []
        for _ in range(3):
            start = time.process_time()
            root = parse_xml(data, "long.tmx")
            tries.append(time.process_time() - start)
        seconds.append(min(tries))
        assert len(root.text) == size // 7 * 7
        assert [type(child) for child in root.elements[0].children] == [str]
    assert seconds[1] < 0.05 + 20 * seconds[0]
