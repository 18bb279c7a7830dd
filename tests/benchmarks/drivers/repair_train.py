"""Fits a model for each part of the gold data to the others: `... repair_train LANGUAGE OUT PACKAGES`.

OUT gets a folder for each part, with the lexicon that the part was counted out of and the model; thresholds are read
off scores of the other parts by models without them. Swedish and German learn from the other languages too. PACKAGES is
the folder of packages that has scikit-learn; it comes last, so that all else is what Knooppunt itself runs with.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.repair_gold import ADJUDICATED, COUNTS, GOLD, adjudicated, counts, folds, gold, joins_in, without
from knooppunt.lexicons.counts import own_counts
from knooppunt.lexicons.fit import clean, sizes_of, solve
from knooppunt.lexicons.gold import majority_of
from knooppunt.lexicons.train import FEWEST, FIX, MOST, STRENGTH, SUGGEST, examples_of, floor, threshold, together
from knooppunt.lexicons.transfer import TEACHERS, Class, blank_of, class_of, lesson, transfer
from knooppunt.repair import render_model, rules_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.lexicons.examples import Examples
    from knooppunt.lexicons.gold import Type


def by_repository(language: str, out: Path) -> Iterator[dict[str, object]]:
    """A model for each repository, of the language's own data only; each set of examples is made once."""
    parts, all_counts, rules = folds(gold(language)), counts(language), rules_for(language)
    blank = blank_of(language, all_counts)
    sizes = sizes_of(blank)
    taught = {name: part for name, part in parts.items() if joins_in(part) >= FEWEST}
    sampled = {name: part[:: -(-len(part) // MOST)] for name, part in taught.items()}
    examples = {name: examples_of(part, all_counts, blank, rules) for name, part in sampled.items()}
    listed = adjudicated(language)
    known = {
        name: listed | letters(majority_of(sentence for other in taught if other != name for sentence in taught[other]))
        for name in parts
    }
    cleaned = {name: _cleaned(part, listed, sizes) for name, part in examples.items()}
    scores: dict[tuple[str, str], list[float]] = {}
    for name in parts:
        for other in set(taught) - {name}:
            pair = (name, other)
            if pair not in scores:
                model = solve(_but(cleaned, name, other), sizes, strength=STRENGTH)
                scores[pair] = model.scores(examples[other].rows)
                if name in examples:
                    scores[other, name] = model.scores(examples[name].rows)
    for name, part in parts.items():
        judged = _but(examples, name)
        others = [score for other in examples if other != name for score in scores[name, other]]
        fix, suggest = (threshold(judged, others, precision, known[name]) for precision in (FIX, SUGGEST))
        fitted = solve(_but(cleaned, name), sizes, strength=STRENGTH).into(replace(blank, fix=fix, suggest=suggest))
        learned = replace(fitted, floor=floor(fitted, judged, others))
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        lexicon = all_counts.without(own_counts(part)).render({"without": name})
        (folder / f"{language}.lexicon").write_bytes(lexicon)
        (folder / f"{language}.model.json").write_text(render_model(learned, {"without": name}), encoding="utf-8")
        yield {"part": name, "fix": fix, "suggest": suggest}


def letters(pairs: frozenset[Type]) -> frozenset[Type]:
    """The runs of letters that meet in pairs: of `MIM-portal` and `pagina` those of `portal` and `pagina`."""
    return frozenset((a.rpartition("-")[2], b.partition("-")[0]) for a, b in pairs)


def _cleaned(examples: Examples, known: frozenset[Type], sizes: tuple[int, ...]) -> Examples:
    """The examples without labels that people, or models of other pairs, find to be wrong."""
    rows = enumerate(zip(examples.labels, examples.types, strict=True))
    right = examples.chosen([at for at, (label, kind) in rows if label or kind not in known])
    return clean(right, sizes)


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
