"""Running text of software and its manuals, in the formats that packages ship: what `gather` counts.

Code, markup, placeholders and texts that were left untranslated are no running text.
"""

from __future__ import annotations

import gzip
import json
import re
import struct
import zipfile
import zlib
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Final

from babel.messages.mofile import read_mo

from knooppunt.catalogs import parse_po
from knooppunt.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


HOLE: Final = "\ufffc"
"""Stands where something was that is no text, so that its neighbours are not counted as a pair."""

_CODE: Final = (
    "pre|code|tt|kbd|samp|var|script|style|head|screen|programlisting|command|filename|literal|option|userinput"
    "|computeroutput|function|varname|envar|constant|classname|replaceable|synopsis|cmdsynopsis|funcsynopsis|address"
    "|arg|email|cmd|file|sys|input|output|info|credit|indexterm|bookinfo|articleinfo|refmeta|legalnotice|keycap"
)
_INLINE_NAMES: Final = """
a abbr acronym b big cite del dfn em font i ins q s small span strong strike sub sup u wbr emphasis link ulink
gui guiseq guilabel guimenu guimenuitem guisubmenu guibutton guiicon menuchoice application phrase quote term
firstterm glossterm productname trademark interface key keycombo keyseq shortcut xref ref anchor
"""
_INLINE: Final = frozenset(_INLINE_NAMES.split())
_HIDDEN = re.compile(rf"<({_CODE})\b(?:[^<>]*/>|[^<>]*>.*?</\1\s*>)", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL)
_TAG = re.compile(r"</?([A-Za-z][\w:.-]*)[^<>]*>")
_ENTITY = re.compile(r"&[A-Za-z][\w.-]*;")
_PLACEHOLDER = re.compile(
    r"%\([^()\s]*\)\S?|%\{[^{}]*\}|%\d*\$?[-+ 0#]*\d*\.?\d*(?:l{0,2}[sdiufgxXcp@n]|[LI]?\d|S)"
    r"|\$\{[^{}]*\}|\{[^{}\n]*\}|\$\w+|\$\([^()]*\)|https?://\S+|[\w.+-]{1,64}@\S+|\[\[[^\]|]*\|?|\]\]|'{2,}|\[https?:"
)
_ACCELERATOR = re.compile(r"(?<!\w)_(?=\w)|&(?=\w)(?!\w+;)|~(?=\w)|\(_\w\)|\(&\w\)")
_MAN_REQUEST = re.compile(r"^[.'][ \t]*(\S*)[ \t]*(.*)$")
_MAN_FONT = re.compile(r"\\f(?:\[[^\]]*\]|\(..|.)|\\s[-+]?\d|\\[&|^/,c%]|\\[*n](?:\[[^\]]*\]|\(..|.)")
_MAN_SIGNS: Final = {r"\-": "-", r"\e": "\\", r"\ ": " ", r"\(cq": "'", r"\(aq": "'", r"\(oq": "'", r"\(em": " - "}
_MAN_TEXT: Final = frozenset({"B", "I", "BR", "RB", "IR", "RI", "BI", "IB", "SM", "SB"})


def plain(text: str) -> str:
    """A message without markup, placeholders and marks of access keys."""
    if "<" in text:
        text = _TAG.sub(lambda tag: "" if tag[1].lower() in _INLINE else HOLE, _HIDDEN.sub(HOLE, text))
    if "&" in text:
        text = _ACCELERATOR.sub("", unescape(text)) if ";" in text else _ACCELERATOR.sub("", text)
    elif "_" in text or "~" in text:
        text = _ACCELERATOR.sub("", text)
    return _PLACEHOLDER.sub(HOLE, text)


def marked_up(text: str) -> Iterator[str]:
    """The blocks of text of an HTML or XML document: of web pages, DocBook and Mallard."""
    text = _HIDDEN.sub(HOLE, _COMMENT.sub("", text))
    text = _TAG.sub(lambda tag: "" if tag[1].lower() in _INLINE else "\0", text)
    for block in text.split("\0"):
        shown = _ENTITY.sub(HOLE, unescape(block)).strip()
        if shown and shown != HOLE:
            yield _PLACEHOLDER.sub(HOLE, shown)


