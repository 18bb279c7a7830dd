"""The translation memory of a locale, out of its catalogs and its TMX files.

Catalogs are those of `locales/<code>/LC_MESSAGES/`, also of articles that are gone. TMX files are in
`locales/<code>/memory/`, where `import_memory` puts them; they are data like the catalogs, and kept in git.
"""

from __future__ import annotations

import re
import stat
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from knooppunt import __version__
from knooppunt.catalogs import Question
from knooppunt.errors import DataError, Problem, UsageError
from knooppunt.exchange.memories import PREFIX, pairs, parse_tmx
from knooppunt.exchange.xmltext import MAX_BYTES, attributes, element
from knooppunt.files import alone, inside, listed, write_atomic
from knooppunt.memory import CUTOFF, EXACT, Concordance, Memory, MemoryUnit, catalog_memory, suggester
from knooppunt.memory.units import DONE
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from knooppunt.catalogs import Suggest, Suggestion
    from knooppunt.exchange.memories import MemoryUnit as TmxUnit
    from knooppunt.exchange.memories import Pair, Variant
    from knooppunt.memory import Found, Match
    from knooppunt.project import Project

FOLDER: Final = "memory"
"""Folder of a locale for its TMX files."""

_UNFIT_NAME: Final = re.compile(r"[^\w.-]+")
_ENDING: Final = re.compile(r"\.tmx$", re.IGNORECASE)
_SEGMENTATIONS: Final = ("block", "paragraph", "sentence", "phrase")
_DAY: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T\d{6}Z)?", re.ASCII)
_BEFORE: Final = (f"{PREFIX}before", "prev")
_AFTER: Final = (f"{PREFIX}after", "next")
"""Properties that name the neighbours of a text: ours, and those of OmegaT."""


