"""XLIFF 2.1: what a translation tool is given, and what tools do to it."""

from __future__ import annotations

import re

import pytest
from exchange_cases import NAME, approved_in, catalog, exported, returned, small

from knooppunt.exchange import Reason, format_of, plan_import
from knooppunt.model import Entry, State

TEXT = "Run `kubectl` as in the [guide](g.md)."
READ = catalog(Entry(TEXT, ""))


def target(content: str, marks: str = 'state="translated"') -> str:
    """The export with a target."""
    text = exported(READ, "xliff21").replace("</source>", f"</source><target>{content}</target>")
    return text.replace('<segment state="initial">', f"<segment {marks}>")


def planned(text: str) -> tuple[str, str]:
    """The new translation, and why it was refused."""
    plan = plan_import({NAME: READ}, returned(text, "xliff21"))
    new = plan.changes.get(NAME, {}).get((None, TEXT))
    return new.msgstr if new else "", "; ".join(refusal.message for refusal in plan.refusals)


def test_codes_are_inline_elements_with_their_data_beside() -> None:
    text = exported(READ, "xliff21")
    assert re.findall(r"<data.*</data>", text) == [
        '<data id="d1">`kubectl`</data>',
        '<data id="d2">[</data>',
        '<data id="d3">](g.md)</data>',
    ]
    assert (
        '<source>Run <ph id="1" dataRef="d1" type="other" subType="knooppunt:code" equiv="kubectl" disp="`kubectl`"/> '
        'as in the <pc id="2" dataRefStart="d2" dataRefEnd="d3" type="link" subType="knooppunt:link" dispStart="[" '
        'dispEnd="](g.md)">guide</pc>.</source>'
    ) in text


def test_codes_in_any_order_and_any_dress_come_back() -> None:
    wanted = "De [gids](g.md) over `kubectl`."
    assert planned(target('De <pc id="2">gids</pc> over <ph id="1"/>.')) == (wanted, "")
    assert planned(target('De <sc id="2"/>gids<ec startRef="2"/> over <ph id="1" dataRef="d1"/>.')) == (wanted, "")
    assert planned(target('De <mrk id="m"><pc id="2">gids</pc></mrk><cp hex="0020"/>over <ph id="1"/>.')) == (
        wanted,
        "",
    )
    twice = planned(target('<ph id="1"/>: de <pc id="2">gids</pc> over <ph id="7" copyOf="1"/>.'))
    assert twice == ("`kubectl`: de [gids](g.md) over `kubectl`.", "")


def test_lost_and_foreign_tags_are_refused() -> None:
    assert planned(target("De gids.")) == ("", "has lost '`kubectl`', '](g.md)', which the source has")
    assert planned(target('<ph id="9"/>'))[1] == 'has the tag <ph id="9">, which its source does not have'


def test_a_unit_that_a_tool_has_cut_into_segments() -> None:
    text = exported(READ, "xliff21")
    whole = re.search(r"<segment.*</segment>", text, re.DOTALL)
    assert whole is not None
    pieces = (
        '<segment state="translated"><source>Run <ph id="1" dataRef="d1"/></source>'
        '<target order="3">over <ph id="1"/>.</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="final"><source>as in the <pc id="2" dataRefStart="d2" dataRefEnd="d3">guide</pc>.</source>'
        '<target order="1">De <pc id="2">gids</pc></target></segment>'
    )
    cut = text.replace(whole[0], pieces)
    unit = returned(cut, "xliff21").units[0]
    assert (unit.source, unit.target, unit.state) == (TEXT, "De [gids](g.md) over `kubectl`.", State.TRANSLATED)
    tied = cut.replace('order="1"', 'order="3"').replace('order="3">over', f'order="{"9" * 5000}">over')
    assert returned(tied, "xliff21").units[0].target == "over `kubectl`. De [gids](g.md)"  # a number too far is none
    half = cut.replace('<target order="1">De <pc id="2">gids</pc></target>', "")
    assert planned(half) == ("", "is translated in some of its segments only")


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ('state="initial"', State.UNTRANSLATED),
        ('state="translated"', State.TRANSLATED),
        ('state="reviewed"', State.APPROVED),
        ('state="final"', State.APPROVED),
        ('state="initial" subState="knooppunt:machine"', State.MACHINE),
        ('state="translated" subState="knooppunt:stale"', State.STALE),
        ('state="initial" subState="knooppunt:suggestion"', State.UNTRANSLATED),
        ('state="translated" subState="other:value"', State.TRANSLATED),
        ("", State.UNTRANSLATED),
    ],
)
def test_states_of_tools(marks: str, state: State) -> None:
    assert returned(target("x", marks), "xliff21").units[0].state is state


def test_previous_source_and_notes_go_along() -> None:
    text = exported(small(), "xliff21", approved_in(small()))
    assert '<note category="previous-source">Run it.</note>' in text
    assert '<note category="developer">revision: 1</note>' in text
    assert '<note category="translator">Ask Ada.</note>' in text
    assert '<note category="location">docs/network.md</note>' in text
    assert 'name="aks.cni:title"' in text
    assert text.count('translate="no"') == 1


def test_notes_of_translators_come_back_and_lost_ones_stay() -> None:
    text = exported(small(), "xliff21")
    added = text.replace("Ask Ada.</note>", "Ask Ada.</note><note>Done.</note>")
    plan = plan_import({NAME: small()}, returned(added, "xliff21"))
    assert [entry.comments for entry in plan.changes[NAME].values()] == [("Ask Ada.", "Done.", "")]
    stripped = re.sub(r"<notes>.*?</notes>", "", text, flags=re.DOTALL)
    assert plan_import({NAME: small()}, returned(stripped, "xliff21")).changes == {}


def test_without_metadata_an_import_fills_what_is_empty_only() -> None:
    text = re.sub(r"<mda:metadata>.*?</mda:metadata>", "", target('De <pc id="2">gids</pc> over <ph id="1"/>.'))
    assert planned(text)[0] == "De [gids](g.md) over `kubectl`."
    other = re.sub(r"<mda:metadata>.*?</mda:metadata>", "", exported(small(), "xliff21")).replace("twee", "beide")
    assert [item.reason for item in plan_import({NAME: small()}, returned(other, "xliff21")).refusals] == [
        Reason.UNSURE
    ]


def test_versions_are_told_apart_by_their_namespace() -> None:
    text = exported(READ, "xliff21")
    assert format_of(text.encode(), "a.xlf").name == "xliff21"
    assert format_of(text.replace("document:2.0", "document:2.2").encode(), "a.xlf").name == "xliff21"
    assert format_of(exported(READ, "xliff12").encode(), "a.xlf").name == "xliff12"


def test_damaged_code_points_and_data_are_no_crash() -> None:
    text = target('x<cp hex="110000"/><cp hex="zz"/><ph/><pc>y</pc>')
    assert planned(text)[1].startswith("has the tag <ph id")
    assert returned(text.replace('id="d1"', ""), "xliff21").units[0].source == TEXT.replace("`kubectl`", "")
