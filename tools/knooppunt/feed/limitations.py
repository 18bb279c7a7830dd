"""`limitations.json` and `limitations.<locale>.json`: all records in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.evidence import evidence_json, modified
from knooppunt.feed.input import RECORDS_PAGE, SCHEMA_VERSION
from knooppunt.feed.texts import Texts, day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json
    from knooppunt.model import Amount, TranslatedRecord, Variant

NAME = "limitations"


def limitations_document(feed: FeedInput, locale: str) -> Json:
    """All records in one locale, in the order of their ids."""
    texts = Texts(locale, feed.source_locale, feed.words[locale])
    page = feed.root + ("" if locale == feed.source_locale else f"{locale}/") + RECORDS_PAGE
    records = sorted(feed.records[locale], key=lambda item: item.record.id)
    return {
        "$schema": feed.schema_url(NAME),
        "schema_version": SCHEMA_VERSION,
        "project": feed.project,
        "locale": locale,
        "source_locale": feed.source_locale,
        "records": [_Writer(item, texts, feed.settings.sources).record(page) for item in records],
    }


class _Writer:
    """Writes one record in one locale."""

    def __init__(self, item: TranslatedRecord, texts: Texts, sources: Mapping[str, str]) -> None:
        self._item = item
        self._texts = texts
        self._sources = sources

    def record(self, page: str) -> Json:
        record, texts = self._item.record, self._texts
        return {
            "id": record.id,
            "kind": texts.label("kind", record.kind.value),
            "title": self._text("title", record.title),
            "statement": self._text("statement", record.statement),
            "workaround": self._text("workaround", record.workaround),
            "layer": texts.label("layer", record.layer),
            "effect": texts.label("effect", record.effect.value) if record.effect else None,
            "subject": texts.source(record.subject),
            "fields": list(record.fields),
            "variants": [self._variant(variant) for variant in record.variants],
            "amounts": [self._amount(index, amount) for index, amount in enumerate(record.amounts)],
            "evidence": [evidence_json(source, texts, self._sources) for source in record.evidence],
            "disputed": [
                {
                    "text": self._text(f"disputed[{index}].text", claim.text),
                    "evidence": evidence_json(claim.evidence, texts, self._sources),
                }
                for index, claim in enumerate(record.disputed)
            ],
            "references": [
                {"title": self._text(f"references[{index}].title", reference.title), "url": reference.url}
                for index, reference in enumerate(record.references)
            ],
            "rule": {"target": record.rule.target.value, "cel": record.rule.cel} if record.rule else None,
            "revision": record.revision,
            "modified": day(modified(record)),
            "article": record.article,
            "url": f"{page}#{record.id}",
        }

    def _variant(self, variant: Variant) -> Json:
        texts = self._texts
        return texts.label("variant", variant.name) | {
            "status": texts.label("status", variant.status.value),
            "since": day(variant.since),
            "until": day(variant.until),
            "note": self._text(f"variants.{variant.name}.note", variant.note),
            "evidence": [evidence_json(source, texts, self._sources) for source in variant.evidence],
        }

    def _amount(self, index: int, amount: Amount) -> Json:
        return {
            "value": int(amount.value) if amount.value.is_integer() else amount.value,
            "unit": self._text(f"amounts[{index}].unit", amount.unit),
            "per": self._text(f"amounts[{index}].per", amount.per),
            "adjustable": amount.adjustable,
        }

    def _text(self, field: str, source: str | None) -> Json | None:
        """The text of a field in this locale; that of the source where the locale was given none."""
        text = self._item.texts.get(field)
        return self._texts.text(text) if text else self._texts.source(source)
