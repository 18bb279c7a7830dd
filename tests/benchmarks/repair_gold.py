"""The gold data of split compounds in parts, each of which is measured with what was learned of the others."""

from __future__ import annotations

import json
import os
import random
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import ROOT
from corpora import ROOT as CORPORA
from knooppunt.lexicons.counts import Counts, counts_of, own_counts
from knooppunt.lexicons.gold import Measure, gold_groups, read_adjudicated

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from knooppunt.lexicons.gold import GoldSentence, Type

GOLD = CORPORA / "mt-gold"
COUNTS = Path(os.environ.get("KNOOPPUNT_COUNTS") or ROOT / ".venv" / "counts")
"""Where `.ci/counts` puts what it counts in openly licensed software."""
CLEAN = ROOT / ".venv" / "peers" / "clean"
MANUALS = {
    "aptitude-doc-nl": "nl",
    "debian-edu-doc-nl": "nl",
    "lilypond-doc-html-nl": "nl",
    "debian-edu-doc-de": "de",
    "debian-edu-doc-legacy-sv": "sv",
    "debian-edu-doc-da": "da",
    "debian-edu-doc-nb-no": "nb",
    "aptitude-doc-fi": "fi",
}
"""Manuals that nothing is counted in, in folders of `CLEAN`, each with its language."""
ADJUDICATED = Path(__file__).parent / "adjudicated"
PARTS = 2
"""Into how many parts the gold data of one repository is dealt, file by file."""
INNER = 2
"""Into how many sets the sentences of one part are dealt: thresholds are read off scores by models of the others."""
SEED = 4


def gold(language: str) -> Path:
    """The gold data of a language: a folder with a file per repository, or one file."""
    folder = GOLD / language
    return folder if folder.is_dir() else GOLD / f"{language}.jsonl.gz"


def folds(place: Path) -> dict[str, list[GoldSentence]]:
    """Sentences by repository; those of one repository in parts, each file in one of them."""
    groups = gold_groups(place)
    if len(groups) > 1:
        return groups
    ((name, sentences),) = groups.items()
    return dealt_by_file(name, sentences, PARTS)


def dealt_by_file(name: str, sentences: Sequence[GoldSentence], ways: int) -> dict[str, list[GoldSentence]]:
    """Sentences in parts, each file in one of them; a part that is dealt once more is dealt in another way."""
    parts: dict[str, list[GoldSentence]] = {f"{name}-{number}": [] for number in range(ways)}
    for sentence in sentences:
        parts[f"{name}-{zlib.crc32(f'{name} {sentence.file}'.encode()) % ways}"].append(sentence)
    return parts


def counts(language: str) -> Counts:
    """Counts of clean text that the data of a language is made of; empty where there are none on this machine."""
    return counts_of(language, [GOLD, COUNTS])


def without(
    clean: Counts, parts: Mapping[str, list[GoldSentence]], name: str
) -> tuple[Counts, dict[str, list[GoldSentence]]]:
    """What is learned from where one part is left out: counts of clean text, and sentences in two sets or more.

    Where the clean text holds the good sentences, those of the part are counted out; else those of the others are
    counted in.
    """
    others = {other: part for other, part in parts.items() if other != name}
    if len(others) > 1:
        return clean.without(own_counts(parts[name])), others
    ((other, sentences),) = others.items()
    learned = Counts(clean.words.copy(), clean.pairs.copy(), clean.english, own=1)
    learned.add_good(sentences)
    return learned, dealt_by_file(other, sentences, INNER)


def adjudicated(language: str) -> frozenset[Type]:
    """Pairs that the gold data keeps apart, and that people found to be one word."""
    listed = ADJUDICATED / f"{language}.txt"
    return read_adjudicated(listed) if listed.is_file() else frozenset()


def joins_in(sentences: Sequence[GoldSentence]) -> int:
    """How many pairs of sentences are labelled as one word."""
    return sum(label in {"J", "L"} for sentence in sentences for label in sentence.labels.values())


def sample(sentences: Sequence[GoldSentence], size: int) -> list[GoldSentence]:
    """So many sentences at random, the same each time."""
    return random.Random(SEED).sample(sentences, min(size, len(sentences)))  # noqa: S311 # no secret


def words_in(texts: Collection[str]) -> int:
    """Runs of signs between spaces."""
    return sum(len(text.split()) for text in texts)


def numbers(measure: Measure) -> dict[str, Any]:
    """What a process tells another one of a measure."""
    return {
        "right": measure.right,
        "wrong": measure.wrong,
        "missed": measure.missed,
        **{
            name: [[*kind, count] for kind, count in sorted(getattr(measure, name).items())]
            for name in ("right_types", "wrong_types", "missed_types")
        },
    }


def measure_of(told: Mapping[str, Any]) -> Measure:
    """A measure from its numbers."""
    measure = Measure(told["right"], told["wrong"], told["missed"])
    for name in ("right_types", "wrong_types", "missed_types"):
        getattr(measure, name).update({(a, b): count for a, b, count in told[name]})
    return measure


def write_texts(path: Path, texts: Collection[str]) -> Path:
    """A JSON string a line, for a method of another environment."""
    path.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    return path
