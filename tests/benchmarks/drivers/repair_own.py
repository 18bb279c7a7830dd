"""How well the engine does on each part of the gold data with a model of the others: `... repair_own LANGUAGE MODELS`.

Prints one line of JSON: measures by tier, with and without the source text; those of the plainest method with the same
counts; joins in the good texts; CPU seconds and words.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.drivers.repair_peer import pairs
from benchmarks.repair_gold import adjudicated, folds, gold, joins_in, numbers, words_in
from knooppunt.lexicons.gold import evaluate, evidence_of, majority_of
from knooppunt.repair import (
    CompoundDetector,
    Evidence,
    Split,
    mask,
    parse_lexicon,
    parse_model,
    rules_for,
)
from knooppunt.repair.lexicon import level

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.lexicons.gold import GoldSentence, Type
    from knooppunt.repair import Lexicon, Mask

LEAST = 2
"""Times that the joined word must stand in clean text for the plainest method."""


@dataclass(frozen=True)
class Counted:
    """The plainest method: clean text has the joined word more often than the pair."""

    lexicon: Lexicon

    def find(self, text: str, mask: Mask, source: str | None) -> Iterator[Split]:
        """Every pair that clean text has rather as one word."""
        del mask, source
        lexicon = self.lexicon
        for start, end, a, b in pairs(text):
            one = lexicon.word((a + b).casefold()).times
            if one >= level(LEAST) and one > lexicon.pair(a.casefold(), b.casefold()):
                yield Split(start, end, a + b, 1.0, "", safe=True)


def engine(language: str, folder: Path, evidence: Evidence | None) -> CompoundDetector:
    """The detector with the data of a folder."""
    lexicon = parse_lexicon((folder / f"{language}.lexicon").read_bytes(), folder.name)
    model = parse_model((folder / f"{language}.model.json").read_text(encoding="utf-8"), folder.name)
    return CompoundDetector(lexicon, model, rules_for(language), evidence=evidence)


def seconds(detector: CompoundDetector, sentences: Sequence[GoldSentence]) -> float:
    """CPU seconds of masking and searching every broken text once, without its source."""
    start = time.process_time()
    for sentence in sentences:
        list(detector.find(sentence.broken, mask(sentence.broken), None))
    return time.process_time() - start


def in_clean(language: str, folder: Path, texts: Sequence[str], known: frozenset[Type]) -> dict[str, Any]:
    """Joins by tier in texts that are clean but for what their authors overlooked, with some of those to be fixed."""
    evidence = Evidence()
    for text in texts:
        evidence.add(text)
    detector = engine(language, folder, evidence)
    fixed = [
        (text[split.start : split.end], split.joined, split.safe)
        for text in texts
        for split in detector.find(text, mask(text), None)
        if split.joined.count(" ") < text.count(" ", split.start, split.end)  # no hyphen of `Linux- en`
    ]
    return {
        "sentences": len(texts),
        "fix": sum(safe for *_, safe in fixed),
        "false": sum(safe and tuple(old.casefold().split()) not in known for old, _, safe in fixed),
        "suggest": len(fixed),
        "examples": sorted({f"{old} > {new}" for old, new, safe in fixed if safe}),
    }


def part(language: str, folder: Path, sentences: Sequence[GoldSentence]) -> dict[str, Any]:
    """The measures of one part."""
    evidence = evidence_of(sentences)
    detector = engine(language, folder, evidence)
    broken = [sentence.broken for sentence in sentences]
    cpu = seconds(detector, sentences)
    known = adjudicated(language) | majority_of(sentences)
    found = {
        "raw": evaluate(sentences, engine(language, folder, evidence), source=True),
        "with": evaluate(sentences, engine(language, folder, evidence), source=True, adjudicated=known),
        "without": evaluate(sentences, detector, source=False, adjudicated=known),
        "alone": evaluate(sentences, engine(language, folder, None), source=False, adjudicated=known),
        "counted": evaluate(sentences, Counted(detector.lexicon), source=False, adjudicated=known),
    }
    return {
        "sentences": len(sentences),
        "labelled": joins_in(sentences),
        "words": words_in(broken),
        "cpu": cpu,
        "clean": in_clean(language, folder, [sentence.good for sentence in sentences], known),
        "tiers": {
            name: {tier: numbers(measure) for tier, measure in measures.items()} for name, measures in found.items()
        },
    }


def main() -> None:
    """Measure each part."""
    language, models = sys.argv[1:3]
    told = {name: part(language, Path(models) / name, sentences) for name, sentences in folds(gold(language)).items()}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
