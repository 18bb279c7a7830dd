"""The details of one record as HTML: everything that is known of it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from knooppunt.site.addresses import relative_url
from knooppunt.site.markup import attributes, day, from_article, tagged
from knooppunt.site.notices import fill
from knooppunt.translated import BETWEEN, shown_amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from knooppunt.model import Evidence, Text, TranslatedRecord, Variant

    Words = Callable[[str], Text]


COLONS = ":\uff1a \u00a0\u202f"
"""How a label ends in one language or another."""


def record_path(name: str) -> str:
    """Path of the page of a record, relative to the docs folder, by its id."""
    return f"records/{name}.md"


class Cards:
    """Renders records in one locale."""

    def __init__(
        self,
        locale: str,
        source: str,
        words: Words,
        sources: Mapping[str, str],
        page: str,
        *,
        directories: bool = True,
    ) -> None:
        self.locale = locale
        self.source_locale = source
        self.words = words
        self.sources = sources
        """Prefix of an evidence's source -> base of its address."""
        self.page = page
        """Path of the page that the records are shown on."""
        self.directories = directories

    def word(self, name: str, **values: str) -> str:
        """A string of ours as HTML."""
        return tagged(fill(self.words(name), **values), self.locale)

    def effect(self, item: TranslatedRecord) -> str:
        """The badge of what happens."""
        effect = item.record.effect
        if effect is None:
            return ""
        return f'<span class="kp-effect kp-effect-{effect}">{self.word(f"effect.{effect}")}</span>'

    def status(self, variant: Variant) -> str:
        """The badge of whether it holds."""
        return f'<span class="kp-status kp-status-{variant.status}">{self.word(f"status.{variant.status}")}</span>'

    def card(self, item: TranslatedRecord, old_ids: Iterable[str] = ()) -> str:
        """Everything that is known of a record; retired ids that lead to it are anchors of it too."""
        title = tagged(item.texts["title"], self.locale, inline=True)
        old = "".join(f'<span id="{escape(name)}"></span>' for name in old_ids)
        name = escape(item.record.id)
        own = escape(relative_url(record_path(item.record.id), self.page, directories=self.directories))
        parts = [
            f'<article class="kp-card" id="{name}" data-kp-card="{name}">{old}',
            f'<h3>{title} <a class="headerlink" href="#{name}" aria-hidden="true" tabindex="-1">#</a></h3>',
            *self.body(item, f'<a href="{own}"><code>{name}</code></a>'),
        ]
        return "\n".join(parts) + "\n</article>"

    def page_of(self, item: TranslatedRecord, links: Iterable[str]) -> str:
        """The body of the page of one record; `links` are lines at its end, as HTML."""
        title = tagged(item.texts["title"], self.locale, inline=True)
        name = f"<code>{escape(item.record.id)}</code>"
        rows = "".join(f"<li>{link}</li>" for link in links)
        parts = ['<div class="kp-card kp-record-page">', *self.body(item, name), f"<ul>{rows}</ul>", "</div>"]
        return f"<h1>{title}</h1>\n" + "\n".join(parts) + "\n"

    def body(self, item: TranslatedRecord, name: str) -> list[str]:
        """All but the title; `name` is the id as HTML."""
        record = item.record
        facts = [self.word(f"kind.{record.kind}"), self.word(f"layer.{record.layer}")]
        badge, shown = self.effect(item), "</span> <span>".join(facts)
        parts = [
            f'<p class="kp-facts">{badge} <span>{shown}</span> {name}</p>',
            self.text(item, "statement", "p"),
        ]
        if "workaround" in item.texts:
            body = self.text(item, "workaround", "span")
            parts.append(f'<p class="kp-workaround"><strong>{self.word("record.workaround")}</strong> {body}</p>')
        parts += [
            self.amounts(item),
            self.variants(item),
            self.fields(item),
            self.disputes(item),
            self.evidence(item),
            self.references(item),
        ]
        return [part for part in parts if part]

    def text(self, item: TranslatedRecord, field: str, tag: str) -> str:
        """A text of the record in a tag, its links led from here."""
        html = tagged(item.texts[field], self.locale, tag, inline=True)
        return from_article(html, item.record.article, self.page, directories=self.directories)

    def amounts(self, item: TranslatedRecord) -> str:
        """Numbers that a tool can compare with."""
        amounts = range(len(item.record.amounts))
        shown = BETWEEN.join(shown_amount(item, index, lambda text: tagged(text, self.locale)) for index in amounts)
        return f'<p class="kp-amounts">{shown}</p>' if shown else ""

    def variants(self, item: TranslatedRecord) -> str:
        """Where it holds, since when, until when."""
        lines = []
        for variant in item.record.variants:
            dates = ""
            if variant.since:
                dates += " " + self.dated("record.since", day(variant.since, self.locale))
            if variant.until:
                dates += " " + self.dated("record.until", day(variant.until, self.locale))
            note = f"variants.{variant.name}.note"
            more = f"<br>{self.text(item, note, 'span')}" if note in item.texts else ""
            name = self.word(f"variant.{variant.name}")
            lines.append(f"<div><dt>{name}</dt><dd>{self.status(variant)}{dates}{more}</dd></div>")
        return f'<dl class="kp-variants">{"".join(lines)}</dl>' if lines else ""

    def dated(self, name: str, html: str) -> str:
        """A string of ours with a day in it."""
        return tagged(self.words(name), self.locale).replace("{date}", html)

    def fields(self, item: TranslatedRecord) -> str:
        """Paths of the Kubernetes object that it is about."""
        codes = BETWEEN.join(f"<code>{escape(field)}</code>" for field in item.record.fields)
        return f'<p class="kp-fields"><strong>{self.word("record.fields")}</strong> {codes}</p>' if codes else ""

    def disputes(self, item: TranslatedRecord) -> str:
        """What each source says where they disagree."""
        claims = "".join(
            f"<li>{self.text(item, f'disputed[{index}].text', 'span')} ({self.source(claim.evidence)})</li>"
            for index, claim in enumerate(item.record.disputed)
        )
        if not claims:
            return ""
        return f'<div class="kp-dispute"><p><strong>{self.word("record.disputed")}</strong></p><ul>{claims}</ul></div>'

    def evidence(self, item: TranslatedRecord) -> str:
        """The public sources of the record and of its variants."""
        found: list[Evidence] = list(item.record.evidence)
        for variant in item.record.variants:
            found += [source for source in variant.evidence if source not in found]
        lines = "".join(f"<li>{self.source(source)}{self.noted(source)}</li>" for source in found)
        if not lines:
            return ""
        label = self.words("record.evidence")
        summary = tagged(replace(label, value=label.value.rstrip(COLONS)), self.locale)
        return f'<details class="kp-evidence"><summary>{summary} ({len(found)})</summary><ul>{lines}</ul></details>'

    def noted(self, source: Evidence) -> str:
        """The note of a source, which is in the language of the sources."""
        if not source.note:
            return ""
        lang = self.source_locale if self.source_locale != self.locale else None
        return f"<br><span{attributes(lang=lang)}>{escape(source.note)}</span>"

    def source(self, source: Evidence) -> str:
        """Name, revision and day of a source, linked where an address is known."""
        name = f"<code>{escape(source.source)}</code>"
        url = source.url or _source_url(source, self.sources)
        parts = [f'<a href="{escape(url)}">{name}</a>' if url else name]
        parts += [escape(part) for part in (source.commit, source.version) if part]
        if source.date:
            parts.append(day(source.date, self.locale))
        return BETWEEN.join(parts)

    def references(self, item: TranslatedRecord) -> str:
        """Pages to read on."""
        links = "".join(
            f'<li><a href="{escape(reference.url)}">'
            f"{tagged(item.texts[f'references[{index}].title'], self.locale, inline=True)}</a></li>"
            for index, reference in enumerate(item.record.references)
        )
        head = f"<p><strong>{self.word('record.references')}</strong></p>"
        return f'<div class="kp-references">{head}<ul>{links}</ul></div>' if links else ""


def _source_url(source: Evidence, bases: Mapping[str, str]) -> str | None:
    prefix, _, path = source.source.partition("/")
    base = bases.get(prefix)
    if base is None:
        return None
    return f"{base}/blob/{source.commit or 'HEAD'}/{path}" if path else base
