"""What the review page says and how it is made, read as text."""

from __future__ import annotations

import re
from pathlib import Path

import knooppunt

PAGE = Path(knooppunt.__file__).parent / "review" / "page"
SCRIPTS = sorted(path for path in PAGE.glob("*.js") if not path.name.startswith("figures"))
WORD = re.compile(r'^  "([a-z0-9.-]+)":', re.MULTILINE)
USED = re.compile(r'"([a-z]+(?:[.-][a-z0-9-]+)*)"')
MADE = re.compile(r"`([a-z]+(?:\.[a-z-]+)*\.)\$\{")


def words() -> set[str]:
    """Ids of the table."""
    return set(WORD.findall((PAGE / "words.js").read_text("utf-8")))


def test_every_word_that_is_asked_for_is_in_the_table() -> None:
    known = words()
    assert len(known) > 150
    asked = {id_ for path in SCRIPTS for id_ in re.findall(r'\bt(?:n)?\("([a-z0-9.-]+)"', path.read_text("utf-8"))}
    assert len(asked) > 100
    assert asked - known == set()


def test_every_word_of_the_table_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SCRIPTS if path.name != "words.js")
    used, made = set(USED.findall(code)), tuple(MADE.findall(code))
    idle = {
        id_ for id_ in words() if id_ not in used and id_.removesuffix(".one") not in used and not id_.startswith(made)
    }
    assert idle == set()


def test_nothing_becomes_html_but_by_one_parser() -> None:
    for path in SCRIPTS:
        code = path.read_text("utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", code), (
            path.name
        )
        assert ("parseFromString" in code) == (path.name == "preview.js")


def test_the_template_has_no_script_or_style_of_its_own() -> None:
    html = (PAGE / "page.html").read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|\|\s*safe", html)
    assert not re.search(r"(?:src|href)=\"(?!/static/|#)", html)
