"""The mask: what of a text is protected."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.repair import mask
from knooppunt.repair.languages import rules_for
from knooppunt.repair.numbers import differences, units

MARKUP = st.lists(
    st.sampled_from(
        [
            "`",
            "``",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "{{",
            "}}",
            "{%",
            "%}",
            "{",
            "}",
            "\\",
            "&",
            ";",
            ":",
            "!",
            "*",
            "_",
            "a",
            "knoop ",
            "punten ",
            " ",
            "\n",
            "> ",
            "https://",
            "www.",
            "<!--",
            "-->",
            "<kbd>",
            "</kbd>",
            '"',
            "'",
            "^",
            "---\n",
            "#",
            "|",
            "&amp;",
            ":smile:",
            "[^1]",
            "][",
            "](",
            "code",
        ]
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        ("a `code` b", ["`code`"]),
        ("a ``co`de`` b", ["``co`de``"]),
        ('[text](url.md "Title") b', ['(url.md "Title")']),
        ("[a](<b c.md>)", ["(<b c.md>)"]),
        ("[a](b_(c).md)", ["(b_(c).md)"]),
        ("[text][label]", ["[label]"]),
        ("[label][]", ["[label][]"]),
        ("[shortcut] text", ["[shortcut]"]),
        ("![alt](a.png)", ["(a.png)"]),
        ("[![alt](a.png)](b.md)", ["(a.png)", "(b.md)"]),
        ("<https://a.b/c> <me@a.b>", ["<https://a.b/c>", "<me@a.b>"]),
        ("see https://a.b/c_d. Then www.a.b, and", ["https://a.b/c_d", "www.a.b"]),
        ('<b title="x > y">bold</b>', ['<b title="x > y">', "</b>"]),
        ("<kbd>Ctrl</kbd> key", ["<kbd>", "Ctrl", "</kbd>"]),
        ("<kbd></kbd>", ["<kbd>", "</kbd>"]),
        ("a <!-- comment --> b", ["<!-- comment -->"]),
        ("{{ name }} {% if x %} {# note #}", ["{{ name }}", "{% if x %}", "{# note #}"]),
        ("# Title {#id .class}", ["{#id .class}"]),
        ("a :material-check: b", [":material-check:"]),
        ("note[^1] text", ["[^1]"]),
        ("a &nbsp; b &#169; c", ["&nbsp;", "&#169;"]),
        (r"a \* b \[c\]", [r"\*", r"\[", r"\]"]),
        ("---\ntitle: a b\n---\ntext", ["---", "title:", "---"]),
        ("10:30:15 and a:b", []),
        ("a < b and c > d", []),
    ],
)
def test_protected_ranges(text: str, protected: list[str]) -> None:
    found = mask(text)
    assert [text[span.start : span.end] for span in found.spans] == protected
    for span in found.spans:
        assert not found.free(span.start, span.end)
        assert not found.free(span.start, span.start + 1)


def test_placeholders_are_what_a_translation_must_keep() -> None:
    text = 'Run `x` at [here](a.md "T") or [there][ref], {{ y }} <br> &amp; :ok: \\*'
    assert mask(text).placeholders() == ["`x`", "a.md", "ref", "{{ y }}", "<br>", ":ok:"]


@given(MARKUP)
def test_any_text_is_scanned(text: str) -> None:
    found = mask(text)
    for span in found.spans:
        assert 0 <= span.start < span.end <= len(text)
    prose = found.prose()
    assert len(prose) == len(text)
    for at, (old, new) in enumerate(zip(text, prose, strict=True)):
        assert found.free(at, at + 1) == (new != "\ufffc") or old == "\n"


@given(MARKUP, MARKUP)
def test_free_ranges_are_free_in_every_part(left: str, right: str) -> None:
    found = mask(left + right)
    for at in range(len(left)):
        if found.free(at, len(left)):
            assert all(found.free(place, place + 1) for place in range(at, len(left)))


@pytest.mark.parametrize(
    "unit",
    [
        "`",
        "[",
        "](",
        "[a](",
        "{{ ",
        "{% ",
        "{",
        "<a ",
        "<a '",
        '<a "',
        "<!-- ",
        "<kbd>",
        "][",
        "\\",
        "&a",
        ":a",
        "`a``b",
        "https://",
        "[a]",
        "[^",
        "(((",
        "<a'\"",
        "[a](b 'c",
        "![",
        "{# ",
    ],
)
def test_time_is_linear(unit: str) -> None:
    def once(count: int) -> float:
        text = unit * count
        start = time.process_time()
        mask(text)
        return time.process_time() - start

    def seconds(count: int) -> float:
        return min(once(count) for _ in range(3))  # what else runs on the machine only ever adds

    small, large = seconds(2_000), seconds(20_000)
    assert large < 0.2 + 25 * small


@pytest.mark.parametrize(
    ("source", "target", "lost", "added"),
    [
        ("1.5 seconds for 1,000 pods", "1,5 seconde voor 1.000 pods", [], []),
        ("1,000 pods", "1000 pods", [], []),
        ("PowerShell 6.0", "PowerShell 6,0", ["6.0"], ["6,0"]),
        ("version 1.33 or v1.4.8", "versie 1.33 of v1.4.8", [], []),
        ("two pods on 3 nodes", "2 pods op drie knooppunten", [], []),
        ("60 containers", "6 containers", ["60"], ["6"]),
        ("IPv6 on x86", "IPv6 op x86", [], []),
        ("At 4.5 GB", "Bij 4,5 GB", [], []),
        ("1/15/2021", "15-1-2021", [], []),
    ],
)
def test_numbers(source: str, target: str, lost: list[str], added: list[str]) -> None:
    found_lost, found_added = differences(mask(source), mask(target), rules_for("nl"), "nl")
    assert (found_lost, [number.text for number in found_added]) == (lost, added)


@pytest.mark.parametrize(
    ("language", "source", "target", "lost", "added"),
    [
        ("de", "On 2018-11-21 it was", "Am 21. November 2018 war", [], []),
        ("de", "On 2018-11-21 it was", "Am 21.11.2018 war", [], []),
        ("de", "On 2018-11-21 it was", "Am 21. Oktober 2018 war", ["11"], []),
        ("de", "On 21 November 2018, 3 pods", "Am 21.11.2018 3 Pods", [], []),
        ("de", "On 21 November 2018, 3 pods", "Am 22.11.2018 3 Pods", ["21"], ["22.11.2018"]),
        ("de", "Since March 2025", "Seit März 2025", [], []),
        ("de", "Since March 2025", "Seit Mai 2025", ["March"], []),
        ("de", "version 3.11.2022", "Version 3.11.2022", [], []),
        ("nl", "since 21 November 2018", "sinds 21 november 2018", [], []),
        ("nl", "since November 21, 2018", "sinds 2018-11-21", [], []),
        ("nl", "since 2018-07-05", "sinds 5 juli 2018", [], []),
        ("nl", "in April 2025", "in april 2025", [], []),
        ("nl", "in April 2025", "in april 2024", ["2025"], ["2024"]),
        ("nl", "in April it failed", "in april mislukte het", [], []),
        ("nl", "In May and June 2023", "In mei en juni 2023", [], []),
        ("nl", "a pod and another", "1 pod en nog 1", [], []),
        ("ja", "For one day in April 2025", "2025 年 4 月の 1 日間", [], []),
        ("ja", "On 21 November 2018", "2018 年 11 月 21 日", [], []),
        ("ja", "On 2018-11-21", "2018年11月21日", [], []),
        ("ja", "The port is 2022", "ポートは2022です", [], []),
        ("ja", "The port is 2022", "ポートは2023です", ["2022"], ["2023"]),
        ("ja", "60 containers", "60個のコンテナー", [], []),
        ("ja", "60 containers", "コンテナーは６０個", [], []),
        ("ja", "IPv6 on x86", "IPv6とx86", [], []),
    ],
)
def test_dates_and_numbers_of_a_language(
    language: str, source: str, target: str, lost: list[str], added: list[str]
) -> None:
    found_lost, found_added = differences(mask(source), mask(target), rules_for(language), language)
    assert (found_lost, [number.text for number in found_added]) == (lost, added)


def test_units() -> None:
    assert units(mask("1 GB, 16GiB and 5 % of 2 vCPUs, `3 GB`")) == {"GB": 1, "GiB": 1, "%": 1, "vCPU": 1}
    assert units(mask("5％")) == {"%": 1}
