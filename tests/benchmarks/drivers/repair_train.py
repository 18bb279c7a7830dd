"""Fits a model for each part of the gold data to the others: `... repair_train LANGUAGE OUT PACKAGES`.

OUT gets a folder for each part, with the lexicon that the part was counted out of and the model. Both are made as the
shipped ones are, `lexicons.train` for Dutch and `lexicons.transfer` for Swedish and German, so that what is measured is
what is shipped. PACKAGES is the folder of packages that has scikit-learn; it comes last, so that all else is what
Knooppunt itself runs with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.repair_gold import ADJUDICATED, COUNTS, GOLD, adjudicated, counts, folds, gold, without
from knooppunt.lexicons.gold import majority_of
from knooppunt.lexicons.train import train
from knooppunt.lexicons.transfer import TEACHERS, Class, class_of, lesson, transfer

if TYPE_CHECKING:
    from collections.abc import Iterator


def by_repository(language: str, out: Path) -> Iterator[dict[str, object]]:
    """A model for each repository: what the program that makes the shipped data makes of the others.

    Nothing of the repository is used, neither its sentences nor its share of the clean text; of the pairs that people
    have read, all are.
    """
    parts, clean_counts, known = folds(gold(language)), counts(language), adjudicated(language)
    for name in parts:
        learned, groups = without(clean_counts, parts, name)
        yield {"part": name, **train(language, learned, groups, {"without": name}, out / name, known)}


def by_half(language: str, out: Path) -> Iterator[dict[str, object]]:
    """A model for each half of the one repository, of the other half and of the other languages."""
    parts, clean_counts = folds(gold(language)), counts(language)
    others = [name for name in TEACHERS if name != language]
    lessons = {name: lesson(class_of(name, GOLD, [COUNTS], ADJUDICATED), words=False) for name in others}
    for name in parts:
        learned, groups = without(clean_counts, parts, name)
        known = adjudicated(language) | majority_of(sentence for part in groups.values() for sentence in part)
        taught = Class(language, learned, groups, known)
        yield {"part": name, **transfer(taught, lessons, {"without": name}, out / name)}


def main() -> None:
    """Fit all models of a language."""
    language, out, packages = sys.argv[1:4]
    sys.path.append(packages)
    for told in (by_repository if gold(language).is_dir() else by_half)(language, Path(out)):
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
