"""The page with every record of a project: a table to filter, and below it the details of each record."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from knooppunt.site.markup import attributes, tagged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knooppunt.model import TranslatedRecord
    from knooppunt.site.record_cards import Cards

PATH = "records.md"
EMPTY = "–"
FILTERS = ("kind", "layer", "effect", "status", "variant")


class RecordsPage:
    """The body of the page in one locale, as HTML inside Markdown."""

    def __init__(self, cards: Cards, redirects: Mapping[str, tuple[str, ...]]) -> None:
        self.cards = cards
        self.redirects = redirects
        """Retired id -> ids of the records that stand for it today."""

    def render(self, records: Sequence[TranslatedRecord]) -> str:
        """Introduction, filters, table and details."""
        parts = [
            f"<p>{self.cards.word('records-page.intro')}</p>",
            self.filters(records),
            f'<h2 id="overview">{self.cards.word("records-page.overview")}</h2>',
            self.table(records),
            f'<h2 id="details">{self.cards.word("records-page.details")}</h2>',
            *(self.cards.card(item, self.old_ids(item.record.id)) for item in records),
            *(self.retired(name, ends) for name, ends in self.redirects.items()),
        ]
        body = "\n".join(parts)
        return f'<div class="kp-records" data-kp-records>\n{body}\n</div>\n'

    def plain(self, name: str) -> str:
        """A string of ours for an attribute or an option."""
        return escape(self.cards.words(name).value)

    # Filters -------------------------------------------------------------------------------------------------------

    def filters(self, records: Sequence[TranslatedRecord]) -> str:
        """The form; hidden until the script that makes it work is there."""
        search = '<input type="search" id="kp-filter-text" name="text" autocomplete="off" spellcheck="false">'
        label = f'<label for="kp-filter-text">{self.cards.word("records-page.text")}</label>'
        fields = [f'<div class="kp-field kp-field-text">{label}{search}</div>']
        for name in FILTERS:
            options = self.options(name, records)
            if len(options) > 1:
                choices = "".join(f'<option value="{escape(value)}">{label}</option>' for value, label in options)
                fields.append(
                    f'<div class="kp-field"><label for="kp-filter-{name}">{self.cards.word(f"record.{name}")}</label>'
                    f'<select id="kp-filter-{name}" name="{name}">'
                    f'<option value="">{self.plain("records-page.any")}</option>{choices}</select></div>'
                )
        count = escape(self.cards.words("records-page.count").value)
        return (
            f'<form class="kp-filters" hidden data-kp-filters aria-label="{self.plain("records-page.filter")}">'
            f"{''.join(fields)}"
            f'<p class="kp-filter-result"><output data-kp-count="{count}"></output> '
            f'<button type="reset" class="md-button">{self.plain("records-page.reset")}</button></p></form>'
            f'<p class="kp-empty" data-kp-none hidden>{self.cards.word("records-page.none")}</p>'
        )

    def options(self, name: str, records: Sequence[TranslatedRecord]) -> list[tuple[str, str]]:
        """Values that occur and their labels, sorted by label."""
        values: set[str] = set()
        for item in records:
            values.update(_facets(item)[name])
        return sorted(((value, self.plain(f"{name}.{value}")) for value in values), key=lambda pair: pair[1])

    # Overview ------------------------------------------------------------------------------------------------------

    def table(self, records: Sequence[TranslatedRecord]) -> str:
        """One row for each record, which links to its details."""
        variants = _variants(records)
        heads = [self.cards.word(f"record.{name}") for name in ("title", "kind", "effect", "layer")]
        heads += [self.cards.word(f"variant.{name}") for name in variants]
        rows = "\n".join(self.row(item, variants) for item in records)
        head = "".join(f'<th scope="col">{text}</th>' for text in heads)
        label = self.plain("records-page.overview")
        return (
            f'<div class="kp-scroll" role="region" tabindex="0" aria-label="{label}">'
            f'<table class="kp-table"><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>'
        )

    def row(self, item: TranslatedRecord, variants: Sequence[str]) -> str:
        """A row; what the filters look at is in its data."""
        record = item.record
        by_name = {variant.name: variant for variant in record.variants}
        cells = [
            self.cards.word(f"kind.{record.kind}"),
            self.cards.effect(item) or EMPTY,
            self.cards.word(f"layer.{record.layer}"),
        ]
        cells += [self.cards.status(by_name[name]) if name in by_name else EMPTY for name in variants]
        title = tagged(item.texts["title"], self.cards.locale, inline=True)
        data = attributes(
            data_kp_record=record.id, **{f"data_{name}": " ".join(values) for name, values in _facets(item).items()}
        )
        others = "".join(f"<td>{cell}</td>" for cell in cells)
        return f'<tr{data}><th scope="row"><a href="#{escape(record.id)}">{title}</a></th>{others}</tr>'

    # Retired ids ---------------------------------------------------------------------------------------------------

    def old_ids(self, record: str) -> Iterable[str]:
        """Retired ids that lead to one record, so that old links still arrive."""
        return (name for name, ends in self.redirects.items() if ends == (record,))

    def retired(self, name: str, ends: Sequence[str]) -> str:
        """A retired id that leads to more than one record."""
        if len(ends) < 2:
            return ""
        links = "".join(f'<li><a href="#{escape(target)}"><code>{escape(target)}</code></a></li>' for target in ends)
        return (
            f'<article class="kp-card kp-retired" id="{escape(name)}"><h3><code>{escape(name)}</code></h3>'
            f"<p>{self.cards.word('records-page.split')}</p><ul>{links}</ul></article>"
        )


def _facets(item: TranslatedRecord) -> dict[str, tuple[str, ...]]:
    record = item.record
    return {
        "kind": (str(record.kind),),
        "layer": (record.layer,),
        "effect": (str(record.effect),) if record.effect else (),
        "status": tuple(dict.fromkeys(str(variant.status) for variant in record.variants)),
        "variant": tuple(
            variant.name for variant in record.variants if variant.status in {"active", "permanent", "unknown"}
        ),
    }


def _variants(records: Sequence[TranslatedRecord]) -> list[str]:
    return list(dict.fromkeys(variant.name for item in records for variant in item.record.variants))
