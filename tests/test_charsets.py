"""Catalogs of long ago: read and written in the charset that their header says."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from knooppunt.catalogs import edit_po, new_catalog, parse_po
from knooppunt.charsets import charset_of, codec_of, encode_po
from knooppunt.errors import DataError
from knooppunt.files import Writes, read_text, write_atomic

TEXT = new_catalog("fr") + '\n# café\nmsgid "a"\nmsgstr "é"\n\nmsgid "b"\nmsgstr ""\n'


def in_charset(charset: str, text: str = TEXT) -> bytes:
    return text.replace("UTF-8", charset).encode(charset)


@pytest.mark.parametrize("charset", ["ISO-8859-1", "iso-8859-15", "CP1252", "windows-1252", "UTF-8", "utf8", "GB18030"])
def test_a_catalog_is_read_and_written_back_in_its_charset(tmp_path: Path, charset: str) -> None:
    """Byte for byte outside of the entry that is edited."""
    path = tmp_path / "a.po"
    data = in_charset(charset)
    path.write_bytes(data)
    read = parse_po(read_text(path), "a.po")
    assert read.by_key[None, "a"].msgstr == "é"
    assert not write_atomic(path, edit_po(read, {}))
    assert path.read_bytes() == data
    new = edit_po(read, {(None, "b"): replace(read.by_key[None, "b"], msgstr="ça")})
    with Writes() as writes:
        writes.add(path, new, before=read.text)
        writes.commit()
    assert path.read_bytes() == data.replace(
        b'msgid "b"\nmsgstr ""', b'msgid "b"\nmsgstr "' + "ça".encode(charset) + b'"'
    )
    assert shutil.which("msgfmt")
    done = subprocess.run(["msgfmt", "-c", "-o", tmp_path / "a.mo", path], capture_output=True, check=False)
    assert not done.returncode, done.stderr


def test_a_letter_that_the_charset_does_not_have(tmp_path: Path) -> None:
    """Nothing is written, and the message says how to get on."""
    path = tmp_path / "a.po"
    path.write_bytes(in_charset("ISO-8859-1"))
    text = read_text(path).replace('msgid "b"\nmsgstr ""', 'msgid "b"\nmsgstr "仮想"')
    with pytest.raises(DataError) as raised:
        write_atomic(path, text)
    line = text[: text.index("仮")].count("\n") + 1
    message = f"{path}:{line}: ISO-8859-1, which the header says, has no '仮'; "
    assert str(raised.value) == f"{message}convert the file first: msgconv -t UTF-8 -o {path} {path}"
    assert path.read_bytes() == in_charset("ISO-8859-1")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (in_charset("UTF-8", TEXT).replace(b"UTF-8", b"ASCII"), "11: byte 0xc3 is not ASCII, which the header says"),
        (
            in_charset("ISO-8859-1").replace(b"ISO-8859-1", b"UTF-8"),
            "11: byte 0xe9 is not UTF-8; save the file as UTF-8",
        ),
        (in_charset("ISO-8859-1").replace(b"ISO-8859-1", b"EUC-JP"), "11: byte 0xe9 is not EUC-JP, which"),
        (TEXT.encode("utf-16"), "1: byte 0xff is not UTF-8; save the file as UTF-8"),
    ],
)
def test_bytes_that_the_charset_does_not_have(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(data)
    with pytest.raises(DataError) as raised:
        read_text(path, "a.po")
    assert str(raised.value).startswith(f"a.po:{message}")


def test_only_the_header_of_a_catalog_says_its_charset(tmp_path: Path) -> None:
    """Neither a text about headers nor a page does."""
    about = '\nmsgid ""\n"Content-Type: text/html; charset=ISO-8859-1"\nmsgstr ""\n'
    assert charset_of(TEXT + about) == "utf-8"
    assert charset_of(about[1:]) == "utf-8"
    assert charset_of("") == "utf-8"
    assert charset_of(TEXT.replace("UTF-8", "ISO-8859-1") + about) == "ISO-8859-1"
    assert charset_of(TEXT.replace("UTF-8", "ISO-8859-1").replace("\n", "\r\n")) == "ISO-8859-1"
    (tmp_path / "a.md").write_bytes(in_charset("ISO-8859-1"))
    with pytest.raises(DataError, match="is not UTF-8"):
        read_text(tmp_path / "a.md")


def test_charsets_that_no_catalog_can_be_in() -> None:
    assert [codec_of(name) for name in ("utf-16", "utf-7", "rot13", "hex", "CHARSET", "U\0TF", "")] == [None] * 7
    assert encode_po(TEXT, "a.po") == TEXT.encode()
