"""CSV as RFC 4180 has it, for spreadsheets: a head, and a row for each entry.

A cell that a spreadsheet would run as a formula, since it starts with `=`, `+`, `-`, `@` or a tab, goes out with an
apostrophe before it, and comes back without. Semicolons and tabs between cells are read too, and UTF-16, as Excel
writes them; another encoding is refused, since a file in it has lost letters.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError
from knooppunt.exchange.units import Returned, ReturnedFile
from knooppunt.files import decode
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knooppunt.exchange.units import Outgoing, Unit

TITLE: Final = "CSV"
ENDING: Final = ".csv"

REQUIRED: Final = ("id", "source", "target")
COLUMNS: Final = (
    *("catalog", "id", "context", "source", "plural", "target"),
    *("state", "comments", "notes", "locale", "previous", "flags", "references", "obsolete", "forms", "stamp"),
)
"""Columns of every file; `target[1]` and so on come after `target` where there are plural forms."""

_DELIMITERS: Final = (",", ";", "\t")
_FORMULA: Final = "=+\\-@\t\r\uff1d\uff0b\uff0d\uff20"
_GUARD: Final = re.compile(f"'*[{_FORMULA}]")
_GUARDED: Final = re.compile(f"'+[{_FORMULA}]")
_BREAK: Final = re.compile(r"\r\n|\n|\r")
_FORM: Final = re.compile(r"target\[([1-9])\]")


def render(outgoing: Outgoing) -> str:
    """The units as rows, with a byte order mark, without which Excel takes UTF-8 for an old encoding."""
    forms = max((len(unit.targets) for unit in outgoing.units), default=1)
    place = COLUMNS.index("target") + 1
    columns = [*COLUMNS[:place], *(f"target[{form}]" for form in range(1, forms)), *COLUMNS[place:]]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    for unit in outgoing.units:
        writer.writerow({name: guard(text) for name, text in _cells(unit, outgoing).items()})
    return f"\ufeff{stream.getvalue()}"


def _cells(unit: Unit, outgoing: Outgoing) -> dict[str, str]:
    entry = unit.entry
    cells = {
        "catalog": unit.catalog,
        "id": unit.id,
        "context": entry.context or "",
        "source": entry.msgid,
        "plural": entry.msgid_plural or "",
        "target": unit.targets[0],
        "state": unit.state.value,
        "comments": join(entry.comments),
        "notes": join(entry.extracted),
        "locale": outgoing.locale,
        "previous": entry.previous_msgid or "",
        "flags": ", ".join(entry.flags),
        "references": join(entry.references),
        "obsolete": "yes" if entry.obsolete else "",
        "forms": "" if entry.msgid_plural is None else str(len(unit.targets)),
        "stamp": unit.stamp,
    }
    return cells | {f"target[{form}]": text for form, text in enumerate(unit.targets[1:], 1)}


def guard(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if _GUARD.match(text) else text


def unguard(cell: str) -> str:
    """The opposite of `guard`; an apostrophe before anything else is a letter."""
    return cell[1:] if _GUARDED.match(cell) else cell


def join(lines: Sequence[str]) -> str:
    """Lines in one cell; none and one empty line differ."""
    return "\n".join(lines) + ("\n" if lines and not lines[-1] else "")


def split(cell: str) -> tuple[str, ...]:
    """The opposite of `join`."""
    return tuple(cell.removesuffix("\n").split("\n")) if cell else ()


def parse(data: bytes, path: str) -> ReturnedFile:
    """The units of a CSV file. Raises DataError with the line of what is wrong.

    Columns may stand in any order, and others beside them; id, source and target must be there.
    """
    text = _decode(data, path)
    head, rows = _table(text, path)
    units = []
    locales: dict[str, int] = {}
    for row in rows:
        cells = _named(head, row, path)
        if cells is not None:
            units.append(_returned(cells, row.line, path, stated="comments" in head))
            locales.setdefault(cells.get("locale", "").strip(), row.line)
    locales.pop("", None)
    if len(locales) > 1:
        second, line = list(locales.items())[1]
        raise DataError.single(path, line, f"locale '{second}' after '{next(iter(locales))}'", hint="split the file")
    return ReturnedFile(path, "csv", next(iter(locales), ""), tuple(units))


def _decode(data: bytes, path: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise DataError.single(path, 0, "is not UTF-16 though it starts as such", hint="save it as UTF-8") from None
    try:
        return decode(data, path).removeprefix("\ufeff")
    except DataError as error:
        problem = error.problems[0]
        hint = "save it as 'CSV UTF-8', from the original, since letters may be lost already"
        raise DataError.single(path, problem.line, problem.message, hint=hint) from None


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]


def _table(text: str, path: str) -> tuple[tuple[str, ...], Iterator[_Row]]:
    """The names of the columns, and the rows below them."""
    for delimiter in _DELIMITERS:
        rows = _rows(text, delimiter, path)
        try:
            first = next(rows, None)
        except DataError:
            continue
        head = tuple(cell.strip().lower() for cell in first.cells) if first else ()
        if set(REQUIRED) <= set(head):
            twice = [name for name in head if name and head.count(name) > 1]
            if twice:
                raise DataError.single(path, 1, f"two columns are called '{twice[0]}'")
            return head, rows
    names = ", ".join(REQUIRED)
    raise DataError.single(path, 1, f"the first row must name the columns; {names} must be there")


def _rows(text: str, delimiter: str, path: str) -> Iterator[_Row]:
    """Rows with the lines on which they begin; rows without any text are passed over."""
    cell = re.compile(rf'"((?:[^"]++|"")*+)"|([^{delimiter}\r\n"]*+)')
    place, line = 0, 1
    while place < len(text):
        cells: list[str] = []
        begin, start = line, place
        while True:
            found = cell.match(text, place)
            assert found is not None
            quoted = found[1]
            cells.append(quoted.replace('""', '"') if quoted is not None else found[2])
            place = found.end()
            if text[place : place + 1] != delimiter:
                break
            place += 1
        ended = _BREAK.match(text, place)
        if ended is None and place < len(text):
            line = begin + len(_BREAK.findall(text, start, place))
            what = "a quote that is not closed" if text[place] == '"' and not found[0] else "text beside a quoted cell"
            raise DataError.single(path, line, what, hint='a cell with quotes in it is written "like ""this"""')
        place = ended.end() if ended else place
        line = begin + len(_BREAK.findall(text, start, place))
        if any(cells):
            yield _Row(begin, tuple(cells))


