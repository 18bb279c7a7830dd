"""The verb `terms accept` and `terms reject`: decisions on pairs, written into the word lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_project import make_project, snapshot

from knooppunt.cli import main
from knooppunt.errors import UsageError
from knooppunt.repair import parse_keep, parse_words, rules_for
from knooppunt.repair.decisions import HEADING, WordLists, accept_words, insert_line, joined_word, reject_words

if TYPE_CHECKING:
    from pathlib import Path

NL = rules_for("nl")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def run(root: Path, *arguments: str) -> int:
    return main(["terms", *arguments, "--project", str(root)])


def lists(root: Path) -> tuple[str, str]:
    folder = root / "locales/nl"
    words, keep = ((folder / name) for name in ("words.txt", "keep.txt"))
    return text_of(words), text_of(keep)


def text_of(path: Path) -> str:
    return path.read_bytes().decode() if path.exists() else ""


def write(root: Path, words: str = "", keep: str = "") -> None:
    (root / "locales/nl/words.txt").write_bytes(words.encode())
    (root / "locales/nl/keep.txt").write_bytes(keep.encode())


def test_an_accepted_pair_is_one_word_and_a_rejected_one_stays_two(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = root / "a.md"
    page.write_text("De knoop punten zijn open source.\n", encoding="utf-8")
    assert run(root, "accept", "knoop punten", "--locale", "nl") == 0
    assert run(root, "reject", "open source", "--locale", "nl") == 0
    assert lists(root) == ("knooppunten\n", "open source\n")
    assert "locales/nl/words.txt:1: knooppunten: added" in capsys.readouterr().out
    assert main(
        ["check", "--project", str(root), "--locale", "nl", "--fix", "--select", "split-compound", str(page)]
    ) in {0, 1}
    assert page.read_text(encoding="utf-8") == "De knooppunten zijn open source.\n"


def test_order_comments_and_line_ends_stay(root: Path) -> None:
    words = "# Parts\r\naap\r\n\r\n# More\r\nnoot # why\r\n"
    write(root, words, "a b\nc d")
    assert run(root, "accept", "toegangs beheer lijst") == 0
    assert run(root, "accept", "bestands naam") == 0
    assert run(root, "reject", "b c") == 0
    assert run(root, "reject", "x y") == 0
    added = f"\r\n{HEADING}\r\nbestandsnaam\r\ntoegangsbeheerlijst\r\n"
    assert lists(root) == (words + added, "a b\nb c\nc d\nx y\n")


def test_a_second_time_nothing_is_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "# W\nknooppunt\n", "load balancer # a product\n")
    before = snapshot(root)
    assert run(root, "accept", "knoop", "punten") == 0  # the plural of a word that is there
    assert run(root, "reject", "Load Balancer") == 0
    assert snapshot(root) == before
    out = capsys.readouterr().out
    assert "locales/nl/words.txt:2: knooppunten: there already" in out
    assert "locales/nl/keep.txt:1: load balancer: there already" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("accept", "load balancer"), "'load balancer' is in locales/nl/keep.txt:2 as a pair that stays two words"),
        (("reject", "knoop punten"), "'knooppunten' is in locales/nl/words.txt:2 as one word; take that line out"),
        (("accept", "knooppunten"), "'knooppunten' is not a pair; write two words or more"),
        (("accept", "a # b"), "'#' is not a word; write the words as they stand"),
        (("accept", "a b c d e f g"), "is not a pair"),
        (("reject", "a b c"), "'a b c' is more than a pair; reject the two words"),
        (
            ("accept", "AKS cluster"),
            "'AKS' is in capitals, and such words take a hyphen; say how it is written: --as AKS-cluster",
        ),
        (("accept", "klant steun", "--as", "klantensteen"), "'klantensteen' is not made of 'klant steun'"),
        (("accept", "klant steun", "--as", "klanten steun"), "'klanten steun' is not one word"),
        (("accept", "a b", "--locale", "xx"), "no locale 'xx'"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    write(root, "# W\nknooppunt\n", "# K\nload balancer\n")
    before = snapshot(root)
    assert run(root, *arguments) == 2
    assert message in capsys.readouterr().err
    assert snapshot(root) == before


def test_several_pairs_are_written_together_or_not_at_all(root: Path) -> None:
    write(root, "", "open source\n")
    before = snapshot(root)
    assert run(root, "accept", "werk ruimte", "open source") == 2
    assert snapshot(root) == before
    assert run(root, "accept", "werk ruimte", "naam ruimte") == 0
    assert lists(root)[0] == "naamruimte\nwerkruimte\n"


def test_how_it_is_written(root: Path) -> None:
    assert run(root, "accept", "AKS cluster", "--as", "AKS-cluster") == 0
    assert run(root, "accept", "klant ondersteuning", "--as", "klantenondersteuning") == 0
    assert lists(root)[0] == "AKS-cluster\nklantenondersteuning\n"


def test_a_broken_list_is_named_with_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "een twee\n", "")
    assert run(root, "accept", "a b") == 2
    assert "locales/nl/words.txt:1: 'een twee' is more than one word" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "language", "joined"),
    [
        (("Knoten", "Punkte"), "de", "Knotenpunkte"),
        (("Knoop", "Punten"), "nl", "knooppunten"),
        (("configuratie", "instelling"), "nl", "configuratie-instelling"),
        (("lösen", "ord"), "sv", "lösenord"),
    ],
)
def test_the_joined_word(words: tuple[str, ...], language: str, joined: str) -> None:
    assert joined_word(words, language) == joined


def test_initials_need_a_hyphen() -> None:
    with pytest.raises(UsageError, match="--as AKS-cluster"):
        joined_word(("AKS", "cluster"), "nl")


LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "# a comment", HEADING, "  "]), st.from_regex(r"[a-z]{1,4}( # why)?", fullmatch=True)
    ),
    max_size=8,
)


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.from_regex(r"[a-z]{5,6}", fullmatch=True))
def test_an_inserted_line_is_the_only_change(lines: list[str], newline: str, ended: bool, word: str) -> None:
    text = newline.join(lines) + (newline if ended and lines else "")
    new, number = insert_line(text, word)
    after = new.splitlines()
    assert after[number - 1] == word
    rest = [line for at, line in enumerate(after) if at != number - 1]
    before = text.splitlines()
    assert rest[: len(before)] == before
    assert all(line in {"", HEADING} for line in rest[len(before) :])
    assert not ("\r\n" in new and "\n" in new.replace("\r\n", ""))


@given(st.lists(st.sampled_from(["aap noot", "knoop punt", "open source", "naam ruimte"]), max_size=6), st.data())
def test_the_lists_never_contradict_each_other(pairs: list[str], data: st.DataObject) -> None:
    current = WordLists()
    for pair in pairs:
        words = pair.split()
        try:
            if data.draw(st.booleans()):
                current = accept_words(current, words, NL, "nl").lists
            else:
                current = reject_words(current, words, NL).lists
        except UsageError:
            continue
    joined = parse_words(current.words, "w")
    assert not [kept for kept in parse_keep(current.keep, "k") if "".join(kept) in joined]
