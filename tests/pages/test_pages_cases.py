"""Golden cases: what the walker makes of each construct."""

from __future__ import annotations

from pathlib import Path

import pytest

from knooppunt.pages import parse_page, records_directives
from knooppunt.translated import translate_page

CASES = Path(__file__).parents[1] / "cases"
FILES = ("blocks.md", "docfx.md", "docusaurus.md", "hugo.md")


def read_cases() -> dict[str, tuple[str, list[str]]]:
    """Title -> Markdown and expected segments of each case."""
    cases = {}
    for name in FILES:
        lines = (CASES / name).read_text(encoding="utf-8").split("\n")
        at = 0
        while at < len(lines) and lines[at]:
            middle = lines.index(".", at + 2)
            end = lines.index(".", middle + 1)
            markdown = "\n".join(lines[at + 2 : middle]) + "\n"
            cases[f"{name.removesuffix('.md')}: {lines[at]}"] = (markdown, lines[middle + 1 : end])
            at = end + 1
    return cases


GOLDEN = read_cases()


@pytest.mark.parametrize(("markdown", "expected"), GOLDEN.values(), ids=GOLDEN.keys())
def test_case(markdown: str, expected: list[str]) -> None:
    """Each construct gives exactly these segments, with either kind of newline."""
    for text in (markdown, markdown.replace("\n", "\r\n"), markdown.rstrip("\n")):
        page = parse_page(text)
        found = [f"{segment.kind}: {segment.msgid}".replace("\n", "⏎") for segment in page.segments]
        assert found == expected
        assert "".join(text[block.start : block.end] for block in page.blocks) == text
        assert translate_page(page, lambda segment: segment.msgid) == text


@pytest.mark.parametrize("markdown", [case[0] for case in GOLDEN.values()], ids=GOLDEN.keys())
def test_translated_case_has_the_same_blocks(markdown: str) -> None:
    """A translation in capitals changes texts and nothing else of the structure."""
    page = parse_page(markdown)
    text = translate_page(page, lambda segment: segment.msgid.replace("e", "é"))
    again = parse_page(text)
    assert [block.kind for block in again.blocks] == [block.kind for block in page.blocks]
    assert len(again.segments) == len(page.segments)


def test_origins_are_exact() -> None:
    """The range of a segment is its text, without markers, attribute lists and the space around it."""
    text = "# Títle {#t}\n\n- [ ]  item text  \n\n| a b | c |\n|---|---|\n"
    page = parse_page(text, path="a.md")
    assert [text[s.origin.start : s.origin.end] for s in page.segments] == ["Títle", "item text", "a b", "c"]
    assert [(s.origin.line, s.origin.column) for s in page.segments] == [(1, 3), (3, 8), (5, 3), (5, 9)]


def test_comment_goes_to_the_next_text_only() -> None:
    """A note to the translator belongs to one segment."""
    page = parse_page("<!-- knooppunt: comment Formal. -->\nOne\n\nTwo\n")
    assert [segment.comment for segment in page.segments] == ["Formal.", ""]


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("!!! note\n\n    <!-- knooppunt: records -->\n", [3]),
        ('=== "A"\n\n    <!-- knooppunt: records -->\n', [3]),
        ("- One\n\n    <!-- knooppunt: records -->\n- Two\n", [3]),
        ("<!-- knooppunt: skip-start -->\r\n\r\n<!--knooppunt:records-->\r\n", [3]),
        ("> <!-- knooppunt: comment Formal. -->\n> One\n", []),
        ("Write `<!-- knooppunt: records -->`, or ``a ` <!-- Knooppunt: b``.\n", []),
        ("```html\n<!-- Knooppunt: records -->\n```\n\n    > <!-- knooppunt: records -->\n", []),
        ("---\ntitle: a <!-- knooppunt: records -->\n---\n", []),
        ("| `<!-- knooppunt: skip -->` | b |\n| - | - |\n", []),
        ("<!-- for Knooppunt: a plain comment -->\n\n<!-- about\nknooppunt: another -->\n", []),
    ],
)
def test_directives_on_lines_of_their_own_and_examples_of_them(markdown: str, lines: list[int]) -> None:
    """What works is found, and code about directives is none."""
    assert [directive.line for directive in records_directives(parse_page(markdown))] == lines
