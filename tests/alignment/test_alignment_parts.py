"""The parts of the alignment: tokens, lengths, words, anchors, the best way through two sequences."""

from __future__ import annotations

import itertools
import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.alignment import Lengths, align, engine_of, learn_lengths, learn_lexicon, page_items
from knooppunt.alignment.adoption import differences
from knooppunt.alignment.anchors import longest_chain
from knooppunt.alignment.sequence import SKIP, best_path, posteriors
from knooppunt.alignment.tokens import features, invariants, place
from knooppunt.pages import parse_page


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/nl-nl/azure/aks", "/en-us/azure/aks/"),
        ("../a/b.md", "../a/b"),
        ("guide/index.md#over-ons", "guide/#about-us"),
        ("https://www.example.org/nl/a", "http://example.org/de/a"),
        ("a%20b.md", "A b.md"),
    ],
)
def test_what_a_translation_changes_in_a_link_is_passed_over(one: str, other: str) -> None:
    """Language, ending, fragment and case."""
    assert place(one) == place(other)


@pytest.mark.parametrize(("one", "other"), [("a.md", "b.md"), ("#a", "#b"), ("/nl/a", "/nl/b"), ("", "#a")])
def test_other_pages_are_other_places(one: str, other: str) -> None:
    """Only a fragment by itself tells two links apart."""
    assert place(one) != place(other)


def test_invariants_are_what_a_translation_keeps() -> None:
    """Code, links, tags, macros, numbers and names, each with its kind."""
    english = invariants("Set `a.b` to 1,024 on [AKS](/en-us/aks.md) with <br>{{ name }}, see https://x.org/y.")
    dutch = invariants("Zet `a.b` op 1.024 in [AKS](/nl-nl/aks), met <br/>{{name}}, zie https://x.org/y)")
    assert english == dutch
    assert set(english) == {"c:a.b", "n:1024", "l:/aks", "w:aks", "t:br", "m:{{name}}", "l://x.org/y"}


def test_words_of_scripts_without_spaces_are_pairs_of_characters() -> None:
    """So that a lexicon can learn them."""
    assert features("Pod を再起動").words == {"pod", "を再", "再起", "起動"}
    assert features("Größe der Pods").words == {"grösse", "der", "pods"}
    assert features("ab `code` [x](y.md)").length == len("abxcode")


@settings(max_examples=300)
@given(st.text(alphabet="[]()<>`{}%*_!#a1 \n.:/\"'=", max_size=60))
def test_features_of_any_text_can_be_had(text: str) -> None:
    """Hostile or broken Markdown is text like any other."""
    found = features(text)
    assert found.length >= 0
    assert dict(found.tokens) == dict(invariants(text))
    assert differences(text, text) == ""


@pytest.mark.parametrize(
    "part", ["](", "[a](", "<a ", "`", "{{", "{%", "a1", "1.", "<a href='", "https://", "[[", "![a]("]
)
def test_hostile_texts_take_time_in_line_with_their_length(part: str) -> None:
    """No pattern is tried again and again: ten times the text takes nowhere near a hundred times as long."""

    def seconds(count: int) -> float:
        start = time.process_time()
        features(part * count)
        return time.process_time() - start

    seconds(100)
    large, small = (min(seconds(count) for _ in range(3)) for count in (40_000, 4_000))
    assert large < max(60 * small, 0.5)


def test_lengths_are_learned_from_pairs() -> None:
    """The ratio is the median, and the spread never below what was measured on other texts."""
    learned = learn_lengths([(100, 120), (50, 60), (200, 240), (80, 96), (120, 144), (60, 72), (90, 108), (40, 480)])
    assert learned.ratio == pytest.approx(1.2)
    assert learned.spread >= 6.8
    assert learned.deviation(100, 120) == pytest.approx(0, abs=0.01)
    assert learned.deviation(100, 20) < -3
    assert learned.deviation(100, 400) > 3
    assert learn_lengths([(100, 200)]) == Lengths()
    assert learn_lengths([], Lengths(0.5)) == Lengths(0.5)
    assert Lengths().deviation(0, 0) == 0