class LocaleMemory:
    """The memory of one locale; its files are read when the first question is asked."""

    def __init__(
        self,
        project: Project,
        code: str,
        *,
        strict: bool = True,
        patience: int | None = None,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`strict` is whether a catalog that cannot be read is an error; an update tells of it in another place.

        `patience` is that of `Memory`. Raises UsageError where the project has no such locale.
        """
        self.code = project.locale(code).code
        self._project = project
        self._strict = strict
        self._patience = patience
        self._progress = progress

    @cached_property
    def units(self) -> tuple[MemoryUnit, ...]:
        """All units. Raises DataError with every file that cannot be read."""
        found: list[MemoryUnit] = []
        problems: list[Problem] = []
        approved = self._project.ledger(self.code).approved
        for name in catalog_names(self._project, self.code):
            self._progress(f"{self.code} {name}")
            try:
                catalog = self._project.catalog(self.code, name)
            except DataError as error:
                problems.extend(error.problems if self._strict else ())
                continue
            if catalog is not None:
                found += catalog_memory(name, catalog, approved)
        for shown, path in memory_files(self._project, self.code):
            self._progress(shown)
            try:
                memory = parse_tmx(file_bytes(path, shown), shown)
                source = self._project.settings.source_locale
                made = (_unit(pair, f"{FOLDER}/{path.name}") for pair in pairs(memory.units, source, self.code))
                found += (unit for unit in made if unit is not None)
            except DataError as error:
                problems.extend(error.problems)
        if problems:
            raise DataError(problems)
        return tuple(found)

    @cached_property
    def memory(self) -> Memory:
        """The units, ready to be searched. Raises DataError."""
        return Memory(self.units, patience=self._patience)

    def article(self, name: str) -> Suggest:
        """What an update of one article asks; nothing is read before it does.

        The catalog of the article itself gives suggestions too, but what it says of the very same text between the
        same neighbours does not count.
        """
        made: list[Suggest] = []

        def suggest(question: Question) -> Suggestion | None:
            if not made:
                made.append(suggester(self.memory, name))
            return made[0](question)

        return suggest


def catalog_names(project: Project, code: str) -> list[str]:
    """Names of all catalogs of a locale that are there, sorted; of articles that are gone too."""
    folder = project.settings.locales_path / code / "LC_MESSAGES"
    shown = f"{project.settings.locales}/{code}/LC_MESSAGES"
    return [path.removesuffix(".po") for path in listed(folder, shown, (".po",))]


def memory_files(project: Project, code: str) -> Iterator[tuple[str, Path]]:
    """The TMX files of a locale, sorted: path from the root, and path. Raises UsageError for one that leads out."""
    relative = f"{project.settings.locales}/{code}/{FOLDER}"
    folder = project.settings.root / relative
    for name in listed(folder, relative, (".tmx",)) if folder.is_dir() else ():
        shown = f"{relative}/{name}"
        yield shown, inside(project.settings.root, shown, "translation memory")


# Searching -----------------------------------------------------------------------------------------------------------


def locale_of(project: Project, code: str | None) -> str:
    """The locale that was asked for, or the only one of the project. Raises UsageError where there is no telling."""
    if code is not None:
        return project.locale(code).code
    if len(project.locales) != 1:
        known = ", ".join(locale.code for locale in project.locales) or "none yet"
        raise UsageError(f"say which locale with --locale (there: {known})")
    return project.locales[0].code


def similar(
    project: Project,
    code: str,
    text: str,
    *,
    limit: int = 5,
    least: int = CUTOFF,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Match, ...]:
    """At most `limit` texts that are at least `least` percent like one, with their translations, the best first.

    Raises UsageError for a text or numbers that make no sense, and DataError for files that cannot be read.
    """
    wanted = _typed(text)
    if not wanted:
        raise UsageError("give the text to search for")
    if not 0 < least <= EXACT:
        raise UsageError(f"a text cannot be {least} % like another; give a number from 1 to {EXACT}")
    memory = LocaleMemory(project, code, progress=progress).memory
    return memory.matches(Question(None, wanted), limit=_positive(limit), cutoff=least)


def concordance(
    project: Project,
    code: str,
    query: str,
    *,
    target: bool = False,
    limit: int = 20,
    progress: Callable[[str], None] = lambda _: None,
) -> Found:
    """Texts with certain words, or translations with `target`; see `Concordance.search`.

    Raises UsageError for a query without a word, and DataError for files that cannot be read.
    """
    _positive(limit)
    with Concordance(LocaleMemory(project, code, progress=progress).units) as base:
        return base.search(_typed(query), target=target, limit=limit)


def _typed(text: str) -> str:
    """What was typed, with single spaces."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UsageError(f"{text!a} is not UTF-8 text") from None
    return " ".join(text.split())


def _positive(limit: int) -> int:
    if limit < 1:
        raise UsageError(f"{limit} is not a number of texts to show; give 1 or more")
    return limit


# Counting ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MemoryCounts:
    """How much a memory holds."""

    locale: str
    units: int
    sources: int
    """Different texts."""
    approved: int
    translated: int
    """Units of catalogs that are in use, by their state."""
    obsolete: int
    """Units of catalogs whose text is gone."""
    imported: Mapping[str, int]
    """Units by TMX file."""
    several: int
    """Texts with more than one translation."""


def memory_counts(memory: LocaleMemory) -> MemoryCounts:
    """Count what a memory holds. Raises DataError."""
    own = [unit for unit in memory.units if not unit.imported]
    states = Counter(unit.state for unit in own if not unit.obsolete)
    targets = Counter(source for source, _ in {(unit.source, unit.target) for unit in memory.units})
    return MemoryCounts(
        memory.code,
        len(memory.units),
        len(targets),
        states[State.APPROVED],
        states[State.TRANSLATED],
        sum(unit.obsolete for unit in own),
        dict(sorted(Counter(unit.origin for unit in memory.units if unit.imported).items())),
        sum(number > 1 for number in targets.values()),
    )


# TMX -----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImportedMemory:
    """What became of a TMX file."""

    path: str
    """Where it is now, from the project's root."""
    units: int
    """Units that it holds now."""
    passed: int
    """Units of the file without a text in one of the two languages."""
    double: int
    """Units of the file that were there twice, in every detail."""
    changed: bool
    """Whether the file is new or has changed."""


def import_memory(project: Project, file: Path, code: str, *, force: bool = False) -> ImportedMemory:
    """Put a TMX file of any tool into the memory of a locale: its units in the two languages, in one order.

    The name stays, with `-` for what is awkward in one. Raises DataError with the line for a file that is not TMX and
    for one without a unit in both languages, and UsageError where another file of that name is there already, unless
    `force` is given; a file that holds the same is left alone.
    """
    source = project.settings.source_locale
    code = project.locale(code).code
    memory = parse_tmx(file_bytes(file, str(file)), str(file))
    found = list(pairs(memory.units, source, code))
    if not found:
        tags = sorted({variant.locale for unit in memory.units for variant in unit.variants})
        there = f"it has {', '.join(tags[:20])}" if tags else "it has no units"
        raise DataError.single(str(file), 0, f"has no text in {source} with its translation into {code}; {there}")
    units = {(pair.source, pair.target, _rendered(pair, source, code)) for pair in found}
    name = _UNFIT_NAME.sub("-", _ENDING.sub("", file.name)).strip("-.") or FOLDER
    shown = f"{project.settings.locales}/{code}/{FOLDER}/{name}.tmx"
    path = inside(project.settings.root, shown, "translation memory")
    text = _document((rendered for _, _, rendered in sorted(units)), source)
    with alone(project.settings.root):
        if not force and path.is_file() and file_bytes(path, shown) != text.encode("utf-8"):
            raise UsageError(f"{shown} is there already and holds something else; --force puts this file in its place")
        changed = write_atomic(path, text)
    return ImportedMemory(shown, len(units), len(memory.units) - len(found), len(found) - len(units), changed)


def _document(units: Iterable[str], source: str) -> str:
    header = {
        "creationtool": "knooppunt",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "TMX",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
            '<tmx version="1.4">',
            f"  <header{attributes(header)}/>",
            "  <body>",
            *units,
            "  </body>",
            "</tmx>",
            "",
        ]
    )