def manual_page(text: str) -> Iterator[str]:
    """The paragraphs of a manual page in roff's man macros; what is set in bold or italic is a name and no text."""
    lines: list[str] = []
    literal = False
    for raw in text.splitlines():
        request = _MAN_REQUEST.match(raw)
        if request is None:
            if not raw.strip():
                yield _man_paragraph(lines)
                lines = []
            elif not literal:
                lines.append(_man_line(raw))
            continue
        if request[1] in {"nf", "EX"}:
            literal = True
        elif request[1] in {"fi", "EE"}:
            literal = False
        if request[1] in _MAN_TEXT:
            lines.append(HOLE)
        elif not request[1].startswith("\\"):  # any other macro ends a paragraph, but for comments
            yield _man_paragraph(lines)
            lines = []
    yield _man_paragraph(lines)


def _man_line(line: str) -> str:
    line = re.sub(r"\\f[BI].*?(?:\\f[RP]|$)", HOLE, line)
    for sign, shown in _MAN_SIGNS.items():
        line = line.replace(sign, shown)
    line = re.sub(r"\\\[u([0-9A-F]{4})\]", lambda found: chr(int(found[1], 16)), line)
    return re.sub(r"\\\(..|\\\[[^\]]*\]", HOLE, _MAN_FONT.sub("", line))


def _man_paragraph(lines: list[str]) -> str:
    return "\n".join(lines)


def _po(content: bytes) -> Iterator[str]:
    for entry in parse_po(_decoded(content), "").entries:
        if entry.msgid and not (entry.fuzzy or entry.obsolete):
            yield from _translated((entry.msgid, entry.msgid_plural), (entry.msgstr, *entry.plurals[1:]))


def _mo(content: bytes) -> Iterator[str]:
    for message in read_mo(BytesIO(content)):
        if message.id:
            sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
            yield from _translated(
                sources, message.string if isinstance(message.string, tuple | list) else (message.string,)
            )


def _translated(sources: Iterable[str | None], translations: Iterable[str | None]) -> Iterator[str]:
    """What differs from the source: the rest was left in English."""
    sources = frozenset(sources)
    yield from (plain(text) for text in translations if text and text not in sources)


def _json(content: bytes) -> Iterator[str]:
    waiting: list[object] = [json.loads(content.decode("utf-8-sig"))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield plain(value)
        elif isinstance(value, dict):
            waiting += (inner for name, inner in value.items() if name != "@metadata")
        elif isinstance(value, list):
            waiting += value


def _language_pack(content: bytes) -> Iterator[str]:
    """Messages of Mozilla's programs: `.ftl`, `.properties` and `.dtd` in a zip file."""
    with zipfile.ZipFile(BytesIO(content)) as pack:
        for name in pack.namelist():
            text = pack.read(name).decode("utf-8", "replace")
            if name.endswith((".ftl", ".properties")):
                yield from (
                    plain(found[1]) for found in re.finditer(r"^[ \t]*[^#\s=][^=\n]*=[ \t]*(.+)$", text, re.MULTILINE)
                )
                yield from (plain(found[1]) for found in re.finditer(r"^ {4,}([^.\s\[*}][^=\n]*)$", text, re.MULTILINE))
            elif name.endswith(".dtd"):
                yield from (plain(found[1]) for found in re.finditer(r'<!ENTITY\s+\S+\s+"([^"]*)"', text))


def _page(content: bytes) -> Iterator[str]:
    yield from marked_up(_decoded(content))


def _manual(content: bytes) -> Iterator[str]:
    yield from manual_page(_decoded(gzip.decompress(content)))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


_READERS: Final[tuple[tuple[str, Callable[[bytes], Iterator[str]]], ...]] = (
    (r"\.mo$", _mo),
    (r"\.po$", _po),
    (r"\.(?:x?html?|docbook|page|xml)$", _page),
    (r"\.(?:x?html?|docbook|page|xml)\.gz$", lambda content: _page(gzip.decompress(content))),
    (r"\.json$", _json),
    (r"/man\d/[^/]+\.\d\w*\.gz$", _manual),
    (r"\.xpi$", _language_pack),
)


_BROKEN: Final = (
    *(DataError, ValueError, OSError, EOFError, LookupError, RuntimeError),
    *(struct.error, zlib.error, zipfile.BadZipFile),
)
"""What the readers raise for a file that is cut, empty, encrypted, or in no charset that is known."""


def running_text(path: Path) -> Iterator[str]:
    """The texts of a file that a package ships; none of a file in another format, or in one that it only claims."""
    for pattern, reader in _READERS:
        if re.search(pattern, path.as_posix()):
            try:
                yield from reader(path.read_bytes())
            except _BROKEN:
                return
            return
