"""The normal form of a text: what makes no difference, and what it costs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.memory.normal import CODE, LINK, NUMBER, TAG, normal_form, normal_text, placeables
from knooppunt.memory.scripts import word_count

SIGNS = {CODE: "C", LINK: "L", TAG: "T", NUMBER: "N"}

CASES = [
    ("Two  spaces\nand a line", "two spaces and a line"),
    ("Run `a b` and ``c ` d``.", "run C and C."),
    ("A lone ` stays.", "a lone ` stays."),
    ("See [limits](a_(b).md) and [more](x.md 'Title').", "see [limits]L and [more]L 'title')."),
    ("See <https://a.example/b> or https://a.example/c, or http://d.", "see L or L, or L."),
    ("Press <kbd>Esc</kbd> in {{ name }} or {name} or {% if x %}.", "press TescT in T or T or T."),
    ("A < b and c > d", "a < b and c > d"),
    ("5 pods, 5.5 GB, 1,000 (2) 10.0.0.0/16", "N pods, N gb, N (N) N/N"),
    ("v2, k8s, IPv6, 90s and v1.27", "v2, k8s, ipv6, 90s and v1.27"),
    ("2026-01-31", "N-N-N"),
    ("`5` 5", "C N"),
    ("制限は 60 個", "制限は N 個"),
    ("", ""),
]


def shown(text: str) -> str:
    """The text with a letter for each sign."""
    return "".join(SIGNS.get(sign, sign) for sign in text)


@pytest.mark.parametrize(("text", "normal"), CASES)
def test_placeables_are_signs(text: str, normal: str) -> None:
    """What is left is what a translator reads."""
    assert shown(normal_text(text)) == normal


@given(st.text(alphabet="ab `<>()[]{}%0123456789.,:/ht ps\n\ue000\ue003\x00", max_size=60))
def test_each_sign_stands_for_a_placeable(text: str) -> None:
    """Signs and placeables are as many, of the same kinds, in the same order; offsets are those of the text."""
    form = normal_form(text)
    assert [sign for sign in form.text if sign in SIGNS] == [item.kind for item in form.placeables]
    assert all(text[item.start : item.end] == item.value for item in form.placeables)
    assert form.text == normal_text(text)
    assert form.placeables == placeables(text)


@pytest.mark.parametrize(
    "piece", ["1,", "1.", "](a](b)", "](a(b)(c", "`", "<a ", "<a:", "{", "{%", "(", "](", "https://", "h", "http://."]
)
def test_hostile_text_takes_no_longer_than_other(piece: str) -> None:
    """A hundred thousand characters in well under a second, whatever is repeated."""
    text = piece * (100_000 // len(piece)) + "a"
    started = time.process_time()
    normal_text(text)
    assert time.process_time() - started < 2


def test_words_are_counted_in_any_script() -> None:
    """Two characters of a script without spaces are a word."""
    assert [word_count(text) for text in ("", "Two words", "Pod の制限", "จำกัด")] == [0, 2, 3, 3]
