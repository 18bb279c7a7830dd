"""Rules of languages: found by name, their small words, and the forms of their nouns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.repair.languages import LANGUAGES, LanguageRules, rules_for, rules_language
from knooppunt.repair.languages.da import danish
from knooppunt.repair.languages.fi import finnish
from knooppunt.repair.languages.nb import norwegian
from knooppunt.repair.languages.sv import swedish

COMPOUNDING = ("nl", "de", "sv", "da", "nb", "fi")
ROLES = {
    *("dative plural", "plural", "diminutive", "diminutives", "genitive", "either", "definite", "definite plural"),
    *("plural genitive", "definite genitive", "definite plural genitive"),
}


@pytest.mark.parametrize(
    ("locale", "language"),
    [("nl-BE", "nl"), ("no", "nb"), ("nn", "nb"), ("nn-NO", "nb"), ("sv_FI", "sv"), ("xx", "xx"), ("DE", "de")],
)
def test_a_locale_has_the_rules_of_its_language(locale: str, language: str) -> None:
    assert rules_language(locale) == language
    assert rules_for(locale) == rules_for(language)


def test_a_language_without_a_file_has_no_small_words() -> None:
    assert rules_for("xx") == LanguageRules()
    assert rules_for("rules") == LanguageRules()
    assert {*COMPOUNDING, "en", "ja"} <= LANGUAGES


@pytest.mark.parametrize("language", COMPOUNDING)
def test_small_words_are_in_lower_case_and_particles_are_among_them(language: str) -> None:
    rules = rules_for(language)
    assert len(rules.stop_words) > 80
    assert rules.conjunctions | rules.particles <= rules.stop_words
    for words in (rules.stop_words, rules.particles, rules.determiners, rules.imperatives):
        assert all(word == word.casefold() and word.isalpha() for word in words)
    assert not rules.imperatives & rules.stop_words


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("nod", {"noden": "definite", "noder": "plural", "noderna": "definite plural", "nodens": "definite genitive"}),
        ("mapp", {"mappar": "plural", "mappen": "definite", "mapps": "genitive"}),
        ("sida", {"sidan": "definite", "sidor": "plural", "sidorna": "definite plural"}),
        ("nyckel", {"nyckeln": "definite", "nycklar": "plural", "nycklarna": "definite plural"}),
        ("exempel", {"exemplet": "definite", "exemplen": "definite"}),
        ("konto", {"kontot": "definite", "konton": "definite", "kontona": "definite plural"}),
        ("dator", {"datorn": "definite", "datorer": "plural"}),
        ("användare", {"användaren": "definite", "användarna": "definite plural"}),
        ("program", {"programmet": "definite", "programmen": "definite"}),
        ("område", {"området": "definite", "områden": "definite", "områdena": "definite plural"}),
        ("gräns", {"gränsen": "definite", "gränser": "plural"}),
    ],
)
def test_swedish_forms(word: str, forms: dict[str, str]) -> None:
    assert forms.items() <= swedish(word).items()


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("mappe", {"mappen": "definite", "mapper": "plural", "mapperne": "definite plural"}),
        ("bruger", {"brugeren": "definite", "brugere": "plural", "brugerne": "definite plural"}),
        ("node", {"noden": "definite", "noder": "plural", "nodens": "definite genitive"}),
        ("knap", {"knappen": "definite", "knapper": "plural"}),
        ("eksempel", {"eksemplet": "definite", "eksempler": "plural"}),
        ("system", {"systemet": "definite", "systemer": "plural", "systems": "genitive"}),
    ],
)
def test_danish_forms(word: str, forms: dict[str, str]) -> None:
    assert forms.items() <= danish(word).items()


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("mappe", {"mappen": "definite", "mapper": "plural", "mappene": "definite plural"}),
        ("bruker", {"brukeren": "definite", "brukere": "plural", "brukerne": "definite plural"}),
        ("program", {"programmet": "definite", "programmer": "plural"}),
        ("side", {"siden": "definite", "sida": "definite", "sidene": "definite plural"}),
        ("eksempel", {"eksemplet": "definite", "eksempler": "plural"}),
    ],
)
def test_norwegian_forms(word: str, forms: dict[str, str]) -> None:
    assert forms.items() <= norwegian(word).items()


def test_finnish_forms_are_those_that_keep_the_stem() -> None:
    assert finnish("solu") == {"solut": "plural", "solun": "genitive"}
    assert finnish("osoite") == {}
    assert finnish("palvelin") == {}


@given(st.sampled_from(COMPOUNDING), st.text(st.characters(categories=["Ll", "Nd", "Pd"]), max_size=12))
def test_a_form_is_a_word_of_its_own_with_a_known_role(language: str, word: str) -> None:
    forms = rules_for(language).inflect(word)
    assert set(forms.values()) <= ROLES
    assert word not in forms
    assert all(form and " " not in form for form in forms)
