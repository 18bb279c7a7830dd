"""Lexicons: what is counted is found again, and damage is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.errors import DataError
from knooppunt.repair import level, parse_lexicon, render_lexicon

WORDS = {"knooppunt": 40, "knooppunten": 20, "knoopsgat": 4, "kruispunt": 8, "meetpunt": 2, "de": 900, "punt": 12}
PAIRS = {("de", "knooppunten"): 16, ("cluster", "-knooppunt"): 4}
LETTERS = st.text("abdeknoptu", min_size=1, max_size=12)


def test_words_and_pairs_are_found_again() -> None:
    lexicon = parse_lexicon(render_lexicon(WORDS, PAIRS, {"point": 3}), "nl.lexicon")
    assert lexicon.tokens == sum(WORDS.values())
    assert lexicon.word("knooppunten").times == level(20)
    assert lexicon.word("knooppunten").english == 0
    assert lexicon.word("point").english == level(3)
    assert not lexicon.word("punten").found
    assert lexicon.pair("de", "knooppunten") == level(16)
    assert lexicon.pair("cluster", "-knooppunt") == level(4)
    assert lexicon.pair("knooppunten", "de") == 0


def test_parts_of_three_words_are_counted() -> None:
    lexicon = parse_lexicon(render_lexicon(WORDS, PAIRS), "nl.lexicon")
    assert lexicon.word("knoop").starts == level(3)
    assert lexicon.word("knoop").start_tokens == level(64)
    assert lexicon.word("punt").ends == level(3)
    assert lexicon.word("punt").end_tokens == level(50)
    assert not lexicon.word("kruis").found, "one word only"


@given(
    st.dictionaries(LETTERS, st.integers(1, 10**7), max_size=30),
    st.dictionaries(st.tuples(LETTERS, LETTERS), st.integers(1, 10**6), max_size=30),
)
def test_what_is_rendered_is_parsed(words: dict[str, int], pairs: dict[tuple[str, str], int]) -> None:
    data = render_lexicon(words, pairs)
    assert data == render_lexicon(dict(reversed(words.items())), dict(reversed(pairs.items())))
    lexicon = parse_lexicon(data, "x")
    assert all(lexicon.word(word).times == level(count) for word, count in words.items())
    assert all(lexicon.pair(*pair) == level(count) for pair, count in pairs.items())


@given(st.floats(0, 1e12), st.floats(0, 1e12))
def test_more_is_never_a_lower_level(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= level(low) <= level(high) <= 255


@pytest.mark.parametrize("cut", [0, 5, 20, 60, 200, -1])
def test_a_damaged_lexicon_is_one_clear_error(cut: int) -> None:
    data = render_lexicon(WORDS, PAIRS)
    with pytest.raises(DataError, match=r"nl\.lexicon:1: this is no lexicon: .*make it again"):
        parse_lexicon(data[:cut], "nl.lexicon")
    with pytest.raises(DataError):
        parse_lexicon(data.replace(b'"parts"', b'"pests"'), "nl.lexicon")
