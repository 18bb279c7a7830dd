"""The index finds what comparing with every text finds, nearly always, and always what is nearly the same."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from corpora import corpus_files
from knooppunt.memory.index import LONGEST, FuzzyIndex
from knooppunt.memory.normal import normal_text
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterable

CUTOFF = 70.0
TEXTS = st.lists(st.text(alphabet="ab 制", max_size=12), max_size=30)


@example(["aab", "ab" * 4, "abb"], "aabb", 5, random.Random(1))  # noqa: S311 # shorter and longer ones
@given(TEXTS, st.text(alphabet="ab 制", max_size=12), st.integers(1, 8), st.randoms())
def test_comparing_with_each_is_exact(texts: list[str], text: str, limit: int, chance: random.Random) -> None:
    """A small memory is searched whole: scores are those of rapidfuzz, the order is theirs, then that of the texts."""
    scores = [(fuzz.ratio(text, other), other) for other in set(texts) if other]
    wanted = sorted((item for item in scores if item[0] >= CUTOFF), key=lambda item: (-item[0], item[1]))[:limit]
    assert FuzzyIndex(texts).nearest(text, limit, CUTOFF) == (wanted if text else [])
    chance.shuffle(texts)
    assert FuzzyIndex(texts, patience=0).nearest(text, limit, CUTOFF) == FuzzyIndex(sorted(texts), patience=0).nearest(
        text, limit, CUTOFF
    )


@given(TEXTS, st.text(alphabet="ab 制", min_size=1, max_size=12))
def test_the_index_finds_a_text_itself(texts: list[str], text: str) -> None:
    """And never anything that comparing would not."""
    found = FuzzyIndex([*texts, text], patience=0).nearest(text, 3, CUTOFF)
    assert found[0] == (100.0, text)
    assert all(score == fuzz.ratio(text, other) >= CUTOFF for score, other in found)


def test_equal_scores_are_in_the_order_of_the_texts() -> None:
    """Whatever their lengths are, and whether the index is used or not."""
    texts = ["z" * 2 + "a" * 8, "a" * 10 + "b" * 5]
    for patience in (0, 5):
        found = FuzzyIndex(texts, patience=patience).nearest("a" * 10, 5, CUTOFF)
        assert found == [(80.0, texts[1]), (80.0, texts[0])]


def test_texts_that_are_compared_with_nothing() -> None:
    """Empty ones and very long ones; an empty memory has no answer."""
    index = FuzzyIndex(["", "a", "b" * (LONGEST + 1)], patience=0)
    assert list(index.texts) == ["a"]
    for text in ("", "b" * (LONGEST + 1), "zz"):
        assert index.nearest(text, 5, CUTOFF) == []
    assert FuzzyIndex([]).nearest("a", 5, CUTOFF) == []


def test_the_index_is_made_when_it_is_worth_it() -> None:
    """The first questions are answered by comparing, later ones by the index, and both give the same here."""
    texts = [f"text number {number} of very many" for number in range(50)]
    index = FuzzyIndex(texts, patience=2)
    answers = []
    for _ in range(4):
        answers.append(index.nearest("text number 7 of very many", 3, CUTOFF))
        assert ("_words" in vars(index) or "_pieces" in vars(index)) is (len(answers) > 2)
    assert answers == [answers[0]] * 4


def different(paths: Iterable[Path]) -> tuple[str, ...]:
    """All different texts of pages, in their normal form."""
    pages = (parse_page(path.read_bytes().decode("utf-8")) for path in paths)
    return tuple(sorted({normal_text(segment.msgid) for page in pages for segment in page.segments}))


def varied(text: str, pieces: list[str], chance: random.Random) -> str:
    """The text with one to three words, or characters where there are no spaces, put in, changed or taken away."""
    spaced = " " in text
    words = text.split() if spaced else [*text]
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(words) + 1)
        words[at : at + chance.randint(0, 1)] = [chance.choice(pieces)] if chance.random() < 0.7 else []
    return (" " if spaced else "").join(words)


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["aks-docs", "fastapi-docs/ja"])
def test_the_index_finds_nearly_all_in_real_texts(folder: str) -> None:
    """At least 98 % of the best matches and 97 % of the five best, of texts that are left out and of changed ones."""
    first, five = recall([*different(corpus_files(folder, "*.md"))], 150)
    assert first >= 0.98
    assert five >= 0.97


def test_the_index_finds_nearly_all_in_our_own_pages() -> None:
    """The same on a small memory, where the index has to be asked for."""
    first, five = recall([*different(sorted((Path(__file__).parents[2] / "docs").rglob("*.md")))], 100)
    assert first >= 0.98
    assert five >= 0.97


def recall(texts: list[str], number: int) -> tuple[float, float]:
    """Share of the best match, and of the five best, that the index finds of what comparing with each text finds."""
    chance = random.Random(3)  # noqa: S311 # a sample, no secret
    chance.shuffle(texts)
    left_out, texts = texts[:number], texts[number:]
    pieces = [word for text in texts[:500] for word in re.findall(r"\w+", text)] or ["a"]
    questions = [*left_out, *(varied(text, pieces, chance) for text in texts[:number] if text)]
    index, every = FuzzyIndex(texts, patience=0), FuzzyIndex(texts, patience=sys.maxsize)
    first = firsts = five = fives = 0
    for text in questions:
        wanted = [score for score, _ in every.nearest(text, 5, CUTOFF)]
        found = [score for score, _ in index.nearest(text, 5, CUTOFF)]
        if wanted:
            firsts += 1
            first += found[:1] == wanted[:1]
            fives += len(wanted)
            five += sum(score >= wanted[-1] for score in found)
    assert firsts > number / 2
    return first / firsts, five / fives
