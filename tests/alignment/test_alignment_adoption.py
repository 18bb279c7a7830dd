"""From a page and its translation to messages, and a page made again that differs only as the notes say."""

from __future__ import annotations

import pytest
from alignment_cases import DUTCH, ENGLISH, GERMAN, TRANSLATIONS, adopt_texts, truth
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.alignment import Reason, adopt_page, align, page_items, verify
from knooppunt.pages import parse_page


@pytest.mark.parametrize("locale", sorted(TRANSLATIONS))
def test_a_faithful_translation_is_taken_whole(locale: str) -> None:
    """Every text, in its own language; what is made from it is the translated page."""
    found = adopt_texts(ENGLISH, TRANSLATIONS[locale])
    assert found.texts == truth(TRANSLATIONS[locale])
    assert found.adoption.taken == found.adoption.segments == len(parse_page(ENGLISH).segments)
    assert found.verdict.unexplained == ()
    assert {note.reason for note in found.adoption.notes} <= {Reason.FRONT_MATTER}
    assert found.verdict.equal >= found.verdict.blocks - 1


def test_a_section_that_is_missing_is_named_and_the_rest_is_taken() -> None:
    """The source has got a section since; nothing of it is guessed."""
    start, end = DUTCH.index('## <a name="before-you-begin">'), DUTCH.index('## <a name="restart">')
    found = adopt_texts(ENGLISH, DUTCH[:start] + DUTCH[end:])
    missing = {note.source_text for note in found.notes(Reason.NO_TRANSLATION)}
    assert missing == {
        "Before you begin",
        "You need the role `node-admin`.",
        "Install version 1.29 of [the tool](../tools/install.md).",
        "Tell your users.",
    }
    assert found.texts == {msgid: text for msgid, text in truth(DUTCH).items() if msgid not in missing}
    assert [note.source.line for note in found.notes(Reason.NO_TRANSLATION) if note.source] == [14, 16, 17, 18]
    assert len(found.notes(Reason.CODE)) == 1
    assert found.verdict.unexplained == ()


def parse_texts(text: str) -> set[str]:
    """msgids of a page."""
    return {segment.msgid for segment in parse_page(text).segments}


def test_a_section_that_only_the_translation_has_is_named() -> None:
    """The source has lost a section; its translation goes nowhere."""
    start, end = ENGLISH.index("## Before you begin"), ENGLISH.index("## Restart\n")
    found = adopt_texts(ENGLISH[:start] + ENGLISH[end:], DUTCH)
    assert len(found.notes(Reason.NO_SOURCE)) == 4
    assert found.texts == {
        msgid: text for msgid, text in truth(DUTCH).items() if msgid in parse_texts(ENGLISH[:start] + ENGLISH[end:])
    }
    assert found.verdict.unexplained == ()


def test_sections_in_another_order_are_taken_and_named() -> None:
    """Anchors out of order lead to what was moved."""
    first, second = DUTCH.index('## <a name="before-you-begin">'), DUTCH.index('## <a name="restart">')
    third = DUTCH.index('## <a name="next-steps">')
    found = adopt_texts(ENGLISH, DUTCH[:first] + DUTCH[second:third] + DUTCH[first:second] + DUTCH[third:])
    wrong = {msgid: text for msgid, text in found.texts.items() if text != truth(DUTCH)[msgid]}
    assert wrong == {}
    assert len(found.texts) >= len(truth(DUTCH)) - 1
    assert found.notes(Reason.MOVED)
    assert found.verdict.unexplained == ()


def test_an_inserted_paragraph_does_not_shift_the_others() -> None:
    """Four paragraphs against five: each finds its own."""
    english = (
        "# Limits\n\nPods get no IPv6 address.\n\nUp to 60 containers run in a group.\n\nAsk `support` for more.\n"
    )
    dutch = (
        "# Limieten\n\nPods krijgen geen IPv6-adres.\n\nDeze alinea is oud en hoort hier niet meer thuis.\n\n"
        "Er draaien hoogstens 60 containers in een groep.\n\nVraag `support` om meer.\n"
    )
    found = adopt_texts(english, dutch)
    assert found.texts["Pods get no IPv6 address."] == "Pods krijgen geen IPv6-adres."
    assert found.texts["Up to 60 containers run in a group."] == "Er draaien hoogstens 60 containers in een groep."
    assert found.texts["Ask `support` for more."] == "Vraag `support` om meer."
    (note,) = found.notes(Reason.NO_SOURCE)
    assert note.target is not None
    assert (note.target.path, note.target.line) == ("nl/page.md", 5)


