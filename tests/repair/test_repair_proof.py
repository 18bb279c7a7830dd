"""The proof of a fix: where no page is rendered, the verdict is that of the rendered pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpora import corpus_files
from knooppunt.model import Edit
from knooppunt.repair import apply, mask
from knooppunt.repair.proof import plain, plain_edit, plain_page, prove, rendered

if TYPE_CHECKING:
    from knooppunt.repair import Mask

SPACE = re.compile(r"(?<=[^\W\d_])[ ](?=[^\W\d_])")
PIECES = (
    *("knoop punten ", "voor beeld ", "een twee", "a\u00a0b ", "(a b)", '"a b"', "'a b'", " .", "\\", "  \n", "\r\n"),
    *(
        "`knoop punten` ",
        "`",
        "``",
        "```\n",
        "``` a b\n",
        "````\n",
        "~~~\n",
        "    ",
        "   ",
        "\t",
        "\n",
        "\n\n",
        "\n    ",
    ),
    *("[knoop punten](a b.md)", "[knoop punten]: x\n", "[knoop punten][] ", "[knoop punten]", "![a b](c d)", "[^1] "),
    *("[^1]: a b\n", "*[a b]: c d\n", "*[punten]: x\n", "[x] ", "https://a.b/a b ", "<https://x y>", "{{ a b }} "),
    *("<b title='a b'>", "</b>", "<div>\n", "</div>\n", "<div markdown>\n", "<knoop punten", '<a href="x y\n', "<kbd>"),
    *("</kbd>", "<pre>", "<!-- a b -->", "<!--", "-->", "{: .knoop punten }", "{#a b} ", "&amp; ", "&a b; ", ":a b: "),
    *("**", "** ", " **", "*", "_", " _", "~", "~~", "^", "==", "++a b++", "$a b$", "$$\n", "\n> ", "> ", "- ", "1. "),
    *("# ", "| ", "|\n", "|-|-|\n", "---\n", "===\n", "* * *\n", "!!! note\n", "!!! note a b\n", "??? a b\n"),
    *('=== "a b"\n', ":   ", ": "),
)
PAGES = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def kept(protected: Mask) -> list[tuple[str, str]]:
    return [(span.kind, span.value) for span in protected.spans if span.kind != "escape"]


def joins(text: str, protected: Mask) -> list[Edit]:
    """Every space between two letters that may be taken away."""
    return [
        Edit(found.start(), found.end(), "")
        for found in SPACE.finditer(text)
        if protected.free(found.start(), found.end())
    ]


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(PAGES)
def test_a_page_that_is_not_rendered_would_have_been_the_same(text: str) -> None:
    protected = mask(text)
    for edit in joins(text, protected):
        after = apply(text, [edit])
        if kept(protected) == kept(mask(after)) and plain(protected, [edit]):
            assert rendered(text, after, [edit]) is None


@pytest.mark.parametrize(
    "text",
    [
        "> !!! note a b\n",
        "~(a b)~",
        "\\<div markdown>\n",
        "``a b `",
        "x [a b][c d](e f.md)",
        "*[ab]: x\n\na b",
        "     -   a b\n",
        "++a b++",
        "```a\nb c\n````\nd e\n",
        "a &b c;",
        "- *[ab]: c d\na b",
    ],
)
def test_what_may_be_markup_is_rendered(text: str) -> None:
    """Each of these would be another page, or was one for another reader of Markdown."""
    protected = mask(text)
    assert not any(plain(protected, [edit]) for edit in joins(text, protected)[-1:])


def test_most_text_needs_no_rendering() -> None:
    text = "# Een kop\n\nDe knoop punten van **een** [knoop punt](a.md).\n\n- Een `code` en beeld.\n\n```sh\na b\n```\n"
    protected = mask(text)
    edits = joins(text, protected)
    assert len(edits) > 5
    assert plain(protected, edits)
    assert not plain(mask(text.replace("`code`", "`code")), edits)


@settings(deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
@given(PAGES, st.data())
def test_no_edit_gets_past_that_touches_what_belongs_to_the_machine(text: str, data: st.DataObject) -> None:
    """Code, addresses, labels, tags, attribute lists, macros: an edit inside of one is refused, whatever it says."""
    spans = [span for span in mask(text).spans if span.start + 1 < span.end]
    if not spans:
        return
    span = data.draw(st.sampled_from(spans))
    start = data.draw(st.integers(span.start, span.end - 1))
    end = data.draw(st.integers(start + 1, span.end))
    edit = Edit(start, end, data.draw(st.sampled_from(["", "x", " ", "knooppunten"])))
    after = apply(text, [edit])
    if after != text:
        assert prove(text, after, [edit]) is not None


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["parallel/mim-nl/nl", "parallel/mim-de/de", "aks-docs"])
def test_real_pages_that_are_not_rendered_would_have_been_the_same(folder: str) -> None:
    """All joins of a page at once, of every twentieth page."""
    joined = 0
    for path in corpus_files(folder, "*.md")[::20]:
        text = path.read_bytes().decode("utf-8")
        protected = mask(text)
        fences = plain_page(protected)
        if fences is None:
            continue
        edits = [edit for edit in joins(text, protected) if plain_edit(text, edit, fences)]
        after = apply(text, edits)
        if kept(protected) == kept(mask(after)):
            joined += len(edits)
            assert rendered(text, after, edits) is None, path
    assert joined > 1000
