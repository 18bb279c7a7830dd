"""Split compounds: how many are found and how many joins are right, beside other methods, on what was not learned from.

The gold data is that of the corpora folder; without it nothing is measured here.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.measure import OURS, PEERS, driver, measure, program_version, succeeded, versions
from benchmarks.repair_gold import (
    CLEAN,
    MANUALS,
    adjudicated,
    folds,
    gold,
    joins_in,
    measure_of,
    sample,
    words_in,
    write_texts,
)
from benchmarks.tables import Gate, Table, promises
from corpora import ROOT as CORPORA
from knooppunt import __version__
from knooppunt.lexicons.gold import Measure, evaluate, majority_of
from knooppunt.lexicons.train import FEWEST
from knooppunt.repair import Split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from benchmarks.tables import Cell
    from knooppunt.lexicons.gold import GoldSentence
    from knooppunt.repair import Mask

TABLES = ("repair", "repairparts", "repairclean", "repairsynthetic", "repaircost", "repairpromises")
TURNS = 3
LANGUAGES = ("nl", "sv", "de")
TRAINED = {"nl": 0.997, "sv": 0.98, "de": 0.98}
"""Language with gold data -> promised precision of what is fixed."""
SLOW = 2000
"""Sentences that LanguageTool is given; it does a few dozen a second."""
RECALL = {"suggest": 0.95, "fix": 0.85}
SUGGESTED = 0.95
"""Promised precision of what is suggested."""
CLEAN_LIMIT = 0.3
"""Most false fixes in 1,000 clean sentences."""
SPEED = 200_000
"""Words per second and core of all checks, promised."""
LOAD, SIZE = 0.3, 15.0
"""Seconds to load the data of a language, and MB of it, at most."""

METHODS = (
    "wordfreq",
    "hunspell",
    "hunspell-strict",
    "aspell",
    "aspell-strict",
    "languagetool",
)
SHOWN = {
    "wordfreq": "wordfreq: joined word above chance",
    "hunspell": "hunspell: has the joined word",
    "hunspell-strict": "hunspell: has it, lacks a part",
    "aspell": "aspell: has the joined word",
    "aspell-strict": "aspell: has it, lacks a part",
    "languagetool": "LanguageTool's rules (lingotweaker)",
}
COLUMNS = ("method", "version", "sentences", "P", "R", "F1", "P types", "R types", "words/s")


@dataclass(frozen=True)
class Answers:
    """A method that has done its work already: its joins by text."""

    joins: Mapping[str, Sequence[Sequence[int]]]

    def find(self, text: str, mask: Mask, source: str | None) -> Iterator[Split]:
        """The joins of a text."""
        del mask, source
        for start, end in self.joins[text]:
            yield Split(start, end, "".join(text[start:end].split()), 1.0, "", safe=True)


def repair(scratch: Path, say: Callable[[str], None]) -> tuple[dict[str, Table], list[Gate]]:
    """The tables and the promises."""
    if not gold("nl").is_dir():
        sys.exit(f"bench: there is no gold data in {gold('nl').parent}; see 'Measure it yourself' in the handbook")
    told = {language: _own(scratch, language, say) for language in LANGUAGES}
    rows = [*_own_rows(told["nl"]), *_peer_rows(scratch, say)]
    manuals = _manuals(say)
    clean = _clean(told, manuals)
    say("repair: what it costs")
    cost = _cost()
    tables = {
        "repair": Table(COLUMNS, tuple(rows)),
        "repairparts": _parts(told),
        "repairclean": Table(
            ("language", "text", "sentences", "fixes per 1,000", "false per 1,000", "all joins per 1,000"), clean
        ),
        "repairsynthetic": _synthetic(manuals),
        "repaircost": _costs(cost),
    }
    gates = promised(told, clean, cost)
    return {**tables, "repairpromises": promises(gates)}, gates


def _cost() -> dict[str, Any]:
    """Loading, sizes and the speed of all checks on machine-translated pages, the best of some turns."""
    turns = [
        json.loads(
            succeeded(
                measure(driver(OURS, "repair_cost", "nl", CORPORA / "parallel" / "mim-nl" / "nl")), "repair_cost"
            ).output.splitlines()[-1]
        )
        for _ in range(TURNS)
    ]
    best: dict[str, Any] = min(turns, key=lambda turn: float(turn["cpu"]))
    return {**best, "load": min(turn["load"] for turn in turns), "speed": best["words"] / best["cpu"]}


def _costs(cost: Mapping[str, Any]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        ("data of Dutch loaded", cost["load"], "s"),
        ("all checks on machine-translated pages without a source", round(cost["speed"]), "words/s"),
        *((f"data of {name}", size / 1e6, "MB") for name, size in cost["sizes"].items()),
    ]
    return Table(("what", "figure", "unit"), tuple(rows))


def _own(scratch: Path, language: str, say: Callable[[str], None]) -> dict[str, Any]:
    """What the engine does on each part, with models of the other parts."""
    models = scratch / f"models-{language}"
    say(f"repair: {language}, a model without each part; takes minutes")
    packages = next(PEERS.parents[1].glob("lib/python3*/site-packages"))
    succeeded(measure(driver(OURS, "repair_train", language, models, packages)), f"repair_train {language}")
    say(f"repair: {language}, each part with the model of the others")
    found: dict[str, Any] = json.loads(
        succeeded(measure(driver(OURS, "repair_own", language, models)), f"repair_own {language}").output
    )
    return found


def pooled(told: Mapping[str, Any], name: str, tier: str) -> Measure:
    """The measure of all parts of a language together, but for those with few joins: their good texts have them too."""
    whole = Measure()
    for part in told.values():
        if part["labelled"] >= FEWEST:
            whole.add(measure_of(part["tiers"][name][tier]))
    return whole


def row(name: str, version: str | None, sentences: int, found: Measure, speed: float | None) -> tuple[Cell, ...]:
    """A row of the table of methods."""
    return (
        name,
        version,
        sentences,
        found.precision,
        found.recall,
        found.f1,
        found.type_precision,
        found.type_recall,
        None if speed is None else round(speed),
    )


def _own_rows(told: Mapping[str, Any]) -> Iterator[tuple[Cell, ...]]:
    sentences = sum(part["sentences"] for part in told.values() if part["labelled"] >= FEWEST)
    speed = sum(part["words"] for part in told.values()) / max(sum(part["cpu"] for part in told.values()), 1e-9)
    for tier in ("fix", "suggest"):
        for name, shown in (("with", "with the source"), ("without", "without it"), ("alone", "each sentence alone")):
            yield row(
                f"knooppunt: {tier}, {shown}",
                __version__,
                sentences,
                pooled(told, name, tier),
                speed if name == "without" else None,
            )
    yield row("the same counts: joined word above pair", None, sentences, pooled(told, "counted", "fix"), None)


def _peer_rows(scratch: Path, say: Callable[[str], None]) -> Iterator[tuple[Cell, ...]]:
    parts = folds(gold("nl")).values()
    everything = [sentence for part in parts if joins_in(part) >= FEWEST for sentence in part]
    known = versions(["wordfreq", "lingotweaker"])
    told = {
        **{name: program_version(name) for name in ("hunspell", "aspell")},
        "wordfreq": known["wordfreq"],
        "languagetool": known["lingotweaker"],
    }
    for method in METHODS:
        chosen = sample(everything, SLOW) if method == "languagetool" else everything
        say(f"repair: {method}, {len(chosen):,} sentences")
        found, speed = peer(scratch, method, "nl", chosen)
        yield row(SHOWN[method], told[method.partition("-")[0]], len(chosen), found, speed)


def peer(scratch: Path, method: str, language: str, sentences: Sequence[GoldSentence]) -> tuple[Measure, float]:
    """What another method does on sentences, and how many words it does in a second of CPU."""
    texts = sorted({sentence.broken for sentence in sentences})
    path = write_texts(scratch / f"{method}.jsonl", texts)
    cost = succeeded(measure(driver(PEERS, "repair_peer", method, language, path)), f"repair_peer {method}")
    answer = json.loads(cost.output.splitlines()[-1])
    known = adjudicated(language) | majority_of(sentences)
    answers = Answers(dict(zip(texts, answer["joins"], strict=True)))
    found = evaluate(sentences, answers, source=False, adjudicated=known)["fix"]
    return found, words_in(texts) / max(answer["cpu"], 1e-9)


def _parts(told: Mapping[str, Mapping[str, Any]]) -> Table:
    columns = ("language", "left out", "tier", "sentences", "joins", "P", "P raw", "R", "F1", "P types", "R types")
    rows: list[tuple[Cell, ...]] = []
    for language, parts in told.items():
        for name, part in parts.items():
            for tier in ("fix", "suggest"):
                found = measure_of(part["tiers"]["with"][tier])
                rows.append(
                    (
                        language,
                        name,
                        tier,
                        part["sentences"],
                        found.right + found.missed,
                        found.precision,
                        measure_of(part["tiers"]["raw"][tier]).precision,
                        *row("", "", 0, found, None)[4:8],
                    )
                )
    return Table(columns, tuple(rows))


def _clean(told: Mapping[str, Mapping[str, Any]], manuals: Mapping[str, Any]) -> tuple[tuple[Cell, ...], ...]:
    """False fixes in the good texts of each part, with models of the others, and in manuals, with the shipped data."""
    rows: list[tuple[Cell, ...]] = []
    for language, parts in told.items():
        whole: dict[str, int] = defaultdict(int)
        for part in (part for part in parts.values() if part["labelled"] >= FEWEST):
            for name in ("sentences", "fix", "false", "suggest"):
                whole[name] += part["clean"][name]
        rows.append(_clean_row(language, "good texts of the gold data", whole))
    return (*rows, *(_clean_row(MANUALS[name], name, found) for name, found in manuals.items()))


def _manuals(say: Callable[[str], None]) -> dict[str, Any]:
    """What the shipped data does in each manual, by the name of its package."""
    found = {}
    for package, language in MANUALS.items():
        say(f"repair: {package}")
        cost = succeeded(measure(driver(OURS, "repair_clean", language, CLEAN / package)), f"repair_clean {package}")
        found[package] = json.loads(cost.output.splitlines()[-1])
    return found


def _synthetic(manuals: Mapping[str, Any]) -> Table:
    rows = []
    for package, told in manuals.items():
        split = told["synthetic"]
        if split is not None:
            found = Measure(split["right"], split["wrong"], split["missed"])
            joins = found.right + found.missed
            rows.append((MANUALS[package], package, joins, found.precision, found.recall, found.f1))
    return Table(("language", "text", "joins", "P", "R", "F1"), tuple(rows))


def _clean_row(language: str, name: str, told: Mapping[str, int]) -> tuple[Cell, ...]:
    sentences = max(told["sentences"], 1)
    return language, name, told["sentences"], *(told[what] * 1000 / sentences for what in ("fix", "false", "suggest"))


def promised(
    told: Mapping[str, Mapping[str, Any]], clean: Sequence[tuple[Cell, ...]], cost: Mapping[str, Any]
) -> list[Gate]:
    """What is promised of the repair, each with its figure."""
    gates = []
    for language, precision in TRAINED.items():
        fix, suggest = (pooled(told[language], "with", tier) for tier in ("fix", "suggest"))
        gates.append(Gate(f"repair: {language}, precision of what is fixed", precision, fix.precision, least=True))
        if language == "nl":
            gates += [
                Gate("repair: nl, recall of what is fixed", RECALL["fix"], fix.recall, least=True),
                Gate("repair: nl, precision of what is suggested", SUGGESTED, suggest.precision, least=True),
                Gate("repair: nl, recall of what is suggested", RECALL["suggest"], suggest.recall, least=True),
            ]
    for code, name, _, _, false, _ in clean:
        if isinstance(false, float):
            what = f"repair: {code}, false fixes per 1,000 sentences of {name}"
            gates.append(Gate(what, CLEAN_LIMIT, false, least=False))
    gates.append(Gate("repair: words per second, all checks", SPEED, cost["speed"], least=True))
    gates.append(Gate("repair: seconds to load the data of a language", LOAD, cost["load"], least=False))
    gates.append(Gate("repair: MB of data of a language", SIZE, max(cost["sizes"].values()) / 1e6, least=False))
    return gates
