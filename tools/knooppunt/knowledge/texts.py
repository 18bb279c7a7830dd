"""The texts of a record that are translated, and the segments made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.knowledge.values import fold
from knooppunt.model import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.model import Record


def text_fields(record: Record) -> dict[str, str]:
    """Field -> text, for all that is translated, always in this order.

    Title, statement, workaround, notes of variants, claims, titles of references, units of amounts.
    A field is the path inside the record, such as `variants.v2.note` or `disputed[0].text`; absent texts are left out.
    """
    return {field: text for field, text in _texts(record) if text}


def _texts(record: Record) -> Iterator[tuple[str, str | None]]:
    yield "title", record.title
    yield "statement", record.statement
    yield "workaround", record.workaround
    for variant in record.variants:
        yield f"variants.{variant.name}.note", variant.note
    for index, claim in enumerate(record.disputed):
        yield f"disputed[{index}].text", claim.text
    for index, reference in enumerate(record.references):
        yield f"references[{index}].title", reference.title
    for index, amount in enumerate(record.amounts):
        yield f"amounts[{index}].unit", amount.unit
        yield f"amounts[{index}].per", amount.per


def text_context(record_id: str, field: str) -> str:
    """msgctxt of a text: `aks.virtual-nodes.ipv6:title`."""
    return f"{record_id}:{field}"


def record_segments(record: Record) -> tuple[Segment, ...]:
    """One segment for each text of a record, in the order of `text_fields`.

    The comment tells the translator the kind of the record; the origin is the exact range in the YAML, or the whole
    record where its places are not known.
    """
    return tuple(
        Segment(
            msgid=fold(text),
            origin=record.origins.get(field, record.origin),
            kind="record",
            context=text_context(record.id, field),
            comment=record.kind.value,
            revision=record.revision,
        )
        for field, text in text_fields(record).items()
    )
