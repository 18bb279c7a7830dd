"""What an engine must not touch: taken out, put back, and refused where it did not come back whole."""

from __future__ import annotations

import pytest
from engine_server import o_behind
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.drafts import Journal, guard, in_batches, restore
from knooppunt.drafts.engine import Limits
from knooppunt.drafts.guard import Names
from knooppunt.drafts.marks import Marks, TagMarks, WordMarks
from knooppunt.exchange.codes import damage, join_parts
from knooppunt.translated.safety import added_markup

XML = TagMarks('<k id="{}">', "</k>")
HTML = TagMarks('<code translate="no" id="{}">', "</code>")
WORDS = WordMarks()
NAMES = Names(["Azure CNI", "AKS"])
TEXT = "Run `az aks` on *Azure CNI* in [the guide](g.md#a), set {date} & <br>see spec.nodeName."


@pytest.mark.parametrize("marks", [XML, HTML, WORDS], ids=["xml", "html", "words"])
def test_an_echo_gives_the_source_back(marks: Marks) -> None:
    """An engine that changes nothing changes nothing."""
    guarded = guard(TEXT, NAMES, marks)
    assert join_parts(guarded.parts) == TEXT
    assert restore(guarded, guarded.sent, marks) == (TEXT, "")
    for kept in ("az aks", "Azure CNI", "g.md", "{date}", "spec.nodeName", "<br>"):
        assert kept not in WORDS.write(guarded.parts)


@pytest.mark.parametrize("marks", [XML, HTML, WORDS], ids=["xml", "html", "words"])
def test_words_are_translated_and_nothing_else(marks: Marks) -> None:
    restored, problem = restore(guarded := guard(TEXT, NAMES, marks), o_behind(guarded.sent), marks)
    assert problem == ""
    assert restored == "Runo `az aks` ono *Azure CNI* ino [theo guideo](g.md#a), seto {date} & <br>seeo spec.nodeName."


@pytest.mark.parametrize(
    ("source", "answer", "wanted"),
    [
        ("Run `az` now.", 'Nu < K id = "1">az</ k > doen.', "Nu `az` doen."),  # spaces and case inside of a mark
        ("Run `az` now.", '<k id="1">of cambiado</k> nu.', "`az` nu."),  # what is inside of a mark does not count
        ("[A guide](a.md) now.", "Nu<g1> een gids </g1>.", "Nu [een gids](a.md) ."),  # spaces leave a pair
        ("Use `a` and b.", 'Gebruik<k id="1">a</k>en b.', "Gebruik `a` en b."),  # spaces that the source has
        ("`a` starts it.", "start het.", "`a` start het."),  # lost at the start: one place only
        ("It starts `a`.", "Het start.", "Het start `a`."),  # lost at the end
        ("A note.[^1]", "Een noot.", "Een noot.[^1]"),
        ("See it now.", "Zie\n\nhet nu.", "Zie het nu."),  # no line of its own
    ],
)
def test_what_can_be_put_back_in_one_way_is(source: str, answer: str, wanted: str) -> None:
    assert restore(guard(source, NAMES, XML), answer, XML) == (wanted, "")


@pytest.mark.parametrize(
    ("source", "answer", "problem"),
    [
        ("Run `az` or `kubectl` now.", 'Nu <k id="2">x</k> doen.', "has lost '`az`'"),
        ("Run `az` now.", '<k id="1">x</k> nu <k id="1">x</k>.', "has '`az`' more often"),
        ("Run `az` now.", '<k id="1">x</k> nu <k id="7">x</k>.', "has 'mark 7' more often"),
        ("[A](a.md) and [b](b.md) now.", "<g1>A <g2>en</g1> b</g2> nu.", "crosses or is the wrong way round"),
        ("See [a guide](a.md) now.", "Zie </g1>een gids<g1> nu.", "crosses or is the wrong way round"),
        ("See it now.", "   ", "is empty"),
        ("See it now.", "Zie \ud800 het.", "has control characters"),
        ("See it now.", "Zie \x00 het.", "has control characters"),
        ("See it now.", "Zie <script>alert(1)</script>", "tag '<script>"),
        ("See it now.", "Zie [het](https://evil.example).", "link to 'https://evil.example'"),
    ],
)
def test_a_broken_answer_is_refused(source: str, answer: str, problem: str) -> None:
    restored, said = restore(guard(source, NAMES, XML), answer, XML)
    assert restored is None
    assert problem in said


def test_a_text_of_names_and_code_is_not_sent() -> None:
    assert guard("Azure CNI `az` 2.0", NAMES, XML).sent == ""


def test_words_for_marks_are_never_words_of_the_text() -> None:
    """A text that has such words by itself gets others."""
    guarded = guard("The kzbc is `code` here.", NAMES, WORDS)
    assert "kzbc is qz" in guarded.sent
    assert restore(guarded, guarded.sent, WORDS) == ("The kzbc is `code` here.", "")


PIECES = ["word", " ", ".", "`code`", "[a](b.md)", "**bold**", "*i*", "<b>", "</b>", "{{ m }}", "&amp;", "<", "&", "\n"]
PIECES += ["AKS", "{date}", "\\*", "kzbc", "]", "[", "(", "`", "*", "![x](y.png)", "<g1>", "[^1]", "  ", '<k id="1">']


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from([XML, HTML, WORDS]), st.data())
def test_a_draft_never_loses_or_adds_what_acts(source: str, marks: Marks, data: st.DataObject) -> None:
    """Whatever an engine does to a text: what is taken has every code of its source and none of its own."""
    guarded = guard(source, NAMES, marks)
    assert join_parts(guarded.parts) == source
    if not guarded.sent:
        return
    words = guarded.sent.split(" ")
    answer = data.draw(st.one_of(st.just(guarded.sent), st.permutations(words).map(" ".join), st.text(max_size=40)))
    restored, problem = restore(guarded, answer, marks)
    assert (restored is None) == bool(problem)
    if restored is not None:
        assert damage(source, restored) == ""
        assert added_markup(source, restored) is None


def test_batches_hold_their_limits() -> None:
    plan = in_batches(["a" * 6, "b" * 5, "c" * 20, "d"], Limits(texts=2, characters=10))
    assert plan.batches == (("a" * 6,), ("b" * 5, "d"))
    assert plan.too_long == ("c" * 20,)


@given(st.lists(st.text(min_size=1, max_size=9)), st.integers(1, 60), st.integers(1, 4), st.integers(9, 30))
def test_a_budget_is_never_passed(texts: list[str], budget: int, most: int, characters: int) -> None:
    """Every text is sent once, in order, or is behind the end of the budget."""
    plan = in_batches(texts, Limits(most, characters), budget)
    assert plan.characters <= budget
    assert [text for batch in plan.batches for text in batch] + list(plan.over_budget) == texts
    assert all(len(batch) <= most and sum(map(len, batch)) <= characters for batch in plan.batches)


def test_a_torn_line_of_a_journal_is_passed_over() -> None:
    journal = Journal()
    text = journal.lines([("k1", "één"), ("k2", "twee")])
    assert Journal(text[:-9]).answers == {"k1": "één"}
    assert Journal(text + '{"key": 3}\n[]\nnull\n').answers == journal.answers
