"""Records as Markdown: what a `records` directive is replaced with."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from babel import Locale as BabelLocale
from babel import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal

from knooppunt.model import Status, Text
from knooppunt.translated.choice import FALLBACK
from knooppunt.translated.fitting import outside_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from knooppunt.model import TranslatedRecord, Variant


Words = Callable[[str], Text]
"""Knooppunt's own words by id, in the language of a page."""

_BARE_PIPE = re.compile(r"(?<!\\)\|")
_FURTHER_LINE = re.compile(r"(\n)(?=[^\r\n])")
_TICKS = re.compile(r"`+")
_BLANK_LINES = re.compile(r"(\n[ \t]*\n\s*)")
_LINES = re.compile(r"[ \t]*\\?\n\s*")
_INDENT = "    "
BETWEEN = " · "
"""Between parts of one line: no sign of a sentence, since each language has its own."""


def render_records(records: Sequence[TranslatedRecord], form: str, words: Words, *, mark: bool = True) -> str:
    """Markdown for records as a `list`, a `table` or `cards`; each has an anchor equal to its id.

    `words` gives Knooppunt's own words by id (`effect.ignored`, `variant.v1`) in the page's language;
    `mark` says whether a text in another language than the page's is marked as such.
    """
    listing = _Listing(words, mark=mark)
    match form:
        case "table":
            return listing.table(records)
        case "cards":
            return "\n\n".join(listing.card(record) for record in records)
        case _:
            return "\n\n".join(listing.item(record) for record in records)


def local_date(value: date, locale: str) -> str:
    """A date as readers of a locale write it in running text."""
    try:
        return format_date(value, "long", locale=BabelLocale.parse(locale, sep="-"))
    except (UnknownLocaleError, ValueError):
        return value.isoformat()


def local_number(value: float, locale: str) -> str:
    """A number as readers of a locale write it, with all of its digits."""
    exact = int(value) if value == int(value) else value
    try:
        return format_decimal(exact, locale=BabelLocale.parse(locale, sep="-"), decimal_quantization=False)
    except (UnknownLocaleError, ValueError):
        return str(exact)


def shown_amount(record: TranslatedRecord, index: int, shown: Callable[[Text], str]) -> str:
    """`60 containers / container group`; `shown` makes of a unit what the page is written in."""
    number = local_number(record.record.amounts[index].value, record.locale)
    amount = f"{number} {shown(record.texts[f'amounts[{index}].unit'])}"
    per = record.texts.get(f"amounts[{index}].per")
    return f"{amount} / {shown(per)}" if per else amount


def indented(text: str, indent: str) -> str:
    """Markdown as it continues in a container: `indent` before each further line that has anything on it."""
    return _FURTHER_LINE.sub(rf"\1{indent}", text)


def _row(cells: Sequence[str]) -> str:
    """A row of a table, each cell on one line and with its bars escaped."""
    escaped = [outside_code(_LINES.sub("<br>", cell), lambda part: _BARE_PIPE.sub(r"\\|", part)) for cell in cells]
    return f"| {' | '.join(escaped)} |"


def _code(text: str) -> str:
    """A text as inline code, whatever backticks it has."""
    ticks = "`" * (max((len(run) for run in _TICKS.findall(text)), default=0) + 1)
    space = " " if "`" in text else ""
    return f"{ticks}{space}{text}{space}{ticks}"


def _target(url: str) -> str:
    """The target of a link, so that it ends where the address does."""
    return f"<{url}>" if "(" in url or ")" in url else url


