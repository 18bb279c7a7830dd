"""The termbase as TBX-Basic and back: every field, files of other tools, and a terms.yml that keeps its bytes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.exchange.tbx import Concept, is_tbx, parse_terms_of, render_terms
from knooppunt.exchange.terms import TermsPlan, plan_terms
from knooppunt.repair.termbase import Term, parse_terms

TERMS = """\
# Termbase for Dutch.

pod:                      # the heart of it
  source: pod
  use: pod
  plural: pods
  never: [peul, {peulen: pods}]
  note: Not the fruit.
  bad:
    - Een peul start.   # one of them
    - Peulen starten.
  good:
    - Een pod start.

# names
azure-cni: {source: Azure CNI, use: Azure CNI, translate: false}   # a name

node:
  source: [node, nodes of a cluster]
  use: knooppunt
  avoid: [node]
  forms: [knooppuntje]
  note: >-
    The node
    of a cluster.
"""
PATH = "terms.yml"


def exported(text: str) -> str:
    return render_terms(parse_terms(text, PATH).terms, "en", "nl", "Test")


def concepts(tbx: str) -> tuple[Concept, ...]:
    return parse_terms_of(tbx.encode(), "x.tbx", "en", "nl")


def planned(tbx: str, text: str = TERMS) -> TermsPlan:
    return plan_terms(text, PATH, concepts(tbx))


def test_every_field_comes_back() -> None:
    terms = parse_terms(TERMS, PATH).terms
    assert tuple(concept.term for concept in concepts(exported(TERMS))) == terms
    plan = planned(exported(TERMS))
    assert (plan.text, plan.added, plan.changed, plan.equal, plan.refusals) == (TERMS, (), (), 3, ())
    assert parse_terms(planned(exported(TERMS), "").text, PATH).terms == terms
    assert exported(TERMS) == exported(TERMS)


def test_statuses_are_those_of_tbx_basic() -> None:
    text = exported(TERMS)
    assert '<termEntry id="pod">' in text
    for term, status in (("pod", "preferred"), ("pods", "admitted"), ("peul", "deprecated"), ("node", "deprecated")):
        assert re.search(rf"<term>{term}</term><termNote type=\"administrativeStatus\">{status}Term-admn-sts<", text)
    assert '<termNote type="grammaticalNumber">plural</termNote>' in text
    assert '<descrip type="context">Een pod start.</descrip>' in text
    assert "<note>do not translate</note>" in text


WORDS = st.text("abcdefgh XYé'-:#&<\"仮", min_size=1, max_size=8).map(str.strip).filter(bool)
SENTENCES = st.lists(WORDS, max_size=2).map(tuple)


@st.composite
def termbases(draw: st.DrawFn) -> tuple[Term, ...]:
    """Terms that share no word, so that a termbase can hold them."""
    words = draw(st.lists(WORDS, min_size=8, max_size=24, unique_by=lambda word: " ".join(word.casefold().split())))
    names = draw(st.lists(WORDS | st.just("yes") | st.just("1"), min_size=2, max_size=3, unique=True))
    terms = []
    for number, name in enumerate(names):
        mine = words[number :: len(names)]
        cut = draw(st.integers(0, len(mine)))
        wrong = mine[max(cut, 1) :]
        terms.append(
            Term(
                name,
                (f"{mine[0]} {number}",),
                mine[0],
                mine[1] if cut > 1 else None,
                tuple((word, draw(st.none() | WORDS)) for word in wrong[::2]),
                tuple(wrong[1::2]),
                tuple(mine[2:cut]),
                True,
                draw(st.none() | WORDS | st.sampled_from(["id: x", "bad: y", "do not translate", "note: z"])),
                draw(SENTENCES),
                draw(SENTENCES),
            )
        )
    return tuple(terms)


@given(termbases())
def test_any_termbase_comes_back(terms: tuple[Term, ...]) -> None:
    back = parse_terms_of(render_terms(terms, "en", "nl").encode(), "x", "en", "nl")
    assert tuple(concept.term for concept in back) == terms
    plan = plan_terms("", PATH, back)
    assert plan.refusals == ()
    assert parse_terms(plan.text, PATH).terms == terms


def test_a_change_rewrites_its_fields_alone() -> None:
    text = exported(TERMS)
    text = text.replace("<term>pods</term>", "<term>podjes</term>", 1)
    text = text.replace("Not the fruit.", "Never the fruit: ask #a.")
    text = text.replace("<term>knooppuntje</term>", "<term>knooppuntjes</term>")
    text = text.replace("The node of a cluster.", "A machine.")
    plan = planned(text)
    assert plan.changed == (("pod", ("plural", "note")), ("node", ("forms", "note")))
    assert plan.refusals == ()
    wanted = TERMS.replace("plural: pods", "plural: podjes").replace(
        "note: Not the fruit.", "note: 'Never the fruit: ask #a.'"
    )
    wanted = wanted.replace("[knooppuntje]", "[knooppuntjes]")
    wanted = wanted.replace("note: >-\n    The node\n    of a cluster.", "note: A machine.")
    assert plan.text == wanted


def test_a_new_field_stands_in_its_place_and_lists_can_grow() -> None:
    text = exported(TERMS)
    number = '<termNote type="grammaticalNumber">plural</termNote>'
    wrong = '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'
    more = f"<tig><term>knooppunten</term>{number}</tig><tig><term>noot</term>{wrong}</tig>"
    more += f"<tig><term>knoop</term>{wrong}<note>never</note><note>use: knooppunt</note></tig>"
    place = text.index("<tig><term>knooppuntje</term>")
    plan = planned(text[:place] + more + text[place:])
    assert plan.changed == (("node", ("plural", "never", "avoid")),)
    wanted = TERMS.replace(
        "  use: knooppunt\n", "  use: knooppunt\n  plural: knooppunten\n  never: [{knoop: knooppunt}]\n"
    )
    assert plan.text == wanted.replace("avoid: [node]", "avoid: [noot, node]")


def test_windows_line_endings_stay() -> None:
    crlf = TERMS.replace("\n", "\r\n")
    plan = planned(exported(TERMS).replace("<term>pods</term>", "<term>podjes</term>", 1), crlf)
    assert plan.text == crlf.replace("plural: pods", "plural: podjes")
    assert "\n" not in planned(exported(TERMS), crlf.partition("node:")[0]).text.replace("\r\n", "")


def test_a_list_with_comments_between_is_left_to_a_person() -> None:
    text = (
        exported(TERMS)
        .replace("Peulen starten.", "Peulen draaien.")
        .replace("<term>pods</term>", "<term>podjes</term>")
    )
    plan = planned(text)
    assert plan.text == TERMS
    assert [(item.id, item.message) for item in plan.refusals] == [
        ("pod", "has comments inside 'bad'; change it by hand")
    ]


def test_what_a_tool_has_dropped_stays() -> None:
    text = re.sub(r"<note>.*?</note>|<descrip.*?</descrip>", "", exported(TERMS))
    text = re.sub(r"<tig><term>(?:peul|peulen|pods|knooppuntje)</term>.*?</tig>", "", text)
    plan = planned(text)
    assert (plan.text, plan.changed, plan.refusals) == (TERMS, (), ())


FOREIGN = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>A tool</p></sourceDesc></fileDesc>
</martifHeader><text><body>
<termEntry id="c1"><descrip type="subjectField">IT</descrip>
  <langSet xml:lang="en-US"><ntig><termGrp><term>virtual node</term>
    <termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
  <langSet xml:lang="nl-NL"><tig><term>virtuele node</term>
      <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
    <tig><term>virtueel knooppunt</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  </langSet></termEntry>
<termEntry id="c2"><langSet xml:lang="en"><tig><term>pod</term></tig></langSet>
  <langSet xml:lang="nl"><tig><term>pod</term></tig></langSet></termEntry>
<termEntry id="c3"><langSet xml:lang="en"><tig><term>node</term></tig></langSet>
  <langSet xml:lang="nl"><tig><term>nood</term></tig></langSet></termEntry>
<termEntry id="c4"><langSet xml:lang="en"><tig><term>lonely</term></tig></langSet>
  <langSet xml:lang="de"><tig><term>einsam</term></tig></langSet></termEntry>
<termEntry id="c5"><langSet xml:lang="en"><tig><term>Virtual-node!</term></tig></langSet>
  <langSet xml:lang="nl"><tig><term>peul</term></tig></langSet></termEntry>
</body></text></martif>
"""


