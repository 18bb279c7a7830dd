"""What an update has found up to date, so that the next one need not read it again.

`.knooppunt/cache/update.json` holds, for each catalog, one hash of all that it is made from: its page and record
files, and the catalog itself. All of them are taken from the bytes of the files, never from their times. A hash of
everything that every catalog depends on (settings, mkdocs.yml, Knooppunt's own code) throws all of them away when it
changes. The file may be deleted at any time; a damaged one counts as none.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

import knooppunt
from knooppunt.config import FILE_NAME, LOCALE_FILE, PYPROJECT
from knooppunt.files import write_atomic
from knooppunt.sources import article_name, source_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knooppunt.config import Settings

FORMAT: Final = 1
ABSENT: Final = "-"
LEDGER: Final = "reviews.jsonl"


class Inputs:
    """Hashes of the files that an update reads, each file read once."""

    def __init__(self, settings: Settings, codes: Iterable[str]) -> None:
        self.settings = settings
        self.codes = tuple(codes)

    @cached_property
    def fingerprint(self) -> str:
        """Hash of what every catalog depends on; of the settings also as they were read, before their file changed."""
        package = Path(knooppunt.__file__).parent
        root = self.settings.root
        settings = replace(self.settings, root=Path())  # a project that is moved keeps its cache
        parts = [f"{FORMAT}", sys.version, yaml.__version__, repr(settings)]
        parts += [f"{name}:{_digest(path)}" for name, path in _below(package, ".py")]
        parts += [f"{name}:{_digest(root / name)}" for name in (FILE_NAME, PYPROJECT, "mkdocs.yml")]
        return _joined(parts)

    @cached_property
    def docs(self) -> Mapping[str, str]:
        """Hash of each page and record file, by its path under docs. Raises DataError for a name that is not fit."""
        folder = f"{self.settings.docs_path}{os.sep}"
        return {path: _digest(folder + path) for path in source_paths(self.settings)}

    @cached_property
    def articles(self) -> Mapping[str, str]:
        """Hash of the files of each article, by its name."""
        files: dict[str, list[str]] = {}
        for path, digest in self.docs.items():
            files.setdefault(article_name(path), []).append(f"{path}:{digest}")
        return {name: _joined(parts) for name, parts in files.items()}

    @cached_property
    def catalogs(self) -> Mapping[str, Mapping[str, str]]:
        """Hash of each catalog by locale and name."""
        return {
            code: {
                name.removesuffix(".po"): _digest(path)
                for name, path in _below(self.settings.locales_path / code / "LC_MESSAGES", ".po")
            }
            for code in self.codes
        }

    def everything(self, code: str, written: Mapping[str, str] | None = None, ledger: str | None = None) -> str:
        """Hash of all that an update of a locale reads.

        `written` are hashes of catalogs by name, and `ledger` that of the ledger, where the update itself has just
        changed them; the rest is as it was before the update read it, so that a later change by others shows.
        """
        folder = self.settings.locales_path / code
        parts = [_digest(folder / LOCALE_FILE), _digest(folder / LEDGER) if ledger is None else ledger]
        for mapping in (self.docs, {**self.catalogs[code], **(written or {})}):
            parts += [f"{name}:{mapping[name]}" for name in sorted(mapping)]
        return _joined(parts)


@dataclass(slots=True)
class Verdict:
    """What the cache knows of one locale."""

    everything: str = ""
    """Hash of all that the last update of all articles left behind; empty where that is not known."""
    orphans: list[tuple[str, int]] = field(default_factory=list)
    articles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Name of a catalog -> hash of its files and itself, and its number of messages."""


class UpdateCache:
    """The verdicts of earlier updates."""

    def __init__(self, inputs: Inputs, *, empty: bool = False) -> None:
        self.inputs = inputs
        self.path = inputs.settings.cache_path / "cache" / "update.json"
        self.fingerprint = inputs.fingerprint  # taken before anything is read, so that a later change shows
        self._locales = {} if empty else self._read()

    def locale(self, code: str) -> Verdict:
        """The verdict on a locale, to read and to write."""
        return self._locales.setdefault(code, Verdict())

    def unchanged(self, code: str) -> Verdict | None:
        """The verdict on a locale of which no file has changed since it was up to date; else None."""
        verdict = self._locales.get(code)
        fresh = verdict is not None and verdict.everything == self.inputs.everything(code)
        return verdict if fresh else None

    def current(self, code: str, name: str) -> int | None:
        """Number of messages of a catalog that is up to date; None where that is not known."""
        found = self.locale(code).articles.get(name)
        catalog = self.inputs.catalogs[code].get(name, ABSENT)
        return found[1] if found and found[0] == self._key(name, catalog) else None

    def keep(self, code: str, name: str, text: str | None, messages: int) -> None:
        """Remember that a catalog with this text, or none at all, is up to date."""
        digest = ABSENT if text is None else text_digest(text)
        self.locale(code).articles[name] = (self._key(name, digest), messages)

    def save(self) -> None:
        """Write the cache; failing to is no error."""
        value = {
            "format": FORMAT,
            "fingerprint": self.fingerprint,
            "locales": {
                code: {"everything": verdict.everything, "orphans": verdict.orphans, "articles": verdict.articles}
                for code, verdict in self._locales.items()
            },
        }
        with contextlib.suppress(OSError):
            write_atomic(self.path, json.dumps(value, separators=(",", ":")))

    def _key(self, name: str, catalog: str) -> str:
        return _joined([self.inputs.articles.get(name, ABSENT), catalog])[:32]

    def _read(self) -> dict[str, Verdict]:
        try:
            value = json.loads(self.path.read_text("utf-8"))
            if value["format"] != FORMAT or value["fingerprint"] != self.fingerprint:
                return {}
            return {str(code): _verdict(item) for code, item in value["locales"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            return {}


def text_digest(text: str) -> str:
    """SHA-256 of a text as a file of UTF-8 would have it."""
    return sha256(text.encode("utf-8")).hexdigest()


def _verdict(item: Mapping[str, Any]) -> Verdict:
    return Verdict(
        str(item["everything"]),
        [(str(path), int(count)) for path, count in item["orphans"]],
        {str(name): (str(key), int(count)) for name, (key, count) in item["articles"].items()},
    )


def _below(folder: Path, ending: str) -> Iterator[tuple[str, str]]:
    """Relative path and path of all files below a folder with an ending, sorted; none where there is no folder.

    Hidden ones are left out, as `listed` does: editors and macOS put files of their own beside a catalog.
    """
    start = len(f"{folder}{os.sep}")
    for path, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(ending) and not name.startswith("."):
                full = f"{path}{os.sep}{name}"  # a Path for each of many files would cost more than its hash
                yield full[start:].replace(os.sep, "/"), full


def _digest(path: str | Path) -> str:
    """SHA-256 of a file's bytes; `ABSENT` for one that is not there or cannot be read."""
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 # a Path would cost more than the hash
            return sha256(stream.read()).hexdigest()
    except OSError:
        return ABSENT


def _joined(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
