"""Every rule is documented, and every example of it is found as it says: these are the fixtures that are published."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import knooppunt.linting.rules
from knooppunt.errors import UsageError
from knooppunt.knowledge.rules import REDIRECT_FIELDS
from knooppunt.linting import Rule, explain, find, lint, load, select
from knooppunt.linting.documentation import SOUND, expected, parse_documentation
from knooppunt.linting.registry import CODE, SCOPES
from knooppunt.linting.suite import Fixture, around_of, fixtures
from knooppunt.model import Finding
from knooppunt.pages import parse_page
from knooppunt.recordlint import kubernetes_fields

FIXTURES = list(fixtures())
RULES = list(load().values())


def found(fixture: Fixture, only: str | None = None) -> list[Finding]:
    around = around_of(fixture.given, kubernetes_fields(), Path("/nowhere"))
    return lint(fixture.files, around, None if only is None else select([only]))


def test_a_file_is_a_rule_and_its_code_is_its_own() -> None:
    folder = Path(knooppunt.linting.rules.__file__).parent
    files = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert files == {rule.name for rule in RULES}
    assert all(CODE.fullmatch(code) for code in load())
    assert {rule.scope for rule in RULES} <= set(SCOPES)
    assert len(RULES) >= 25


def test_codes_are_stable() -> None:
    """A code that was published keeps its rule; new ones are added here, none is ever changed or given again."""
    published = json.loads((Path(__file__).parent / "codes.json").read_text("utf-8"))
    assert {code: rule.name for code, rule in load().items()} == published


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_three_examples_of_both_kinds(rule: Rule) -> None:
    own = [fixture for fixture in FIXTURES if fixture.rule == rule.code]
    assert sum(not fixture.valid for fixture in own) >= 3
    assert sum(fixture.valid for fixture in own) >= 3
    for fixture in own:
        codes = {code for _, _, code in fixture.expected}
        assert codes == set() if "-good-" in fixture.id else fixture.rule in codes, fixture.id


def test_the_suite_is_large_and_each_fixture_is_another() -> None:
    assert len(FIXTURES) >= 150
    assert sum(len(fixture.files) for fixture in FIXTURES) >= 300
    bodies = Counter(
        (fixture.rule, *(text.split("\n", 1)[1] for _, text in fixture.files), *sorted(fixture.given.items()))
        for fixture in FIXTURES
    )
    assert [body for body, count in bodies.items() if count > 1] == []
    assert len({fixture.id for fixture in FIXTURES}) == len(FIXTURES)


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.id)
def test_all_that_is_expected_is_found_and_nothing_else(fixture: Fixture) -> None:
    places = [(finding.origin.path, finding.origin.line, finding.check) for finding in found(fixture)]
    assert sorted(places) == sorted(fixture.expected)


def test_a_rule_alone_finds_the_same() -> None:
    """No rule needs another one to be run, but for the one that says what no other says."""
    for fixture in FIXTURES:
        alone = {(each.origin.line, each.check) for each in found(fixture, fixture.rule)}
        together = {(line, code) for _, line, code in fixture.expected if code == fixture.rule}
        if fixture.rule not in {"KR102", "KR105"}:
            assert alone == together, fixture.id


def test_sound_records_are_sound() -> None:
    whole = "".join(text.lstrip("\n") for text in SOUND)
    around = around_of({}, kubernetes_fields(), Path("/nowhere"))
    assert lint([("sound.yml", whole)], around) == []
    assert whole.count("kind:") == len(SOUND)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_page_of_a_rule_can_be_published(rule: Rule) -> None:
    text = explain(rule)
    page = parse_page(text, path="docs/handbook/rules/x.md")
    headings = [page.text[block.start : block.end].strip() for block in page.blocks if block.kind == "heading"]
    assert headings[1:] == ["## Why", "## Bad", "## Good", "## Fix"]
    assert "<--" not in text
    for block in page.blocks:
        if block.kind == "paragraph":
            assert page.text[block.start : block.end].rstrip().endswith((".", "!", "?")), text
    parts = parse_documentation(rule.documentation)
    assert all(example.about.endswith((".", "?")) for example in (*parts.bad, *parts.good))


def test_messages_tell_the_way_out() -> None:
    """Every message is one line, and no two findings of a fixture say the same of the same place."""
    for fixture in FIXTURES:
        messages = [(each.origin, each.check, each.message) for each in found(fixture)]
        assert len(set(messages)) == len(messages)
        for _, _, message in messages:
            assert message
            assert message.strip() == message
            assert not re.search(r"\bNone\b", message) or "'None" in message, message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("What.\n\nWhy:\n    Because.\n", "section 'Bad' is missing"),
        ("What.\n\nWhy:\n    a\n\nWhy:\n    b\n", "section 'Why' is there twice"),
        ("Why:\n    a\n", "it does not say what it finds"),
        ("A.\n\nWhy:\n    a\n\nBad:\n    title: b\n\nGood:\n    # c.\n\nFix:\n    d\n", "does not begin with '# '"),
        ("A.\n\nWhy:\n    a\n\nBad:\n    # b.\n    #: moon: full\n\nGood:\n    # c.\n\nFix:\n    d\n", "says nothing"),
    ],
)
def test_incomplete_documentation_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_documentation(text)


def test_arrows_are_taken_out_and_counted() -> None:
    assert expected("a  <--\nb\nc  <-- KR102 KR301", "KR405") == (
        "a\nb\nc",
        [(1, "KR405"), (3, "KR102"), (3, "KR301")],
    )


def test_rules_are_found_by_code_and_name_and_unknown_ones_refused() -> None:
    rule = load()["KR302"]
    assert find("KR302") is find("kr302") is find("reversed-dates") is rule
    assert find("KR999") is None
    assert list(select(["reversed-dates", "KR101"])) == ["KR101", "KR302"]
    assert "KR302" not in select(None, ["KR302"])
    with pytest.raises(UsageError, match="did you mean 'reversed-dates'"):
        select(["reversd-dates"])


def test_an_entry_of_any_form_is_read() -> None:
    """Whatever stands in the place of a value, rules pass over it, and the schema says what is wrong."""
    fields = ("kind", "title", "statement", "workaround", "layer", "effect", "subject", "fields", "variants", "amounts")
    more = ("evidence", "disputed", "references", "rule", "revision", *REDIRECT_FIELDS)
    values = ("", "1", "text", "[1]", "[[a]]", "{a: 1}", "[{a: [1]}]", "{v1: {status: [1], evidence: 3}}", "true", "~")
    around = around_of({}, kubernetes_fields(), Path("/nowhere"))
    for name in (*fields, *more):
        for value in values:
            lint([("a.yml", f"acme.agent.a:\n  {name}: {value}\n")], around)
    for value in values:
        assert lint([("a.yml", f"acme.agent.a: {value}\n")], around)
