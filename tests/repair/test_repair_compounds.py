"""Split compounds: what is joined, and what stays two words."""

from __future__ import annotations

import pytest

from knooppunt.model import Edit
from knooppunt.repair import WordListDetector, apply, mask, rules_for

WORDS = """
knooppunt beschikbaarheid werkbelasting toegangsbeheerlijst voorbeeld voorwaarde schakelen inschakelen bijvoorbeeld
"""
DETECTOR = WordListDetector(
    [
        *WORDS.split(),
        "configuratie-instelling",
        "beheerderaccount",
        "IP-adres",
        "gebruikersnaam",
        "beheergroep",
        "zoekresultaat",
    ],
    {("load", "balancer")},
    rules_for("nl"),
)


def joined(text: str, source: str | None = None, *, safe: bool = True) -> str:
    found = DETECTOR.find(text, mask(text), source)
    return apply(text, [Edit(s.start, s.end, s.joined) for s in found if s.safe or not safe])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("virtuele knoop punten", "virtuele knooppunten"),
        ("Knoop punten", "Knooppunten"),
        ("KNOOP PUNTEN", "KNOOPPUNTEN"),
        ("beschik baarheid", "beschikbaarheid"),
        ("scha kelen", "schakelen"),
        ("in scha kelen", "in schakelen"),
        ("werk belastingen", "werkbelastingen"),
        ("een toegangs beheer lijst", "een toegangsbeheerlijst"),
        ("het voor beeld", "het voorbeeld"),
        ("bij voor beeld", "bijvoorbeeld"),
        ("configuratie instellingen", "configuratie-instellingen"),
        ("een IP adres", "een IP-adres"),
        ("Linux-en Windows-knoop punten", "Linux- en Windows-knooppunten"),
        ("knoop\npunten zijn", "knooppunten\nzijn"),
        ("knoop\n> punten-groep is\n> er", "knooppunten-groep\n> is\n> er"),
        ("knoop\npunten.", "knooppunten."),
        ("de beheer groepen", "de beheergroepen"),
    ],
)
def test_joined(text: str, expected: str) -> None:
    assert joined(text) == expected
    assert joined(expected) == expected


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        ("voor waarden boven 10", None, "a preposition and a noun"),
        ("een knoop, punten", None, "punctuation between"),
        ("knoop **punten**", None, "markup between"),
        ("`knoop punten`", None, "code"),
        ("[a](knoop punten.md)", None, "a target"),
        ("Knoop Punten", None, "a name, or the label of a button"),
        ("knoop  \n\npunten", None, "two paragraphs"),
        ("load balancer", None, "a pair to keep"),
        ("Beheer groepen. Zoek resultaten.", None, "orders"),
        ("knoop punten", "the knoop punten tool", "the source writes it so"),
        ("knooppunten", None, "joined already"),
    ],
)
def test_left_alone(text: str, source: str | None, reason: str) -> None:
    assert joined(text, source) == text, reason


def test_a_name_with_a_hyphen_follows_the_source() -> None:
    text = "Linux-en knoop punten"
    assert joined(text, "Linux nodes") == "Linux-knooppunten"
    assert joined(text, "Linux and Windows nodes") == "Linux-en knooppunten"
    assert joined(text) == "Linux-en knooppunten"
    assert joined(text, safe=False) == "Linux-knooppunten"


def test_a_linking_letter_is_a_suggestion() -> None:
    assert joined("de gebruiker naam") == "de gebruiker naam"
    assert joined("de gebruiker naam", safe=False) == "de gebruikersnaam"
