"""The fast part of the fidelity harness: our own pages and cases whole, and samples of the corpora."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpora import corpus_files
from fidelity.examine import Result, examine
from fidelity.leaks import leaks
from fidelity.pseudo import ACCENT, accented
from fidelity.rendering import Renderer, difference
from knooppunt.model import Block, Origin, Page, Segment

ROOT = Path(__file__).parents[2]
OWN = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
SAMPLES = {
    "aks-docs": 9, "material-docs": 4, "fastapi-docs/en": 12, "fastapi-docs/de": 12, "fastapi-docs/es": 14,
    "fastapi-docs/ja": 12, "parallel/mim-nl/en": 14, "parallel/mim-nl/nl": 12, "parallel/mim-de/en": 16,
    "parallel/mim-de/de": 12,
}  # fmt: skip
"""Every how many-th file of each corpus is looked at here; the command looks at all of them."""


@cache
def renderer() -> Renderer:
    return Renderer()


def assert_faithful(result: Result) -> None:
    assert result.identical
    assert result.untouched
    assert result.difference == ""
    assert result.code == ()
    assert result.leaks == ()


@pytest.mark.parametrize("path", OWN)
def test_our_own_pages(path: str) -> None:
    """The pages of this project, which are written for Python-Markdown: all of their prose is translated."""
    result = examine((ROOT / path).read_text(encoding="utf-8"), renderer())
    assert_faithful(result)
    lost = {word: count for (kind, word), count in result.missed.items() if kind == "lost"}
    assert lost == {}


@pytest.mark.corpus
@pytest.mark.parametrize("corpus", SAMPLES)
def test_samples_of_the_corpora(corpus: str) -> None:
    """Nothing but the words of a page changes, and next to none of them is missed."""
    words = translated = kept = 0
    for path in corpus_files(corpus, "*.md")[:: SAMPLES[corpus]]:
        result = examine(path.read_bytes().decode("utf-8"), renderer())
        assert_faithful(result)
        if corpus.startswith(("aks-docs", "parallel")):
            assert result.commonmark == ""
        words += result.words
        translated += result.translated
        kept += result.kept
    assert translated / (words - kept) > 0.99


HARMED = [
    ("# Head\n", "# Héad\n", "id"),
    ("[a](b.md)\n", "[á](ć.md)\n", "target"),
    ("`code`\n", "`ćode`\n", "code"),
    ("| a | b |\n|---|---|\n| c | d |\n", "| a | b |\n|---|---|\n| c d |\n", "cells"),
    ("- a\n- b\n", "- a b\n", "items"),
    ("One.\n\nTwo.\n", "One. Two.\n", "paragraphs"),
    ("![a](b.png)\n", "a\n", "image"),
]


@pytest.mark.parametrize(("source", "harmed", "what"), HARMED, ids=[case[2] for case in HARMED])
def test_the_harness_sees_harm(source: str, harmed: str, what: str) -> None:
    """A page that is not the same but for accents shows as different."""
    made = harmed.replace("é", "e" + ACCENT).replace("á", "a" + ACCENT).replace("ć", "c" + ACCENT)
    differs = difference(renderer().nodes(source), renderer().nodes(made))
    code = what == "code"
    assert bool(differs) is not code
    if code:  # lines of code are looked at apart, under both readers
        assert all(ACCENT in node.value for node in renderer().nodes(made) if node.verbatim and node.kind == "text")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Read [the page](a.md 'A title').", "Read' [the' page'](a.md 'A' title'')."),
        ("`x` and ``y ` z`` &amp; <b>bold</b>", "`x` and' ``y ` z`` &amp; <b>bold'</b>"),
        ('<abbr title="In full">I</abbr> {{ x }}', "<abbr title=\"In' full'\">I'</abbr> {{ x }}"),
        ("See [x][label], [^1] and https://a.b/c", "See' [x'][label], [^1] and' https://a.b/c"),
        (":smile: ++ctrl+a++ $x$ \\*no\\*", ":smile: ++ctrl+a++ $x$ \\*no'\\*"),
    ],
)
def test_the_tokenizer_leaves_syntax_alone(text: str, expected: str) -> None:
    """Letters of prose get the accent, and those of syntax do not."""
    marked = accented(text)
    words = "".join(marked).replace(ACCENT, "")
    assert words == text
    simple = ""
    for at, letter in enumerate(marked):  # one accent for a whole word reads better
        if letter == ACCENT and marked[at + 1 : at + 2].isalpha():
            continue
        simple += "'" if letter == ACCENT else letter
    assert simple == expected


def test_leaks_are_seen() -> None:
    """The measure of leaks finds what should be no message, and leaves texts with syntax inside alone."""
    wrong = [
        "`x`", "{{ x }}", "https://a.b/c", "```py", ":::note", "/// tip | Title", "[a]: https://a.b", '<p title="A">',
        "--8<-- a.md", "{.wide}", "[!NOTE]", "import A from 'a'", "One.\n!!! note",
    ]  # fmt: skip
    right = ["Run `x` in {{ y }}.", "[a](b.md)", "See https://a.b/c", "A: b", "[a]: is a label"]
    texts = tuple(Segment(text, Origin("a.md", 1)) for text in wrong + right)
    page = Page("a.md", "", (Block("paragraph", 0, 0, 1, (), texts),))
    assert [text for _, text in leaks(page)] == wrong
