"""The gender of a term goes out to TBX and comes back, in whatever way the termbase writes it."""

from __future__ import annotations

import pytest

from knooppunt.exchange.tbx import parse_terms_of, render_terms
from knooppunt.exchange.terms import plan_terms
from knooppunt.repair.genders import GENDERS, article_of, same_gender
from knooppunt.repair.termbase import parse_terms


def round_trip(text: str, locale: str) -> str:
    tbx = render_terms(parse_terms(text, "t.yml").terms, "en", locale)
    plan = plan_terms(text, "t.yml", parse_terms_of(tbx.encode(), "x.tbx", "en", locale))
    assert (plan.changed, plan.added, plan.refusals) == ((), (), ())
    return tbx


@pytest.mark.parametrize("gender", GENDERS)
@pytest.mark.parametrize("locale", ["nl", "de", "sv", "nb", "fr"])
def test_a_round_trip_changes_nothing(gender: str, locale: str) -> None:
    if locale != "de" or gender not in {"common", "de", "en"}:  # German has no common gender, but the word stays
        round_trip(f"node: {{source: node, use: knoop, gender: {gender}}}\n", locale)


def test_it_is_said_as_tbx_basic_says_it() -> None:
    assert '<termNote type="grammaticalGender">neuter</termNote>' in round_trip(
        "node:\n  source: node\n  use: knooppunt\n  gender: het\n", "nl"
    )
    assert '<termNote type="grammaticalGender">other</termNote>' in round_trip(
        "pod:\n  source: pod\n  use: pod\n  gender: de\n", "nl"
    )


@pytest.mark.parametrize(
    ("old", "said", "new"),
    [
        ("", "neuter", "  gender: het\n"),
        ("  gender: de\n", "neuter", "  gender: het\n"),
        ("  gender: het\n", "neuter", "  gender: het\n"),
        ("  gender: het\n", "unknown to us", "  gender: het\n"),
        ("", "unknown to us", ""),
    ],
)
def test_a_gender_of_the_file_is_taken(old: str, said: str, new: str) -> None:
    text = f"node:\n  source: node\n  use: knooppunt\n{old}  plural: knooppunten\n"
    tbx = render_terms(parse_terms("node: {source: node, use: knooppunt, gender: het}\n", "t").terms, "en", "nl")
    tbx = tbx.replace('"grammaticalGender">neuter', f'"grammaticalGender">{said}')
    plan = plan_terms(text, "t.yml", parse_terms_of(tbx.encode(), "x.tbx", "en", "nl"))
    assert plan.text == f"node:\n  source: node\n  use: knooppunt\n{new}  plural: knooppunten\n"


def test_names_of_genders() -> None:
    assert [article_of(name, "nl") for name in ("masculine", "neuter")] == ["de", "het"]
    assert [article_of("ei", code) for code in ("nb", "de", "ja")] == ["ei", "die", "feminine"]
    assert same_gender(None, None)
    assert not same_gender("common", None)
    assert not same_gender("de", "het")
