"""The documentation of every check is its test: each Bad is found and heals to its Good, each Good is left alone."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import knooppunt.checks
from knooppunt.checks import Check, explain, load
from knooppunt.checks.documentation import parse_documentation
from knooppunt.checks.examples import healed, run_example
from knooppunt.checks.registry import SCOPES
from knooppunt.pages import parse_page

CHECKS = [pytest.param(check, id=name) for name, check in load().items()]


def test_every_module_is_a_check_or_none() -> None:
    for info in pkgutil.iter_modules(knooppunt.checks.__path__):
        module = importlib.import_module(f"knooppunt.checks.{info.name}")
        parts = [hasattr(module, name) for name in ("SCOPE", "SEVERITY", "check")]
        assert all(parts) or not any(parts), info.name


def test_a_file_is_a_check_by_its_name() -> None:
    assert {"wrong-term", "split-compound", "broken-link"} <= set(load())
    assert list(load()) == sorted(load())
    assert {check.scope for check in load().values()} <= set(SCOPES)


@pytest.mark.parametrize("check", CHECKS)
def test_every_bad_is_found_and_heals_to_its_good(check: Check) -> None:
    parts = parse_documentation(check.documentation)
    assert parts.bad
    for number, example in enumerate(parts.bad):
        found = run_example(check, example)
        assert found, example.text
        if any(finding.edits for finding in found):
            assert number < len(parts.good), f"no good for {example.text}"
            assert healed(example, found) == parts.good[number].entries[0]["target"]


@pytest.mark.parametrize("check", CHECKS)
def test_every_good_is_left_alone(check: Check) -> None:
    for example in parse_documentation(check.documentation).good:
        assert run_example(check, example) == [], example.text


@pytest.mark.parametrize("check", CHECKS)
def test_exceptions_are_left_alone_and_have_a_reason(check: Check) -> None:
    for example in parse_documentation(check.documentation).leave_alone:
        found = run_example(check, example)
        if example.suggestions:
            assert found
            assert not any(finding.safe for finding in found)
        else:
            assert found == [], example.text
        assert example.reason.endswith("."), example.text


@pytest.mark.parametrize("check", CHECKS)
def test_the_page_of_a_check_can_be_published(check: Check) -> None:
    text = explain(check)
    page = parse_page(text, path=f"docs/handbook/checks/{check.id}.md")
    assert text.startswith(f"---\ntitle: {check.id}\n")
    headings = [page.text[block.start : block.end].strip() for block in page.blocks if block.kind == "heading"]
    assert headings == [f"# `{check.id}`", "## Why", "## Bad", "## Good", "## Fix", "## Leave alone"]
    for block in page.blocks:
        if block.kind == "paragraph":
            assert page.text[block.start : block.end].rstrip().endswith((".", "!", "?"))
    assert explain(check) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("What.\n\nWhy:\n    Because.\n", "section 'Bad' is missing"),
        ("What.\n\nWhy:\n    a\n\nWhy:\n    b\n", "section 'Why' is there twice"),
        ("Why:\n    a\n", "it does not say what it finds"),
    ],
)
def test_incomplete_documentation_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_documentation(text)


def test_a_check_without_examples_is_refused() -> None:
    good = "Good:\n    target: a\n\nFix:\n    a\n\nLeave alone:\n    - target: b\n"
    text = f"What.\n\nWhy:\n    a\n\nBad:\n    nonsense\n\n{good}"
    with pytest.raises(ValueError, match="'nonsense' is not a field"):
        parse_documentation(text)
