"""What was translated before: exact, in-context and fuzzy matches, and a concordance."""

from knooppunt.memory.concordance import Concordance, Found, Hit
from knooppunt.memory.memory import CUTOFF, EXACT, IN_CONTEXT, Match, Memory
from knooppunt.memory.suggest import PASSAGE, SUGGESTED, suggester
from knooppunt.memory.units import MemoryUnit, catalog_memory

__all__ = (
    "CUTOFF",
    "EXACT",
    "IN_CONTEXT",
    "PASSAGE",
    "SUGGESTED",
    "Concordance",
    "Found",
    "Hit",
    "Match",
    "Memory",
    "MemoryUnit",
    "catalog_memory",
    "suggester",
)