def test_a_text_that_was_replaced_is_not_taken() -> None:
    """Other code, other numbers, another length: no translation of it, whatever its place says."""
    english = "# A\n\nRun `tool drain node-1` and wait 15 minutes.\n\n## B\n\nDone.\n"
    dutch = (
        "# A\n\nZet `kernel.max` op 4096, want de oude waarde van 512 was voor de meeste clusters te laag.\n\n"
        "## B\n\nKlaar.\n"
    )
    found = adopt_texts(english, dutch)
    assert "Run `tool drain node-1` and wait 15 minutes." not in found.texts
    assert found.verdict.unexplained == ()


def test_a_text_that_was_cut_in_two_is_put_together() -> None:
    """Its code and numbers are all there, some in each part."""
    english = "# A\n\nDrain the node with `tool drain` first. Then wait 15 minutes and start `tool restart`.\n\nDone.\n"
    dutch = (
        "# A\n\nMaak het knooppunt eerst leeg met `tool drain`.\n\nWacht dan 15 minuten en start `tool restart`.\n\n"
        "Klaar.\n"
    )
    found = adopt_texts(english, dutch)
    whole = "Drain the node with `tool drain` first. Then wait 15 minutes and start `tool restart`."
    assert found.texts[whole] == (
        "Maak het knooppunt eerst leeg met `tool drain`. Wacht dan 15 minuten en start `tool restart`."
    )
    assert len(found.notes(Reason.CUT)) == 2
    assert found.verdict.unexplained == ()


def test_two_texts_that_are_one_are_left_alone() -> None:
    """Neither can have the translation of both."""
    english = (
        "# A\n\nDrain the node with `tool drain` first.\n\nThen wait 15 minutes and start `tool restart`.\n\nDone.\n"
    )
    dutch = (
        "# A\n\nMaak het knooppunt eerst leeg met `tool drain`. Wacht dan 15 minuten en start `tool restart`.\n\n"
        "Klaar.\n"
    )
    found = adopt_texts(english, dutch)
    assert set(found.texts) == {"A", "Done."}
    assert len(found.notes(Reason.JOINED)) == 2
    assert found.verdict.unexplained == ()


def test_the_most_frequent_translation_of_a_repeated_text_wins() -> None:
    """The others are named; of equally frequent ones the first is taken."""
    english = "# A\n\n| X | Y |\n| --- | --- |\n| `a` | Yes |\n| `b` | Yes |\n| `c` | Yes |\n| `d` | No |\n"
    dutch = english.replace("| `a` | Yes", "| `a` | Jawel").replace("Yes", "Ja").replace("No |", "Nee |")
    found = adopt_texts(english, dutch)
    assert found.texts["Yes"] == "Ja"
    (note,) = found.notes(Reason.DUPLICATE)
    assert (note.target_text, note.source and note.source.line) == ("Jawel", 5)
    assert found.verdict.unexplained == ()


def test_markup_that_would_not_be_published_is_refused() -> None:
    """The original is kept for machine drafts; the msgstr stays empty."""
    dutch = "# Meer\n\nLees over <abbr title='x' onclick=\"y()\">pods</abbr> en over `kubectl` in versie 1.29.\n"
    found = adopt_texts("# More\n\nRead about pods and about `kubectl` in version 1.29.\n", dutch)
    (note,) = found.notes(Reason.REFUSED)
    assert "adds tag" in note.message
    (message,) = [message for message in found.adoption.messages if "kubectl" in message.msgid]
    assert message.msgstr == ""
    assert message.original.startswith("Lees over <abbr")
    assert found.verdict.unexplained == ()


