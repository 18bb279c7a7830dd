"""Catalogs out to files of translation tools, and back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import edit_po, parse_po, render_decision
from knooppunt.errors import DataError, UsageError
from knooppunt.exchange import (
    Format,
    ImportPlan,
    Outgoing,
    catalog_units,
    fits,
    format_named,
    format_of,
    formats,
    nearest,
    plan_import,
)
from knooppunt.exchange.omegat import TOOL, identified
from knooppunt.files import Writes, alone, listed, read_text, write_atomic
from knooppunt.model import State
from knooppunt.remembering import file_bytes, locale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from knooppunt.catalogs import Catalog
    from knooppunt.exchange import ReturnedFile
    from knooppunt.project import Project

_PERSON: Final = re.compile(r"[^<>\n]*[^<>\s][^<>\n]* <[^<>\s]+>")


@dataclass(frozen=True, slots=True)
class Export:
    """What goes out."""

    format: Format
    text: str
    units: int
    catalogs: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do."""

    path: str
    format: Format
    locale: str
    plan: ImportPlan
    paths: Mapping[str, str]
    """Paths of the catalogs that change, from the project's root, by name."""
    written: bool
    approved: int = 0
    """Lines that the ledger got."""


def export_catalogs(
    project: Project,
    name: str,
    *,
    locale: str | None = None,
    names: Iterable[str] = (),
    states: Iterable[str] = (),
    obsolete: bool = False,
    omegat: bool = False,
) -> Export:
    """The catalogs of a locale in the format of that name; nothing is written.

    The locale may be left out where the project has one only. No names are all catalogs, and no states those that the
    format is for; `all` is every state. Obsolete entries are left out unless asked for. With `omegat` the file is
    one for a project of OmegaT. Raises UsageError for a format, locale, article or state that is not there and for a
    format that OmegaT has no use for, DataError for a catalog that is not valid.
    """
    item = format_named(name)
    render = item.render_omegat if omegat else item.render
    if render is None:
        able = " and ".join(other.name for other in formats().values() if other.render_omegat)
        raise UsageError(f"for OmegaT there are {able}, not {name}")
    code = locale_of(project, locale)
    wanted = _states(states) or item.states
    approved = project.ledger(code).approved
    chosen = _articles(project, code, names)
    units = [
        unit
        for article in chosen
        if (catalog := project.catalog(code, article)) is not None
        for unit in catalog_units(article, catalog, approved)
        if unit.state in wanted and (obsolete or not unit.entry.obsolete)
    ]
    title = str(project.mkdocs.get("site_name") or "")
    outgoing = Outgoing(title, project.settings.source_locale, code, tuple(units))
    return Export(item, render(outgoing), len(units), len({unit.catalog for unit in units}))


def write_export(root: Path, path: Path, export: Export) -> None:
    """Write an export to a file, whole or not at all. Raises UsageError where that is a catalog or a source."""
    if path.suffix.lower() in {".po", ".pot", ".md", ".yml", ".yaml", ".toml", ".jsonl"}:
        raise UsageError(
            f"'{path}' has the ending of a source; write {export.format.title} to a {export.format.ending}"
        )
    with alone(root):
        write_atomic(path, export.text)