class _Listing:
    def __init__(self, words: Words, *, mark: bool) -> None:
        self._words = words
        self._mark = mark

    def item(self, record: TranslatedRecord) -> str:
        fields = self._fields(record)
        lines = [f"- <span id='{escape(record.record.id)}'></span>**{fields('title')}** {self._badge(record)}"]
        lines += [indented(f"{_INDENT}{part}", _INDENT) for part in self._body(record)]
        return "\n\n".join(lines)

    def card(self, record: TranslatedRecord) -> str:
        fields = self._fields(record)
        parts = [f"### {fields('title')} {{ #{record.record.id} .kp-record }}"]
        facts = BETWEEN.join(part for part in [self._badge(record), self._word(f"layer.{record.record.layer}")] if part)
        parts.append(facts)
        parts += self._body(record)
        return "\n\n".join(parts)

    def table(self, records: Sequence[TranslatedRecord]) -> str:
        names = list(dict.fromkeys(variant.name for record in records for variant in record.record.variants))
        head = [self._word("record.title"), self._word("record.effect"), *(self._word(f"variant.{n}") for n in names)]
        rows = [_row(head), f"| {' | '.join('---' for _ in head)} |"]
        for record in records:
            fields = self._fields(record)
            text = f"<span id='{escape(record.record.id)}'></span>**{fields('title')}**<br>{fields('statement')}"
            if "workaround" in record.texts:
                text += f"<br>*{self._word('record.workaround')}* {fields('workaround')}"
            if record.record.amounts:
                text += f"<br>{self._amounts(record)}"
            variants = {variant.name: variant for variant in record.record.variants}
            cells = [text, self._badge(record)]
            cells += [self._status(variants[name]) if name in variants else "" for name in names]
            rows.append(_row(cells))
        return "\n".join(rows)

    def _body(self, record: TranslatedRecord) -> list[str]:
        fields = self._fields(record)
        parts = [fields("statement")]
        if "workaround" in record.texts:
            parts.append(f"*{self._word('record.workaround')}* {fields('workaround')}")
        if record.record.amounts:
            parts.append(self._amounts(record))
        if record.record.fields:
            codes = BETWEEN.join(_code(field) for field in record.record.fields)
            parts.append(f"<small>{self._word('record.fields')} {codes}</small>")
        for index, claim in enumerate(record.record.disputed):
            lead = f"*{self._word('record.disputed')}* " if index == 0 else ""
            source = f"<small class='kp-source'>{escape(claim.evidence.source)}</small>"
            parts.append(f"{lead}{fields(f'disputed[{index}].text')} {source}")
        lines = [self._variant(record, variant) for variant in record.record.variants]
        parts.append(f"<small class='kp-variants'>{'<br>'.join(lines)}</small>")
        if record.record.references:
            links = BETWEEN.join(
                f"[{fields(f'references[{index}].title')}]({_target(reference.url)})"
                for index, reference in enumerate(record.record.references)
            )
            parts.append(f"<small>{self._word('record.references')} {links}</small>")
        return parts

    def _amounts(self, record: TranslatedRecord) -> str:
        amounts = range(len(record.record.amounts))
        return BETWEEN.join(shown_amount(record, index, self._plain) for index in amounts)

    def _variant(self, record: TranslatedRecord, variant: Variant) -> str:
        note = f"variants.{variant.name}.note"
        facts = [self._status(variant), self._fields(record)(note) if note in record.texts else ""]
        return f"<b>{self._word(f'variant.{variant.name}')}</b> {BETWEEN.join(filter(None, facts))}"

    def _status(self, variant: Variant) -> str:
        text = self._word(f"status.{variant.status.value}")
        locale = self._words("status.active").lang
        if variant.status in {Status.ACTIVE, Status.PERMANENT} and variant.since:
            text += BETWEEN + self._word("record.since").replace("{date}", local_date(variant.since, locale))
        elif variant.until:
            text += BETWEEN + self._word("record.until").replace("{date}", local_date(variant.until, locale))
        return text

    def _badge(self, record: TranslatedRecord) -> str:
        effect = record.record.effect
        if effect is None:
            return ""
        return f"<span class='kp-effect kp-effect-{effect.value}'>{self._word(f'effect.{effect.value}')}</span>"

    def _fields(self, record: TranslatedRecord) -> Callable[[str], str]:
        def field(name: str) -> str:
            return self._shown(record.texts[name])

        return field

    def _word(self, name: str) -> str:
        """A string of ours or a label: plain text, unlike the texts of records, which are Markdown."""
        return self._plain(self._words(name))

    def _plain(self, text: Text) -> str:
        return self._shown(replace(text, value=escape(text.value, quote=False)))

    def _shown(self, text: Text) -> str:
        if self._mark and text.state == FALLBACK:
            mark = f"<span class='kp-fallback' lang='{escape(text.lang)}'>"
            value = _BLANK_LINES.sub(rf"</span>\1{mark}", text.value)  # a tag ends in its paragraph
            return f"{mark}{value}</span>"
        return text.value
