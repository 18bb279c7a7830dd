"""The translations of any XLIFF file, 1.x or 2.x, each letter with its place, so that it can be edited there.

Unlike the readers of our own exports (`xliff12`, `xliff21`), this one takes files of every tool: an inline element that
holds the code it stands for is that code, any other one is shown as a tag, `<x id="1"/>`, which checks protect.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from knooppunt.errors import DataError
from knooppunt.exchange.xliff12 import ROOTS as ROOTS_1
from knooppunt.exchange.xliff12 import read_state as read_state_1
from knooppunt.exchange.xliff21 import ROOTS as ROOTS_2
from knooppunt.exchange.xliff21 import read_state as read_state_2
from knooppunt.exchange.xmltext import MAX_DEPTH, Node, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knooppunt.model import Edit, State

_ROOTS: Final = frozenset({*ROOTS_1, *ROOTS_2})
_NATIVE: Final = frozenset({"ph", "it", "bpt", "ept"})
"""Elements of XLIFF 1 whose content is the code that they stand for; in XLIFF 2 they are empty."""
_ALONE: Final = frozenset({"x", "bx", "ex", "sc", "ec"})
_PAIRED: Final = frozenset({"g", "pc"})
_TAG: Final = re.compile(rb"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a translation and where it stands in the file."""

    text: str
    at: int
    """Offset of the run in the translation."""
    start: int
    """Offset of its first character in the file's text."""
    end: int
    editable: bool
    """Whether it stands in the file letter by letter, so that a part of it can be replaced."""
    code: bool = False
    """Whether it is a code, which nothing may touch."""


@dataclass(frozen=True, slots=True)
class TargetText:
    """One text of a file with its translation."""

    id: str
    """Of the unit, with that of the segment behind a slash where a unit has several: `u3/s2`."""
    source: str
    target: str
    """Empty where there is none."""
    line: int
    """1-based line of the translation, or of the unit where it has none."""
    column: int
    start: int
    """Offset of the translation's first character in the file's text, or of the unit."""
    end: int
    state: State | None
    pieces: tuple[Piece, ...] = ()


def read_targets(text: str, path: str) -> tuple[TargetText, ...]:
    """The texts of a file, in order.

    Units that say that they are not to be translated are left out. Raises DataError with the line of what is wrong.
    """
    return _Reader(text.encode("utf-8", "surrogatepass"), path).run()


