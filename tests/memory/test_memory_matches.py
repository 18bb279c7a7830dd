"""Matches of a text: what comes first, what a score means, and that chance has no part in it."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memory_cases import UNITS, ask
from rapidfuzz import fuzz

from knooppunt.memory import EXACT, IN_CONTEXT, Memory, MemoryUnit
from knooppunt.memory.normal import normal_text
from knooppunt.model import State

if TYPE_CHECKING:
    from knooppunt.memory import Match

MEMORY = Memory(UNITS)
PIECES = ("pods", "have", "no", "60", "5", "`a`", "`b`", "limits", "[x](a.md)", "制限")
WORDS = st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)
CONTEXTS = st.sampled_from([None, "aks.a:title", "aks.b:title", "aks.a:statement"])
RANDOM_UNITS = st.builds(
    MemoryUnit,
    WORDS.filter(bool),
    WORDS.filter(bool),
    st.sampled_from(["a/b", "a/c", "d"]),
    CONTEXTS,
    st.sampled_from([None, "", "x", "y"]),
    st.sampled_from([None, "", "x", "y"]),
    st.sampled_from([State.TRANSLATED, State.APPROVED]),
    st.booleans(),
)


def best(found: tuple[Match, ...]) -> tuple[int, str]:
    """Score and translation of the first match."""
    return found[0].score, found[0].target


def test_the_same_text_between_the_same_neighbours_is_best() -> None:
    """101 %; with another neighbour, or without one, it is the same text only."""
    text = "Pods have no IPv6 address."
    assert best(MEMORY.matches(ask(text, "Network", "Ports"))) == (IN_CONTEXT, "Pods hebben geen IPv6-adres.")
    for before, after in (("Network", "Other"), ("Other", "Ports"), ("", "Ports"), ("Network", ""), ("", "")):
        assert best(MEMORY.matches(ask(text, before, after))) == (EXACT, "Pods hebben geen IPv6-adres.")


def test_the_ends_of_an_article_are_no_neighbours() -> None:
    """A text at the start of two articles stands between nothing and the same, which tells too little."""
    memory = Memory(
        [MemoryUnit("Start", "Begin", "a", None, "", "Next"), MemoryUnit("End", "Einde", "a", None, "x", "")]
    )
    assert best(memory.matches(ask("Start", "", "Next"))) == (EXACT, "Begin")
    assert best(memory.matches(ask("End", "x", ""))) == (EXACT, "Einde")


def test_what_an_article_says_itself_is_no_second_opinion() -> None:
    """Its own entry for this very text does not count, others of its texts do."""
    question = ask("Pods have no IPv6 address.", "Network", "Ports")
    found = MEMORY.matches(question, article="nodes/network")
    assert [(match.score, match.source) for match in found] == [(92, "Pods have an IPv4 address.")]
    again = replace(UNITS[0], context="aks.b:statement")
    assert best(Memory([again]).matches(question, article="nodes/network"))[0] == EXACT


def test_of_several_translations_the_most_trusted_is_first() -> None:
    """In use before gone, approved, same field, near in the folders, most often; then the rest of the rank."""
    found = MEMORY.exact(ask("Limits"))
    assert [match.target for match in found] == ["Limieten", "Grenzen", "Beperkingen"]
    plain = MemoryUnit("T", "plain", "z")
    orders = [
        (plain, replace(plain, target="a", obsolete=True, state=State.APPROVED)),
        (replace(plain, state=State.APPROVED), replace(plain, target="a", context=None)),
        (replace(plain, context="x:title"), replace(plain, target="a", context="x:statement")),
        (replace(plain, origin="nodes/z"), replace(plain, target="a", origin="other/z")),
        (plain, replace(plain, target="a", imported=True)),
        (replace(plain, imported=True), replace(plain, target="a", imported=True, state=None)),
        (replace(plain, date="2026-01-31"), replace(plain, target="a", date="2025-12-31")),
    ]
    for first, second in orders:
        found = Memory([first, second]).exact(ask("T", context="y:title"), article="nodes/x")
        assert [match.target for match in found] == ["plain", "a"], (first, second)
    often = [replace(plain, origin=name) for name in "xyz"]
    assert [match.count for match in Memory([*often, replace(plain, target="a")]).exact(ask("T"))] == [3, 1]


@pytest.mark.parametrize(
    ("text", "score", "target"),
    [
        ("pods have no ipv6 address.", 99, "Pods hebben geen IPv6-adres."),
        ("Pods have no IPv6 addresses.", 96, "Pods hebben geen IPv6-adres."),
        ("A group holds at most 5 containers.", 99, "Een groep bevat hoogstens 5 containers."),
        ("Run `kubectl get nodes` first.", 99, "Voer eerst `kubectl get nodes` uit."),
        ("Read about [limits](../limits.md).", 99, "Lees over [limieten](../limits.md)."),
        ("Delete the node pools.", 97, "Verwijder de knooppuntgroep."),
    ],
)
def test_scores_of_texts_that_are_alike(text: str, score: int, target: str) -> None:
    """Case, numbers, code and links alone leave 99; everything else costs by the letter."""
    assert best(MEMORY.matches(ask(text))) == (score, target)


def test_what_could_not_be_exchanged_costs_a_point() -> None:
    """So that a translation in which all fits comes first, and the translator is told."""
    memory = Memory(
        [MemoryUnit("At most 2 pods.", "Ten hoogste twee pods.", "a"), MemoryUnit("At most 3 pods.", "Z 3.", "b")]
    )
    found = memory.matches(ask("At most 5 pods."))
    assert [(match.score, match.target, match.left) for match in found] == [
        (99, "Z 5.", ()),
        (98, "Ten hoogste twee pods.", (("2", "5"),)),
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "\n\t", "\x00", "60", "`code`", "[](a.md)", "!!!", "x" * 200_000, "ab " * 9000]
)
def test_texts_that_are_like_nothing(text: str) -> None:
    """Nothing to translate, or far too long: nothing is found, quickly, and nothing fails."""
    assert MEMORY.matches(ask(text)) == ()


def test_numbers_and_links_alone_are_like_nothing() -> None:
    """Each number is like each other one, and no translator needs that."""
    memory = Memory(MemoryUnit(text, text, "a") for text in ("5", "`x`", "[](b.md)", "5 - 6"))
    assert [memory.matches(ask(text)) for text in ("60", "`code`", "[](a.md)", "7 - 8")] == [()] * 4
    assert best(memory.matches(ask("5"))) == (EXACT, "5")


def test_a_long_text_is_still_found_as_it_is() -> None:
    """Only likeness has a limit."""
    long = "word " * 5000
    assert best(Memory([MemoryUnit(long, "lang", "a")]).matches(ask(long))) == (EXACT, "lang")


def test_one_normal_form_of_many_texts() -> None:
    """Ten thousand texts that differ in a number only: those with the nearest number come first."""
    memory = Memory(MemoryUnit(f"Version {number} is out.", f"Versie {number} is er.", "a") for number in range(10_000))
    found = memory.matches(ask("Version 77777 is out."), limit=3)
    assert [match.target for match in found] == ["Versie 77777 is er."] * 3
    assert next(match.source for match in found) == "Version 7777 is out."


@given(
    st.lists(RANDOM_UNITS, max_size=12), WORDS, st.sampled_from(["", "x"]), CONTEXTS, st.integers(1, 6), st.randoms()
)
def test_laws_of_matches(
    units: list[MemoryUnit], text: str, before: str, context: str | None, limit: int, chance: random.Random
) -> None:
    """For any memory: the best first, the exact before the alike, no more than asked for, and no part for chance."""
    question = ask(text, before, "y", context)
    found = Memory(units).matches(question, limit=limit, article="a/b")
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    assert len(found) <= limit
    for match in found:
        assert match.unit in units
        assert match.exact == (match.source == text)
        assert match.count == sum(
            (unit.source, unit.target) == (match.source, match.unit.target) for unit in units
        ) or (
            match.exact  # where the article's own entry does not count
        )
        if not match.exact:
            likeness = int(fuzz.ratio(normal_text(text), normal_text(match.source)))
            assert match.score == min(likeness, 99) - len(match.left)
        if match.in_context:
            assert (match.unit.before, match.unit.after) == (before, "y")
            assert before
            assert match.unit.origin != "a/b"
    shuffled = [*units]
    chance.shuffle(shuffled)
    assert Memory(shuffled).matches(question, limit=limit, article="a/b") == found
    if any(unit.source == text and (unit.context, unit.origin) != (context, "a/b") for unit in units) and text:
        assert found[0].exact


@given(st.lists(RANDOM_UNITS, max_size=12), WORDS)
def test_exact_matches_need_no_likeness(units: list[MemoryUnit], text: str) -> None:
    """They are the same with and without those that are alike."""
    exact = Memory(units).matches(ask(text), limit=50, cutoff=100)
    assert Memory(units).matches(ask(text), limit=50)[: len(exact)] == exact
    assert all(match.exact for match in exact)
