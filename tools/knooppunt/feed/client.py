"""The client: a feed from a file, a folder or an address, as typed records.

It needs nothing but the standard library, and reads each file once.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knooppunt.feed.fetching import INDEX, LIMIT, TIMEOUT, FeedError, Place, document, items_of, place_of
from knooppunt.feed.typed import Record, record_of

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator, Mapping

_LOCALE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class Feed:
    """The records of a feed in one language, by id and in the order of their ids.

    >>> import json, tempfile
    >>> text = {"text": "Host aliases do nothing", "lang": "en", "state": "source"}
    >>> word = {"id": "limitation", "label": text}
    >>> record = {"id": "shop.till.hosts", "kind": word, "layer": word, "effect": None, "title": text,
    ...     "statement": text, "workaround": None, "subject": None, "fields": ["spec.hostAliases"], "amounts": [],
    ...     "variants": [{"id": "v1", "label": text, "status": {"id": "active", "label": text}, "since": "2019-01-15",
    ...     "until": None, "note": None, "evidence": []}], "evidence": [], "disputed": [], "references": [],
    ...     "revision": 1, "modified": "2019-01-15", "article": "till", "url": "https://docs.example/records/"}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "limitations.json"
    ...     _ = file.write_text(json.dumps({"schema_version": "1.1", "locale": "en", "records": [record]}))
    ...     feed = Feed.open(file)
    >>> feed["shop.till.hosts"].title.text, feed["shop.till.hosts"].status("v1")
    ('Host aliases do nothing', 'active')
    >>> [str(record.modified) for record in feed.select(variant="v1", status="active")]
    ['2019-01-15']
    >>> len(feed), "shop.till.coins" in feed
    (1, False)
    """

    def __init__(self, place: Place, document: Mapping[str, Any], path: str) -> None:
        self._place = place
        records = items_of(document, "records", f"{place.name}: {path}")
        made = [record_of(value, f"{place.name}: {path}: records[{number}]") for number, value in enumerate(records)]
        self.records: tuple[Record, ...] = tuple(made)
        self.locale: str = str(document.get("locale"))
        """The language that was asked for; each text says which one it is in."""
        self.project: str = str(document.get("project", ""))
        self._by_id = {record.id: record for record in made}

    @classmethod
    def open(
        cls,
        location: str | os.PathLike[str],
        *,
        locale: str | None = None,
        cache: str | os.PathLike[str] | None = None,
        timeout: float = TIMEOUT,
        limit: int = LIMIT,
    ) -> Feed:
        """The feed at a place, in a language; that of its source for None.

        `location` is a file such as `limitations.nl.json`, a folder (a site, or its `api/v1`), or the http or https
        address of a site, of its `api/v1/`, or of a file. `cache` is a folder that keeps answers with their ETag, so
        that the next call costs little where nothing has changed. `timeout` is in seconds for each file, `limit` is
        the size in bytes of the largest file to read. Raises FeedError.
        """
        place = place_of(location, cache=Path(cache) if cache is not None else None, timeout=timeout, limit=limit)
        if locale is not None and not _LOCALE.fullmatch(locale):
            raise FeedError(f"'{locale}' is no code of a language; write it like nl or pt-BR")
        path = "limitations.json" if locale is None else f"limitations.{locale}.json"
        found = document(place, path)
        if found is None:
            index = document(place, INDEX)
            known = ", ".join(map(str, index.get("locales", ()))) if index else ""
            there = f"; it has {known}" if known else ""
            raise FeedError(f"{place.name}: there is no {path}{there}")
        if locale is not None and found.get("locale") != locale:
            raise FeedError(f"{place.name} is in '{found.get('locale')}', not in '{locale}'")
        return cls(place, found, path)

    @cached_property
    def index(self) -> Mapping[str, Any]:
        """`index.json` as a value: files with their hashes, languages, revision of the sources. Raises FeedError."""
        return self._document(INDEX)

    @cached_property
    def locales(self) -> tuple[str, ...]:
        """The languages of the feed, that of the source first."""
        return tuple(map(str, self.index.get("locales", ())))

    @cached_property
    def changes(self) -> tuple[Mapping[str, Any], ...]:
        """What happened to each id, newest first, as `changes.json` has it. Raises FeedError."""
        return tuple(items_of(self._document("changes.json"), "changes", f"{self._place.name}: changes.json"))

    @cached_property
    def redirects(self) -> Mapping[str, tuple[str, ...]]:
        """Retired id -> the ids that stand for it today; empty for a single file. Raises FeedError."""
        found = document(self._place, "redirects.json")
        where = f"{self._place.name}: redirects.json"
        items = items_of(found, "redirects", where) if found else []
        return {item["id"]: tuple(map(str, item.get("records", ()))) for item in items}

    def resolve(self, record_id: str) -> tuple[Record, ...]:
        """The records that an id stands for: one, more where it was split, none where nobody knows it."""
        if record_id in self._by_id:
            return (self._by_id[record_id],)
        return tuple(self._by_id[end] for end in self.redirects.get(record_id, ()) if end in self._by_id)

    def __getitem__(self, record_id: str) -> Record:
        """The record of an id, retired ones too. Raises KeyError where there is none, or more than one."""
        found = self.resolve(record_id)
        if len(found) != 1:
            ends = ", ".join(record.id for record in found)
            raise KeyError(f"{record_id} was split into {ends}; ask for resolve()" if found else record_id)
        return found[0]

    def get(self, record_id: str) -> Record | None:
        """The record of an id, retired ones too; None where there is none, or more than one."""
        found = self.resolve(record_id)
        return found[0] if len(found) == 1 else None

    def select(
        self,
        *,
        kind: str | Collection[str] = (),
        layer: str | Collection[str] = (),
        effect: str | Collection[str] = (),
        variant: str | Collection[str] = (),
        status: str | Collection[str] = (),
        field: str | Collection[str] = (),
    ) -> tuple[Record, ...]:
        """The records that pass every filter, each an id or several; an empty filter lets all pass.

        `variant` and `status` hold together: `variant="v2", status="active"` is active in v2. `field` is a path of
        an object, such as `spec.hostAliases`.
        """
        kinds, layers, effects, fields = map(_several, (kind, layer, effect, field))
        variants, statuses = _several(variant), _several(status)
        return tuple(
            record
            for record in self.records
            if (not kinds or record.kind.id in kinds)
            and (not layers or record.layer.id in layers)
            and (not effects or (record.effect is not None and record.effect.id in effects))
            and (not fields or not fields.isdisjoint(record.fields))
            and (not (variants or statuses) or _holds(record, variants, statuses))
        )

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)

    def __contains__(self, record_id: object) -> bool:
        """Whether an id is that of a record or of a retired one."""
        return isinstance(record_id, str) and bool(self.resolve(record_id))

    def __repr__(self) -> str:
        return f"<Feed {self._place.name!r} in {self.locale}: {len(self)} records>"

    def _document(self, path: str) -> dict[str, Any]:
        found = document(self._place, path)
        if found is None:
            raise FeedError(f"{self._place.name}: there is no {path}")
        return found


def _several(value: str | Collection[str]) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)


def _holds(record: Record, variants: Collection[str], statuses: Collection[str]) -> bool:
    return any(
        (not variants or variant.id in variants) and (not statuses or variant.status.id in statuses)
        for variant in record.variants
    )
