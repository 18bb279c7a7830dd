"""A search for words: what is found, where, in any script, and that nothing typed can break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.errors import UsageError
from knooppunt.memory import Concordance, MemoryUnit
from knooppunt.memory.words_query import LONGEST, MOST, expression

UNITS = (
    MemoryUnit("Each node pool has pods.", "Elke knooppuntgroep heeft pods.", "a"),
    MemoryUnit("The pool of a node", "De groep van een knooppunt", "b"),
    MemoryUnit("A café for the résumé", "Ein Café für den Lebenslauf", "c"),
    MemoryUnit("Limits", "制限事項があります", "d"),
    MemoryUnit("Cafe\u0301s NOT near (this) OR that", "จำกัด हिन्दी", "e"),
    MemoryUnit("Each node pool has pods.", "Elke knooppuntgroep heeft pods.", "f"),
    MemoryUnit("In tiếng Việt", "Vietnamees", "g"),
)
BASE = Concordance(UNITS)


def found(query: str, *, target: bool = False) -> list[tuple[str, ...]]:
    """For each hit, the pieces that were found."""
    hits = BASE.search(query, target=target, limit=50).hits
    return [tuple((hit.target if target else hit.source)[start:end] for start, end in hit.ranges) for hit in hits]


@pytest.mark.parametrize(
    ("query", "pieces"),
    [
        ("node", {("node",)}),
        ("node pool", {("node", "pool"), ("pool", "node")}),
        ('"node pool"', {("node pool",)}),
        ("po*", {("pool", "pods"), ("pool",)}),
        ('"node po"*', {("node pool",)}),
        ('"node po*"', {("node pool",)}),
        ("node***", {("node",)}),
        ("cafe", {("café",)}),
        ("CAFÉ*", {("café",), ("Cafe\u0301s",)}),
        ("limits OR resume", {("Limits",), ("résumé",)}),
        ("limits AND resume", set()),
        ("node AND pool", {("node", "pool"), ("pool", "node")}),
        ("tieng viet", {("tiếng", "Việt")}),
        ("café résumé OR node pods", {("café", "résumé"), ("node", "pods")}),
        ("NOT", {("NOT",)}),
        ("OR", {("OR",)}),
        ("NEAR(", {("near",)}),
        ("(this)", {("this",)}),
        ("source:limits", set()),
        ('"', None),
        ("*", None),
        ("-", None),
        ('"node pool', {("node", "pool"), ("pool", "node")}),
        ("x OR", set()),
        ("OR node", set()),
        ("limits OR OR OR node", {("Limits",)}),
    ],
)
def test_words_that_are_typed(query: str, pieces: set[tuple[str, ...]] | None) -> None:
    """All words, phrases, beginnings, either of two; case and diacritics make no difference, operators are text."""
    if pieces is None:
        with pytest.raises(UsageError, match="nothing to search for"):
            found(query)
    else:
        assert set(found(query)) == pieces


@pytest.mark.parametrize(
    ("query", "pieces"),
    [
        ("制限", [("制限",)]),
        ("限", [("限",)]),
        ("事項が", [("事項が",)]),
        ("項事", []),
        ("จำกัด", [("จำกัด",)]),
        ("हिन्दी", [("हिन्दी",)]),
        ("fur", [("für",)]),
        ("knooppunt*", [("knooppuntgroep",), ("knooppunt",)]),
    ],
)
def test_words_of_translations_in_any_script(query: str, pieces: list[tuple[str, ...]]) -> None:
    """Words of any length, wherever they stand, where there are no spaces between words."""
    assert sorted(found(query, target=True)) == sorted(pieces)


def test_the_same_pair_is_one_hit_with_all_its_places() -> None:
    """Found once, with both catalogs."""
    result = BASE.search('"node pool"')
    assert (result.total, len(result.hits)) == (1, 1)
    assert [unit.origin for unit in result.hits[0].units] == ["a", "f"]


def test_texts_that_are_mostly_the_word_come_first() -> None:
    """The rank of BM25, not the order of the texts."""
    texts = [
        "a long text in which a pod is one word of many",
        "other",
        "the pod",
        "writing in which a pod is one of many",
    ]
    with Concordance(MemoryUnit(text, "x", "a") for text in texts) as base:
        assert [hit.source for hit in base.search("pod").hits] == [texts[2], texts[3], texts[0]]


def test_the_total_counts_what_is_not_shown() -> None:
    """A limit shortens the list only, and the order depends on the texts alone."""
    result = BASE.search("node", limit=1)
    assert (result.total, len(result.hits)) == (2, 1)
    with Concordance(reversed(UNITS)) as other:
        assert other.search("node OR cafe") == BASE.search("node OR cafe")


@given(st.text(alphabet='ab"*() \x00\u200b\ue010制-:^+NEARORAND{}\ud800', max_size=40))
def test_nothing_that_is_typed_is_an_error_of_syntax(query: str) -> None:
    """It finds something, finds nothing, or says that there is no word in it."""
    if expression(query):
        result = BASE.search(query)
        assert result.total >= len(result.hits)
    else:
        with pytest.raises(UsageError, match="nothing to search for"):
            BASE.search(query)


@given(st.text(alphabet="ab é制 \ue010\u200b\x00", max_size=20), st.text(alphabet="abé制", min_size=1, max_size=3))
def test_a_text_that_holds_a_word_is_found(around: str, word: str) -> None:
    """And the piece that is marked is the word, diacritics apart, whatever stands around it."""
    text = f"{around} {word} {around}"
    with Concordance([MemoryUnit(text, "x", "a")]) as base:
        hits = base.search(f'"{word}"').hits
        assert len(hits) == 1
        assert f"{around} {word}".endswith(word)
        start = len(around) + 1
        assert any(low <= start and high >= start + len(word) for low, high in hits[0].ranges)


def test_a_query_has_a_limit() -> None:
    """Very long ones are refused in one clear line."""
    for query in ("a" * (LONGEST + 1), "a " * (MOST + 1)):
        assert expression(query) == ""
        with pytest.raises(UsageError, match=f"at most {MOST} and {LONGEST} characters"):
            BASE.search(query)
    assert BASE.search("node " * MOST).total == 2
