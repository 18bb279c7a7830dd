"""What is learned from corrections, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.config import LocaleConfig
from knooppunt.model import Locale
from knooppunt.repair import make_language, parse_terms
from knooppunt.repair.corrections import Change, changes, joined_pieces
from knooppunt.repair.decisions import joined_word
from knooppunt.repair.proposals import Correction, Proposal, learned_term, propose, snippet, source_words


def kinds(before: str, after: str) -> list[tuple[str, str, str]]:
    return [(item.kind, " ".join(item.before), " ".join(item.after)) for item in changes(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("De knoop punten zijn er", "De knooppunten zijn er", [("join", "knoop punten", "knooppunten")]),
        (
            "De toegangs beheer lijst",
            "De toegangsbeheerlijst",
            [("join", "toegangs beheer lijst", "toegangsbeheerlijst")],
        ),
        ("De klant steun is goed", "De klantensteun is goed", [("join", "klant steun", "klantensteun")]),
        ("De loadbalancer is er", "De load balancer is er", [("split", "loadbalancer", "load balancer")]),
        ("De peul is er nu", "De pod is er nu", [("replace", "peul", "pod")]),
        (
            "De peul knoop punten er nu",
            "De pod knooppunten er nu",
            [("replace", "peul", "pod"), ("join", "knoop punten", "knooppunten")],
        ),
        (
            "De loadbalancer peul is er",
            "De load balancer pod is er",
            [("split", "loadbalancer", "load balancer"), ("replace", "peul", "pod")],
        ),
        ("De Peul is er nu", "de peul is er nu", []),
        ("De `peul` is er nu", "De `pod` is er nu", []),
        ("De [x](peul.md) is er", "De [x](pod.md) is er", []),
        ("De knoop, punten er nu", "De knooppunten er nu", []),
        ("een twee drie vier vijf zes", "zeven acht negen tien elf twaalf", []),
        ("De peul en meer", "De pod met heel iets anders erbij dat lang is", []),
        ("een peul twee drie", "een pod vier vijf", []),
        ("Versie 3 is er nu", "Versie 4 is er nu", []),
    ],
)
def test_changes_of_words(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    assert kinds(before, after) == expected


def test_a_text_written_anew_takes_no_time() -> None:
    assert kinds("a b " * 3000, "c d " * 3000) == []
    assert kinds("a b " * 500, "c d " * 500) == []


@given(st.lists(st.sampled_from(["knoop", "punten", "peul", "de", "-", "`x`", "a.b"]), max_size=12), st.data())
def test_changes_are_of_words_that_were_there(words: list[str], data: st.DataObject) -> None:
    after = data.draw(st.lists(st.sampled_from(["knooppunten", "knoop", "punten", "pod", "de"]), max_size=12))
    for change in changes(" ".join(words), " ".join(after)):
        assert set(change.before) <= set(words)
        assert set(change.after) <= set(after)


@pytest.mark.parametrize(
    ("parts", "whole", "expected"),
    [
        (("power", "shell-script"), "powershell-script", [(("power", "shell"), "powershell")]),
        (("script", "block", "element"), "scriptblock-element", [(("script", "block"), "scriptblock")]),
        (("AKS", "cluster"), "AKS-cluster", [(("AKS", "cluster"), "AKS-cluster")]),
        (("get-proc", "cmdlet"), "get-proc-cmdlet", []),
        (("klant", "steun"), "klantensteun", [(("klant", "steun"), "klantensteun")]),
    ],
)
def test_what_only_a_hyphen_joins_is_no_word(
    parts: tuple[str, ...], whole: str, expected: list[tuple[tuple[str, ...], str]]
) -> None:
    assert joined_pieces(parts, whole) == expected


# Proposals -----------------------------------------------------------------------------------------------------------

SOURCES = {"node": 9, "pool": 2, "node pool": 2, "pod": 3, "run": 40, "start": 40, "value": 50}


def learned(*pairs: tuple[str, str, str], terms: str = "", words: str = "", keep: str = "") -> list[Proposal]:
    """Proposals from (before, after, source), each in a file of its own."""
    language = make_language(LocaleConfig(Locale("nl"), "nl"), terms=terms, words=words, keep=keep)
    corrections = [Correction(*pair, f"{at}.po", "c", "2026-01-01") for at, pair in enumerate(pairs)]
    return list(propose(corrections, language, SOURCES))


PODS = [
    ("De peulen starten nu.", "De pods starten nu.", "The pods start."),
    ("Een peul draait nu.", "Een pod draait nu.", "A pod runs."),
]


def shown(proposals: list[Proposal]) -> list[tuple[str, str, str, int]]:
    return [(item.kind, item.before, item.after, item.count) for item in proposals]


def test_inflected_forms_are_one_proposal() -> None:
    assert shown(learned(*PODS)) == [("term", "peul", "pod", 2)]
    (item,) = learned(*PODS)
    assert (item.source, item.plural) == ("pod", "pods")
    joins = [
        ("Een knoop punt nu", "Een knooppunt nu", "A node"),
        ("De knoop punten nu", "De knooppunten nu", "The nodes"),
    ]
    assert shown(learned(*joins)) == [("word", "knoop punt", "knooppunt", 2)]


def test_the_base_form_is_taken_from_the_texts() -> None:
    pairs = [(f"De peulen {word} nu.", f"De pods {word} nu, pod.", f"The pods {word}.") for word in ("een", "twee")]
    assert shown(learned(*pairs)) == [("term", "peulen", "pod", 2)]


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        (PODS[:1], "one text is no repetition"),
        ([PODS[0], (*PODS[1][:2], "Something else.")], "the source has no word in common"),
        ([(*pair[:2], "The value is here.") for pair in PODS], "one source text twice"),
        ([(b.replace("peul", "die"), a.replace("pod", "deze"), s) for b, a, s in PODS], "small words"),
        (
            [
                ("Het peulen is er nu", "Het peul is er nu", "pods a"),
                ("Het peulen was er nu", "Het peul was er nu", "pods b"),
            ],
            "only inflected",
        ),
    ],
)
def test_no_term_is_proposed(pairs: list[tuple[str, str, str]], reason: str) -> None:
    assert reason
    assert [item for item in learned(*pairs) if item.kind == "term"] == []


@pytest.mark.parametrize(
    ("pair", "lists", "reason"),
    [
        (("De power shell nu", "De PowerShell nu", "The PowerShell now"), {}, "a name of the source"),
        (("Van micro soft nu", "Van Microsoft nu", "By Microsoft"), {}, "a vendor"),
        (("De knoop punten nu", "De knooppunten nu", "Nodes"), {"words": "knooppunt\n"}, "known by its base form"),
        (
            ("De knoop punten nu", "De knooppunten nu", "Nodes"),
            {"terms": "n: {source: node, use: knooppunt}\n"},
            "known to the termbase",
        ),
        (("De macos versie nu", "De mac os versie nu", "The macos version"), {}, "the source has it as one word"),
        (("De loadbalancer nu", "De load balancer nu", "It"), {"keep": "load balancer\n"}, "known"),
        (("Een deserver nu hier", "Een de server nu hier", "A server"), {}, "a small word that was glued"),
        (("De lees-en nu hier", "De lees en nu hier", "Read and"), {}, "a hyphen"),
        (("De web-server nu hier", "De web server nu hier", "It"), {}, "a hyphen that became a space"),
    ],
)
def test_no_word_or_pair_is_proposed(pair: tuple[str, str, str], lists: dict[str, str], reason: str) -> None:
    assert reason
    assert learned(pair, **lists) == []


def test_what_speaks_against_a_proposal() -> None:
    join = ("De load balancer nu", "De loadbalancer nu", "It")
    assert [item.against for item in learned(join, keep="load balancer\n")] == ["keep.txt has the pair"]
    split = ("De knooppunten nu", "De knoop punten nu", "It")
    assert [item.against for item in learned(split, words="knooppunt\n")] == ["words.txt has it as one word"]
    back = [(after, before, source + " again") for before, after, source in PODS]
    assert {item.against for item in learned(*PODS, *back)} == {"replaced the other way in 2 texts"}
    other = "p: {source: pod, use: kuip, plural: kuipen}\n"
    assert [item.against for item in learned(*PODS, terms=other)] == ["the termbase says 'kuip'"]


def test_what_is_known_to_be_wrong_is_not_proposed_again() -> None:
    assert learned(*PODS, terms="p: {source: pod, use: pod, plural: pods, avoid: [peul]}\n") == []


def test_the_word_of_the_source_is_not_one_that_stands_everywhere() -> None:
    pairs = [
        (f"De peul {word} nu.", f"De pod {word} nu.", f"The pod starts {word}.") for word in ("een", "twee", "drie")
    ]
    assert [item.source for item in learned(*pairs)] == ["pod"]
    pools = [(f"De vijver {word} nu.", f"De groep {word} nu.", f"The node pool {word}.") for word in ("een", "twee")]
    assert [item.source for item in learned(*pools)] == ["node pool"]


def test_a_text_counts_once() -> None:
    correction = Correction(*PODS[0], "a.po", "c", "2026-01-01")
    language = make_language(LocaleConfig(Locale("nl"), "nl"))
    pair = ("De knoop punten nu", "De knooppunten nu", "Nodes")
    twice = [Correction(*pair, "a.po", commit, "2026-01-01") for commit in ("one", "two")]
    assert shown(list(propose([correction, *twice], language, {}))) == [("word", "knoop punten", "knooppunten", 1)]


def test_ids_stay_and_differ() -> None:
    first, second = learned(*PODS), learned(*PODS)
    assert [item.id for item in first] == [item.id for item in second]
    many = learned(*PODS, ("De knoop punten nu", "De knooppunten nu", "Nodes"))
    assert len({item.id for item in many}) == len(many) == 2


def test_words_of_a_source() -> None:
    assert source_words("The policies of node pools") == {"policy", "node", "pool", "node pool"}
    assert source_words("Run `pods` on https://example.org") == {"run"}


def test_snippets_are_one_line() -> None:
    text = "x" * 50 + "\nhier een peul " + "y" * 50
    assert snippet(text, "peul") == "\u2026" + "x" * 20 + " hier een peul " + "y" * 29 + "\u2026"
    assert Change("join", ("a",), ("b",)).kind == "join"


def test_a_new_concept_takes_the_place_of_none() -> None:
    """Though the word of its source is the name of another one."""
    termbase = parse_terms("node:\n  source: worker node\n  use: werkknooppunt\n", "terms.yml")
    learned = learned_term(termbase, Proposal("term", "knoop", "knooppunt", 2, (), source="node"))
    assert learned.id == "node-2"
    assert learned_term(parse_terms("", "terms.yml"), Proposal("term", "a", "b", 2, (), source="node")).id == "node"


def test_a_german_term_keeps_its_letters() -> None:
    """Its capital too, which the beginning of a sentence says nothing about."""
    german = make_language(LocaleConfig(Locale("de"), "Deutsch"))
    items = [
        Correction(f"Die Weite {place}.", f"Die Gr\u00f6\u00dfe {place}.", f"The size {other}.", "de.po", "", "")
        for place, other in (("des Bilds ist hier", "of the image is here"), ("der Seite fehlt", "of the page is gone"))
    ]
    found = [item for item in propose(items, german, {}) if item.kind == "term"]
    assert [(item.before, item.after) for item in found] == [("weite", "Gr\u00f6\u00dfe")]


def test_a_joined_german_word_keeps_its_letters() -> None:
    assert joined_word(("Haupt", "Stra\u00dfe"), "de") == "Hauptstra\u00dfe"
