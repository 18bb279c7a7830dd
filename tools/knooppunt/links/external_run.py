"""Many addresses to their verdicts: takes jobs from the schedule, asks, and does what is decided.

Whoever asks is given as a function, and time is that of the event loop, so that a test can be both.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from knooppunt.links.external_ids import asked, decoded, has
from knooppunt.links.external_judge import (
    AWAY,
    Again,
    Answer,
    Done,
    Job,
    Onward,
    Pause,
    Trouble,
    decide,
)
from knooppunt.links.external_model import NO_NETWORK, Checked, Hop, Limits, Verdict
from knooppunt.links.external_schedule import Schedule
from knooppunt.links.hosts import Place
from knooppunt.links.robots import OPEN, Robots, robots_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

SLOWEST = 2.0
"""Seconds between two requests to a host after it has asked for pauses again and again."""
_DEAD = 8
"""Requests in a row without any answer after which a host that has never answered is not asked again."""


class Ask(Protocol):
    """One request."""

    async def __call__(self, job: Job) -> Answer:
        """The answer of the address that a job is at."""


@dataclass(slots=True)
class _State:
    """What a run has seen of one host."""

    answers: int = 0
    silent: int = 0
    """Requests in a row without any answer."""
    pauses: int = 0
    """Pauses since the last answer that was none."""
    given_up: Done | None = None
    """What to say of all that is still to be asked of it."""


@dataclass(slots=True)
class Outcome:
    """What a run has found."""

    checked: dict[str, Checked] = field(default_factory=dict)
    """By address, as it is asked for, with its fragment."""
    offline: bool = False
    """Whether there was no network; then nothing is known but of hosts that are reached without one."""
    requests: int = 0


class Run:
    """One run over many addresses."""

    def __init__(
        self,
        ask: Ask,
        limits: Limits,
        *,
        online: Callable[[], Awaitable[bool]],
        local: Callable[[str], bool] = lambda _: False,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._ask = ask
        self._limits = limits
        self._online = online
        self._local = local
        self._progress = progress
        self._schedule: Schedule[Job] = Schedule(
            per_host=limits.per_host, total=limits.total, interval=1.0 / limits.rate if limits.rate > 0 else 0.0
        )
        self._robots: dict[str, Robots] = {}
        self._parked: dict[str, list[Job]] = defaultdict(list)
        """Jobs that wait for the robots.txt of their origin."""
        self._hosts: dict[str, _State] = defaultdict(_State)
        self._network: bool | None = None
        """Whether there is one; None as long as there was no reason to doubt it."""
        self._left = 0
        self.outcome = Outcome()

    async def __call__(self, wanted: Iterable[Place]) -> Outcome:
        """Verdicts on these addresses."""
        loop = asyncio.get_running_loop()
        end = loop.time() + self._limits.deadline
        places = list(wanted)
        jobs = _jobs(places)
        self._left = len(jobs)
        for job in jobs:
            self._enqueue(job)
        ended: asyncio.Queue[asyncio.Task[tuple[Job, str, float, Answer]]] = asyncio.Queue()
        running: set[asyncio.Task[tuple[Job, str, float, Answer]]] = set()
        try:
            while self._schedule.waiting or running:
                now = loop.time()
                if now >= end:
                    break
                while (taken := self._schedule.take(now)) is not None:
                    task = loop.create_task(self._one(*taken))
                    running.add(task)
                    task.add_done_callback(ended.put_nowait)
                wait = self._schedule.wait(now)
                try:
                    async with asyncio.timeout_at(min(end, now + wait) if wait is not None else end):
                        task = await ended.get()
                except TimeoutError:
                    continue
                tasks = [task]
                while not ended.empty():  # all that is known counts before another request starts
                    tasks.append(ended.get_nowait())
                for task in tasks:
                    running.discard(task)
                    await self._ended(*task.result())
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
        late = Done(Verdict.UNKNOWN, "not asked: the time for this run was over")
        for job in (*self._schedule.drop_all(), *(job for jobs in self._parked.values() for job in jobs)):
            if not job.robots:
                self._conclude(job, late, Answer())
        for place in places:  # those that were on their way
            self.outcome.checked.setdefault(place.whole, Checked(place.whole, late.verdict, late.reason))
        return self.outcome

    async def _one(self, host: str, job: Job) -> tuple[Job, str, float, Answer]:
        started = asyncio.get_running_loop().time()
        self.outcome.requests += 1
        return job, host, started, await self._ask(job)

    async def _ended(self, job: Job, host: str, started: float, answer: Answer) -> None:
        self._schedule.free(host)
        if answer.trouble in AWAY and self._network is None:
            self._network = await self._online()
            self.outcome.offline = not self._network
        self._after(job, host, started, answer, asyncio.get_running_loop().time())

    # What becomes of a job -----------------------------------------------------------------------------------------

    def _enqueue(self, job: Job, at: float = 0.0) -> None:
        """Let a job wait for its turn; for the rules of its host first, where they are not known."""
        if (given_up := self._hosts[job.at.host].given_up) is not None:
            self._conclude(job, given_up, Answer())
            return
        if not job.robots:
            origin = job.at.origin
            rules = self._robots.get(origin)
            if rules is None:
                self._parked[origin].append(job)
                if len(self._parked[origin]) == 1:
                    place = Place(f"{origin}/robots.txt", "", job.at.host, origin)
                    self._schedule.add(place.host, Job(job.order, place, (), place, robots=True), order=-1)
                return
            if (refusal := rules.refusal(job.at.url)) is not None:
                self._conclude(job, Done(Verdict.BLOCKED, refusal), Answer())
                return
        self._schedule.add(job.at.host, job, order=job.order, at=at)

    def _after(self, job: Job, host: str, started: float, answer: Answer, now: float) -> None:
        """Do what an answer means."""
        state = self._hosts[host]
        decision = decide(job, answer, self._limits, datetime.now(UTC))
        if answer.trouble is None:
            state.answers += 1
            state.silent = 0
        elif answer.trouble is not Trouble.REFUSED:
            state.silent += 1
            if self.outcome.offline:
                self._without_network(job)
                return
            if job.robots:  # no answer, no rules; its pages are asked all the same
                self._conclude(job, Done(Verdict.UNKNOWN, answer.detail), answer)
                return
        if isinstance(decision, Pause):
            self._pause(job, host, started, decision.seconds, now)
            return
        if answer.trouble is None:
            state.pauses = 0
        if isinstance(decision, Again):
            self._enqueue(job, now + decision.seconds)
        elif isinstance(decision, Onward):
            self._enqueue(job)
        else:
            self._conclude(job, decision, answer)
            self._maybe_give_up(host, state, decision, answer)

    def _pause(self, job: Job, host: str, started: float, seconds: float, now: float) -> None:
        """Ask a host nothing for as long as it wants; give it up where that is longer than we have."""
        state = self._hosts[host]
        if started >= self._schedule.paused(host):  # not one that was on its way when the pause began
            state.pauses += 1
            interval = self._schedule.interval(host)
            self._schedule.slow(host, min(interval * 2, max(SLOWEST, interval)))
        self._schedule.pause(host, now + seconds)
        if seconds > self._limits.patience or state.pauses > self._limits.pauses:
            what = f"to wait {seconds:.0f} s" if seconds > self._limits.patience else "for one pause after another"
            self._conclude(job, self._give_up(host, f"the host asks {what}"), Answer(status=429))
        else:
            self._enqueue(job)

    def _give_up(self, host: str, reason: str, verdict: Verdict = Verdict.RATE_LIMITED) -> Done:
        """Judge all that waits for a host, without asking it."""
        done = Done(verdict, reason)
        self._hosts[host].given_up = done
        for job in self._schedule.drop(host):
            self._conclude(job, done, Answer())
        return done

    def _maybe_give_up(self, host: str, state: _State, done: Done, answer: Answer) -> None:
        """A name that does not exist is looked up once, and a host that never answers is not waited for long."""
        if answer.trouble is Trouble.DNS or (
            answer.trouble in {Trouble.TIMEOUT, Trouble.CONNECTION, Trouble.UNREACHABLE, Trouble.DNS_LATER}
            and not state.answers
            and state.silent >= max(_DEAD, 2 * self._limits.per_host)
        ):
            self._give_up(host, done.reason, done.verdict)

    def _without_network(self, job: Job) -> None:
        """Ask nothing more of hosts that have not answered, but of those that are reached without a network."""
        for host, state in list(self._hosts.items()):
            if not state.answers and not self._local(host) and state.given_up is None:
                self._give_up(host, NO_NETWORK, Verdict.UNKNOWN)
        self._conclude(job, Done(Verdict.UNKNOWN, NO_NETWORK), Answer())

    def _conclude(self, job: Job, done: Done, answer: Answer) -> None:
        """Write down the verdict on each link to a page, or the rules of a host."""
        if job.robots:
            self._rules(job, answer)
            return
        self._left -= 1
        self._progress(f"external links: {self._left} left, {self.outcome.requests} requests")
        html: str | None = None
        for fragment in job.fragments:
            wanted = asked(fragment or job.at.fragment)
            hops = list(job.hops)
            ending = job.at.fragment or fragment
            if hops and ending:
                hops[-1] = Hop(hops[-1].status, f"{job.at.url}#{ending}")
            found = done
            if done.verdict in {Verdict.OK, Verdict.REDIRECTED} and wanted is not None and answer.html:
                html = html if html is not None else decoded(answer.body, answer.charset)
                if not has(html, wanted):
                    missing = f"the page has no place '#{wanted}'"
                    found = (
                        Done(Verdict.BROKEN, missing)
                        if answer.whole
                        else Done(Verdict.UNKNOWN, f"{missing} in as much of it as was read")
                    )
            url = replace(job.start, fragment=fragment).whole
            self.outcome.checked[url] = Checked(url, found.verdict, found.reason, answer.status, tuple(hops))

    def _rules(self, job: Job, answer: Answer) -> None:
        """Keep the rules of a host, and let what waited for them go on."""
        origin = job.start.origin
        self._robots[origin] = robots_of(answer.status, answer.body) if answer.trouble is None else OPEN
        delay = self._robots[origin].delay
        if delay > self._limits.patience:
            self._give_up(job.start.host, f"robots.txt asks for {delay:.0f} s between two requests")
        elif delay:
            self._schedule.slow(job.start.host, delay)
        for parked in self._parked.pop(origin, ()):
            self._enqueue(parked)


def _jobs(wanted: Iterable[Place]) -> list[Job]:
    """One job for each page, whatever places of it are linked to, in the order of their addresses."""
    fragments: dict[str, set[str]] = defaultdict(set)
    pages: dict[str, Place] = {}
    for place in wanted:
        fragments[place.url].add(place.fragment)
        pages[place.url] = replace(place, fragment="")
    return [
        Job(number, pages[url], tuple(sorted(fragments[url])), pages[url]) for number, url in enumerate(sorted(pages))
    ]
