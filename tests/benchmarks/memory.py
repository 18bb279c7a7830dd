"""The translation memory with 100,000 different texts: what it costs, how fast it answers, and how much it finds.

`rows()` gives everything as (what, figure, unit), `gates(rows)` the promises as (name, limit, figure, least), where
`least` says that the figure must be at least the limit. On its own: `PYTHONPATH=tests python -m benchmarks.memory`.

The texts are all of the English corpora, else of our own pages, filled up with texts in which one to three words are
changed. Asked are 500 texts that were left out, and 500 changed ones. Time is CPU time of this process.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from corpora import ROOT as CORPORA
from knooppunt.catalogs import Question
from knooppunt.memory import CUTOFF, Concordance, Memory, MemoryUnit
from knooppunt.memory.index import FuzzyIndex
from knooppunt.memory.normal import normal_text
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UNITS = 100_000
ASKED = 500
FOLDERS = ("aks-docs", "material-docs", "fastapi-docs/en", "parallel/mim-nl/en")
NAIVE = 100
"""Questions that rapidfuzz answers alone, which takes long."""
QUERIES = ("node pool", '"virtual node*"', "the", "subnet OR quota", "clus*")

Row = tuple[str, float, str]


def rows() -> list[Row]:
    """All figures, measured now; takes some minutes."""
    chance = random.Random(20)  # noqa: S311 # a sample, no secret
    texts, asked = texts_and_questions(chance)
    before = peak()
    started = time.process_time()
    memory = Memory((MemoryUnit(text, text.upper(), "a") for text in texts), patience=0)
    made = time.process_time()
    memory.prepare()
    prepared = time.process_time()
    found: list[Row] = [
        ("units", len(texts), ""),
        ("units sorted and grouped", made - started, "s"),
        ("index made", prepared - made, "s"),
        ("memory of both, at most", (peak() - before) / 1e6, "MB"),
    ]
    for name, questions in asked.items():
        times = sorted(timed(memory.matches, Question(None, text)) for text in questions)
        found += [
            (f"five best, {name}, median", statistics.median(times) * 1000, "ms"),
            (f"five best, {name}, 95th percentile", times[len(times) * 95 // 100] * 1000, "ms"),
        ]
        found += [(f"{what}, {name}", share, "%") for what, share in recall(texts, questions)]
    some = [normal_text(text) for text in asked["left out"][:NAIVE]]
    plain = [normal_text(text) for text in texts]
    naive = [timed(process.extract, text, plain, scorer=fuzz.ratio, limit=5) for text in some]
    found.append(("five best, rapidfuzz's extract alone, median", statistics.median(naive) * 1000, "ms"))
    same = [timed(memory.exact, Question(None, text)) for text in texts[:1000]]
    found.append(("the same text, median", statistics.median(same) * 1000, "ms"))
    started = time.process_time()
    with Concordance(memory.units) as base:
        found.append(("concordance made", time.process_time() - started, "s"))
        asked_words = [timed(base.search, query) for query in QUERIES for _ in range(5)]
        found.append(("concordance, median of a query", statistics.median(asked_words) * 1000, "ms"))
        found.append(("concordance, slowest query", max(asked_words) * 1000, "ms"))
    return found


def gates(measured: Sequence[Row]) -> list[tuple[str, float, float, bool]]:
    """What is promised: name, limit, figure, whether the figure must be at least the limit."""
    figures = {name: value for name, value, _ in measured}
    kept = []
    for name in ("left out", "changed"):
        for what in ("median", "95th percentile"):
            key = f"five best, {name}, {what}"
            kept.append((f"{key}, ms", 5.0, figures[key], False))
        kept.append((f"best found, {name}, %", 98.0, figures[f"best found, {name}"], True))
    return [*kept, ("index made, s", 10.0, figures["index made"], False)]


def texts_and_questions(chance: random.Random) -> tuple[list[str], dict[str, list[str]]]:
    """The texts of a memory, all different, and what is asked of it."""
    real = sorted({text for folder in folders() for text in texts_of(folder)})
    chance.shuffle(real)
    left_out, texts = real[: min(ASKED, len(real) // 10)], real[min(ASKED, len(real) // 10) :]
    pool = [word for text in texts[:20_000] for word in text.split()]
    known = {*real}
    base = [*texts]
    while len(texts) < UNITS:
        text = varied(chance.choice(base), pool, chance)
        if text not in known:
            known.add(text)
            texts.append(text)
    changed = [varied(text, pool, chance) for text in chance.sample(texts, ASKED)]
    return texts[:UNITS], {"left out": left_out, "changed": changed}


def folders() -> list[Path]:
    """The English corpora, or our own pages where they are not on this machine."""
    there = [CORPORA / name for name in FOLDERS if (CORPORA / name).is_dir()]
    return there or [Path(__file__).parents[2] / "docs"]


def texts_of(folder: Path) -> list[str]:
    """Texts of all pages below a folder."""
    pages = (parse_page(path.read_bytes().decode("utf-8")) for path in sorted(folder.rglob("*.md")))
    return [segment.msgid for page in pages for segment in page.segments]


def varied(text: str, pool: Sequence[str], chance: random.Random) -> str:
    """The text with one to three words put in, exchanged or taken away."""
    words = text.split()
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(words) + 1)
        words[at : at + chance.randint(0, 1)] = [chance.choice(pool)] if chance.random() < 0.75 else []
    return " ".join(words)


def recall(texts: Sequence[str], questions: Sequence[str]) -> list[tuple[str, float]]:
    """Share of what comparing with every text finds that the index finds too: of the best, and of the five best."""
    normal = [normal_text(text) for text in texts]
    index, every = FuzzyIndex(normal, patience=0), FuzzyIndex(normal, patience=sys.maxsize)
    first = firsts = five = fives = 0
    for text in map(normal_text, questions):
        wanted = [score for score, _ in every.nearest(text, 5, CUTOFF)]
        if wanted:
            found = [score for score, _ in index.nearest(text, 5, CUTOFF)]
            firsts += 1
            first += found[:1] == wanted[:1]
            fives += len(wanted)
            five += sum(score >= wanted[-1] for score in found)
    return [("best found", 100 * first / max(firsts, 1)), ("five best found", 100 * five / max(fives, 1))]


def timed(work: Callable[..., object], *arguments: object, **options: object) -> float:
    """CPU seconds of one call."""
    started = time.process_time()
    work(*arguments, **options)
    return time.process_time() - started


def peak() -> int:
    """Most memory that this process has held so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> int:
    """Print all figures and whether the promises hold."""
    measured = rows()
    for name, value, unit in measured:
        print(f"{name:55} {value:12,.2f} {unit}")
    failed = 0
    for name, limit, value, least in gates(measured):
        passed = value >= limit if least else value <= limit
        failed += not passed
        word = "PASS" if passed else "FAIL"
        print(f"{word}  {name}: {value:.2f} ({'at least' if least else 'at most'} {limit:g})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
