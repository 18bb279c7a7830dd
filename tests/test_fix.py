"""Fixes: their laws, their proof, and a machine-translated page that is healed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.catalogs import parse_po
from knooppunt.checks import Language, catalog_units, page_units, run_segments
from knooppunt.checks.examples import example_language
from knooppunt.config import parse_locale
from knooppunt.fix import FixResult, apply, fix_catalog, fix_markdown, prove, settle
from knooppunt.model import Edit, Finding, Locale, Origin
from knooppunt.pages import parse_page
from knooppunt.repair import make_language, mask
from knooppunt.repair.proof import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable

NL = Locale("nl")
ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"


def shipped(code: str) -> Language:
    folder = ROOT / "locales" / code

    def read(name: str) -> str:
        return (folder / name).read_text("utf-8") if (folder / name).is_file() else ""

    config = parse_locale(read("locale.yml"), code, "locale.yml")
    return make_language(config, terms=read("terms.yml"), words=read("words.txt"), keep=read("keep.txt"))


def heal(text: str, language: Language) -> FixResult:
    def find(current: str) -> Iterable[Finding]:
        return run_segments(page_units(parse_page(current, path="page.md"), NL), language)

    return settle(text, find, fix_markdown)


def finding(start: int, end: int, new: str, *, safe: bool = True) -> Finding:
    return Finding("a-check", "message", Origin("a.md", 1), edits=(Edit(start, end, new),), safe=safe)


def test_edits_are_made_last_first_and_overlaps_wait() -> None:
    assert apply("abcdef", [Edit(4, 5, "E"), Edit(0, 2, "AB"), Edit(1, 3, "x")]) == "ABcdEf"
    assert apply("ab", [Edit(1, 1, " "), Edit(1, 1, "-")]) == "a b"


def test_a_machine_translated_page_is_healed() -> None:
    text = (CASES / "machine-translated.nl.md").read_text("utf-8")
    golden = (CASES / "machine-translated.healed.nl.md").read_text("utf-8")
    language = shipped("nl")
    result = heal(text, language)
    assert result.text == golden
    assert result.refused == ()
    assert heal(golden, language) == FixResult(golden)


def test_what_is_left_of_the_healed_page_are_suggestions() -> None:
    golden = (CASES / "machine-translated.healed.nl.md").read_text("utf-8")
    units = page_units(parse_page(golden, path="page.md"), NL)
    left = [found for found in run_segments(units, shipped("nl")) if found.check != "mixed-register"]  # it says "u"
    assert [(found.check, found.origin.line, found.safe) for found in left] == [
        ("split-compound", 33, False),
        ("wrong-term", 33, False),
    ]


@pytest.mark.parametrize(
    ("before", "edit", "reason"),
    [
        ("a `b c` d", Edit(3, 6, "bc"), "is protected"),
        ("[a b](c-d.md)", Edit(7, 8, ""), "is protected"),
        ("a b", Edit(1, 2, " `x` "), "protected parts differ"),
        ("a b", Edit(1, 2, " [x](y) "), "protected parts differ"),
        ("a b", Edit(1, 2, " *x* "), "differs in more than its words"),
        ("a\n\nb", Edit(1, 3, " "), "differs in more than its words"),
        ("a b", Edit(0, 1, "# a"), "differs in more than its words"),
        ("<kbd>a b</kbd>", Edit(6, 7, ""), "is protected"),
    ],
)
def test_harm_is_refused(before: str, edit: Edit, reason: str) -> None:
    after = apply(before, [edit])
    assert reason in str(prove(before, after, [edit]))


@pytest.mark.parametrize(
    ("before", "edit"),
    [
        ("knoop punten", Edit(5, 6, "")),
        ("[knoop punten](a.md)", Edit(6, 7, "")),
        ("![knoop punten](a.png)", Edit(7, 8, "")),
        ("[a](b)van", Edit(6, 6, " ")),
        ("a ** b** c", Edit(2, 5, "**")),
    ],
)
def test_words_may_change(before: str, edit: Edit) -> None:
    assert prove(before, apply(before, [edit]), [edit]) is None


def test_one_bad_edit_does_not_hold_up_the_others() -> None:
    text = "knoop punten\n\n    code knoop punten\n\nwerk belasting `a b`\n"
    places = [text.index(" "), text.index("code knoop") + 10, text.index("werk") + 4, text.index("a b") + 1]
    result = fix_markdown(text, [finding(place, place + 1, "") for place in places])
    assert result.text == "knooppunten\n\n    code knoop punten\n\nwerkbelasting `a b`\n"
    assert [reason for _, reason in result.refused] == [
        "the edit lies outside of the texts of the page",
        "' ' is protected",
    ]


def test_a_heading_keeps_an_anchor_that_the_page_links_to() -> None:
    text = "[a](#knoop-punten)\n\n## Knoop punten\n\nEn knoop punten.\n"
    start = text.index("## K")
    result = fix_markdown(text, [finding(start + 8, start + 9, ""), finding(len(text) - 9, len(text) - 8, "")])
    assert result.text == "[a](#knoop-punten)\n\n## Knoop punten\n\nEn knooppunten.\n"
    assert "#knoop-punten" in result.refused[0][1]
    free = "## Knoop punten\n"
    assert fix_markdown(free, [finding(8, 9, "")]).text == "## Knooppunten\n"


def test_front_matter_stays_valid() -> None:
    text = "---\ntitle: 'Alle regios'\ndescription: Alle regios\n---\n\nAlle regios\n"
    assert heal(text, shipped("nl")).text == (
        "---\ntitle: 'Alle regios'\ndescription: Alle regio's\n---\n\nAlle regio's\n"
    )


def test_suggestions_are_not_applied() -> None:
    assert fix_markdown("a b\n", [finding(1, 2, "", safe=False)]) == FixResult("a b\n")


CATALOG = """\
# Header
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: docs/a.md
#, fuzzy
#| msgid "Old pods."
msgid "The pods and nodes of `a  b`."
msgstr ""
"De peulen en knoop "
"punten van `a  b` ."

