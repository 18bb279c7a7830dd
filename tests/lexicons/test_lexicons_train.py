"""Gold data, measures and thresholds of split compounds, on a few sentences of our own."""

from __future__ import annotations

import gzip
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from knooppunt.errors import DataError, UsageError
from knooppunt.lexicons.counts import Counts, counts_of
from knooppunt.lexicons.examples import Examples, blank_model, gather
from knooppunt.lexicons.gold import GoldSentence, evaluate, evidence_of, gold_groups, read_gold
from knooppunt.lexicons.train import main, threshold
from knooppunt.repair import NEVER, WordListDetector, parse_lexicon, rules_for

if TYPE_CHECKING:
    from collections.abc import Sequence

LINES = [
    ("De knoop punten starten.", "De knooppunten starten.", {"knoop": "J", "De": "K", "punten": "K"}),
    ("Elke knoop punten groep.", "Elke knooppunten groep.", {"knoop": "J", "punten": "K"}),
    ("Een mooie dag.", "Een mooie dag.", {"Een": "K", "mooie": "K"}),
    ("De CM aanvraag.", "De CM-aanvraag.", {"CM": "H"}),
]


def written(folder: Path, lines: Sequence[object]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(line) + "\n" for line in lines))
    return path


def record(broken: str, good: str, labels: dict[str, str]) -> dict[str, object]:
    words = broken.rstrip(".").split(" ")
    places = [broken.index(word) for word in words]
    ends = [at + len(word) for at, word in zip(places, words, strict=True)]
    pairs = [
        [places[at], ends[at], places[at + 1], ends[at + 1], labels[word]]
        for at, word in enumerate(words[:-1])
        if word in labels
    ]
    return {"file": "a.md", "broken": broken, "good": good, "en": None, "pairs": pairs}


@pytest.fixture
def sentences(tmp_path: Path) -> list[GoldSentence]:
    return list(read_gold(written(tmp_path, [record(*line) for line in LINES])))


def test_gold_sentences_are_read(sentences: list[GoldSentence]) -> None:
    first = sentences[0]
    assert first.group == "sample"
    assert first.labels == {2: "K", 8: "J", 15: "K"}
    assert first.types[8] == ("knoop", "punten")
    assert evidence_of(sentences).pairs["knoop", "punten"] == 2


def test_a_broken_line_and_a_missing_folder_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, [record(*LINES[0]), {"broken": "x"}])
    with pytest.raises(DataError, match=r"sample\.jsonl\.gz:2: this is no gold sentence"):
        list(read_gold(path))
    with pytest.raises(UsageError, match="there is no gold data"):
        gold_groups(tmp_path / "none")


def test_measures_count_right_wrong_and_missed(sentences: list[GoldSentence]) -> None:
    both = WordListDetector(["knooppunten", "mooiedag"], set(), rules_for("nl"))
    fix = evaluate(sentences, both)["fix"]
    assert (fix.right, fix.wrong, fix.missed) == (2, 1, 0)
    assert (fix.precision, fix.recall) == (2 / 3, 1.0)
    assert (fix.type_precision, fix.type_recall) == (0.5, 1.0)
    fix = evaluate(sentences, both, adjudicated={("mooie", "dag")})["fix"]
    assert (fix.right, fix.wrong) == (3, 0)
    none = evaluate(sentences, WordListDetector([], set(), rules_for("nl")))["suggest"]
    assert (none.right, none.missed, none.precision, none.recall, none.f1) == (0, 2, 1.0, 0.0, 0.0)


def test_candidates_become_rows_with_labels(sentences: list[GoldSentence]) -> None:
    counts = Counts()
    counts.words.update({"knooppunten": 9, "mooie": 3, "dag": 5})
    lexicon = parse_lexicon(counts.render(), "x")
    rules = rules_for("nl")
    blank = blank_model(["de"], ["de", "te"], ["van"], lexicon, rules)
    found = gather(sentences, lexicon, blank, rules, lambda _: None, lambda _: None)
    sizes = [len(table) for families in blank.weights.values() for table in families.values()]
    assert [kind for kind, label in zip(found.types, found.labels, strict=True) if label] == [("knoop", "punten")] * 2
    assert ("mooie", "dag") in found.types
    assert found.missed == 0
    assert all(len(row) == len(sizes) for row in found.rows)
    assert all(0 <= at < size for row in found.rows for at, size in zip(row, sizes, strict=True))


def test_a_threshold_has_the_precision_that_is_asked_for() -> None:
    scores = [5.0, 4.0, 3.0, 2.0, 1.0, 0.0]
    labels = [True, True, False, True, True, False]
    kinds = [(str(at), "x") for at in range(6)]
    examples = Examples([[0]] * 6, labels, kinds)
    assert threshold(examples, scores, 1.0) == 4.0
    assert threshold(examples, scores, 0.8) == 1.0
    assert threshold(examples, scores, 1.0, {("2", "x")}) == 1.0, "what a person found to be one word is no error"
    assert threshold(Examples([[0]], [False], [("a", "b")]), [9.0], 0.9) == NEVER


def test_a_set_of_sentences_is_counted_out() -> None:
    counts = Counts(own=2)
    counts.words.update({"knooppunt": 5, "pod": 1})
    counts.pairs.update({("de", "pod"): 9})
    own = evidence_of([GoldSentence("a", "b", "de pod, knooppunt", "", None, {}, {})])
    left = counts.without(own)
    assert dict(left.words) == {"knooppunt": 3}
    assert dict(left.pairs) == {("de", "pod"): 7}


def test_counts_are_read_with_their_hyphens(tmp_path: Path) -> None:
    (tmp_path / "nl").mkdir()
    (tmp_path / "en").mkdir()
    for name, text in (
        ("nl/a-words.tsv.gz", "cm-aanvraag\t4\npad/naam\t9\npod\t2\n"),
        ("nl/a-pairs.tsv.gz", "azure\tcm-aanvraag\t3\nde\t365-pod\t2\n"),
        ("en/wordfreq-words.tsv.gz", "request\t1000\n"),
    ):
        with gzip.open(tmp_path / name, "wt", encoding="utf-8") as file:
            file.write(text)
    counts = counts_of("nl", [tmp_path])
    assert dict(counts.words) == {"cm": 4, "aanvraag": 4, "pod": 2}
    assert dict(counts.pairs) == {("cm", "-aanvraag"): 4, ("azure", "cm"): 3}
    assert dict(counts.english) == {"request": 20}
    with gzip.open(tmp_path / "nl/b-words.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("pod\t2\npod\n")
    with pytest.raises(DataError, match=r"b-words\.tsv\.gz:2: this is not 1 word"):
        counts_of("nl", [tmp_path])


def test_training_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--language", "nl", "--gold", str(tmp_path), "--out", str(tmp_path / "out")]
    assert main(arguments) == 2
    assert "there is no gold data" in capsys.readouterr().err
    written(tmp_path / "nl", [record(*line) for line in LINES])
    assert main(arguments) == 2
    assert "200 split compounds" in capsys.readouterr().err
    if find_spec("sklearn") is None:
        written(tmp_path / "nl", [record(*line) for line in LINES * 120])
        assert main(arguments) == 2
        assert "pip install -r .ci/requirements-train.txt" in capsys.readouterr().err
