"""`changes.json`: what happened to each id, newest first."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from knooppunt.feed.changelog import ADDED, EDITORIAL, MEANING, WITHDRAWN, Change
from knooppunt.feed.evidence import modified
from knooppunt.feed.input import SCHEMA_VERSION
from knooppunt.feed.texts import SOURCE, day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.texts import Json

NAME = "changes"
_OF_A_REVISION = (ADDED, MEANING, WITHDRAWN)


def all_changes(feed: FeedInput) -> tuple[Change, ...]:
    """The log of changes, and what the records themselves tell that it does not have; newest first, undated last.

    A record whose revision the log does not know gives one change: it was added, or its meaning changed, on the day
    of its newest fact. So a project that keeps no log tells the last change of meaning of each record.
    """
    changes = sorted([*reversed(feed.changes), *_untold(feed)], key=lambda change: change.id)
    changes.sort(key=lambda change: change.date or datetime.date.min, reverse=True)
    return tuple(changes)


def _untold(feed: FeedInput) -> Iterator[Change]:
    revisions = {(change.id, change.revision) for change in feed.changes if change.change in _OF_A_REVISION}
    for item in feed.records[feed.source_locale]:
        record = item.record
        if (record.id, record.revision) not in revisions:
            what = ADDED if record.revision == 1 else MEANING
            yield Change(record.id, what, modified(record), revision=record.revision, title=record.title)
    retired = {(change.id, change.change) for change in feed.changes}
    for redirect in feed.redirects.values():
        if (redirect.id, redirect.kind) not in retired:
            yield Change(redirect.id, redirect.kind, to=redirect.to)


def news(changes: tuple[Change, ...]) -> Iterator[Change]:
    """The changes that a reader is told of: dated ones that are more than editorial, each revision of an id once."""
    seen: set[str] = set()
    for change in changes:
        if change.change != EDITORIAL and change.date is not None and anchor(change) not in seen:
            seen.add(anchor(change))
            yield change


def anchor(change: Change) -> str:
    """What tells a change from all others: `aks.virtual-nodes.ipv6@2`, `aks.virtual-nodes.old-id@moved`."""
    return f"{change.id}@{change.revision or change.change}"


def changes_document(feed: FeedInput, changes: tuple[Change, ...]) -> Json:
    """The same in all languages: titles and values are those of the source."""
    titles = {item.record.id: item.record.title for item in feed.records[feed.source_locale]}
    return {
        "$schema": feed.schema_url(NAME),
        "schema_version": SCHEMA_VERSION,
        "project": feed.project,
        "source_locale": feed.source_locale,
        "changes": [_change_json(feed, change, titles.get(change.id) or change.title) for change in changes],
    }


def _change_json(feed: FeedInput, change: Change, title: str | None) -> Json:
    return {
        "id": change.id,
        "change": change.change,
        "date": day(change.date),
        "release": change.release,
        "revision": change.revision,
        "title": {"text": title, "lang": feed.source_locale, "state": SOURCE} if title else None,
        "to": list(change.to),
        "fields": [{"field": item.field, "before": item.before, "after": item.after} for item in change.fields],
    }
