"""What earlier runs learnt about links to other hosts. Safe to delete; written beside and renamed.

A good link is believed for some days, each for a little longer or shorter than the others, so that not all are asked
for again on the same day. A broken one is asked for in every run, and its run of failures is counted.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import DataError
from knooppunt.files import read_text, write_atomic
from knooppunt.links.external_model import SETTLED, Checked, Hop, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FORMAT: Final = 1
DAYS: Final = 7.0
"""Days for which a good link is believed, unless told otherwise."""
FORGOTTEN: Final = timedelta(days=90)
"""After this time without a link to it an address is forgotten."""
_LARGEST: Final = 64 * 1024 * 1024
_INNOCENT: Final = (Verdict.TIMEOUT, Verdict.RATE_LIMITED, Verdict.UNKNOWN, Verdict.REFUSED)
"""Verdicts that say nothing about the page: they neither end a run of failures nor add to it."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """One address of the cache."""

    verdict: Verdict
    at: datetime
    """When it was asked for."""
    used: datetime
    """When a link to it was last seen."""
    status: int = 0
    reason: str = ""
    hops: tuple[Hop, ...] = ()
    streak: int = 0
    since: str = ""


class LinkCache:
    """Verdicts by address, with their age and their run of failures."""

    def __init__(self, path: Path | None, *, days: float = DAYS, now: datetime) -> None:
        self._path = path
        self._days = days
        self._now = now
        self._kept = _read(path, now)

    def fresh(self, url: str) -> Checked | None:
        """What is known of an address and need not be asked for again; None for all else."""
        kept = self._kept.get(url)
        if kept is None or kept.verdict not in SETTLED or self._now - kept.at > _lifetime(url, self._days):
            return None
        self._kept[url] = replace(kept, used=self._now)
        return Checked(url, kept.verdict, kept.reason, kept.status, kept.hops, cached=True)

    def learn(self, found: Iterable[Checked]) -> dict[str, Checked]:
        """Keep what a run has found; the same by address, with the runs of failures that it is part of."""
        return {checked.url: self._learn(checked) for checked in found}

    def _learn(self, checked: Checked) -> Checked:
        old = self._kept.get(checked.url)
        if checked.verdict in _INNOCENT:
            if old is not None:
                self._kept[checked.url] = replace(old, used=self._now)
            return checked
        streak, since = 0, ""
        if checked.verdict is Verdict.BROKEN:
            streak = 1 + (old.streak if old else 0)
            since = (old.since if old else "") or self._now.date().isoformat()
            checked = replace(checked, streak=streak, since=since)
        self._kept[checked.url] = _Kept(
            checked.verdict, self._now, self._now, checked.status, checked.reason, checked.hops, streak, since
        )
        return checked

    def save(self) -> None:
        """Write the cache; failing to is no error, and two runs at once keep what the last of them knows."""
        if self._path is None:
            return
        links = {
            url: {
                "verdict": kept.verdict.value,
                "at": kept.at.isoformat(timespec="seconds"),
                "used": kept.used.isoformat(timespec="seconds"),
                **({"status": kept.status} if kept.status else {}),
                **({"reason": kept.reason} if kept.reason else {}),
                **({"hops": [[hop.status, hop.to] for hop in kept.hops]} if kept.hops else {}),
                **({"streak": kept.streak, "since": kept.since} if kept.streak else {}),
            }
            for url, kept in sorted(self._kept.items())
        }
        with contextlib.suppress(OSError):
            write_atomic(self._path, json.dumps({"format": FORMAT, "links": links}, indent=0, ensure_ascii=False))


def lasting(checked: Checked, *, runs: int, days: int, today: date) -> bool:
    """Whether a broken link has been so for long enough: in so many runs in a row, or, where `days` is not 0, days."""
    if checked.streak >= runs:
        return True
    return bool(days and checked.since) and today - date.fromisoformat(checked.since) >= timedelta(days=days)


def _lifetime(url: str, days: float) -> timedelta:
    """How long a good link is believed: from three quarters of the days to five quarters, by its hash."""
    share = hashlib.sha256(url.encode("utf-8", "surrogatepass")).digest()[0] / 255
    return timedelta(days=days * (0.75 + share / 2))


def _read(path: Path | None, now: datetime) -> dict[str, _Kept]:
    """The addresses of a cache that are not forgotten; none where there is no cache that can be read."""
    if path is None:
        return {}
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        value = json.loads(read_text(path))
        if value["format"] != FORMAT:
            return {}
        found = {str(url): _kept(item, now) for url, item in value["links"].items()}
    except (OSError, DataError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return {}
    return {url: kept for url, kept in found.items() if now - kept.used <= FORGOTTEN}


def _kept(item: Mapping[str, Any], now: datetime) -> _Kept:
    since = str(item.get("since", ""))
    if since:
        date.fromisoformat(since)
    return _Kept(
        Verdict(item["verdict"]),
        min(_time(item["at"]), now),  # a clock that was wrong makes nothing fresh for ever
        min(_time(item["used"]), now),
        int(item.get("status", 0)),
        str(item.get("reason", "")),
        tuple(Hop(int(status), str(to)) for status, to in item.get("hops", ())),
        int(item.get("streak", 0)),
        since,
    )


def _time(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
