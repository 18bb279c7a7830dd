"""What another method takes for split compounds: `python -m benchmarks.drivers.repair_peer METHOD LANGUAGE TEXTS`.

TEXTS has one JSON string a line. The answer is one line of JSON: per text its joins as `[start, end]` of both words,
CPU seconds of the work and of loading, and how many texts were done. Runs with the standard library, in the peers'
environment, so that no peer pays for what Knooppunt imports.

- `hunspell`, `aspell`: the dictionary has the joined word. With `-strict`, it also lacks one of its parts.
- `wordfreq`: the joined word is more frequent than its parts would meet by chance.
- `languagetool`: a rule of LanguageTool suggests to leave out the space.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Joins = list[list[int]]

PAIR = re.compile(r"(?<!\w)([^\W\d_]+)[ \u00a0]{1,3}(?=([^\W\d_]+)(?!\w))")
DICTIONARIES = {"nl": "nl_NL", "de": "de_DE", "sv": "sv_SE"}
SUGGESTIONS = 5
"""How many suggestions of a rule are looked at."""
LEAST = 1e-8
"""Least frequency of a joined word; wordfreq knows nothing that is rarer."""


def pairs(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Neighbouring words with letters only: start of the first, end of the second, and both."""
    for found in PAIR.finditer(text):
        yield found.start(), found.end() + len(found[2]), found[1], found[2]


def joined(first: str, second: str) -> str:
    """Both as one word, in the case of the first."""
    return first + (second.lower() if second.istitle() else second)


def with_dictionary(texts: Sequence[str], known: Callable[[set[str]], set[str]], *, strict: bool) -> list[Joins]:
    """Joins of what a dictionary has as one word, each different word looked up once."""
    found = [list(pairs(text)) for text in texts]
    wanted = {joined(a, b) for some in found for _, _, a, b in some}
    if strict:
        wanted |= {part for some in found for _, _, a, b in some for part in (a, b)}
    right = known(wanted)
    return [
        [
            [start, end]
            for start, end, a, b in some
            if joined(a, b) in right and not (strict and a in right and b in right)
        ]
        for some in found
    ]


def speller(command: Sequence[str]) -> Callable[[set[str]], set[str]]:
    """A program that reads words and prints those that it does not know."""

    def known(words: set[str]) -> set[str]:
        given = "\n".join(sorted(words)) + "\n"
        done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=True)
        return words - set(done.stdout.split("\n"))

    return known


def by_chance(texts: Sequence[str], frequency: Callable[[str], float]) -> list[Joins]:
    """Joins of words that stand joined more often than they would stand side by side by chance."""
    return [
        [
            [start, end]
            for start, end, a, b in pairs(text)
            if (one := frequency(joined(a, b))) >= LEAST and one > frequency(a) * frequency(b)
        ]
        for text in texts
    ]


def by_rules(texts: Sequence[str], check: Callable[[str], Sequence[dict[str, Any]]]) -> list[Joins]:
    """Joins that a rule suggests: what it would put in is what stands there without a space."""
    return [
        [span for match in check(text) for span in gaps(text, match["offset"], match["length"], match["suggestions"])]
        for text in texts
    ]


def gaps(text: str, start: int, length: int, suggestions: Sequence[str]) -> Joins:
    """The pairs inside [start, start + length) that the first fitting suggestion writes as one word."""
    old = text[start : start + length]
    for new in suggestions[:SUGGESTIONS]:
        if old != new and "".join(old.split()).casefold() == "".join(new.split()).casefold():
            kept = _letters_before_spaces(new)
            words = list(re.finditer(r"\S+", old))
            return [
                [start + words[at].start(), start + words[at + 1].end()]
                for at in range(len(words) - 1)
                if sum(len(word[0]) for word in words[: at + 1]) not in kept
            ]
    return []


def _letters_before_spaces(text: str) -> set[int]:
    sizes = [len(word) for word in text.split()]
    return {sum(sizes[: at + 1]) for at in range(len(sizes) - 1)}


def _seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> None:
    """Read the texts, find the joins, print them."""
    method, language, path = sys.argv[1:4]
    with Path(path).open(encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    start, again = _seconds(), 0.0
    name, _, strict = method.partition("-")
    if name in {"hunspell", "aspell"}:
        command = (
            ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-l"]
            if name == "hunspell"
            else ["aspell", f"--lang={language}", "--encoding=utf-8", "list"]
        )
        speller(command)({"a"})
        loaded = _seconds()
        again = loaded - start  # the program reads its dictionary once more
        joins = with_dictionary(texts, speller(command), strict=bool(strict))
    elif name == "wordfreq":
        wordfreq = importlib.import_module("wordfreq")
        frequencies: dict[str, float] = wordfreq.get_frequency_dict(language, wordlist="best")
        loaded = _seconds()
        joins = by_chance(texts, lambda word: frequencies.get(word.lower(), 0.0))
    elif name == "languagetool":
        engine = importlib.import_module("lt_py").Engine(language)
        engine.check("Dit is een zin.")
        loaded = _seconds()
        joins = by_rules(texts, engine.check)
    else:
        sys.exit(f"{method}: there is no such method")
    print(json.dumps({"joins": joins, "cpu": max(0.0, _seconds() - loaded - again), "load": loaded - start}))


if __name__ == "__main__":
    main()
