"""What is said about a link to another host, and within which bounds it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a link; only `broken` can fail a run."""

    OK = "ok"
    REDIRECTED = "redirected"
    """It leads somewhere, by way of another address."""
    BROKEN = "broken"
    """The page, or the place on it, is not there; or the host, its name or its certificate is no good."""
    RATE_LIMITED = "rate-limited"
    """The host asks for more patience than this run has."""
    BLOCKED = "blocked"
    """The host answers people but not programs: 401, 403, 999, or its robots.txt says no."""
    TIMEOUT = "timeout"
    REFUSED = "refused"
    """We do not ask: the address is private, or of a kind that no link to a page has."""
    UNKNOWN = "unknown"
    """There was an answer, or none, from which nothing follows."""


SETTLED = (Verdict.OK, Verdict.REDIRECTED)
"""Verdicts that are believed until they expire; all others are asked for again in the next run."""


NO_NETWORK = "not asked: there is no network"
"""The reason that all links have where we are offline; they are said in one line."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is asked of others, and how long we wait for them."""

    rate: float = 10.0
    """Requests a second to one host; 0 for no such limit."""
    per_host: int = 4
    """Requests to one host at the same time."""
    total: int = 64
    """Requests to all hosts at the same time."""
    timeout: float = 20.0
    """Seconds for one request, from its start to the end of its headers; and again as much for a body that is read."""
    tries: int = 3
    """Requests for one address where its answers may pass: 408, 425, 429, 5xx, a connection that breaks."""
    timeout_tries: int = 2
    """Requests for one address where no answer comes."""
    backoff: float = 1.0
    """Seconds before the second try, doubled before each further one, each made up to half longer or shorter."""
    patience: float = 120.0
    """Seconds that a host may make us pause at once; one that asks for more is not asked again in this run."""
    pauses: int = 6
    """Pauses that a host may ask for in a row without one answer in between."""
    deadline: float = 1800.0
    """Seconds of the whole run; what is not known by then stays unknown."""
    hops: int = 20
    """Redirects that are followed, as many as browsers follow."""
    body: int = 2_000_000
    """Bytes of a page that are read to find the place a fragment names, and before that of its compressed form."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect."""

    status: int
    to: str

    @property
    def permanent(self) -> bool:
        return self.status in {301, 308}


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of one address."""

    url: str
    """As it is asked for, with its fragment."""
    verdict: Verdict
    reason: str = ""
    """In words, for people: `404 Not Found`."""
    status: int = 0
    """Status of the last answer; 0 where there was none."""
    hops: tuple[Hop, ...] = ()
    cached: bool = False
    """Whether an earlier run has seen it."""
    streak: int = 0
    """Runs in a row, this one included, in which it was broken."""
    since: str = ""
    """Day of the first of these runs, like `2026-11-24`; empty where it is not broken."""
    archived: str = ""
    """A copy of the page in an archive, where one was asked for and found."""

    @property
    def final(self) -> str:
        """Address to which it leads in the end."""
        return self.hops[-1].to if self.hops else self.url

    @property
    def moved_to(self) -> str | None:
        """The address to write instead: where every hop is permanent and the last one leads somewhere."""
        if self.verdict is Verdict.REDIRECTED and all(hop.permanent for hop in self.hops):
            return self.final
        return None
