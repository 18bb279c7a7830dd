"""The ledger of decisions: append only, one line each, the last one on a hash holds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogs import Ledger, parse_ledger, render_decision
from knooppunt.errors import DataError

PATH = "locales/nl/reviews.jsonl"
A, B = "a" * 64, "b" * 64
BY = "Noor <noor@example.org>"
AT = "2026-01-31T12:00:00+01:00"


def line(value: str = A, action: str = "approve", **more: object) -> str:
    return json.dumps({"context": None, "hash": value, "action": action, "by": BY, "at": AT, **more}) + "\n"


def test_later_lines_win() -> None:
    ledger = parse_ledger(line(A) + line(B) + line(A, "reject") + line(B, "reject") + line(B, "carry"), PATH)
    assert ledger.approved == {B}
    assert ledger.latest[A].action == "reject"
    assert [decision.line for decision in ledger.decisions] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("text", ["", "\n", "\n \n"])
def test_empty(text: str) -> None:
    assert parse_ledger(text, PATH).approved == frozenset()
    assert Ledger().approved == frozenset()


def test_unknown_keys_are_kept() -> None:
    decision = parse_ledger(line(seconds=12, mqm=[{"type": "style"}], note="fine"), PATH).decisions[0]
    assert (decision.note, decision.extra) == ("fine", {"seconds": 12, "mqm": [{"type": "style"}]})


def test_windows_newlines() -> None:
    assert parse_ledger((line(A) + line(B)).replace("\n", "\r\n"), PATH).approved == {A, B}


@given(
    st.none() | st.text(),
    st.sampled_from(["approve", "reject", "carry"]),
    st.text(min_size=1).filter(str.strip),
    st.sampled_from([AT, "2026-01-31T12:00:00Z", "2026-01-31 12:00"]),
    st.none() | st.text(),
    st.dictionaries(st.sampled_from(["seconds", "from", "zz"]), st.integers() | st.text() | st.none()),
)
def test_a_rendered_line_is_read_back(
    context: str | None, action: str, by: str, at: str, note: str | None, extra: dict[str, object]
) -> None:
    text = render_decision(context, A, action, by=by, at=at, note=note, extra=extra)
    assert text.count("\n") == 1
    found = parse_ledger(text + text, PATH).decisions[1]
    assert (found.context, found.hash, found.action, found.by, found.at) == (context, A, action, by, at)
    assert (found.note, dict(found.extra), found.line) == (note, extra, 2)


REFUSED = {
    "not JSON": ("{", "1: not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    "cut short": (line()[:-9], "1: not JSON: Unterminated string starting at: line 1 column"),
    "list": ("[]", "1: must be a JSON object"),
    "deep": ("[" * 100_000, "1: not JSON: nested too deeply"),
    "twice": ('{"hash": "x", "hash": "y"}', "1: not JSON: 'hash' is there twice"),
    "action": (line(action="aprove"), "1: action: unknown action 'aprove'; one of approve, reject, carry"),
    "hash": (line("A" * 64), f"1: hash: '{'A' * 64}' is not a SHA-256 hash; 64 digits of 0-9 and a-f"),
    "number": (line(hash=12), "1: hash: must be text, not 12"),
    "nobody": (line(by=" "), "1: by: 'by' is empty; write Name <mail>"),
    "date": (line(at="2026-01-31"), "1: at: '2026-01-31' is not a date and time; write it like 2026-01-31T12:00:00Z"),
    "no date": (line(at="2026-02-30T12:00"), "1: at: '2026-02-30T12:00' is not a date and time; write it like"),
    "nothing": (line(at=None), "1: at: must be text, not null"),
    "missing": (
        '{"context": null, "hash": "' + A + '", "by": "x", "at": "2026-01-01T09"}',
        "1: action: 'action' is",
    ),
    "context": (
        '{"hash": "' + A + '", "action": "carry", "by": "x", "at": "2026-01-01T09"}',
        "1: context: 'context'",
    ),
    "conflict": (
        f"{line()}<<<<<<< HEAD\n{line()}=======\n{line(B)}>>>>>>> other\n",
        "2: conflict marker of git: <<<<<<< HEAD; keep the lines of both sides",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    text, message = REFUSED[name]
    with pytest.raises(DataError) as caught:
        parse_ledger(text, PATH)
    assert str(caught.value).startswith(f"{PATH}:{message}")


def test_all_problems_at_once() -> None:
    with pytest.raises(DataError) as caught:
        parse_ledger(f"{line()}x\n\n{line(at='', by='')}", PATH)
    assert [(problem.line, problem.pointer) for problem in caught.value.problems] == [(2, ""), (4, "at"), (4, "by")]


def test_a_bad_line_is_not_written() -> None:
    with pytest.raises(ValueError, match="unknown action 'ok'"):
        render_decision(None, A, "ok", by=BY, at=AT)
    with pytest.raises(ValueError, match="not a SHA-256 hash"):
        render_decision(None, "x", "approve", by=BY, at=AT)