def import_file(
    project: Project,
    path: Path,
    *,
    locale: str | None = None,
    force: bool = False,
    partial: bool = False,
    reviewed: bool = False,
    approver: str | None = None,
    at: str = "",
    write: bool = True,
) -> ImportReport:
    """Take the translations of a file that came back; see `plan_import` for what is taken, and for `force`.

    Where a unit is refused nothing is written, unless `partial` takes the others. With an `approver` (`Name <mail>`)
    texts that the file calls approved are approved in the ledger, `at` being the time; without, they are translated.
    Raises DataError for a file that cannot be read or is of another locale, UsageError for a choice that cannot be.
    """
    if approver is not None and not _PERSON.fullmatch(approver):
        raise UsageError(f"'{approver}' is not a person; write it like 'Ada <ada@example.org>'")
    shown = path.as_posix()
    data = file_bytes(path, shown)
    item = format_of(data, shown)
    file = item.parse(data, shown)
    code = _locale_of(project, file, locale)
    with alone(project.settings.root), Writes() as writes:
        ledger = project.ledger(code)
        catalogs = _catalogs(project, code, file)
        if file.tool == TOOL:
            file = identified(file, catalogs)
        elif file.units and not any(unit.id for unit in file.units):
            message = "has no ids of Knooppunt, so nothing says which entries its texts belong to"
            hint = f"a memory of another tool goes into {project.settings.locales}/{code}/memory/"
            raise DataError.single(shown, 0, message, hint=hint if item.ending == ".tmx" else "export it again")
        plan = plan_import(catalogs, file, approved=ledger.approved, force=force, reviewed=reviewed)
        for name, changes in plan.changes.items():
            catalog = catalogs[name]
            text = edit_po(catalog, changes)
            parse_po(text, catalog.path)  # what is written can be read again
            writes.add(project.catalog_path(code, name), text, before=catalog.text)
        lines = _decisions(plan, ledger.approved, approver, at)
        if lines:
            _append(project, code, lines, writes)
        written = write and (partial or not plan.refusals)
        if written:
            writes.commit()
    paths = {name: catalogs[name].path for name in plan.changes}
    return ImportReport(shown, item, code, plan, paths, written, len(lines) if written else 0)


def _states(names: Iterable[str]) -> tuple[State, ...]:
    found: list[State] = []
    for name in names:
        if name == "all":
            return tuple(State)
        if name not in list(State):
            raise UsageError(f"there is no state '{name}'; there are {', '.join(State)}, and all")
        found.append(State(name))
    return tuple(found)


def _on_disk(project: Project, code: str) -> list[str]:
    """Names of the catalogs that a locale has, those of articles that are gone too."""
    folder = project.catalog_path(code, "x").parent
    shown = folder.relative_to(project.settings.root).as_posix()
    return [path.removesuffix(".po") for path in listed(folder, shown, [".po"])] if folder.is_dir() else []


def _articles(project: Project, code: str, names: Iterable[str]) -> list[str]:
    known = _on_disk(project, code)
    paths = {page.shown: page.name for page in project.sources}
    chosen = [paths.get(name.removeprefix("./"), name) for name in names]
    for name in chosen:
        if name not in known:
            raise UsageError(f"there is no catalog '{name}' in {code}; 'knooppunt update' makes those of all articles")
    return [name for name in known if name in chosen] if chosen else known


def _locale_of(project: Project, file: ReturnedFile, locale: str | None) -> str:
    """The locale of the project that a file is in."""
    codes = [item.code for item in project.locales]
    if locale is not None:
        code = project.locale(locale).code
        if file.locale and not fits(file.locale, code):
            raise DataError.single(file.path, 0, f"its translations are in '{file.locale}', not in '{code}'")
        return code
    if not file.locale:
        raise UsageError(f"{file.path} does not say its language; say it with --locale")
    found = nearest(file.locale, codes)
    if found is None:
        known = ", ".join(codes) or "none"
        message = f"its translations are in '{file.locale}', and the project's locales are {known}"
        raise DataError.single(file.path, 0, message, hint="say which one with --locale, or add it")
    return found


def _catalogs(project: Project, code: str, file: ReturnedFile) -> dict[str, Catalog]:
    """The catalogs that a file speaks of; all where a tool has lost their names. Names are never taken as paths."""
    named = {unit.catalog for unit in file.units}
    wanted = [name for name in _on_disk(project, code) if "" in named or name in named]
    found = {name: project.catalog(code, name) for name in wanted}
    return {name: catalog for name, catalog in found.items() if catalog is not None}


def _decisions(plan: ImportPlan, approved: frozenset[str], approver: str | None, at: str) -> list[str]:
    """Lines for the ledger."""
    if approver is None:
        return []
    fresh = {item.hash: item for item in plan.approvals if item.hash not in approved}
    return [render_decision(item.context, value, "approve", by=approver, at=at) for value, item in fresh.items()]


def _append(project: Project, code: str, lines: list[str], writes: Writes) -> None:
    path = project.ledger_path(code)
    old = read_text(path) if path.is_file() else ""
    text = old + ("" if old.endswith("\n") or not old else "\n") + "".join(lines)
    writes.add(path, text, before=old if path.is_file() else None)
