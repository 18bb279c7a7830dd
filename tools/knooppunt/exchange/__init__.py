"""Catalogs to the formats of translation tools and back: one file per format. Text in, text out."""

from knooppunt.exchange.importing import Approval, ImportPlan, Reason, Refusal, plan_import
from knooppunt.exchange.languages import fits, nearest
from knooppunt.exchange.memories import Memory, MemoryUnit, Pair, Variant, pairs, parse_tmx
from knooppunt.exchange.registry import ALL_STATES, Format, format_named, format_of, formats
from knooppunt.exchange.units import Outgoing, Returned, ReturnedFile, Stamp, Unit, catalog_units, unit_id, unit_stamp

__all__ = (
    "ALL_STATES",
    "Approval",
    "Format",
    "ImportPlan",
    "Memory",
    "MemoryUnit",
    "Outgoing",
    "Pair",
    "Reason",
    "Refusal",
    "Returned",
    "ReturnedFile",
    "Stamp",
    "Unit",
    "Variant",
    "catalog_units",
    "fits",
    "format_named",
    "format_of",
    "formats",
    "nearest",
    "pairs",
    "parse_tmx",
    "plan_import",
    "unit_id",
    "unit_stamp",
)
