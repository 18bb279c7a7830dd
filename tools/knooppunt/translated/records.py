"""Record and catalog -> record in one locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.knowledge import record_segments, text_fields
from knooppunt.model import Locale, Text, TranslatedRecord

if TYPE_CHECKING:
    from knooppunt.catalogs import Catalog
    from knooppunt.model import Record
    from knooppunt.translated.choice import Policy

SOURCE = "source"


def source_record(record: Record, source_locale: str) -> TranslatedRecord:
    """A record in the language that it is written in."""
    texts = {name: Text(value, source_locale, SOURCE) for name, value in text_fields(record).items()}
    return TranslatedRecord(record, Locale(source_locale), texts)


def translate_record(record: Record, catalog: Catalog | None, policy: Policy) -> TranslatedRecord:
    """A record in the policy's locale; `catalog` is that of the record's article."""
    fields = text_fields(record)
    segments = record_segments(record)
    texts = {name: policy.choose(segment, catalog) for name, segment in zip(fields, segments, strict=True)}
    return TranslatedRecord(record, policy.locale.code, texts)
