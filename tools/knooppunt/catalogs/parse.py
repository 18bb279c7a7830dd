"""PO text to entries: strict, with every problem of a file at once.

What msgfmt refuses is refused here too. A file is never repaired silently: an unquoted string or a conflict marker
that a lenient reader passes over is text that a translator loses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from knooppunt.catalogs.catalog import Catalog, Key
from knooppunt.catalogs.conflicts import refuse_conflicts
from knooppunt.catalogs.draft import Draft
from knooppunt.catalogs.plain import PLAIN_ENTRY, plain_entry, split_flags, split_references, trim_comment
from knooppunt.catalogs.quoting import StringError, shorten, unquote
from knooppunt.charsets import codec_of
from knooppunt.errors import DataError, Problem

if TYPE_CHECKING:
    from knooppunt.model import Entry

_KEYWORD: Final = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[([0-9]+)\])?(?![A-Za-z0-9_\[])\s*")
_CHARSET: Final = re.compile(r"charset=([^\s;]+)", re.IGNORECASE)

_STAGES: Final = {"msgctxt": 1, "msgid": 2, "msgid_plural": 3, "msgstr": 4}
"""How far an entry is once a keyword has been read."""
_DONE: Final = 4


def parse_po(text: str, path: str) -> Catalog:
    """The catalog of a PO text. Raises DataError with every problem found, each with its line.

    Refused: a byte order mark, conflict markers, strings without their quotes, escapes that do not exist, a msgid
    without msgstr, text outside entries, two entries with one key, gaps in plural forms, a charset that no PO
    file can be in.

    >>> catalog = parse_po('#, fuzzy\\nmsgid "Stop"\\nmsgstr "Stoppen"\\n', "a.po")
    >>> catalog.entries[0].msgstr, catalog.entries[0].fuzzy
    ('Stoppen', True)
    >>> parse_po('msgid "Stop"\\nmsgstr Stoppen\\n', "a.po")
    Traceback (most recent call last):
    knooppunt.errors.DataError: a.po:2: text outside quotes: Stoppen; put the text of msgstr in "quotes"
    """
    if text.startswith("\ufeff"):
        raise DataError.single(path, 1, "the file starts with a byte order mark", hint="save it as UTF-8 without BOM")
    refuse_conflicts(text, path, "resolve the merge first")
    reader = _Reader(path)
    offset, number, size = 0, 1, len(text)
    start = True
    while offset < size:
        if start and reader.ready():
            found = PLAIN_ENTRY.match(text, offset)
            if found is not None:
                reader.take(found, number)
                number += text.count("\n", offset, found.end()) + 2
                offset = found.end() + 2  # and past the blank line that follows
                continue
        end = text.find("\n", offset)
        end = size if end < 0 else end
        line = text[offset:end].removesuffix("\r")
        start = not line
        if line:
            reader.place = (number, offset, offset + len(line))
            reader.read(line)
        else:
            reader.skipping = False
        offset = end + 1
        number += 1
    reader.finish(closing=True)
    return reader.catalog(text)


class _Skip(Exception):  # noqa: N818 # not an error of its own: the problem has been noted
    """The rest of the entry at hand makes no sense after a problem."""


class _Reader:
    """The state between two lines of a file."""

    __slots__ = ("broken", "draft", "entries", "header", "lines", "path", "place", "problems", "skipping")

    def __init__(self, path: str) -> None:
        self.path = path
        self.place = (1, 0, 0)
        """Line number, and offsets of the first and past the last character of the line that is being read."""
        self.draft: Draft | None = None
        self.skipping = False
        """An entry was given up; what is left of it is passed over."""
        self.broken = False
        """The entry before had no msgstr; a msgstr after a comment is no second problem."""
        self.entries: list[Entry] = []
        self.header: Entry | None = None
        self.lines: dict[Key, int] = {}
        self.problems: list[Problem] = []

    def ready(self) -> bool:
        """Whether nothing is left open, so that an entry may be read in one go."""
        draft = self.draft
        if draft is not None and draft.stage == _DONE:
            self.finish()
        return self.draft is None

    def take(self, found: re.Match[str], number: int) -> None:
        """Take an entry that was read in one go, its first line being that of the number."""
        self.skipping = self.broken = False
        entry = plain_entry(found, self.path, number)
        self.keep(entry, number + found.string.count("\n", found.start(), found.start("msgid")))

    def read(self, line: str) -> None:
        """Take one line that is not empty."""
        try:
            first = line[0]
            if first == '"':
                self.string(line, obsolete=False)
            elif first == "m":
                self.keyword(line, obsolete=False)
            elif first == "#":
                self.comment(line)
            else:
                stripped = line.strip(" \t\f\v\r")
                if stripped[:1] == "#":
                    self.comment(stripped)
                elif stripped:
                    self.content(stripped, obsolete=False)
        except _Skip:
            if self.draft is not None and self.draft.stage == _DONE:
                self.finish()  # it is complete, and may be a duplicate besides
            self.draft = None
            self.skipping = True

    def content(self, line: str, *, obsolete: bool) -> None:
        """A line that holds a keyword or a string."""
        if line[0] == '"':
            self.string(line, obsolete=obsolete)
        else:
            self.keyword(line, obsolete=obsolete)

    def comment(self, line: str) -> None:
        kind = line[1:2]
        if kind == "~":
            self.obsolete_line(line[2:].strip())
            return
        draft = self.draft
        if draft is None or draft.stage:
            draft = self.begin()
        line = trim_comment(line)
        if kind in {" ", ""}:
            draft.comments.append(line[2:])
        elif kind == ".":
            draft.extracted.append(line[3:] if line[2:3] == " " else line[2:])
        elif kind == ":":
            draft.references.extend(split_references(line[2:]))
        elif kind == ",":
            draft.flags.extend(split_flags(line[2:]))
        elif kind == "|":
            self.previous(line[2:].strip())
        elif kind not in {"=", "@"}:
            draft.comments.append(line[1:])

    def obsolete_line(self, rest: str) -> None:
        if rest.startswith("|"):
            if self.draft is None or self.draft.stage:
                self.begin()
            self.previous(rest[1:].strip())
        elif rest.startswith("#"):
            self.comment(rest)
        elif rest:
            self.content(rest, obsolete=True)

    def begin(self) -> Draft:
        """A new entry starts at this line; the one before must be complete."""
        self.finish()
        self.skipping = False
        self.draft = Draft(self.place[0], self.place[1])
        return self.draft

    def previous(self, line: str) -> None:
        """What follows `#|`."""
        draft = self.draft
        if draft is None:
            return
        found = _KEYWORD.match(line)
        if found is not None and found[1] != "msgstr":
            draft.parts = draft.previous[found[1]] = []
            line = line[found.end() :]
        elif not line.startswith('"') or draft.parts is None:
            self.fault(f"'#|' must be followed by msgctxt, msgid or a string: {shorten(line)}")
        draft.parts.append(self.text(line, found[1] if found else ""))

    def keyword(self, line: str, *, obsolete: bool) -> None:
        found = _KEYWORD.match(line)
        if found is None:
            if self.skipping:
                return
            self.fault(f"text outside of an entry: {shorten(line)}", "start a comment with '# '")
        name, index = found[1], found[2]
        stage = _STAGES[name]
        draft = self.draft
        if stage <= 2 and (draft is None or draft.stage >= stage):
            draft = self.begin()
        elif draft is None:
            if self.skipping:
                return
            self.fault(f"{name} without msgid")
        if draft.stage == 0:
            draft.obsolete = obsolete
        elif draft.obsolete != obsolete:
            self.fault("an entry is obsolete ('#~') as a whole or not at all")
        if stage == 2:
            draft.named = self.place[0]
        field = self.field(draft, name, index)
        draft.stage = stage
        draft.parts = draft.strings[field] = []
        draft.parts.append(self.text(line[found.end() :], name))
        draft.end = self.place[2]

    def field(self, draft: Draft, name: str, index: str | None) -> str:
        """The name under which the strings of a keyword are kept; refuses one that does not follow."""
        if name == "msgid_plural":
            if draft.stage != 2:
                self.fault("msgid_plural must follow msgid")
            draft.plural = True
        if name != "msgstr":
            if index is not None:
                self.fault(f"{name} takes no index [{index}]")
            return name
        if draft.stage < 2:
            if self.broken:
                raise _Skip
            self.fault("msgstr without msgid")
        if not draft.plural:
            if index is not None:
                self.fault(f"msgstr[{index}] without msgid_plural")
            if draft.stage == _DONE:
                self.fault("a second msgstr")
            return name
        expected = len(draft.strings) - sum(name in draft.strings for name in ("msgctxt", "msgid", "msgid_plural"))
        if index is None or int(index) != expected:
            self.fault(
                f"plural form {'without index' if index is None else f'[{index}]'} where [{expected}] must follow"
            )
        return f"msgstr[{expected}]"

    def string(self, line: str, *, obsolete: bool) -> None:
        """A string that goes on with the field before."""
        draft = self.draft
        if draft is None or not draft.stage or draft.parts is None:
            if self.skipping:
                return
            self.fault(f"a string without msgid or msgstr before it: {shorten(line)}")
        if draft.obsolete != obsolete:
            self.fault("an entry is obsolete ('#~') as a whole or not at all")
        if "\\" not in line and line.count('"') == 2 and line[-1] == '"':
            draft.parts.append(line[1:-1])
        else:
            draft.parts.append(self.text(line, ""))
        draft.end = self.place[2]

    def text(self, source: str, keyword: str) -> str:
        """The text of the strings on this line."""
        source = source.strip(" \t\f\v\r")
        if not source:
            self.fault(f"{keyword} without a string", 'write "" for an empty text')
        try:
            return unquote(source)
        except StringError as fault:
            self.fault(str(fault), f'put the text of {keyword} in "quotes"' if source[0] != '"' and keyword else "")

    def fault(self, message: str, hint: str = "") -> NoReturn:
        """Note a problem at this line, and give up on the entry."""
        self.problems.append(Problem(self.path, self.place[0], "", message, hint))
        raise _Skip

    def finish(self, *, closing: bool = False) -> None:
        """The entry at hand is over: keep it, or note what it lacks."""
        draft = self.draft
        self.draft = None
        if draft is None:
            return
        if draft.stage == _DONE:
            self.broken = False
            self.keep(draft.entry(self.path), draft.named)
        elif draft.stage:
            self.broken = True
            text = shorten("".join(draft.strings.get("msgid", draft.strings.get("msgctxt", []))))
            name = "msgid" if "msgid" in draft.strings else "msgctxt"
            missing = "msgstr" if name == "msgid" else "msgid"
            hint = "the file may be cut short" if closing else ""
            self.problems.append(Problem(self.path, draft.named, "", f'{name} "{text}" without {missing}', hint))
        elif draft.previous:
            self.problems.append(Problem(self.path, draft.line, "", "'#|' without an entry that it belongs to"))

    def keep(self, entry: Entry, named: int) -> None:
        """Keep a whole entry whose msgid is in line `named`, unless there is one with its key."""
        context, msgid = entry.context, entry.msgid
        first = self.lines.setdefault((context, msgid), named)
        if first != named:
            shown = f'msgid "{shorten(msgid)}"' + (f' with msgctxt "{shorten(context)}"' if context is not None else "")
            self.problems.append(
                Problem(self.path, named, "", f"{shown} is already in line {first}", "remove one of the two")
            )
        elif msgid or context is not None or entry.obsolete:
            self.entries.append(entry)
        else:
            self.header = entry

    def catalog(self, text: str) -> Catalog:
        """All that was read. Raises DataError where anything was wrong."""
        header: dict[str, str] = {}
        if self.header is not None:
            header = parse_header(self.header.msgstr)
            charset = _CHARSET.search(header.get("Content-Type", ""))
            if charset is not None and codec_of(charset[1]) is None:
                self.problems.append(
                    Problem(
                        self.path,
                        self.header.origin.line,
                        "Content-Type",
                        f"the charset is '{charset[1]}', which no catalog can be in",
                        "save the file as UTF-8, and say so here",
                    )
                )
        if self.problems:
            raise DataError(self.problems)
        return Catalog(self.path, text, header, tuple(self.entries), self.header)


def parse_header(msgstr: str) -> dict[str, str]:
    """The fields of a header by name; lines without a colon are passed over."""
    pairs = (line.partition(":") for line in msgstr.split("\n"))
    return {name.strip(): value.strip() for name, colon, value in pairs if colon}
