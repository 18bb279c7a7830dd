"""Entries of the kind that nearly all of a PO file is made of, read in one go.

The reader of `parse` goes line by line, since only so it can say what is wrong with a line. An entry with its parts in
the usual order, without `#|`, `#~`, plurals and odd escapes needs none of that: one regular expression takes it, in a
third of the time. Whatever it does not match is left to the reader, so both read the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from knooppunt.catalogs.quoting import unescape
from knooppunt.model import Entry, Origin

_STRING: Final = r'"[^"\\\r\n]*+(?:\\["\\ntbrfva][^"\\\r\n]*+)*+"'
PLAIN_ENTRY: Final = re.compile(
    rf"""(?P<comments>(?:\#(?:[ ][^\r\n]*+)?\n)*+)
    (?P<extracted>(?:\#\.[^\r\n]*+\n)*+)
    (?P<references>(?:\#:[^\r\n]*+\n)*+)
    (?:\#,(?P<flags>[^\r\n]*+)\n)?+
    (?:msgctxt[ ](?P<msgctxt>(?:{_STRING}\n)++))?+
    (?P<msgid>msgid[ ](?:{_STRING}\n)++)
    msgstr[ ](?P<msgstr>{_STRING}(?:\n{_STRING})*+)
    (?=\n(?:\n(?:\#[ .:,]|msgid[ ]"|msgctxt[ ]"))|\n?\Z)""",
    re.VERBOSE,
)
"""An entry that ends where the next one begins, or the file: a string after it would be a part of it."""

_REFERENCE: Final = re.compile("\u2068([^\u2069]*)\u2069|(\\S+)")


def plain_entry(found: re.Match[str], path: str, line: int) -> Entry:
    """The entry that was matched, its first line being that of the number."""
    # by position, which is faster by a third for the many entries of a catalog
    comments, extracted, references, flags, context, msgid, msgstr = found.groups()
    return Entry(
        _text(msgid[6:-1]),
        _text(msgstr),
        None if context is None else _text(context[:-1]),
        None,
        (),
        () if flags is None else split_flags(flags),
        None,
        None,
        False,
        tuple([trim_comment(item)[2:] for item in comments.split("\n")[:-1]]) if comments else (),
        _extracted(extracted) if extracted else (),
        _references(references) if references else (),
        Origin(path, line, 1, found.start(), found.end()),
    )


def trim_comment(line: str) -> str:
    r"""A line of a comment without the space that is written after a `\` at its end."""
    return line[:-1] if line.endswith("\\ ") else line


@lru_cache(maxsize=1024)
def _extracted(lines: str) -> tuple[str, ...]:
    items = [trim_comment(item) for item in lines.split("\n")[:-1]]
    return tuple([item[3:] if item[2:3] == " " else item[2:] for item in items])


@lru_cache(maxsize=1024)
def split_flags(line: str) -> tuple[str, ...]:
    """The flags of a line, given without `#,`."""
    return tuple([flag for item in line.split(",") if (flag := item.strip())])


@lru_cache(maxsize=1024)
def split_references(line: str) -> tuple[str, ...]:
    """The files of a line, given without `#:`; a name with spaces stands between isolates."""
    return tuple([quoted or plain for quoted, plain in _REFERENCE.findall(line)])


@lru_cache(maxsize=1024)
def _references(lines: str) -> tuple[str, ...]:
    return tuple([path for line in lines.split("\n")[:-1] for path in split_references(line[2:])])


def _text(strings: str) -> str:
    """The text of one or more quoted strings, one a line."""
    return unescape(strings[1:-1].replace('"\n"', ""))
