"""One file per check, found by name. A check yields findings with edits and never writes."""

from knooppunt.checks.explanation import explain
from knooppunt.checks.link_index import LinkIndex, page_anchors
from knooppunt.checks.registry import Check, load
from knooppunt.checks.run import run_page, run_segments
from knooppunt.checks.unit import Ignore, Unit, catalog_units, page_units
from knooppunt.repair import Language

__all__ = (
    "Check",
    "Ignore",
    "Language",
    "LinkIndex",
    "Unit",
    "catalog_units",
    "explain",
    "load",
    "page_anchors",
    "page_units",
    "run_page",
    "run_segments",
)
