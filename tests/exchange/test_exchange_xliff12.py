"""XLIFF 1.2: what a translation tool is given, and what tools do to it."""

from __future__ import annotations

import re

import pytest
from exchange_cases import NAME, approved_in, catalog, catalogs, exported, returned, small
from hypothesis import given

from corpora import corpus_files
from knooppunt.catalogs import Catalog
from knooppunt.exchange import Outgoing, Reason, catalog_units, format_named, plan_import
from knooppunt.exchange.codes import Code, split_codes
from knooppunt.exchange.omegat import identified, render_memory, tagged, untagged
from knooppunt.exchange.xliff12 import render_omegat
from knooppunt.model import Entry, State
from knooppunt.pages import parse_page

LINK = "Run `kubectl` as in the [guide](g.md).[^1]"
READ = catalog(Entry(LINK, "", None), Entry("Heading {#id}", "Kop {#id}"))


def edited(pattern: str, replacement: str) -> str:
    """The export of a catalog, its text edited as a tool could."""
    text, count = re.subn(pattern, replacement, exported(READ, "xliff12"), count=1, flags=re.DOTALL)
    assert count == 1
    return text


def target(content: str, marks: str = "") -> str:
    """The export with a target for the first text."""
    return edited("</source>", f"</source><target{marks}>{content}</target>")


def planned(text: str, *, force: bool = False) -> tuple[str, str]:
    """The new translation of the first text, and why it was refused."""
    plan = plan_import({NAME: READ}, returned(text, "xliff12"), force=force)
    changes = plan.changes.get(NAME, {})
    new = changes.get((None, LINK))
    return new.msgstr if new else "", "; ".join(refusal.message for refusal in plan.refusals)


def test_codes_are_inline_elements() -> None:
    text = exported(READ, "xliff12")
    assert (
        '<source>Run <ph id="1" ctype="x-code" equiv-text="kubectl">`kubectl`</ph> as in the '
        '<bpt id="2" ctype="link">[</bpt>guide<ept id="2">](g.md)</ept>.'
        '<ph id="3" ctype="x-footnote">[^1]</ph></source>'
    ) in text
    assert '<target state="translated">Kop <ph id="1" ctype="x-attributes">{#id}</ph></target>' in text


def test_codes_in_any_order_and_any_dress_come_back() -> None:
    wanted = "De [gids](g.md) over `kubectl`.[^1]"
    whole = (
        'De <bpt id="2" ctype="link">[</bpt>gids<ept id="2">](g.md)</ept> over <ph id="1">`kubectl`</ph>.'
        '<ph id="3">[^1]</ph>'
    )
    assert planned(target(whole)) == (wanted, "")
    assert planned(target('De <g id="2">gids</g> over <x id="1"/>.<x id="3"/>')) == (wanted, "")
    assert planned(target('De <bx id="2"/>gids<ex id="2"/> over <ph id="1"/>.<ph id="3"/>')) == (wanted, "")
    assert planned(target(f'<mrk mtype="seg" mid="1">{whole}</mrk>')) == (wanted, "")


def test_what_ends_a_text_in_every_language_is_put_back() -> None:
    assert planned(target('De <g id="2">gids</g> over <x id="1"/>.')) == ("De [gids](g.md) over `kubectl`.[^1]", "")


def test_lost_and_foreign_tags_are_refused_with_their_place() -> None:
    assert planned(target("De gids.")) == ("", "has lost '`kubectl`', '](g.md)', '[^1]', which the source has")
    assert planned(target('De <g id="2">gids</g> <x id="9"/>'))[1] == (
        'has the tag <x id="9">, which its source does not have'
    )
    assert planned(target("De gids."), force=True) == ("De gids.", "")
    refusal = plan_import({NAME: READ}, returned(target("De gids."), "xliff12")).refusals[0]
    assert refusal.reason is Reason.CODE
    assert refusal.lines("back.xlf")[0].startswith("back.xlf:6: network: has lost '`kubectl`'")


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ('state="final"', State.APPROVED),
        ('state="signed-off"', State.APPROVED),
        ('state="translated"', State.TRANSLATED),
        ('state="new"', State.UNTRANSLATED),
        ('state="needs-translation"', State.STALE),
        ('state="needs-review-translation"', State.STALE),
        ('state="needs-review-translation" state-qualifier="leveraged-mt"', State.MACHINE),
        ('state="needs-translation" state-qualifier="tm-suggestion"', State.UNTRANSLATED),
        ("", None),
    ],
)
def test_states_of_tools(marks: str, state: State | None) -> None:
    assert returned(target("x", f" {marks}"), "xliff12").units[0].state is state


def test_previous_source_and_notes_go_along() -> None:
    text = exported(small(), "xliff12", approved_in(small()))
    assert '<alt-trans alttranstype="previous-version" origin="previous"><source>Run it.</source>' in text
    assert '<note from="developer" annotates="source">revision: 1</note>' in text
    assert '<note from="translator" annotates="target">Ask Ada.</note>' in text
    assert '<context context-type="sourcefile">docs/network.md</context>' in text
    assert 'resname="aks.cni:title"' in text
    assert 'approved="yes"' in text
    assert text.count('translate="no"') == 1


def test_notes_of_translators_come_back_and_lost_ones_stay() -> None:
    text = exported(small(), "xliff12")
    added = text.replace("Ask Ada.</note>", "Ask Ada.</note><note>Done.</note>")
    plan = plan_import({NAME: small()}, returned(added, "xliff12"))
    assert [entry.comments for entry in plan.changes[NAME].values()] == [("Ask Ada.", "Done.", "")]
    stripped = re.sub(r"<note.*?</note>", "", text)
    assert plan_import({NAME: small()}, returned(stripped, "xliff12")).changes == {}


