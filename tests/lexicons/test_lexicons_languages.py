"""The data that ships of each language but Dutch: what is joined, what is left alone, and who only suggests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knooppunt.config import LocaleConfig
from knooppunt.lexicons import available, load_lexicon
from knooppunt.model import Locale
from knooppunt.repair import NEVER, Evidence, Language, mask

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from knooppunt.repair import Split

LISTS = Path(__file__).parents[1] / "repair"
MOST = 15_000_000
"""Bytes of data of a language."""
BAD_GOOD = {
    "de": [
        ("Geben Sie Ihr Kenn Wort ein.", "Geben Sie Ihr Kennwort ein."),
        ("Die Zugriffs rechte fehlen.", "Die Zugriffsrechte fehlen."),
        ("Öffnen Sie die Benutzer Verwaltung.", "Öffnen Sie die Benutzerverwaltung."),
        ("Wählen Sie eine Datei Größe.", "Wählen Sie eine Dateigröße."),
        ("Der Arbeits speicher ist voll.", "Der Arbeitsspeicher ist voll."),
        ("Ändern Sie die Standard einstellungen.", "Ändern Sie die Standardeinstellungen."),
    ],
    "sv": [
        ("Skriv ditt lösen ord.", "Skriv ditt lösenord."),
        ("Säkerhets kopian är klar.", "Säkerhetskopian är klar."),
        ("Öppna kontroll panelen.", "Öppna kontrollpanelen."),
        ("Välj ett fil namn.", "Välj ett filnamn."),
        ("Ange e-post adressen och telefon numret.", "Ange e-postadressen och telefonnumret."),
        ("Ändra standard inställningarna.", "Ändra standardinställningarna."),
    ],
    "da": [("Angiv din adgangs kode.", "Angiv din adgangskode."), ("Vælg et fil navn.", "Vælg et filnavn.")],
    "nb": [("Velg et fil navn.", "Velg et filnavn."), ("Åpne kontroll panelet.", "Åpne kontrollpanelet.")],
    "fi": [("Anna käyttäjä nimi.", "Anna käyttäjänimi."), ("Lähetä sähkö posti.", "Lähetä sähköposti.")],
}
"""Sentences of our own, each with what becomes of it when all suggestions are taken."""


@cache
def language(code: str) -> Language:
    """A language with its shipped data, and no word lists."""
    locale = Locale(code)
    return Language(locale, LocaleConfig(locale, code), lexicon=load_lexicon(code), evidence=Evidence())


def splits(code: str, text: str) -> list[Split]:
    """What is found in a text."""
    return list(language(code).splits.find(text, mask(text), None))


def joined(code: str, text: str) -> str:
    """A text with all suggestions taken."""
    for split in reversed(splits(code, text)):
        text = text[: split.start] + split.joined + text[split.end :]
    return text


def leave_alone(code: str) -> list[list[str]]:
    """The rows of a list: text, reason, and what happens where that is not nothing."""
    lines = (LISTS / f"leave_alone.{code}.tsv").read_text(encoding="utf-8").splitlines()
    return [[*line.split("\t"), ""][:3] for line in lines if not line.startswith("#")]


def cases(*codes: str) -> list[ParameterSet]:
    """A case for each text; one that is joined by mistake must fail, so that a mend of it is noticed."""
    mistake = pytest.mark.xfail(reason="nothing in the sentence tells", strict=True)
    return [
        pytest.param(code, text, happens, marks=[mistake] if happens == "limit" else [])
        for code in codes
        for text, _, happens in leave_alone(code)
    ]


def test_every_language_has_data_and_it_is_small() -> None:
    assert set(available()) >= {"nl", *BAD_GOOD}
    data = Path(__file__).parents[2] / "tools" / "knooppunt" / "lexicons" / "data"
    for code in available():
        assert sum(path.stat().st_size for path in data.glob(f"{code}.*")) < MOST


@pytest.mark.parametrize(("code", "bad", "good"), [(code, *pair) for code, pairs in BAD_GOOD.items() for pair in pairs])
def test_split_compounds_are_found(code: str, bad: str, good: str) -> None:
    assert joined(code, bad) == good
    assert not splits(code, good)


@pytest.mark.parametrize(("code", "text", "happens"), cases("de", "sv"))
def test_what_is_two_words_is_left_alone(code: str, text: str, happens: str) -> None:
    found = splits(code, text)
    assert not [text[split.start : split.end] for split in found if split.safe]
    assert bool(found) is (happens == "suggested")


@pytest.mark.parametrize("code", ["de", "sv"])
def test_the_list_of_what_is_left_alone_is_long_and_has_reasons(code: str) -> None:
    rows = leave_alone(code)
    assert len({text for text, _, happens in rows if not happens}) >= 30
    assert all(reason for _, reason, _ in rows)
    assert {happens for _, _, happens in rows} <= {"", "suggested", "limit"}


@pytest.mark.parametrize("code", ["da", "nb", "fi"])
def test_a_language_without_gold_data_suggests_only(code: str) -> None:
    lexicon = load_lexicon(code)
    assert lexicon is not None
    assert lexicon.model is not None
    assert lexicon.model.fix >= NEVER
    assert not any(split.safe for bad, _ in BAD_GOOD[code] for split in splits(code, bad))


def test_both_ways_to_write_norwegian_have_the_same_data() -> None:
    assert load_lexicon("nn") is load_lexicon("nb") is load_lexicon("no")