def with_edits(text: str, unit: TargetText, edits: Iterable[Edit]) -> str | None:
    """The file's text with edits of one translation; None where one of them touches anything but its letters."""
    places = []
    for edit in edits:
        place = _place(unit.pieces, edit.start, edit.end)
        if place is None:
            return None
        places.append((*place, escape(edit.new)))
    for start, end, new in sorted(places, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _place(pieces: tuple[Piece, ...], start: int, end: int) -> tuple[int, int] | None:
    """Where [start, end) of a translation stands in the file; None where that is not one run of letters."""
    if start == end:
        for piece in pieces:
            if piece.editable and piece.at <= start <= piece.at + len(piece.text):
                return piece.start + start - piece.at, piece.start + start - piece.at
        return None
    touched = [piece for piece in pieces if piece.at < end and start < piece.at + len(piece.text)]
    if not touched or any(piece.code for piece in touched):
        return None
    if any(one.end != other.start for one, other in pairwise(touched)):
        return None
    first, last = touched[0], touched[-1]
    begins = first.start + start - first.at if first.editable else first.start if start == first.at else None
    ends = last.start + end - last.at if last.editable else last.end if end == last.at + len(last.text) else None
    return None if begins is None or ends is None else (begins, ends)


@dataclass(slots=True)
class _Run:
    """A part of a source or target as it is read."""

    text: str
    start: int
    """In bytes, as `end`."""
    end: int
    name: str = ""
    """Of the tag, with a slash before it for the end of a pair; empty for text."""
    number: str = ""
    closing: str = ""
    """Code of the end of a pair, where this is its beginning."""
    exact: bool = False
    fixed: bool = False
    """Whether it is text that cannot be edited in its place."""


@dataclass(slots=True)
class _Content:
    """A source or target that is being read."""

    line: int
    column: int
    start: int
    attributes: Mapping[str, str]
    depth: int
    runs: list[_Run] = field(default_factory=list)
    pairs: list[_Run] = field(default_factory=list)
    """Pairs that are open."""
    end: int = 0


class _Reader:
    """One walk over the file by Expat's events, which tell their places in bytes."""

    def __init__(self, data: bytes, path: str) -> None:
        self.data = data
        self.path = path
        self.second = False
        self.names: list[str] = []
        self.quiet: list[bool] = []
        """Of each element around, whether it says that it is not to be translated."""
        self.units: list[Node] = []
        """The unit, or unit and segment, that is being read."""
        self.held: dict[str, list[str]] = {}
        """Data of codes by their id, as XLIFF 2 keeps them."""
        self.datum: list[str] | None = None
        self.content: _Content | None = None
        self.parts: dict[str, _Content] = {}
        self.code: _Run | None = None
        """A code whose content is being read."""
        self.code_depth = 0
        """The depth of its element."""
        self.literal = False
        self.segments = 0
        self.found: list[TargetText] = []
        self.known = (0, 0)
        """A place in bytes, and how many characters are before it."""
        self.parser = DefusedXMLParser(target=_Nothing(), encoding="utf-8", forbid_entities=True, forbid_external=True)
        self.expat = self.parser.parser
        self.expat.buffer_text = False  # so that each event is one run of bytes
        self.expat.ordered_attributes = False
        self.expat.StartElementHandler, self.expat.EndElementHandler = self.begin, self.end
        self.expat.CharacterDataHandler = self.text
        self.expat.StartCdataSectionHandler, self.expat.EndCdataSectionHandler = self.raw, self.cooked

    def run(self) -> tuple[TargetText, ...]:
        try:
            self.parser.feed(self.data)
            self.parser.close()
        except ParseError as error:
            message = f"not XML: {str(error).partition(': line ')[0]}"
            raise DataError.single(self.path, error.position[0], message, hint="the file may be cut short") from None
        except DefusedXmlException:
            message = "the file defines an entity or refers to another file, which is not read"
            raise DataError.single(self.path, self.line, message, hint="write the text itself") from None
        return tuple(self.found)

    @property
    def line(self) -> int:
        return int(self.expat.CurrentLineNumber)

    @property
    def place(self) -> int:
        return int(self.expat.CurrentByteIndex)

    def characters(self, place: int) -> int:
        """Characters before a place in bytes; each is near the one that was asked for before."""
        at, count = self.known
        between = self.data[min(at, place) : max(at, place)].decode("utf-8", "surrogatepass")
        self.known = (place, count + len(between) if place >= at else count - len(between))
        return self.known[1]

    # Tags ------------------------------------------------------------------------------------------------------------

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        if not self.names:
            if (space, name) not in _ROOTS:
                hint = "its root must be <xliff>, of version 1.x or 2.x"
                raise DataError.single(self.path, self.line, f"<{name}> is not the start of an XLIFF file", hint=hint)
            self.second = (space, name) in ROOTS_2
        self.names.append(name)
        if len(self.names) > MAX_DEPTH:
            raise DataError.single(self.path, self.line, f"<{name}> is nested too deeply")
        self.quiet.append(attributes.get("translate") == "no")
        if self.content is not None:
            if self.code is None:
                self.inline(self.content, name, attributes)
            return
        parent = self.names[-2] if len(self.names) > 1 else ""
        if name == ("unit" if self.second else "trans-unit"):
            self.units = [Node(tag, attributes, self.line)]
            self.parts, self.held, self.segments = {}, {}, 0
        elif name == "segment" and parent == "unit":
            self.units = [self.units[0], Node(tag, attributes, self.line)]
            self.parts = {}
            self.segments += 1
        elif name == "data" and parent == "originalData":
            self.datum = self.held.setdefault(attributes.get("id", ""), [])
        elif name in {"source", "target"} and parent == ("segment" if self.second else "trans-unit"):
            start = self.tag_end()
            column = start - self.data.rfind(b"\n", 0, start)
            line = self.line + self.data.count(b"\n", self.place, start)
            self.content = _Content(line, column, start, attributes, len(self.names))
            self.parts[name] = self.content

    def tag_end(self) -> int:
        """Where the tag ends that begins at the current place."""
        found = _TAG.match(self.data, self.place)
        return found.end() if found else self.place

    def inline(self, content: _Content, name: str, attributes: Mapping[str, str]) -> None:
        """A tag inside a source or target."""
        number = (
            attributes.get("copyOf") or attributes.get("startRef") or attributes.get("rid") or attributes.get("id", "")
        )
        data = self.data_of(attributes.get("dataRef") or attributes.get("dataRefStart"))
        run = _Run(data, self.place, self.place, name, number)
        if name in _NATIVE and not self.second:
            self.code, self.code_depth = run, len(self.names)
        elif name in _PAIRED:
            run.closing = self.data_of(attributes.get("dataRefEnd"))
            content.pairs.append(run)
        elif name == "cp":
            run = _Run(_code_point(attributes.get("hex", "")), self.place, self.place, fixed=True)
        elif name not in _ALONE and name != "ph":
            return  # a mark around text
        content.runs.append(run)

    def data_of(self, reference: str | None) -> str:
        return "".join(self.held.get(reference, ())) if reference else ""

    def end(self, _tag: str) -> None:
        depth = len(self.names)
        name = self.names.pop()
        self.quiet.pop()
        if self.code is not None:
            if depth == self.code_depth:
                self.code = None
        elif self.content is not None:
            if depth == self.content.depth:
                self.content.end = max(self.place, self.content.start)
                if self.data.startswith(b"/>", self.content.start - 2):
                    self.content.end = self.content.start
                self.content = None
            elif name in _PAIRED and self.content.pairs:
                opening = self.content.pairs.pop()
                run = _Run(opening.closing, self.place, self.place, f"/{name}", opening.number)
                self.content.runs.append(run)
        elif name == "data":
            self.datum = None
        elif name == ("segment" if self.second else "trans-unit") and self.units:
            self.take()

    def text(self, text: str) -> None:
        if self.code is not None:
            self.code.text += text
        elif self.content is not None:
            self.content.runs.append(self.located(text))
        elif self.datum is not None:
            self.datum.append(text)

    def located(self, text: str) -> _Run:
        """A run of text: letter by letter as in the file, or one reference or line end that stands for a letter."""
        place = self.place
        encoded = text.encode("utf-8", "surrogatepass")
        if self.literal:
            return _Run(text, place, place + len(encoded), fixed=True)
        if self.data.startswith(b"&", place):
            return _Run(text, place, self.data.index(b";", place) + 1)
        if self.data.startswith(encoded, place):
            return _Run(text, place, place + len(encoded), exact=True)
        return _Run(text, place, place + (2 if self.data.startswith(b"\r\n", place) else 1))

    def raw(self) -> None:
        self.literal = True

    def cooked(self) -> None:
        self.literal = False

    # Units -----------------------------------------------------------------------------------------------------------

    def take(self) -> None:
        """The unit or segment that has come to its end."""
        source, target = self.parts.get("source"), self.parts.get("target")
        place = target or source
        if place is None or any(self.quiet) or self.units[-1].get("translate") == "no":
            return
        codes: dict[tuple[str, str], str] = {}
        here = "".join(_shown(run, codes) for run in source.runs) if source is not None else ""
        pieces: list[Piece] = []
        at = 0
        for run in target.runs if target is not None else ():
            text = _shown(run, codes)
            start, end = self.characters(run.start), self.characters(run.end)
            pieces.append(Piece(text, at, start, end, run.exact, bool(run.name) or run.fixed))
            at += len(text)
        there = "".join(piece.text for piece in pieces)
        unit = self.units[-1]
        node = Node("target", target.attributes, target.line, [there]) if target is not None else None
        state = read_state_2(unit, node) if self.second else read_state_1(unit, node, there)
        name = self.units[0].get("id")
        if len(self.units) > 1 and (unit.get("id") or self.segments > 1):
            name = f"{name}/{unit.get('id') or self.segments}"
        start, end = self.characters(place.start), self.characters(place.end)
        self.found.append(TargetText(name, here, there, place.line, place.column, start, end, state, tuple(pieces)))


def _shown(run: _Run, codes: dict[tuple[str, str], str]) -> str:
    """The text of a run; a tag without content is what its twin in the source holds, or is shown as a tag."""
    if not run.name:
        return run.text
    if run.text:
        return codes.setdefault((run.name, run.number), run.text) and run.text
    known = codes.get((run.name, run.number))
    if known is not None:
        return known
    if run.name.startswith("/"):
        return f"<{run.name}>"
    return f'<{run.name} id="{run.number}"{">" if run.name in _PAIRED else "/>"}'


def _code_point(value: str) -> str:
    try:
        return chr(int(value, 16))
    except (ValueError, OverflowError):
        return ""


class _Nothing:
    """Takes what the parser tells and forgets it; the handlers above see it first."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element."""

    def end(self, tag: str) -> None:
        """End an element."""

    def data(self, text: str) -> None:
        """Text."""

    def close(self) -> None:
        """The end."""
