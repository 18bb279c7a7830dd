"""Links to other hosts: which addresses are asked for, what earlier runs know of them, and the one line where we are
offline. The edge of this part: it keeps the cache, looks at the clock, and starts the event loop."""

from __future__ import annotations

import asyncio
import json
import socket
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from knooppunt.linkrules import LinkRules
from knooppunt.links.external_http import Client
from knooppunt.links.external_judge import Job
from knooppunt.links.external_model import NO_NETWORK, Checked, Limits, Verdict
from knooppunt.links.external_report import ARCHIVE, Patience, expired_findings, findings_of
from knooppunt.links.external_run import Outcome, Run
from knooppunt.links.hosts import Allowed, UnfitError, allowed_of, place_of
from knooppunt.links.link_cache import DAYS, LinkCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from knooppunt.links.hosts import Place
    from knooppunt.links.model import Link
    from knooppunt.model import Finding

CACHE: Final = "cache/links.json"
"""File of the cache, below the project's folder for what can be thrown away."""
_PROBE: Final = "example.com"
"""A name that has existed since 1992 and is kept for examples (RFC 2606)."""
_AVAILABLE: Final = "https://archive.org/wayback/available?url="


@dataclass(frozen=True, slots=True)
class External:
    """How links to other hosts are checked."""

    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)
    allow: tuple[str, ...] = ()
    """Private hosts, addresses and networks that may be asked, beside those of the rules."""
    rules: LinkRules = field(default_factory=LinkRules)
    archive: bool = False
    """Whether an archive is asked for copies of broken pages; else only the address of such a copy is made."""
    cache: Path | None = None
    """Folder for what can be thrown away; None for no cache."""
    days: float = DAYS
    """Days for which a good link is believed."""
    own: tuple[str, ...] = ()
    """Addresses of the site itself; neither these nor what is below them are asked for."""


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say."""

    findings: tuple[Finding, ...] = ()
    checked: Mapping[str, Checked] = field(default_factory=dict)
    """By address as the links have it; those that rules pass over are not in it."""
    offline: bool = False
    ignored: int = 0
    requests: int = 0

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many addresses have each verdict, in the order of the verdicts; without those that no network reached."""
        found = Counter(checked.verdict for checked in self.checked.values() if checked.reason != NO_NETWORK)
        return {verdict: found[verdict] for verdict in Verdict if found[verdict]}

    def lines(self) -> list[str]:
        """The summary for people; where we are offline, a line that says so."""
        lines = []
        unasked = sum(checked.reason == NO_NETWORK for checked in self.checked.values())
        if self.counts or not unasked:
            counts = ", ".join(f"{count} {verdict.value}" for verdict, count in self.counts.items()) or "none"
            known = sum(checked.cached for checked in self.checked.values())
            more = (f", {known} known from before" if known else "") + (
                f", {self.ignored} passed over by rules" if self.ignored else ""
            )
            lines.append(f"Links to other hosts: {counts}; {self.requests} requests{more}.")
        if unasked:
            addresses = "1 address of other hosts was" if unasked == 1 else f"{unasked} addresses of other hosts were"
            lines.append(f"There is no network: {addresses} not checked.")
        return lines


def check_external(
    links: Iterable[Link],
    external: External,
    *,
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Ask for every address that links to other hosts have, each once, and say what there is to say of each link.

    Raises UsageError where aiohttp is not installed, or where a host that is allowed is none.
    """
    now = now or datetime.now(UTC)
    today = now.date()
    outside = [link for link in links if link.external]
    urls = {link.url for link in outside if not _own(_absolute(link.url), external.own)}
    ignored = {url for url in urls if external.rules.ignored(_absolute(url), today) is not None}
    checked, outcome = check_urls(sorted(urls - ignored), external, now=now, progress=progress)
    findings = [
        *expired_findings(external.rules.expired(today), today),
        *findings_of(outside, checked, external.patience, today),
    ]
    return Report(tuple(findings), checked, outcome.offline, len(ignored), outcome.requests)


def check_urls(
    urls: Sequence[str], external: External, *, now: datetime, progress: Callable[[str], None] = lambda _: None
) -> tuple[dict[str, Checked], Outcome]:
    """Verdicts on addresses, by the address as it is given. Raises UsageError as `check_external` does."""
    allowed = allowed_of((*external.allow, *external.rules.allowed(now.date())))
    cache = LinkCache(None if external.cache is None else external.cache / CACHE, days=external.days, now=now)
    checked: dict[str, Checked] = {}
    places: dict[str, Place] = {}
    for url in urls:
        try:
            place = place_of(_absolute(url))
        except UnfitError as error:
            checked[url] = Checked(url, Verdict.REFUSED, str(error))
            continue
        known = cache.fresh(place.whole)
        if known is None:
            places[url] = place
        else:
            checked[url] = known
    outcome = Outcome()
    try:
        if places:
            asyncio.run(_run(places.values(), external, allowed, progress, outcome))
    finally:  # who interrupts a long run does not lose what it has asked for
        learnt = cache.learn(outcome.checked.values())
        cache.save()
    checked.update({url: learnt[place.whole] for url, place in places.items()})
    return {url: checked[url] for url in urls}, outcome


async def _run(
    places: Iterable[Place], external: External, allowed: Allowed, progress: Callable[[str], None], outcome: Outcome
) -> None:
    """Ask, and write what is found into `outcome` as it comes."""
    async with Client(external.limits, allowed) as client:
        run = Run(client.get, external.limits, online=_online, local=allowed.reaches, progress=progress)
        run.outcome = outcome
        await run(places)
        if external.archive and not outcome.offline:
            await _archive(client, outcome)


async def _archive(client: Client, outcome: Outcome) -> None:
    """Ask the archive for a copy of each broken page, one after another, as it wishes."""
    for url, checked in sorted(outcome.checked.items()):
        if checked.verdict is Verdict.BROKEN:
            place = place_of(_AVAILABLE + quote(url, safe=""))
            answer = await client.get(Job(0, place, ("",), place, robots=True))
            outcome.requests += 1
            if answer.status in {429, 503} or answer.trouble is not None:
                return  # it has enough, or is not there
            outcome.checked[url] = replace(checked, archived=copy_of(answer.body))


def copy_of(body: bytes) -> str:
    """The address of a copy in an answer of the archive; empty where it has none, or does not answer as it should."""
    try:
        found = json.loads(body)["archived_snapshots"]["closest"]
        url = str(found["url"]) if found["available"] else ""
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    url = url.replace("http://", "https://", 1)
    return url if url.startswith(ARCHIVE) else ""


async def _online() -> bool:
    """Whether there is a network: a way out, without a packet that is sent, and a name that can be looked up."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
        async with asyncio.timeout(10):
            return bool(await asyncio.get_running_loop().getaddrinfo(_PROBE, 443))
    except (OSError, TimeoutError):
        return False


def _own(url: str, own: Iterable[str]) -> bool:
    """Whether an address is one of these, or below it: `/gone` is not below `/go`."""
    bare = (address.rstrip("/") for address in own)
    return any(url.startswith(address) and url[len(address) :][:1] in {"", "/", "?", "#"} for address in bare)


def _absolute(url: str) -> str:
    return f"https:{url}" if url.startswith("//") else url