def _named(head: Sequence[str], row: _Row, path: str) -> Mapping[str, str] | None:
    """The cells of a row by column; None for a row without an id and without texts."""
    if any(row.cells[len(head) :]):
        message = f"has {len(row.cells)} cells, and the head names {len(head)} columns"
        raise DataError.single(path, row.line, message, hint="put quotes around texts with commas and line breaks")
    return {name: unguard(cell) for name, cell in zip(head, row.cells, strict=False) if name}


def _returned(cells: Mapping[str, str], line: int, path: str, *, stated: bool) -> Returned:
    state = cells.get("state", "").strip().lower()
    if state and state not in list(State):
        raise DataError.single(path, line, f"unknown state '{state}'", hint=f"one of {', '.join(State)}")
    target = cells.get("target", "")
    return Returned(
        cells.get("catalog", "").strip(),
        cells.get("id", "").strip(),
        cells.get("source", ""),
        target,
        line,
        _forms(cells, target, line, path),
        State(state) if state else None,
        cells.get("stamp", "").strip(),
        split(cells.get("comments", "")) if stated else None,
        context=cells.get("context"),
        plural=cells.get("plural", ""),
    )


def _forms(cells: Mapping[str, str], target: str, line: int, path: str) -> tuple[str, ...]:
    """All plural forms of a row; none for an entry without them."""
    number = cells.get("forms", "").strip()
    others = {int(found[1]): text for name, text in cells.items() if (found := _FORM.fullmatch(name))}
    if not number:
        filled = max((form for form, text in others.items() if text), default=0)
        return (target, *(others.get(form, "") for form in range(1, filled + 1))) if filled else ()
    if not re.fullmatch(r"[1-9]", number):
        raise DataError.single(path, line, f"'{number}' is not a number of plural forms")
    return (target, *(others.get(form, "") for form in range(1, int(number))))
