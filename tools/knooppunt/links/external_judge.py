"""What an answer means: a verdict, another address to ask, another try, or a pause. Answers in, decisions out."""

from __future__ import annotations

import hashlib
import http
from dataclasses import dataclass, field, replace
from enum import StrEnum
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from knooppunt.links.external_model import Hop, Limits, Verdict
from knooppunt.links.hosts import Place, UnfitError, place_of
from knooppunt.retry_after import retry_after

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

REDIRECTS: Final = (301, 302, 303, 307, 308)
BLOCKED: Final = (401, 402, 403, 405, 406, 407, 451, 999)
"""Statuses by which hosts turn programs away that would let people in, or ask for a login; 999 is LinkedIn's own."""
PASSING: Final = (408, 425, 429)
"""Statuses of the fours that may be others in a moment; all from 500 may."""
_COOKIES: Final = 20
"""Cookies that are kept along one chain of redirects."""
_NAMES: Final = {999: "Request denied", 520: "Unknown error", 521: "Server down", 522: "Timed out", 525: "TLS failed"}


class Trouble(StrEnum):
    """Why there is no answer."""

    TIMEOUT = "timeout"
    DNS = "dns"
    """The name does not exist."""
    DNS_LATER = "dns-later"
    """The name could not be looked up now."""
    UNREACHABLE = "unreachable"
    """No way to the host's network."""
    CONNECTION = "connection"
    """Refused, reset, or closed without an answer."""
    CERTIFICATE = "certificate"
    """No browser accepts the certificate."""
    TLS = "tls"
    """We could not agree, or do not know the issuer; a browser may do better."""
    PROTOCOL = "protocol"
    """What came was not HTTP as our library reads it."""
    REFUSED = "refused"
    """The name stands for a private address."""


AWAY: Final = (Trouble.DNS, Trouble.DNS_LATER, Trouble.UNREACHABLE)
"""Troubles that are those of all links alike where there is no network."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request."""

    status: int = 0
    trouble: Trouble | None = None
    detail: str = ""
    location: str | None = None
    retry_after: str | None = None
    cookies: tuple[str, ...] = ()
    html: bool = False
    """Whether a fragment of it is the id of an element."""
    charset: str = ""
    """As its header names it; empty where it does not."""
    body: bytes = b""
    """Beginning of the page where the job reads it."""
    whole: bool = True
    """Whether the body is all of the page."""


@dataclass(slots=True)
class Job:
    """One address on its way to a verdict."""

    order: int
    start: Place
    fragments: tuple[str, ...]
    """Fragments that links name on this page, encoded; an empty one for the page itself."""
    at: Place
    """Address to ask next."""
    robots: bool = False
    """Whether it is the robots.txt of an origin, which no rules hold for."""
    hops: list[Hop] = field(default_factory=list)
    tries: int = 0
    cookies: dict[tuple[str, str], str] = field(default_factory=dict)
    """Value of a cookie by host and name."""
    seen: set[tuple[str, str]] = field(default_factory=set)
    """Addresses and cookies with which they were asked."""

    @property
    def reads(self) -> bool:
        """Whether the body is needed."""
        return self.robots or bool(self.at.fragment) or any(self.fragments)

    def cookie(self) -> str:
        """The header for the address to ask next; empty for none."""
        return "; ".join(f"{name}={value}" for (host, name), value in self.cookies.items() if host == self.at.host)


@dataclass(frozen=True, slots=True)
class Done:
    """The page is judged; its fragments are looked for in the body where it is ok."""

    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Again:
    """Ask the same address after some seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Pause:
    """Ask this host nothing for some seconds; it costs no try."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Onward:
    """Ask the address that the job now has."""


Decision = Done | Again | Pause | Onward