def test_other_links_code_and_numbers_are_taken_and_named() -> None:
    """The translation is what the page says; a person sees what to look at."""
    english = "# A\n\nSee [it](one.md), `code` and 1,024 nodes of the large cluster.\n"
    dutch = "# A\n\nZie [het](two.md), `code` en 1.024 knooppunten van het grote cluster.\n"
    found = adopt_texts(english, dutch)
    (note,) = found.notes(Reason.DIFFERS)
    assert note.message == "link without one, with two"
    assert note.left is False
    assert found.texts["See [it](one.md), `code` and 1,024 nodes of the large cluster."].startswith("Zie [het](two.md)")


def test_text_that_nobody_translated_stays_empty() -> None:
    """A sentence of the source is left for translators; a name that is the same is a translation."""
    english = "# Azure\n\nThis sentence is still in the source's language.\n\nKubernetes\n"
    found = adopt_texts(english, english)
    assert found.texts == {"Azure": "Azure", "Kubernetes": "Kubernetes"}
    assert len(found.notes(Reason.UNTRANSLATED)) == 1
    assert found.verdict.unexplained == ()
    assert found.verdict.equal == found.verdict.blocks


def test_code_in_the_other_language_and_other_signs_are_named() -> None:
    """The page that is made has the source's code and the source's signs."""
    english = "# A\n\n* One node\n* Two nodes\n\n```python\nx = 1  # a node\n```\n"
    dutch = "# A\n\n- Eén knooppunt\n- Twee knooppunten\n\n```python\nx = 1  # een knooppunt\n```\n"
    found = adopt_texts(english, dutch)
    assert found.texts["One node"] == "Eén knooppunt"
    assert [note.message for note in found.notes(Reason.FORM)] == ["'-…' around the text instead of '*…'"] * 2
    assert len(found.notes(Reason.CODE)) == 1
    assert found.verdict.unexplained == ()


def test_a_difference_that_no_note_names_is_found() -> None:
    """The comparison knows nothing of the alignment: without the notes, the same pages are not explained."""
    source, target = parse_page("# A\n\nOne.\n\nTwo.\n"), parse_page("# A\n\nEen.\n\nTwee.\n")
    verdict = verify(source, "# A {#a}\n\nEen.\n\nTwo.\n", target, ())
    assert verdict.equal == 2
    assert [(item.line, item.text, item.made) for item in verdict.unexplained] == [
        (5, "Two.", True),
        (5, "Twee.", False),
    ]


def test_front_matter_is_paired_by_its_keys() -> None:
    """A key in another place, a key that is gone, and one that only the translation has."""
    english = "---\ntitle: One\ndescription: Two words\n---\n\nText here.\n"
    dutch = '---\nauthor: "x"\ndescription: "Twee woorden"\n---\n\nTekst hier.\n'
    found = adopt_texts(english, dutch)
    assert found.texts["Two words"] == "Twee woorden"
    (note,) = found.notes(Reason.NO_TRANSLATION)
    assert (note.source_text, note.message) == ("One", "the translated page has no title")
    assert found.notes(Reason.FRONT_MATTER)[0].message == "the front matter of the translated page differs: author"
    back = adopt_texts(dutch, english)
    assert [note.target_text for note in back.notes(Reason.NO_SOURCE)] == ["One"]
    assert back.verdict.unexplained == ()


def test_an_anchor_of_the_source_stays_in_its_heading() -> None:
    """Only what the localization put there is taken away."""
    found = adopt_texts('# <a name="x"></a>Nodes\n', '# <a name="x"></a>Knooppunten\n')
    assert found.texts == {'<a name="x"></a>Nodes': '<a name="x"></a>Knooppunten'}
    assert found.verdict.unexplained == ()


@pytest.mark.parametrize(
    ("english", "dutch"), [("", DUTCH), (ENGLISH, ""), ("", ""), ("```\n", "| a\n"), ("# A\n", "\n")]
)
def test_empty_and_broken_pages_give_notes_only(english: str, dutch: str) -> None:
    """Nothing to align is no error."""
    found = adopt_texts(english, dutch)
    assert found.texts == {}
    assert found.verdict.unexplained == ()


def test_windows_line_endings_make_no_difference() -> None:
    """On either side."""
    found = adopt_texts(ENGLISH.replace("\n", "\r\n"), GERMAN)
    assert found.texts == truth(GERMAN)
    assert found.verdict.unexplained == ()


