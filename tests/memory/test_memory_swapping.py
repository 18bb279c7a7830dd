"""Numbers, code and links in a translation: exchanged where that is certain, told where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.memory.normal import normal_form
from knooppunt.memory.swapping import swap

CASES = [
    # wanted, source, target: text, swaps, left
    ("At most 5 pods.", "At most 60 pods.", "Hoogstens 60 pods.", "Hoogstens 5 pods.", [("60", "5")], []),
    ("From 2 to 3.", "From 3 to 2.", "Van 3 tot 2.", "Van 2 tot 3.", [("3", "2"), ("2", "3")], []),
    ("Run `b`.", "Run `a`.", "Voer `a` uit.", "Voer `b` uit.", [("`a`", "`b`")], []),
    ("See [x](b.md).", "See [x](a.md).", "Zie [x](a.md).", "Zie [x](b.md).", [("(a.md)", "(b.md)")], []),
    ("See <https://b.c/>.", "See <https://a.b/>.", "Zie <https://a.b/>.", "Zie <https://b.c/>.", None, []),
    ("Use {b}.", "Use {a}.", "Gebruik {a}.", "Gebruik {b}.", [("{a}", "{b}")], []),
    ("At most 5 pods.", "At most 5 pods, no more.", "Hoogstens 5 pods.", "Hoogstens 5 pods.", [], []),
    # the translation writes the number in another way
    ("At most 2000.", "At most 1,000.", "Hoogstens 1.000.", "Hoogstens 1.000.", [], [("1,000", "2000")]),
    ("At most 5 pods.", "At most 2 pods.", "Hoogstens twee pods.", "Hoogstens twee pods.", [], [("2", "5")]),
    # one number would have to become two
    ("From 1 to 2.", "From 5 to 5.", "Van 5 tot 5.", "Van 5 tot 5.", [], [("5", "2")]),
    # a number that stands where the wanted text has nothing
    ("At most 6 pods.", "At most 5 pods of 5.", "Hoogstens 5 pods van 5.", "Hoogstens 5 pods van 5.", [], [("5", "6")]),
    # the translation has it already
    ("See [x](nl.md).", "See [x](en.md).", "Zie [x](nl.md).", "Zie [x](nl.md).", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "source", "target", "text", "swaps", "left"), CASES)
def test_placeables_are_exchanged_where_that_is_certain(
    wanted: str,
    source: str,
    target: str,
    text: str,
    swaps: list[tuple[str, str]] | None,
    left: list[tuple[str, str]],
) -> None:
    """The text, what was exchanged in it, and what was not."""
    found = swap(normal_form(wanted), source, target)
    assert found.text == text
    assert swaps is None or list(found.swaps) == swaps
    assert list(found.left) == left


SENTENCES = st.text(alphabet="ab 12`[](){}.", max_size=30)


@given(SENTENCES, SENTENCES, SENTENCES)
def test_a_swap_changes_placeables_only(wanted: str, source: str, target: str) -> None:
    """What is no placeable stays to the letter, and without a swap so does everything."""
    found = swap(normal_form(wanted), source, target)
    if not found.swaps:
        assert found.text == target
    assert {old for old, _ in found.swaps} <= {item.value for item in normal_form(target).placeables}
    assert all(old != new for old, new in found.swaps)


@given(SENTENCES, SENTENCES)
def test_nothing_is_exchanged_for_the_same_text(source: str, target: str) -> None:
    """A text that is like itself needs nothing."""
    assert swap(normal_form(source), source, target).text == target
