"""Drafts put into a catalog as state `machine`, mended where that is exact, and left out where they would do harm.

Only empty entries are filled; nobody's text is touched. An entry whose source has changed since a person translated it
keeps that text: its draft is a mere comment beside it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import edit_po, entry_state, machine_comment, parse_po
from knooppunt.catalogs.states import without_machine
from knooppunt.checks import catalog_units, run_segments
from knooppunt.fix import FixResult, fix_catalog, settle
from knooppunt.model import Severity, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.catalogs import Catalog, Key
    from knooppunt.model import Entry, Finding
    from knooppunt.repair import Language

HARMFUL: Final = ("changed-number", "lost-placeholder", "refused-by-gettext")
"""Checks of which no error may be left in a draft: it stays out instead."""
MENDED: Final = (
    *HARMFUL,
    "engine-leftover",
    "glued-markup",
    "lost-markup",
    "product-name",
    "stray-space",
    "wrong-term",
)
"""Checks whose safe fixes are made in a draft at once: what belongs to code, links, numbers, names and terms."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text that stays untranslated, and why."""

    key: Key
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """A catalog with drafts."""

    text: str
    filled: int = 0
    """Entries that hold a draft now."""
    beside: int = 0
    """Entries of people whose source has changed, with a draft in a comment."""
    mended: Mapping[str, int] = field(default_factory=dict)
    """Fixes that were made in drafts, by check."""
    refusals: tuple[Refusal, ...] = ()


def is_vacant(entry: Entry) -> bool:
    """Whether a draft may fill an entry: it is in use, empty, without plural forms, and nobody has a say in it."""
    return not (entry.obsolete or entry.msgstr or entry.fuzzy or entry.msgid_plural is not None)


def is_outdated(entry: Entry) -> bool:
    """Whether a translation is older than its source, so that a draft of today's source is of use beside it."""
    stale = entry_state(entry, ()) is State.STALE and entry.previous_msgid is not None
    return stale and entry.msgid_plural is None and not entry.obsolete


def apply_drafts(catalog: Catalog, engine: str, drafts: Mapping[Key, str], language: Language) -> Drafted:
    """The catalog with these drafts in those of its entries that are open to them.

    The comment of each keeps what the engine wrote. Exact fixes of the checks `MENDED` are made in the drafts alone; a
    draft with an error of the checks `HARMFUL` left is taken out again.
    """
    old = {key: entry for key in drafts if (entry := catalog.by_key.get(key)) is not None}
    filled = {key: _machine(entry, engine, drafts[key]) for key, entry in old.items() if is_vacant(entry)}
    beside = {key: _beside(entry, engine, drafts[key]) for key, entry in old.items() if is_outdated(entry)}
    if not filled and not beside:
        return Drafted(catalog.text)
    text = edit_po(catalog, {**filled, **beside})
    owners: dict[Finding, Key] = {}

    def find(text: str) -> list[Finding]:
        owners.update(found := _findings(parse_po(text, catalog.path), filled, language, MENDED))
        return list(found)

    def fix(text: str, findings: object) -> FixResult:
        assert isinstance(findings, list)
        return fix_catalog(text, catalog.path, findings)

    mended = settle(text, find, fix)
    result = parse_po(mended.text, catalog.path)
    bad: dict[Key, Finding] = {}
    for finding, key in _findings(result, filled, language, HARMFUL).items():
        if finding.severity is Severity.ERROR:
            bad.setdefault(key, finding)
    text = edit_po(result, {key: old[key] for key in bad}) if bad else mended.text
    refusals = tuple(
        Refusal(key, old[key].origin.line, f"{finding.message} ({finding.check})") for key, finding in bad.items()
    )
    fixes = Counter(finding.check for finding in mended.applied if owners[finding] not in bad)
    return Drafted(text, len(filled) - len(bad), len(beside), fixes, refusals)


def _machine(entry: Entry, engine: str, text: str) -> Entry:
    """The entry with a draft."""
    comments = (*without_machine(entry.comments), machine_comment(engine, text))
    return replace(entry, msgstr=text, flags=("fuzzy", *entry.flags), comments=comments)


def _beside(entry: Entry, engine: str, text: str) -> Entry:
    """The entry as it is, with a draft of its new source as a comment; its state stays `stale`."""
    return replace(entry, comments=(*without_machine(entry.comments), machine_comment(engine, text)))


def _findings(
    catalog: Catalog, keys: Mapping[Key, Entry], language: Language, checks: tuple[str, ...]
) -> dict[Finding, Key]:
    """Findings in these entries alone, each with the entry that it is in."""
    starts = {catalog.by_key[key].origin.start: key for key in keys}
    units = [unit for unit in catalog_units(catalog, language.locale) if unit.origin.start in starts]
    return {finding: starts[finding.origin.start] for finding in run_segments(units, language, checks)}
