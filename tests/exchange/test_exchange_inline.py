"""Inline codes: every text in parts and back, the same codes in a translation, what is lost and what is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpora import corpus_files
from knooppunt.exchange.codes import MAX_DEPTH, Code, Form, completed, damage, join_parts, split_codes, split_target
from knooppunt.exchange.tags import Tag, as_written, restored
from knooppunt.pages import parse_page

FRAGMENTS = [
    *(
        "`kubectl`",
        "``a`b``",
        "`",
        "[",
        "](guide.md)",
        '](u "Title")',
        "](u 'x')",
        "][ref]",
        "][]",
        "]",
        "![",
        "![a](b)",
    ),
    *(
        "<b>",
        "</b>",
        "<i class='x'>",
        "</i>",
        "<br>",
        "<br/>",
        '<img src=x alt="words">',
        '<a title="t" href=u>',
        "</a>",
    ),
    *(
        "<!-- c -->",
        "<!--",
        "-->",
        "<https://x.y/>",
        "<a@b.c>",
        "https://x.y/z.",
        "{{ m }}",
        "{% if %}",
        "{#id}",
        "{.c}",
    ),
    *("{: .x }", "{ k=v }", "{# c #}", "{{", "}}", "[^1]", "[!INCLUDE [a](b)]", ":smile:", ":::image a=b:::", "&nbsp;"),
    *("&", ";", "**", "_", "\\", "\\[", "words", " ", "\n", "é字", "{", "}", "<", ">", "!", "\x00", "\u27e6"),
]
MARKDOWN = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
ANYTHING = MARKDOWN | st.text(max_size=80)


def shown(text: str) -> str:
    """Parts of a text in one line: `<1>`, `</1>` and `<1/>` for codes."""
    marks = {Form.OPEN: "<{}>", Form.CLOSE: "</{}>", Form.ALONE: "<{}/>"}
    return "".join(
        part if isinstance(part, str) else marks[part.form].format(part.number) for part in split_codes(text)
    )


def assert_laws(text: str) -> None:
    parts = split_codes(text)
    assert join_parts(parts) == text
    stack: list[int] = []
    first = 0
    for part in parts:
        if isinstance(part, str):
            continue
        assert part.data
        if part.form is Form.CLOSE:
            assert stack.pop() == part.number
        else:
            assert part.number == first + 1
            first = part.number
        if part.form is Form.OPEN:
            stack.append(part.number)
            assert len(stack) <= MAX_DEPTH
    assert stack == []


@given(ANYTHING)
def test_parts_join_to_the_text_and_pairs_are_nested(text: str) -> None:
    assert_laws(text)


@given(ANYTHING, ANYTHING)
def test_a_translation_comes_back_by_its_tags_alone(source: str, target: str) -> None:
    """Whether the tool has kept what tags hold, or only numbers of those that the source has."""
    codes = split_codes(source)
    parts = split_target(target, codes)
    assert join_parts(parts) == target
    numbers = {(part.number, part.form) for part in codes if isinstance(part, Code)}
    full = [p if isinstance(p, str) else Tag("<ph>", str(p.number), p.form, p.data) for p in parts]
    assert as_written(full) == target
    assert restored(full, source) == (target, "")
    bare = [
        Tag(p.name, p.number, p.form) if isinstance(p, Tag) and (int(p.number), p.form) in numbers else p for p in full
    ]
    assert restored(bare, source) == (target, "")


@given(ANYTHING)
def test_an_own_text_has_lost_nothing(text: str) -> None:
    assert damage(text, text) == ""
    assert split_target(text, split_codes(text)) == split_codes(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Run `kubectl`.", "Run <1/>."),
        ("Read [the *guide*](g.md).", "Read <1>the *guide*</1>."),
        ('[a](u "Title") b', "<1>a</1>Title<2/> b"),
        ("[![alt](a.png)](u)", "<1><2>alt</2></1>"),
        ("[a][ref], [b][], [c]", "<1>a</1>, <2>b</2>, [c]"),
        ("<b>x <i>y</b></i>", "<1/>x <2>y<3/></2>"),
        ('An <img src="x" alt="image"> here', "An <1/>image<2/> here"),
        ("Head {#id .c}", "Head <1/>"),
        ("1 < 2 & 3 > 2, a:b:c, 10:30:00, {not}", "1 < 2 & 3 > 2, a:b:c, 10:30:00, {not}"),
        ("<b>**&nbsp;</b> :smile: {{ x }} [^n] <https://a.b> https://a.b/c_(d). <!-- c -->", None),
        (r"\[no](x) \`no\`", r"\[no](x) \`no\`"),
        ("[](x) [ ]", "<1/> [ ]"),
        ("10:30: x:smile: a::b: :ok:", "10:30: x:smile: a::b: <1/>"),
    ],
)
def test_what_is_a_code(text: str, parts: str | None) -> None:
    wanted = parts if parts is not None else "<1>**<2/></1> <3/> <4/> <5/> <6/> <7/>. <8/>"
    assert shown(text) == wanted


def test_a_translation_uses_the_numbers_of_its_source() -> None:
    source = split_codes("`a` and `b` and `a`")
    target = split_target("`b`, `a`, `new`, `a`, `a`", source)
    assert [part.number for part in target if isinstance(part, Code)] == [2, 1, 4, 3, 5]


def test_what_is_lost_and_what_is_not() -> None:
    source = "Run `a`, then [b](c.md), then `a`."
    assert damage(source, "Dan [b](c.md), `a`.") == ""
    assert damage(source, "Dan [b](c.md).") == "has lost '`a`', which the source has"
    assert damage(source, "Dan `a` en b.") == "has lost '](c.md)', which the source has"
    assert damage(source, "<f0>b</f0> <a1/>") == "has lost '`a`', '](c.md)', which the source has"
    assert damage(source, "Dan b, weer.", known="Dan b.") == ""
    assert damage("&nbsp;x", "x") == ""


def test_what_has_no_other_place_is_put_back() -> None:
    assert completed("Heads up {#id}", "Let op") == "Let op {#id}"
    assert completed("Fact.[^1]", "Feit.") == "Feit.[^1]"
    assert completed("`a` fact.[^1]", "Feit.") == "Feit."
    assert completed("Fact.[^1]", "Feit[^1].") == "Feit[^1]."
    assert completed("Fact.[^1]", "") == ""


def test_tags_that_a_tool_has_changed() -> None:
    source = "Run `a` in [b](c)."
    renumbered: list[str | Tag] = [Tag("<ph>", "9", Form.ALONE, "`a`"), " in "]
    assert restored(renumbered, source) == ("`a` in ", "")
    edited: list[str | Tag] = [Tag("<ph>", "1", Form.ALONE, "`broken"), " in"]
    assert restored(edited, source) == ("`a` in", "")
    assert restored([Tag('<ph id="7">', "7", Form.ALONE)], source) == (
        "",
        'has the tag <ph id="7">, which its source does not have',
    )


HOSTILE = [
    *("[" * 50000, "[a](" * 20000, "<a " * 20000, "<a>" * 20000, "</a>" * 20000, "{{" * 20000, "<!--" * 20000),
    *("`a" * 20000, '](x "' * 20000, ":::a" * 20000, "http://" * 20000, '<a x="' * 20000, "[!a " * 20000, "\\" * 50000),
    *("[" * 20000 + "](u)" * 20000, "<b>" * 20000 + "</b>" * 20000, "<a>[x" * 9000 + "</a>](y)" * 9000, "{: " * 20000),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:6]))
def test_hostile_texts_end(text: str) -> None:
    started = time.process_time()
    assert_laws(text)
    damage(text, text[1:])
    assert time.process_time() - started < 10


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["aks-docs", "material-docs", "fastapi-docs", "parallel"])
def test_laws_hold_on_the_corpora(folder: str) -> None:
    for path in corpus_files(folder, "*.md"):
        for segment in parse_page(path.read_bytes().decode("utf-8")).segments:
            assert_laws(segment.msgid)
