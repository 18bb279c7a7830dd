"""What a rule knows beside the entry that it looks at."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.config import Settings
from knooppunt.linting.kubernetes import Fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.linting.document import Item


@dataclass(frozen=True, slots=True)
class Around:
    """The other entries, the settings of the project, and what is known of the world."""

    settings: Settings
    today: datetime.date
    """No date of a record is later."""
    kubernetes: Fields = field(default_factory=Fields)
    """The fields of Kubernetes' objects; the rules that ask for them are silent where there are none."""
    versions: tuple[str, ...] = ()
    """Versions of Kubernetes that the records are about, such as `1.33`; all that are known where empty."""
    items: Mapping[str, Item] = field(default_factory=dict)
    """All entries by id."""
    products: frozenset[str] = frozenset()
    """First parts of all ids."""
    circular: frozenset[str] = frozenset()
    """Retired ids that may lead back to themselves; no other one does."""
    retired: Mapping[str, str] = field(default_factory=dict)
    """Ids that were published and taken out of use, each with what is known of that: `moved on 2026-01-31`."""
    published: Mapping[str, str] = field(default_factory=dict)
    """Ids that were published and must stay, each with what is known of that; empty where only some files are read."""
    changed: Mapping[tuple[str, str], datetime.date] = field(default_factory=dict)
    """Day on which a source last changed what it says, by the source and the words that `match` names."""