def test_a_lexicon_tells_translations_from_other_texts() -> None:
    """Words that go together speak for a pair, words that should be there and are not speak against it."""
    nouns = {"node": "knoop", "pod": "peer", "volume": "schijf", "network": "netwerk", "region": "streek"}
    pairs = [
        (frozenset(chosen), frozenset(nouns[word] for word in chosen))
        for chosen in itertools.combinations(sorted(nouns), 2)
        for _ in range(2)
    ]
    lexicon = learn_lexicon(pairs)
    assert len(lexicon) == len(nouns)
    assert lexicon.score(frozenset({"node", "pod"}), frozenset({"knoop", "peer"})) > 0.5
    assert lexicon.score(frozenset({"node", "pod"}), frozenset({"schijf", "netwerk"})) < -0.5
    assert lexicon.score(frozenset({"unknown"}), frozenset({"onbekend"})) == 0
    assert len(learn_lexicon([])) == 0


@given(st.lists(st.integers(0, 12), max_size=9, unique=True))
def test_the_longest_chain_is_the_longest(seconds: list[int]) -> None:
    """As a search through all subsets finds it."""
    pairs = list(enumerate(seconds))
    chain = longest_chain(pairs)
    assert all(one < other for (_, one), (_, other) in itertools.pairwise(chain))
    assert set(chain) <= set(pairs)
    longest = max(
        len(some)
        for size in range(len(pairs) + 1)
        for some in itertools.combinations(seconds, size)
        if list(some) == sorted(some)
    )
    assert len(chain) == longest


SCORES = st.lists(st.lists(st.floats(-6, 6), min_size=4, max_size=4), min_size=4, max_size=4)


def ways(rows: int, columns: int) -> list[list[tuple[int, int]]]:
    """All sets of pairs that ascend on both sides."""
    return [
        list(zip(first, second, strict=True))
        for size in range(min(rows, columns) + 1)
        for first in itertools.combinations(range(rows), size)
        for second in itertools.combinations(range(columns), size)
    ]


@given(SCORES, st.integers(0, 4), st.integers(0, 4))
def test_the_best_way_is_the_best(scores: list[list[float]], rows: int, columns: int) -> None:
    """As a search through all ways finds it."""

    def worth(way: list[tuple[int, int]]) -> float:
        return sum(scores[a][b] for a, b in way) + SKIP * (rows + columns - 2 * len(way))

    path = best_path(range(rows), range(columns), lambda one, other: scores[one][other])
    assert worth(path) == pytest.approx(max(worth(way) for way in ways(rows, columns)))


@given(SCORES, st.integers(1, 4), st.integers(1, 4))
def test_probabilities_are_those_of_all_ways(scores: list[list[float]], rows: int, columns: int) -> None:
    """The sum of a pair's ways over the sum of all ways, each way counted once."""

    def worth(way: list[tuple[int, int]]) -> float:
        return math.exp(sum(scores[a][b] for a, b in way) + SKIP * (rows + columns - 2 * len(way)))

    every = ways(rows, columns)
    pairs = [(row, column) for row in range(rows) for column in range(columns)]
    found = posteriors(range(rows), range(columns), lambda one, other: scores[one][other], pairs)
    for pair, probability in zip(pairs, found, strict=True):
        expected = sum(worth(way) for way in every if pair in way) / sum(worth(way) for way in every)
        assert probability == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_a_long_page_without_anchors_takes_time_in_line_with_its_length() -> None:
    """Twice the page, about twice the time; a page of 1,200 texts takes seconds even so."""

    def page(count: int, word: str, step: int) -> str:
        return "\n\n".join(f"{word} " * (3 + number * 7 % 11) for number in range(count) if number % step) + "\n"

    def seconds(count: int) -> float:
        source, target = (
            page_items(parse_page(page(count, "node", 400))),
            page_items(parse_page(page(count, "knoop", 37))),
        )
        start = time.process_time()
        found = align(source, target)
        assert found.matches
        return time.process_time() - start

    seconds(100)
    small, large = (min(seconds(count) for _ in range(2)) for count in (600, 1200))
    assert large < max(4 * small, 1)


@pytest.mark.parametrize(
    ("front_matter", "engine"),
    [
        ({}, None),
        ({"title": "MT"}, None),
        ({"ms.translationtype": "MT"}, "microsoft"),
        ({"ms.translationtype": "HT"}, None),
        ({"translation-type": "machine"}, "machine"),
        ({"translation_type": "human"}, None),
        ({"machine_translated": True}, "machine"),
        ({"machineTranslated": False}, None),
        ({"translated_by": "DeepL Pro: v2\n"}, "DeepL Pro v2"),
        ({"translated_by": "Anna"}, None),
        ({1: "MT"}, None),
    ],
)
def test_front_matter_says_who_translated(front_matter: dict[str, object], engine: str | None) -> None:
    """Only a clear word for a machine makes a machine."""
    assert engine_of(front_matter) == engine
