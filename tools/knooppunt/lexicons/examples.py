"""Gold sentences as numbers that a model is fitted to."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.repair import NEVER, CompoundDetector, Features, Source, SplitModel, mask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from knooppunt.lexicons.gold import GoldSentence, Type
    from knooppunt.repair import Evidence, LanguageRules, Lexicon


@dataclass
class Examples:
    """Candidates of labelled pairs: one row of bins each."""

    rows: list[list[int]] = field(default_factory=list)
    """Bins of the families of pairs, then of those of places."""
    labels: list[bool] = field(default_factory=list)
    types: list[Type] = field(default_factory=list)
    missed: int = 0
    """Joins of the gold data that the detector does not look at."""

    def extend(self, other: Examples) -> None:
        """Add the rows of other examples."""
        self.rows += other.rows
        self.labels += other.labels
        self.types += other.types
        self.missed += other.missed

    def chosen(self, rows: Sequence[int]) -> Examples:
        """Some of the rows, by number."""
        return Examples(
            [self.rows[at] for at in rows],
            [self.labels[at] for at in rows],
            [self.types[at] for at in rows],
        )


def blank_model(
    frequent: Sequence[str], before: Sequence[str], behind: Sequence[str], lexicon: Lexicon, rules: LanguageRules
) -> SplitModel:
    """A model of weights that are all 0, to work out features with."""
    words = (tuple(frequent), tuple(before), tuple(behind))
    families = Features(lexicon, rules, *words).families
    weights = {group: {name: (0.0,) * size for name, size in sizes.items()} for group, sizes in families.items()}
    return SplitModel(*words, 0.0, weights, floor=-1.0, fix=NEVER, suggest=-1.0)


def gather(
    sentences: Iterable[GoldSentence],
    lexicon: Lexicon,
    model: SplitModel,
    rules: LanguageRules,
    evidence: Callable[[GoldSentence], Evidence | None],
    source: Callable[[GoldSentence], str | None],
) -> Examples:
    """Rows for every labelled pair of the sentences that is a candidate; `evidence` and `source` say what is known."""
    found = Examples()
    detectors: dict[int, CompoundDetector] = {}
    known: dict[tuple[int, str, str], list[int]] = {}
    for sentence in sentences:
        own = evidence(sentence)
        detector = detectors.get(id(own))
        if detector is None:
            detector = detectors[id(own)] = CompoundDetector(lexicon, model, rules, evidence=own)
        text = source(sentence)
        seen = set()
        words = None if text is None else Source(text)
        for candidate in detector.candidates(mask(sentence.broken), text):
            label = sentence.labels.get(candidate.middle)
            if label is None:
                continue
            seen.add(candidate.middle)
            if label == "H":
                continue
            a, b = candidate.parts.a, candidate.parts.b
            features = detector.features
            bins = known.get((id(own), a, b))
            first, second = detector.first(a)[0], detector.second(b)[0]
            if bins is None:
                bins = [*first.bins, *second.bins, *features.pair(a, b, first, second)]
                known[id(own), a, b] = bins
            found.rows.append([*bins, *features.place(candidate.place, a, b, second, words)])
            found.labels.append(label != "K")
            found.types.append((a, b))
        found.missed += sum(label in {"J", "L"} and at not in seen for at, label in sentence.labels.items())
    return found


def dealt(text: str, ways: int) -> int:
    """A number below `ways` that a text is dealt, the same each time."""
    return zlib.crc32(text.encode()) % ways
