"""Examples in the documentation of public functions, and those of the handbook's page about the library, run."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import knooppunt
from knooppunt import catalogs, pages, translated

LIBRARY = Path(__file__).parents[1] / "docs/handbook/library.md"
MODULES = sorted(
    info.name
    for info in pkgutil.walk_packages(knooppunt.__path__, "knooppunt.")
    if info.name not in {"knooppunt.__main__", "knooppunt.words.__main__"}
)
FUNCTIONS = [
    pytest.param(getattr(room, name), id=f"{room.__name__}.{name}")
    for room, names in (
        (pages, pages.__all__),
        (catalogs, catalogs.__all__),
        (translated, ["translate_page"]),
    )
    for name in names
    if inspect.isfunction(getattr(room, name))
]


def examples(name: str) -> list[doctest.DocTest]:
    module = importlib.import_module(name)
    return [test for test in doctest.DocTestFinder(exclude_empty=True).find(module) if test.examples]


@pytest.mark.parametrize("name", [name for name in MODULES if examples(name)])
def test_examples_of_a_module(name: str) -> None:
    runner = doctest.DocTestRunner()
    report: list[str] = []
    for test in examples(name):
        runner.run(test, out=report.append)
    assert not runner.failures, "".join(report)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_public_function_has_an_example(function: object) -> None:
    assert ">>>" in (inspect.getdoc(function) or "")


def test_every_public_name_is_documented() -> None:
    """Each name that is listed is there."""
    for room in (pages, catalogs, translated):
        assert list(room.__all__) == sorted(room.__all__)
        for name in room.__all__:
            value = getattr(room, name)
            if inspect.isclass(value) or inspect.isfunction(value):  # and not a number, or an alias of a type
                assert inspect.getdoc(value), f"{room.__name__}.{name}"


def test_examples_of_the_handbook() -> None:
    """All of the page's code, in order, as one program."""
    text = LIBRARY.read_text(encoding="utf-8")
    parts = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    program = doctest.DocTestParser().get_doctest("\n".join(parts), {}, "library", str(LIBRARY), 0)
    assert len(program.examples) > 25
    runner = doctest.DocTestRunner()
    report: list[str] = []
    runner.run(program, out=report.append)
    assert not runner.failures, "".join(report)
