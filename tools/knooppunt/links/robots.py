"""What a host's robots.txt asks of programs. Bytes in, rules out; the standard library reads them (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.robotparser import RobotFileParser

AGENT: Final = "knooppunt"
"""Name by which a robots.txt addresses us."""
LARGEST: Final = 500 * 1024
"""Bytes that are read of one, as much as the standard demands."""


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host."""

    parser: RobotFileParser | None = None
    """None: everything may be asked for."""
    closed: str = ""
    """Why nothing may be asked for; empty where the rules say what may."""

    def refusal(self, url: str) -> str | None:
        """Why an address is not asked for; None where it may be."""
        if self.closed:
            return self.closed
        if self.parser is None or self.parser.can_fetch(AGENT, url):
            return None
        return "robots.txt asks programs not to read this page"

    @property
    def delay(self) -> float:
        """Seconds that the host wants between two requests; 0 where it does not say."""
        if self.parser is None:
            return 0.0
        delay = float(self.parser.crawl_delay(AGENT) or 0.0)
        rate = self.parser.request_rate(AGENT)
        if rate is not None and rate.requests > 0:
            delay = max(delay, rate.seconds / rate.requests)
        return delay


OPEN: Final = Robots()


def robots_of(status: int, body: bytes) -> Robots:
    """The rules in the last answer to a request for robots.txt; status 0 where there was none.

    A host that has none (4xx), or that does not answer at all, refuses nothing; one that fails (5xx) refuses
    everything until it is well again (RFC 9309, 2.3.1).
    """
    if status >= 500:
        return Robots(closed=f"robots.txt answered {status}, so that nothing may be asked for")
    if not 200 <= status < 300:
        return OPEN
    parser = RobotFileParser()
    text = body[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff").replace("\x00", "")
    try:
        parser.parse(text.splitlines())
    except ValueError:  # an address in it that cannot be taken apart
        return OPEN
    parser.modified()
    return Robots(parser)
