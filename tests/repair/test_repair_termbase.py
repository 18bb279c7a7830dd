"""The termbase: strict reading, inflection, and the example lines of the locales that ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from knooppunt.errors import DataError
from knooppunt.repair import mask, parse_keep, parse_terms, parse_words, rules_for
from knooppunt.repair.languages import dutch, german, german_genitive
from knooppunt.repair.termbase import Term
from knooppunt.repair.terms import TermFinder

LOCALES = Path(__file__).parents[2] / "locales"
SHIPPED = {
    path.parent.name: parse_terms(path.read_text("utf-8"), path.relative_to(LOCALES.parent).as_posix())
    for path in sorted(LOCALES.glob("*/terms.yml"))
}
FINDERS = {code: TermFinder(base, rules_for(code)) for code, base in SHIPPED.items()}
TERMS = [pytest.param(code, term, id=f"{code}-{term.id}") for code, base in SHIPPED.items() for term in base.terms]


@pytest.mark.parametrize(("code", "term"), TERMS)
def test_shipped_example_lines(code: str, term: Term) -> None:
    finder = FINDERS[code]
    for line in term.bad:
        assert term.id in {match.term.id for match in finder.find(mask(line), None)}, line
    for line in term.good:
        assert [match for match in finder.find(mask(line), None) if not match.compound] == [], line


def test_every_locale_has_the_concepts_of_the_others() -> None:
    """One that engines draft has more: words that they get wrong."""
    known = {code: {term.id for term in base.terms} for code, base in SHIPPED.items()}
    assert all(ids == known["nl"] for code, ids in known.items() if code != "es")
    assert known["es"] > known["nl"]


def test_shipped_word_lists_are_read() -> None:
    for path in LOCALES.glob("*/words.txt"):
        assert parse_words(path.read_text("utf-8"), path.name)
    for path in LOCALES.glob("*/keep.txt"):
        assert parse_keep(path.read_text("utf-8"), path.name)


def test_kept_pairs_of_dutch_do_not_forbid_its_own_words() -> None:
    words = parse_words((LOCALES / "nl/words.txt").read_text("utf-8"), "words.txt")
    keep = parse_keep((LOCALES / "nl/keep.txt").read_text("utf-8"), "keep.txt")
    assert [pair for pair in keep if "".join(pair) in words] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "pod: {source: pod, use: pod, never: [peul]}\nbean:\n  source: bean\n  use: peul\n",
            "t.yml:1: pod.never[0]: 'peul' is also listed under 'bean.use'; remove it from one of them",
        ),
        (
            "pod:\n  source: pod\n  use: pod\n  never:\n    - Pod\n",
            "t.yml:5: pod.never[0]: 'Pod' is also listed under 'use'; remove it from one of them",
        ),
        (
            "a: {source: a, use: b, never: [x]}\nc: {source: c, use: d, avoid: [x]}\n",
            "t.yml:2: c.avoid[0]: 'x' is listed twice, first at a.never[0]; remove one of them",
        ),
        (
            "a: {source: s, use: b}\nc: {source: s, use: d}\n",
            "t.yml:2: c.source: 's' is listed twice, first at a.source; remove one of them",
        ),
        ("a: {source: s}\n", "t.yml:1: a.use: 'use' is missing"),
        ("a: {source: s, use: ''}\n", "t.yml:1: a.use: 'use' is empty"),
        ("a: {source: s, use: b, nver: [x]}\n", "t.yml:1: a.nver: unknown field 'nver'"),
        ("a: {source: s, use: b, never: [1]}\n", "t.yml:1: a.never[0]: must be a term or 'wrong: right'"),
        ("a: {source: s, use: b, never: word}\n", "t.yml:1: a.never: must be a list, not 'word'"),
        ("a: {source: s, use: b, translate: false}\n", "t.yml:1: a.use: 'b' differs from the source of a name"),
        ("a: {source: s, use: b, translate: maybe}\n", "t.yml:1: a.translate: must be true or false, not 'maybe'"),
        ("a: word\n", "t.yml:1: a: must be a mapping"),
        ("- a\n", "t.yml:1: must be a mapping"),
    ],
)
def test_defects_are_named_with_their_place(text: str, problem: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_terms(text, "t.yml")
    assert problem in str(caught.value)


def test_an_empty_termbase_is_fine() -> None:
    assert parse_terms("# nothing yet\n", "t.yml").terms == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("knooppunt\nknoop punt\n", "w:2: 'knoop punt' is more than one word"),
        ("een\n\nEen # again\n", "w:3: 'Een' is listed twice, first on line 1"),
    ],
)
def test_word_lists_are_strict(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_words(text, "w")


def test_keep_lists_are_strict() -> None:
    assert parse_keep("a b # why\n", "k") == {("a", "b")}
    with pytest.raises(DataError, match="k:1: 'a b c' is not a pair"):
        parse_keep("a b c\n", "k")


@pytest.mark.parametrize(
    ("word", "plural"),
    [
        ("peul", "peulen"),
        ("pod", "pods"),
        ("regio", "regio's"),
        ("pool", "polen"),
        ("tas", "tassen"),
        ("kluis", "kluizen"),
        ("mogelijkheid", "mogelijkheden"),
        ("quotum", "quota"),
        ("ruimte", "ruimten"),
        ("schijf", "schijven"),
    ],
)
def test_dutch_plurals(word: str, plural: str) -> None:
    assert dutch(word)[plural] == "plural"


@pytest.mark.parametrize(
    ("word", "small"),
    [("pod", "podje"), ("peul", "peultje"), ("bal", "balletje"), ("raam", "raampje"), ("regio", "regiootje")],
)
def test_dutch_diminutives(word: str, small: str) -> None:
    assert dutch(word)[small] == "diminutive"


def test_german_forms() -> None:
    assert german("Schote")["Schoten"] == "plural"
    assert german("Pod")["Pods"] == "either"
    assert german("Netz")["Netzes"] == "genitive"


def find(text: str, source: str | None = None, code: str = "nl") -> list[tuple[str, str, bool]]:
    return [(text[m.start : m.end], m.new, m.safe) for m in FINDERS[code].find(mask(text), source)]


def test_inflection_and_case_are_kept() -> None:
    assert find("Peul, peulen, PEULEN en een peultje") == [
        ("Peul", "Pod", True),
        ("peulen", "pods", True),
        ("PEULEN", "PODS", True),
        ("peultje", "podje", True),
    ]


def test_a_compound_is_a_suggestion() -> None:
    assert find("De peulbeveiliging") == [("peul", "pod", False)]


def test_a_term_needs_its_concept_in_the_source() -> None:
    assert find("De peulen zijn gaar.", "The vegetables are done.") == []
    assert find("De peulen draaien.", "The pods are running.") == [("peulen", "pods", True)]


def test_the_longest_term_wins() -> None:
    assert find("virtuele nodes") == [("virtuele nodes", "virtuele knooppunten", False)]
    assert find("Virtual Nodes v2 en Node.js") == []


def test_japanese_has_no_word_boundaries() -> None:
    assert find("コンテナとコンテナーとクラスタ", code="ja") == [
        ("コンテナ", "コンテナー", True),
        ("クラスタ", "クラスター", True),
    ]


GERMAN = """
node: {source: node, use: Knoten, plural: Knoten, avoid: [Node]}
virtual-node: {source: virtual node, use: virtueller Knoten, plural: virtuelle Knoten, avoid: [Virtual Node]}
subnet: {source: subnet, use: Subnetz, plural: Subnetze, never: [Teilnetz]}
quota: {source: quota, use: Kontingent, plural: Kontingente, avoid: [Quota]}
secret: {source: secret, use: Geheimnis, plural: Geheimnisse, never: [Gehabnis]}
policy: {source: policy, use: Richtlinie, plural: Richtlinien, never: [Regelwerk]}
load-balancer: {source: load balancer, use: Lastenausgleich, avoid: [Load Balancer]}
azure-load-balancer: {source: Azure Load Balancer, use: Azure Load Balancer, translate: false}
"""


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Virtual Nodes", "virtual nodes", ("Virtual Nodes", "Virtuelle Knoten", False)),
        ("Virtual Nodes", None, ("Virtual Nodes", "Virtuelle Knoten", False)),
        ("Die Quotas", "the quotas", ("Quotas", "Kontingente", False)),
        ("des Quotas", "of the quota", ("Quotas", "Kontingents", False)),
        ("des Teilnetzes", None, ("Teilnetzes", "Subnetzes", True)),
        ("des Teilnetzs", None, ("Teilnetzs", "Subnetzes", False)),
        ("die Teilnetze", None, ("Teilnetze", "Subnetze", True)),
        ("des Gehabnisses", None, ("Gehabnisses", "Geheimnisses", True)),
        ("den Teilnetzen", None, ("Teilnetzen", "Subnetzen", False)),
        ("des Regelwerks", None, ("Regelwerks", "Richtlinien", False)),
        ("des Load Balancers", None, ("Load Balancers", "Lastenausgleichs", False)),
        ("der Azure Load Balancer", "Azure Load Balancer", None),
        ("des Azure Load Balancers", "of Azure Load Balancer", None),
        ("die Azure Load Balancer-Regel", "the rule of Azure Load Balancer", None),
    ],
)
def test_no_form_is_proposed_that_does_not_exist(
    text: str, source: str | None, expected: tuple[str, str, bool] | None
) -> None:
    finder = TermFinder(parse_terms(GERMAN, "t.yml"), rules_for("de"))
    found = [(text[m.start : m.end], m.new, m.safe) for m in finder.find(mask(text), source)]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("word", "genitive"),
    [("Knoten", "Knotens"), ("Netz", "Netzes"), ("Geheimnis", "Geheimnisses"), ("Region", None), ("Alias", None)],
)
def test_german_genitives(word: str, genitive: str | None) -> None:
    assert german_genitive(word) == genitive


def test_inside_a_japanese_word_nothing_is_sure() -> None:
    assert find("クラスタリングとコンテナイメージと大きさや数", code="ja") == [
        ("クラスタ", "クラスター", False),
        ("コンテナ", "コンテナー", False),
    ]
    assert find("コンテナ化", code="ja") == [("コンテナ", "コンテナー", True)]


def test_products_that_hold_a_term_are_names_in_every_locale() -> None:
    for name in ("Azure Load Balancer", "Azure CNI Node Subnet", "Microsoft Entra Workload ID"):
        for code in SHIPPED:
            assert find(name, name, code) == []
