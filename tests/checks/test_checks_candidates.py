"""A check that says where it has nothing to find is right: looking at all texts finds no more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import corpus_files
from knooppunt.checks import Check, Unit, load, page_units
from knooppunt.checks.documentation import parse_documentation
from knooppunt.checks.examples import example_language, example_units
from knooppunt.model import Locale, Origin
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.model import Finding
    from knooppunt.repair import Language

CHECKS = [check for check in load().values() if check.scope in {"segment", "text"}]
CHOOSY = [check for check in CHECKS if check.hint or check.words or check.bilingual or check.languages]
PIECES = (
    *("de ", "De ", "the ", "and ", "you ", "u ", "je ", "Sie ", "du ", "en", "voor", "Knoop ", "Help ", "help "),
    *("`a`", "**", "*b*", "[c](d.md)", "(", ")", " ", ". ", ", ", " .", " - ", " -naam", ".ps1", ". ps1", "6.2. x"),
    *("'", '"', "' x '", "@no__t-0", "_x000D_", "1.2", "1,2", "\n", "です", "、", ",", ".", "ｺ", "Ａ", ":", "!"),
)


def run(check: Check, units: Sequence[Unit], language: Language) -> list[Finding]:
    if check.scope == "text":
        return list(check.run(units, language))
    return [finding for unit in units for finding in check.run(unit, language)]


def same(check: Check, units: Sequence[Unit], language: Language) -> None:
    chosen = check.candidates(units, language.locale)
    assert run(check, chosen, language) == run(check, units, language)


def test_most_checks_are_choosy() -> None:
    assert len(CHOOSY) >= 14


@pytest.mark.parametrize("check", CHOOSY, ids=lambda check: check.id)
def test_no_example_is_passed_over(check: Check) -> None:
    """The examples of every check, since what one check leaves alone may be bad for another."""
    for other in CHECKS:
        parts = parse_documentation(other.documentation)
        for example in (*parts.bad, *parts.good, *parts.leave_alone):
            if check.languages is None or example.locale in check.languages:
                same(check, example_units(example), example_language(example.locale, example.register))


@given(
    target=st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join),
    source=st.none() | st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join),
    locale=st.sampled_from(["nl", "de", "ja", "fr"]),
    register=st.sampled_from(["formal", "informal", "neutral"]),
)
@settings(max_examples=150)
def test_no_text_is_passed_over(target: str, source: str | None, locale: str, register: str) -> None:
    language = example_language(locale, register)
    units = [Unit(target, source, origin=Origin("a.po", 1), locale=Locale(locale))]
    for check in CHOOSY:
        if check.languages is None or locale in check.languages:
            same(check, units, language)


def test_a_check_for_other_languages_looks_at_nothing() -> None:
    unit = Unit("です.", origin=Origin("a.po", 1), locale=Locale("nl"))
    check = load()["wrong-width"]
    assert check.candidates([unit], "nl") == []
    assert check.candidates([unit], "ja-JP") == [unit]


def test_a_check_of_two_languages_needs_a_source() -> None:
    alone = Unit("PowerShell 6,0", origin=Origin("a.md", 1), locale=Locale("nl"))
    check = load()["changed-number"]
    assert check.candidates([alone], "nl") == []
    assert check.candidates([replace(alone, source="PowerShell 6.0")], "nl") != []


@pytest.mark.corpus
def test_no_text_of_a_corpus_is_passed_over() -> None:
    language = example_language("nl", "formal")
    for path in corpus_files("parallel/mim-nl/nl", "*.md")[::12]:
        units = list(page_units(parse_page(path.read_text("utf-8"), path=path.name), Locale("nl")))
        for check in CHOOSY:
            same(check, units, language)