def test_a_file_of_another_tool() -> None:
    plan = planned(FOREIGN)
    assert plan.added == ("virtual-node",)
    assert plan.text == TERMS + (
        "\nvirtual-node:\n  source: virtual node\n  use: virtueel knooppunt\n  avoid: [virtuele node]\n"
    )
    assert plan.equal == 1
    assert [(item.line, item.id, item.message) for item in plan.refusals] == [
        (14, "node", "'node' is 'knooppunt' here and 'nood' in the file; change it by hand if the file is right"),
        (16, "lonely", "has no term in 'nl' that may be used"),
        (18, "virtual-node-2", "'peul' is also listed under 'virtual-node-2.use'"),
    ]
    assert parse_terms(plan.text, PATH).terms[:3] == parse_terms(TERMS, PATH).terms


STYLES = {
    "dca": '<termNote type="administrativeStatus">{}</termNote>',
    "dct": '<min:administrativeStatus xmlns:min="http://www.tbxinfo.net/ns/min">{}</min:administrativeStatus>',
}


@pytest.mark.parametrize("style", STYLES)
def test_the_version_of_2019_in_both_styles(style: str) -> None:
    right, wrong = (STYLES[style].format(f"{word}Term-admn-sts") for word in ("preferred", "deprecated"))
    text = (
        f'<tbx style="{style}" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">'
        "<tbxHeader/><text><body>"
        '<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>cluster</term></termSec></langSec>'
        f'<langSec xml:lang="nl"><termSec><term>tros</term>{wrong}</termSec>'
        f"<termSec><term>cluster</term>{right}</termSec>"
        "</langSec></conceptEntry></body></text></tbx>"
    )
    assert is_tbx(text.encode(), "x")
    plan = planned(text)
    assert plan.text == TERMS + "\ncluster:\n  source: cluster\n  use: cluster\n  avoid: [tros]\n"


