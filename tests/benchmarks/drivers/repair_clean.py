"""What the shipped data does in a manual that nothing was counted in: `... repair_clean LANGUAGE FOLDER`.

FOLDER is an unpacked package. Every paragraph is a text, and counted as evidence, as `knooppunt check` does it. First
the manual as it is: what is joined is wrong, but for what its authors split. Then the manual with compounds split on
purpose. That is synthetic: what is split are words whose parts are frequent words, so it is easier than what machines
did. Prints one line of JSON.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.repair_gold import COUNTS, adjudicated
from knooppunt.config import LocaleConfig
from knooppunt.lexicons import load_lexicon
from knooppunt.lexicons.gather import files_of, is_english
from knooppunt.lexicons.texts import HOLE, running_text
from knooppunt.model import Locale
from knooppunt.repair import Evidence, Language, mask, rules_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knooppunt.repair import Split

END = re.compile(r"[.!?](?:\s|$)")
LONG = re.compile(r"(?<![\w'\u2019.-])[^\W\d_]{9,30}(?![\w'\u2019.-])")
LEAST_PART = 4
"""Letters of the shortest part of a word that is split."""
FREQUENT = 1000
"""Occurrences of each part in a thousand million words, at least."""


def texts_of(language: str, folder: Path) -> list[str]:
    """The paragraphs of a manual, each once, without those left in English."""
    own = rules_for(language).stop_words
    texts: dict[str, None] = {}
    files = list(files_of(folder, language)) or sorted(folder.rglob("*.html"))  # a package of one language
    for path in files:
        for text in running_text(path):
            shown = " ".join(text.replace(HOLE, " * ").split())
            if len(shown.split()) > 2 and not is_english(shown.lower().split(), own):
                texts[shown] = None
    return list(texts)


def found(language: str, texts: Sequence[str]) -> Iterator[tuple[int, Split]]:
    """What is joined in texts, each with the number of its text."""
    evidence = Evidence()
    for text in texts:
        evidence.add(text)
    locale = Locale(language)
    config = LocaleConfig(locale, language)
    detector = Language(locale, config, lexicon=load_lexicon(language), evidence=evidence).splits
    for number, text in enumerate(texts):
        for split in detector.find(text, mask(text), None):
            if split.joined.count(" ") < text.count(" ", split.start, split.end):  # no hyphen of `Linux- en`
                yield number, split


def apart(text: str, frequencies: Mapping[str, int]) -> tuple[str, list[int]]:
    """A text with half of its compounds of frequent words split, and where."""
    places: list[int] = []
    parts: list[str] = []
    at = size = 0
    for word in LONG.finditer(text):
        middle = _middle(word[0].lower(), frequencies)
        if middle and zlib.crc32(f"{word.start()} {text}".encode()) % 2:
            parts += [text[at : word.start() + middle], " "]
            size += word.start() + middle - at
            places.append(size)
            size += 1
            at = word.start() + middle
    return "".join([*parts, text[at:]]), places


def _middle(word: str, frequencies: Mapping[str, int]) -> int:
    """Where a word is split so that its rarer part is as frequent as can be; 0 for a word that is no such compound."""
    best, place = FREQUENT - 1, 0
    for middle in range(LEAST_PART, len(word) - LEAST_PART + 1):
        rarer = min(frequencies.get(word[:middle], 0), frequencies.get(word[middle:], 0))
        if rarer > best and frequencies.get(word, 0) < rarer:
            best, place = rarer, middle
    return place


def synthetic(language: str, texts: Sequence[str]) -> dict[str, Any]:
    """Joins that are made of what was split on purpose: right, wrong and missed, all of them suggestions too."""
    with gzip.open(COUNTS / language / "wordfreq-words.tsv.gz", "rt", encoding="utf-8") as lines:
        frequencies = {word: int(count) for word, count in (line.rstrip("\n").split("\t") for line in lines)}
    broken = [apart(text, frequencies) for text in texts]
    right = wrong = 0
    for number, split in found(language, [text for text, _ in broken]):
        inside = sum(split.start < place < split.end for place in broken[number][1])
        right += inside
        wrong += not inside
    wanted = sum(len(places) for _, places in broken)
    return {"right": right, "wrong": wrong, "missed": wanted - right}


def main() -> None:
    """Read the manual, find joins, print how many."""
    language, folder = sys.argv[1:3]
    texts = texts_of(language, Path(folder))
    joins = [(texts[number][split.start : split.end], split) for number, split in found(language, texts)]
    known = adjudicated(language)
    told = {
        "sentences": sum(max(1, len(END.findall(text))) for text in texts),
        "fix": sum(split.safe for _, split in joins),
        "false": sum(split.safe and tuple(old.casefold().split()) not in known for old, split in joins),
        "suggest": len(joins),
        "examples": sorted({f"{old} > {split.joined}" for old, split in joins if split.safe}),
        "suggested": sorted({f"{old} > {split.joined}" for old, split in joins if not split.safe}),
        "synthetic": synthetic(language, texts) if (COUNTS / language).is_dir() else None,
    }
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
