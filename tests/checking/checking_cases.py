"""Small sets of files to check, and a detector whose joins depend on what all of them say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from knooppunt.checking import ALL, Checking, FileResult, Options, check_files, gather_files
from knooppunt.config import LocaleConfig
from knooppunt.model import Locale
from knooppunt.repair import Evidence, Language, Split, make_language
from knooppunt.repair.tokens import is_gap, letter_runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from knooppunt.checking import Wanted
    from knooppunt.repair import Mask, SplitDetector

TERMS = "pod:\n  source: pod\n  use: pod\n  plural: pods\n  never: [peul, peulen]\n"
WORDS = "knooppunt\nknooppunten\nvoorbeeld\n"


def dutch() -> Language:
    """Dutch with a small termbase and word list."""
    locale = Locale("nl")
    return make_language(LocaleConfig(locale, "Nederlands"), terms=TERMS, words=WORDS)


class Toy:
    """Joins two words wherever their joined form stands in the texts more often than the two apart."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence

    def find(self, text: str, mask: Mask, source: str | None) -> Iterator[Split]:
        del source
        runs = letter_runs(mask)
        at = 0
        while at + 1 < len(runs):
            one, other = runs[at], runs[at + 1]
            joined = one.key + other.key
            known = self.evidence.words.get(joined, 0)
            if is_gap(text, one.end, other.start) and known > self.evidence.pairs.get((one.key, other.key), 0):
                yield Split(one.start, other.end, joined, 0.999, "the texts have it as one word", safe=True)
                at += 1
            at += 1


@dataclass(frozen=True)
class ToyLanguage(Language):
    """A language whose detector is made of the evidence alone."""

    @cached_property
    def splits(self) -> SplitDetector:
        return Toy(self.evidence or Evidence())


def toy() -> Language:
    """A language of its own, of which nothing is known but what the texts say."""
    locale = Locale("nl")
    return ToyLanguage(locale, LocaleConfig(locale, "nl"))


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Make files below a folder."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root


def read(root: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def checked(
    root: Path,
    language: Language | None,
    *,
    source: str | None = None,
    folder: str = ".",
    select: tuple[str, ...] | None = None,
    fix: bool = False,
    stats: bool = False,
    jobs: int = 1,
    wanted: Wanted = ALL,
) -> tuple[list[FileResult], Checking]:
    """Check a folder, write the fixes if there are any, and give the results."""
    options = Options(select=select, fix=fix, wanted=wanted, jobs=jobs, stats=stats)
    files = list(gather_files([folder], root))
    place = None if source is None else root / source
    with check_files(files, language=language, source=place, translated=root / folder, options=options) as checking:
        results = list(checking.results())
        if fix:
            checking.write()
        return results, checking