msgid "Other"
msgstr   "Anders"
"""


def test_a_catalog_is_fixed_in_its_entries_only() -> None:
    language = example_language("nl")
    units = list(catalog_units(parse_po(CATALOG, "nl.po"), NL))
    result = fix_catalog(CATALOG, "nl.po", run_segments(units, language))
    entry = parse_po(result.text, "nl.po").active[0]
    assert entry.msgstr == "De pods en knooppunten van `a  b`."
    assert entry.flags == ("fuzzy",)
    assert entry.previous_msgid == "Old pods."
    start = CATALOG.index('msgstr ""\n"De')
    assert result.text.startswith(CATALOG[:start])
    assert result.text.endswith('\n\nmsgid "Other"\nmsgstr   "Anders"\n')
    again = run_segments(catalog_units(parse_po(result.text, "nl.po"), NL), language)
    assert fix_catalog(result.text, "nl.po", again).text == result.text


def test_a_catalog_without_findings_keeps_its_bytes() -> None:
    assert fix_catalog(CATALOG, "nl.po", []) == FixResult(CATALOG)


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "knoop ",
                "punten ",
                "Peul ",
                "peulen",
                "voor beeld ",
                "Power shell ",
                "KUBELET ",
                "het ",
                "Linux-en ",
                "van",
            ),
            "`knoop punten` ",
            "[knoop punten](knoop punten.md)",
            "[peul][peul]",
            "<b title='peul'>",
            "</b>",
            "{{ peul }} ",
            "https://a.b/peul ",
            "**",
            "** ",
            " **",
            "*",
            "_",
            " .",
            " , ",
            "\n",
            "\n\n",
            "\n> ",
            "- ",
            "1. ",
            "# ",
            "    ",
            "```\n",
            "| ",
            "|\n",
            "---\n",
            "[peul]: peul\n",
            "!!! note\n",
            "<kbd>",
            "</kbd>",
            "&amp; ",
            "\\",
            "[^1] ",
        ]
    ),
    max_size=30,
).map("".join)


@settings(deadline=None, max_examples=150)
@given(PIECES)
def test_laws_of_fixing_pages(text: str) -> None:
    language = example_language("nl")
    result = heal(text, language)
    assert heal(result.text, language).text == result.text
    if result.text != text:
        before, after = mask(text), mask(result.text)
        assert [span.value for span in before.spans if span.kind != "escape"] == [
            span.value for span in after.spans if span.kind != "escape"
        ]
        words = {"text", "<strong>", "</strong>", "<em>", "</em>"}
        assert [part for part in skeleton(text) if part not in words] == [
            part for part in skeleton(result.text) if part not in words
        ]
        assert [block.kind for block in parse_page(text).blocks] == [
            block.kind for block in parse_page(result.text).blocks
        ]


@settings(deadline=None, max_examples=100)
@given(PIECES, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8), st.sampled_from(["", " ", "x", "`", "*"]))))
def test_no_edit_whatever_touches_protected_ranges(text: str, raw: list[tuple[int, int, str]]) -> None:
    findings = [finding(start, start + length, new) for start, length, new in raw if start + length <= len(text)]
    result = fix_markdown(text, findings)
    assert mask(result.text).placeholders() == mask(text).placeholders()
    assert len(result.applied) + len(result.refused) <= len(findings)
