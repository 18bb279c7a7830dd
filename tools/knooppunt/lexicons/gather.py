"""Counts words, and pairs of neighbouring words, in what openly licensed software says in a language.

    python -m knooppunt.lexicons.gather nl PACKAGES OUT

PACKAGES is a folder with one folder per unpacked package, of Debian (`apt-get download NAME`, `dpkg-deb -x`) or of
PyPI (a wheel is a zip file). All that is written in it for the language is read: web pages, DocBook and Mallard,
manual pages, message catalogs, language packs of Mozilla. OUT gets `manuals-words.tsv.gz`, `manuals-pairs.tsv.gz`,
the same for `catalogs`, `wordfreq-words.tsv.gz` where the package wordfreq (3.1.1; data under CC BY-SA 4.0) is
installed, and `packages.tsv` with what each package gave. One text counts once, however often packages repeat it.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knooppunt.lexicons.texts import running_text
from knooppunt.repair.languages import rules_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NAMES: Final = {
    "nl": ("nl", "nl_NL", "nl-NL"),
    "de": ("de", "de_DE", "de-DE"),
    "sv": ("sv", "sv_SE", "sv-SE"),
    "da": ("da", "da_DK", "da-DK"),
    "nb": ("nb", "nb_NO", "nb-NO", "no"),
    "fi": ("fi", "fi_FI", "fi-FI"),
    "en": (),
}
"""How packages name the folder or file of a language. Of English, wordfreq is enough to tell names by."""

CATALOGS: Final = (".mo", ".po", ".json", ".xpi")
LEAST: Final = 2
"""Words and pairs seen less often are left out: among them are most typing errors."""
FOREIGN: Final = 1.0
"""How many powers of ten more frequent in English a word of wordfreq must be to count as an English word, unless the
packages use it in the language."""
USED: Final = 5
MOST_GENERAL: Final = 300_000
"""Words of wordfreq that are taken, the most frequent first."""
ENGLISH_LEAST: Final = 2.45e-7
"""Share of English text from which an English word is taken."""

_ENGLISH_WORDS: Final = """
a about after all also an and any are as at be been before but by can cannot could does each for from has have if
in into is it its may more most must no not of on only or other our should so such than that the their them then
there these they this those to up use used using was were what when where which while who will with would you
your
"""
_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")
_GAP = re.compile(r"[ \t\u00a0]{1,20}|[ \t]{0,20}\n[ \t]{0,40}")
_MIXED = re.compile(r"[^\W\d_][^\W\d_]*[a-zß-ÿ][A-Z]")
"""Names of things in programs: `printPreview`."""


@dataclass
class Counts:
    """What texts hold: lower-cased words and pairs of neighbours, how often each."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)

    def add(self, text: str, own: frozenset[str]) -> int:
        """Count a text that was not counted before and is not English; how many words that were."""
        key = hash(text)
        if key in self.seen:
            return 0
        self.seen.add(key)
        found = list(_WORD.finditer(text))
        keys = [match[0].lower().replace("\u2019", "'") for match in found]
        if is_english(keys, own):
            return 0
        before, count = -1, 0
        for at, match in enumerate(found):
            if not _is_word(match[0]):
                continue
            count += 1
            self.words[keys[at]] += 1
            if before == at - 1 >= 0 and _GAP.fullmatch(text, found[before].end(), match.start()):
                self.pairs[keys[before], keys[at]] += 1
            before = at
        return count


def _is_word(token: str) -> bool:
    return token[0].isalpha() and not any(sign.isdigit() for sign in token) and _MIXED.search(token) is None


def is_english(words: Sequence[str], own: frozenset[str]) -> bool:
    """Whether a text has English small words, and at least as many as those of the language."""
    english = sum(word in _ENGLISH and word not in own for word in words)
    return english > 0 and english >= sum(word in own for word in words)


def files_of(package: Path, locale: str) -> Iterator[Path]:
    """The files of an unpacked package that are written for a language, sorted."""
    names = frozenset(NAMES[locale])
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        wanted = any(names & {part, *part.split(".")} for part in parts) or any(
            part.startswith("langpack-") and names & set(re.split(r"[@-]", part, maxsplit=2)) for part in parts
        )
        if wanted and path.is_file() and not path.is_symlink():
            yield path


def count_packages(folder: Path, locale: str) -> tuple[dict[str, Counts], dict[str, int]]:
    """Counts by kind, `manuals` and `catalogs`; and package -> words that it gave."""
    own = rules_for(locale).stop_words
    counts = {"manuals": Counts(), "catalogs": Counts()}
    given: dict[str, int] = {}
    for package in sorted(path for path in folder.iterdir() if path.is_dir()):
        words = 0
        for path in files_of(package, locale):
            kind = counts["catalogs" if path.suffix in CATALOGS else "manuals"]
            for text in running_text(path):
                words += kind.add(text, own)
        if words:
            given[package.name] = words
    return counts, given


def general_words(locale: str, used: Counter[str]) -> dict[str, int]:
    """Words of general language -> occurrences in a thousand million words, from wordfreq.

    A word that is ten times as frequent in English is left out, unless the packages use it. Raises ImportError where
    wordfreq is not installed.
    """
    wordfreq = importlib.import_module("wordfreq")
    frequencies: dict[str, float] = wordfreq.get_frequency_dict(locale, wordlist="best")
    english: dict[str, float] = wordfreq.get_frequency_dict("en", wordlist="best")
    if locale == "en":
        frequencies = {word: share for word, share in english.items() if share >= ENGLISH_LEAST}
    chosen = (
        (word, round(frequency * 1e9))
        for word, frequency in frequencies.items()
        if _WORD.fullmatch(word)
        and _is_word(word)
        and (used[word] >= USED or english.get(word, 0.0) < frequency * 10**FOREIGN)
    )
    return dict(sorted(chosen, key=lambda row: (-row[1], row[0]))[:MOST_GENERAL])


def main(arguments: Sequence[str] | None = None) -> int:
    """Count all packages and write the lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("locale", choices=sorted(NAMES))
    parser.add_argument("packages", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args(arguments)
    if not options.packages.is_dir():
        parser.error(f"{options.packages}: there is no such folder")
    counts, given = count_packages(options.packages, options.locale)
    options.out.mkdir(parents=True, exist_ok=True)
    for kind, found in counts.items():
        _write(options.out / f"{kind}-words.tsv.gz", found.words.items())
        _write(options.out / f"{kind}-pairs.tsv.gz", ((f"{a}\t{b}", number) for (a, b), number in found.pairs.items()))
        print(f"{options.locale} {kind}: {found.words.total():,} words, {len(found.words):,} different")
    try:
        general = general_words(options.locale, counts["manuals"].words + counts["catalogs"].words)
    except ImportError:
        print("wordfreq is not installed: general language is left out", file=sys.stderr)
    else:
        _write(options.out / "wordfreq-words.tsv.gz", general.items())
    lines = (f"{name}\t{number}\n" for name, number in sorted(given.items()))
    (options.out / "packages.tsv").write_text("".join(lines), encoding="utf-8")
    return 0


def _write(path: Path, counts: Iterable[tuple[str, int]]) -> None:
    """Most frequent first, then by name; the same counts make the same bytes."""
    kept = sorted(((name, number) for name, number in counts if number >= LEAST), key=lambda row: (-row[1], row[0]))
    text = "".join(f"{name}\t{number}\n" for name, number in kept)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    sys.exit(main())
