"""News for feed readers, in each language: JSON Feed 1.1 and Atom (RFC 4287).

An entry is a change of meaning, told once: its id has the id and the revision of the record, its day is that of the
change. Neither an editorial change nor a translation makes an entry or moves one; both show in the text of the entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr  # this writes XML and reads none

from knooppunt.feed.changes import anchor, news
from knooppunt.feed.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from knooppunt.feed.changelog import Change, FieldChange
    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json

JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"
MOST = 500
"""Entries that a file has at most, the newest ones; what is older is in `changes.json`."""
SHORT = 40
"""Characters of a value that is told with the field."""
_NEVER = "1970-01-01T00:00:00Z"
"""What Atom says of a feed without entries, which must have been updated at some time."""
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot say."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change as readers of a locale are told of it."""

    change: Change
    id: str
    url: str
    title: Json
    """Text with language and state."""
    body: Json | None
    """The statement of the record as Markdown; None for what is no record any more, or says something else today."""
    more: Json | None
    """The workaround."""
    label: Json
    """What happened."""
    tags: tuple[str, ...]

    @property
    def at(self) -> str:
        """The day of the change as RFC 3339."""
        return _moment(self.change.date)

    @property
    def headline(self) -> str:
        return f"{self.label['text']}: {_plain(self.title['text'])}"

    @property
    def text(self) -> str:
        """What stands in the entry, as Markdown: the record as it is now, or its id and what took its place."""
        parts = [part["text"] for part in (self.body, self.more) if part]
        if not parts:
            targets = ", ".join(f"`{name}`" for name in self.change.to)
            parts = [f"`{self.change.id}`{f' → {targets}' if targets else ''}"]
        fields = [_shown(item) for item in self.change.fields]
        return "\n\n".join([*parts, *(["\n".join(dict.fromkeys(fields))] if fields else [])])

    @property
    def lang(self) -> str:
        """Language of the body, or of the title where there is none."""
        return str((self.body or self.title)["lang"])


def entries(feed: FeedInput, locale: str, changes: tuple[Change, ...], records: Mapping[str, Json]) -> Iterator[Entry]:
    """The newest entries of a locale, newest first; `records` are those of the locale by id."""
    texts = Texts(locale, feed.source_locale, feed.words[locale])
    for number, change in enumerate(news(changes)):
        if number >= MOST:
            return
        record = records.get(change.id)
        target = record or next((records[name] for name in change.to if name in records), None)
        title = target["title"] if target else texts.source(change.title or change.id)
        assert title is not None
        current = record is not None and change.revision == record["revision"]
        yield Entry(
            change=change,
            id=f"{feed.page_url(locale, change.id)}#{anchor(change).partition('@')[2]}",
            url=target["url"] if target else feed.page_url(locale),
            title=title,
            body=record["statement"] if record and current else None,
            more=record["workaround"] if record and current else None,
            label=texts.label("change", change.change)["label"],
            tags=(change.change, *((target["kind"]["id"], target["layer"]["id"]) if target else ())),
        )


def json_feed(feed: FeedInput, locale: str, path: str, listed: list[Entry]) -> Json:
    """The entries as JSON Feed 1.1; `path` is that of the file below `api/v1/`."""
    return {
        "version": JSON_FEED_VERSION,
        "title": _title(feed, locale)[0],
        "home_page_url": feed.page_url(locale),
        "feed_url": feed.file_url(path),
        "language": locale,
        "authors": [{"name": feed.project, "url": feed.root}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.headline,
                "content_text": entry.text,
                "date_published": entry.at,
                "language": entry.lang,
                "tags": list(entry.tags),
                "_knooppunt": {
                    "about": feed.file_url("schemas/news.schema.json"),
                    "id": entry.change.id,
                    "change": entry.change.change,
                    "revision": entry.change.revision,
                    "release": entry.change.release,
                    "fields": list(dict.fromkeys(item.field for item in entry.change.fields)),
                    "state": (entry.body or entry.title)["state"],
                },
            }
            for entry in listed
        ],
    }


def atom(feed: FeedInput, locale: str, path: str, listed: list[Entry]) -> bytes:
    """The entries as Atom."""
    title, lang = _title(feed, locale)
    newest = max((entry.at for entry in listed), default=_NEVER)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={_quoted(locale)}>',
        f"  <id>{_escaped(feed.file_url(path))}</id>",
        f"  <title{_lang(lang, locale)}>{_escaped(title)}</title>",
        f"  <updated>{newest}</updated>",
        f"  <author><name>{_escaped(feed.project)}</name><uri>{_escaped(feed.root)}</uri></author>",
        f'  <link rel="self" type="application/atom+xml" href={_quoted(feed.file_url(path))}/>',
        f'  <link rel="alternate" type="text/html" hreflang={_quoted(locale)} href={_quoted(feed.page_url(locale))}/>',
        "  <generator>Knooppunt</generator>",
    ]
    for entry in listed:
        lines += [
            "  <entry>",
            f"    <id>{_escaped(entry.id)}</id>",
            f"    <title{_lang(entry.title['lang'], locale)}>{_escaped(entry.headline)}</title>",
            f"    <updated>{entry.at}</updated>",
            f"    <published>{entry.at}</published>",
            f'    <link rel="alternate" type="text/html" href={_quoted(entry.url)}/>',
            *(f"    <category term={_quoted(tag)}/>" for tag in entry.tags),
            f'    <content type="text"{_lang(entry.lang, locale)}>{_escaped(entry.text)}</content>',
            "  </entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode("utf-8")


def _title(feed: FeedInput, locale: str) -> tuple[str, str]:
    """Title of the file, and its language."""
    title = feed.words[locale]("news.title")
    return title.value.replace("{project}", feed.project), title.lang


def _shown(item: FieldChange) -> str:
    """A field that changed, with its values where they are short: `variants.v1.status: active → lifted`."""
    values = [value or "–" for value in (item.before, item.after)]
    short = all(len(value) <= SHORT and "\n" not in value for value in values)
    return f"{item.field}: {' → '.join(values)}" if short else item.field


def _moment(value: date | None) -> str:
    return f"{value.isoformat()}T00:00:00Z" if value else _NEVER


def _plain(text: str) -> str:
    """A title without the marks of code; a title has no other Markdown that hurts."""
    return text.replace("`", "")


def _escaped(text: str) -> str:
    return escape(_UNFIT.sub("\ufffd", text))


def _quoted(text: str) -> str:
    return quoteattr(_UNFIT.sub("\ufffd", text))


def _lang(lang: str, locale: str) -> str:
    return f" xml:lang={_quoted(lang)}" if lang != locale else ""