def test_plurals_are_a_group_of_units() -> None:
    text = exported(small(), "xliff12")
    file = returned(text.replace("Veel pods", "Vele pods"), "xliff12")
    plan = plan_import({NAME: small()}, file)
    assert [entry.plurals for entry in plan.changes[NAME].values()] == [("Een pod", "Vele pods")]


def test_a_tool_that_drops_our_attributes_can_still_fill_what_is_empty() -> None:
    text = re.sub(r' extradata="[^"]*"', "", target('De <g id="2">gids</g> over <x id="1"/>.<x id="3"/>'))
    assert planned(text)[0] == "De [gids](g.md) over `kubectl`.[^1]"
    other = re.sub(r' extradata="[^"]*"', "", exported(READ, "xliff12")).replace("Kop ", "Titel ")
    assert [item.reason for item in plan_import({NAME: READ}, returned(other, "xliff12")).refusals] == [Reason.UNSURE]


@given(catalogs)
def test_copies_for_omegat_come_back_as_nothing(read: Catalog) -> None:
    """A project that nobody has touched changes nothing, whatever is translated already."""
    outgoing = Outgoing("T", "en", "nl", tuple(catalog_units(NAME, read, ())))
    plan = plan_import({NAME: read}, returned(render_omegat(outgoing), "xliff12"))
    assert plan.changes == {}
    assert plan.refusals == ()


def test_an_edited_copy_is_a_translation() -> None:
    outgoing = Outgoing("T", "en", "nl", tuple(catalog_units(NAME, READ, ())))
    text = render_omegat(outgoing)
    assert text.count('state-qualifier="x-source-copy"') == 2
    back = re.sub(r"(<target[^>]*>)Run (.*?) as in the", r"\1Voer \2 uit volgens de", text)
    assert planned(back)[0] == "Voer `kubectl` uit volgens de [guide](g.md).[^1]"
    plan = plan_import({NAME: READ}, returned(back, "xliff12"))
    assert not next(iter(plan.changes[NAME].values())).fuzzy


def test_a_plural_is_taken_whole_or_not_at_all() -> None:
    text = render_omegat(Outgoing("T", "en", "nl", tuple(catalog_units(NAME, small(), ()))))
    one = re.sub(r"(<target[^>]*>)One pod", r"\1Een peul", text)
    plan = plan_import({NAME: small()}, returned(one, "xliff12"))
    assert [refusal.message for refusal in plan.refusals] == ["is translated in some of its plural forms only"]
    both = re.sub(r"(<target[^>]*>)Many pods", r"\1Veel peulen", one)
    plan = plan_import({NAME: small()}, returned(both, "xliff12"), force=True)
    assert [entry.plurals for entry in plan.changes[NAME].values()] == [("Een peul", "Veel peulen")]


# OmegaT --------------------------------------------------------------------------------------------------------------


def test_texts_as_omegat_shows_them() -> None:
    """As its version 3.6 does: first letter of the code, number from 0."""
    source = "Run `123`, [1](2), ![é](#), <b>x</b>, `仮` &nbsp;"
    assert tagged(source) == "Run <f0/>, <f1>1</f1>, <f2>é</f2>, <b3>x</b3>, <仮4/> <n5/>"
    assert tagged("`a` [b](c)", "[b](c) `a`") == "<f1>b</f1> <a0/>"
    assert tagged("a", "`own`") is None
    assert untagged("`a` [b](c)", "<f1>x</f1> <a0/> <z9/>") == "[x](c) `a` <z9/>"


def test_a_memory_of_omegat_finds_the_entries_of_its_texts() -> None:
    plural = Entry("Gone", "", None, "Many", ("", ""))
    read = catalog(Entry(LINK, ""), Entry("Same", ""), Entry("Same", "", "b"), Entry("Other", "Anders"), plural)
    full = catalog(Entry(LINK, "De [gids](g.md) over `kubectl`.[^1]"), Entry("Same", "Zelfde"), Entry("Gone", "Weg"))
    memory = render_memory(Outgoing("T", "en", "nl", tuple(catalog_units(NAME, full, ()))))
    assert "De &lt;f1&gt;gids&lt;/f1&gt; over &lt;k0/&gt;." in memory
    file = identified(returned(memory, "tmx"), {NAME: read})
    plan = plan_import({NAME: read}, file)
    assert {key: entry.msgstr for key, entry in plan.changes[NAME].items()} == {
        (None, LINK): "De [gids](g.md) over `kubectl`.[^1]",
        (None, "Same"): "Zelfde",
        ("b", "Same"): "Zelfde",
    }
    assert plan.refusals == ()


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["xliff12", "xliff21"])
def test_every_text_of_a_corpus_comes_back(name: str) -> None:
    """Sources and translations, which here are other sources, so that codes differ."""
    texts = {
        segment.msgid
        for path in corpus_files("material-docs", "*.md")
        for segment in parse_page(path.read_bytes().decode()).segments
    }
    ordered = sorted(texts)
    assert sum(isinstance(part, Code) for text in ordered for part in split_codes(text)) > 4000
    entries = [Entry(text, ordered[(7 * place) % len(ordered)]) for place, text in enumerate(ordered)]
    units = tuple(catalog_units(NAME, catalog(*entries), ()))
    file = returned(format_named(name).render(Outgoing("T", "en", "nl", units)), name)
    assert [(unit.source, unit.target, unit.fault) for unit in file.units] == [(e.msgid, e.msgstr, "") for e in entries]