def decide(job: Job, answer: Answer, limits: Limits, now: datetime) -> Decision:
    """What to do after an answer; a redirect and a try that counts are noted in the job."""
    if answer.trouble is not None:
        return _troubled(job, answer, limits)
    status = answer.status
    if status in REDIRECTS:
        return _onward(job, answer, limits)
    if status in PASSING or (status >= 500 and status != 999):
        if status in {429, 503} and (seconds := retry_after(answer.retry_after, now)) is not None:
            return Pause(seconds)
        job.tries += 1
        if job.tries < limits.tries:
            return Again(waiting(job, limits))
        return Done(Verdict.RATE_LIMITED if status == 429 else Verdict.BROKEN, named(status))
    if 200 <= status < 300:
        return Done(Verdict.REDIRECTED if job.hops else Verdict.OK, named(status))
    if status in BLOCKED:
        return Done(Verdict.BLOCKED, named(status))
    if status >= 400:
        return Done(Verdict.BROKEN, named(status))
    return Done(Verdict.UNKNOWN, named(status))


def _troubled(job: Job, answer: Answer, limits: Limits) -> Decision:
    job.tries += 1
    trouble = answer.trouble
    most = {
        Trouble.TIMEOUT: limits.timeout_tries,
        Trouble.CONNECTION: limits.tries,
        Trouble.DNS_LATER: limits.tries,
        Trouble.UNREACHABLE: limits.tries,
    }
    if trouble is not None and job.tries < most.get(trouble, 1):
        return Again(waiting(job, limits))
    verdict = {
        Trouble.TIMEOUT: Verdict.TIMEOUT,
        Trouble.DNS: Verdict.BROKEN,
        Trouble.CONNECTION: Verdict.BROKEN,
        Trouble.CERTIFICATE: Verdict.BROKEN,
        Trouble.REFUSED: Verdict.REFUSED,
    }
    return Done(Verdict.UNKNOWN if trouble is None else verdict.get(trouble, Verdict.UNKNOWN), answer.detail)


def _onward(job: Job, answer: Answer, limits: Limits) -> Decision:
    if not answer.location:
        return Done(Verdict.UNKNOWN, f"{named(answer.status)}, but it does not say whereto")
    if len(job.hops) >= limits.hops:
        return Done(Verdict.BROKEN, f"more than {limits.hops} redirects")
    job.seen.add((job.at.url, job.cookie()))
    _keep_cookies(job, answer.cookies)
    try:
        place = place_of(urljoin(job.at.url, answer.location))
    except (UnfitError, ValueError) as error:
        return Done(Verdict.REFUSED, f"it redirects to '{answer.location[:200]}': {error}")
    job.hops.append(Hop(answer.status, place.whole))
    job.at = replace(place, fragment=place.fragment or job.at.fragment)  # one that an earlier redirect named holds on
    job.tries = 0
    if (place.url, job.cookie()) in job.seen:
        return Done(Verdict.BROKEN, "its redirects go round in a circle")
    return Onward()


def _keep_cookies(job: Job, headers: Sequence[str]) -> None:
    """Keep the cookies of an answer for the rest of the chain: some hosts redirect until they get one back."""
    for header in headers:
        try:
            cookie = SimpleCookie(header[:4096])
        except CookieError:
            continue
        for name, morsel in cookie.items():
            if len(job.cookies) < _COOKIES:
                job.cookies[job.at.host, name] = morsel.coded_value


def waiting(job: Job, limits: Limits) -> float:
    """Seconds before the next try: doubled each time, and up to half longer or shorter, so that many do not meet.

    How much is taken from the address, so that a run is the same as the one before.
    """
    digest = hashlib.sha256(f"{job.tries} {job.at.url}".encode()).digest()
    jitter = 0.5 + int.from_bytes(digest[:4], "big") / 2**32
    return float(limits.backoff * 2 ** (job.tries - 1) * jitter)


def named(status: int) -> str:
    """A status with its name: `404 Not Found`."""
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} {_NAMES[status]}" if status in _NAMES else str(status)
