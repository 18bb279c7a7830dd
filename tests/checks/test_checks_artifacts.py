"""Artifacts in many forms: what is mended, suggested and left alone, and that a fix is done once and for all."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpora import corpus_files
from knooppunt.checks import Unit, load, page_units, run_segments
from knooppunt.checks.examples import example_language
from knooppunt.fix import fix_markdown, prove, settle
from knooppunt.model import Finding, Locale, Origin
from knooppunt.pages import parse_page
from knooppunt.repair import apply

ROOT = Path(__file__).parents[2]
MINE = (
    *(
        "changed-number",
        "doubled-word",
        "engine-leftover",
        "glued-article",
        "glued-markup",
        "half-translated",
        "lost-markup",
    ),
    *("lost-name", "lost-placeholder", "mixed-register", "odd-length", "spaced-quotes", "split-at-dot", "stray-space"),
    *("wrong-capital", "wrong-width"),
)


def find(check: str, target: str, source: str | None, locale: str = "nl", register: str = "neutral") -> list[Finding]:
    unit = Unit(target, source, origin=Origin("a.po", 1), locale=Locale(locale))
    return run_segments([unit], example_language(locale, register), [check])


def mended(target: str, findings: list[Finding]) -> str:
    return apply(target, [edit for finding in findings if finding.safe for edit in finding.edits])


FIXES = [
    ("glued-markup", "de", "Klicken Sie auf **OK**und dann.", "Click **OK** and then.", "**OK** und"),
    ("glued-markup", "de", "Es ist im [Center](a.md)zum Download da.", None, "(a.md) zum"),
    ("glued-markup", "nl", "`Get-Item`Maakt een lijst.", "`Get-Item` makes a list.", "`Get-Item` Maakt"),
    ("glued-markup", "nl", "Zie [a](b.md)in het menu, of`c`.", None, "[a](b.md) in het"),
    ("glued-markup", "nl", "Zie`c` en [d](e.md)of [f](g.md).", "See `c` and [d](e.md), or [f](g.md).", "(e.md) of [f]"),
    (
        "stray-space",
        "nl",
        "Het **object** -element ( `a` ) is klaar .",
        "The **object** element (`a`) is done.",
        "(`a`)",
    ),
    ("stray-space", "sv", "Värdet är **sant** .", "The value is **true**.", "**sant**."),
    ("stray-space", "de", "Das [Feld](a.md) -Objekt fehlt.", "The [field](a.md) object is missing.", "(a.md)-Objekt"),
    ("spaced-quotes", "de", 'Wählen Sie " **Start** " aus.', 'Choose "**Start**".', '"**Start**"'),
    ("spaced-quotes", "sv", "Värdet ' namn ' saknas.", 'The value "name" is missing.', "'namn'"),
    (
        "split-at-dot",
        "de",
        "Starten Sie System. Data. Table jetzt.",
        "Start System.Data.Table now.",
        "System.Data.Table",
    ),
    ("split-at-dot", "sv", "Kör setup. exe.", "Run setup.exe.", "Kör setup.exe."),
    ("split-at-dot", "nl", "Versie 4.4. x en (. cer).", None, "4.4.x en (.cer)"),
    ("changed-number", "de", "Ab Version 4,0 und TLS 1,2.", "From version 4.0 and TLS 1.2.", "4.0 und TLS 1.2"),
    ("changed-number", "sv", ".NET Framework 4,8", ".NET Framework 4.8", "4.8"),
    ("doubled-word", "de", "Es ist rot und und blau.", None, "rot und blau"),
    ("doubled-word", "sv", "Det är rött och och blått.", None, "rött och blått"),
    ("doubled-word", "es", "Abre el el menú.", None, "Abre el menú."),
    (
        "wrong-capital",
        "nl",
        "Start de Generator van het systeem.",
        "Start the generator of the system.",
        "de generator",
    ),
    ("wrong-width", "ja", "値を指定します.", None, "指定します。"),
    ("engine-leftover", "nl", "Regel_x000D_ twee", None, "Regel twee"),
]


@pytest.mark.parametrize(("check", "locale", "target", "source", "expected"), FIXES)
def test_what_is_certain_is_mended(check: str, locale: str, target: str, source: str | None, expected: str) -> None:
    found = find(check, target, source, locale)
    result = mended(target, found)
    assert expected in result
    edits = [edit for finding in found if finding.safe for edit in finding.edits]
    assert prove(target, result, edits) is None
    assert not any(finding.safe and finding.edits for finding in find(check, result, source, locale))


SUGGESTIONS = [
    ("glued-markup", "de", "Der **Request**body ist da.", "The **request** body is there."),
    ("glued-markup", "nl", "Zie [de gids](a.md)configureren.", None),
    ("spaced-quotes", "nl", "Kies ' waarde ' nu.", None),
    ("stray-space", "nl", "**Zoom** -geeft de grootte.", None),
    ("lost-name", "nl", "De **doelmap** parameter.", "The **TargetFolder** parameter."),
    ("lost-markup", "nl", "Kies Save nu.", "Choose **Save** now."),
    ("lost-placeholder", "nl", "Gebruik kubectl nu.", "Use `kubectl` now."),
    ("engine-leftover", "nl", "De @no__t-0 klasse.", "The `AddType` class."),
    ("doubled-word", "nl", "Alle gegevens gegevens zijn er.", None),
    ("wrong-width", "ja", '"保存"を選びます。', None),
]


@pytest.mark.parametrize(("check", "locale", "target", "source"), SUGGESTIONS)
def test_what_is_likely_is_suggested_with_its_confidence(
    check: str, locale: str, target: str, source: str | None
) -> None:
    found = find(check, target, source, locale)
    assert found
    assert all(finding.edits and not finding.safe and 0.5 <= finding.confidence < 1 for finding in found)


REPORTS = [
    ("lost-name", "nl", "De parameter is leeg.", "The MachineName parameter is empty.", "warning"),
    ("changed-number", "nl", "Er zijn 5 pods.", "There are 50 pods.", "error"),
    ("half-translated", "de", "You can delete the pod that is in the group.", None, "warning"),
    ("lost-markup", "nl", "Kies Opslaan.", "Choose **Save**.", "note"),
    (
        "odd-length",
        "nl",
        "Kort.",
        "A long sentence that says what nobody may leave out, and goes on for a while.",
        "note",
    ),
]


@pytest.mark.parametrize(("check", "locale", "target", "source", "severity"), REPORTS)
def test_what_only_a_person_knows_is_reported(
    check: str, locale: str, target: str, source: str | None, severity: str
) -> None:
    found = find(check, target, source, locale)
    assert {finding.severity.value for finding in found} == {severity}
    assert not any(finding.edits for finding in found)


NO_OPS = [
    ("glued-markup", "nl", "De `Pod`s, [pod](a.md)s en `a`-en `b`.", None),
    ("glued-markup", "de", "Die `yield`enden Funktionen.", "The functions with yield."),
    ("stray-space", "nl", "Standaardnamen en -typen, invoer- en uitvoerstromen.", "Default names and types."),
    ("stray-space", "de", "Richtlinien und -vereinbarungen", "Policies and agreements"),
    ("split-at-dot", "nl", "Sla op. Exe is een bestand.", "Save. Exe is a file."),
    ("split-at-dot", "de", "Siehe Nr. 5. x ist unbekannt.", "See no. 5. x is unknown."),
    ("changed-number", "de", "Der Preis ist 4,00 und 0,13 am Tag.", "The price is 4.00 and 0.13 a day."),
    ("changed-number", "nl", "Op 21 november 2018 om 9:00.", "On November 21, 2018 at 9:00."),
    ("changed-number", "ja", "1つのPodが2回再起動します。", "One pod restarts twice."),
    ("doubled-word", "de", "Für die die Regel gilt, an dem dem Team.", None),
    ("doubled-word", "nl", "Stel dit in in het menu; zodat je je aanmeldt.", None),
    ("lost-name", "nl", "Power shell en de sku's.", "PowerShell and the SKUs."),
    ("half-translated", "nl", "De load balancer is in de node pool of the cluster.", None),
    ("half-translated", "es", "El pod no se ha iniciado en la región.", None),
    ("mixed-register", "de", "Sie ist leer. Ihr Wert fehlt.", None),
    ("wrong-capital", "de", "Der Manager startet den Dienst.", "The manager starts the service."),
    ("lost-placeholder", "de", "Drücken Sie <kbd>Strg</kbd>.", "Press <kbd>Ctrl</kbd>."),
]


@pytest.mark.parametrize(("check", "locale", "target", "source"), NO_OPS)
def test_what_is_right_is_left_alone(check: str, locale: str, target: str, source: str | None) -> None:
    for register in ("neutral", "informal") if check == "mixed-register" else ("neutral",):
        assert find(check, target, source, locale, register) == []


def test_registers_of_a_locale_without_a_policy() -> None:
    """The rarer way is a note; where both are common, or one is alone, nothing is said."""
    formal = [Unit(f"U kunt {number} keer kiezen.", origin=Origin("a.md", number + 1)) for number in range(9)]
    odd = Unit("Je kunt kiezen.", origin=Origin("a.md", 99))
    language = example_language("nl")
    found = run_segments([*formal, odd], language, ["mixed-register"])
    assert [(finding.origin.line, finding.severity.value) for finding in found] == [(99, "note")]
    assert run_segments([*formal[:2], odd], language, ["mixed-register"]) == []
    assert run_segments(formal, language, ["mixed-register"]) == []


def test_lengths_are_compared_with_those_of_the_same_file() -> None:
    source = "The virtual node makes a container group for each pod."
    usual = [Unit("x" * 180, f"{source} {number}", origin=Origin("a.po", number + 1)) for number in range(40)]
    assert run_segments(usual, example_language("nl"), ["odd-length"]) == []
    assert len(run_segments(usual[:5], example_language("nl"), ["odd-length"])) == 5


PIECES = (
    *(
        "de ",
        "en ",
        "voor",
        "Help ",
        "help ",
        "`a`",
        "**",
        "*b*",
        "[c](d.md)",
        "(",
        ")",
        " ",
        ". ",
        ", ",
        " .",
        " -naam",
    ),
    *(
        ". ps1",
        "6.2. x",
        "'",
        '"',
        "' x '",
        "_x000D_",
        "1.2",
        "PowerShell 1,2",
        "\n",
        "\n\n",
        "en en ",
        "de de ",
        "Sie ",
    ),
)


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join),
    st.none() | st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join),
)
@settings(max_examples=150)
def test_a_fix_of_a_fixed_text_changes_nothing(target: str, source: str | None) -> None:
    def heal(text: str) -> str:
        def look(current: str) -> list[Finding]:
            unit = Unit(current, source, origin=Origin("a.md", 1), locale=Locale("nl"), base=0)
            return run_segments([unit], language, MINE)

        return settle(text, look, fix_markdown).text

    language = example_language("nl", "formal")
    healed = heal(target)
    assert heal(healed) == healed


def test_every_check_is_in_the_table_of_the_handbook() -> None:
    text = (ROOT / "docs/handbook/checking.md").read_text("utf-8")
    for name in load():
        assert f"| [`{name}`](checks/{name}.md) |" in text, name


MOST_FIXES = {"de": 1.0, "es": 1.0, "ja": 3.0}
"""For each language, certain fixes for each 1,000 texts of pages by people, all of these checks together.

