"""Fits a model for each part of the gold data to the others: `... repair_train LANGUAGE OUT PACKAGES`.

OUT gets a folder for each part, with the lexicon that the part was counted out of and the model; thresholds are read
off scores of the other parts by models without them. Swedish and German learn from the other languages too. PACKAGES is
the folder of packages that has scikit-learn; it comes last, so that all else is what Knooppunt itself runs with.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.repair_gold import ADJUDICATED, COUNTS, GOLD, adjudicated, counts, folds, gold, without
from knooppunt.lexicons.counts import own_counts
from knooppunt.lexicons.fit import clean, sizes_of, solve
from knooppunt.lexicons.gold import majority_of
from knooppunt.lexicons.train import FIX, MOST, SUGGEST, examples_of, floor, threshold, together
from knooppunt.lexicons.transfer import TEACHERS, Class, blank_of, class_of, lesson, transfer
from knooppunt.repair import render_model, rules_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.lexicons.examples import Examples
    from knooppunt.lexicons.gold import Type

LEAST = 500
"""Joins that a part must have for its labels to be cleaned by models of itself."""


def by_repository(language: str, out: Path) -> Iterator[dict[str, object]]:
    """A model for each repository, of the language's own data only; each set of examples is made once."""
    parts, all_counts, rules = folds(gold(language)), counts(language), rules_for(language)
    blank = blank_of(language, all_counts)
    sizes = sizes_of(blank)
    known = adjudicated(language)
    sampled = {name: part[:: -(-len(part) // MOST)] for name, part in parts.items()}
    examples = {name: examples_of(part, all_counts, blank, rules) for name, part in sampled.items()}
    cleaned = {name: _cleaned(part, known, sizes) for name, part in examples.items()}
    scores: dict[tuple[str, str], list[float]] = {}
    for one, other in combinations(parts, 2):
        model = solve(_but(cleaned, one, other), sizes)
        scores[one, other] = model.scores(examples[other].rows)
        scores[other, one] = model.scores(examples[one].rows)
    for name, part in parts.items():
        judged = _but(examples, name)
        others = [score for other in parts if other != name for score in scores[name, other]]
        fix, suggest = (threshold(judged, others, precision, known) for precision in (FIX, SUGGEST))
        fitted = solve(_but(cleaned, name), sizes).into(replace(blank, fix=fix, suggest=suggest))
        learned = replace(fitted, floor=floor(fitted, judged, others))
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        lexicon = all_counts.without(own_counts(part)).render({"without": name})
        (folder / f"{language}.lexicon").write_bytes(lexicon)
        (folder / f"{language}.model.json").write_text(render_model(learned, {"without": name}), encoding="utf-8")
        yield {"part": name, "fix": fix, "suggest": suggest}


def _cleaned(examples: Examples, known: frozenset[Type], sizes: tuple[int, ...]) -> Examples:
    """The examples without labels that people, or models of other pairs, find to be wrong."""
    rows = enumerate(zip(examples.labels, examples.types, strict=True))
    right = examples.chosen([at for at, (label, kind) in rows if label or kind not in known])
    return clean(right, sizes) if sum(right.labels) > LEAST else right


def _but(examples: Mapping[str, Examples], *names: str) -> Examples:
    return together(part for name, part in examples.items() if name not in names)


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
