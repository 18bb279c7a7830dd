"""Bringing a catalog up to date with its source, without losing a translation; `carryover` has the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.catalogs.carryover import COUNTS, Plan
from knooppunt.catalogs.donors import Donors
from knooppunt.catalogs.edit import edit_po
from knooppunt.catalogs.fresh import fresh_po
from knooppunt.catalogs.header import new_catalog
from knooppunt.catalogs.ledger import Ledger
from knooppunt.catalogs.parse import parse_po
from knooppunt.catalogs.wanted import gather

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knooppunt.catalogs.catalog import Catalog
    from knooppunt.catalogs.suggestions import Suggest
    from knooppunt.model import Entry, Segment


@dataclass(frozen=True, slots=True)
class Update:
    """A catalog brought up to date."""

    text: str
    changed: bool
    """Whether the text differs from that of the catalog before."""
    counts: Mapping[str, int]
    """Messages by what happened: `new`, `carried`, `remembered`, `fuzzy`, `suggested`, `revived`, `unchanged`; and
    entries that became `obsolete`."""
    ledger_lines: tuple[str, ...]
    """Lines to append to the ledger: approvals that were carried over, with their newlines."""


def update_po(
    catalog: Catalog | None,
    segments: Sequence[Segment],
    *,
    locale: str,
    references: bool = True,
    ledger: Ledger | None = None,
    donors: Donors | Sequence[Entry] = (),
    project: str = "PROJECT",
    suggest: Suggest | None = None,
) -> Update:
    """The catalog of an article for its segments as they are now.

    `catalog` is None for an article that has none yet. `donors` are entries that other catalogs of the locale give up,
    for articles that were renamed or split, best as one Donors for all updates of the locale; those that are entries of
    `catalog` itself are passed over. `project` goes into the header of a new catalog. `suggest` asks a memory for texts
    that are new to the file and to its donors. Only entries that change are written anew; twice is as once.

    >>> from knooppunt.catalogs import parse_po
    >>> from knooppunt.pages import parse_page
    >>> catalog = parse_po('msgid "See [the guide](old.md)."\\nmsgstr "Zie [de gids](old.md)."\\n', "a.po")
    >>> update = update_po(catalog, parse_page("See [the guide](new.md).\\n").segments, locale="nl")
    >>> print(update.text, end="")
    msgid "See [the guide](new.md)."
    msgstr "Zie [de gids](new.md)."
    >>> update.counts["carried"], update.changed
    (1, True)
    """
    wanted = gather(segments, references=references)
    before = "" if catalog is None else catalog.text
    shared = donors if isinstance(donors, Donors) else Donors(donors)
    if catalog is None or not (catalog.text.strip() or not wanted):
        if wanted and suggest is None and not shared.entries:
            counts = {**dict.fromkeys(COUNTS, 0), "new": len(wanted)}
            return Update(fresh_po(wanted.values(), locale, project), changed=True, counts=counts, ledger_lines=())
        path = "" if catalog is None else catalog.path
        catalog = parse_po(new_catalog(locale, project) if wanted else "", path)
    plan = Plan(catalog, wanted, locale, ledger or Ledger(), shared, suggest)
    plan.run()
    text = edit_po(catalog, plan.changes, plan.additions()) if wanted or plan.changes else before
    return Update(text, text != before, plan.counts, tuple(plan.ledger_lines))
