"""`limitations.json`, `limitations.<locale>.json` and the same for a kind or a variant: records in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.feed.evidence import evidence_json, modified
from knooppunt.feed.input import SCHEMA_VERSION
from knooppunt.feed.texts import Texts, day

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json
    from knooppunt.model import Amount, TranslatedRecord, Variant

NAME = "limitations"


def locale_records(feed: FeedInput, locale: str) -> list[Json]:
    """All records in one locale, in the order of their ids."""
    texts = Texts(locale, feed.source_locale, feed.words[locale])
    records = sorted(feed.records[locale], key=lambda item: item.record.id)
    return [
        _Writer(item, texts, feed.settings.sources).record(feed.page_url(locale, item.record.id)) for item in records
    ]


def limitations_document(feed: FeedInput, locale: str, records: Sequence[Json]) -> Json:
    """A file of records in one locale: all of them, or those of a kind or a variant."""
    return {
        "$schema": feed.schema_url(NAME),
        "schema_version": SCHEMA_VERSION,
        "project": feed.project,
        "locale": locale,
        "source_locale": feed.source_locale,
        "records": list(records),
    }


def of_kind(records: Sequence[Json], kind: str) -> list[Json]:
    """The records of a kind."""
    return [record for record in records if record["kind"]["id"] == kind]


def of_variant(records: Sequence[Json], variant: str) -> list[Json]:
    """The records that say something of a variant, whatever its status."""
    return [record for record in records if any(item["id"] == variant for item in record["variants"])]


def variants_of(feed: FeedInput) -> tuple[str, ...]:
    """Ids of the variants that have a file: those of the settings, and those that occur in records; sorted."""
    named = {variant.name for item in feed.records[feed.source_locale] for variant in item.record.variants}
    return tuple(sorted(named | set(feed.settings.variants)))


class _Writer:
    """Writes one record in one locale."""

    def __init__(self, item: TranslatedRecord, texts: Texts, sources: Mapping[str, str]) -> None:
        self._item = item
        self._texts = texts
        self._sources = sources

    def record(self, url: str) -> Json:
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
            "url": url,
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
