"""Running checks: order, selection, exceptions, places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knooppunt.catalogs import parse_po
from knooppunt.checks import Check, LinkIndex, Unit, catalog_units, page_anchors, page_units, run_page, run_segments
from knooppunt.checks.examples import example_language
from knooppunt.checks.unit import Ignore, parse_ignores
from knooppunt.errors import UsageError
from knooppunt.model import Edit, Finding, Locale, Origin, Severity, State
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator

NL = Locale("nl")
LANGUAGE = example_language("nl")

CATALOG = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#: docs/a.md
msgid "The pods run."
msgstr "De peulen draaien."

# knooppunt: ignore wrong-term the name of a game
msgid "A pod game."
msgstr "Een peul spel."

# knooppunt: ignore wrong-term no longer needed
#, fuzzy
#| msgid "Old."
msgid "Knots."
msgstr "Knoop punten."

msgid "Not yet."
msgstr ""
"""


def brief(findings: list[Finding]) -> list[tuple[int, str, str]]:
    return [(finding.origin.line, finding.check, finding.severity.value) for finding in findings]


def test_findings_are_sorted_and_exceptions_expire() -> None:
    units = list(catalog_units(parse_po(CATALOG, "nl.po"), NL))
    assert brief(run_segments(units, LANGUAGE)) == [
        (4, "wrong-term", "error"),
        (12, "needless-ignore", "warning"),
        (12, "split-compound", "error"),
        (12, "stale-entry", "warning"),
        (18, "untranslated", "note"),
    ]


def test_an_exception_is_not_judged_when_its_check_did_not_run() -> None:
    units = list(catalog_units(parse_po(CATALOG, "nl.po"), NL))
    assert brief(run_segments(units, LANGUAGE, ["needless-ignore", "stale-entry"])) == [(12, "stale-entry", "warning")]


def test_an_unknown_check_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="there is no check 'wrong-trem'; did you mean 'wrong-term'"):
        run_segments([], LANGUAGE, ["wrong-trem"])


def test_origin_of_an_entry_is_its_span_and_edits_are_in_its_translation() -> None:
    catalog = parse_po(CATALOG, "nl.po")
    first = run_segments(catalog_units(catalog, NL), LANGUAGE, ["wrong-term"])[0]
    assert first.origin == catalog.active[0].origin
    assert first.edits == (Edit(3, 9, "pods"),)
    assert first.locale == "nl"


def test_edits_of_a_page_are_in_the_page() -> None:
    text = "# Kop\n\n- Een item\n  met knoop\n  punten hier.\n"
    units = list(page_units(parse_page(text, path="a.md"), NL))
    assert [unit.state for unit in units] == [None, None]
    (finding,) = run_segments(units, LANGUAGE)
    assert (finding.origin.line, finding.origin.column) == (4, 7)
    (edit,) = finding.edits
    assert text[: edit.start] + edit.new + text[edit.end :] == "# Kop\n\n- Een item\n  met knooppunten\n  hier.\n"


def test_ignores() -> None:
    comments = ("knooppunt: ignore wrong-term because so", "something else", "knooppunt: ignore stray-space")
    assert parse_ignores(comments) == (Ignore("wrong-term", "because so"), Ignore("stray-space", ""))


def test_machine_drafts_are_checked_too() -> None:
    unit = Unit("De peul.", "The pod.", state=State.MACHINE, locale=NL)
    assert [finding.severity for finding in run_segments([unit], LANGUAGE)] == [Severity.ERROR]


