"""Page and catalog -> translated page; record and catalog -> translated record; records -> Markdown."""

from knooppunt.translated.choice import FALLBACK, Policy
from knooppunt.translated.listing import BETWEEN, indented, local_date, local_number, render_records, shown_amount
from knooppunt.translated.pages import Insert, Inserts, RenderedPage, publish_page, source_page, translate_page
from knooppunt.translated.records import source_record, translate_record

__all__ = (
    "BETWEEN",
    "FALLBACK",
    "Insert",
    "Inserts",
    "Policy",
    "RenderedPage",
    "indented",
    "local_date",
    "local_number",
    "publish_page",
    "render_records",
    "shown_amount",
    "source_page",
    "source_record",
    "translate_page",
    "translate_record",
)
