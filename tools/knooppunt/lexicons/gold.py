"""Gold data of split compounds, and how well a detector does on it.

The data is one JSON object a line: `broken`, `good` and `en` (or null) are texts, `pairs` holds
`[a0, a1, b0, b1, label]` with ranges in `broken`. Labels: J joined, L joined with linking letters, H joined with a
hyphen, K two words. In place of a label may stand what is between both words in `broken`, followed by what is between
them in `good`: a space and nothing for J, twice white space for K, a space and `-` for H, a space and `+s` for L.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError, UsageError
from knooppunt.repair import Evidence, mask, parse_keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set
    from pathlib import Path

    from knooppunt.repair import SplitDetector

LABELS: Final = frozenset("JLHK")

MANY: Final = 4
"""How many times as often a pair is joined as kept, so that keeping it is an error of the label."""

Type = tuple[str, str]
"""A pair of words in lower case."""


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """A sentence with every pair of its words labelled that is known."""

    group: str
    """Name of the set of repositories that it is from."""
    file: str
    broken: str
    good: str
    source: str | None
    labels: dict[int, str]
    """Position of the end of the first word of a pair -> label."""
    types: dict[int, Type]


def read_gold(path: Path) -> Iterator[GoldSentence]:
    """The sentences of a `.jsonl.gz` file. Raises DataError naming the line that is no gold sentence."""
    group = path.name.split(".", maxsplit=1)[0]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                data = json.loads(line)
                broken = data["broken"]
                pairs = data["pairs"]
                types = {p[1]: (broken[p[0] : p[1]].casefold(), broken[p[2] : p[3]].casefold()) for p in pairs}
                labels = {p[1]: label for p in pairs if (label := _label(*p[4:6], broken[p[1] - 1] + broken[p[2]]))}
                yield GoldSentence(group, data["file"], broken, data["good"], data["en"], labels, types)
            except (ValueError, KeyError, TypeError, IndexError) as error:
                raise DataError.single(str(path), number, f"this is no gold sentence: {error}") from None


def _label(label: str, *rest: str) -> str:
    """A label as it is, or from what stands between both words in the broken and in the good text.

    The last argument is the two signs that meet. Empty for a pair that is none of them, such as one whose hyphen was
    moved, or `Office 365`.
    """
    if label in LABELS:
        return label
    good, meeting = rest[0], rest[-1]
    if not meeting.isalpha():
        return "K" if good.isspace() else ""
    if label.isspace() and (good == "" or good.isspace()):
        return "K" if good else "J"
    return {"-": "H"}.get(good, "L" if good.startswith("+") else "") if label.isspace() else ""


def gold_groups(place: Path) -> dict[str, list[GoldSentence]]:
    """Sentences by group, of one file or of every `.jsonl.gz` of a folder. Raises UsageError where there is none."""
    paths = sorted(place.glob("*.jsonl.gz")) if place.is_dir() else [place] if place.is_file() else []
    if not paths:
        raise UsageError(f"{place}: there is no gold data (*.jsonl.gz)")
    return {path.name.split(".", maxsplit=1)[0]: list(read_gold(path)) for path in paths}


def read_adjudicated(path: Path) -> frozenset[Type]:
    """The pairs of a file, and the runs of letters that meet in them: `MPN-Administrator Rolle` and
    `Administrator Rolle`. Raises DataError.
    """
    pairs = parse_keep(path.read_text(encoding="utf-8"), str(path))
    return pairs | {(a.rpartition("-")[2], b.partition("-")[0]) for a, b in pairs}


def majority_of(sentences: Iterable[GoldSentence]) -> frozenset[Type]:
    """Pairs that the gold data joins many times as often as it keeps them: where it does, its good text has the error.

    A pair that is now one word and now two, such as `voor delen`, is not among them.
    """
    joined: Counter[Type] = Counter()
    for sentence in sentences:
        for position, label in sentence.labels.items():
            joined[sentence.types[position]] += 1 if label in {"J", "L"} else -MANY
    return frozenset(kind for kind, count in joined.items() if count > 0)


def evidence_of(sentences: Iterable[GoldSentence]) -> Evidence:
    """Counts of the broken texts, as a check of the whole set makes them."""
    evidence = Evidence()
    for sentence in sentences:
        evidence.add(sentence.broken)
    return evidence


@dataclass
class Measure:
    """Right and wrong joins of one tier."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    right_types: Counter[Type] = field(default_factory=Counter)
    wrong_types: Counter[Type] = field(default_factory=Counter)
    missed_types: Counter[Type] = field(default_factory=Counter)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def type_precision(self) -> float:
        """Share of the types joined at least once that are right more often than wrong."""
        joined = {*self.right_types, *self.wrong_types}
        good = sum(self.right_types[kind] > self.wrong_types[kind] for kind in joined)
        return good / len(joined) if joined else 1.0

    @property
    def type_recall(self) -> float:
        """Share of the types to join that are joined more often than missed."""
        wanted = {*self.right_types, *self.missed_types}
        good = sum(self.right_types[kind] > self.missed_types[kind] for kind in wanted)
        return good / len(wanted) if wanted else 0.0

    def add(self, other: Measure) -> None:
        """Add the counts of other sentences."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.right_types += other.right_types
        self.wrong_types += other.wrong_types
        self.missed_types += other.missed_types


def evaluate(
    sentences: Iterable[GoldSentence],
    detector: SplitDetector,
    *,
    source: bool = True,
    adjudicated: Set[Type] = frozenset(),
) -> dict[str, Measure]:
    """Measures of the tiers `fix` and `suggest` (all joins, safe or not), on each pair with a label.

    `adjudicated` are types labelled K that a person has found to be split compounds: they count neither way where
    they are missed, and as right where they are joined. Without `source` the detector is given none.
    """
    tiers = {"fix": Measure(), "suggest": Measure()}
    for sentence in sentences:
        joins: dict[int, bool] = {}
        found = detector.find(sentence.broken, mask(sentence.broken), sentence.source if source else None)
        for split in found:
            if "-" in split.joined and "-" not in sentence.broken[split.start : split.end]:
                continue
            for position in sentence.labels:
                if split.start < position < split.end:
                    joins[position] = split.safe
        for position, label in sentence.labels.items():
            kind = sentence.types[position]
            if label == "K" and position not in joins:
                continue
            for name, tier in tiers.items():
                joined = position in joins and (joins[position] or name == "suggest")
                _count(tier, label, kind, joined=joined, adjudicated=kind in adjudicated)
    return tiers


def _count(tier: Measure, label: str, kind: Type, *, joined: bool, adjudicated: bool) -> None:
    if label == "H":  # the good text has a hyphen: neither right nor wrong
        return
    if label in {"J", "L"}:
        if joined:
            tier.right += 1
            tier.right_types[kind] += 1
        else:
            tier.missed += 1
            tier.missed_types[kind] += 1
    elif joined and adjudicated:
        tier.right += 1
        tier.right_types[kind] += 1
    elif joined:
        tier.wrong += 1
        tier.wrong_types[kind] += 1