BLOCKS = [block for block in DUTCH.partition("---\n\n")[2].split("\n\n") if block]
HEAD = DUTCH[: DUTCH.index("---\n\n") + 5]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(range(len(BLOCKS))), max_size=20))
def test_whatever_a_translation_has_become_each_difference_is_named(order: list[int]) -> None:
    """Blocks of the translation left out, repeated and in any order: the page made again differs as the notes say."""
    found = adopt_texts(ENGLISH, HEAD + "\n\n".join(BLOCKS[number] for number in order) + "\n")
    assert found.verdict.unexplained == ()


@settings(max_examples=60)
@given(st.sets(st.sampled_from(range(len(BLOCKS)))), st.integers(0, len(BLOCKS)))
def test_what_is_left_out_or_put_in_does_not_lead_astray(gone: set[int], place: int) -> None:
    """Each text that is taken is the right one, and most of those that are there are taken."""
    blocks = [block for number, block in enumerate(BLOCKS) if number not in gone]
    blocks.insert(min(place, len(blocks)), "Deze alinea over `kernel.max` staat alleen in de vertaling.")
    other = HEAD + "\n\n".join(blocks) + "\n"
    found = adopt_texts(ENGLISH, other)
    right = truth(DUTCH)
    assert {msgid: text for msgid, text in found.texts.items() if right[msgid] != text} == {}
    there = {segment.msgid.rpartition("</a>")[2] for segment in parse_page(other).segments}
    possible = {msgid for msgid, text in right.items() if text in there}
    assert len(found.texts) >= 0.6 * len(possible)


def test_a_higher_threshold_takes_less() -> None:
    """What is not taken is noted as unsure, with how sure it is."""
    source, target = parse_page(ENGLISH, path="a"), parse_page(DUTCH, path="b")
    alignment = align(page_items(source), page_items(target))
    strict = adopt_page(source, target, alignment, threshold=0.9999)
    unsure = [note for note in strict.notes if note.reason is Reason.UNSURE]
    assert unsure
    assert all(note.confidence is not None and note.confidence < 0.9999 for note in unsure)
    assert strict.taken + len(unsure) == strict.segments


def test_a_heading_with_another_id_is_another_heading() -> None:
    """A translation keeps the ids of its source; one that is of another heading says that the source has changed."""
    english = "# Nodes\n\nText of nodes.\n\n## What is a drained node\n\nA node without pods.\n\n## Last\n\nThe end.\n"
    dutch = (
        "# Knooppunten {#nodes}\n\nTekst over knooppunten.\n\n## Een standaardwaarde wijzigen {#change-a-default}\n\n"
        "Een knooppunt zonder pods.\n\n## Laatste {#last}\n\nHet einde.\n"
    )
    found = adopt_texts(english, dutch)
    assert "What is a drained node" not in found.texts
    assert found.texts["Last"] == "Laatste"
    same = adopt_texts(english, dutch.replace("change-a-default", "what-is-a-drained-node"))
    assert same.texts["What is a drained node"] == "Een standaardwaarde wijzigen"


@pytest.mark.parametrize(
    ("english", "dutch", "made"),
    [
        ("!!! note\n    Pods restart.\n", '!!! note "Let op"\n    Pods starten opnieuw.\n', '!!! note "Let op"'),
        ("/// tip\n\nPods restart.\n\n///\n", "/// tip | Handig\n\nPods starten opnieuw.\n\n///\n", "/// tip | Handig"),
        ('!!! note "Mind"\n    Pods restart.\n', '!!! note "Let op"\n    Pods starten opnieuw.\n', '!!! note "Let op"'),
    ],
)
def test_a_title_that_readers_see_without_it_being_written_is_a_text(english: str, dutch: str, made: str) -> None:
    """Boxes have a title of the theme's in the source, and one of their own in the translation."""
    found = adopt_texts(f"# More\n\n{english}", f"# Meer\n\n{dutch}")
    assert made in found.made
    assert found.notes(Reason.FORM) == []
    assert found.verdict.unexplained == ()
    other = adopt_texts(f"# More\n\n{english}", f"# Meer\n\n{dutch.replace('note', 'warning').replace('tip', 'info')}")
    assert len(other.notes(Reason.FORM)) == 1
    assert other.verdict.unexplained == ()