def test_a_concept_twice_is_taken_once() -> None:
    text = exported(TERMS)
    entry = text[text.index("      <termEntry") : text.index("</termEntry>") + len("</termEntry>\n")]
    other = entry.replace('id="pod"', "").replace("Not", "No")
    plan = planned(text.replace(entry, entry.replace("<term>pods", "<term>podjes") + other))
    assert [(item.id, item.message) for item in plan.refusals] == [("pod-2", "has a source term of 'pod'")]
    assert plan.text == TERMS.replace("plural: pods", "plural: podjes")
    again = planned(text.replace(entry, entry.replace("<term>pods", "<term>podjes") * 2))
    assert (again.refusals, again.text) == ((), plan.text)


def test_ids_that_are_no_names_in_xml() -> None:
    terms = "1e pod!: {source: first pod, use: eerste pod}\n'yes': {source: 'yes', use: ja}\n"
    assert planned(exported(terms), terms).text == terms
    assert parse_terms(planned(exported(terms), "").text, PATH) == parse_terms(terms, PATH)


def test_flow_concepts_are_rewritten_in_their_braces() -> None:
    terms = "a: {source: a, use: b}  # why\nc: {source: c, use: d}\n"
    plan = planned(exported(terms).replace("<term>b</term>", "<term>bb: b</term>"), terms)
    assert plan.text == "a: {source: a, use: 'bb: b'}  # why\nc: {source: c, use: d}\n"


def test_an_empty_termbase_is_one_too() -> None:
    assert "<body>" in exported("")
    assert planned(exported(TERMS), "{}\n").added == ("pod", "azure-cni", "node")
    assert planned(exported(TERMS), "# only a comment\n").text.startswith("# only a comment\n\npod:\n")
