"""Makes the data of a language from counts of clean text and gold data:

    python -m knooppunt.lexicons.train --language nl --gold FOLDER --counts FOLDER --adjudicated FILE

The folder of gold data has `nl/*.jsonl.gz`, one file per repository, and `nl/*-words.tsv.gz` and `nl/*-pairs.tsv.gz`;
that of counts has more of these. The file lists a pair a line that people found to be split, though the gold data keeps
it. Needs scikit-learn (.ci/requirements-train.txt), and makes the same bytes of the same input.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knooppunt.errors import KnooppuntError, UsageError
from knooppunt.files import write_atomic
from knooppunt.lexicons.counts import Counts, counts_of, own_counts
from knooppunt.lexicons.examples import Examples, blank_model, dealt, gather
from knooppunt.lexicons.fit import Fitted, fit, sizes_of
from knooppunt.lexicons.gold import evidence_of, gold_groups, majority_of, read_adjudicated
from knooppunt.repair import NEVER, parse_lexicon, render_model, rules_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from knooppunt.lexicons.gold import GoldSentence, Type
    from knooppunt.repair import Evidence, LanguageRules, SplitModel

FREQUENT: Final = 60
"""Words that have a weight of their own as a neighbour."""
BEFORE: Final = {
    "nl": ("de", "te", "het", "een", "wordt", "u", "en", "van"),
    "de": ("der", "zu", "das", "die", "wird", "sie", "und", "von"),
    "sv": ("en", "att", "ett", "den", "är", "du", "och", "av"),
    "da": ("en", "at", "et", "den", "er", "du", "og", "af"),
    "nb": ("en", "å", "et", "den", "er", "du", "og", "av"),
    "fi": ("on", "ei", "ja", "tai", "voit", "jos", "että", "se"),
}
"""Per language: an article, the mark of the infinitive, more articles, an auxiliary, a pronoun and the like."""
BEHIND: Final = {
    "nl": ("van", "en", "is", "in"),
    "de": ("der", "und", "ist", "in"),
    "sv": ("av", "och", "är", "i"),
    "da": ("af", "og", "er", "i"),
    "nb": ("av", "og", "er", "i"),
    "fi": ("ja", "on", "tai", "ei"),
}
"""Per language: what stands behind a noun."""
FIX: Final = 0.997
"""Precision on machine-translated text from which a join may be made without a person."""
SUGGEST: Final = 0.95
STRENGTH: Final = 1.0
"""Inverse of the strength of the L2 penalty where a language has as much gold data as Dutch. Of 0.1, 0.3, 1 and 3, this
joined most at a precision of 0.997, each repository measured with a model of the others."""
FEWEST: Final = 200
"""Split compounds that a set of sentences must have: one with few has the defect in its good texts too."""
MOST: Final = 25_000
"""Sentences of one set that are learned from; of a larger one, every second or third."""


def train(
    language: str,
    counts: Counts,
    groups: Mapping[str, list[GoldSentence]],
    notes: Mapping[str, object],
    out: Path,
    adjudicated: Set[Type] = frozenset(),
) -> dict[str, object]:
    """Write `<language>.lexicon` and `<language>.model.json` into a folder; what was measured on the way.

    Every set of sentences is looked at with a lexicon that it was counted out of, in training and in measuring, and
    thresholds are read off scores by models of the other sets. Raises DataError or UsageError.
    """
    groups = {name: part for name, part in groups.items() if _joins(part) >= FEWEST}
    if not groups:
        raise UsageError(f"no set of sentences has {FEWEST} split compounds, which a model needs to learn from")
    always = majority_of(sentence for part in groups.values() for sentence in part)
    adjudicated = adjudicated | {(a.rpartition("-")[2], b.partition("-")[0]) for a, b in always}
    rules = rules_for(language)
    data = counts.render(notes)
    lexicon = parse_lexicon(data, language)
    frequent = [word for word, _ in sorted(counts.words.items(), key=lambda item: (-item[1], item[0]))[:FREQUENT]]
    blank = blank_model(frequent, BEFORE[language], BEHIND[language], lexicon, rules)
    sizes = sizes_of(blank)
    whole = {name: examples_of(_thinned(part), counts, blank, rules) for name, part in groups.items()}
    learned = {name: _without(part, adjudicated) for name, part in whole.items()}
    scores = _scores_of_others(whole, learned, sizes)
    everything = together(whole.values())
    held_out = [score for name in whole for score in scores[name]]
    fix, suggest = (threshold(everything, held_out, precision, adjudicated) for precision in (FIX, SUGGEST))
    fitted = fit(together(learned.values()), sizes, strength=STRENGTH)
    model = fitted.into(replace(blank, fix=round(fix, 3), suggest=round(suggest, 3)))
    model = replace(model, floor=floor(model, everything, held_out))
    measured = {
        name: {
            tier: _at(part, scores[name], limit, adjudicated) for tier, limit in (("fix", fix), ("suggest", suggest))
        }
        for name, part in whole.items()
    }
    out.mkdir(parents=True, exist_ok=True)
    write_atomic(out / f"{language}.lexicon", data)
    write_atomic(out / f"{language}.model.json", render_model(model, {"language": language, **notes}).encode())
    return {"language": language, "fix": round(fix, 3), "suggest": round(suggest, 3), "held out": measured}


def examples_of(sentences: list[GoldSentence], counts: Counts, blank: SplitModel, rules: LanguageRules) -> Examples:
    """Half of the sentences are looked at with the evidence of the set, half with the source, where there is one."""
    lexicon = parse_lexicon(counts.without(own_counts(sentences)).render(), "counts")
    own = evidence_of(sentences)

    def evidence(sentence: GoldSentence) -> Evidence | None:
        return own if dealt(sentence.broken, 2) else None

    def source(sentence: GoldSentence) -> str | None:
        return sentence.source if dealt(sentence.broken, 4) > 1 else None

    return gather(sentences, lexicon, blank, rules, evidence, source)


def _joins(sentences: list[GoldSentence]) -> int:
    return sum(label in {"J", "L"} for sentence in sentences for label in sentence.labels.values())


def _thinned(sentences: list[GoldSentence]) -> list[GoldSentence]:
    return sentences[:: max(1, -(-len(sentences) // MOST))]


def _without(examples: Examples, adjudicated: Set[Type]) -> Examples:
    """The examples without pairs labelled as two words that are known to be one."""
    rows = zip(examples.labels, examples.types, strict=True)
    return examples.chosen([at for at, (label, kind) in enumerate(rows) if label or kind not in adjudicated])


def together(parts: Iterable[Examples]) -> Examples:
    """All examples as one."""
    whole = Examples()
    for part in parts:
        whole.extend(part)
    return whole


def _scores_of_others(
    whole: Mapping[str, Examples], learned: Mapping[str, Examples], sizes: tuple[int, ...]
) -> dict[str, list[float]]:
    """Scores of each set by a model of the others; with one set, of each deal of its types by a model of the rest."""
    if len(whole) > 1:
        return {
            name: fit(
                together(other for key, other in learned.items() if key != name), sizes, strength=STRENGTH
            ).scores(part.rows)
            for name, part in whole.items()
        }
    ((name, part),) = whole.items()
    deals = [dealt(" ".join(kind), 4) for kind in part.types]
    rest = [dealt(" ".join(kind), 4) for kind in learned[name].types]
    scores = [0.0] * len(deals)
    for deal in range(4):
        chosen = [at for at, other in enumerate(deals) if other == deal]
        model: Fitted = fit(
            learned[name].chosen([at for at, other in enumerate(rest) if other != deal]), sizes, strength=STRENGTH
        )
        for at, score in zip(chosen, model.scores([part.rows[at] for at in chosen]), strict=True):
            scores[at] = score
    return {name: scores}


def _judged(examples: Examples, scores: list[float], adjudicated: Set[Type] = frozenset()) -> list[tuple[float, bool]]:
    """Scores with labels, the best first; the adjudicated types are no error where they are labelled as two words."""
    rows = zip(scores, examples.labels, examples.types, strict=True)
    return sorted(((score, label) for score, label, kind in rows if label or kind not in adjudicated), reverse=True)


def threshold(examples: Examples, scores: list[float], precision: float, adjudicated: Set[Type] = frozenset()) -> float:
    """The least score from which the joins have this precision; `adjudicated` types are joins, however labelled."""
    right = wrong = 0
    found = NEVER
    for score, label in _judged(examples, scores, adjudicated):
        right += label
        wrong += not label
        if right >= precision * (right + wrong):
            found = score
    return found


def _at(examples: Examples, scores: list[float], limit: float, adjudicated: Set[Type]) -> dict[str, float]:
    judged = _judged(examples, scores, adjudicated)
    right = sum(label for score, label in judged if score >= limit)
    wrong = sum(not label for score, label in judged if score >= limit)
    raw = sum(not label for score, label in zip(scores, examples.labels, strict=True) if score >= limit)
    joins = sum(examples.labels) + examples.missed
    return {
        "precision": round(right / (right + wrong), 4) if right + wrong else 1.0,
        "raw precision": round(right / (right + raw), 4) if right + raw else 1.0,
        "recall": round(right / joins, 4) if joins else 0.0,
    }


def floor(model: SplitModel, examples: Examples, scores: list[float]) -> float:
    """The score of the pair alone that one of a thousand suggested joins is below."""
    tables = [table for group in ("first", "second", "pair") for table in model.weights[group].values()]
    rows = zip(examples.rows, examples.labels, scores, strict=True)
    found = sorted(
        model.bias + sum(table[at] for table, at in zip(tables, row, strict=False))
        for row, label, score in rows
        if label and score >= model.suggest
    )
    return round(found[len(found) // 1000], 3) if found else 0.0


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", required=True, choices=sorted(BEFORE))
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--counts", type=Path, action="append", default=[])
    parser.add_argument("--adjudicated", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "data")
    options = parser.parse_args(arguments)
    language = options.language
    try:
        counts = counts_of(language, [options.gold, *options.counts])
        adjudicated = read_adjudicated(options.adjudicated) if options.adjudicated else frozenset()
        report = train(language, counts, gold_groups(options.gold / language), {}, options.out, adjudicated)
    except KnooppuntError as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
