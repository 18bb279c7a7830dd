"""What languages teach each other: the parts that need no fitting."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knooppunt.lexicons.counts import Counts, counts_of
from knooppunt.lexicons.examples import Examples
from knooppunt.lexicons.fit import sizes_of
from knooppunt.lexicons.transfer import (
    MOST_OF_PAIR,
    blank_of,
    class_of,
    main,
    neutral,
    of_one_language,
    sets_of,
    spread,
    thinned,
)

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.repair import SplitModel


@pytest.fixture
def blank() -> SplitModel:
    """A model without weights of a few words."""
    counts = Counts()
    counts.words.update({"der": 90, "und": 80, "knoten": 20, "punkt": 20, "knotenpunkt": 9})
    counts.pairs.update({("der", "knoten"): 5})
    return blank_of("de", counts)


def families(model: SplitModel) -> list[str]:
    """Names of the families, in the order of the bins."""
    return [name for some in model.weights.values() for name in some]


def test_bins_of_one_language_are_those_that_name_its_words_or_letters(blank: SplitModel) -> None:
    bounds = dict(zip(families(blank), of_one_language(blank, words=False), strict=True))
    assert bounds["left"] == bounds["right"] == len(blank.frequent)
    assert bounds["first ending"] > 0
    assert bounds["joined"] == bounds["source"] == 0
    assert not any(bounds[name] for name in bounds if " after " in name)
    loose = dict(zip(families(blank), of_one_language(blank, words=True), strict=True))
    assert all(loose[name] for name in loose if " after " in name)


def test_a_weight_of_a_bin_of_one_language_is_that_of_all_of_them(blank: SplitModel) -> None:
    bounds, sizes = of_one_language(blank, words=False), sizes_of(blank)
    last = [[size - 1 for size in sizes], [min(1, size - 1) for size in sizes]]
    rows = neutral(last, bounds)
    at = families(blank).index("left")
    assert rows[0][at] == sizes[at] - 1, "what is no word stays"
    assert rows[1][at] == 0
    numbered = {
        group: {name: tuple(float(number) for number in range(len(table))) for name, table in some.items()}
        for group, some in blank.weights.items()
    }
    model = spread(replace(blank, weights=numbered), bounds)
    left = model.weights["place"]["left"]
    assert set(left[: len(blank.frequent)]) == {0.0}
    assert left[-1] == len(left) - 1
    assert model.weights["pair"]["joined"] == numbered["pair"]["joined"]


def test_a_pair_is_given_a_few_times_with_each_label() -> None:
    count = MOST_OF_PAIR + 5
    kinds = [("knoten", "punkt")] * 2 * count + [("der", "punkt")]
    labels = [True] * count + [False] * count + [False]
    examples = Examples([[number] for number in range(len(kinds))], labels, kinds)
    found = thinned(examples)
    assert sum(found.labels) == MOST_OF_PAIR
    assert len(found.rows) == 2 * MOST_OF_PAIR + 1
    assert found.rows[0] == [0]
    assert found.types[-1] == ("der", "punkt")


def gold(place: Path, broken: str, good: str, file: str = "a.md") -> None:
    """Add a sentence to a file of gold data; its first two words are one."""
    first, second = broken.split()[:2]
    pair = [0, len(first), len(first) + 1, len(first) + 1 + len(second), " ", ""]
    line = json.dumps({"file": file, "broken": broken, "good": good, "en": None, "pairs": [pair]}) + "\n"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes((place.read_bytes() if place.is_file() else b"") + gzip.compress(line.encode()))


def test_good_texts_that_no_count_holds_are_counted_in(tmp_path: Path) -> None:
    for number in range(12):
        gold(tmp_path / "gold/de.jsonl.gz", "Knoten Punkte fehlen", "Knotenpunkte fehlen", f"{number}.md")
    (tmp_path / "gold/de.txt").write_text("# read\nbenutzer-konto rolle\n", encoding="utf-8")
    taught = class_of("de", tmp_path / "gold", [tmp_path / "counts"], tmp_path / "gold")
    assert len(taught.groups) == 2
    assert sum(map(len, taught.groups.values())) == 12
    assert taught.counts.words["knotenpunkte"] == 12
    assert taught.counts.own == 1
    read, nearly_always_joined = {("benutzer-konto", "rolle"), ("konto", "rolle")}, {("knoten", "punkte")}
    assert taught.adjudicated == read | nearly_always_joined


def test_a_folder_of_gold_data_is_in_the_clean_counts_already(tmp_path: Path) -> None:
    for name in ("a", "b"):
        gold(tmp_path / f"nl/{name}.jsonl.gz", "knoop punten ontbreken", "knooppunten ontbreken")
    (tmp_path / "nl/clean-words.tsv.gz").write_bytes(gzip.compress(b"knooppunten\t7\n"))
    taught = class_of("nl", tmp_path, [], tmp_path)
    assert sorted(taught.groups) == ["a", "b"]
    assert dict(taught.counts.words) == {"knooppunten": 7}
    assert sets_of(taught.groups) == taught.groups
    assert class_of("fi", tmp_path, [], tmp_path).groups == {}


def test_counts_of_general_language_weigh_less(tmp_path: Path) -> None:
    (tmp_path / "sv").mkdir()
    (tmp_path / "sv/wordfreq-words.tsv.gz").write_bytes(gzip.compress(b"och\t1000\nrar\t2\n"))
    (tmp_path / "sv/manuals-words.tsv.gz").write_bytes(gzip.compress("och\t30\nnätverk-nod\t4\n".encode()))
    (tmp_path / "sv/manuals-pairs.tsv.gz").write_bytes(gzip.compress(b"och\tnod\t3\n"))
    found = counts_of("sv", [tmp_path])
    assert dict(found.words) == {"och": 50, "rar": 1, "nätverk": 4, "nod": 4}
    assert found.pairs["och", "nod"] == 3


def test_data_that_is_damaged_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl/clean-words.tsv.gz").write_bytes(gzip.compress(b"knooppunten\n"))
    options = ["--language", "da", "--gold", str(tmp_path), "--counts", str(tmp_path), "--adjudicated", str(tmp_path)]
    assert main([*options, "--out", str(tmp_path / "out")]) == 2
    assert "clean-words.tsv.gz:1" in capsys.readouterr().err