def test_links_of_a_page() -> None:
    text = (
        "# Een {#een}\n\n[a](b.md#x) [b](b.md#y) [c](c.md) [d](sub/) [e](#een) [f](#twee)\n\n"
        "- [ ] task\n\n> [!NOTE]\n> text\n\n[g][h] [i][] [1] [k][1]\n\n```\n[x](nowhere.md)\n```\n\n[h]: b.md\n"
    )
    page = parse_page(text, path="docs/a.md")
    site = LinkIndex(
        {"a.md": page_anchors(page), "b.md": frozenset({"x"}), "sub/index.md": frozenset()}, frozenset(), root="docs"
    )
    assert [(finding.check, text[finding.origin.start : finding.origin.end]) for finding in run_page(page, site)] == [
        ("broken-anchor", "[b](b.md#y)"),
        ("broken-link", "[c](c.md)"),
        ("broken-anchor", "[f](#twee)"),
        ("undefined-reference", "[i][]"),
        ("undefined-reference", "[k][1]"),
    ]


def test_anchors_of_a_page() -> None:
    text = (
        '# One\n\n## Two {#zwei}\n\n=== "Tab A"\n\n    text\n\n<a id="raw"></a>\n\nSpan {: #span }\n\n'
        "<!-- knooppunt: records id=a.b.c,a.b.d -->\n\n[^n]: note\n"
    )
    assert page_anchors(parse_page(text, path="a.md"), ["more.than.this"]) >= {
        *("one", "zwei", "tab-a", "zwei-tab-a", "raw", "span", "a.b.c", "a.b.d", "fn:n", "more.than.this"),
    }


@pytest.mark.parametrize(
    ("target", "severity"),
    [
        ("", "note"),
        ("The pod waits for the network.", "warning"),
        ("De pod wacht. The node pool is still not deleted.", "warning"),
        ("De pod wacht.The node pool is still not deleted.", "warning"),
        ("ポッド。The node pool is still not deleted.", "warning"),
    ],
)
def test_work_to_do_is_a_note_and_a_copy_of_the_source_is_a_warning(target: str, severity: str) -> None:
    source = "The node pool is still not deleted." if "node" in target else "The pod waits for the network."
    unit = Unit(target, source, origin=Origin("nl.po", 1), locale=NL)
    assert brief(run_segments([unit], LANGUAGE, ["untranslated"])) == [(1, "untranslated", severity)]


def test_a_check_may_say_a_milder_severity_of_its_own() -> None:
    def check(severity: Severity) -> Iterator[Finding]:
        yield Finding("", "text", Origin("a.md", 1), severity=severity)

    def severity(own: Severity, said: Severity) -> Severity:
        return next(Check("some", "segment", own, check, "").run(said)).severity

    assert severity(Severity.WARNING, Severity.ERROR) is Severity.WARNING
    assert severity(Severity.WARNING, Severity.NOTE) is Severity.NOTE
    assert severity(Severity.ERROR, Severity.WARNING) is Severity.WARNING


@pytest.mark.parametrize("check", ["wrong-term", "doubled-word"])
def test_an_exception_is_needless_for_a_check_of_any_scope(check: str) -> None:
    unit = Unit("Goed zo.", "Fine.", ignores=(Ignore(check, "a reason"),))
    assert brief(run_segments([unit], LANGUAGE, ["needless-ignore", check])) == [(1, "needless-ignore", "warning")]


def test_a_leftover_of_an_engine_may_shout() -> None:
    assert run_segments([Unit("Een @NO__T-0 hier.", "A `b` here.")], LANGUAGE, ["engine-leftover"])


def test_a_mere_suggestion_is_no_translation() -> None:
    """What `update` proposes is for a person to take, and is judged then."""
    entry = '# suggestion: 82 % like shop\n#, fuzzy\n#| msgid "Product"\nmsgid "464 products"\nmsgstr "Product"\n'
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    units = list(catalog_units(parse_po(header + entry, "nl.po"), NL))
    assert [unit.target for unit in units] == [""]
    assert {finding.check for finding in run_segments(units, LANGUAGE)} == {"untranslated"}
    taken = list(catalog_units(parse_po(header + entry.replace("# suggestion", "# was"), "nl.po"), NL))
    assert "changed-number" in {finding.check for finding in run_segments(taken, LANGUAGE)}
