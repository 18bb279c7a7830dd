"""When which host may be asked: hosts take turns, and each has its pace, its places, and its pauses.

Law: never more than so many requests at once to one host and to all, never two to a host closer to each other than
its interval, and never one before a pause is over. Time comes in as a number; nothing here waits.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from typing import Generic, TypeVar

J = TypeVar("J")


@dataclass(slots=True)
class _Host(Generic[J]):
    interval: float
    """Seconds from the start of one request to the start of the next."""
    waiting: list[tuple[float, int, int, J]] = field(default_factory=list)
    """Heap of earliest start, order, a number that no two share, and the job."""
    running: int = 0
    next: float = -math.inf
    paused: float = -math.inf
    stamp: int = 0
    """Number of its entry in the heap of hosts that counts; older entries are void."""

    def ready(self) -> float:
        return max(self.next, self.paused, self.waiting[0][0])


class Schedule(Generic[J]):
    """Jobs by host; `take` gives the one that may start now."""

    def __init__(self, *, per_host: int, total: int, interval: float) -> None:
        self._per_host = max(per_host, 1)
        self._total = max(total, 1)
        self._interval = interval
        self._hosts: dict[str, _Host[J]] = {}
        self._heap: list[tuple[float, int, str]] = []
        """Earliest start, stamp and name of each host that has a job and a free place; the stamp makes them take
        turns, since a host that was served gets a later one."""
        self._stamps = 0
        self._numbers = 0
        self.running = 0
        self.waiting = 0

    def add(self, host: str, job: J, *, order: int = 0, at: float = 0.0) -> None:
        """A job that may start at `at`; of those that may start, the one with the lowest order goes first."""
        found = self._host(host)
        self._numbers += 1
        heapq.heappush(found.waiting, (at, order, self._numbers, job))
        self.waiting += 1
        self._offer(host, found)

    def take(self, now: float) -> tuple[str, J] | None:
        """Host and job that may start now, which thereby runs until `free` is called; None where none may."""
        if self.running >= self._total:
            return None
        while self._heap:
            ready, stamp, name = self._heap[0]
            host = self._hosts[name]
            if stamp != host.stamp:
                heapq.heappop(self._heap)
                continue
            if ready > now:
                return None
            heapq.heappop(self._heap)
            job = heapq.heappop(host.waiting)[3]
            host.running += 1
            host.next = now + host.interval
            self.running += 1
            self.waiting -= 1
            self._offer(name, host)
            return name, job
        return None

    def wait(self, now: float) -> float | None:
        """Seconds until a job may start if no other ends before; None where one must end first, or none waits."""
        if self.running >= self._total:
            return None
        while self._heap and self._heap[0][1] != self._hosts[self._heap[0][2]].stamp:
            heapq.heappop(self._heap)
        return max(self._heap[0][0] - now, 0.0) if self._heap else None

    def free(self, host: str) -> None:
        """A job of this host has ended."""
        found = self._hosts[host]
        found.running -= 1
        self.running -= 1
        self._offer(host, found)

    def pause(self, host: str, until: float) -> None:
        """No request to this host before `until`; a pause is never made shorter."""
        found = self._host(host)
        found.paused = max(found.paused, until)
        self._offer(host, found)

    def paused(self, host: str) -> float:
        """When the last pause of a host ends, or has ended."""
        return self._host(host).paused

    def slow(self, host: str, interval: float) -> None:
        """From now on at least `interval` seconds from one request to the next; a host is never made faster."""
        found = self._host(host)
        if interval > found.interval:
            found.next += interval - found.interval  # counted from the start of the last request
            found.interval = interval
            self._offer(host, found)

    def interval(self, host: str) -> float:
        """Seconds that a host has from one request to the next."""
        return self._host(host).interval

    def drop(self, host: str) -> list[J]:
        """The jobs of a host that wait, in their order, which thereby wait no longer."""
        found = self._host(host)
        jobs = [job for _, _, _, job in sorted(found.waiting, key=lambda item: item[1:3])]
        found.waiting = []
        found.stamp = 0
        self.waiting -= len(jobs)
        return jobs

    def drop_all(self) -> list[J]:
        """All jobs that wait, which thereby wait no longer."""
        return [job for host in list(self._hosts) for job in self.drop(host)]

    def _host(self, name: str) -> _Host[J]:
        found = self._hosts.get(name)
        if found is None:
            found = self._hosts[name] = _Host(self._interval)
        return found

    def _offer(self, name: str, host: _Host[J]) -> None:
        """Put a host into the heap as it now is, or take it out."""
        if host.waiting and host.running < self._per_host:
            self._stamps += 1
            host.stamp = self._stamps
            heapq.heappush(self._heap, (host.ready(), host.stamp, name))
        else:
            host.stamp = 0
