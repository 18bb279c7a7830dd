"""The trained detector of split compounds, on shipped Dutch data: what it joins, and what it leaves alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from knooppunt.config import LocaleConfig
from knooppunt.errors import DataError
from knooppunt.lexicons import available, load_lexicon
from knooppunt.model import Edit, Locale
from knooppunt.repair import Evidence, apply, make_language, mask, parse_model, render_model
from knooppunt.repair.split_detector import CompoundDetector
from knooppunt.repair.split_words import joined_word

LEXICON = load_lexicon("nl")
CONFIG = LocaleConfig(Locale("nl"), "nl")
CASES = Path(__file__).parent / "leave_alone.nl.tsv"


def detector(*, words: str = "", keep: str = "", evidence: Evidence | None = None) -> CompoundDetector:
    assert LEXICON is not None
    assert LEXICON.model is not None
    language = make_language(CONFIG, words=words, keep=keep, lexicon=LEXICON)
    return CompoundDetector(
        LEXICON, LEXICON.model, language.rules, words=language.words, keep=language.keep, evidence=evidence
    )


DUTCH = detector()


def joined(text: str, source: str | None = None, *, safe: bool = True, by: CompoundDetector = DUTCH) -> str:
    """The text with all joins made until nothing changes; with `safe`, only those that need no person."""
    for _ in range(6):
        found = by.find(text, mask(text), source)
        after = apply(text, [Edit(s.start, s.end, s.joined) for s in found if s.safe or not safe])
        if after == text:
            break
        text = after
    return text


def leave_alone() -> list[tuple[str, str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [(text, reason) for line in lines if not line.startswith("#") for text, reason in [line.split("\t")]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Virtuele knoop punten zijn beschikbaar.", "Virtuele knooppunten zijn beschikbaar."),
        ("Knoop punten zijn beschikbaar.", "Knooppunten zijn beschikbaar."),
        ("een toegangs beheer lijst", "een toegangsbeheerlijst"),
        ("De status wordt weer gegeven.", "De status wordt weergegeven."),
        ("Geef een teken reeks op.", "Geef een tekenreeks op."),
        ("Dit is een voor beeld.", "Dit is een voorbeeld."),
        ("De beveiligings instellingen staan hier.", "De beveiligingsinstellingen staan hier."),
        ("Controleer de gebruikers naam en het wacht woord.", "Controleer de gebruikersnaam en het wachtwoord."),
        ("het *besturings systeem* en `knoop punten`", "het *besturingssysteem* en `knoop punten`"),
        ("De beschik baarheid is hoog.", "De beschikbaarheid is hoog."),
        ("Open [het configuratie bestand](knoop-punten.md).", "Open [het configuratiebestand](knoop-punten.md)."),
        ("virtuele knoop\npunten zijn er", "virtuele knooppunten\nzijn er"),
        ("> virtuele knoop\n> punten zijn er", "> virtuele knooppunten\n> zijn er"),
    ],
)
def test_joined_without_a_person(text: str, expected: str) -> None:
    assert joined(text) == expected
    assert joined(expected) == expected


@pytest.mark.parametrize(("text", "reason"), leave_alone())
def test_left_alone(text: str, reason: str) -> None:
    assert joined(text) == text, reason


def test_most_of_what_is_left_alone_is_not_even_suggested() -> None:
    cases = leave_alone()
    shown = [text for text, _ in cases if joined(text, safe=False) != text]
    assert len(cases) >= 60
    assert len(shown) <= len(cases) / 4, shown


def test_the_source_decides() -> None:
    text = "De waarde van de para meter staat vast."
    assert joined(text, "The parameter is fixed.") == "De waarde van de parameter staat vast."
    assert joined("Gebruik Power shell.", "Use PowerShell.", safe=False) == "Gebruik PowerShell."
    assert joined("het wacht woord", "the wacht woord tool", safe=False) == "het wacht woord", "a name of two words"


def test_decisions_of_people_come_first() -> None:
    text = "virtuele knoop punten"
    assert joined(text, safe=False, by=detector(keep="knoop punten")) == text
    assert joined("de grap pige tekst", by=detector(words="grappige")) == "de grappige tekst"


def test_a_name_and_a_noun_get_a_hyphen_as_a_suggestion() -> None:
    text = "De MIM CM aanvraag op het Windows apparaat."
    assert joined(text) == text
    assert joined(text, safe=False) == "De MIM CM-aanvraag op het Windows-apparaat."


def test_joins_are_apart_and_say_why() -> None:
    text = "een toegangs beheer lijst"
    found = list(DUTCH.find(text, mask(text), None))
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 < split.confidence <= 1 and split.reason for split in found)


def test_own_texts_are_evidence() -> None:
    evidence = Evidence()
    for _ in range(8):
        evidence.add("Kies de frummellijst.")
    evidence.add("Kies de frummel lijst.")
    assert detector(evidence=evidence).pair_score("frummel", "lijst") > DUTCH.pair_score("frummel", "lijst") + 1


def test_a_verb_that_may_be_two_words_is_a_suggestion() -> None:
    assert joined("U kunt de status weer geven.") == "U kunt de status weer geven."
    assert joined("U kunt de status weer geven.", safe=False) == "U kunt de status weergeven."
    assert joined("Hij geeft de status weer.", safe=False) == "Hij geeft de status weer."


def test_texts_with_few_split_compounds_are_left_to_people() -> None:
    clean = Evidence()
    for _ in range(1500):
        clean.add("De pod start op een knooppunt met een label.")
    broken = Evidence()
    for _ in range(1500):
        broken.add("De pod start op een knoop punt met een label.")
    text = "Ga naar de basis lijn."
    sure = [by.find(text, mask(text), None) for by in (detector(evidence=broken), detector(evidence=clean))]
    confidences = [[split.safe for split in splits] for splits in sure]
    assert confidences[0] >= confidences[1]
    assert not detector(evidence=broken)._few_are_split
    assert detector(evidence=clean)._few_are_split


@pytest.mark.parametrize(
    ("parts", "source", "expected"),
    [
        (["Knoop", "punt"], None, "Knooppunt"),
        (["Knoop", "Punt"], None, "Knooppunt"),
        (["KNOOP", "PUNT"], None, "KNOOPPUNT"),
        (["Power", "shell"], "Use PowerShell.", "PowerShell"),
        (["para", "meter"], "Parameter", "parameter"),
    ],
)
def test_case_of_the_joined_word(parts: list[str], source: str | None, expected: str) -> None:
    assert joined_word(parts, source) == expected


def test_hostile_text_costs_little() -> None:
    for text in ("a" * 50_000, "a " * 20_000, "- " * 20_000, "knoop\n" * 5_000, "\ufffc" * 1000, "", " ", "\n\n> >"):
        list(DUTCH.find(text, mask(text), text))


def test_models_are_read_back() -> None:
    assert LEXICON is not None
    assert LEXICON.model is not None
    text = render_model(LEXICON.model, {"language": "nl"})
    again = parse_model(text, "nl.model.json")
    assert again.weights == LEXICON.model.weights
    assert (again.bias, again.floor, again.fix, again.suggest) == (
        LEXICON.model.bias,
        LEXICON.model.floor,
        LEXICON.model.fix,
        LEXICON.model.suggest,
    )
    with pytest.raises(DataError, match=r"nl\.model\.json:1: this is no model"):
        parse_model("{}", "nl.model.json")


def test_what_ships() -> None:
    assert "nl" in available()
    assert load_lexicon("nl-BE") is LEXICON
    assert load_lexicon("xx") is None


@pytest.mark.parametrize("parts", [["power", "shell"], ["Power", "shell"], ["Power", "Shell"]])
def test_a_well_known_name_has_its_own_spelling(parts: list[str]) -> None:
    assert joined_word(parts, None) == "PowerShell"
    assert joined_word(parts, "A POWERSHELL script") == "POWERSHELL"
