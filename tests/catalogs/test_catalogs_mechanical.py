"""What counts as a mechanical change, and how it is made in a translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogs.matching import nearest
from knooppunt.catalogs.mechanical import carry, meaning_moved, mechanical, skeleton, swap_tokens
from knooppunt.catalogs.punctuation import adapt_closing

CARRIED = {
    # old source, new source, translation, locale, translation carried over
    "white space": ("One  two", "One two", "Een twee", "nl", "Een twee"),
    "letter case": ("Virtual Nodes", "Virtual nodes", "Virtuele knooppunten", "nl", "Virtuele knooppunten"),
    "link target": ("See [it](a.md).", "See [it](b.md#x).", "Zie [dit](a.md).", "nl", "Zie [dit](b.md#x)."),
    "link target with a title": ('[it](a.md "A")', '[it](b.md "A")', '[dit](a.md "A")', "nl", '[dit](b.md "A")'),
    "link target in angles": ("[it](<a b.md>)", "[it](<c d.md>)", "[dit](<a b.md>)", "nl", "[dit](<c d.md>)"),
    "link target with brackets": ("[it](a_(b).md) c", "[it](d.md) c", "[dit](a_(b).md) c", "nl", "[dit](d.md) c"),
    "label": ("[it][old] is", "[it][new] is", "[dit][old] is", "nl", "[dit][new] is"),
    "autolink": ("See <https://a.example/>.", "See <https://b.example/>.", "Zie <https://a.example/>.", "nl",
                 "Zie <https://b.example/>."),
    "bare link": ("See https://a.example/x.", "See https://b.example/y.", "Zie https://a.example/x!", "nl",
                  "Zie https://b.example/y!"),
    "attribute": ('<a href="x.md">it</a>', '<a href="y.md">it</a>', '<a href="x.md">dit</a>', "nl",
                  '<a href="y.md">dit</a>'),
    "code span": ("Set `spec.a` first", "Set `spec.b` first", "Zet eerst `spec.a`", "nl", "Zet eerst `spec.b`"),
    "code span in ticks": ("Set ``a ` b`` now", "Set `c` now", "Zet ``a ` b`` nu", "nl", "Zet `c` nu"),
    "code in a link": ("[`a`](a.md)", "[`b`](b.md)", "[`a`](a.md) hier", "nl", "[`b`](b.md) hier"),
    "swapped": ("`a` or `b`", "`b` or `a`", "`b` of `a`", "nl", "`a` of `b`"),
    "in another order": ("`a` before `b`", "`c` before `d`", "`b` na `a`", "nl", "`d` na `c`"),
    "twice the same": ("`a` and `a`", "`b` and `b`", "`a` en `a`", "nl", "`b` en `b`"),
    "only target and case": ("See [It](a.md)", "see [it](b.md)", "Zie [dit](a.md)", "nl", "Zie [dit](b.md)"),
    "full stop added": ("It works", "It works.", "Het werkt", "nl", "Het werkt."),
    "full stop removed": ("It works.", "It works", "Het werkt.", "nl", "Het werkt"),
    "colon for a full stop": ("It works.", "It works:", "Het werkt.", "nl", "Het werkt:"),
    "Japanese full stop": ("It works.", "It works", "動作します。", "ja", "動作します"),
    "Japanese colon": ("It works.", "It works:", "動作します。", "ja", "動作します："),
    "Japanese with a Western colon": ("Note:", "Note.", "注:", "ja", "注."),
    "Japanese stop added": ("It works", "It works.", "動作します", "ja", "動作します。"),
    "Chinese question": ("Why.", "Why?", "为什么。", "zh-Hant", "为什么？"),
    "French colon": ("It works.", "It works:", "Cela marche.", "fr", "Cela marche\u00a0:"),
    "French colon taken away": ("It works:", "It works.", "Cela marche\u00a0:", "fr", "Cela marche."),
    "Arabic question": ("Why.", "Why?", "لماذا.", "ar", "لماذا؟"),
    "Greek question": ("Why?", "Why.", "Γιατί;", "el", "Γιατί."),
    "translation without the mark already": ("It works.", "It works:", "Het werkt:", "nl", "Het werkt:"),
    "hard break taken away": ("One  \ntwo", "One two", "Een  \ntwee", "nl", "Een twee"),
    "hard break with a backslash": ("One\\\ntwo", "One two", "Een\\\ntwee", "nl", "Een twee"),
    "hard break in Japanese": ("One  \ntwo", "One two", "一  \n二", "ja", "一二"),
    "not written in full": ("It isn't on.", "It is not on", "Het staat niet aan.", "nl", "Het staat niet aan"),
    "not, in curls": ("It will not go", "It won\u2019t go", "Hij gaat niet", "nl", "Hij gaat niet"),
    "cannot": ("You cannot and shan't", "You can't and shall not", "Dat kan niet", "nl", "Dat kan niet"),
    "curly quotes": ("Say \"on\" now", "Say \u201con\u201d now", "Zeg nu \"aan\"", "nl", "Zeg nu \"aan\""),
    "number in a target": ("See [it](v1.md)", "See [it](v2.md)", "Zie [dit](v1.md)", "nl", "Zie [dit](v2.md)"),
    "negation in a target": ("See [it](no.md)", "See [it](yes.md)", "Zie [dit](no.md)", "nl", "Zie [dit](yes.md)"),
}  # fmt: skip

UNSAFE = {
    "code span that the translation lacks": ("Set `a` now", "Set `b` now", "Zet A nu", "nl"),
    "target that the translation has changed": ("[it](en/a)", "[it](en/b)", "[dit](nl/a)", "nl"),
    "one value that becomes two": ("`a` and `a`", "`a` and `b`", "`a` en `a`", "nl"),
    "value as the text of a link": ("[a.md](a.md)", "[a.md](b.md)", "zie a.md", "nl"),
    "hard break added": ("One two", "One  \ntwo", "Een twee", "nl"),
    "punctuation that does not answer": ("It works.", "It works:", "Werkt het?", "nl"),
    "Spanish question": ("It works.", "It works?", "Funciona.", "es"),
}

NOT_MECHANICAL = {
    "number": ("60 containers", "100 containers"),
    "number in code": ("Set `a: 60`", "Set `a: 100`"),
    "version": ("Since v1.2", "Since v1.3"),
    "a word that only looks like it": ("The cannons fire", "The can nons fire"),
    "not taken out": ("It isn't on", "It is on"),
    "another negation": ("It is not on", "It is never on"),
    "negation": ("It is supported", "It is not supported"),
    "negation in code": ("Use `--no-wait`", "Use `--wait`"),
    "contraction": ("It can work", "It can't work"),
    "word": ("One two", "One three"),
    "link text": ("[it](a.md)", "[that](a.md)"),
    "title of a link": ('[it](a.md "A")', '[it](a.md "B")'),
    "code becomes a link": ("See `a`", "See [a](a)"),
    "code becomes text": ("See `a`", "See a"),
    "emphasis": ("See **a**", "See a"),
    "punctuation inside": ("One, two", "One two"),
}


@pytest.mark.parametrize("name", CARRIED)
def test_carried(name: str) -> None:
    old, new, msgstr, locale, expected = CARRIED[name]
    assert mechanical(old, new)
    assert carry(old, new, msgstr, locale) == expected
    assert carry(old, old, msgstr, locale) == msgstr


@pytest.mark.parametrize("name", UNSAFE)
def test_mechanical_but_left_to_a_person(name: str) -> None:
    old, new, msgstr, locale = UNSAFE[name]
    assert mechanical(old, new)
    assert carry(old, new, msgstr, locale) is None


@pytest.mark.parametrize("name", NOT_MECHANICAL)
def test_not_mechanical(name: str) -> None:
    old, new = NOT_MECHANICAL[name]
    assert not mechanical(old, new)
    assert not mechanical(new, old)


@given(st.text(), st.text())
def test_any_text_is_taken(first: str, second: str) -> None:
    assert mechanical(first, first)
    assert mechanical(first, second) == mechanical(second, first)
    assert not meaning_moved(first, first)
    assert swap_tokens(first, first, second) == second
    assert adapt_closing(first, first, second, "nl") == second
    assert skeleton(f"\n{first} ") == skeleton(first)


@given(st.lists(st.sampled_from(["`a`", "`b`", "[x](c)", "[y](d)", "word", "](", "\\`"]), max_size=8).map(" ".join))
def test_a_swap_there_and_back(text: str) -> None:
    other = text.replace("`a`", "`q`").replace("](c)", "](z)")
    there = carry(text, other, text, "nl")
    assert there == other
    assert carry(other, text, other, "nl") == text


def test_nearest_takes_the_best_first_and_each_once() -> None:
    texts = ["the pod has no address", "the pod has no addresses", "other"]
    candidates = ["the pods have no addresses", "the pod has no address.", "unlike"]
    assert nearest(texts, candidates) == {0: 1, 1: 0}
    assert nearest(texts, []) == nearest([], candidates) == {}


def test_nearest_goes_on_where_many_are_alike() -> None:
    texts = [f"limit number {index:02} of this page" for index in range(30)]
    candidates = [f"limit number {index:02} of that page" for index in range(30)]
    pairs = nearest(texts, candidates)
    assert sorted(pairs) == sorted(pairs.values()) == list(range(30))
    assert pairs == {index: index for index in range(30)}


@given(st.lists(st.text("ab", max_size=12), max_size=8), st.lists(st.text("ab", max_size=12), max_size=8))
def test_nearest_never_takes_twice(texts: list[str], candidates: list[str]) -> None:
    pairs = nearest(texts, candidates)
    assert len(set(pairs.values())) == len(pairs)
    exact = {index for index, text in enumerate(texts) if text in candidates and texts.count(text) == 1}
    assert all(texts[index] == candidates[pairs[index]] for index in exact)
