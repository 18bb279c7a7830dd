"""Links, code and emphasis as elements, and which of a translation stands for which of its source."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.repair import mask
from knooppunt.repair.markup import bold_marks, elements, partners


def shown(text: str) -> list[tuple[str, str]]:
    return [(element.kind, text[element.start : element.end]) for element in elements(mask(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See [a](b.md) and `c`.", [("link", "[a](b.md)"), ("code", "`c`")]),
        ("![picture](a.png) [x][y]", [("link", "![picture](a.png)"), ("link", "[x][y]")]),
        ("**a** *b* _c_ __d__", [("bold", "**a**"), ("italic", "*b*"), ("italic", "_c_"), ("bold", "__d__")]),
        ("[**a** b](c.md)", [("link", "[**a** b](c.md)"), ("bold", "**a**")]),
        ("2 * 3 * 4, snake_case_name, \\*a\\*", []),
        ("`**a**` and **kw", [("code", "`**a**`")]),
        ("** a **", [("bold", "** a **")]),
        ("``a ` b``", [("code", "``a ` b``")]),
        ("<kbd>a</kbd> [a] [b][]", []),
    ],
)
def test_elements(text: str, found: list[tuple[str, str]]) -> None:
    assert shown(text) == found


def test_the_range_of_what_readers_see() -> None:
    text = "[a b](c.md) ``d`` **e** _f_"
    assert [text[element.inner_start : element.inner_end] for element in elements(mask(text))] == ["a b", "d", "e", "f"]


def test_bold_without_a_partner_is_no_bold() -> None:
    assert bold_marks(mask("**a** b** c")) == []
    assert bold_marks(mask("**a** **b**")) == [(0, 3), (6, 9)]


@pytest.mark.parametrize(
    ("target", "source", "pairs"),
    [
        ("`b` en `a`", "`a` and `b`", [("`b`", "`b`"), ("`a`", "`a`")]),
        ("[een](x) [twee](x)", "[one](x) [two](x)", [("[een](x)", "[one](x)"), ("[twee](x)", "[two](x)")]),
        ("**een** **twee**", "**one** **two**", [("**een**", "**one**"), ("**twee**", "**two**")]),
        ("**two** en **een**", "**one** and **two**", [("**two**", "**two**"), ("**een**", "**two**")]),
        ("**een**", "**one** **two**", [("**een**", None)]),
        ("`a` `a`", "`a`", [("`a`", "`a`"), ("`a`", None)]),
    ],
)
def test_partners(target: str, source: str, pairs: list[tuple[str, str | None]]) -> None:
    ours, theirs = elements(mask(target)), elements(mask(source))
    found = [
        (target[one.start : one.end], None if other is None else source[other.start : other.end])
        for one, other in zip(ours, partners(ours, theirs), strict=True)
    ]
    assert found == pairs


@given(
    st.lists(st.sampled_from(["**", "*", "_", "__", "`", "[", "](a)", "\\", "a", " ", "\n"]), max_size=30).map("".join)
)
def test_elements_lie_inside_the_text_and_have_their_marks_outside(text: str) -> None:
    for element in elements(mask(text)):
        assert 0 <= element.start < element.inner_start <= element.inner_end < element.end <= len(text)


@pytest.mark.parametrize("unit", ["*a ", "**", "_a ", "__a", "[a](", "`*"])
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * count
        best = 1e9
        for _ in range(3):
            start = time.process_time()
            elements(mask(text))
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(1_000), seconds(10_000)
    assert large < 0.2 + 25 * small
