"""Makes the data of a language with what other languages teach:

    python -m knooppunt.lexicons.transfer --language de --gold FOLDER --counts FOLDER --adjudicated FOLDER

The features of a pair are of no language, so one model holds for several, each with its own lexicon; features that
name words or letters of one language take no part. A language that has gold data of its own has a say in the weights,
and thresholds are read off its own scores. One that has none only suggests.

FOLDER of gold data holds `nl/` or `nl.jsonl.gz`; that of counts `nl/*-words.tsv.gz` and `nl/*-pairs.tsv.gz`; the last
one `nl.txt` with a pair a line that people found to be split, though the gold data keeps it. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knooppunt.errors import KnooppuntError
from knooppunt.files import write_atomic
from knooppunt.lexicons.counts import Counts, counts_of
from knooppunt.lexicons.examples import Examples, blank_model
from knooppunt.lexicons.fit import Fitted, clean, sizes_of, solve
from knooppunt.lexicons.gold import gold_groups, majority_of, read_adjudicated
from knooppunt.lexicons.train import BEFORE, BEHIND, FREQUENT, SUGGEST, examples_of, floor, threshold, together
from knooppunt.repair import NEVER, parse_lexicon, render_model, rules_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knooppunt.lexicons.gold import GoldSentence, Type
    from knooppunt.repair import SplitModel

TEACHERS: Final = ("nl", "sv", "de")
"""Languages with gold data."""
FIX: Final = 0.99
"""Precision from which a language with little gold data joins without a person; 0.98 is promised."""
PARTS: Final = 2
"""Into how many sets the gold data of one repository is dealt, file by file."""
MOST: Final = 2_500
"""Sentences of one set that a teacher is asked; the more would outvote the others."""
TOLERANCE: Final = 1e-3
"""Slope at which weights are good enough: there are many models to fit, and their scores differ in the third digit."""
MOST_OF_PAIR: Final = 12
"""Examples of one pair, with one label, that a teacher gives at most."""


@dataclass(frozen=True)
class Class:
    """One language with what it teaches."""

    language: str
    counts: Counts
    groups: Mapping[str, list[GoldSentence]]
    adjudicated: frozenset[Type] = frozenset()


Neutral = tuple[Examples, list[float], Fitted]
"""Examples of the teachers, their scores by models of other languages, and the model of all teachers."""


@dataclass(frozen=True)
class Lesson:
    """Examples of one language in a form that others can read."""

    examples: Mapping[str, Examples]
    cleaned: Examples


def sets_of(groups: Mapping[str, list[GoldSentence]]) -> dict[str, list[GoldSentence]]:
    """Sentences by repository; those of one repository in parts, each file in one of them."""
    if len(groups) != 1:
        return dict(groups)
    ((name, sentences),) = groups.items()
    parts: dict[str, list[GoldSentence]] = {f"{name}-{number}": [] for number in range(PARTS)}
    for sentence in sentences:
        parts[f"{name}-{zlib.crc32(sentence.file.encode()) % PARTS}"].append(sentence)
    return parts


def blank_of(language: str, counts: Counts) -> SplitModel:
    """A model of weights that are all 0."""
    lexicon = parse_lexicon(counts.render(), language)
    frequent = [word for word, _ in sorted(counts.words.items(), key=lambda item: (-item[1], item[0]))[:FREQUENT]]
    return blank_model(frequent, BEFORE[language], BEHIND[language], lexicon, rules_for(language))


def of_one_language(model: SplitModel, *, words: bool) -> list[int]:
    """For each family, the bins that name words or letters of one language: how many of its first bins are one.

    With `words`, those that stand beside a marker are meant too, for a language whose markers are others.
    """
    found = []
    for families in model.weights.values():
        for name, table in families.items():
            if name in {"left", "right"}:
                found.append(len(table) - 3)
            elif name.endswith(" ending") or (words and (" after " in name or " before " in name)):
                found.append(len(table))
            else:
                found.append(0)
    return found


def neutral(rows: Sequence[Sequence[int]], bounds: Sequence[int]) -> list[list[int]]:
    """Rows in which the bins of one language are all the same."""
    return [[0 if at < bound else at for at, bound in zip(row, bounds, strict=True)] for row in rows]


def spread(model: SplitModel, bounds: Sequence[int]) -> SplitModel:
    """The model with the weight of the first bin for all that were taken for the first one."""
    left = iter(bounds)
    weights = {
        group: {
            name: (table[0],) * bound + table[bound:] if (bound := next(left)) else table
            for name, table in families.items()
        }
        for group, families in model.weights.items()
    }
    return replace(model, weights=weights)


def lesson(taught: Class, *, words: bool) -> Lesson:
    """What one language has to teach."""
    blank = blank_of(taught.language, taught.counts)
    bounds, sizes = of_one_language(blank, words=words), sizes_of(blank)
    examples = {}
    for name, sentences in taught.groups.items():
        found = examples_of(sentences, taught.counts, blank, rules_for(taught.language))
        labels = [label or kind in taught.adjudicated for label, kind in zip(found.labels, found.types, strict=True)]
        examples[name] = replace(found, rows=neutral(found.rows, bounds), labels=labels)
    return Lesson(examples, clean(thinned(together(examples.values())), sizes, tolerance=TOLERANCE))


def thinned(examples: Examples) -> Examples:
    """The examples with the first few of each pair and label."""
    seen: Counter[tuple[Type, bool]] = Counter()
    chosen = []
    for at, key in enumerate(zip(examples.types, examples.labels, strict=True)):
        seen[key] += 1
        if seen[key] <= MOST_OF_PAIR:
            chosen.append(at)
    return examples.chosen(chosen)


def transfer(
    taught: Class,
    lessons: Mapping[str, Lesson],
    notes: Mapping[str, object],
    out: Path,
    known: dict[bool, Neutral] | None = None,
) -> dict[str, object]:
    """Write `<language>.lexicon` and `<language>.model.json` into a folder; the thresholds.

    `lessons` are of the other languages, and of this one where it has been made already. `known` keeps what languages
    without gold data have in common. Raises DataError or UsageError.
    """
    language = taught.language
    words = language == "fi"  # whose small words have no counterpart elsewhere
    data = taught.counts.render(notes)
    blank = blank_of(language, taught.counts)
    bounds, sizes = of_one_language(blank, words=words), sizes_of(blank)
    others = {name: _loosened(part, bounds) for name, part in lessons.items() if name != language}
    if taught.groups:
        own = lessons.get(language) or lesson(taught, words=words)
        judged, scores = _held_out(own.examples, [part.cleaned for part in others.values()], sizes)
        fix = threshold(judged, scores, FIX, taught.adjudicated)
        fitted = solve(together([own.cleaned, *(part.cleaned for part in others.values())]), sizes, tolerance=TOLERANCE)
    else:
        known = {} if known is None else known
        if words not in known:
            known[words] = _by_language(others, sizes)
        judged, scores, fitted = known[words]
        fix = NEVER
    suggest = min(threshold(judged, scores, SUGGEST, taught.adjudicated), fix)
    model = spread(fitted.into(replace(blank, fix=round(fix, 3), suggest=round(suggest, 3))), bounds)
    model = replace(model, floor=floor(model, judged, scores))
    out.mkdir(parents=True, exist_ok=True)
    write_atomic(out / f"{language}.lexicon", data)
    write_atomic(out / f"{language}.model.json", render_model(model, {"language": language, **notes}).encode())
    return {"language": language, "fix": round(fix, 3), "suggest": round(suggest, 3), "teachers": sorted(others)}


def _loosened(taught: Lesson, bounds: Sequence[int]) -> Lesson:
    """A lesson with the bins of one language taken for one, also where the teacher took fewer of them so."""
    cleaned = replace(taught.cleaned, rows=neutral(taught.cleaned.rows, bounds))
    return Lesson(
        {name: replace(part, rows=neutral(part.rows, bounds)) for name, part in taught.examples.items()}, cleaned
    )


def _held_out(
    own: Mapping[str, Examples], others: Sequence[Examples], sizes: tuple[int, ...]
) -> tuple[Examples, list[float]]:
    """All examples of a language, each with its score by a model of the other languages and of its other sets."""
    scores: list[float] = []
    for name, part in own.items():
        rest = clean(thinned(together(other for key, other in own.items() if key != name)), sizes, tolerance=TOLERANCE)
        scores += solve(together([*others, rest]), sizes, tolerance=TOLERANCE).scores(part.rows)
    return together(own.values()), scores


def _by_language(lessons: Mapping[str, Lesson], sizes: tuple[int, ...]) -> Neutral:
    """All examples of the teachers, each with its score by a model of the other languages, and a model of all."""
    scores: list[float] = []
    for name, part in lessons.items():
        model = solve(
            together(other.cleaned for key, other in lessons.items() if key != name), sizes, tolerance=TOLERANCE
        )
        scores += model.scores(together(part.examples.values()).rows)
    judged = together(example for part in lessons.values() for example in part.examples.values())
    return judged, scores, solve(together(part.cleaned for part in lessons.values()), sizes, tolerance=TOLERANCE)


def class_of(language: str, gold: Path, counts: Sequence[Path], adjudicated: Path) -> Class:
    """A language with its gold data, where it has any; good texts that are in no clean counts are counted in."""
    folder, single = gold / language, gold / f"{language}.jsonl.gz"
    found = counts_of(language, [gold, *counts])
    listed = adjudicated / f"{language}.txt"
    pairs = read_adjudicated(listed) if listed.is_file() else frozenset()
    if folder.is_dir():
        every = gold_groups(folder)
        pairs |= majority_of(sentence for part in every.values() for sentence in part)
        return Class(language, found, {name: part[:: -(-len(part) // MOST)] for name, part in every.items()}, pairs)
    if not single.is_file():
        return Class(language, found, {}, pairs)
    groups = sets_of(gold_groups(single))
    pairs |= majority_of(sentence for part in groups.values() for sentence in part)
    found.own = 1
    for part in groups.values():
        found.add_good(part)
    return Class(language, found, groups, pairs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", required=True, action="append", choices=sorted(BEFORE))
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--counts", type=Path, action="append", required=True)
    parser.add_argument("--adjudicated", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data")
    options = parser.parse_args(arguments)
    try:
        lessons = {}
        for name in TEACHERS:
            taught = class_of(name, options.gold, options.counts, options.adjudicated)
            if taught.groups:
                lessons[name] = lesson(taught, words=False)
        known: dict[bool, Neutral] = {}
        for language in options.language:
            taught = class_of(language, options.gold, options.counts, options.adjudicated)
            print(json.dumps(transfer(taught, lessons, {}, options.out, known)), flush=True)
    except KnooppuntError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