Those that are found in Japanese are defects (`です.`).
"""


@pytest.mark.corpus
@pytest.mark.parametrize("locale", sorted(MOST_FIXES))
def test_few_fixes_are_found_in_pages_by_people(locale: str) -> None:
    texts = fixes = 0
    for path in corpus_files(f"fastapi-docs/{locale}", "*.md")[::4]:
        units = list(page_units(parse_page(path.read_text("utf-8"), path=path.name), Locale(locale)))
        texts += len(units)
        found = run_segments(units, example_language(locale), MINE)
        fixes += sum(finding.safe and bool(finding.edits) for finding in found)
    assert texts > 1000
    assert 1000 * fixes / texts < MOST_FIXES[locale]


@pytest.mark.parametrize("piece", [". a", "a.", "' a", "**", "** a", "de de ", "a -", "x y z ", "_a ", "the and you "])
def test_time_grows_with_the_length(piece: str) -> None:
    def seconds(count: int) -> float:
        best = 1e9
        for _ in range(2):
            unit = Unit(piece * count, "Save x.ps1 as `a`.", origin=Origin("a.po", 1), locale=Locale("nl"))
            start = process_time()
            run_segments([unit], example_language("nl", "formal"), MINE)
            best = min(best, process_time() - start)
        return best

    assert seconds(2000) < 0.3 + 25 * seconds(200)
