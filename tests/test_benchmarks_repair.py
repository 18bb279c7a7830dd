"""The benchmark of split compounds without its measuring: what is a join, who is taught what, what is promised."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.drivers import repair_train
from benchmarks.drivers.repair_clean import apart
from benchmarks.drivers.repair_peer import by_chance, by_rules, gaps, pairs, with_dictionary
from benchmarks.repair import Answers, pooled, promised, row
from benchmarks.repair_gold import folds, measure_of, numbers, sample, without, words_in
from knooppunt.lexicons.counts import Counts
from knooppunt.lexicons.gold import Measure, evaluate, majority_of, read_gold

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "De knoop punten staan in het rek."
GOOD = "De knooppunten staan in het rek."


def sentence(broken: str, good: str, joins: tuple[str, ...], file: str = "a.md") -> dict[str, Any]:
    """A line of gold data of our own: every pair is K but for those given."""
    marked = [
        [start, start + len(a), end - len(b), end, "J" if f"{a} {b}" in joins else "K"]
        for start, end, a, b in pairs(broken)
    ]
    return {"repo": "own", "file": file, "broken": broken, "good": good, "en": None, "pairs": marked}


def gold_file(place: Path, *lines: dict[str, Any]) -> Path:
    """A file of gold data."""
    place.write_bytes(gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode()))
    return place


def test_pairs_are_neighbours_of_letters_only() -> None:
    found = [pair[2:] for pair in pairs("De knoop punten, v1 en ge- test zijn_er")]
    assert found == [("De", "knoop"), ("knoop", "punten"), ("en", "ge")]


def test_a_dictionary_joins_what_it_has_and_the_strict_way_only_where_a_part_is_missing() -> None:
    known = {"knooppunten", "punten", "staan", "instaan", "in"}
    found = with_dictionary(["knoop punten in staan"], known.__and__, strict=False)
    assert found == [[[0, 12], [13, 21]]]
    assert with_dictionary(["knoop punten in staan"], known.__and__, strict=True) == [[[0, 12]]]


def test_frequencies_join_what_meets_more_often_than_by_chance() -> None:
    frequencies = {"knooppunten": 1e-6, "knoop": 1e-5, "punten": 1e-4, "ofde": 2e-8, "of": 1e-2, "de": 5e-2}
    assert by_chance(["knoop punten of de"], lambda word: frequencies.get(word, 0.0)) == [[[0, 12]]]


@pytest.mark.parametrize(
    ("suggestions", "joins"),
    [
        (["toegangsbeheerlijst"], [[0, 15], [9, 21]]),
        (["toegangs beheerlijst"], [[9, 21]]),
        (["toegang beheerlijst", "toegangsbeheer lijst"], [[0, 15]]),
        (["iets anders"], []),
        ([], []),
    ],
)
def test_a_rule_joins_where_its_suggestion_has_no_space(suggestions: list[str], joins: list[list[int]]) -> None:
    text = "toegangs beheer lijst"
    assert gaps(text, 0, len(text), suggestions) == joins
    match = {"offset": 3, "length": len(text), "suggestions": suggestions}
    assert by_rules([f"De {text}"], lambda _: [match]) == [[[a + 3, b + 3] for a, b in joins]]


def test_joins_are_counted_against_the_gold_data(tmp_path: Path) -> None:
    place = gold_file(tmp_path / "own.jsonl.gz", sentence(BROKEN, GOOD, ("knoop punten",)))
    gold = list(read_gold(place))
    measured = evaluate(gold, Answers({BROKEN: [[3, 15], [22, 28]]}), source=False)["fix"]
    assert (measured.right, measured.wrong, measured.missed) == (1, 1, 0)
    missed = evaluate(gold, Answers({BROKEN: []}), source=False)["suggest"]
    assert (missed.right, missed.wrong, missed.missed) == (0, 0, 1)


def test_measures_survive_the_way_between_processes() -> None:
    measure = Measure(3, 1, 2)
    measure.right_types[("knoop", "punten")] += 3
    measure.wrong_types[("of", "de")] += 1
    again = measure_of(json.loads(json.dumps(numbers(measure))))
    assert again == measure
    assert row("x", "1", 7, again, 12.6) == ("x", "1", 7, 0.75, 0.6, again.f1, 0.5, 1.0, 13)
    assert again.f1 == pytest.approx(2 / 3)


def test_one_repository_is_dealt_by_file_and_several_are_not(tmp_path: Path) -> None:
    lines = [sentence(BROKEN, GOOD, (), file=f"{number}.md") for number in range(20) for _ in range(2)]
    one = folds(gold_file(tmp_path / "own.jsonl.gz", *lines))
    assert sorted(one) == ["own-0", "own-1"]
    files = [{part.file for part in parts} for parts in one.values()]
    assert all(files)
    assert not files[0] & files[1]
    assert sum(map(len, one.values())) == 40
    gold_file(tmp_path / "other.jsonl.gz", lines[0])
    assert {name: len(part) for name, part in folds(tmp_path).items()} == {"other": 1, "own": 40}


def test_nothing_is_learned_from_the_part_that_is_measured(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        gold_file(tmp_path / f"{name}.jsonl.gz", sentence(f"{name}knoop punten", f"{name}knooppunten", ()))
    clean = Counts()
    clean.words.update({"aknooppunten": 2, "bknooppunten": 5})
    learned, others = without(clean, folds(tmp_path), "a")
    assert dict(learned.words) == {"bknooppunten": 5}
    assert sorted(others) == ["b", "c"]


def test_with_one_repository_the_good_texts_of_the_other_files_are_counted_in(tmp_path: Path) -> None:
    lines = [sentence(f"knoop punten {file}", f"knooppunten{file}", (), file=file) for file in "abcdefghijkl"]
    parts = folds(gold_file(tmp_path / "own.jsonl.gz", *lines))
    clean = Counts()
    clean.words.update({"rek": 3})
    learned, others = without(clean, parts, "own-0")
    held_out = {f"knooppunten{part.file}" for part in parts["own-0"]}
    assert not held_out & set(learned.words)
    assert learned.words["rek"] == 3
    assert {f"knooppunten{part.file}" for part in parts["own-1"]} <= set(learned.words)
    assert sum(map(len, others.values())) == len(parts["own-1"])
    assert dict(clean.words) == {"rek": 3}


def test_a_pair_that_is_nearly_always_joined_is_joined_where_it_was_kept(tmp_path: Path) -> None:
    lines = [sentence(BROKEN, GOOD, ("knoop punten",)) for _ in range(5)]
    lines += [sentence("De knoop punten zijn er", "", ()), sentence("voor delen", "", ("voor delen",))]
    lines += [sentence("voor delen", "", ("voor delen",)), sentence("voor delen", "", ())]
    known = majority_of(list(read_gold(gold_file(tmp_path / "own.jsonl.gz", *lines))))
    assert known == {("knoop", "punten")}


def test_a_sample_is_the_same_each_time(tmp_path: Path) -> None:
    lines = [sentence(BROKEN, GOOD, (), file=f"{number}.md") for number in range(30)]
    gold = list(read_gold(gold_file(tmp_path / "own.jsonl.gz", *lines)))
    chosen = sample(gold, 5)
    assert [part.file for part in chosen] == [part.file for part in sample(gold, 5)]
    assert len(sample(gold, 99)) == 30
    assert words_in([BROKEN, "een twee"]) == 9


def told(right: int, wrong: int, missed: int, labelled: int = 999) -> dict[str, Any]:
    """What the driver tells of one part."""
    measured = numbers(Measure(right, wrong, missed))
    return {"labelled": labelled, "tiers": {"with": {"fix": measured, "suggest": measured}}}


def test_promises_are_of_all_parts_together() -> None:
    of_dutch = {"a": told(990, 2, 10), "b": told(10, 0, 5), "broken when good": told(1, 99, 0, labelled=100)}
    assert pooled(of_dutch, "with", "fix").missed == 15
    cost = {"load": 0.1, "speed": 150_000.0, "sizes": {"nl": 16_000_000, "de": 1}}
    clean = (("nl", "good texts", 1000, 2.0, 0.2, 3.0), ("de", "a manual", 1000, 0.5, 0.5, 1.0))
    gates = promised({"nl": of_dutch, "sv": {"a": told(97, 3, 0)}, "de": {"a": told(99, 1, 0)}}, clean, cost)
    kept = {gate.name.removeprefix("repair: "): gate.passed for gate in gates}
    assert kept == {
        "nl, precision of what is fixed": True,
        "nl, recall of what is fixed": True,
        "nl, precision of what is suggested": True,
        "nl, recall of what is suggested": True,
        "sv, precision of what is fixed": False,
        "de, precision of what is fixed": True,
        "nl, false fixes per 1,000 sentences of good texts": True,
        "de, false fixes per 1,000 sentences of a manual": False,
        "words per second, all checks": False,
        "seconds to load the data of a language": True,
        "MB of data of a language": False,
    }


def test_compounds_of_frequent_words_are_split_on_purpose() -> None:
    frequencies = {
        "knoop": 5000,
        "punten": 9000,
        "knooppunten": 10,
        "schoonmaken": 99_000,
        "schoon": 2000,
        "maken": 9000,
    }
    texts = {f"{number} knooppunten en schoonmaken" for number in range(20)}
    found = dict(apart(text, frequencies) for text in texts)
    split = {text: places for text, places in found.items() if places}
    assert 0 < len(split) < len(texts)
    for text, places in split.items():
        assert [text[place - 5 : place + 7] for place in places] == ["knoop punten"]
        assert text.replace("knoop punten", "knooppunten") in texts


def test_a_repository_is_measured_with_what_training_makes_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its sentences nor its share of the clean text are learned from, and all others are."""
    words = {"one": "kool", "two": "raap", "three": "biet"}
    for name, word in words.items():
        gold_file(
            tmp_path / f"{name}.jsonl.gz", sentence(f"De {word} schotel.", f"De {word}schotel.", (f"{word} schotel",))
        )
    clean = Counts(own=1)
    for part in folds(tmp_path).values():
        clean.add_good(part)
    seen = {}

    def train(_: str, learned: Counts, groups: dict[str, Any], notes: dict[str, str], *_rest: object) -> dict[str, Any]:
        seen[notes["without"]] = (set(groups), {word for word in words.values() if learned.words[f"{word}schotel"] > 0})
        return {}

    monkeypatch.setattr(repair_train, "gold", lambda _: tmp_path)
    monkeypatch.setattr(repair_train, "counts", lambda _: clean)
    monkeypatch.setattr(repair_train, "train", train)
    assert [told["part"] for told in repair_train.by_repository("nl", tmp_path)] == sorted(words)
    for name, word in words.items():
        assert seen[name] == (set(words) - {name}, set(words.values()) - {word})
