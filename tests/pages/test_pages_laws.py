"""Laws 1 and 2 under random Markdown, and on the corpora where they are there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import slugify, unique

from corpora import corpus_files
from knooppunt.pages import code_spans, heading_ids, parse_page, plain_text
from knooppunt.translated import translate_page

FRAGMENTS = [
    "# Head", "## Head {#id}", "text", "more *text* here", "- item", "  - nested", "    - nested", "1. one", "> quote",
    "> - in quote", "```", "~~~ yaml", "    code", "\tcode", "!!! note \"Title\"", "??? tip", "=== \"Tab\"",
    "    body", "| a | b |", "|---|---|", "| `x|y` | c |", "Term", ":   definition", "[^1]: note", "*[A]: abbr",
    "[ref]: http://x \"t\"", "<div markdown>", "</div>", "<p>raw</p>", "<!-- c -->", "<!--", "-->", "<pre>", "</pre>",
    "--8<-- \"f\"", "{% if x %}", "{{ m }}", "{: .cls }", "---", "===", "***", "[!NOTE]", "> [!TIP]", ":::image x:::",
    "::: a.b", "/// note | T", "///", "$$", "[TOC]", "- [ ] task", "line  ", "line\\", "`a", "b`", "\u2028", "é字",
    "<!-- knooppunt: skip -->", "<!-- knooppunt: skip-start -->", "title: x", "<a", "[x", "|", "\\", "- ", "-", "+",
]  # fmt: skip
NEWLINES = st.sampled_from(["\n", "\n", "\n", "\n\n", "\r\n", "\r"])
PAGES = st.lists(st.tuples(st.sampled_from(FRAGMENTS), NEWLINES), max_size=25).map(
    lambda parts: "".join(fragment + newline for fragment, newline in parts)
)
ANYTHING = st.text(max_size=200) | PAGES


def assert_laws(text: str) -> None:
    page = parse_page(text)
    assert "".join(text[block.start : block.end] for block in page.blocks) == text
    at = 0
    for segment in page.segments:
        assert at <= segment.origin.start < segment.origin.end
        at = segment.origin.end
    assert translate_page(page, lambda _: None) == text
    assert translate_page(page, lambda segment: segment.msgid) == text


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_blocks_join_to_the_page_and_identity_gives_it_back(text: str) -> None:
    """Laws 1 and 2, for any input at all."""
    assert_laws(text)


@given(PAGES)
@settings(max_examples=200, deadline=None)
def test_a_front_matter_like_start_changes_nothing(text: str) -> None:
    """Laws 1 and 2 with something at the head that may be front matter."""
    assert_laws("---\n" + text)
    assert_laws("\ufeff---\ntitle: a\n---\n" + text)


@given(st.text(alphabet="`ab\\ ", max_size=60))
@settings(max_examples=300, deadline=None)
def test_code_spans_are_apart_and_end_with_their_backticks(text: str) -> None:
    """A span opens and closes with runs of the same length."""
    at = 0
    for start, end in code_spans(text):
        assert at <= start < end
        span = text[start:end]
        ticks = len(span) - len(span.lstrip("`"))
        assert span.endswith("`" * ticks)
        at = end


@given(st.text(alphabet="*_~=^ab \\\n", max_size=40))
@settings(max_examples=300, deadline=None)
def test_emphasis_goes_as_a_pattern_would_take_it(text: str) -> None:
    """Signs are paired as the regular expression does it that is quadratic in the length of the text."""
    expected = re.sub(r"\\[!-/:-@\[-`{-~]", lambda found: f"\ue000{ord(found[0][1])}\ue000", text)
    for pattern in (r"(\*{1,3}|~~|\^\^|==)(?=\S)(.+?)(?<=\S)\1", r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)"):
        expected = re.sub(pattern, r"\2", re.sub(pattern, r"\2", expected))
    expected = re.sub("\ue000(\\d+)\ue000", lambda found: chr(int(found[1])), expected)
    assert plain_text(text) == expected.strip()


def test_what_marks_a_kept_part_may_stand_in_the_text() -> None:
    """Found by fuzzing: a NUL with digits behind it was taken for a code span."""
    assert plain_text("\0\0\0\x001\0 `a`") == "\ufffd\ufffd\ufffd\ufffd1\ufffd a"


def test_ids_of_equal_headings_are_those_of_python_markdown() -> None:
    """Counted as `unique` counts them, also where a heading bears a number of its own or an explicit id takes one."""
    titles = ["A", "A", "A_1", "A", "A_3", "B_9", "B_9", "", "A", "A_1", "C", "C_1", "C", "A"]
    used: set[str] = {"a_5"}
    expected = [unique(slugify(title, "-"), used) for title in titles]
    page = parse_page("".join(f"# {title} x\n\n" for title in titles).replace(" x\n", "\n") + "# Own {#a_5}\n")
    found = list(heading_ids(page).values())
    assert found[0] == "a_5"
    assert found[1:] == [name for name, title in zip(expected, titles, strict=True) if title]


HOSTILE = (
    "> " * 3000 + "x\n",
    "- " * 3000 + "x\n",
    "`" * 20000 + "\n",
    "`a" * 20000 + "\n",
    "[" * 20000 + "\n",
    "{%%}" * 9000 + "x\n",
    "<!--" * 9000 + "\n",
    "|-" * 20000 + "x\n",
    "- a\n" * 9000,
    "<div>\n" * 3000,
    "* " * 30000 + "x\n",
    "!!! a" + " " * 50000 + 'x"\n',
    "|" + " " * 50000 + "x\n|-" + " " * 50000 + "x\n",
    "# a\n" * 50000,
    "a\n===\n" * 30000,
    "<!--\n" * 50000,
    "{%\n" * 50000,
    "<pre>\n\n" * 30000,
    "\\[\n" * 50000,
    "{#a}" * 50000 + "\n",
    "{{a" * 50000 + "\n",
    "# " + "*a " * 50000 + "\n",
    "# " + "[^a" * 50000 + "\n",
    "# " + "<!--" * 50000 + "\n",
    ": a." * 1 + "a." * 50000 + "\n",
    "{{< a\n" * 20000,
    "{/* a\n" * 20000,
    "import {a\n" * 20000,
    '<A b="c"\n' * 20000,
    "<A " + "b={" * 20000 + "\n",
    "<A> </B>" * 20000 + "\n",
    "[!INCLUDE [" * 20000 + "\n",
    "[a]:\n" * 20000,
    '``` title="\n' * 20000,
    '{{< x title="' * 20000 + "\n",
    "{{< a >}}" * 20000 + "x" + "{{< /a >}}" * 20000 + "\n",
    "{{< highlight >}}\n" * 20000,
    "+++\n" + 'title = "a\n' * 20000 + "+++\n",
    "+++\n" + "a = [" * 20000 + "\n+++\n",
    '{"a":' * 20000,
    '{"title": ["' + "[" * 20000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:6]))
def test_hostile_input_ends(text: str) -> None:
    """Deep nesting and long runs neither exhaust the stack nor hang."""
    page = parse_page(text)
    assert "".join(text[block.start : block.end] for block in page.blocks) == text
    heading_ids(page)


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["aks-docs", "material-docs", "fastapi-docs", "parallel"])
def test_laws_hold_on_the_corpora(folder: str) -> None:
    """Laws 1 and 2 on every file, byte for byte."""
    files = corpus_files(folder, "*.md")
    for path in files:
        assert_laws(path.read_bytes().decode("utf-8"))
