"""The charset that a PO file says it is in.

Knooppunt writes UTF-8. A catalog of long ago that says another charset in its header is read and written back in that
one, so that what nobody edits keeps its bytes.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from knooppunt.errors import DataError

UTF_8: Final = "utf-8"

_HEADER: Final = re.compile(r'^msgid[ \t]*""[ \t]*\r?\nmsgstr[^\n]*\n(?:[ \t]*"[^\n]*(?:\n|\Z))*', re.MULTILINE)
_CHARSET: Final = re.compile(r"Content-Type:[^\"\n]*?charset=([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_FIRST: Final = 65536
"""The header is in the first bytes of a file; what follows is not looked at."""

# What gettext calls portable, as far as Python knows it; ASCII is all in one byte in each of them. Source: GNU gettext,
# gettext-tools/src/po-charset.c.
_NAMES: Final = (
    *("ascii", UTF_8, *(f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))), "koi8-r", "koi8-u", "koi8-t"),
    *(f"cp{page}" for page in (850, 866, 874, 932, 949, 950, *range(1250, 1259))),
    *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "euc_jp", "euc_kr", "shift_jis", "johab", "tis-620"),
)


def codec_of(charset: str) -> str | None:
    """Python's name for a charset of PO files; None for one that no PO file can be in, such as UTF-16."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):  # the latter for a NUL in it
        return None
    return name if name in _NAMES else None


def charset_of(text: str) -> str:
    """The charset that the header of a PO text says, UTF-8 where it says none or one that is not known."""
    header = _HEADER.search(text, 0, _FIRST)
    found = _CHARSET.search(header[0]) if header else None
    codec = codec_of(found[1]) if found else None
    return UTF_8 if found is None or codec in {None, UTF_8} else found[1]


def decode_po(data: bytes, name: str) -> str | None:
    """The text of a PO file that is in another charset than UTF-8; None for one that is in UTF-8.

    Raises DataError with the line of the first byte that its charset does not have.
    """
    charset = charset_of(data[:_FIRST].decode("latin-1"))
    if charset == UTF_8:
        return None
    hint = "save the file as UTF-8, and say so in its header"
    try:
        text = data.decode(charset)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not {charset}, which the header says"
        raise DataError.single(name, line, message, hint=hint) from None
    if text.encode(charset) != data:
        message = f"in {charset}, which the header says, a letter can be written in several ways"
        raise DataError.single(name, 0, message, hint=hint)
    return text


def encode_po(text: str, name: str) -> bytes:
    """The bytes of a PO text in the charset that its header says.

    Raises DataError with the line of the first letter that this charset does not have.
    """
    charset = charset_of(text)
    try:
        return text.encode(charset)
    except UnicodeEncodeError as error:
        if charset == UTF_8:  # half a surrogate pair, which is no text at all
            raise
        line = text.count("\n", 0, error.start) + 1
        message = f"{charset}, which the header says, has no '{text[error.start]}'"
        hint = f"convert the file first: msgconv -t UTF-8 -o {name} {name}"
        raise DataError.single(name, line, message, hint=hint) from None