def _rendered(pair: Pair, source: str, code: str) -> str:
    """One unit with all that the file says of it, in level 1 of TMX: inline codes have become text."""
    unit = pair.unit
    first = unit.variant(source)
    facts = {"tuid": unit.tuid or None, "segtype": unit.segmentation if unit.segmentation in _SEGMENTATIONS else None}
    lines = [
        f"    <tu{attributes(facts)}{_who(unit)}>",
        *(f"      {line}" for line in _about(unit)),
        *([f"      {_text(first, source)}"] if first is not None else ()),
        f"      {_text(pair.variant, code)}",
        "    </tu>",
    ]
    return "\n".join(lines)


def _text(variant: Variant, code: str) -> str:
    inner = "".join([*_about(variant), element("seg", {}, variant.text)])
    return f"<tuv{attributes({'xml:lang': code})}{_who(variant)}>{inner}</tuv>"


def _about(item: TmxUnit | Variant) -> Iterator[str]:
    for note in item.notes:
        yield element("note", {}, note)
    for name, value in item.properties:
        yield element("prop", {"type": name}, value)


def _who(item: TmxUnit | Variant) -> str:
    return attributes(
        {
            "creationdate": item.created or None,
            "creationid": item.created_by or None,
            "changedate": item.changed or None,
            "changeid": item.changed_by or None,
        }
    )


def _unit(pair: Pair, origin: str) -> MemoryUnit | None:
    """A pair of a TMX file as a unit; None for one that its file calls unfinished.

    White space in files of other tools is as they like it, and is evened out; Knooppunt's own exports are exact.
    """
    props = {**pair.unit.props, **dict(pair.variant.properties)}
    state = props.get(f"{PREFIX}state")
    if state not in {None, *DONE} or any(item == (f"{PREFIX}flag", "fuzzy") for item in pair.unit.properties):
        return None
    exact = any(name.startswith(PREFIX) for name in props)
    source, target = (text if exact else " ".join(text.split()) for text in (pair.source, pair.target))
    if not source.strip() or not target.strip():
        return None
    changed = pair.variant.changed or pair.unit.changed or pair.variant.created or pair.unit.created
    who = (pair.variant.changed_by, pair.unit.changed_by, pair.variant.created_by, pair.unit.created_by)
    day = _DAY.fullmatch(changed)
    return MemoryUnit(
        source,
        target,
        origin,
        context=props.get(f"{PREFIX}context"),
        before=next((props[name] for name in _BEFORE if name in props), None),
        after=next((props[name] for name in _AFTER if name in props), None),
        state=None if state is None else State(state),
        obsolete=props.get(f"{PREFIX}obsolete") == "yes",
        imported=True,
        author=next((name for name in who if name), ""),
        date="-".join(day.groups()) if day else "",
    )


def file_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a file of another tool. Raises DataError where it cannot be read, has no end or is too large."""
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode) and not stat.S_ISDIR(facts.st_mode):
            raise DataError.single(shown, 0, "is a pipe or a device, and no file", hint="write it to a file first")
        if facts.st_size > MAX_BYTES:
            raise DataError.single(shown, 0, f"is larger than {MAX_BYTES >> 20} MiB", hint="split it")
        return path.read_bytes()
    except FileNotFoundError:
        raise DataError.single(shown, 0, "there is no such file") from None
    except OSError as error:
        raise DataError.single(shown, 0, f"cannot be read: {error.strerror}") from None
