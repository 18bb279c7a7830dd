"""CSV as spreadsheets write it: other delimiters and encodings, formulas, rows in another order."""

from __future__ import annotations

import csv
import io

import pytest
from exchange_cases import NAME, catalog, exported, returned, small, texts
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.exchange import plan_import
from knooppunt.exchange.csv import COLUMNS, guard, join, split, unguard
from knooppunt.model import Entry, State


def table(text: str) -> list[dict[str, str]]:
    """The rows as Python's own reader has them."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def written(rows: list[dict[str, str]], delimiter: str = ",", newline: str = "\r\n") -> str:
    """Rows as another program writes them."""
    stream = io.StringIO()
    writer = csv.DictWriter(
        stream, list(rows[0]), delimiter=delimiter, lineterminator=newline, quoting=0 if newline == "\r\n" else 1
    )
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def test_a_file_is_what_rfc_4180_says() -> None:
    text = exported(small(), "csv")
    assert text.startswith("\ufeffcatalog,id,context,source,plural,target,target[1],state,")
    rows = table(text)
    assert len(rows) == 8
    assert text.count("\r\n") == 9
    assert rows[0] | {"stamp": "", "id": ""} == dict.fromkeys([*COLUMNS, "target[1]"], "") | {
        "catalog": NAME,
        "source": "The two subnets",
        "target": "De twee subnetten",
        "state": "translated",
        "locale": "nl",
        "references": "docs/network.md",
    }
    assert (rows[1]["context"], rows[1]["notes"]) == ("aks.cni:title", "requirement\nrevision: 1")
    assert (rows[2]["previous"], rows[2]["flags"]) == ("Run it.", "fuzzy")
    assert (rows[4]["target[1]"], rows[4]["forms"], rows[4]["comments"]) == ("Veel pods", "2", "Ask Ada.\n\n")
    assert rows[6]["obsolete"] == "yes"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_spreadsheets_make_of_it(delimiter: str, newline: str, encoding: str) -> None:
    """Excel writes semicolons in many countries, and tabs in UTF-16 as 'Unicode text'."""
    read = small()
    rows = table(exported(read, "csv"))
    rows[0]["target"] = 'Twee subnetten; echt,\n"waar"'
    text = written(rows[::-1], delimiter, newline)
    file = returned(text.encode(encoding), "csv")
    assert file.locale == "nl"
    plan = plan_import({NAME: read}, file)
    assert plan.counts == {"changed": 1, "equal": 7}
    (entry,) = plan.changes[NAME].values()
    assert entry.msgstr == 'Twee subnetten; echt,\n"waar"'


def test_lines_are_those_of_the_file() -> None:
    rows = [{"id": "k1", "source": "a\nb", "target": ""}, {"id": "k2", "source": "c", "target": ""}]
    assert [unit.line for unit in returned(written(rows), "csv").units] == [2, 4]
    assert [unit.line for unit in returned("\r\n" + written(rows, newline="\r"), "csv").units] == [3, 5]


def test_few_columns_are_enough() -> None:
    read = catalog(Entry("One", ""))
    row = {name: table(exported(read, "csv"))[0][name] for name in ("id", "source")} | {"target": "Een", "remark": "ok"}
    file = returned(written([row]), "csv")
    assert (file.locale, file.units[0].comments, file.units[0].state) == ("", None, None)
    plan = plan_import({NAME: read}, file)
    assert [entry.msgstr for entry in plan.changes[NAME].values()] == ["Een"]


def test_plural_forms_without_their_number() -> None:
    row = {"id": "k1", "source": "One", "target": "Een", "target[1]": "Twee", "target[2]": ""}
    assert returned(written([row]), "csv").units[0].targets == ("Een", "Twee")
    assert returned(written([row | {"target[1]": ""}]), "csv").units[0].targets == ()


def test_short_rows_and_empty_rows() -> None:
    text = "id,source,target,state\r\nk1,One\r\n,,,\r\n\r\nk2,Two,Twee,Translated \r\n"
    assert [(unit.target, unit.state) for unit in returned(text, "csv").units] == [
        ("", None),
        ("Twee", State.TRANSLATED),
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-- see", "'-- see"),
        ("@ada", "'@ada"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''-", "'''-"),
        ("'s avonds", "'s avonds"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert guard(text) == cell
    assert unguard(cell) == text


def test_what_a_person_types_is_taken_as_it_is() -> None:
    for cell in ("-5 graden", "=", "'s avonds", "'"):
        assert unguard(cell) == cell


@given(texts)
def test_the_guard_can_be_taken_away(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in set("=+-@\t\r＝＋－＠")


@given(st.lists(st.text("ab \r"), max_size=4).map(tuple))
def test_lines_in_a_cell(lines: tuple[str, ...]) -> None:
    assert split(join(lines)) == lines


@given(st.lists(st.lists(st.text("ab,;'\"\n\r\t "), min_size=3, max_size=3), min_size=1, max_size=4))
def test_cells_are_read_as_python_reads_them(rows: list[list[str]]) -> None:
    """Our reader has lines and knows no limit of length; the cells are those of the standard library."""
    named = [dict(zip(("id", "source", "target"), row, strict=True)) for row in rows]
    units = returned(written(named), "csv").units
    expected = [row for row in named if any(row.values())]
    assert [(unit.id, unit.source, unit.target) for unit in units] == [
        (unguard(row["id"]).strip(), unguard(row["source"]), unguard(row["target"])) for row in expected
    ]


def test_a_text_longer_than_the_limit_of_the_standard_library() -> None:
    read = catalog(Entry("a " * 100_000, "b " * 100_000))
    assert plan_import({NAME: read}, returned(exported(read, "csv"), "csv")).counts == {"equal": 1}


def test_a_column_sorted_by_itself_is_refused() -> None:
    """Ids no longer stand beside their texts; nothing is taken."""
    read = catalog(Entry("One", "Een"), Entry("Two", "Twee"))
    rows = table(exported(read, "csv"))
    for name in ("source", "target"):
        rows[0][name], rows[1][name] = rows[1][name], rows[0][name]
    plan = plan_import({NAME: read}, returned(written(rows), "csv"))
    assert plan.changes == {}
    assert plan.counts == {"refused": 2}
