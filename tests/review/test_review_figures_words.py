"""What the page of figures says, read as text: every word has its place in the table, and nothing becomes HTML."""

from __future__ import annotations

import re
from pathlib import Path

import knooppunt

PAGE = Path(knooppunt.__file__).parent / "review" / "page"
CODE = "\n".join((PAGE / name).read_text("utf-8") for name in ("figures.js", "figures-charts.js"))
WORDS = set(re.findall(r'^  "?([a-z0-9.]+)"?: "', (PAGE / "figures-words.js").read_text("utf-8"), re.MULTILINE))


def test_every_word_that_is_asked_for_is_in_the_table() -> None:
    asked = set(re.findall(r'\btn?\("([a-z0-9.]+)"', CODE))
    assert len(asked) > 60
    assert asked - WORDS == set()


def test_every_word_of_the_table_is_used() -> None:
    used = set(re.findall(r'"([a-z]+(?:\.[a-z]+)*)"', CODE))
    made = tuple(re.findall(r"`([a-z]+\.)\$\{", CODE))
    assert {word for word in WORDS if word.removesuffix(".one") not in used and not word.startswith(made)} == set()


def test_nothing_becomes_html_or_style() -> None:
    """Texts go in as text; the policy of the page forbids the rest, and this says so before a browser does."""
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\.style\b|style:", CODE)
