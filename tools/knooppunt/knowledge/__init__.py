"""What is known about a product: YAML records in, validated facts out; the schema they follow."""

from knooppunt.knowledge.links import Knowledge, link
from knooppunt.knowledge.records import holds_records, parse_records
from knooppunt.knowledge.schema import record_schema
from knooppunt.knowledge.texts import record_segments, text_context, text_fields
from knooppunt.knowledge.values import fold

__all__ = [
    "Knowledge",
    "fold",
    "holds_records",
    "link",
    "parse_records",
    "record_schema",
    "record_segments",
    "text_context",
    "text_fields",
]
