"""What figures are made of, out of a project: the entries of its catalogs and the lines of its ledgers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.catalogs import entry_hash, entry_state, machine_text
from knooppunt.remembering import catalog_names
from knooppunt.reviewing.figures import figures
from knooppunt.reviewing.figures_saves import Passage
from knooppunt.reviewing.model import entry_id, targets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.model import Entry, State
    from knooppunt.project import Project
    from knooppunt.reviewing.desk import Desk
    from knooppunt.reviewing.figures import Figures


def project_figures(project: Project, codes: Sequence[str] = ()) -> tuple[Figures, ...]:
    """The figures of all locales, or of those given. Raises DataError for a catalog or ledger that is not valid."""
    chosen = [locale for locale in project.locales if not codes or locale.code in codes]
    return tuple(
        figures(
            locale.code,
            tuple(project_passages(project, locale.code)),
            project.ledger(locale.code).decisions,
            locale.mqm_limit,
        )
        for locale in chosen
    )


def desk_figures(desk: Desk) -> Figures:
    """The figures of a locale at work, from what the review has in memory."""
    return figures(desk.code, desk_passages(desk), desk.shelf.ledger.decisions, desk.config.mqm_limit)


def desk_passages(desk: Desk) -> tuple[Passage, ...]:
    """All entries of a locale at work."""
    return tuple(passage(row.ref.catalog, row.entry, row.state) for row in desk.rows())


def project_passages(project: Project, code: str) -> Iterator[Passage]:
    """All entries of a locale, catalog by catalog. Raises DataError for a catalog or ledger that is not valid."""
    approved = project.ledger(code).approved
    for name in sorted(catalog_names(project, code)):
        catalog = project.catalog(code, name)
        for entry in catalog.active if catalog is not None else ():
            yield passage(name, entry, entry_state(entry, approved))


def passage(catalog: str, entry: Entry, state: State) -> Passage:
    """An entry as figures need it."""
    machine = machine_text(entry)
    plain = entry.msgid_plural is None
    return Passage(
        catalog,
        entry_id(entry.context, entry.msgid, entry.msgid_plural),
        entry_hash(entry),
        state,
        max(len(entry.msgid.split()), 1),
        None if machine is None else machine[0],
        machine[1] if machine is not None and plain else None,
        targets_of(entry)[0] if plain else None,
    )
