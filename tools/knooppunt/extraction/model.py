"""What extraction speaks in: passages of a page, and drafts of records that are made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from knooppunt.model import Kind, Origin

LIMITATIONS, PREREQUISITES, REQUIREMENTS = "limitations", "prerequisites", "requirements"
"""What the section is about in which a passage stands; the empty string is any other section."""

ITEM, ROW, SENTENCE = "item", "row", "sentence"
"""A passage is the text of a list item, a row of a table without its head, or one sentence of any other text."""

LIKELY, POSSIBLE = "likely", "possible"
"""How sure the rules are that a draft is a fact: measured, and told in the handbook."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a page that could state a fact."""

    text: str
    """Inline Markdown on one line; of a row, `Head: cell` for each cell, parted by `; `."""
    place: str
    """`item`, `row` or `sentence`."""
    origin: Origin
    """The lines of the passage in the page: a whole item or row, or the text that the sentence is part of."""
    section: str = ""
    """`limitations`, `prerequisites`, `requirements` or empty."""
    heading: str = ""
    """The heading above it, as plain text."""
    under: str = ""
    """What introduces the list that it is in: the item around it, or the paragraph above that ends with a colon."""
    leads: bool = False
    """Whether it only introduces the items that follow, and is stated by each of them."""
    led_from: int = 0
    """Line on which `under` stands; 0 where there is none."""
    cells: tuple[str, ...] = ()
    """The cells of a row, without their heads."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text of a page is to be had in public."""

    name: str
    """Name of the document, as evidence names it: `azure-aks-docs/articles/aks/virtual-nodes.md`."""
    commit: str | None = None
    """The commit at which the page was read; None outside of git, and where the page is not as it is there."""
    day: date | None = None
    """The day of that commit in UTC."""
    place: str = ""
    """The path of the page inside its project or repository, whatever the folder of that is called; the name of the
    document where it is empty."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal: what a record could say, and where that stands. A person makes a record of it, or rejects it."""

    id: str
    fingerprint: str
    """Twelve signs that stay while the article, its words and what introduces them do."""
    kind: Kind
    title: str
    statement: str
    """The words of the article, not of an author."""
    confidence: str
    """`likely` or `possible`."""
    reason: str
    """Which rule proposed it: `limitations item`, `not supported`, `version` and so on."""
    passage: Passage
    source: Source
    match: str | None = None
    """Words by which the statement is found in the page again; None where it has too few that stand together."""
    also: tuple[Origin, ...] = field(default=())
    """Where the page says the same once more."""
